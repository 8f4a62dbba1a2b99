"""What `compare.py` writes: the goals with what was measured, then every program's figures."""

import sys

BEGIN, END = "<!-- compare: begin -->", "<!-- compare: end -->"
COMMAND = "python3 benches/compare/compare.py --write"


def write(path, text):
    """Puts the text between its marks and leaves the rest of the page as it is."""
    page = path.read_text()
    if BEGIN not in page or END not in page:
        sys.exit(f"{path} has no marks for it")
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    path.write_text(f"{before}{BEGIN}\n{text}{END}{after}")


def text(facts, minutes):
    lines = ["## Beside other programs", ""]
    tried = "Tried on small sets, so no goal is judged rightly. " if facts["quick"] else ""
    lines += [f"{tried}Written by `{COMMAND}` in {minutes} minutes on {facts['machine']}."]
    lines += ["Whole processes with a warm cache, medians of one run, the programs in turn."]
    lines += ["Each set was made by `cargo run --release --example generate`; the nation's has 3,000 units,",
              "360,000 obligations and 8 files."]
    lines += ["All programs but duban answer one simple question, the last event of each obligation up to a day, as a",
              "table by unit; their tables were compared and are the same."]
    lines += ["`duban status` does what they do not: checks form and sequence of every line, takes retracted ones out,",
              "folds the rest by the transition table, and judges due dates, reports and lights."]
    if facts["missing"]:
        lines += [f"Not on this machine, and so left out: {', '.join(facts['missing'])}."]
    lines += ["", *goals(facts)]
    for name, table in facts["tables"].items():
        lines += ["", *programs(facts, name, table)]
    lines += ["", f"Versions: {'; '.join(facts['versions'].values())}."]
    return "\n".join(lines) + "\n"


def goals(facts):
    """Each goal with the figure asked and the one measured."""
    tables, sizes = facts["tables"], facts["sizes"]
    small, middle, large = list(tables)[-3:]

    def wall(of, name):
        return tables[of][name]["wall"]

    def memory(of, name):
        return tables[of][name]["memory"]

    def each_more(of, to):
        return (wall(to, "duban status") - wall(of, "duban status")) / (sizes[to] - sizes[of])

    count = f"{sizes[large]:,} entries"
    lines = wall(large, "wc -l")
    rows = [
        (f"`status`, {count}", "at most 5 × `wc -l`", wall(large, "duban status") / lines, "×", 5, 1),
    ]
    if "DuckDB" in tables[large]:
        rows += [(f"DuckDB's time for the simple question, {count}", "at least 3.5 × that of `status`",
                  wall(large, "DuckDB") / wall(large, "duban status"), "×", 3.5, -1)]
    rows += [
        (f"`verify`, {count}", "at most 9 × `wc -l`", wall(large, "duban verify") / lines, "×", 9, 1),
    ]
    if memory(large, "duban status"):
        apart = 100 * (memory(large, "duban status") / memory(middle, "duban status") - 1)
        rows += [
            (f"memory of `status`, {count}", "at most 300 MB", memory(large, "duban status") / 1e6, " MB", 300, 1),
            (f"the same against {sizes[middle]:,}", "within 20 %", apart, " %", 20, 1),
        ]
    growth = 100 * (each_more(middle, large) / each_more(small, middle) - 1)
    cold, record = facts["cold"], facts["record"]
    rows += [
        (f"`status`, time for each more entry: {sizes[middle]:,} to {sizes[large]:,} against "
         f"{sizes[small]:,} to {sizes[middle]:,}", "within 15 %", growth, " %", 15, 1),
        ("`status`, one city, cold, beyond a program that prints one line", "at most 5 ms",
         1e3 * (cold["duban status"] - cold["one line"]), " ms", 5, 1),
        ("`record`, one city, against a process that opens, locks, appends and syncs", "at most 2.5 ×",
         record["record"] / record["bare"], "×", 2.5, 1),
        (f"the append step at {count} against one city", "within 20 %",
         100 * (record["step at most"] / record["step"] - 1), " %", 20, 1),
        (f"`record` at {count} beyond one city", "at most 80 ms",
         1e3 * (record["record at most"] - record["record"]), " ms", 80, 1),
        (f"`status` again after ten appends, {count}", "at most 0.5 × `wc -l`",
         facts["second"]["status"] / facts["second"]["wc -l"], "×", 0.5, 1),
    ]
    yield "| goal | asked | measured | met |"
    yield "|---|---|---:|---|"
    for name, asked, found, unit, bound, way in rows:
        met = "yes" if found * way <= bound * way else "no"
        yield f"| {name} | {asked} | {shown(found, unit)} | {met} |"
    yield ""
    yield (f"One line: {milliseconds(cold['one line'])}; bare append: {milliseconds(record['bare'])}; "
           f"`record`, one city: {milliseconds(record['record'])}; "
           f"append step: {milliseconds(record['step'])}, at {count} {milliseconds(record['step at most'])}.")


def shown(found, unit):
    if unit == " %":
        return f"{found:+,.1f} %"
    number = f"{found:,.2f}" if abs(found) < 10 else f"{found:,.0f}"
    return f"{number} ×" if unit == "×" else f"{number}{unit}"


def programs(facts, name, table):
    """Every program on one set."""
    size = facts["bytes"][name]
    yield f"{facts['sizes'][name]:,} entries, {size / 1e6:,.1f} MB:"
    yield ""
    yield "| program | wall | × `wc -l` | memory | runs |"
    yield "|---|---:|---:|---:|---:|"
    for program, of in table.items():
        memory = f"{of['memory'] / 1e6:,.0f} MB" if of["memory"] else "–"
        ratio = of["wall"] / table["wc -l"]["wall"]
        ratio = f"{ratio:.1f}" if ratio < 100 else f"{ratio:,.0f}"
        yield f"| {program} | {milliseconds(of['wall'])} | {ratio} | {memory} | {of['runs']} |"


def milliseconds(seconds):
    return f"{seconds:,.2f} s" if seconds >= 1 else f"{1e3 * seconds:,.1f} ms"
