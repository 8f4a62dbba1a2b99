"""The last event of each obligation up to a day, by DuckDB: ask_duckdb.py DAY FILE…"""

import sys

import duckdb

COLUMNS = "seq recorded_at date event item unit period value as by ref evidence note id".split()

day, *files = sys.argv[1:]
columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS) + "}"
rows = duckdb.execute(
    f"""
    SELECT unit, event, count(*) FROM (
        SELECT unit, arg_max(event, date || recorded_at) AS event
        FROM read_csv(?, header = true, auto_detect = false, delim = ',', quote = '"',
                      escape = '"', new_line = '\\n', columns = {columns})
        WHERE date <= ?
        GROUP BY item, unit, period
    ) GROUP BY unit, event ORDER BY unit, event
    """,
    [files, day],
).fetchall()
sys.stdout.write("".join(f"{unit},{event},{count}\n" for unit, event, count in rows))
