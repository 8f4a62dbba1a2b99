#!/usr/bin/env python3
"""Recompute the figures of duban from the rules of numbers.md.

The program shares no code with duban. It stands in the order of numbers.md, the section beside each
rule, and is naive on purpose: every obligation is folded again from its first entry for every day
that is asked. Counts, days and tenths of a percent are integers; nothing is a float.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]
ONE_DAY = timedelta(days=1)


class Refused(Exception):
    """A question that duban answers with an exit code and no result."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


# ---------------------------------------------------------------------------
# §1 Time
# ---------------------------------------------------------------------------

MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def read_day(text: str) -> date | None:
    """Read `YYYY-MM-DD`, a day that exists; anything else is None."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        return None


def read_instant(text: str) -> tuple[int, date] | None:
    """Read an instant as seconds on one common clock, with its day in its own offset."""
    match = re.fullmatch(
        r"(.{10})T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|([+-])([0-9]{2}):([0-9]{2}))", text, re.DOTALL
    )
    day = read_day(text[:10])
    if match is None or day is None:
        return None
    hours, minutes, seconds = int(match[2]), int(match[3]), int(match[4])
    offset_hours, offset_minutes = int(match[7] or 0), int(match[8] or 0)
    if hours > 23 or minutes > 59 or seconds > 59 or offset_hours > 23 or offset_minutes > 59:
        return None
    offset = (offset_hours * 60 + offset_minutes) * 60
    if match[6] == "-":
        offset = -offset
    return day.toordinal() * 86_400 + hours * 3_600 + minutes * 60 + seconds - offset, day


def month_day(year: int, month: int, day: int) -> date:
    """Give that day of the month, or the month's last day if the month is shorter (§1, §2)."""
    for candidate in range(day, 0, -1):
        try:
            return date(year, month, candidate)
        except ValueError:
            continue
    raise ValueError("a month has a first day")


def next_month_day(last: date, day: int) -> date:
    """Give that day of the month after the one that holds `last`."""
    if last.month == 12:
        return month_day(last.year + 1, 1, day)
    return month_day(last.year, last.month + 1, day)


@dataclass(frozen=True)
class Period:
    """A calendar period, whole (`first`, `last`) and cut to a window (`start`, `end`)."""

    name: str
    first: date
    last: date
    start: date
    end: date

    def holds(self, day: date) -> bool:
        """Say whether the day is in the cut period."""
        return self.start <= day <= self.end

    def shares_a_day(self, start: date, end: date) -> bool:
        """Say whether the cut period and the window have a day in common."""
        return self.start <= end and start <= self.end

    def cut(self, start: date, end: date) -> Period:
        """Cut the period further to a window with which it shares a day."""
        return Period(self.name, self.first, self.last, max(self.start, start), min(self.end, end))


def period_around(day: date, cycle: str) -> Period:
    """Give the uncut calendar period that holds the day."""
    months = MONTHS_OF[cycle]
    index = (day.month - 1) // months
    first = date(day.year, index * months + 1, 1)
    last = month_day(day.year, index * months + months, 31)
    name = {
        "month": f"{day.year:04}-{index + 1:02}",
        "quarter": f"{day.year:04}-Q{index + 1}",
        "half": f"{day.year:04}-H{index + 1}",
        "year": f"{day.year:04}",
    }[cycle]
    return Period(name, first, last, first, last)


def periods_in(cycle: str, start: date, end: date) -> list[Period]:
    """List the periods with a day in the window, cut to the window (§1)."""
    found = []
    day = start
    while day <= end:
        period = period_around(day, cycle)
        found.append(period.cut(start, end))
        day = period.last + ONE_DAY
    return found


def read_period(text: str) -> Period | None:
    """Read the name of a calendar period."""
    for cycle, form in (
        ("month", r"[0-9]{4}-[0-9]{2}"),
        ("quarter", r"[0-9]{4}-Q[1-4]"),
        ("half", r"[0-9]{4}-H[12]"),
        ("year", r"[0-9]{4}"),
    ):
        if re.fullmatch(form, text):
            number = int(text[5:].lstrip("QH") or 1)
            first = read_day(f"{text[:4]}-{(number - 1) * MONTHS_OF[cycle] + 1:02}-01")
            return period_around(first, cycle) if first else None
    return None


# ---------------------------------------------------------------------------
# The plan (contract §1.1)
# ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Unit:
    """A unit that can owe."""

    id: str
    name: str
    kind: str | None


@dataclass(frozen=True)
class Group:
    """A group with its members expanded to units."""

    id: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter of the plan."""

    id: str
    title: str


@dataclass(frozen=True)
class Measure:
    """A measure of a chapter."""

    id: str
    chapter: str
    title: str


@dataclass(frozen=True)
class Item:
    """An item with its leads and assists expanded to units."""

    id: str
    title: str
    chapter: str
    measure: str
    kind: str
    every: str | None
    due_day: int | None
    due_in: str
    lead: tuple[str, ...]
    assist: tuple[str, ...]
    start: date
    due: date
    target: Fraction | None


@dataclass(frozen=True)
class Lights:
    """The thresholds of the lights, with their defaults."""

    yellow_days: int = 15
    yellow_share: Fraction = Fraction("0.15")
    behind_yellow: Fraction = Fraction(10)
    behind_red: Fraction = Fraction(30)


@dataclass(frozen=True)
class Plan:
    """A plan as the rules need it."""

    id: str
    title: str
    number: str | None
    sha256: str
    start: date
    end: date
    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    chapters: tuple[Chapter, ...]
    measures: tuple[Measure, ...]
    items: tuple[Item, ...]
    lights: Lights
    reporting: tuple[Period, ...]
    report_due_day: int


def expand(names: list[str], groups: dict[str, list[str]]) -> tuple[str, ...]:
    """Expand groups, nested ones too, each unit once at its first place (§2)."""
    found: list[str] = []
    for name in names:
        units = expand(groups[name[1:]], groups) if name.startswith("@") else (name,)
        found.extend(unit for unit in units if unit not in found)
    return tuple(found)


def reporting_periods(table: Json, start: date, end: date, issued: date) -> tuple[Period, ...]:
    """List the reporting periods of the plan (§1)."""
    cycle = table.get("cycle", "none")
    if cycle == "none":
        return ()
    since = table.get("from")
    if since is None:
        later = max(issued, start)
        period = period_around(later, cycle)
        since = later if period.first == later else period.last + ONE_DAY
    return tuple(periods_in(cycle, since, end))


def read_item(table: Json, measure: Json, groups: dict[str, list[str]], start: date, end: date) -> Item:
    """Read an item; its window is its start to its due (default: the plan's start and end) (§2)."""
    target = table.get("target")
    return Item(
        id=table["id"],
        title=table["title"],
        chapter=measure["chapter"],
        measure=measure["id"],
        kind=table["kind"],
        every=table.get("every"),
        due_day=table.get("due_day"),
        due_in=table.get("due_in", "period"),
        lead=expand(table.get("lead", []), groups),
        assist=expand(table.get("assist", []), groups),
        start=table.get("start", start),
        due=table.get("due", end),
        target=Fraction(target["amount"]) if target else None,
    )


def read_lights(table: Json) -> Lights:
    """Read the thresholds, each with its default."""
    default = Lights()
    return Lights(
        yellow_days=table.get("yellow_days", default.yellow_days),
        yellow_share=Fraction(table.get("yellow_share", default.yellow_share)),
        behind_yellow=Fraction(table.get("behind_yellow", default.behind_yellow)),
        behind_red=Fraction(table.get("behind_red", default.behind_red)),
    )


def read_plan(path: Path) -> Plan:
    """Read a plan that has no errors."""
    text = path.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    table = tomllib.loads(text, parse_float=Fraction)
    head = table["plan"]
    start, end = head["period"]["start"], head["period"]["end"]
    reporting = table.get("reporting", {})
    groups = {group["id"]: group.get("members", []) for group in table.get("group", [])}
    measures = table.get("measure", [])
    return Plan(
        id=head["id"],
        title=head["title"],
        number=head.get("number"),
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        start=start,
        end=end,
        units=tuple(Unit(u["id"], u["name"], u.get("kind")) for u in table.get("unit", [])),
        groups=tuple(
            Group(g["id"], g["name"], expand(g.get("members", []), groups)) for g in table.get("group", [])
        ),
        chapters=tuple(Chapter(c["id"], c["title"]) for c in table.get("chapter", [])),
        measures=tuple(Measure(m["id"], m["chapter"], m["title"]) for m in measures),
        items=tuple(read_item(i, m, groups, start, end) for m in measures for i in m.get("item", [])),
        lights=read_lights(table.get("lights", {})),
        reporting=reporting_periods(reporting, start, end, head["issued"]),
        report_due_day=reporting.get("due_day", 5),
    )


def report_day(plan: Plan, period: Period) -> date:
    """Give the report day: due_day of the month after the uncut period (§1)."""
    return next_month_day(period.last, plan.report_due_day)


# ---------------------------------------------------------------------------
# §2 Obligations
# ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Obligation:
    """Item × lead unit × period."""

    item: Item
    unit: str
    period: str
    start: date
    due: date

    @property
    def name(self) -> str:
        """Give the name, as `5.1.2@chikan` or `2.3.1@yjb#2013-Q2`."""
        return f"{self.item.id}@{self.unit}" + (f"#{self.period}" if self.period else "")

    @property
    def key(self) -> tuple[str, str, str]:
        """Give the fields by which an entry names this obligation."""
        return self.item.id, self.unit, self.period

    @property
    def continuing(self) -> bool:
        """Say whether the item is a continuing one."""
        return self.item.kind == "continuing"


def item_periods(plan: Plan, item: Item) -> Iterator[tuple[str, date, date]]:
    """List name, start and due of the obligations that each lead of the item has (§2)."""
    if item.kind != "periodic":
        yield "", item.start, item.due
        return
    assert item.every is not None
    # Periods of `every` in the window, inside the plan's period.
    for period in periods_in(item.every, max(item.start, plan.start), min(item.due, plan.end)):
        due = period.end
        if item.due_day is not None and item.due_in == "period":
            due = month_day(period.last.year, period.last.month, item.due_day)
        elif item.due_day is not None:
            due = next_month_day(period.last, item.due_day)
        # A period whose due would fall before its start is left out.
        if due >= period.start:
            yield period.name, period.start, due


def obligations_of(plan: Plan) -> tuple[Obligation, ...]:
    """List every obligation in the plan's order: items, leads, periods (§2, §6)."""
    return tuple(
        Obligation(item, unit, period, start, due)
        for item in plan.items
        for unit in item.lead
        for period, start, due in item_periods(plan, item)
    )


# ---------------------------------------------------------------------------
# §3 Which entries count
# ---------------------------------------------------------------------------

HEADER = "seq,recorded_at,date,event,item,unit,period,value,as,by,ref,evidence,note,id".split(",")
MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class Entry:
    """A record of the journal; writer and line tell any two apart."""

    writer: str
    line: int
    seq: int
    recorded_day: date
    instant: int
    date: date
    event: str
    item: str
    unit: str
    period: str
    value: str
    evidence: str
    id: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Give the fields that name an obligation."""
        return self.item, self.unit, self.period


@dataclass(frozen=True)
class JournalFile:
    """One file that is read: its records without doubles, in file order."""

    writer: str
    records: tuple[Entry, ...]
    unreadable: int


def split_fields(text: str) -> list[str] | None:
    """Split a line at commas; a quote stands only around a whole field or doubled inside one (§3.1)."""
    fields: list[str] = []
    while True:
        if text.startswith('"'):
            match = re.match(r'"((?:[^"]|"")*)"(?=,|\Z)', text)
            if match is None:
                return None
            fields.append(match[1].replace('""', '"'))
            text = text[match.end() :]
        else:
            plain = text.partition(",")[0]
            if '"' in plain:
                return None
            fields.append(plain)
            text = text[len(plain) :]
        if not text:
            return fields
        text = text[1:]


def fields_of(line: bytes) -> list[str] | None:
    """Read the fields of a line of UTF-8 of at most 1 MiB, or None."""
    if len(line) > MOST_BYTES:
        return None
    try:
        return split_fields(line.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def read_record(fields: list[str] | None, writer: str, line: int) -> Entry | None:
    """Read a record, or None where the line is unreadable (§3.1)."""
    if fields is None or len(fields) != 14:
        return None
    instant, day = read_instant(fields[1]), read_day(fields[2])
    if not re.fullmatch(r"[1-9][0-9]*", fields[0]) or instant is None or day is None:
        return None
    if not re.fullmatch(r"[0-9a-f]{32}", fields[13]):
        return None
    return Entry(
        writer=writer,
        line=line,
        seq=int(fields[0]),
        recorded_day=instant[1],
        instant=instant[0],
        date=day,
        event=fields[3],
        item=fields[4],
        unit=fields[5],
        period=fields[6],
        value=fields[7],
        evidence=fields[11],
        id=fields[13],
    )


def lines_of(content: bytes) -> list[bytes]:
    """Split at LF and strip a trailing CR; a byte order mark stands at the file's start only."""
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    return [line.removesuffix(b"\r") for line in lines]


def read_journal_file(content: bytes, writer: str) -> JournalFile:
    """Read one file: the header is no line, a double counts nowhere, other lines are unreadable (§3.1)."""
    records: list[Entry] = []
    seen: set[tuple[int, str]] = set()
    unreadable = 0
    for number, line in enumerate(lines_of(content), start=1):
        fields = fields_of(line)
        if number == 1 and fields == HEADER:
            continue
        entry = read_record(fields, writer, number)
        if entry is None:
            unreadable += 1
        elif (entry.seq, entry.id) not in seen:
            seen.add((entry.seq, entry.id))
            records.append(entry)
    return JournalFile(writer, tuple(records), unreadable)


def chain_start(plan_id: str, writer: str) -> str:
    """Give what stands before the first record of a file (contract §1.2)."""
    return hashlib.sha256(f"duban-journal/1,{plan_id},{writer}".encode()).hexdigest()[:32]


def canonical(fields: list[str]) -> str:
    """Write fields so that only those with a comma or a quote are quoted (contract §1.2)."""
    return ",".join('"' + f.replace('"', '""') + '"' if "," in f or '"' in f else f for f in fields)


def next_id(previous: str, fields: list[str]) -> str:
    """Give the id of a line from the id before it and its first 13 fields (contract §1.2)."""
    return hashlib.sha256(f"{previous},{canonical(fields)}".encode()).hexdigest()[:32]


def first_record(content: bytes) -> list[str] | None:
    """Give the fields of the first record of a file, if it has one."""
    for number, line in enumerate(lines_of(content), start=1):
        fields = fields_of(line)
        if fields is not None and read_record(fields, "", number) is not None:
            return fields
    return None


def read_journal(folder: Path, plan_id: str) -> tuple[JournalFile, ...]:
    """Read the files of the folder that count (contract §1.2, "What counts")."""
    if not folder.is_dir():
        return ()
    names = sorted(path.name for path in folder.iterdir() if path.name.lower().endswith(".csv"))
    writers = {name: name[:-4] for name in names if re.fullmatch(r"[a-z0-9-]+", name[:-4])}
    files = []
    for name, writer in writers.items():
        # Of two names that differ in case only, the one that does not end in `.csv` is not read.
        if not name.endswith(".csv") and sum(other.lower() == name.lower() for other in names) > 1:
            continue
        content = (folder / name).read_bytes()
        # A copy of another writer's file is not read.
        first = first_record(content)
        others = set(writers.values()) - {writer}
        if first and any(first[13] == next_id(chain_start(plan_id, other), first[:13]) for other in others):
            continue
        files.append(read_journal_file(content, writer))
    return tuple(files)


def named_by(retract: Entry, known: list[Entry]) -> list[Entry]:
    """List the records that a retract names by full id, item, unit and period (§3.3)."""
    return [entry for entry in known if entry.id == retract.value and entry.key == retract.key]


def in_circle(retract: Entry, names: dict[Entry, list[Entry]]) -> bool:
    """Say whether a walk along the retracts that it names comes back to this retract (§3.3)."""
    waiting, seen = list(names[retract]), set()
    while waiting:
        entry = waiting.pop()
        if entry == retract:
            return True
        if entry in names and entry not in seen:
            seen.add(entry)
            waiting.extend(names[entry])
    return False


class Known:
    """What is known: the records, which of them are void, and which retracts name nothing (§3.2, §3.3)."""

    def __init__(self, files: tuple[JournalFile, ...], until: int | None) -> None:
        self.heads: list[Entry] = []
        self.entries: list[Entry] = []
        for file in files:
            records = [e for e in file.records if until is None or e.instant <= until]
            self.heads.extend(records[-1:])
            self.entries.extend(records)
        self.unreadable = sum(file.unreadable for file in files)
        names = {e: named_by(e, self.entries) for e in self.entries if e.event == "retract"}
        circle = {retract for retract in names if in_circle(retract, names)}
        self.names = {retract: [] if retract in circle else named for retract, named in names.items()}
        # §3.5: date, recorded_at as an instant, writer by bytes, seq by number.
        order = sorted(self.entries, key=lambda e: (e.date, e.instant, e.writer.encode(), e.seq))
        self.standing = [entry for entry in order if not self.void(entry)]
        self.naming: dict[tuple[str, str, str], list[Entry]] = {}
        for entry in self.standing:
            if entry.event not in {"retract", "seal"}:
                self.naming.setdefault(entry.key, []).append(entry)

    def void(self, entry: Entry) -> bool:
        """Say whether a known retract that is not void itself names the entry (§3.3)."""
        return any(entry in named and not self.void(retract) for retract, named in self.names.items())

    def in_force(self, day: date) -> list[Entry]:
        """List the entries in force in fold order: known, not void, dated up to the day (§3.4)."""
        return [entry for entry in self.standing if entry.date <= day]

    def digest(self) -> str:
        """Give the digest of each file's last known record (contract §3.1)."""
        lines = sorted(f"{e.writer},{e.seq},{e.id}\n".encode() for e in self.heads)
        return hashlib.sha256(b"".join(lines)).hexdigest()


# ---------------------------------------------------------------------------
# §4 Events
# ---------------------------------------------------------------------------

OPEN = {"not_started", "in_progress", "returned"}
ALL = OPEN | {"submitted", "suspended", "closed", "cancelled"}

ALLOWED: dict[str, set[str]] = {
    "ack": OPEN | {"submitted", "suspended"},
    "progress": OPEN,
    "nil": OPEN,
    "submit": OPEN,
    "verify": {"submitted"},
    "return": {"submitted"},
    "extend": OPEN | {"submitted", "suspended"},
    "suspend": OPEN | {"submitted"},
    "resume": {"suspended"},
    "cancel": ALL - {"closed", "cancelled"},
    "reopen": {"closed", "cancelled"},
    "urge": ALL,
    "light": ALL,
    "note": ALL,
}
CONTINUING_TAKES = {"ack", "progress", "nil", "urge", "light", "note", "suspend", "resume", "cancel"}
REPORTS = {"progress", "nil", "submit"}


class NotAValue(Exception):
    """A value that cannot be read (§3.6)."""


def tenths(part: int | Fraction, whole: int | Fraction) -> int:
    """Give a percent in tenths, half up, 100.0 and 0.0 only where exact (§6)."""
    exact = Fraction(part) * 1000 / Fraction(whole)
    rounded = int(exact + Fraction(1, 2))
    if rounded == 1000 and exact != 1000:
        return 999
    if rounded == 0 and exact != 0:
        return 1
    return rounded


def read_progress(value: str, target: Fraction | None) -> int | None:
    """Read a progress value as tenths of a percent; None is a report without a value (§4)."""
    if value == "":
        return None
    match = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,4})?)(%?)", value)
    if match is None:
        raise NotAValue
    whole = Fraction(100) if match[2] else target
    if whole is None:
        return None
    return tenths(min(Fraction(match[1]), whole), whole)


@dataclass
class Standing:
    """Where an obligation stands after its entries have been folded."""

    obligation: Obligation
    judged_due: date
    current_due: date
    state: str = "not_started"
    left: str = ""  # the state that a suspension, or a cancel, took it out of
    value: int | None = None
    acked_on: date | None = None
    submitted_on: date | None = None
    closed_on: date | None = None
    extensions: int = 0
    extended_late: bool = False
    reopened: int = 0
    suspensions: list[tuple[date, date | None]] = field(default_factory=list)
    counted: list[Entry] = field(default_factory=list)
    skipped: list[Entry] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """Count the entry, or skip it (§3.6)."""
        event = entry.event
        allowed = self.state in ALLOWED.get(event, set())
        if not allowed or self.obligation.continuing and event not in CONTINUING_TAKES:
            self.skipped.append(entry)
            return
        try:
            self.apply(entry)
        except NotAValue:
            self.skipped.append(entry)
        else:
            self.counted.append(entry)

    def apply(self, entry: Entry) -> None:
        """Apply an event that the state allows (§4); where its value cannot be read nothing changes."""
        match entry.event:
            case "ack":
                self.acked_on = self.acked_on or entry.date
            case "progress":
                value = read_progress(entry.value, self.obligation.item.target)
                self.value = self.value if value is None else value
                self.state = "returned" if self.state == "returned" else "in_progress"
            case "submit":
                self.state, self.submitted_on = "submitted", entry.date
            case "verify":
                self.state, self.closed_on = "closed", entry.date
            case "return":
                self.state, self.submitted_on = "returned", None
            case "extend":
                self.extend(entry)
            case "suspend":
                self.state, self.left = "suspended", self.state
                self.suspensions.append((entry.date, None))
            case "resume":
                self.state, self.left = self.left, ""
                self.suspensions[-1] = (self.suspensions[-1][0], entry.date)
            case "cancel":
                # Cancelled while suspended: it was taken out of the state before the suspension.
                self.left = self.left if self.state == "suspended" else self.state
                self.state = "cancelled"
            case "reopen":
                self.reopen(entry)
            case "urge":
                if entry.value not in {"blue", "yellow", "red"}:
                    raise NotAValue
            case "light":
                if entry.value not in {"red", "yellow", "green"}:
                    raise NotAValue

    def extend(self, entry: Entry) -> None:
        """Extend: on or before the judged due both dues move, later only the current due (§5)."""
        due = read_day(entry.value)
        if due is None or due <= self.current_due:
            raise NotAValue
        if entry.date <= self.judged_due:
            self.judged_due = due
        else:
            self.extended_late = True
        self.current_due = due
        self.extensions += 1

    def reopen(self, entry: Entry) -> None:
        """Reopen, with a new due if one is given, not before the entry's date (§4)."""
        if entry.value:
            due = read_day(entry.value)
            if due is None or due < entry.date:
                raise NotAValue
            self.judged_due = self.current_due = due
        self.state, self.left = "in_progress", ""
        self.submitted_on = self.closed_on = None
        self.reopened += 1


def fold(obligation: Obligation, known: Known, day: date) -> Standing:
    """Fold the entries in force on the day that name the obligation, from zero (§3.4–3.6, §4)."""
    standing = Standing(obligation, judged_due=obligation.due, current_due=obligation.due)
    for entry in known.naming.get(obligation.key, []):
        if entry.date <= day:
            standing.take(entry)
    return standing


# ---------------------------------------------------------------------------
# §5 One obligation
# ---------------------------------------------------------------------------


@dataclass
class Judged:
    """An obligation with its figures on one day."""

    obligation: Obligation
    standing: Standing
    state: str  # as shown: with not_begun
    overdue: bool
    closed_late: bool
    is_due: bool
    late_days: int | None
    days_left: int | None
    time_progress: int | None
    progress: int | None
    worked: int = 0
    passed: int = 0
    missed: int = 0
    light: str = "grey"
    reasons: list[Json] = field(default_factory=list)


def is_overdue(s: Standing, day: date) -> bool:
    """Say whether the obligation is overdue on the day (§5)."""
    if s.obligation.continuing:
        return False
    if s.state == "submitted":
        assert s.submitted_on is not None
        return s.submitted_on > s.judged_due
    return s.state in OPEN and day > s.judged_due


def late_days(s: Standing, day: date) -> int | None:
    """Count the days late (§5)."""
    if s.obligation.continuing:
        return None
    if s.state in {"closed", "submitted"}:
        assert s.submitted_on is not None
        late = (s.submitted_on - s.judged_due).days
        return late if late > 0 else None
    return (day - s.judged_due).days if is_overdue(s, day) else None


def time_progress(s: Standing, day: date) -> int | None:
    """Give the time progress in tenths (§5)."""
    if s.obligation.continuing or s.state in {"closed", "cancelled"}:
        return None
    start = s.obligation.start
    passed, whole = (day - start).days + 1, (s.current_due - start).days + 1
    if whole <= 0:
        return 0 if day < start else 1000
    return tenths(min(max(passed, 0), whole), whole)


def progress_of(s: Standing) -> int | None:
    """Give the progress in tenths (§5)."""
    if s.obligation.continuing:
        return None
    if s.state in {"closed", "submitted"}:
        return 1000
    if s.value is not None:
        return s.value
    out_of = s.left if s.state in {"cancelled", "suspended"} else s.state
    return 0 if out_of == "not_started" else None


def judge(plan: Plan, known: Known, obligation: Obligation, day: date) -> Judged:
    """Work out every figure of one obligation on one day (§5, §6, §7, §8)."""
    s = fold(obligation, known, day)
    not_begun = s.state == "not_started" and day < obligation.start
    late = late_days(s, day)
    judged = Judged(
        obligation=obligation,
        standing=s,
        state="not_begun" if not_begun else s.state,
        overdue=is_overdue(s, day),
        closed_late=s.state == "closed" and late is not None,
        is_due=s.judged_due <= day and s.state not in {"cancelled", "suspended"},
        late_days=late,
        days_left=None
        if obligation.continuing or s.state in {"closed", "cancelled"}
        else (s.current_due - day).days,
        time_progress=time_progress(s, day),
        progress=progress_of(s),
        missed=missed_at(plan, known, s, day),
    )
    if obligation.continuing:
        judged.worked, judged.passed = worked_and_passed(plan, s, day)
    judged.light, judged.reasons = light_of(plan, judged)
    return judged


# ---------------------------------------------------------------------------
# §6 Rows
# ---------------------------------------------------------------------------

STATES = [
    "not_begun", "not_started", "in_progress", "submitted", "returned", "suspended", "closed", "cancelled",
]  # fmt: skip
LIGHTS = ["red", "yellow", "green", "done", "grey"]  # the worst first
KINDS = ["once", "periodic", "continuing"]
BYS = ["unit", "chapter", "measure", "item", "group", "kind"]
Pair = tuple[Item, str]


def suspended_on(s: Standing, day: date) -> bool:
    """Say whether the day is in a suspension: from the suspend's date to before the resume's (§6)."""
    return any(begin <= day and (end is None or day < end) for begin, end in s.suspensions)


def worked_and_passed(plan: Plan, s: Standing, day: date) -> tuple[int, int]:
    """Count the reporting periods that a continuing obligation worked in and passed (§6)."""
    if s.state == "cancelled":
        return 0, 0
    start, due = s.obligation.start, s.obligation.due
    worked = passed = 0
    for period in plan.reporting:
        if not period.shares_a_day(start, due):
            continue
        cut = period.cut(start, due)
        days = [cut.start + timedelta(days=n) for n in range((cut.end - cut.start).days + 1)]
        if cut.end > day or all(suspended_on(s, each) for each in days):
            continue
        passed += 1
        worked += any(e.event == "progress" and cut.holds(e.date) for e in s.counted)
    return worked, passed


def one_decimal(figure: int | None) -> str | None:
    """Print tenths with one decimal."""
    return None if figure is None else f"{figure // 10}.{figure % 10}"


def share(part: int, whole: int) -> Json:
    """Give part, whole and percent; without a whole the percent is null (§6)."""
    percent = one_decimal(tenths(part, whole)) if whole else None
    return {"part": part, "whole": whole, "percent": percent}


def mean_of(figures: list[int]) -> str | None:
    """Give the mean of tenths by the same rule; a mean of nothing is null (§6)."""
    return one_decimal(tenths(sum(figures), 1000 * len(figures))) if figures else None


def completion_of(rows: list[Judged]) -> tuple[int, int]:
    """Give part and whole of the completion (§6)."""
    counted = [j for j in rows if not j.obligation.continuing]
    return (
        sum(j.state == "closed" for j in counted),
        sum(j.state not in {"cancelled", "not_begun"} for j in counted),
    )


def closed_items(rows: list[Judged]) -> int:
    """Count the items whose obligations in the row, cancelled ones aside, exist and are all closed (§6)."""
    closed = 0
    for item in {j.obligation.item.id for j in rows}:
        states = {j.state for j in rows if j.obligation.item.id == item} - {"cancelled"}
        closed += states == {"closed"}
    return closed


def row_of(judged: list[Judged], pairs: list[Pair]) -> Json:
    """Make the figures of one row (§6)."""
    rows = [j for j in judged if not j.obligation.continuing]
    others = [j for j in judged if j.obligation.continuing]
    row: Json = {"total": len(rows)}
    row |= {state: sum(j.state == state for j in rows) for state in STATES}
    closed_late = sum(j.closed_late for j in rows)
    due = [j for j in rows if j.is_due]
    on_time = sum(j.state == "closed" and not j.closed_late for j in due)
    lights = {light: sum(j.light == light for j in judged) for light in LIGHTS}
    row |= {
        "overdue": sum(j.overdue for j in rows),
        "closed_late": closed_late,
        "due": len(due),
        "closed_on_time": row["closed"] - closed_late,
        "completion": share(*completion_of(rows)),
        "on_time": share(on_time, len(due)),
        "progress": mean_of(
            [j.progress for j in rows if j.state not in {"cancelled", "not_begun"} and j.progress is not None]
        ),
        "items": {"total": len({j.obligation.item.id for j in rows}), "closed": closed_items(rows)},
        "continuing": {"worked": sum(j.worked for j in others), "passed": sum(j.passed for j in others)},
        "assist": len(pairs),
        "light": next((light for light in LIGHTS if lights[light]), "grey"),
        "lights": lights,
    }
    return row


@dataclass(frozen=True)
class Filters:
    """The filters of a question; None asks for all."""

    unit: str | None = None
    group: str | None = None
    kind_of_unit: str | None = None
    chapter: str | None = None
    measure: str | None = None
    item: str | None = None
    kind: str | None = None
    state: str | None = None
    light: str | None = None
    overdue: bool = False
    due_within: int | None = None

    def on_units(self) -> bool:
        """Say whether there is a filter on units."""
        return not (self.unit is None and self.group is None and self.kind_of_unit is None)

    def on_standing(self) -> bool:
        """Say whether there is a filter on states, lights, overdue or days left."""
        return self.overdue or any(each is not None for each in (self.state, self.light, self.due_within))

    def units_left(self, plan: Plan) -> list[str]:
        """List the units that the filters on units leave."""
        group = next((g.members for g in plan.groups if g.id == self.group), ())
        return [
            unit.id
            for unit in plan.units
            if self.unit in {None, unit.id}
            and (self.group is None or unit.id in group)
            and self.kind_of_unit in {None, unit.kind}
        ]

    def place_left(self, chapter: str, measure: str | None, item: str | None) -> bool:
        """Say whether the filters on chapter, measure and item leave this place of the plan."""
        return (
            self.chapter in {None, chapter}
            and (self.measure is None or measure is None or self.measure == measure)
            and (self.item is None or item is None or self.item == item)
        )

    def item_left(self, item: Item) -> bool:
        """Say whether the filters on items leave the item."""
        return self.place_left(item.chapter, item.measure, item.id) and self.kind in {None, item.kind}

    def standing_left(self, j: Judged) -> bool:
        """Say whether the filters on states, lights, overdue and days left leave the obligation."""
        return (
            self.state in {None, j.state}
            and self.light in {None, j.light}
            and (not self.overdue or j.overdue)
            and (self.due_within is None or j.days_left is not None and 0 <= j.days_left <= self.due_within)
        )


def shown_obligations(plan: Plan, judged: list[Judged], filters: Filters) -> list[Judged]:
    """Leave obligations out before rows are made (§6)."""
    units = filters.units_left(plan)
    return [
        j
        for j in judged
        if j.obligation.unit in units and filters.item_left(j.obligation.item) and filters.standing_left(j)
    ]


def shown_pairs(plan: Plan, filters: Filters) -> list[Pair]:
    """List the pairs of item and assisting unit that the filters leave (§6)."""
    if filters.on_standing():
        return []
    units = filters.units_left(plan)
    return [
        (item, unit)
        for item in plan.items
        for unit in item.assist
        # A unit that leads an item does not assist it.
        if unit not in item.lead and unit in units and filters.item_left(item)
    ]


def no_lead(plan: Plan, filters: Filters) -> list[str]:
    """Name the items without a lead unit (§2, §6)."""
    if filters.on_units() or filters.on_standing():
        return []
    return [item.id for item in plan.items if not item.lead and filters.item_left(item)]


@dataclass(frozen=True)
class RowHead:
    """A row's key and name, and what belongs to it, asked by item and unit."""

    key: str
    name: str
    holds: Callable[[Item, str], bool]


def unit_heads(plan: Plan, filters: Filters) -> list[RowHead]:
    """Give every unit a row unless a filter on units leaves it out (§6)."""
    left = filters.units_left(plan)
    return [RowHead(u.id, u.name, lambda _, unit, key=u.id: unit == key) for u in plan.units if u.id in left]


def group_heads(plan: Plan, filters: Filters) -> list[RowHead]:
    """Give every group a row unless a filter on units leaves none of its members; last the row `-` (§6)."""
    left = filters.units_left(plan)
    heads = [
        RowHead(g.id, g.name, lambda _, unit, members=g.members: unit in members)
        for g in plan.groups
        if not filters.on_units() or any(unit in left for unit in g.members)
    ]
    grouped = {unit for g in plan.groups for unit in g.members}
    return [*heads, RowHead("-", "-", lambda _, unit: unit not in grouped)]


def chapter_heads(plan: Plan, filters: Filters) -> list[RowHead]:
    """Give every chapter a row unless a filter on chapter, measure or item leaves it out (§6)."""
    kept = {i.chapter for i in plan.items if filters.place_left(i.chapter, i.measure, i.id)}
    if filters.item is None:
        kept = {m.chapter for m in plan.measures if filters.place_left(m.chapter, m.id, None)}
        if filters.measure is None:
            kept = {c.id for c in plan.chapters if filters.place_left(c.id, None, None)}
    return [
        RowHead(c.id, c.title, lambda item, _, key=c.id: item.chapter == key)
        for c in plan.chapters
        if c.id in kept
    ]


def measure_heads(plan: Plan, filters: Filters) -> list[RowHead]:
    """Give every measure a row unless a filter on chapter, measure or item leaves it out (§6)."""
    kept = {i.measure for i in plan.items if filters.place_left(i.chapter, i.measure, i.id)}
    if filters.item is None:
        kept = {m.id for m in plan.measures if filters.place_left(m.chapter, m.id, None)}
    return [
        RowHead(m.id, m.title, lambda item, _, key=m.id: item.measure == key)
        for m in plan.measures
        if m.id in kept
    ]


def item_heads(plan: Plan, filters: Filters) -> list[RowHead]:
    """Give every item a row unless a filter on items leaves it out (§6)."""
    return [
        RowHead(i.id, i.title, lambda item, _, key=i.id: item.id == key)
        for i in plan.items
        if filters.item_left(i)
    ]


def kind_heads(_: Plan, filters: Filters) -> list[RowHead]:
    """Give each of the three kinds a row unless a filter on kinds leaves it out (§6)."""
    return [
        RowHead(kind, kind, lambda item, _, key=kind: item.kind == key)
        for kind in KINDS
        if filters.kind in {None, kind}
    ]


HEADS = {
    "unit": unit_heads,
    "chapter": chapter_heads,
    "measure": measure_heads,
    "item": item_heads,
    "group": group_heads,
    "kind": kind_heads,
}


@dataclass
class Row:
    """A row with what belongs to it and its rank."""

    head: RowHead
    judged: list[Judged]
    pairs: list[Pair]
    rank: int | None = None


def rows_on(plan: Plan, judged: list[Judged], filters: Filters, by: str) -> list[Row]:
    """Make the rows of one day, ranked (§6)."""
    shown, pairs = shown_obligations(plan, judged, filters), shown_pairs(plan, filters)
    rows = [
        Row(
            head,
            [j for j in shown if head.holds(j.obligation.item, j.obligation.unit)],
            [pair for pair in pairs if head.holds(*pair)],
        )
        for head in HEADS[by](plan, filters)
    ]
    # The row `-` is there only if its units have obligations or assists; it is not ranked.
    rows = [row for row in rows if row.head.key != "-" or row.judged or row.pairs]
    shares = {
        row.head.key: Fraction(*completion_of(row.judged))
        for row in rows
        if row.head.key != "-" and completion_of(row.judged)[1]
    }
    for row in rows:
        if row.head.key in shares:
            row.rank = 1 + sum(other > shares[row.head.key] for other in shares.values())
    return rows


# ---------------------------------------------------------------------------
# §7 Lights
# ---------------------------------------------------------------------------

LIGHT_ENDS = {"progress", "nil", "submit", "return", "verify", "reopen"}


def last_unanswered(s: Standing, event: str, answers: set[str]) -> str | None:
    """Give the value of the last counted entry of the event, unless an answer follows it (§7)."""
    colour = None
    for entry in s.counted:
        if entry.event == event:
            colour = entry.value
        elif entry.event in answers:
            colour = None
    return colour


def behind_of(j: Judged) -> int | None:
    """Give the points, in tenths, that progress is behind time progress (§7)."""
    s = j.standing
    if s.state not in OPEN or j.time_progress is None or j.progress is None:
        return None
    if s.obligation.item.kind == "periodic" and s.value is None:
        return None
    return j.time_progress - j.progress


def slip_of(j: Judged) -> str | None:
    """Give the colour of an unanswered slip (§7)."""
    return last_unanswered(j.standing, "urge", REPORTS) if j.standing.state in OPEN else None


def reason(code: str, value: int | str | None) -> Json:
    """Write one reason."""
    return {"code": code, "value": value}


def red_reasons(plan: Plan, j: Judged) -> list[Json]:
    """List the red reasons that hold (§7)."""
    found = []
    if j.overdue:
        found.append(reason("overdue", j.late_days))
    behind = behind_of(j)
    if behind is not None and Fraction(behind, 10) >= plan.lights.behind_red:
        found.append(reason("behind", one_decimal(behind)))
    if j.missed >= 2:
        found.append(reason("missed", j.missed))
    if slip_of(j) == "red":
        found.append(reason("slip", "red"))
    return found


def ending_reason(plan: Plan, j: Judged) -> list[Json]:
    """Give due_soon, else period_ending, for open obligations that are not continuing (§7)."""
    if j.standing.state not in OPEN or j.days_left is None or j.time_progress is None:
        return []
    if j.days_left <= plan.lights.yellow_days:
        return [reason("due_soon", j.days_left)]
    left = 1000 - j.time_progress
    if Fraction(left, 10) <= 100 * plan.lights.yellow_share:
        return [reason("period_ending", one_decimal(left))]
    return []


def yellow_reasons(plan: Plan, j: Judged) -> list[Json]:
    """List the yellow reasons that hold (§7)."""
    found = ending_reason(plan, j)
    behind = behind_of(j)
    if behind is not None and Fraction(behind, 10) >= plan.lights.behind_yellow:
        found.append(reason("behind", one_decimal(behind)))
    if j.missed == 1:
        found.append(reason("missed", 1))
    if slip_of(j) == "yellow":
        found.append(reason("slip", "yellow"))
    if j.state == "returned":
        found.append(reason("returned", None))
    return found


def light_of(plan: Plan, j: Judged) -> tuple[str, list[Json]]:
    """Give the first light that holds, with its reasons (§7)."""
    if j.state == "closed":
        return "done", [reason("closed_late", j.late_days) if j.closed_late else reason("closed", None)]
    if j.state in {"cancelled", "suspended", "not_begun"}:
        return "grey", [reason(j.state, None)]
    red = red_reasons(plan, j)
    by_hand = last_unanswered(j.standing, "light", LIGHT_ENDS)
    if by_hand is not None:
        return by_hand, [reason("manual", by_hand), *red]
    if red:
        return "red", red
    yellow = yellow_reasons(plan, j)
    if yellow:
        return "yellow", yellow
    return "green", [reason("submitted", None)] if j.state == "submitted" else []


# ---------------------------------------------------------------------------
# §8 Reports owed
# ---------------------------------------------------------------------------


def owes(known: Known, obligation: Obligation, period: Period) -> bool:
    """Say whether the obligation owes a report for a reporting period that ended (§8)."""
    state = fold(obligation, known, period.end).state
    if state not in OPEN or obligation.start > period.end and state == "not_started":
        return False
    if obligation.item.kind == "once":
        return True
    return period.shares_a_day(obligation.start, obligation.due)


def reports_in(known: Known, obligation: Obligation, period: Period) -> list[Entry]:
    """List the counted progress, nil and submit entries that the period holds (§8)."""
    counted = fold(obligation, known, period.end).counted
    return [entry for entry in counted if entry.event in REPORTS and period.holds(entry.date)]


def run_back(plan: Plan, known: Known, obligation: Obligation, last: Period) -> int:
    """Count the periods running, back from the last one, that owed and did not report (§8)."""
    run = 0
    for period in reversed([each for each in plan.reporting if each.end <= last.end]):
        if not owes(known, obligation, period) or reports_in(known, obligation, period):
            break
        run += 1
    return run


def missed_at(plan: Plan, known: Known, s: Standing, day: date) -> int:
    """Count the reports missed running on the day (§8)."""
    due = [period for period in plan.reporting if report_day(plan, period) < day]
    if not due or s.state not in OPEN:
        return 0
    if any(entry.event in REPORTS and entry.date > due[-1].end for entry in s.counted):
        return 0
    return run_back(plan, known, s.obligation, due[-1])


def missing_row(plan: Plan, known: Known, obligations: list[Obligation], period: Period) -> Json:
    """Make one row of `missing` (§8)."""
    row: Json = {"owed": 0, "on_time": 0, "late": 0, "nil": 0, "missing": 0, "running": 0, "obligations": []}
    for obligation in obligations:
        if not owes(known, obligation, period):
            continue
        row["owed"] += 1
        reports = reports_in(known, obligation, period)
        if not reports:
            row["obligations"].append(obligation.name)
        elif any(entry.recorded_day <= report_day(plan, period) for entry in reports):
            row["on_time"] += 1
        else:
            row["late"] += 1
        row["nil"] += bool(reports) and all(entry.event == "nil" for entry in reports)
        row["running"] = max(row["running"], run_back(plan, known, obligation, period))
    row["missing"] = row["owed"] - row["on_time"] - row["late"]
    return row


# ---------------------------------------------------------------------------
# The answers (contract §3.1–3.3)
# ---------------------------------------------------------------------------


class Workspace:
    """A plan and its journal, read once."""

    def __init__(self, path: Path) -> None:
        self.plan = read_plan(path)
        self.obligations = obligations_of(self.plan)
        self.files = read_journal(path.with_suffix(".journal"), self.plan.id)
        self.known = lru_cache(maxsize=None)(self._known)
        self.judged = lru_cache(maxsize=None)(self._judged)

    def damaged(self) -> list[str]:
        """List the writers whose file has more unreadable lines than records (§3.1)."""
        return [file.writer for file in self.files if file.unreadable > len(file.records)]

    def _known(self, until: str | None) -> Known:
        if until is None:
            return Known(self.files, None)
        instant = read_instant(until)
        if instant is None:
            raise Refused(2, f"{until} is no instant")
        return Known(self.files, instant[0])

    def _judged(self, until: str | None, day: date) -> list[Judged]:
        return [judge(self.plan, self.known(until), obligation, day) for obligation in self.obligations]


@dataclass(frozen=True)
class Question:
    """What is asked: a day, what is known, the filters."""

    day: date
    known_until: str | None = None
    filters: Filters = Filters()


def skipped(ws: Workspace, q: Question) -> int:
    """Count the skipped among the entries in force, and retracts in force that name nothing (§3.6)."""
    known = ws.known(q.known_until)
    keys = {obligation.key for obligation in ws.obligations}
    count = 0
    for entry in known.in_force(q.day):
        if entry.event == "retract":
            count += not known.names[entry]
        elif entry.event != "seal":
            count += entry.key not in keys
    return count + sum(len(j.standing.skipped) for j in ws.judged(q.known_until, q.day))


def head(ws: Workspace, q: Question, schema: str) -> Json:
    """Make the head that every answer has (contract §3.1)."""
    if ws.damaged():
        raise Refused(3, f"too damaged to count on: {', '.join(ws.damaged())}")
    plan, known = ws.plan, ws.known(q.known_until)
    return {
        "schema": schema,
        "plan": {"id": plan.id, "title": plan.title, "number": plan.number, "sha256": plan.sha256},
        "journal": {
            "entries": len(known.entries),
            "skipped": skipped(ws, q),
            "unreadable": known.unreadable,
            "digest": known.digest(),
            "chain": "unchecked",
        },
        "as_of": q.day.isoformat(),
        "known_at": q.known_until,
    }


def ranks_before(ws: Workspace, q: Question, by: str) -> dict[str, int | None]:
    """Give the ranks at the end of the latest reporting period that ended before the day (§6)."""
    ends = [period.end for period in ws.plan.reporting if period.end < q.day]
    if not ends:
        return {}
    rows = rows_on(ws.plan, ws.judged(q.known_until, ends[-1]), q.filters, by)
    return {row.head.key: row.rank for row in rows}


def status(ws: Workspace, q: Question, by: str) -> Json:
    """Answer `duban status` (contract §3.1)."""
    answer = head(ws, q, "duban/status@1") | {"by": by, "rows": []}
    judged = ws.judged(q.known_until, q.day)
    before = ranks_before(ws, q, by)
    for row in rows_on(ws.plan, judged, q.filters, by):
        then = before.get(row.head.key)
        answer["rows"].append(
            {"key": row.head.key, "name": row.head.name}
            | row_of(row.judged, row.pairs)
            | {
                "rank": row.rank,
                "rank_change": None if row.rank is None or then is None else then - row.rank,
            }
        )
    # The total row: the obligations shown, each once.
    answer["total"] = row_of(shown_obligations(ws.plan, judged, q.filters), shown_pairs(ws.plan, q.filters))
    answer["no_lead"] = no_lead(ws.plan, q.filters)
    return answer


def day_text(day: date | None) -> str | None:
    """Print a day, or null."""
    return None if day is None else day.isoformat()


def list_row(j: Judged) -> Json:
    """Make one row of `list` (contract §3.2)."""
    o, s = j.obligation, j.standing
    last = s.counted[-1] if s.counted else None
    return {
        "obligation": o.name,
        "item": o.item.id,
        "title": o.item.title,
        "unit": o.unit,
        "period": o.period or None,
        "kind": o.item.kind,
        "state": j.state,
        "start": o.start.isoformat(),
        "due": o.due.isoformat(),
        "current_due": None if o.continuing else s.current_due.isoformat(),
        "judged_due": None if o.continuing else s.judged_due.isoformat(),
        "extensions": s.extensions,
        "extended_late": s.extended_late,
        "reopened": s.reopened,
        "overdue": j.overdue,
        "days_left": j.days_left,
        "late_days": j.late_days,
        "progress": one_decimal(j.progress),
        "time_progress": one_decimal(j.time_progress),
        "worked": j.worked if o.continuing else None,
        "passed": j.passed if o.continuing else None,
        "missed": j.missed,
        "acked_on": day_text(s.acked_on),
        "submitted_on": day_text(s.submitted_on),
        "closed_on": day_text(s.closed_on),
        "closed_late": j.closed_late,
        # Files named on counted entries, each naming counted.
        "evidence": sum(bool(name) for entry in s.counted for name in entry.evidence.split("|")),
        "light": j.light,
        "reasons": j.reasons,
        "last_entry": f"{last.writer}:{last.seq}" if last else None,
    }


def listing(ws: Workspace, q: Question) -> Json:
    """Answer `duban list` (contract §3.2)."""
    answer = head(ws, q, "duban/list@1")
    shown = shown_obligations(ws.plan, ws.judged(q.known_until, q.day), q.filters)
    return answer | {"rows": [list_row(j) for j in shown]}


def missing(ws: Workspace, q: Question, name: str) -> Json:
    """Answer `duban missing` (contract §3.3, §8)."""
    answer = head(ws, q, "duban/missing@1")
    period = next((each for each in ws.plan.reporting if each.name == name), None)
    if period is None or period.end > q.day:
        raise Refused(2, f"{name} is no reporting period that has ended")
    known = ws.known(q.known_until)
    shown = shown_obligations(ws.plan, ws.judged(q.known_until, q.day), q.filters)
    left = q.filters.units_left(ws.plan)
    rows = [
        {"key": unit.id, "name": unit.name}
        | missing_row(ws.plan, known, [j.obligation for j in shown if j.obligation.unit == unit.id], period)
        for unit in ws.plan.units
        if unit.id in left
    ]
    counts = ("owed", "on_time", "late", "nil", "missing")
    total = {count: sum(row[count] for row in rows) for count in counts}
    return answer | {"period": name, "rows": rows, "total": total}


# ---------------------------------------------------------------------------
# The command line
# ---------------------------------------------------------------------------


def last_period(plan: Plan, today: date) -> Period:
    """Give the last reporting period that ended on or before today (contract §3)."""
    ended = [period for period in plan.reporting if period.end <= today]
    if not ended:
        raise Refused(2, "no reporting period has ended")
    return ended[-1]


def as_of_day(plan: Plan, text: str | None, today: date) -> date:
    """Read `--as-of DATE|PERIOD|last`; a period is its last calendar day (contract §3)."""
    if text is None:
        return today
    if text == "last":
        return last_period(plan, today).end
    day, period = read_day(text), read_period(text)
    if day is None and period is None:
        raise Refused(2, f"{text} is neither a day nor a period")
    return day or period.last  # type: ignore[union-attr]


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("command", choices=["status", "list", "missing"])
    p.add_argument("plan", type=Path)
    p.add_argument("period", nargs="?", help="missing: a reporting period, or last (the default)")
    p.add_argument("--as-of", metavar="DATE|PERIOD|last")
    p.add_argument("--today", type=date.fromisoformat, default=date.today())
    p.add_argument("--by", choices=BYS, default="unit")
    p.add_argument("--known-until", "--known-at", metavar="INSTANT")
    for name in ("unit", "group", "kind-of-unit", "chapter", "measure", "item"):
        p.add_argument(f"--{name}")
    p.add_argument("--kind", choices=KINDS)
    p.add_argument("--state", choices=STATES)
    p.add_argument("--light", choices=LIGHTS)
    p.add_argument("--overdue", action="store_true")
    p.add_argument("--due-within", type=int, metavar="DAYS")
    return p


def answer(ws: Workspace, args: argparse.Namespace) -> Json:
    """Answer the question of a command line."""
    filters = Filters(**{name: getattr(args, name) for name in Filters.__dataclass_fields__})
    q = Question(as_of_day(ws.plan, args.as_of, args.today), args.known_until, filters)
    if args.command == "status":
        return status(ws, q, args.by)
    if args.command == "list":
        return listing(ws, q)
    name = args.period
    if name in {None, "last"}:
        name = last_period(ws.plan, args.today).name
    return missing(ws, q, name)


def main() -> int:
    """Print the answer as JSON, or say why there is none."""
    args = parser().parse_args()
    try:
        result = answer(Workspace(args.plan), args)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return refused.code
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
