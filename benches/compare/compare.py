#!/usr/bin/env python3
"""duban beside the programs that others would use, on the same files, with the same table.

    python3 benches/compare/compare.py             measures and prints; about ten minutes
    python3 benches/compare/compare.py --write     … and writes its part of docs/performance.md
    python3 benches/compare/compare.py --quick     the same on small sets, to try it

Programs that are not there are left out, and the page says so. All of them:

    apt-get install ledger hledger time
    python3 -m pip install duckdb polars

It is Python because two of the programs are Python's, and because starting processes, reading what
they used and writing a page needs no more; what must be fast itself is in benches/rivals.rs. Every
time is that of a whole process with a warm cache. The programs take turns, so that a machine in a
mood is so for all; figures of one run compare with each other only.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

sys.dont_write_bytecode = True  # leaves nothing beside the sources

import accounts
import page

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RELEASE = ROOT / "target" / "release"
PLAN = "generated-2013"
DAY = "2013-10-31"

# After its first, unmeasured run a program runs again until this many seconds are gone, or the rounds are over.
PATIENCE = 30


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--quick", action="store_true", help="small sets and few rounds")
    arguments.add_argument("--write", action="store_true", help="write docs/performance.md")
    arguments.add_argument("--entries", type=int, help="entries of the largest set (10,000,000)")
    arguments.add_argument("--folder", type=Path, default=ROOT / "target" / "compare", help="where the sets are made")
    arguments.add_argument("--keep", action="store_true", help="leave the sets there")
    asked = arguments.parse_args()
    if asked.write and (asked.quick or asked.entries):
        sys.exit("only a whole run may be written: without --quick and --entries")
    largest = asked.entries or (100_000 if asked.quick else 10_000_000)
    begin = time.monotonic()
    bench = Bench(asked.folder, quick=asked.quick)
    try:
        facts = bench.all(largest)
    finally:
        if not asked.keep:
            shutil.rmtree(asked.folder, ignore_errors=True)
    text = page.text(facts, round((time.monotonic() - begin) / 60))
    print(text)
    if asked.write:
        page.write(ROOT / "docs" / "performance.md", text)


class Workspace:
    """One generated set."""

    def __init__(self, folder, entries):
        self.folder, self.entries = folder, entries
        self.plan = folder / "plans" / f"{PLAN}.toml"
        self.journal = folder / "plans" / f"{PLAN}.journal"

    @property
    def files(self):
        return sorted(map(str, self.journal.glob("*.csv")))


class Bench:
    """The programs, and what they took."""

    def __init__(self, folder, quick):
        self.quick, self.folder = quick, folder
        # Only a folder that an earlier run made is cleared.
        if folder.exists() and any(folder.iterdir()) and not (folder / "made-by-compare").exists():
            sys.exit(f"{folder} holds something else")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "made-by-compare").touch()
        note("building")
        cargo = ["cargo", "build", "--locked", "--quiet", "--release", "--bin", "duban", "--example", "generate"]
        subprocess.run(cargo, cwd=ROOT, check=True)
        built = subprocess.run(
            ["cargo", "bench", "--locked", "--quiet", "--no-run", "--bench", "rivals", "--message-format=json"],
            cwd=ROOT, check=True, capture_output=True, text=True).stdout
        self.rivals = re.findall(r'"executable":"([^"]+rivals[^"]*)"', built)[-1]
        self.duban = str(RELEASE / "duban")
        self.homes = 0
        self.versions, self.missing = versions(self.duban)

    def all(self, largest):
        city = self.generate("city", 30, 60, 5_000, 4)
        nation = [self.generate(f"nation-{count}", 3000, 120, count, 8)
                  for count in (largest // 100, largest // 10, largest)]
        self.cross_check()
        tables = {"city": self.reading(city, rounds=21, with_accounts=True)}
        for workspace, rounds in zip(nation, (7, 5, 3)):
            tables[workspace.folder.name] = self.reading(
                workspace, rounds, with_accounts=workspace.entries <= 100_000 and not self.quick)
        return {
            "machine": machine(),
            "versions": self.versions,
            "missing": self.missing,
            "quick": self.quick,
            "sizes": {"city": city.entries} | {of.folder.name: of.entries for of in nation},
            "bytes": {of.folder.name: sum(os.path.getsize(file) for file in of.files) for of in [city, *nation]},
            "tables": tables,
            "cold": self.cold(city),
            "record": self.record(city, nation[-1]),
            "second": self.second_look(nation[-1]),
        }

    # ---- the sets ----

    def generate(self, name, units, items, entries, writers, *more):
        note(f"generating {name}: {entries:,} entries")
        workspace = Workspace(self.folder / name, entries)
        subprocess.run(
            [RELEASE / "examples" / "generate", workspace.folder, f"--units={units}", f"--items={items}",
             f"--entries={entries}", f"--writers={writers}", "--seed=1", *more],
            check=True, stdout=subprocess.DEVNULL)
        return workspace

    # ---- running ----

    def home(self):
        """Returns the environment of somebody who runs duban for the first time."""
        self.homes += 1
        home = self.folder / "homes" / str(self.homes)
        home.mkdir(parents=True)
        return {"HOME": str(home), "PATH": os.environ["PATH"], "TZ": "UTC", "DUBAN_TODAY": "2013-12-31",
                "LANG": "C.UTF-8"}

    def time(self, argv, environment=None):
        """Returns the seconds of one whole process."""
        environment = environment or self.home()
        quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
        path = shutil.which(argv[0])
        begin = time.perf_counter()
        pid = os.posix_spawn(path, argv, environment, file_actions=quiet)
        _, status = os.waitpid(pid, 0)
        seconds = time.perf_counter() - begin
        if status != 0:
            sys.exit(f"failed: {' '.join(argv)}")
        return seconds

    def look(self, argv):
        """Runs once and returns output, peak memory in bytes (None without GNU time), seconds."""
        gnu = shutil.which("time")
        report = self.folder / "memory"
        prefix = [gnu, "-f", "%M", "-o", str(report)] if gnu else []
        begin = time.perf_counter()
        done = subprocess.run([*prefix, *argv], env=self.home(), capture_output=True, text=True)
        seconds = time.perf_counter() - begin
        if done.returncode != 0:
            sys.exit(f"failed: {' '.join(argv)}\n{done.stderr[-2000:]}")
        memory = int(report.read_text()) * 1024 if gnu else None
        return done.stdout, memory, seconds

    def in_turn(self, cases, rounds, spent=None):
        """Runs named commands in turn and returns the times of each."""
        if self.quick:
            rounds = min(rounds, 3)
        times = {name: [] for name in cases}
        spent = dict(spent or {})
        for number in range(rounds):
            for name, argv in cases.items():
                if number > 0 and spent.get(name, 0) > PATIENCE:
                    continue
                seconds = self.time(argv)
                spent[name] = spent.get(name, 0) + seconds
                times[name].append(seconds)
        return times

    # ---- reading ----

    def reading(self, workspace, rounds, with_accounts):
        """Times what reads a whole journal; the programs that answer the simple question must agree."""
        note(f"reading {workspace.entries:,} entries")
        plan, files = str(workspace.plan), workspace.files
        cases = {
            "wc -l": ["wc", "-l", *files],
            "duban status": [self.duban, "-p", plan, "status", "--as-of", DAY],
            "duban verify": [self.duban, "-p", plan, "verify"],
            "csv crate": [self.rivals, "last-event", DAY, *files],
        }
        answers = ["csv crate"]
        for name, script in [("DuckDB", "ask_duckdb.py"), ("Polars", "ask_polars.py")]:
            if name in self.versions:
                cases[name] = [sys.executable, str(HERE / script), DAY, *files]
                answers.append(name)
        if with_accounts:
            cases |= self.bookkeepers(workspace)
        seen = {name: self.look(argv) for name, argv in cases.items()}
        expected = rows(seen["csv crate"][0])
        for name in answers:
            agree(name, rows(seen[name][0]), expected)
        for name in {"Ledger", "hledger"} & cases.keys():
            agree(name, accounts.table(seen[name][0]), expected)
        times = self.in_turn(cases, rounds, {name: seconds for name, (_, _, seconds) in seen.items()})
        return {name: {"wall": median(times[name]), "memory": seen[name][1], "runs": len(times[name])}
                for name in cases}

    def bookkeepers(self, workspace):
        """Writes the journal for Ledger and hledger and returns their commands."""
        path = workspace.folder / "journal.ledger"
        accounts.write(workspace.files, path)
        # Both take the end of the range as the first day that is out.
        commands = {
            "Ledger": ["ledger", "-f", str(path), "bal", "--flat", "--no-total", "-e", "2013/11/01", "^u"],
            "hledger": ["hledger", "-f", str(path), "bal", "--flat", "-N", "-e", "2013-11-01", "^u"],
        }
        return {name: command for name, command in commands.items() if name in self.versions}

    def cross_check(self):
        """duban's own answer against the plain one, on a set where both ask the same: without retracts."""
        note("comparing answers")
        workspace = self.generate("plain", 30, 60, 5_000, 4, "--retracted=0")
        listed = self.look([self.duban, "-p", str(workspace.plan), "list", "--as-of", DAY, "--format", "csv"])[0]
        events = {}
        for file in workspace.files:
            for fields in accounts.records(file):
                events[f"{Path(file).stem}:{fields['seq']}"] = fields["event"]
        found = {}
        for row in accounts.csv.DictReader(listed.splitlines()):
            if row["last_entry"]:
                of = (row["unit"], events[row["last_entry"]])
                found[of] = found.get(of, 0) + 1
        plain = rows(self.look([self.rivals, "last-event", DAY, *workspace.files])[0])
        agree("duban list", found, plain)
        shutil.rmtree(workspace.folder)

    # ---- one city, cold ----

    def cold(self, city):
        note("starting cold")
        cases = {
            "one line": [self.rivals, "one-line"],
            "duban status": [self.duban, "-p", str(city.plan), "status", "--as-of", DAY],
        }
        return {name: median(times) for name, times in self.in_turn(cases, 41).items()}

    # ---- writing ----

    def record(self, city, nation):
        """Appends to both sets: the whole command, and the step that takes lock, tail and disk."""
        note("recording")
        bare = str(self.folder / "bare.csv")
        self.notes = 0
        times = {"bare": [], "record": [], "record at most": []}
        environments = {"record": self.home(), "record at most": self.home()}
        rounds = 5 if self.quick else 21
        spent = 0
        lengths = {file: os.path.getsize(file) for of in (city, nation) for file in of.files}
        for _ in range(rounds):
            times["bare"].append(self.time([self.rivals, "append", bare]))
            times["record"].append(self.time(self.note_command(city), environments["record"]))
            if spent < 2 * PATIENCE:
                seconds = self.time(self.note_command(nation), environments["record at most"])
                spent += seconds
                times["record at most"].append(seconds)
        # The first record makes what later ones use.
        taken = {name: median(of[1:] or of) for name, of in times.items()}
        steps = {}
        for _ in range(3):
            for name, workspace in [("step", city), ("step at most", nation)]:
                steps.setdefault(name, []).extend(self.steps(workspace, 20))
        for file, length in lengths.items():
            os.truncate(file, length)
        return taken | {name: median(of) for name, of in steps.items()}

    def note_command(self, workspace):
        self.notes += 1
        return [self.duban, "-p", str(workspace.plan), "record", "note", "1.1.1", "u0001", "-m",
                f"第{self.notes}次电话了解", "--date", "2013-12-31", "--writer", "desk-01", "--as", "u0001",
                "--person", "经办甲"]

    def steps(self, workspace, times):
        """Returns the seconds of appends without the rest of `record`."""
        done = subprocess.run(
            [self.rivals, "append-step", str(workspace.journal), PLAN, "desk-01", str(times)],
            check=True, capture_output=True, text=True)
        return [int(line) / 1e6 for line in done.stdout.split()]

    def second_look(self, nation):
        """A status that may use what the one before left, after ten appends."""
        note("looking again")
        environment = self.home()
        command = [self.duban, "-p", str(nation.plan), "status", "--as-of", DAY]
        lines = ["wc", "-l", *nation.files]
        lengths = {file: os.path.getsize(file) for file in nation.files}
        self.time(command, environment)
        times = {"status": [], "wc -l": []}
        spent = 0
        for _ in range(3 if self.quick else 5):
            if times["status"] and spent > PATIENCE:
                break
            self.steps(nation, 10)
            times["wc -l"].append(self.time(lines))
            times["status"].append(self.time(command, environment))
            spent += times["status"][-1]
        for file, length in lengths.items():
            os.truncate(file, length)
        return {name: median(of) for name, of in times.items()}


def rows(text):
    """Reads `unit,event,count` lines."""
    return {tuple(line.split(",")[:2]): int(line.split(",")[2]) for line in text.splitlines()}


def agree(name, found, expected):
    """Ends the run where two programs give different tables."""
    if found != expected:
        differing = sorted(key for key in found.keys() | expected.keys() if found.get(key) != expected.get(key))
        sys.exit(f"{name} gives another table, for instance {differing[:5]}: nothing is measured")


def versions(duban):
    """Returns the versions of the programs that are there, and the names of the others."""
    found, missing = {"duban": first_line([duban, "--version"]), "wc": first_line(["wc", "--version"])}, []
    lock = (ROOT / "Cargo.lock").read_text()
    found["csv crate"] = "csv " + re.search(r'name = "csv"\nversion = "([^"]+)"', lock)[1]
    for name, module in [("DuckDB", "duckdb"), ("Polars", "polars")]:
        try:
            found[name] = f"{name} {__import__(module).__version__}"
        except ImportError:
            missing.append(name)
    for name, program in [("Ledger", "ledger"), ("hledger", "hledger")]:
        if shutil.which(program):
            found[name] = first_line([program, "--version"])
        else:
            missing.append(name)
    found["rustc"] = first_line(["rustc", "-V"])
    found["Python"] = f"Python {platform.python_version()}"
    return found, missing


def first_line(command):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout.splitlines()[0]


def machine():
    try:
        model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        model = None
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {model[1] if model else platform.machine()}, {platform.system()} {platform.release()}"


def note(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
