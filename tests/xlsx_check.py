"""Compares the figures of a status workbook, read with openpyxl, with those of its json.

    python3 tests/xlsx_check.py status.xlsx status.json

Columns are found by their Chinese titles. Says nothing and ends with 0 where all are equal.
"""

import json
import sys

import openpyxl

FIGURES = {
    "总数": ("total",),
    "未到启动": ("not_begun",),
    "未开展": ("not_started",),
    "推进中": ("in_progress",),
    "待核实": ("submitted",),
    "退回": ("returned",),
    "中止": ("suspended",),
    "办结": ("closed",),
    "撤销": ("cancelled",),
    "逾期": ("overdue",),
    "逾期办结": ("closed_late",),
    "已到期": ("due",),
    "按期办结": ("closed_on_time",),
    "办结率%": ("completion", "percent"),
    "按期率%": ("on_time", "percent"),
    "进度%": ("progress",),
    "事项办结/总数：共": ("items", "total"),
    "事项办结/总数：办结": ("items", "closed"),
    "持续工作期数：有进展": ("continuing", "worked"),
    "持续工作期数：已过期数": ("continuing", "passed"),
    "配合": ("assist",),
    "各灯数：红": ("lights", "red"),
    "各灯数：黄": ("lights", "yellow"),
    "各灯数：绿": ("lights", "green"),
    "各灯数：完成": ("lights", "done"),
    "各灯数：灰": ("lights", "grey"),
    "名次": ("rank",),
    "名次升降": ("rank_change",),
}
LIGHTS = {"红": "red", "黄": "yellow", "绿": "green", "完成": "done", "灰": "grey"}


def figure(row, path):
    """Returns the figure at a path of a json row; None where there is none."""
    for key in path:
        row = row.get(key)
        if row is None:
            return None
    return float(row)


def differences(sheet, status):
    """Yields a line for each cell that says something else than the json."""
    rows = list(sheet.iter_rows())
    header = next(at for at, row in enumerate(rows) if row[0].value == "单位")
    titles = [cell.value for cell in rows[header]]
    wanted = status["rows"] + [{"name": "合计", **status["total"]}]
    for row, of in zip(rows[header + 1 :], wanted, strict=False):
        cells = dict(zip(titles, row, strict=True))
        if cells["单位"].value != of["name"]:
            yield f"{cells['单位'].coordinate}: {cells['单位'].value!r}, not {of['name']!r}"
        if LIGHTS.get(cells["灯"].value) != of["light"]:
            yield f"{cells['灯'].coordinate}: {cells['灯'].value!r}, not {of['light']!r}"
        for title, path in FIGURES.items():
            cell = cells.get(title)
            expected = figure(of, path)
            # A column that is left out is zero or empty in every row.
            if cell is None:
                if expected:
                    yield f"{of['name']}: no column {title}"
            elif cell.value is not None and cell.data_type != "n":
                yield f"{cell.coordinate}: {cell.value!r} is no number"
            elif cell.value != expected:
                yield f"{cell.coordinate}: {cell.value!r}, not {expected!r}"
    if len(rows) < header + 1 + len(wanted):
        yield f"only {len(rows)} rows"


def main():
    """Compares two files named on the command line."""
    sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
    with open(sys.argv[2], encoding="utf-8") as file:
        status = json.load(file)
    found = list(differences(sheet, status))
    if found:
        sys.exit("\n".join(found))


main()
