#!/usr/bin/env python3
"""Compare duban with the recomputation on random workspaces, field by field.

Every key that the recomputation gives must be there with the same value; duban may give more keys.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import recompute
from recompute import Refused, Workspace
from workspaces import write_workspace

TODAY = date(2013, 12, 31)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ask:
    """One command, in the words that both programs take."""

    command: str
    period: str | None = None
    flags: tuple[str, ...] = ()

    def words(self) -> list[str]:
        """Give the period and the flags."""
        return [*([self.period] if self.period else []), *self.flags]

    def of_duban(self, duban: Path, plan: Path) -> list[str]:
        """Give the command line of duban."""
        fixed = ["--format", "json", "--lang", "en", "-p", str(plan)]
        return [str(duban), self.command, *self.words(), *fixed]

    def recomputed(self, ws: Workspace, plan: Path) -> Any:
        """Give the answer of the recomputation, or the exit code of a refusal."""
        fixed = [self.command, str(plan), *([self.period] if self.period else [])]
        args = recompute.parser().parse_args([*fixed, "--today", TODAY.isoformat(), *self.flags])
        try:
            return recompute.answer(ws, args)
        except Refused as refused:
            return refused.code


# ---------------------------------------------------------------------------
# What is asked
# ---------------------------------------------------------------------------


def days_to_ask(rng: random.Random, ws: Workspace) -> list[date]:
    """Choose days before, in and after the plan, on and beside the days that matter."""
    plan = ws.plan
    edges = [plan.start - DAY, plan.start, plan.end, plan.end + DAY, plan.end + 60 * DAY]
    reports = [day for p in plan.reporting for day in (p.start, p.end, recompute.report_day(plan, p))]
    dues = [day for o in ws.obligations for day in (o.start, o.due)]
    dates = [entry.date for entry in ws.known(None).entries if 1 < entry.date.year < 9999]
    days = [rng.choice(edges), plan.start + rng.randrange((plan.end - plan.start).days + 1) * DAY]
    for pool in (reports, dues, dates):
        days += [rng.choice(pool) + rng.choice([-1, 0, 1]) * DAY for _ in range(2) if pool]
    return sorted(set(days))


def instant_to_ask(rng: random.Random, ws: Workspace) -> str:
    """Choose an instant at, just before or just after a recorded one, or any."""
    entries = ws.known(None).entries
    if not entries or rng.random() < 0.2:
        return f"{ws.plan.start + rng.randrange(400) * DAY}T{rng.randrange(24):02}:00:00+08:00"
    seconds = rng.choice(entries).instant + rng.choice([-1, 0, 0, 0, 1])
    offset, minutes = rng.choice([("Z", 0), ("+08:00", 480), ("+09:30", 570), ("-05:00", -300)])
    days, seconds = divmod(seconds + minutes * 60, 86_400)
    if days < 1:
        return "2013-01-01T00:00:00Z"
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{date.fromordinal(days)}T{clock}{offset}"


def filters_to_ask(rng: random.Random, ws: Workspace) -> list[str]:
    """Choose one to three filters."""
    plan = ws.plan
    choices: dict[str, list[str]] = {
        "--unit": [u.id for u in plan.units],
        "--group": [g.id for g in plan.groups],
        "--kind-of-unit": [u.kind for u in plan.units if u.kind],
        "--chapter": [c.id for c in plan.chapters],
        "--measure": [m.id for m in plan.measures],
        "--item": [i.id for i in plan.items],
        "--kind": recompute.KINDS,
        "--state": recompute.STATES,
        "--light": recompute.LIGHTS,
        "--due-within": ["0", "7", "15", "60"],
    }
    names = [*(name for name, values in choices.items() if values), "--overdue"]
    flags = []
    for name in rng.sample(names, rng.choice([1, 1, 1, 2, 2, 3])):
        flags += [name] if name == "--overdue" else [name, rng.choice(choices[name])]
    return flags


def any_ask(rng: random.Random, ws: Workspace, day: date, flags: list[str]) -> Ask:
    """Ask one of the three commands with these flags."""
    flags = ["--as-of", day.isoformat(), *flags]
    ended = [p.name for p in ws.plan.reporting if p.end <= day]
    command = rng.choices(["status", "list", "missing"], [60, 25, 15 if ended else 0])[0]
    if command == "missing":
        return Ask(command, rng.choice(ended), tuple(flags))
    if command == "status":
        flags = ["--by", rng.choice(recompute.BYS), *flags]
    return Ask(command, None, tuple(flags))


def plain_asks(rng: random.Random, ws: Workspace) -> Iterator[Ask]:
    """Ask for every row and list without filters; on one day by everything."""
    days = days_to_ask(rng, ws)
    full = rng.choice(days)
    for day in days:
        as_of = ("--as-of", day.isoformat())
        yield Ask("list", None, as_of)
        for by in recompute.BYS if day == full else rng.sample(recompute.BYS, 2):
            yield Ask("status", None, ("--by", by, *as_of))
        if ws.plan.reporting:
            # A period that has not ended is asked now and then; it is exit 2.
            ended = [p for p in ws.plan.reporting if p.end <= day]
            pool = list(ws.plan.reporting) if rng.random() < 0.1 else ended
            if pool:
                yield Ask("missing", rng.choice(pool).name, as_of)


def asks(rng: random.Random, ws: Workspace) -> Iterator[Ask]:
    """List what is asked of one workspace."""
    yield from plain_asks(rng, ws)
    days = days_to_ask(rng, ws)
    for _ in range(12):
        yield any_ask(rng, ws, rng.choice(days), filters_to_ask(rng, ws))
    for _ in range(4):
        flags = ["--known-at", instant_to_ask(rng, ws)]
        if rng.random() < 0.4:
            flags += filters_to_ask(rng, ws)
        yield any_ask(rng, ws, rng.choice(days), flags)
    yield Ask("list", None, ("--as-of", rng.choice(["2013-06", "2013-Q3", "2013-H1", "2013"])))
    yield Ask("status", None, ("--as-of", "last"))
    yield Ask(rng.choice(["status", "list", "missing"]))


# ---------------------------------------------------------------------------
# What is compared
# ---------------------------------------------------------------------------


def has_free_name(where: str, expected: dict[str, Any]) -> bool:
    """Say whether the pages leave the row's name open: the kinds and the row of units in no group."""
    return "rows[" in where and expected.get("key") in {"-", *recompute.KINDS}


def difference(expected: Any, actual: Any, where: str = "") -> str | None:
    """Describe the first difference; keys that are not expected are allowed."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key, value in expected.items():
            if key == "name" and has_free_name(where, expected) and isinstance(actual.get(key), str):
                continue
            if key not in actual:
                return f"{where}.{key} is missing"
            found = difference(value, actual[key], f"{where}.{key}")
            if found:
                return found
        return None
    if isinstance(expected, list) and isinstance(actual, list):
        for index, (left, right) in enumerate(zip(expected, actual, strict=False)):
            label = left.get("key") or left.get("obligation") if isinstance(left, dict) else None
            found = difference(left, right, f"{where}[{label or index}]")
            if found:
                return found
        if len(expected) != len(actual):
            return f"{where} has {len(actual)} entries, expected {len(expected)}"
        return None
    if type(expected) is not type(actual) or expected != actual:
        return f"{where}: expected {expected!r}, got {actual!r}"
    return None


def run_duban(duban: Path, ask: Ask, plan: Path, home: Path) -> subprocess.CompletedProcess[bytes]:
    """Run duban in the workspace with a plain environment."""
    env = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "DUBAN_TODAY": TODAY.isoformat(),
    }
    return subprocess.run(
        ask.of_duban(duban, plan), cwd=plan.parent, env=env, capture_output=True, timeout=120, check=False
    )


def failure(duban: Path, ask: Ask, ws: Workspace, plan: Path, home: Path) -> str | None:
    """Compare one answer; say how it differs."""
    expected = ask.recomputed(ws, plan)
    code = expected if isinstance(expected, int) else 0
    done = run_duban(duban, ask, plan, home)
    # Where the journal is damaged and the question is wrong too, either may be said first.
    if code in {2, 3} and done.returncode in {2, 3} and ws.damaged():
        code = done.returncode
    if done.returncode != code:
        words = done.stderr.decode("utf-8", "replace").strip()
        return f"exit code: expected {code}, got {done.returncode}: {words[:600]}"
    if code:
        return "stdout is not empty" if done.stdout else None
    try:
        return difference(expected, json.loads(done.stdout))
    except ValueError as error:
        return f"stdout is no JSON: {error}"


@dataclass
class Outcome:
    """What came out of one seed."""

    seed: int
    compared: int = 0
    failures: list[str] = field(default_factory=list)


def try_seed(seed: int, duban: Path, keep: Path | None, every: bool) -> Outcome:
    """Make the workspace of a seed and compare, up to the first difference unless all are wanted."""
    outcome = Outcome(seed)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        home.mkdir()
        plan = write_workspace(seed, (keep or Path(scratch)) / f"seed-{seed}")
        ws = Workspace(plan)
        for ask in asks(random.Random(f"duban questions {seed}"), ws):
            outcome.compared += 1
            found = failure(duban, ask, ws, plan, home)
            if found:
                command = shlex.join(ask.of_duban(duban, plan))
                outcome.failures.append(f"seed {seed}: {found}\n  {command}")
                if not every:
                    break
    return outcome


def seeds_of(text: str) -> range:
    """Read `A..B`, both inclusive, or one seed."""
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def main() -> int:
    """Compare the seeds and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--duban", type=Path, required=True, help="the program to compare")
    parser.add_argument("--seeds", type=seeds_of, required=True, metavar="A..B")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the workspaces here and keep them")
    parser.add_argument("--all", action="store_true", help="go on in a seed after its first difference")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    duban = args.duban.resolve()
    keep = args.keep.resolve() if args.keep else None
    passed = failed = compared = 0
    with ProcessPoolExecutor(args.jobs) as pool:
        count = len(args.seeds)
        for outcome in pool.map(try_seed, args.seeds, [duban] * count, [keep] * count, [args.all] * count):
            compared += outcome.compared
            passed += not outcome.failures
            failed += bool(outcome.failures)
            for text in outcome.failures:
                print(text, flush=True)
    print(f"{compared} answers compared on {passed + failed} seeds")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
