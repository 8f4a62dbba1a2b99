"""The journal as double-entry bookkeeping, for Ledger and hledger.

Each obligation is one unit of account that moves from its last event's account to the next one's,
so that the balance of `u0001:progress` is what the other programs count: obligations of a unit by
their last event.
"""

import csv


def records(file):
    """Returns the lines of one journal file as dictionaries."""
    with open(file, encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def write(files, path):
    """Writes what Ledger and hledger read."""
    columns = ("date", "recorded_at", "item", "unit", "period", "event")
    entries = sorted(tuple(row[name] for name in columns) for file in files for row in records(file))
    last = {}
    with open(path, "w", encoding="utf-8") as out:
        for date, _, item, unit, period, event in entries:
            of = (item, unit, period)
            before = f"{unit}:{last[of]}" if of in last else "open"
            out.write(f"{date} {item} {period}\n  {unit}:{event}  1\n  {before}  -1\n\n")
            last[of] = event


def table(text):
    """Reads the balance of either program as {(unit, event): count}."""
    rows = {}
    for line in text.splitlines():
        count, account = line.split()
        unit, event = account.split(":")
        if int(count):
            rows[unit, event] = int(count)
    return rows
