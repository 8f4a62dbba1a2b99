"""Measures the pages of a paper against GB/T 9704-2012, as LibreOffice lays them out.

    python3 tests/page_check.py paper.docx HEAD ROW

The paper holds a title, a paragraph of Chinese signs over some upright pages, then a table over some
lying ones, whose head holds the word HEAD and each of whose rows the word ROW. Prints what it
measured; ends with 77 where LibreOffice cannot convert.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

MM = 72 / 25.4
SPACE = "{http://www.w3.org/1999/xhtml}"
# Of LibreOffice's rounding and of what a font keeps free around its signs.
NEAR = 0.6


def pages(paper):
    """Returns each page as its size in mm and its lines: left, top, right, bottom in mm, and text."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
            + ["--convert-to", "pdf", "--outdir", folder, paper],
            capture_output=True,
            timeout=300,
            check=False,
        )
        pdf = Path(folder) / (Path(paper).stem + ".pdf")
        if not pdf.exists():
            print("LibreOffice made no pdf (is its Writer installed?)", file=sys.stderr)
            sys.exit(77)
        out = subprocess.run(
            ["pdftotext", "-bbox-layout", str(pdf), "-"], capture_output=True, check=True
        ).stdout
    tree = ElementTree.fromstring(out)
    for page in tree.iter(SPACE + "page"):
        size = tuple(float(page.get(side)) / MM for side in ("width", "height"))
        lines = []
        for line in page.iter(SPACE + "line"):
            box = tuple(float(line.get(side)) / MM for side in ("xMin", "yMin", "xMax", "yMax"))
            lines.append((*box, " ".join(word.text or "" for word in line.iter(SPACE + "word"))))
        yield size, sorted(lines, key=lambda line: line[1])


def near(name, measured, asked, within=NEAR):
    """Says what was measured and stops where it is another figure than the standard's."""
    print(f"{name}: {measured:.2f} (asked {asked})")
    if abs(measured - asked) > within:
        sys.exit(f"{name}: {measured:.2f}, not {asked}")


def check_number(at, size, lines):
    """The number of a page stands between dashes, on the outer side, 7 mm below the text."""
    number = [line for line in lines if line[4].replace(" ", "") == f"—{at}—"]
    if len(number) != 1:
        sys.exit(f"page {at}: no number among {[line[4] for line in lines][-3:]}")
    left, top, right, bottom, _ = number[0]
    upright = size[1] > size[0]
    margins = (28, 26) if upright else (35, 37)
    below = 35 if upright else 26
    dash = size[1] - (top + bottom) / 2
    near(f"page {at}: number above the edge", dash, below - 7, 1.5)
    if at % 2:
        near(f"page {at}: number from the right", size[0] - right, margins[1] + 4.9, 1)
    else:
        near(f"page {at}: number from the left", left, margins[0] + 4.9, 1)


def main():
    """Measures the paper named on the command line."""
    found = list(pages(sys.argv[1]))
    full = 0
    for at, (size, lines) in enumerate(found, 1):
        check_number(at, size, lines)
        lines = [line for line in lines if "—" not in line[4]]
        if size[0] > size[1]:
            near(f"page {at}: width", size[0], 297)
            near(f"page {at}: height", size[1], 210)
            continue
        near(f"page {at}: width", size[0], 210)
        near(f"page {at}: height", size[1], 297)
        text = [line for line in lines if set(line[4]) == {"汉"}]
        whole = [line for line in text if len(line[4]) == 28]
        if any(len(line[4]) > 28 for line in text):
            sys.exit(f"page {at}: a line of more than 28 signs")
        if not whole:
            sys.exit(f"page {at}: no line of 28 signs")
        near(f"page {at}: left margin", min(line[0] for line in whole), 28)
        near(f"page {at}: right margin", size[0] - max(line[2] for line in whole), 26)
        middles = [(line[1] + line[3]) / 2 for line in text]
        pitch = (middles[-1] - middles[0]) / (len(middles) - 1)
        near(f"page {at}: pitch of the lines", pitch, 225 / 22, 0.05)
        if at == 2:
            full = len(lines)
            near("page 2: lines", full, 22, 0)
            # The first and last line stand in the middle of the 22nd part they have.
            near("page 2: top margin", middles[0] - pitch / 2, 37, 1.5)
            near("page 2: bottom margin", size[1] - middles[-1] - pitch / 2, 35, 1.5)
    if not full:
        sys.exit("the paper has no second upright page")
    lying = [lines for size, lines in found if size[0] > size[1]]
    if len(lying) < 2:
        sys.exit("the table is not over two pages")
    for at, lines in enumerate(lying, 1):
        if not any(sys.argv[3] in line[4] for line in lines):
            continue
        heads = [line for line in lines if sys.argv[2] in line[4].split()]
        print(f"lying page {at}: {len(heads)} heads of the table")
        if len(heads) != 1:
            sys.exit(f"lying page {at}: the head of the table stands there {len(heads)} times")


main()
