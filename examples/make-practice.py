#!/usr/bin/env python3
"""Writes the journal and the evidence files of examples/practice.

Everything written here is invented, so that a newcomer can try every command
on ten months of a plan that nobody answers for. The plan itself
(practice/plans/practice-2013.toml) is written by hand and only read.

Nothing is random and nothing asks the clock: what varies is drawn from a hash
of the obligation's name, so running this again rewrites the same bytes.

    python3 examples/make-practice.py
"""

import hashlib
import re
import shutil
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

PLANS = Path(__file__).resolve().parent / "practice" / "plans"
PLAN_ID = "practice-2013"
JOURNAL = PLANS / f"{PLAN_ID}.journal"
EVIDENCE = PLANS / f"{PLAN_ID}.evidence"
HEADER = "seq,recorded_at,date,event,item,unit,period,value,as,by,ref,evidence,note,id"

YEAR = 2013
END = date(YEAR, 10, 31)  # nothing is dated or recorded after this day
ORDERED = date(YEAR, 3, 4)  # the first working day after the notice

# Public holidays that fall on weekdays; nobody records on them.
HOLIDAYS = {
    date(YEAR, month, day)
    for month, days in {
        1: [1, 2, 3], 2: [11, 12, 13, 14, 15], 4: [4, 5, 29, 30], 5: [1],
        6: [10, 11, 12], 9: [19, 20], 10: [1, 2, 3, 4, 7],
    }.items()
    for day in days
}


# ---- who writes, and how the units behave ----

PERSONS = {"yjb-li": "经办甲", "chikan-desk": "经办乙", "depts-wang": "经办丙", "xuwen-desk": "经办丁"}
OWN_DESK = {"chikan": "chikan-desk", "xuwen": "xuwen-desk"}
OFFICE_UNITS = {"yjb", "yjw", "zjz"}

# How far a unit is, in percent of the time that has passed.
PACE = {
    "chikan": 104, "xuwen": 100, "kaifaqu": 98, "xiashan": 96, "lianjiang": 92, "suixi": 88,
    "potou": 84, "wuchuan": 78, "mazhang": 74, "fenyong": 66, "leizhou": 60,
    "yjb": 99, "wsj": 90, "jxj": 86, "gtj": 80, "zjj": 78, "nyj": 60,
}
USUAL_PACE = 97

# Units that began before the notice came, with work left over from the year before.
EARLY_UNITS = {"yjb", "mzj", "qxj", "xfj"}

# Silent from this day on.
SILENT_FROM = {"leizhou": date(YEAR, 6, 1), "mazhang": date(YEAR, 7, 1), "fenyong": date(YEAR, 7, 1)}
# Sheets that never came, and sheets that came after the report day.
MISSING_SHEETS = {("wuchuan", 9), ("potou", 5), ("suixi", 7), ("gtj", 6), ("leizhou", 4), ("nyj", 8)}
LATE_SHEETS = {("lianjiang", 6), ("suixi", 4), ("wuchuan", 7), ("potou", 8), ("jxj", 5), ("zjj", 9), ("xiashan", 9)}
# Units whose October sheet was already in on the last day of the month.
OCTOBER_SHEETS = {"chikan", "xuwen", "kaifaqu", "xiashan", "lianjiang", "potou"}


def draw(n, *key):
    """Returns a number below `n` that depends on the key alone."""
    text = "/".join(str(part) for part in key)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % n


def pick(options, *key):
    return options[draw(len(options), *key)]


# ---- days ----


def is_workday(day):
    return day.weekday() < 5 and day not in HOLIDAYS


def workday_from(day):
    """Returns the day itself, or the next working day."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def workday_until(day):
    """Returns the day itself, or the working day before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def month_end(month):
    return date(YEAR + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def day_of(text):
    """Reads `07-31` of the plan's year."""
    return date.fromisoformat(f"{YEAR}-{text}")


# ---- the plan ----


@dataclass(frozen=True)
class Obligation:
    item: str
    unit: str
    period: str
    start: date
    due: date

    def __str__(self):
        return f"{self.item}@{self.unit}" + (f"#{self.period}" if self.period else "")


class Plan:
    def __init__(self, path):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        self.plan = tables["plan"]
        self.groups = {group["id"]: group["members"] for group in tables["group"]}
        self.names = {unit["id"]: unit["name"] for unit in tables["unit"]}
        self.items = {item["id"]: item for measure in tables["measure"] for item in measure["item"]}

    def leads(self, item):
        return list(dict.fromkeys(unit for member in item["lead"] for unit in self.expand(member)))

    def expand(self, member):
        if not member.startswith("@"):
            return [member]
        return [unit for inner in self.groups[member[1:]] for unit in self.expand(inner)]

    def verifier(self, item_id):
        """Returns who verifies an item: never a unit that leads it."""
        supervisor = self.plan["supervisor"]
        own = supervisor in self.leads(self.items[item_id])
        return self.plan["own_verifier"] if own else supervisor

    def obligations(self):
        for item in self.items.values():
            for unit in self.leads(item):
                for period, start, due in windows(item, self.plan["period"]):
                    yield Obligation(item["id"], unit, period, start, due)


def windows(item, year):
    """Yields the name, the start and the due day of each period of an item."""
    if item["kind"] != "periodic":
        yield "", item.get("start", year["start"]), item.get("due", year["end"])
        return
    months = {"month": 1, "quarter": 3}[item["every"]]
    for last in range(months, 13, months):
        name = f"{YEAR}-{last:02}" if months == 1 else f"{YEAR}-Q{last // 3}"
        due = month_end(last)
        if "due_day" in item:
            due = due.replace(day=item["due_day"])
            if item.get("due_in") == "next":
                due = (month_end(last) + timedelta(days=1)).replace(day=item["due_day"])
        yield name, date(YEAR, last - months + 1, 1), due


# ---- entries ----


@dataclass(eq=False)
class Entry:
    """One line of a journal before it has a place in a file."""

    of: Obligation
    date: date
    recorded: date
    event: str
    value: str = ""
    ref: str = ""
    note: str = ""
    files: list = field(default_factory=list)
    voids: "Entry | None" = None
    # Set when the line is placed.
    acting: str = ""
    writer: str = ""
    recorded_at: datetime | None = None
    seq: int = 0
    id: str = ""


def writer_of(plan, unit):
    if unit in OFFICE_UNITS:
        return "yjb-li"
    if unit in OWN_DESK:
        return OWN_DESK[unit]
    # The other counties send sheets, which the office enters for them.
    return "yjb-li" if unit in plan.groups["counties"] else "depts-wang"


def recording_day(entry_date, *key):
    """Returns the working day, within three days of the date, on which a line is written."""
    return min(workday_from(entry_date + timedelta(days=draw(3, "recorded", *key))), END)


# ---- words ----

# What is reported of continuing items; {n} and {m} are small numbers.
WORK = {
    "1.1.1": ["召开规划任务推进会,{n}个项目报了进度", "抽查{n}个规划项目，进度正常", "通报规划任务进度，催办{m}个项目"],
    "1.2.6": ["演练后提出预案修改意见{n}条", "修改{m}个预案的响应流程,补了联络表", "整理演练评估意见{n}条，转编制单位"],
    "1.3.1": ["以市应急委名义检查{m}个单位", "召开成员单位联络员会，到会{n}人", "印发督办通知{m}份"],
    "1.3.4": ["新挂牌镇(街)应急办{m}个", "检查{n}个镇(街)的值班和人员配备", "镇(街)应急人员调整后补齐{m}人"],
    "1.4.1": ["与军队、公安联合值守{m}次", "召开联席会议,议定事项{m}条", "联合演练一次，参加{n}人"],
    "1.4.2": ["收到市民报告{n}件，已回复{m}件", "组织街坊参加疏散演练{n}人", "公布举报电话，接报{n}件"],
    "1.4.4": ["与邻市交换预警信息{n}条", "到邻市走访一次，谈了物资互助", "开视频会商{m}次"],
    "2.1.1": ["完成评估{m}项，其中暂缓1项", "受理评估申请{m}件,办结{m}件", "{m}个重大项目已评估，意见已反馈"],
    "2.1.3": ["检查{m}个单位的评估档案", "指导{m}个县(市、区)开展评估", "抽查评估报告{n}份,退回{m}份重做"],
    "2.2.4": ["召开月度会商,形成纪要1份", "汛情会商{m}次，参加单位{n}个", "与邻市会商一次，列出风险{m}项"],
    "2.3.4": ["排查{n}处,整改{m}处，其余列入台账", "新增隐患{m}处，销号{m}处", "镇(街)上报{n}处,已逐处定责任人"],
    "2.4.1": ["增补信息员{n}名", "培训信息员{n}名,其中补考{m}名", "更新信息员名册，现有{n}0名"],
    "2.4.2": ["统一信息员登记表，收回{n}份", "与气象信息员名册核对,合并{n}名", "发放手册{n}0本"],
    "2.4.3": ["实地看了{m}个备选点", "选定{m}个镇试点，正在装修", "试点服务站接报信息{n}条"],
    "3.2.1": ["专家参加会商{m}次", "专家到现场{m}次,提出建议{n}条", "更新专家联络表，现有{n}人"],
    "3.3.1": ["组织体能和器材训练{n}次", "考核{n}人,不合格{m}人已补考", "开展水域救援训练，参训{n}人"],
    "3.3.5": ["海陆联合训练一次，参训{n}人", "签订救援资源互用协议{m}份", "核对各队伍装备清单{m}份"],
    "3.5.1": ["发放宣传册{n}00份", "进校园讲课{m}场,听讲{n}0人", "播放公益短片{n}次"],
    "4.1.3": ["请外地老师讲课{m}次", "组织{n}人外出学习", "开案例讨论会一次,参加{n}人"],
    "4.1.4": ["网络课程新增{m}门", "网上学习{n}0人次", "开通网上测验，参加{n}人"],
    "4.1.5": ["基地选址已看{m}处", "训练塔图纸在修改", "基地试用一次,参训{n}人"],
    "4.2.5": ["媒体发稿{n}篇", "短信发送{n}万条", "现场咨询{m}次,发资料{n}00份"],
    "4.3.1": ["{m}家协会参加演练", "与行业协会签订物资供应意向{m}份", "协会志愿者培训{n}人"],
    "4.4.1": ["新登记志愿者{n}名", "培训志愿者{n}名,考核{m}名", "组织志愿者上街宣传{m}次"],
    "4.4.2": ["发布招募公告，新登记{n}名", "高校招募一场，报名{n}0人", "清理名册,注销{m}名，新增{n}名"],
    "4.4.3": ["急救培训{m}期,参加{n}人", "骨干培训{n}人", "与消防站合办训练{m}次"],
    "5.2.3": ["新挂牌避护场所{m}处", "完成{m}处场所的水电改造", "检查场所{n}处,补指示牌{n}块"],
    "5.3.3": ["轮换帐篷{n}顶、棉被{n}0床", "盘点一次，账物相符", "新购救生衣{n}0件,已入库"],
    "6.1.5": ["播发预警{n}次", "台风预警期间滚动播发{n}次", "播发暴雨、雷电预警{n}次,无漏播"],
    "6.2.1": ["{m}个镇的排涝工程开工", "完成堤围加固{m}处", "检查避风港{m}处,列出问题{n}个"],
    "6.2.2": ["加固大棚{n}个", "检查泵站{m}座,修复{m}座", "改造危旧农房{n}户"],
    "6.3.1": ["{n}个社区完成网格划分", "配备网格员{n}名", "检查{m}个街道的网格管理"],
    "6.3.2": ["采集信息{n}00条", "更新重点人员和场所信息{n}0条", "监测信息每日汇总,本月{n}条"],
    "6.3.3": ["{m}个社区试装烟感", "水位感应器到货{n}套", "试点社区报警{m}次,均已处置"],
}

# What is reported of one-off items on the way, from the first step to the last;
# each step has three ways to say it, so that two months in one step differ.
STEPS = {
    "paper": [
        ["已定起草人，正在收集材料", "收集外地文本{m}份", "起草小组{m}人,已分工"],
        ["完成初稿，正在内部讨论", "初稿第{m}章要重写", "内部讨论{m}次,改了{n}处"],
        ["征求{n}个单位意见", "发出征求意见稿,限10天回复", "已有{n}个单位回复"],
        ["收到意见{n}条,采纳{m}条", "意见分歧{m}处，正在协商", "按意见改出第{m}稿"],
        ["修改后送审", "送法制审核，等待回复", "法制审核提出{m}处,正在改"],
        ["已过会，等待印发", "正在排版校对", "会签还差{m}个单位"],
    ],
    "build": [
        ["完成选点和初步方案", "看了{m}个点，选定1个", "方案在比选,有{m}家报价"],
        ["立项材料已报,等待批复", "立项材料补正{m}处", "用地手续在办"],
        ["批复已下，正在招标", "招标公告已发", "第一次流标,重新公告"],
        ["招标完成，设备到货{n}台(套)", "合同已签,首批设备到货", "施工队进场，先做防水"],
        ["安装过半,发现问题{m}个", "已装{n}台(套)", "线路改造完成，等待供电"],
        ["正在调试，准备验收", "试运行,问题还剩{m}个", "验收材料整理中"],
    ],
    "event": [
        ["拟定方案", "方案第{m}稿", "与有关单位商量时间"],
        ["落实场地和经费", "场地看了{m}处", "经费已批,{n}万元以内"],
        ["通知已发，报名{n}人", "报名人数不足,再发通知", "正在请老师和评委"],
        ["筹备会开过{m}次,分工已定", "材料印了{n}0份", "预演一次，问题{m}个"],
        ["第一场已办，参加{n}0人", "因台风改期", "正在补办缺的场次"],
        ["只差最后一场", "正在整理名册和照片", "总结在写"],
    ],
    "team": [
        ["摸清现有人员和装备", "走访{m}个单位", "名单初选{n}人"],
        ["拟定组建方案", "方案征求{m}个单位意见", "编制问题在商量"],
        ["选定队员{n}人", "体检合格{n}人", "已签协议{m}份"],
        ["训练{m}次,补购装备{n}件", "装备到货{n}件", "合练一次，参训{n}人"],
        ["正在办理组建手续", "调用办法在写", "手续差{m}项"],
        ["等待批文", "批文在会签", "挂牌时间待定"],
    ],
}
FAMILY = [("team", "队伍"), ("event", "举办|组织市|组织县|组织全|培训|派出|开展|深化"), ("build", "平台|系统|功能|数据库|仓库|大喇叭|频道|互联")]

SUBMITTED = ["材料已报齐，见\"附件{m}\"", "按要求完成", "已印发,请核实", "已完成，附{form}", "完成，共{m}份材料,详见附件", "已办结，请核"]
RETURNED = ["附件缺{form}，请补", "只有安排,没有结果，请补充", "材料未盖章，请补", "数字与上月\"填报表\"不一致，请核对"]
RESUBMITTED = ["已补{form}", "已按意见补齐,重新报送", "已盖章重报"]
VERIFIED = ["", "", "材料齐全", "已电话核实", "现场看过,属实"]
NOTHING = ["本月无", "本月没有进展", "经办人抽调防汛,本月无进展", "等待经费，本月无"]
SHORT_NAME = {"chikan": "赤", "xiashan": "霞", "potou": "坡", "mazhang": "麻", "lianjiang": "廉", "leizhou": "雷", "wuchuan": "吴", "suixi": "遂", "xuwen": "徐", "kaifaqu": "开", "fenyong": "奋"}


def fill(text, *key, form=""):
    n, m = 11 + draw(48, "n", *key), 2 + draw(7, "m", *key)
    return text.replace("{n}", str(n)).replace("{m}", str(m)).replace("{form}", form)


def family(item):
    return next((name for name, words in FAMILY if re.search(words, item["title"])), "paper")


def step_note(item, share, of, day):
    """Returns a note that fits how far a one-off item is, `share` in percent."""
    steps = STEPS[family(item)]
    step = steps[min(share * len(steps) // 100, len(steps) - 1)]
    return fill(step[(day.month + draw(3, "first", of)) % 3], of, day)


def invented_number(of):
    """Returns a document number that nobody can take for a real one."""
    return f"{SHORT_NAME.get(of.unit, '市')}练〔{YEAR}〕{1 + draw(60, 'number', of)}号"


# ---- the usual life of an obligation ----


def life(plan, of):
    """Returns the entries of one obligation, in the order of their dates."""
    item = plan.items[of.item]
    if of.start > END:
        return []
    if str(of) in SCENES:
        entries = scene_life(item, of, SCENES[str(of)])
    else:
        usual = {"once": once_life, "periodic": periodic_life, "continuing": continuing_life}
        entries = usual[item["kind"]](item, of)
    silent = SILENT_FROM.get(of.unit, END + timedelta(days=1))
    return [entry for entry in entries if entry.date < silent or entry.event in SUPERVISOR_EVENTS]


def pace_of(of):
    """Returns the pace of the unit, a little different for each obligation."""
    return PACE.get(of.unit, USUAL_PACE) + draw(11, "pace", of) - 5


def sheet(of, month):
    """Returns the day a month's sheet speaks of and the day it was entered, or nothing."""
    if (of.unit, month) in MISSING_SHEETS or month == 10 and not in_by_october(of.unit):
        return None
    day = workday_until(month_end(month) - timedelta(days=draw(3, "sheet", of.unit, month)))
    if (of.unit, month) in LATE_SHEETS:
        return day, workday_from(month_end(month) + timedelta(days=9 + draw(9, "late", of.unit, month)))
    report_day = workday_until(month_end(month) + timedelta(days=5))
    entered = workday_from(day + timedelta(days=1 + draw(4, "entered", of.unit, month)))
    return day, min(max(day, min(entered, report_day)), END)


def in_by_october(unit):
    """Tells whether the October sheet is in; departments write theirs themselves."""
    return unit in OCTOBER_SHEETS or unit in OFFICE_UNITS or unit not in SHORT_NAME and draw(4, "october", unit) > 0


def months_of(of, first=None, last=10):
    """Yields month, date and recording day of each sheet inside the window."""
    for month in range(first or (1 if of.unit in EARLY_UNITS else 3), last + 1):
        days = sheet(of, month)
        if days and of.start <= days[0]:
            yield month, *days


def acknowledged(of):
    """Returns the ack of a unit that signs for what it gets."""
    if of.unit not in OWN_DESK and of.item not in ("0.1.1", "0.1.2", "5.1.2"):
        return []
    day = workday_from(ORDERED + timedelta(days=draw(6, "ack", of.unit)))
    return [Entry(of, day, recording_day(day, "ack", of.unit), "ack")]


def continuing_life(item, of):
    entries = acknowledged(of)
    for month, day, entered in months_of(of):
        if draw(100, "nil", of, month) < 104 - min(pace_of(of), 100):
            entries.append(Entry(of, day, entered, "nil", note=pick(NOTHING, of, month)))
        else:
            # Three notes take turns, so that no month repeats the last one.
            note = WORK[of.item][(month + draw(3, "first", of)) % 3]
            entries.append(Entry(of, day, entered, "progress", note=fill(note, of, month)))
    return entries


def once_life(item, of):
    done = finish(of)
    entries = acknowledged(of) + reports(item, of, done or END + timedelta(days=1))
    return entries + (closing(item, of, done) if done else [])


def finish(of):
    """Returns the day an obligation is reported done, or nothing."""
    pace, k = pace_of(of), draw(60, "finish", of)
    if of.due > END:
        early = pace >= 97 and k % 4 == 0 or pace >= 85 and k % 9 == 0
        day = date(YEAR, 9, 2) + timedelta(days=k) if early else END
    elif pace >= 95:
        day = of.due - timedelta(days=2 + k % 15)
    elif pace >= 84:
        day = of.due + timedelta(days=k % 14 - 9)
    else:
        day = of.due + timedelta(days=k - 8)
    day = max(workday_until(day), ORDERED + timedelta(days=9))
    return day if day < END - timedelta(days=1) and day < SILENT_FROM.get(of.unit, END) else None


def reports(item, of, until):
    """Returns the monthly reports of a one-off item before a day."""
    entries, last, pace = [], 0, pace_of(of)
    idle = pace < 78 and draw(4, "idle", of) == 0
    for month, day, entered in months_of(of):
        if day >= until:
            break
        if idle:
            entries.append(Entry(of, day, entered, "nil", note=pick(NOTHING, of, month)))
            continue
        passed = (day - of.start).days * 100 // ((of.due - of.start).days + 1)
        last = max(last, 5, min(passed * pace // 500 * 5, 95))
        entries.append(report(item, of, day, entered, last))
    return entries


def report(item, of, day, entered, share):
    """Returns one progress line; a share is given in percent, a target in its own unit."""
    note = step_note(item, share, of, day)
    if "target" not in item:
        return Entry(of, day, entered, "progress", f"{share}%", note=note)
    amount, unit = max(item["target"]["amount"] * share // 100, 1), item["target"]["unit"]
    note = f"累计{amount}{unit}" + (f",其中进校园{amount // 3}{unit}" if unit == "场" else "")
    return Entry(of, day, entered, "progress", str(amount), note=note)


def periodic_life(item, of):
    """Done in every period that has ended; the open one has its first report."""
    last = of.due if of.due.day > 20 else month_end(int(of.period[5:]))
    done = workday_until(last - timedelta(days=draw(3, "done", of)))
    entries = reports(item, of, min(done, END + timedelta(days=1))) if item["every"] == "quarter" else []
    return entries + (closing(item, of, done) if done < END - timedelta(days=1) else [])


def closing(item, of, done):
    """Returns submission and verification, sometimes with a return between them."""
    form = item.get("form", "材料")
    entries = [submission(item, of, done, fill(pick(SUBMITTED, of), of, form=form))]
    if draw(8, "returned", of) == 0:
        back = workday_from(done + timedelta(days=4 + draw(3, "back", of)))
        again = workday_from(back + timedelta(days=5 + draw(6, "again", of)))
        entries.append(Entry(of, back, recording_day(back, of), "return", note=fill(pick(RETURNED, of), of, form=form)))
        entries.append(submission(item, of, again, fill(pick(RESUBMITTED, of), of, form=form), part=2))
        done = again
    day = workday_from(done + timedelta(days=4 + draw(9, "verified", of)))
    entries.append(Entry(of, day, recording_day(day, "verify", of), "verify", note=pick(VERIFIED, of)))
    return [entry for entry in entries if entry.date <= END]


def submission(item, of, day, note, part=1):
    ref = invented_number(of) if family(item) == "paper" else ""
    files = evidence_files(item, of, day, part) if item.get("evidence") == "required" else []
    return Entry(of, day, recording_day(day, "submit", of), "submit", ref=ref, note=note, files=files)


def evidence_files(item, of, day, part):
    """Returns path and text of each result the plan asks for: 方案和报告 are two files."""
    files = []
    for number, form in enumerate(re.split("和", item.get("form", "材料")), 1):
        stem = of.unit + (f"-{of.period}" if of.period else "") + (f"-{part}" if part > 1 else "")
        text = f"{form}\n（练习材料，内容虚构）\n事项：{of.item} {item['title']}\n单位：{of.unit}\n日期：{day}\n"
        files.append((f"{of.item}/{stem}-{number}.txt", text))
    return files


# ---- scenes: the lives that show something ----

# Notes may come from anyone; here they are the verifying office's own.
SUPERVISOR_EVENTS = {"verify", "return", "extend", "suspend", "resume", "cancel", "reopen", "urge", "light", "note"}

# For each obligation: ("months", first, last, percent at the first, percent at the last),
# or (day, event, value, ref, note), shorter where the rest is empty. A retract voids
# the line before it. `day/recorded` gives both days.
SCENES = {
    # An extension applied for in time, and the item still open under its new date.
    "5.2.1@ghj": [
        ("03-07", "ack"), ("months", 3, 7, 15, 55),
        ("08-20", "extend", "2013-11-30", "练督〔2013〕3号", "公示期未满，8月19日来文申请延期"),
        ("months", 8, 10, 65, 85),
    ],
    # An extension applied for too late: done, and marked late all the same.
    "3.1.1@yjb": [
        ("months", 3, 7, 15, 60),
        ("08-15", "extend", "2013-10-31", "练府办督〔2013〕2号", "会签未完,到期后才申请"),
        ("months", 8, 9, 75, 90),
        ("10-18", "submit", "", "练府办〔2013〕31号", "已印发，见\"附件1\""),
        ("10-25", "verify", "", "", "文号核对无误"),
    ],
    # Closed, then found wanting and opened again with a new date.
    "2.1.2@wwb": [
        ("03-08", "ack"), ("months", 3, 5, 30, 80),
        ("06-19", "submit", "", "市练〔2013〕18号", "制度已印发"),
        ("06-26", "verify"),
        ("09-10", "reopen", "2013-11-10", "练督〔2013〕5号", "抽查发现制度未覆盖应急决策，重开补充"),
        ("months", 9, 10, 80, 90),
    ],
    # Waits for money since August.
    "3.3.2@xfj": [
        ("months", 3, 7, 10, 30),
        ("08-12", "suspend", "", "练督〔2013〕4号", "省里统一布局,暂停组建，等批复"),
        ("09-16", "note", "", "", "省里尚无批复"),
    ],
    # Stood still for two months and was taken up again.
    "6.1.4@qxj": [
        ("months", 3, 4, 20, 35),
        ("05-14", "suspend", "", "", "频道批复政策调整，暂停"),
        ("07-10", "resume", "", "练督〔2013〕2号", "政策已明,恢复办理"),
        ("months", 7, 10, 50, 80),
    ],
    "4.3.2@mzj": [
        ("months", 3, 6, 10, 20),
        ("09-05", "cancel", "", "练督〔2013〕6号", "论证认为本年不宜设立，撤销"),
    ],
    "6.1.2@fenyong": [
        ("months", 3, 5, 10, 20),
        ("07-22", "cancel", "", "", "与开发区共用一套系统,不再单建"),
    ],
    # A wrong figure, taken back the next day and written again.
    "5.3.2@chikan": [
        ("03-06", "ack"), ("months", 3, 6, 20, 45),
        ("07-30/08-01", "progress", "80%", "", "货架安装过半"),
        ("08-02", "retract", "", "", "百分比误填,应为60%"),
        ("07-30/08-02", "progress", "60%", "", "货架安装过半，消防改造未开始"),
        ("months", 8, 10, 70, 85),
    ],
    # A report booked on the wrong item.
    "6.1.3@qxj": [
        ("months", 2, 5, 15, 40),
        ("06-27/07-01", "progress", "95%", "", "播发预警31次"),
        ("07-02", "retract", "", "", "错记到本事项，应记6.1.5"),
        ("06-27/07-02", "progress", "50%", "", "已装喇叭210个,覆盖行政村\"过半\""),
        ("months", 7, 10, 60, 85),
    ],
    # A slip taken back: it went to the wrong county.
    "2.4.1@suixi": [
        ("months", 3, 6, 0, 0),
        ("08-09", "urge", "blue", "练催〔2013〕4号", "七月未报"),
        ("08-12", "retract", "", "", "该县七月表在邮箱里,不应催办"),
        ("07-30/08-12", "progress", "", "", "培训信息员26名，名册随后补"),
        ("months", 8, 9, 0, 0),
    ],
    # Blue, yellow, red: the ladder of slips to a county that does not answer.
    "5.1.2@leizhou": [
        ("03-12", "ack"), ("months", 3, 5, 10, 20),
        ("08-06", "urge", "blue", "练催〔2013〕3号", "七月底到期未报"),
        ("09-06", "urge", "yellow", "练催〔2013〕7号", "蓝单未复"),
        ("10-09", "urge", "red", "练催〔2013〕11号", "黄单未复,请分管领导签收"),
    ],
    "5.1.2@mazhang": [
        ("03-11", "ack"), ("months", 3, 6, 20, 50),
        ("08-06", "urge", "blue", "练催〔2013〕3号", "七月底到期未报"),
        ("10-09", "urge", "yellow", "练催〔2013〕12号", "蓝单未复，连续三月未报"),
    ],
    "2.3.3@fenyong": [
        ("months", 3, 5, 20, 40),
        ("06-28", "urge", "yellow", "练催〔2013〕2号", "五月底到期"),
        ("08-13", "urge", "red", "练催〔2013〕5号", "黄单未复"),
        ("10-09", "note", "", "", "电话三次,无人接听"),
    ],
    # A slip that came after a report which said nothing new.
    "4.4.1@lianjiang": [
        ("months", 3, 10, 0, 0),
        ("10-31", "urge", "yellow", "练催〔2013〕14号", "考核名册至今未报"),
    ],
    "6.2.2@nyj": [
        ("months", 3, 9, 0, 0),
        ("10-22", "urge", "red", "练催〔2013〕13号", "八月未报，台风后加固情况不明"),
    ],
    # A slip that was answered.
    "1.3.3@wuchuan": [
        ("months", 3, 7, 15, 40),
        ("08-27", "urge", "yellow", "练催〔2013〕6号", "连续两月没有新进展"),
        ("08-30/09-03", "progress", "62.5%", "", "编制批复已下,人员到位5名"),
        ("10-23/10-25", "progress", "80%", "", "应急办已挂牌，余3名待录用"),
    ],
    # Lights set by hand: one in force, one that a later report put out.
    "5.3.1@mzj": [
        ("months", 2, 9, 5, 70),
        ("10-18", "light", "red", "", "现场检查：主体未封顶,年底前难以验收"),
    ],
    "5.2.3@potou": [
        ("months", 3, 9, 0, 0),
        ("10-17", "light", "yellow", "", "报称已挂牌2处，现场只见1处"),
    ],
    "6.1.1@qxj": [
        ("months", 1, 7, 10, 55),
        ("08-14", "light", "yellow", "", "供货商换人,进度待核"),
        ("months", 8, 9, 65, 75),
        ("10-25", "submit", "", "", "已通过验收，见\"验收报告\""),
    ],
    # Returned and not sent again: before its due date, and past it.
    "4.4.4@tsw": [
        ("03-07", "ack"), ("months", 3, 9, 20, 80),
        ("10-14", "submit", "", "", "考核已办，名册见附件"),
        ("10-21", "return", "", "", "缺5个县(市、区)的结果，请补"),
        ("10-30", "note", "", "", "已电话提醒,月底前补报"),
    ],
    "1.2.1@yjb": [
        ("months", 1, 9, 10, 90),
        ("10-16", "submit", "", "练府办〔2013〕29号", "修订稿已印发"),
        ("10-24", "return", "", "", "印发稿缺附录\"联络表\"，请补"),
    ],
    "1.2.5@potou": [
        ("months", 3, 7, 20, 80),
        ("08-28", "submit", "", "", "桌面演练和双盲演练各一次"),
        ("09-04", "return", "", "", "只有方案,没有评估报告"),
        ("09-27/09-30", "progress", "", "", "评估报告正在写"),
    ],
    # Twice returned, then done.
    "0.1.2@gaj": [
        ("04-17", "submit", "", "市练〔2013〕9号", "计划已印发"),
        ("04-22", "return", "", "", "没有分工表，请补"),
        ("04-26", "submit", "", "市练〔2013〕9号", "已补分工表"),
        ("05-03", "return", "", "", "分工表未盖章"),
        ("05-08", "submit", "", "市练〔2013〕9号", "已盖章重报"),
        ("05-15", "verify", "", "", "材料齐全"),
    ],
    # Nearly there and nearly due.
    "1.3.3@chikan": [("03-06", "ack"), ("months", 3, 10, 20, 95)],
    "5.2.2@zjj": [("03-11", "ack"), ("months", 3, 10, 20, 95)],
    # Reported every month, and hopelessly behind.
    "3.4.1@yjb": [("months", 1, 10, 5, 45)],
    "3.4.2@xuwen": [("03-06", "ack"), ("months", 3, 10, 5, 65)],
    # Nothing begun, and honestly said so.
    "3.4.5@yjb": [("03-29", "nil", "", "", "省级接口规范未下发"), ("nil", 4, 10)],
    # Both units own the class: one has reported it, one has not.
    "4.1.1@zzb": [("months", 3, 9, 20, 80), ("10-17", "submit", "", "", "已结业，学员48名")],
    # Periodic work: late, missing, and returned.
    "5.3.6@lsj#2013-06": [
        ("07-16", "submit", "", "", "盘点表迟报,系统升级"), ("07-19", "verify"),
    ],
    "5.3.6@lsj#2013-09": [("10-14", "urge", "blue", "练催〔2013〕15号", "九月盘点表10日到期未报")],
    "3.2.2@yjb#2013-Q2": [
        ("04-26", "progress", "30%", "", "选定两起处置过程"), ("05-31", "progress", "60%", "", "专家已看材料"),
        ("07-09", "submit", "", "", "评估意见2份,其中1份附\"整改建议\""), ("07-15", "verify"),
    ],
    "3.2.2@yjb#2013-Q3": [
        ("07-30", "progress", "30%", "", "请了3名专家"), ("08-29", "progress", "70%", "", "完成台风应对评估初稿"),
        ("09-25", "submit", "", "", "评估意见1份"),
        ("10-09", "return", "", "", "专家未签名，请补"),
    ],
}


def scene_life(item, of, lines):
    entries = []
    for line in lines:
        if line[0] in ("months", "nil"):
            entries += scene_months(item, of, *line)
        else:
            entries.append(scene_entry(item, of, entries, *line))
    return entries


def scene_months(item, of, word, first, last, low=0, high=0):
    """Returns a report a month, the share rising evenly between two figures."""
    entries = []
    for month, day, entered in months_of(of, first, last):
        share = low + (high - low) * (month - first) // max(last - first, 1) // 5 * 5
        if word == "nil":
            entries.append(Entry(of, day, entered, "nil", note=pick(NOTHING, of, month)))
        elif item["kind"] == "continuing":
            entries.append(Entry(of, day, entered, "progress", note=fill(WORK[of.item][month % 3], of, month)))
        else:
            entries.append(report(item, of, day, entered, share))
    return entries


def scene_entry(item, of, before, days, event, value="", ref="", note=""):
    day, _, entered = days.partition("/")
    day = day_of(day)
    entry = Entry(of, day, day_of(entered) if entered else workday_from(day), event, value, ref, note)
    if event == "retract":
        entry.voids = before[-1]
    if event == "submit" and item.get("evidence") == "required":
        part = 1 + sum(earlier.event == "submit" for earlier in before)
        entry.files = evidence_files(item, of, day, part)
    return entry


# ---- the files ----


def place(plan, entries):
    """Gives each entry its writer, its acting unit, a clock time, a number and an id."""
    units = list(plan.names)
    order = {id(entry): number for number, entry in enumerate(entries)}
    entries = sorted(entries, key=lambda e: (e.recorded, units.index(e.of.unit), order[id(e)]))
    for entry in entries:
        supervising = entry.event in SUPERVISOR_EVENTS or entry.voids and entry.voids.event in SUPERVISOR_EVENTS
        entry.acting = plan.verifier(entry.of.item) if supervising else entry.of.unit
        entry.writer = writer_of(plan, entry.acting)
    for writer in PERSONS:
        clock([entry for entry in entries if entry.writer == writer])
    return entries


def clock(entries):
    """Sets the times of one writer's lines: each day from half past eight on."""
    now = None
    for entry in entries:
        opening = datetime(entry.recorded.year, entry.recorded.month, entry.recorded.day, 8, 30)
        now = max(now, opening) if now else opening
        now += timedelta(seconds=8 + draw(40, "clock", entry.of, entry.event, entry.date))
        assert now.date() == entry.recorded, "a day holds more lines than it has time for"
        entry.recorded_at = now


def in_fold_order(entries):
    return sorted(entries, key=lambda e: (e.date, e.recorded_at, e.writer, e.seq))


# The states each event is allowed in, and where it leads.
OPEN = {"not_started", "in_progress", "submitted", "returned"}
ALLOWED = {
    "ack": OPEN | {"suspended"}, "progress": OPEN - {"submitted"}, "nil": OPEN - {"submitted"},
    "submit": OPEN - {"submitted"}, "verify": {"submitted"}, "return": {"submitted"},
    "extend": OPEN | {"suspended"}, "suspend": OPEN, "resume": {"suspended"}, "cancel": OPEN | {"suspended"},
    "reopen": {"closed", "cancelled"},
}
LEADS_TO = {
    "submit": "submitted", "verify": "closed", "return": "returned", "suspend": "suspended",
    "cancel": "cancelled", "reopen": "in_progress",
}


def fold(entries):
    """Returns the state after one obligation's entries; stops at one that is not allowed."""
    state, before, due = "not_started", "not_started", entries[0].of.due if entries else None
    for entry in entries:
        if state not in ALLOWED.get(entry.event, {state}):
            sys.exit(f"{entry.of}: {entry.event} on {entry.date} is not allowed in {state}")
        if entry.event == "extend":
            assert date.fromisoformat(entry.value) > due, f"{entry.of}: extended to an earlier day"
            due = date.fromisoformat(entry.value)
        if entry.event == "suspend":
            before = state
        if entry.event == "resume":
            state = before
        elif entry.event == "progress":
            state = "returned" if state == "returned" else "in_progress"
        else:
            state = LEADS_TO.get(entry.event, state)
    return state


def check_lives(entries):
    """Folds every obligation and returns how many end in each state."""
    void = {id(entry.voids) for entry in entries if entry.voids}
    lives = {}
    for entry in in_fold_order(entries):
        assert entry.date <= entry.recorded <= END, f"{entry.of}: recorded before it happened"
        if id(entry) not in void and entry.event != "retract":
            lives.setdefault(str(entry.of), []).append(entry)
    return Counter(fold(life) for life in lives.values())


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def quoted(text):
    if "," in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def line_of(entry):
    """Returns the line up to, not including, its last comma."""
    value = entry.voids.id if entry.voids else entry.value
    evidence = "|".join(f"{path}#{sha256(text)}" for path, text in entry.files)
    fields = [
        str(entry.seq), entry.recorded_at.isoformat() + "+08:00", entry.date.isoformat(), entry.event,
        entry.of.item, entry.of.unit, entry.of.period, value, entry.acting, person(entry), entry.ref, evidence, entry.note,
    ]
    return ",".join(quoted(text) for text in fields)


def person(entry):
    return "经办戊" if entry.acting == "zfb" else PERSONS[entry.writer]


def chain(before, line):
    """Returns the id of a line: it depends on every line before it in the file."""
    return sha256(f"{before},{line}")[:32]


def journal_text(writer, entries):
    """Numbers and chains one writer's lines and returns the file."""
    lines, before = [HEADER], sha256(f"duban-journal/1,{PLAN_ID},{writer}")[:32]
    for seq, entry in enumerate(entries, 1):
        entry.seq = seq
        line = line_of(entry)
        entry.id = before = chain(before, line)
        lines.append(f"{line},{before}")
    return "\ufeff" + "".join(line + "\n" for line in lines)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def write_workspace(entries):
    for folder in (JOURNAL, EVIDENCE):
        shutil.rmtree(folder, ignore_errors=True)
    for writer in PERSONS:
        own = [entry for entry in entries if entry.writer == writer]
        write(JOURNAL / f"{writer}.csv", journal_text(writer, own))
    write(JOURNAL / ".gitattributes", "*.csv -text -merge\n")
    write(JOURNAL / ".gitignore", "*.lock\n*.lock-by\n")
    for path, text in (file for entry in entries for file in entry.files):
        write(EVIDENCE / path, text)


def print_summary(entries, states):
    by_writer = Counter((entry.event, entry.writer) for entry in entries)
    totals = Counter(entry.event for entry in entries)
    print(f"{'event':<12}" + "".join(f"{writer:>13}" for writer in PERSONS) + f"{'all':>8}")
    for event, total in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"{event:<12}" + "".join(f"{by_writer[event, writer]:>13}" for writer in PERSONS) + f"{total:>8}")
    sums = Counter(entry.writer for entry in entries)
    print(f"{'all':<12}" + "".join(f"{sums[writer]:>13}" for writer in PERSONS) + f"{len(entries):>8}")
    print("evidence files:", sum(len(entry.files) for entry in entries))
    print("states:", ", ".join(f"{state} {count}" for state, count in sorted(states.items())))


# The one unit that copies its notes, so that `check` has something to lay side by side.
COPIES_NOTES = "wuchuan"


def say_what_of(plan, entries):
    """Adds the item to a note that the unit also wrote elsewhere that month, or wrote last time."""
    said, last = set(), {}
    for entry in sorted(entries, key=lambda entry: (entry.date, entry.recorded, str(entry.of))):
        if entry.event not in ("progress", "submit") or entry.of.unit == COPIES_NOTES or not entry.note:
            continue
        key = (entry.of.item, entry.of.unit)
        month = (entry.of.unit, entry.date.year, entry.date.month)
        if (*month, entry.note) in said or last.get(key) == entry.note:
            entry.note += f"（{short_title(plan, entry.of.item)}）"
        if last.get(key) == entry.note:
            entry.note += f"，{entry.date.month}月"
        said.add((*month, entry.note))
        last[key] = entry.note
    return entries


def short_title(plan, item):
    """Returns the first words of an item's title, without quotes."""
    title = plan.items[item]["title"]
    for sign in "“”《》、，,\"":
        title = title.replace(sign, "")
    return title[:8]


def main():
    plan = Plan(PLANS / f"{PLAN_ID}.toml")
    obligations = list(plan.obligations())
    unknown = set(SCENES) - {str(of) for of in obligations}
    assert not unknown, f"scenes of no obligation: {unknown}"
    entries = place(plan, say_what_of(plan, [entry for of in obligations for entry in life(plan, of)]))
    states = check_lives(entries)
    write_workspace(entries)
    print_summary(entries, states)


if __name__ == "__main__":
    main()
