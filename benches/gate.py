#!/usr/bin/env python3
"""How many instructions three fixed commands take: a gate that no machine's mood can open or shut.

    python3 benches/gate.py             fails where one takes 5 % more than benches/instructions.json says
    python3 benches/gate.py --write     writes what is measured now

Counted by `valgrind --tool=callgrind` on the release build, in an environment of its own.
The figures hold for one compiler and one kind of machine; on another the gate says so and lets pass.
The seeds of hash maps differ from run to run and move a figure by up to 0.6 %: each command is
counted three times, the middle one is taken, and counts further apart are told.
"""

import argparse
import json
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMITTED = ROOT / "benches" / "instructions.json"
RELEASE = ROOT / "target" / "release"

MOST = 5.0  # per cent more: fails
LESS = -5.0  # per cent: the committed figure should come down
APART = 1.0  # per cent: counts of one command


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--write", action="store_true", help="write the figures measured now")
    arguments = arguments.parse_args()
    if not shutil.which("valgrind"):
        print("skipped: no valgrind")
        return 0
    committed = json.loads(COMMITTED.read_text()) if COMMITTED.exists() else {}
    here = {"rustc": output(["rustc", "-V"], ROOT).strip(), "machine": machine()}
    there = {key: committed.get(key) for key in here}
    if here != there and not arguments.write:
        print(f"skipped: the figures are for {there}, this is {here}")
        return 0
    subprocess.run(
        ["cargo", "build", "--locked", "--quiet", "--release", "--bin", "duban", "--example", "generate"],
        cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory(prefix="duban-gate-") as folder:
        counts = {name: counted(name, command, Path(folder)) for name, command in cases(Path(folder))}
    if arguments.write:
        COMMITTED.write_text(json.dumps({**here, "instructions": counts}, indent=2) + "\n")
        print(f"written: {COMMITTED.relative_to(ROOT)}")
        return 0
    return judge(counts, committed["instructions"])


def machine():
    """What decides which code memchr and the C library choose; SHA in hardware is hidden by valgrind."""
    try:
        flags = re.search(r"^flags\s*:(.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        flags = None
    wide = "avx2" if flags and "avx2" in flags[1].split() else "no avx2"
    return f"{platform.machine()}, {wide}"


def cases(folder):
    """Makes the workspaces and returns name and command of each case."""
    practice, city = folder / "practice", folder / "city"
    shutil.copytree(ROOT / "examples" / "practice", practice)
    output([RELEASE / "examples" / "generate", city, "--entries", "20000", "--seed", "7"], folder)
    of_practice = ["-p", practice / "plans" / "practice-2013.toml"]
    of_city = ["-p", city / "plans" / "generated-2013.toml"]
    return [
        ("status, practice workspace", [*of_practice, "status", "--as-of", "2013-10-31"]),
        ("status, 20,000 entries", [*of_city, "status", "--as-of", "2013-10-31"]),
        ("verify, 20,000 entries", [*of_city, "verify"]),
    ]


def counted(name, command, folder):
    """Counts three times and returns the middle figure."""
    counts = sorted(instructions(command, folder) for _ in range(3))
    apart = 100 * (counts[2] - counts[0]) / counts[1]
    print(f"{name}: {counts[1]:,}, three counts {apart:.2f} % apart")
    if apart > APART:
        print(f"  more than {APART} %: something asks the machine")
    return counts[1]


def instructions(command, folder):
    """Returns how many instructions a command of duban executes."""
    # A home of its own each time: what a first run leaves there must not help the second.
    with tempfile.TemporaryDirectory(dir=folder) as home:
        environment = {"HOME": home, "PATH": "/usr/bin:/bin", "TZ": "UTC", "DUBAN_TODAY": "2013-10-31"}
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", RELEASE / "duban", *command],
            cwd=folder, env=environment, capture_output=True, text=True)
    collected = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not collected:
        sys.exit(f"duban {' '.join(map(str, command))} failed under valgrind:\n{done.stderr}")
    return int(collected[1])


def judge(counts, committed):
    """Prints every figure beside the committed one; returns the exit code."""
    code = 0
    for name, count in counts.items():
        if name not in committed:
            print(f"{name}: not in {COMMITTED.name}; run with --write")
            code = 1
            continue
        change = 100 * (count - committed[name]) / committed[name]
        verdict = ""
        if change > MOST:
            verdict, code = f": more than {MOST} %, FAILED", 1
        elif change <= LESS:
            verdict = ": better; run with --write and commit"
        print(f"{name}: {committed[name]:,} -> {count:,}, {change:+.2f} %{verdict}")
    return code


def output(command, folder):
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
