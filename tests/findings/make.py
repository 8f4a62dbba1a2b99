#!/usr/bin/env python3
"""Write the journals of tests/findings: for each code the smallest one that provokes it.

Each folder tests/findings/journal/<name>/ gets plans/case.toml, the journal beside it and, where an
entry names one, the evidence. All chains are valid but for what the folder is about. Nothing is
random and nothing asks the clock, so running this again rewrites the same bytes. What git cannot
keep as it is (a link, a folder named x.csv, a line of 1 MiB) tests/it/findings.rs adds to its copy.

    python3 tests/findings/make.py
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLAN_ID = "case"
BOM = b"\xef\xbb\xbf"
HEADER = "seq,recorded_at,date,event,item,unit,period,value,as,by,ref,evidence,note,id"

PLAN = """\
schema = 1

[plan]
id = "case"
title = "应急管理工作计划"
period = { start = 2013-01-01, end = 2013-12-31 }
supervisor = "yjb"

[[unit]]
id = "yjb"
name = "市应急办"

[[unit]]
id = "czj"
name = "市财政局"

[[chapter]]
id = "1"
title = "保障"

[[measure]]
id = "1.1"
chapter = "1"
title = "经费"

  [[measure.item]]
  id = "1.1.1"
  title = "经费列入预算"
  kind = "once"
  lead = ["czj"]
  due = 2013-12-31

  [[measure.item]]
  id = "1.1.2"
  title = "编报经费使用情况"
  kind = "periodic"
  every = "quarter"
  lead = ["czj"]

  [[measure.item]]
  id = "1.1.3"
  title = "保障日常值守经费"
  kind = "continuing"
  lead = ["czj"]

  [[measure.item]]
  id = "1.1.4"
  title = "上报预算批复"
  kind = "once"
  lead = ["czj"]
  due = 2013-12-31
  evidence = "required"
"""

Files = dict[str, bytes]

# ---------------------------------------------------------------------------
# Records and chains
# ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Record:
    """What an entry says; the defaults are an ack of 1.1.1 by the unit that owes it."""

    event: str = "ack"
    item: str = "1.1.1"
    unit: str = "czj"
    period: str = ""
    value: str = ""
    acting: str = "czj"
    by: str = "经办甲"
    ref: str = ""
    evidence: str = ""
    note: str = ""
    day: str = "2013-04-02"
    recorded_at: str = ""
    seq: int = 0


def quoted(text: str) -> str:
    """Quote a field only where it must be."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if "," in text or '"' in text else text


def first_half(text: str) -> str:
    """Give the first 32 hex digits of a hash."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass
class Chain:
    """The lines of one writer, each bound to the one before it."""

    writer: str
    lines: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def add(self, record: Record) -> Chain:
        """Append a record; its number and its time follow from the lines before."""
        seq = record.seq or len(self.lines) + 1
        time = record.recorded_at or f"2013-12-{seq:02}T09:15:00+08:00"
        fields = [str(seq), time, record.day, record.event, record.item, record.unit, record.period]
        fields += [record.value, record.acting, record.by, record.ref, record.evidence, record.note]
        body = ",".join(quoted(text) for text in fields)
        above = self.ids[-1] if self.ids else first_half(f"duban-journal/1,{PLAN_ID},{self.writer}")
        self.ids.append(first_half(f"{above},{body}"))
        self.lines.append(f"{body},{self.ids[-1]}")
        return self

    def text(self) -> str:
        """Give the lines as they stand in the file, without the byte order mark."""
        return "".join(f"{line}\n" for line in [HEADER, *self.lines])

    def bytes(self) -> bytes:
        """Give the file."""
        return BOM + self.text().encode()


def chain(*records: Record, writer: str = "czj-wang") -> Chain:
    """Bind records into a chain."""
    made = Chain(writer)
    for record in records:
        made.add(record)
    return made


def changed(made: Chain, old: str, new: str) -> bytes:
    """Give the file of a chain with one text replaced, as somebody might edit it."""
    text = made.text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return BOM + text.replace(old, new).encode()


ACK = Record()
HALF = Record("progress", value="60%", note="已报市政府审定", day="2013-06-28")
NOTE = Record("note", note="已与市应急办核对", day="2013-07-05")
SUBMIT = Record("submit", note="预算已批复", day="2013-09-10")


def by_supervisor(event: str, **fields: str) -> Record:
    """Give an entry of the supervisor."""
    return Record(event, acting="yjb", by="经办乙", **fields)


# ---------------------------------------------------------------------------
# The cases
# ---------------------------------------------------------------------------

def one(content: bytes | Chain) -> Files:
    """Give a journal of one file."""
    return {"case.journal/czj-wang.csv": content if isinstance(content, bytes) else content.bytes()}


def header() -> Files:
    """Leave a file empty, and translate the header of another."""
    translated = "序号,记录时间,日期,事件,事项,单位,周期,数值,代表,经办,文号,佐证,备注,校验码"
    return {
        "case.journal/czj-wang.csv": b"",
        "case.journal/yjb-li.csv": changed(chain(ACK, writer="yjb-li"), HEADER, translated),
    }


def form() -> Files:
    """Save without the mark, with CRLF, with every field quoted."""
    without_mark = chain(ACK, writer="czj-wang").bytes().removeprefix(BOM)
    crlf = chain(HALF, writer="czj-zhao").bytes().replace(b"\n", b"\r\n")
    made = chain(NOTE, writer="yjb-li")
    all_quoted = ",".join(f'"{text}"' for text in made.lines[0].split(","))
    return {
        "case.journal/czj-wang.csv": without_mark,
        "case.journal/czj-zhao.csv": crlf,
        "case.journal/yjb-li.csv": changed(made, made.lines[0], all_quoted),
    }


def spreadsheet() -> Files:
    """Let a spreadsheet rewrite a date, and 60% to 0.6."""
    dated = chain(ACK, HALF, NOTE)
    percent = chain(HALF, writer="yjb-li")
    return {
        "case.journal/czj-wang.csv": changed(dated, ",2013-04-02,", ",2013/4/2,"),
        "case.journal/yjb-li.csv": changed(percent, ",60%,", ",0.6,"),
    }


def gbk() -> Files:
    """Save as GBK, as Chinese Excel does with a file that lost its mark."""
    made = chain(Record(by="wang"), HALF, Record("progress", by="wang", value="70%", day="2013-07-05"))
    return one(made.text().encode("gbk"))


def damaged() -> Files:
    """Let a spreadsheet rewrite the dates of two lines out of three."""
    made = chain(ACK, HALF, NOTE).text()
    return one(BOM + made.replace(",2013-04-02,", ",2013/4/2,").replace(",2013-06-28,", ",2013/6/28,").encode())


def torn_tail() -> Files:
    """Cut one file in the middle of its last line, another just before its last line end."""
    return {
        "case.journal/czj-wang.csv": chain(ACK, HALF).bytes()[:-40],
        "case.journal/yjb-li.csv": chain(NOTE, writer="yjb-li").bytes().removesuffix(b"\n"),
    }


def copied_file() -> Files:
    """Copy a file under another writer's name."""
    made = chain(ACK, HALF).bytes()
    return {"case.journal/czj-wang.csv": made, "case.journal/czj-zhao.csv": made}


def stray_file() -> Files:
    """Name a file as no writer can be named."""
    made = chain(ACK).bytes()
    return {"case.journal/czj-wang.csv": made, "case.journal/czj-wang - 副本.csv": made}


def torn_file() -> Files:
    """Keep what a power cut left in a file of its own, as `record` does."""
    made = chain(ACK)
    torn = chain(ACK, HALF).bytes().removeprefix(made.bytes())[:-40]
    name = f"case.journal/czj-wang.torn-{len(made.bytes())}-20131202T011500Z"
    return {**one(made), name: torn}


def fork() -> Files:
    """Keep what another machine wrote as the same writer, as `sync` does, and a side that is settled."""
    here, there = chain(ACK, HALF), chain(ACK, NOTE)
    kept = {made: hashlib.sha256(made).hexdigest()[:8] for made in (there.bytes(), chain(ACK).bytes())}
    return {**one(here), **{f"case.journal/czj-wang.fork-{mark}": made for made, mark in kept.items()}}


def double() -> Files:
    """Let a merge put a line in twice."""
    made = chain(ACK, HALF)
    return one(changed(made, made.lines[1], f"{made.lines[1]}\n{made.lines[1]}"))


def same_seq() -> Files:
    """Let one writer write on two machines, and a merge join both."""
    here, there = chain(ACK, HALF), chain(ACK, NOTE)
    return one(changed(here, here.lines[1], f"{here.lines[1]}\n{there.lines[1]}"))


def cut_out() -> Files:
    """Delete the line in the middle."""
    made = chain(ACK, HALF, NOTE)
    return one(changed(made, f"{made.lines[1]}\n", ""))


def retract(entry: str, acting: str) -> Record:
    """Retract an entry of 1.1.1 by its id."""
    return Record("retract", value=entry, acting=acting, note="登记有误", day="2013-07-05")


def retract_actor() -> Files:
    """Let a colleague retract, who is neither the writer nor the supervisor."""
    made = chain(ACK)
    colleague = chain(retract(made.ids[0], "czj"), writer="czj-zhao")
    return {"case.journal/czj-wang.csv": made.bytes(), "case.journal/czj-zhao.csv": colleague.bytes()}


REPORT = "预算批复：同意列支应急管理经费。\n".encode()


def evidenced(path: str, kept: Files) -> Files:
    """Submit with a file as evidence, and keep these files in the evidence folder."""
    reference = f"{path}#{hashlib.sha256(REPORT).hexdigest()}"
    made = chain(Record("submit", item="1.1.4", evidence=reference, day="2013-09-10"))
    return {**one(made), **{f"case.evidence/{name}": content for name, content in kept.items()}}


def sealed(seal: Chain, kept: str) -> Files:
    """Keep the chain of the supervisor, and the plan as it was when the period was sealed."""
    return {"case.journal/yjb-li.csv": seal.bytes(), f"case.evidence/{kept_as(kept)}": kept.encode()}


def kept_as(plan: str) -> str:
    """Name the file in which a seal keeps a plan."""
    return f"sealed/2013-06-{hashlib.sha256(plan.encode()).hexdigest()[:8]}.toml"


def seal(made: Chain, kept: str = PLAN, digest: str = "") -> Chain:
    """Seal June when the files end with this chain."""
    last = (made.writer, str(len(made.ids)), made.ids[-1])
    stated = digest or hashlib.sha256(f"{','.join(last)}\n".encode()).hexdigest()
    reference = f"{kept_as(kept)}#{hashlib.sha256(kept.encode()).hexdigest()}"
    fields = {"item": "", "unit": "", "value": "2013-06", "day": "2013-07-10"}
    record = by_supervisor("seal", **fields, ref=stated, evidence=reference, note=":".join(last))
    return chain(record, writer="yjb-li")


def sealed_with(kept: str, **fields: str) -> Files:
    """Seal one entry, with this plan kept."""
    made = chain(ACK)
    return {**one(made), **sealed(seal(made, kept, **fields), kept)}


def cut_after_seal() -> Files:
    """Cut the last line of a file, which a seal names."""
    return {**one(chain(ACK)), **sealed(seal(chain(ACK, HALF)), PLAN)}


def seal_plan() -> Files:
    """Change the plan that a seal kept."""
    return {**sealed_with(PLAN), f"case.evidence/{kept_as(PLAN)}": PLAN.replace("2013-12-31", "2013-11-30").encode()}


# Plans as they were when June was sealed: with an earlier due date and one item more, with one less.
EARLIER = PLAN.replace("due = 2013-12-31", "due = 2013-10-31", 1) + """
  [[measure.item]]
  id = "1.1.5"
  title = "核定物资储备经费"
  kind = "once"
  lead = ["czj"]
  due = 2013-09-30
"""
SMALLER = PLAN[: PLAN.rindex("\n  [[measure.item]]")]


JOURNAL: dict[str, Files] = {
    "after-recording": one(chain(Record(day="2013-12-02", recorded_at="2013-12-01T09:15:00+08:00"))),
    "blank": one(changed(chain(ACK, HALF), "\n2,", "\n\n2,")),
    "carries": one(chain(ACK, by_supervisor("extend", value="2014-01-31"))),
    "chain": cut_out(),
    "changed": one(changed(chain(ACK, HALF), ",60%,", ",90%,")),
    "clock-back": one(chain(ACK, Record("progress", value="60%", recorded_at="2013-12-01T09:10:00+08:00"))),
    "columns": one(changed(chain(ACK, HALF, NOTE), ",60%,czj,经办甲,,,", ",60%,czj,经办甲,,")),
    "control-character": one(chain(Record("progress", value="60%", note="已报市\u200b政府审定"))),
    "copied-file": copied_file(),
    "damaged": damaged(),
    "double": double(),
    "evidence-changed": evidenced("预算批复.txt", {"预算批复.txt": REPORT + "（修改稿）\n".encode()}),
    "evidence-missing": evidenced("预算批复.txt", {}),
    "evidence-outside": evidenced("../case.toml", {}),
    "evidence-reference": one(chain(Record("submit", evidence="预算批复.txt"))),
    "evidence-required": one(chain(Record("submit", item="1.1.4"))),
    "evidence-symlink": evidenced("预算批复.txt", {"原件.txt": REPORT}),
    "field": one(changed(chain(ACK, HALF, NOTE), ",2013-06-28,", ",2013-06-31,")),
    "form": form(),
    "future": one(chain(Record(recorded_at="2113-01-05T09:15:00+08:00"))),
    "gbk": gbk(),
    "header": header(),
    "hollow-beyond-target": one(chain(ACK, Record("progress", value="120%"))),
    "hollow-copied": one(
        chain(
            Record("progress", note="正在报批", day="2013-05-30"),
            Record("progress", note="正在报批", day="2013-06-28"),
        )
    ),
    "hollow-falling": one(
        chain(HALF, Record("progress", value="40%", note="重新测算", day="2013-07-30"))
    ),
    "hollow-same-text": one(
        chain(
            Record("progress", note="按计划推进", day="2013-06-28"),
            Record("progress", item="1.1.3", note="按计划推进", day="2013-06-28"),
        )
    ),
    "not-allowed": one(
        chain(
            ACK,
            by_supervisor("verify"),
            by_supervisor("extend", value="2013-11-30", ref="请示〔2013〕3号"),
            Record("submit", item="1.1.3"),
        )
    ),
    "not-utf8": one(chain(ACK, HALF, NOTE).bytes().replace("审定".encode(), b"\xff\xfe\xff")),
    "older": one(chain(ACK)),
    "fork": fork(),
    "git-lost": one(chain(ACK)),
    "git-rewritten": one(chain(ACK)),
    "git-attributes": one(chain(ACK)),
    "no-such-state": one(chain(ACK)),
    "quote": one(changed(chain(ACK, HALF, NOTE), "已报市政府审定", '已报"市政府"审定')),
    "retract-actor": retract_actor(),
    "retract-nothing": one(chain(ACK, retract("0" * 32, "czj"))),
    "same-seq": same_seq(),
    "seal": sealed_with(PLAN, digest="0" * 64),
    "seal-head": cut_after_seal(),
    "seal-plan": seal_plan(),
    "sequence": one(chain(ACK, Record("note", note="已与市应急办核对", seq=3))),
    "spreadsheet": spreadsheet(),
    "stray-file": stray_file(),
    "too-long": one(chain(ACK, HALF)),
    "torn-file": torn_file(),
    "torn-tail": torn_tail(),
    "unknown-event": one(chain(Record("finish"))),
    "unknown-item": one(chain(Record(item="1．1．1"))),
    "unknown-period": one(chain(Record(item="1.1.2"), Record(period="2013-06"))),
    "unknown-unit": one(chain(Record(unit="czjj"))),
    "value": one(
        chain(
            Record("progress", value="六成"),
            by_supervisor("extend", value="2014年1月", ref="请示〔2013〕3号"),
            by_supervisor("urge", value="orange"),
            by_supervisor("light", value="blue", note="进度滞后"),
        )
    ),
    "wrong-actor": one(chain(SUBMIT, Record("verify", day="2013-09-12"))),
}

# Findings about the plan that only a journal brings out, or that only size provokes.
OF_PLAN: dict[str, Files] = {
    "added-without-start": sealed_with(SMALLER),
    "changed-since-seal": sealed_with(EARLIER),
    "obligation-gone": one(
        chain(Record(item="1.1.9"), Record("progress", item="1.1.9", value="60%"), Record(unit="yjb", acting="yjb"))
    ),
    "too-large": {},
}


def write(folder: Path, files: Files) -> None:
    """Write a case, and take away what an earlier one left there."""
    plans = folder / "plans"
    shutil.rmtree(plans, ignore_errors=True)
    for name, content in {"case.toml": PLAN.encode(), **files}.items():
        path = plans / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main() -> None:
    """Write every case."""
    for name, files in JOURNAL.items():
        write(HERE / "journal" / name, files)
    for name, files in OF_PLAN.items():
        write(HERE / "plan" / name, files)


if __name__ == "__main__":
    main()
