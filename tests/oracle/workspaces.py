#!/usr/bin/env python3
"""Write a small random workspace, the same one for the same seed.

The plan is free of errors; the journal holds likely sequences and, between them, everything that a
careless program, a bad merge or a spreadsheet may leave in one.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import recompute
from recompute import Entry, Obligation, Standing

Toml = dict[str, Any]
Key = tuple[str, str, str]

# ---------------------------------------------------------------------------
# The plan
# ---------------------------------------------------------------------------

UNITS = [
    ("yjb", "市应急办", "department"),
    ("czj", "财政局", "department"),
    ("chikan", "赤坎区", "county"),
    ("xiashan", "霞山区", "county"),
    ("lianjiang", "廉江市", "county"),
    ("kfq.gxq", "高新区", "zone"),
    ("mz-j", "民政局", "department"),
    ("z9", "第九办", "zone"),
]
WORDS = "修订预案|组织演练|编制清单|开展培训|建设平台|落实经费|上报, 总结|检查“隐患”".split("|")
CYCLES = ["month", "quarter", "half", "year"]
TARGETS = ["100", "62", "1", "3", "7", "0.3", "2.5", "12.75", "1234.5678", "999999999999", "0.0001"]


def chance(rng: random.Random, percent: float) -> bool:
    """Say yes in so many of a hundred cases."""
    return rng.random() * 100 < percent


def plan_period(rng: random.Random) -> tuple[date, date]:
    """Choose a full year, a part of one, or two years."""
    year = rng.choice([2012, 2013, 2013, 2014])
    form = rng.choices(["year", "part", "two"], [60, 22, 18])[0]
    if form == "year":
        return date(year, 1, 1), date(year, 12, 31)
    if form == "two":
        return date(year - 1, rng.choice([1, 1, 4, 7]), 1), date(year, 12, 31)
    start = date(year, 1, 1) + timedelta(days=rng.randrange(200))
    return start, start + timedelta(days=rng.randrange(45, 166))


def day_inside(rng: random.Random, start: date, end: date) -> date:
    """Choose a day of the window, often the first or last of a month."""
    day = start + timedelta(days=rng.randrange((end - start).days + 1))
    if chance(rng, 30):
        day = max(start, day.replace(day=1))
    elif chance(rng, 30):
        day = min(end, recompute.month_day(day.year, day.month, 31))
    return day


def draw_groups(rng: random.Random, units: list[str]) -> list[Toml]:
    """Draw groups; one may hold those drawn before it, so that none reaches itself."""
    groups: list[Toml] = []
    for number in range(rng.choices([0, 1, 2, 3], [15, 30, 30, 25])[0]):
        members = [] if chance(rng, 12) else rng.sample(units, rng.randint(1, min(4, len(units))))
        members += [f"@{g['id']}" for g in groups if chance(rng, 35)]
        rng.shuffle(members)
        groups.append({"id": f"g{number}", "name": f"第{number}组", "members": members})
    rng.shuffle(groups)
    return groups


def draw_owners(rng: random.Random, units: list[str], groups: list[Toml], none: float) -> list[str]:
    """Draw the leads or the assists of an item."""
    if chance(rng, none):
        return []
    names = units + [f"@{g['id']}" for g in groups] * 2
    return rng.sample(names, min(len(names), rng.choices([1, 2, 3], [60, 28, 12])[0]))


def draw_item(rng: random.Random, number: str, plan: Toml) -> Toml:
    """Draw an item of any kind."""
    start, end = plan["period"]
    units = [u["id"] for u in plan["units"]]
    kind = rng.choices(["once", "periodic", "continuing"], [45, 32, 23])[0]
    item: Toml = {"id": number, "title": rng.choice(WORDS) + number, "kind": kind}
    if kind == "periodic":
        item["every"] = rng.choice(CYCLES)
        if chance(rng, 45):
            item["due_day"] = rng.choice([1, 5, 10, 20, 25, 28, 30, 31])
            if chance(rng, 60):
                item["due_in"] = rng.choice(["period", "next"])
    item["lead"] = draw_owners(rng, units, plan["groups"], 9)
    item["assist"] = draw_owners(rng, units, plan["groups"], 45)
    item["owner"] = rng.choice(["named", "inferred", "assigned"])
    first = day_inside(rng, start, end) if chance(rng, 35) else start
    if first != start:
        item["start"] = first
    if chance(rng, 40):
        item["due"] = day_inside(rng, first, end)
    if kind != "continuing" and chance(rng, 40):
        item["target"] = rng.choice(TARGETS)
    item["done_when"] = "有文件"
    if chance(rng, 25):
        item["evidence"] = rng.choice(["required", "optional"])
    return item


def draw_lights(rng: random.Random) -> Toml:
    """Draw thresholds of lights, some left to their defaults."""
    lights: Toml = {}
    if chance(rng, 40):
        lights["yellow_days"] = rng.choice([0, 1, 7, 15, 30])
    if chance(rng, 40):
        lights["yellow_share"] = rng.choice(["0.05", "0.1", "0.15", "0.125", "0.333", "0.5"])
    if chance(rng, 40):
        lights["behind_yellow"] = rng.choice([1, 5, 10, 20])
        lights["behind_red"] = rng.choice([21, 30, 45, 60])
    return lights


def draw_reporting(rng: random.Random, start: date, end: date) -> Toml | None:
    """Draw the reporting rules, or none at all."""
    if chance(rng, 6):
        return None
    reporting: Toml = {"cycle": rng.choices([*CYCLES, "none"], [50, 25, 10, 8, 7])[0]}
    if chance(rng, 40):
        reporting["due_day"] = rng.choice([1, 3, 10, 20, 28, 30, 31])
    if chance(rng, 40):
        reporting["from"] = day_inside(rng, start, start + (end - start) / 2)
    return reporting


def draw_measures(rng: random.Random, plan: Toml) -> None:
    """Draw chapters, measures and one to ten items; a chapter or a measure may hold nothing."""
    chapters = rng.randint(1, 4)
    plan["chapters"] = [{"id": str(n), "label": f"第{n}", "title": f"部分{n}"} for n in range(1, chapters + 1)]
    plan["measures"] = [
        {"id": f"{n}.{m}", "chapter": str(n), "label": f"({m})", "title": f"任务{n}.{m}", "items": []}
        for n in range(1, chapters + 1)
        for m in range(1, rng.choices([0, 1, 2], [6, 60, 34])[0] + 1)
    ] or [{"id": "1.1", "chapter": "1", "label": "(1)", "title": "任务", "items": []}]
    for _ in range(rng.randint(1, 10)):
        measure = rng.choice(plan["measures"])
        number = f"{measure['id']}.{len(measure['items']) + 1}"
        measure["items"].append(draw_item(rng, number, plan))
    if chance(rng, 15):
        rng.shuffle(plan["measures"])


def draw_plan(rng: random.Random, plan_id: str) -> Toml:
    """Draw a whole plan."""
    start, end = plan_period(rng)
    plan: Toml = {"id": plan_id, "period": (start, end)}
    plan["units"] = [
        {"id": unit, "name": name, "kind": kind} for unit, name, kind in rng.sample(UNITS, rng.randint(2, 8))
    ]
    units = [u["id"] for u in plan["units"]]
    plan["groups"] = draw_groups(rng, units)
    plan["number"] = "湛府办〔2013〕7号" if chance(rng, 70) else None
    plan["issued"] = start + timedelta(days=rng.choice([-30, -1, 0, 1, 14, 31, 59]))
    plan["supervisor"] = rng.choice(units)
    others = [unit for unit in units if unit != plan["supervisor"]]
    plan["own_verifier"] = rng.choice(others) if chance(rng, 35) else None
    plan["reporting"] = draw_reporting(rng, start, end)
    plan["lights"] = draw_lights(rng) if chance(rng, 50) else None
    draw_measures(rng, plan)
    return plan


def toml_value(key: str, value: Any) -> str:
    """Write a value; numbers with a point are kept as text until here."""
    if isinstance(value, list):
        return "[" + ", ".join(f'"{name}"' for name in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if key == "target":
        return f'{{ amount = {value}, unit = "场" }}'
    if isinstance(value, int) or key == "yellow_share":
        return str(value)
    return f'"{value}"'


def toml_table(head: str, table: Toml, indent: str = "") -> str:
    """Write one table; keys without a value are left out."""
    lines = [f"{indent}{key} = {toml_value(key, value)}" for key, value in table.items() if value is not None]
    return "\n".join([indent + head, *lines, ""])


def toml_plan(plan: Toml) -> str:
    """Write the plan."""
    start, end = plan["period"]
    head = {key: plan[key] for key in ("id", "number", "issued", "supervisor", "own_verifier")}
    head |= {"title": "2013年工作计划", "issuer": "市政府办公室"}
    text = "schema = 1\n\n" + toml_table("[plan]", head)
    text += f"period = {{ start = {start}, end = {end} }}\n\n"
    for name in ("reporting", "lights"):
        if plan[name] is not None:
            text += toml_table(f"[{name}]", plan[name]) + "\n"
    for name in ("unit", "group", "chapter"):
        text += "".join(toml_table(f"[[{name}]]", table) + "\n" for table in plan[f"{name}s"])
    for measure in plan["measures"]:
        text += toml_table("[[measure]]", {k: v for k, v in measure.items() if k != "items"}) + "\n"
        text += "".join(toml_table("[[measure.item]]", item, "  ") + "\n" for item in measure["items"])
    return text


def write_plan(rng: random.Random, plan: Toml, path: Path) -> None:
    """Write the plan; a periodic item that would have no obligation loses its due_day."""
    path.write_text(toml_plan(plan), encoding="utf-8", newline="")
    read = recompute.read_plan(path)
    empty = {item.id for item in read.items if not list(recompute.item_periods(read, item))}
    for measure in plan["measures"]:
        for item in measure["items"]:
            if item["id"] in empty:
                item.pop("due_day")
                item.pop("due_in", None)
    text = toml_plan(plan)
    if chance(rng, 4):
        text = text.replace("\n", "\r\n")
    if chance(rng, 3):
        text = "\ufeff" + text
    path.write_bytes(text.encode("utf-8"))


# ---------------------------------------------------------------------------
# The journal
# ---------------------------------------------------------------------------

HEADER = ",".join(recompute.HEADER).encode()
BOM = b"\xef\xbb\xbf"
OFFSETS = ["+08:00"] * 12 + ["Z", "Z", "+09:30", "-05:00", "+00:00", "+23:59", "-23:59", "-00:00"]
LIKELY: dict[str, dict[str, int]] = {
    "not_started": {"ack": 14, "progress": 40, "nil": 12, "submit": 26, "suspend": 4, "extend": 5, "cancel": 3},
    "in_progress": {"ack": 3, "progress": 34, "nil": 8, "submit": 40, "suspend": 6, "extend": 9, "cancel": 3},
    "submitted": {"verify": 70, "return": 28, "extend": 4, "suspend": 6, "ack": 2, "cancel": 3},
    "returned": {"submit": 45, "progress": 22, "nil": 8, "extend": 8, "suspend": 6, "cancel": 3},
    "suspended": {"resume": 66, "cancel": 14, "extend": 8, "ack": 4},
    "closed": {"reopen": 10, "note": 30},
    "cancelled": {"reopen": 50, "note": 30},
}
ALWAYS = {"urge": 7, "light": 6, "note": 3}
EVENTS = sorted(recompute.ALLOWED)
ODD_EVENTS = ["Submit", "提交", "", "verify ", "close", "update"]
ODD_PROGRESS = (
    "60 %|-5|+5|60%%|abc|1234567890123|1234567890123%|12.34567|.5|5.|六十|6０%|1e3|٣%| 60%|%|1,5|007|060%|0|0%"
    "|0.04%|0.05%|0.01%|0.0001|99.94%|99.95%|99.96%|99.9999%|100%|100.0%|100.01%|150%|250|999999999999.9999"
    "|33.3333%|12.25%|12.35%|12.34%"
).split("|")
NOTES = ["", "", "", "已完成", "累计62场,其中进校园20场", '见"附件2"', "a|b", "=1+1"]
NOTES += ['"', ",", " 空 格 ", "x" * 300]
ODD_DAYS = ["2013-02-30", "2013-2-3", "20130203", "", "soon", "0000-01-01", "2013-06-31", "2013-12-31 "]


@dataclass
class WriterFile:
    """A writer's file as it grows."""

    name: str
    previous: str
    seq: int = 0
    records: int = 0
    junk: int = 0
    lines: list[bytes] = field(default_factory=list)

    def append(self, fields: list[str], seq: int | None = None, forged: str | None = None) -> list[str]:
        """Append a record (recorded_at to note) with its seq and id; give all of its fields."""
        if seq is None:
            self.seq += 1
        whole = [str(seq or self.seq), *fields]
        whole.append(forged or recompute.next_id(self.previous, whole))
        self.previous = whole[-1]
        self.records += 1
        self.lines.append(recompute.canonical(whole).encode())
        return whole


class JournalMaker:
    """Draws the entries of a journal in the order in which they are recorded."""

    def __init__(self, rng: random.Random, path: Path) -> None:
        self.rng = rng
        self.plan = recompute.read_plan(path)
        self.obligations = list(recompute.obligations_of(self.plan))
        self.files = [
            WriterFile(name, recompute.chain_start(self.plan.id, name))
            for name in rng.sample(["yjb-li", "yjb-wang", "a", "chikan-9", "0-pc"], rng.randint(1, 4))
        ]
        self.written: list[tuple[WriterFile, list[str]]] = []
        self.standing: dict[Obligation, Standing] = {}
        pairs = sorted({(o.item.id, o.unit) for o in self.obligations})
        self.busy = rng.sample(pairs, min(len(pairs), rng.randint(1, 6)))
        self.clock = datetime.combine(self.plan.start, datetime.min.time()) - timedelta(days=20)
        self.skew = {file.name: rng.choice([0, 0, 0, 0, 3, -40]) for file in self.files}

    # -- parts of a record

    def tick(self, entries: int) -> None:
        """Move the clock on; sometimes not at all."""
        if chance(self.rng, 12):
            return
        days = (self.plan.end - self.plan.start).days + 80
        self.clock += timedelta(seconds=int(self.rng.expovariate(1) * 86_400 * days / max(entries, 1)))

    def recorded_at(self, file: WriterFile) -> tuple[str, date]:
        """Write the clock's instant in some offset; give its day there too."""
        if chance(self.rng, 0.3):
            return "0001-01-01T00:00:00+08:00", date(1, 1, 1)
        offset = self.rng.choice(OFFSETS)
        local = self.clock + timedelta(days=self.skew[file.name])
        if offset != "Z":
            minutes = int(offset[1:3]) * 60 + int(offset[4:])
            local += timedelta(minutes=-minutes if offset[0] == "-" else minutes)
        return local.strftime("%Y-%m-%dT%H:%M:%S") + offset, local.date()

    def date_near(self, day: date) -> date:
        """Choose the day on which the fact holds: often the same, often earlier, seldom later."""
        lag = self.rng.choices(
            [0, self.rng.randint(1, 10), self.rng.randint(10, 60), -self.rng.randint(1, 20)], [54, 20, 21, 5]
        )[0]
        if chance(self.rng, 0.3):
            return date(9999, 12, 31)
        return day - timedelta(days=lag) if day.year > 1 else day

    def evidence(self) -> str:
        """Name no file, one, or a few."""
        if not chance(self.rng, 25):
            return ""
        names = [f"附件{self.rng.randrange(99)}.pdf" for _ in range(self.rng.randint(1, 3))]
        return "|".join(f"{name}#{hashlib.sha256(name.encode()).hexdigest()}" for name in names)

    def write(self, file: WriterFile, key: Key, event: str, value: str, **more: Any) -> list[str]:
        """Append a record whose day lies near the clock's, or is given."""
        recorded_at, day = self.recorded_at(file)
        when = more.get("when") or self.date_near(day)
        acting = self.rng.choice([key[1], self.rng.choice(self.plan.units).id])
        fields = [recorded_at, when.isoformat(), event, *key, value, acting, self.rng.choice(["经办甲", "王, 乙"])]
        fields += more.get("tail") or [
            self.rng.choice(["", "", "赤财预〔2013〕12号"]),
            self.evidence(),
            self.rng.choice(NOTES),
        ]
        whole = file.append(fields, more.get("seq"), more.get("forged"))
        self.written.append((file, whole))
        return whole

    # -- values

    def progress_value(self, standing: Standing) -> str:
        """Draw a progress value, mostly rising, in percent or as an amount."""
        form = self.rng.choices(["percent", "amount", "none", "odd"], [42, 30, 13, 15])[0]
        if form == "none":
            return ""
        if form == "odd":
            return self.rng.choice(ODD_PROGRESS)
        part = min(1000, max(0, (standing.value or 0) + self.rng.randint(-50, 350)))
        if form == "percent":
            return f"{part // 10}%" if chance(self.rng, 60) else f"{part / 10:.1f}%"
        amount = (standing.obligation.item.target or 100) * part / 1000
        return f"{float(amount):.{self.rng.choice([0, 1, 2, 4])}f}"

    def day_value(self, after: date) -> str:
        """Draw a day, mostly later than the one given."""
        if chance(self.rng, 8):
            return self.rng.choice(ODD_DAYS)
        after = min(after, date(9999, 1, 1))
        return (after + timedelta(days=self.rng.choice([-20, 0, 1, 1, 7, 15, 30, 45, 90]))).isoformat()

    def value_for(self, event: str, standing: Standing, when: date) -> str:
        """Draw a value that suits the event, seldom one that does not."""
        match event:
            case "progress":
                return self.progress_value(standing)
            case "extend":
                return self.day_value(standing.current_due)
            case "reopen":
                return "" if chance(self.rng, 50) else self.day_value(when)
            case "urge":
                return self.rng.choice(["blue", "yellow", "yellow", "red", "red", "红", ""])
            case "light":
                return self.rng.choice(["red", "yellow", "green", "green", "yellow", "blue", ""])
        return "x" if chance(self.rng, 6) else ""

    # -- what may happen

    def pick(self) -> Obligation:
        """Choose an obligation: mostly one of a few busy ones, about its own time."""
        today = self.clock.date()
        busy = [o for o in self.obligations if (o.item.id, o.unit) in self.busy]
        now = [o for o in busy if o.start - timedelta(days=10) <= today <= o.due + timedelta(days=40)]
        if now and chance(self.rng, 75):
            return self.rng.choice(now)
        return self.rng.choice(busy if chance(self.rng, 50) else self.obligations)

    def likely(self) -> None:
        """Let an obligation take a step that its state allows."""
        if not self.obligations:
            return self.stray()
        obligation = self.pick()
        standing = self.standing.setdefault(obligation, Standing(obligation, obligation.due, obligation.due))
        events = LIKELY[standing.state] | ALWAYS
        if obligation.continuing:
            events = {e: weight for e, weight in events.items() if e in recompute.CONTINUING_TAKES}
        event = self.rng.choices(list(events), list(events.values()))[0]
        if chance(self.rng, 10):
            event = self.rng.choice(EVENTS)
        when = self.date_near(self.clock.date())
        value = self.value_for(event, standing, when)
        file = self.rng.choice(self.files)
        whole = self.write(file, obligation.key, event, value, when=when)
        entry = recompute.read_record(whole, file.name, 0)
        assert isinstance(entry, Entry)
        standing.take(entry)
        return None

    def stray(self) -> None:
        """Write an entry that names no obligation, or an event that nobody knows."""
        items = [item.id for item in self.plan.items] + ["9.9.9", ""]
        units = [unit.id for unit in self.plan.units] + ["nobody", "", "赤坎区"]
        periods = ["", "2013-06", "2013-Q2", "2013-H1", "2013", "2013-6", "2031-01"]
        key = self.rng.choice(items), self.rng.choice(units), self.rng.choice(periods)
        event = self.rng.choice(EVENTS + ODD_EVENTS)
        if self.obligations and chance(self.rng, 30):
            key, event = self.rng.choice(self.obligations).key, self.rng.choice(ODD_EVENTS)
        self.write(self.rng.choice(self.files), key, event, self.rng.choice(["", "50%", "red", "2013-09-09"]))

    def retract(self) -> None:
        """Retract an entry or a retract; seldom miss it."""
        if not self.written:
            return
        retracts = [pair for pair in self.written if pair[1][3] == "retract"]
        recent = self.written[-12:] if chance(self.rng, 60) else self.written
        _, target = self.rng.choice(retracts if retracts and chance(self.rng, 35) else recent)
        key, value = (target[4], target[5], target[6]), target[13]
        miss = self.rng.choices(["no", "id", "prefix", "item", "period"], [80, 6, 4, 6, 4])[0]
        if miss == "id":
            value = self.forge()
        elif miss == "prefix":
            value = value[:8]
        elif miss == "item":
            key = ("9.9.9", key[1], key[2])
        elif miss == "period":
            key = (key[0], key[1], key[2] + "x")
        self.write(self.rng.choice(self.files), key, "retract", value)

    def seal(self) -> None:
        """Write a seal under the heads of all files."""
        heads = {file.name: whole for file, whole in self.written}
        note = " ".join(f"{name}:{whole[0]}:{whole[13]}" for name, whole in sorted(heads.items()))
        lines = sorted(f"{name},{whole[0]},{whole[13]}\n" for name, whole in heads.items())
        digest = hashlib.sha256("".join(lines).encode()).hexdigest()
        kept = hashlib.sha256(b"plan").hexdigest()
        month = self.clock.strftime("%Y-%m")
        tail = [digest, f"sealed/{month}-{kept[:8]}.toml#{kept}", note]
        self.write(self.rng.choice(self.files), ("", "", ""), "seal", month, tail=tail)

    def forge(self) -> str:
        """Make up an id."""
        return f"{self.rng.getrandbits(128):032x}"

    def circle(self) -> None:
        """Write retracts that name each other, and sometimes one that leads into the circle."""
        key = self.rng.choice(self.obligations).key if self.obligations else ("", "", "")
        ids = [self.forge() for _ in range(self.rng.randint(1, 3))]
        for position, forged in enumerate(ids):
            value = ids[(position + 1) % len(ids)]
            self.write(self.rng.choice(self.files), key, "retract", value, forged=forged)
        if chance(self.rng, 50):
            self.write(self.rng.choice(self.files), key, "retract", self.rng.choice(ids))

    def twin(self) -> None:
        """Write a record under the id of another, with the same or another obligation."""
        if self.written:
            _, target = self.rng.choice(self.written)
            key = (target[4], target[5], target[6])
            if self.obligations and chance(self.rng, 25):
                key = self.rng.choice(self.obligations).key
            self.write(self.rng.choice(self.files), key, target[3], target[7], forged=target[13])

    def double(self) -> None:
        """Write a line once more, as a bad merge does."""
        file = self.rng.choice(self.files)
        whole = next((whole for owner, whole in reversed(self.written) if owner is file), None)
        if whole is not None:
            file.lines.append(recompute.canonical(whole).encode())

    def fork(self) -> None:
        """Write a seq for the second time, under another id."""
        file = self.rng.choice(self.files)
        if file.seq and self.obligations:
            seq = self.rng.randint(1, file.seq)
            self.write(file, self.pick().key, self.rng.choice(EVENTS), "40%", seq=seq)

    def junk(self, file: WriterFile) -> None:
        """Write a line that is no record."""
        id_ = self.forge()
        good = ["7", "2013-05-01T08:00:00+08:00", "2013-05-01", "ack", "1.1.1", "yjb", *[""] * 7, id_]
        spoils = [
            (0, "0"), (0, "01"), (0, "+1"), (0, "x"), (0, ""), (0, "1.0"), (0, "-1"),
            (1, "2013-05-01 08:00:00+08:00"), (1, "2013-05-01T24:00:00Z"), (1, "2013-05-01T08:00:00"),
            (1, "2013-05-01T08:00:60Z"), (1, "2013-02-29T08:00:00Z"), (1, "2013-05-01T08:00:00+24:00"),
            (1, "2013-05-01T08:00:00+0800"), (1, "2013-05-01T08:00:00.5Z"), (1, "2013-05-01T08:00:00z"),
            (1, "0000-05-01T08:00:00Z"), (2, "2013-02-30"), (2, "2013/05/01"), (2, ""), (2, "2013-5-1"),
            (13, id_.upper().replace("0", "A")), (13, id_[:31]), (13, ""), (13, id_ + " "), (13, "g" * 32),
        ]  # fmt: skip
        position, text = self.rng.choice(spoils)
        spoiled = [text if n == position else each for n, each in enumerate(good)]
        file.junk += 1
        if chance(self.rng, 1):
            file.lines.append(",".join([*good[:12], "x" * recompute.MOST_BYTES, id_]).encode())
            return
        file.lines.append(
            self.rng.choice(
                [
                    ",".join(spoiled).encode(),
                    ",".join(spoiled).encode(),
                    ",".join(spoiled).encode(),
                    ",".join(good[:-1]).encode(),
                    ",".join([*good, ""]).encode(),
                    ",".join(good).encode() + b' "',
                    ",".join([*good[:12], '"open', id_]).encode(),
                    ",".join([*good[:12], 'a"b', id_]).encode(),
                    ",".join([*good[:12], '"a"b', id_]).encode(),
                    ",".join([*good[:12], "应急", id_]).encode("gbk"),
                    b"",
                    b"   ",
                    HEADER,
                    BOM + ",".join(good).encode(),
                ]
            )
        )

    def some_junk(self) -> None:
        """Write junk into a file that keeps more records than unreadable lines."""
        file = self.rng.choice(self.files)
        if file.junk + 1 < file.records:
            self.junk(file)

    def run(self, entries: int) -> None:
        """Draw about so many entries."""
        actions = [
            (self.likely, 84.0), (self.retract, 7.0), (self.stray, 4.0), (self.seal, 1.2), (self.some_junk, 1.2),
            (self.double, 0.8), (self.fork, 0.7), (self.circle, 0.6), (self.twin, 0.5),
        ]  # fmt: skip
        for _ in range(entries):
            self.tick(entries)
            self.rng.choices([action for action, _ in actions], [weight for _, weight in actions])[0]()
        if chance(self.rng, 1):
            file = self.rng.choice(self.files)
            for _ in range(file.records + 1):
                self.junk(file)

    # -- the files

    def needless_quotes(self, line: bytes) -> bytes:
        """Quote every field of a record, needed or not."""
        fields = recompute.fields_of(line)
        if fields is None:
            return line
        return ",".join('"' + f.replace('"', '""') + '"' for f in fields).encode()

    def content(self, file: WriterFile) -> bytes:
        """Give the bytes of a file, sometimes in another form."""
        rng = self.rng
        lines = list(file.lines)
        if not chance(rng, 4):
            lines.insert(0, HEADER)
        lines = [self.needless_quotes(line) if chance(rng, 1.5) else line for line in lines]
        all_crlf = chance(rng, 5)
        content = b"".join(line + (b"\r\n" if all_crlf or chance(rng, 1) else b"\n") for line in lines)
        if chance(rng, 8):
            content = content.removesuffix(b"\n")
        return content if chance(rng, 8) else BOM + content

    def save(self, folder: Path) -> None:
        """Write the files, and seldom some that are not read."""
        rng = self.rng
        folder.mkdir()
        for file in self.files:
            content = self.content(file)
            name = file.name + (".CSV" if chance(rng, 1) else ".csv")
            (folder / name).write_bytes(content)
            if chance(rng, 2):
                (folder / f"{file.name}-copy.csv").write_bytes(content)
            if chance(rng, 2):
                (folder / f"{file.name} (2).csv").write_bytes(content)
            if chance(rng, 2) and name.endswith(".csv"):
                (folder / f"{file.name}.Csv").write_bytes(content)
        if chance(rng, 3):
            (folder / "empty.csv").write_bytes(rng.choice([b"", BOM, HEADER, BOM + HEADER + b"\r\n"]))
        if chance(rng, 5):
            (folder / "yjb-li.torn-100-20130101").write_bytes(b"1,2013")


def write_workspace(seed: int, folder: Path) -> Path:
    """Write the workspace of the seed; give the path of its plan."""
    rng = random.Random(f"duban workspace {seed}")
    plan_id = rng.choice(["p-2013", "zhanjiang-2013", "7"])
    plans = folder / "plans"
    plans.mkdir(parents=True)
    path = plans / f"{plan_id}.toml"
    write_plan(rng, draw_plan(rng, plan_id), path)
    maker = JournalMaker(rng, path)
    maker.run(rng.choice([0, 5, 20, 50, 80, 110, 130, 150, 150]))
    if maker.written or chance(rng, 50):
        maker.save(plans / f"{plan_id}.journal")
    return path


def main() -> None:
    """Write one workspace."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    print(write_workspace(args.seed, args.folder))


if __name__ == "__main__":
    main()
