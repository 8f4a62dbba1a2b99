"""The last event of each obligation up to a day, by Polars: ask_polars.py DAY FILE…"""

import sys

import polars as pl

day, *files = sys.argv[1:]
# The greatest text of day, instant and event is that of the last entry; its event begins at byte 35.
last = (
    pl.scan_csv(files, infer_schema=False)
    .filter(pl.col("date") <= day)
    .group_by("item", "unit", "period")
    .agg(pl.concat_str("date", "recorded_at", "event").max().alias("last"))
)
table = (
    last.with_columns(pl.col("last").str.slice(35).alias("event"))
    .group_by("unit", "event")
    .len()
    .sort("unit", "event")
    .collect(engine="streaming")
)
sys.stdout.write("".join(f"{unit},{event},{count}\n" for unit, event, count in table.rows()))
