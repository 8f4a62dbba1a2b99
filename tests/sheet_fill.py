"""Fills in a sheet as an office would, with openpyxl.

    python3 tests/sheet_fill.py sheet.xlsx filled.xlsx < fields.json

Reads a list of fields from stdin: {"row": obligation, "column": title, "value": ...,
"format": number format}. A value {"date": "2013-06-28"} becomes a date cell. With {"do": ...} in
place of a row it changes the page as people do: "insert_column" before a title, "delete_row" of an
obligation, "delete_column" of a title, "merge" of two addresses, "add_sheet" with a name, "set" of
an address to a value. Changes come in the order of the list.
"""

import datetime
import json
import sys

import openpyxl


def find(page, text):
    """Returns the cell in which a text stands."""
    for row in page.iter_rows():
        for cell in row:
            if cell.value == text:
                return cell
    sys.exit(f"there is no {text!r}")


def change(book, page, field):
    """Changes the page as people do."""
    match field["do"]:
        case "insert_column":
            page.insert_cols(find(page, field["before"]).column)
        case "delete_column":
            page.delete_cols(find(page, field["title"]).column)
        case "delete_row":
            page.delete_rows(find(page, field["row"]).row)
        case "merge":
            page.merge_cells(field["cells"])
        case "add_sheet":
            book.create_sheet(field["name"], 0)["A1"] = "another page"
        case "set":
            page[field["cell"]] = field["value"]
        case other:
            sys.exit(f"cannot {other}")


def main():
    """Fills in the file named first and writes the one named second."""
    book = openpyxl.load_workbook(sys.argv[1])
    page = next(page for page in book.worksheets if page.sheet_state == "visible")
    for field in json.load(sys.stdin):
        if "do" in field:
            change(book, page, field)
            continue
        cell = page.cell(find(page, field["row"]).row, find(page, field["column"]).column)
        value = field["value"]
        if isinstance(value, dict):
            value = datetime.date.fromisoformat(value["date"])
        cell.value = value
        if "format" in field:
            cell.number_format = field["format"]
    book.save(sys.argv[2])


main()
