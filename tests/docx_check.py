"""Compares the figures of a bulletin for Word, read with python-docx, with those of status as json.

    python3 tests/docx_check.py bulletin.docx status.json

The table by unit is the one whose first column is 单位; columns are found by their Chinese titles.
Says nothing and ends with 0 where all are equal and the page is that of GB/T 9704-2012.
"""

import json
import sys

import docx
from docx.enum.section import WD_ORIENT

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
    "办结率%": ("completion", "percent"),
    "按期率%": ("on_time", "percent"),
    "名次": ("rank",),
    "名次升降": ("rank_change",),
}
LIGHTS = {"红": "red", "黄": "yellow", "绿": "green", "完成": "done", "灰": "grey"}
# Margins of an upright page in mm.
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}


def figure(row, path):
    """Returns the figure at a path of a json row as a table shows it."""
    for key in path:
        row = row.get(key)
        if row is None:
            return ""
    return str(row)


def differences(paper, status):
    """Yields a line for each cell that says something else than the json."""
    table = next(of for of in paper.tables if of.cell(0, 0).text == "单位")
    rows = [[cell.text.replace("\n", "") for cell in row.cells] for row in table.rows]
    titles, rows = rows[0], rows[1:]
    wanted = status["rows"] + [{"name": "合计", **status["total"]}]
    if len(rows) != len(wanted):
        yield f"{len(rows)} rows, not {len(wanted)}"
    for row, of in zip(rows, wanted, strict=False):
        cells = dict(zip(titles, row, strict=True))
        if cells["单位"] != of["name"]:
            yield f"{cells['单位']!r}, not {of['name']!r}"
        if LIGHTS.get(cells["灯"].lstrip("■")) != of["light"]:
            yield f"{of['name']}: {cells['灯']!r}, not {of['light']!r}"
        for title, path in FIGURES.items():
            expected = figure(of, path)
            # A column that is left out is zero or empty in every row.
            if title not in cells:
                if expected not in ("", "0"):
                    yield f"{of['name']}: no column {title}"
            elif cells[title] != expected:
                yield f"{of['name']}, {title}: {cells[title]!r}, not {expected!r}"


def strange_pages(paper):
    """Yields a line for each section whose page is not that of the standard."""
    for section in paper.sections:
        if section.orientation == WD_ORIENT.LANDSCAPE:
            continue
        size = (round(section.page_width.mm), round(section.page_height.mm))
        if size != (210, 297):
            yield f"page of {size}"
        for name, asked in MARGINS.items():
            if abs(getattr(section, name).mm - asked) > 0.05:
                yield f"{name}: {getattr(section, name).mm}, not {asked}"


def main():
    """Compares two files named on the command line."""
    paper = docx.Document(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        status = json.load(file)
    found = [*differences(paper, status), *strange_pages(paper)]
    text = "\n".join(of.text for of in paper.paragraphs)
    total = status["total"]
    for said in (
        f"办结{total['closed']}项",
        f"（{total['completion']['part']}/{total['completion']['whole']}",
        f"逾期{total['overdue']}项",
        status["journal"]["digest"][:16],
    ):
        if said not in text:
            found.append(f"the text does not say {said}")
    if found:
        sys.exit("\n".join(found))


main()
