//! Words of a slip (督办单): its tone is that of an official letter.

use crate::calendar::Day;
use crate::lang::Said;
use crate::lang::sentences;
use crate::lang::words;

words! {
    ITEMS => "督办事项清单", "Items";
    ANNEX => "附件", "Annex";
    SITUATION => "情况", "situation";
    ASKED => "要求", "what is asked";
    LEVEL => "等级", "level";
    EARLIER => "前次督办", "earlier slip";
    FINISH => "办结并报送成果", "finish and submit";
    REWORK => "整改后重报", "mend and submit again";
    REPORT => "补报进展", "send the report";
    CATCH_UP => "说明原因和措施", "say why and what is done";
    ASK_FINISH => "已逾期的抓紧办结并报送成果，一时办不结的写明原因和完成日期", "finish what is overdue and submit what proves it, or say why, what is being done and until when";
    ASK_REWORK => "已退回的整改后重新报送", "mend what was sent back and submit it again";
    ASK_REPORT => "未报送的补报进展，没有进展的报零报告", "send the reports that are missing, nil reports where nothing was done";
    ASK_CATCH_UP => "落后序时的说明原因和措施", "say of what is far behind why, and how it will catch up";
    NEXT => "期满不回复的，提高督办等级，直至列入通报。", "What stays unanswered goes up one level, and from red into the bulletin.";
    /// Stands between what is asked.
    AND => "；", "; ";
    /// Stands between two sentences.
    NEXT_SENTENCE => "", " ";
    OVERDUE_DAYS => "逾期天数", "days late";
}

sentences! {
    title(zh, en) => "{zh}色督办单", "Slip ({en})";
    addressee(unit) => "{unit}：", "To {unit}";
    several(count) => "督办单汇编（{count} 份）", "Slips ({count})";
    several_of(day, units) => "{day}发出下列单位的督办单：{units}。", "Slips of {day} to: {units}.";
    intro(plan, day, count) => "根据{plan}，截至{day}，你单位牵头的 {count} 个事项（见附件）没有按要求推进，现予督办。", "By {plan}, {count} of the items that you lead (see the annex) are not on course as of {day}. You are urged as follows.";
    plan_named(title, number) => "《{title}》（{number}）", "“{title}” ({number})";
    plan_unnamed(title) => "《{title}》", "“{title}”";
    unanswered(count) => "其中 {count} 项前次督办期满未复。", "{count} of them had a slip before that was not answered in time.";
    ask(day, asked) => "请于{day}前书面回复，并做好以下工作：{asked}。", "Answer in writing by {day}, and {asked}.";
    behind(points) => "落后序时{points}点", "{points} points behind";
    earlier(zh, en, number, day) => "{zh}（{number}，{day}）", "{en} ({number}, {day})";
    earlier_unnumbered(zh, en, day) => "{zh}（{day}）", "{en} ({day})";
    progress(percent) => "进度{percent}%", "progress {percent}%";
    number(year, count) => "督〔{year}〕{count}号", "Slip {year}/{count}";
    note(day) => "限 {day} 前回复", "answer by {day}";
}

sentences! {
    nothing_for(unit) => "“{unit}”没有要督办的事项", "`{unit}` has nothing to be urged for";
    nothing_at_all() => "没有单位有要督办的事项", "no unit has anything to be urged for";
    waiting(count, day) => "前次督办还在回复期内的 {count} 项不再督办（最早 {day} 到期）；仍要发，加 --again", "still within the time to answer an earlier slip: {count} (the first ends on {day}); add --again to urge them all the same";
    not_yours_to_urge(unit, verifier) => "“{unit}”由 {verifier} 督办，没有列入", "`{unit}` is urged by {verifier} and is left out";
    reply_not_later(reply, day) => "回复期限 {reply} 不在督办日期 {day} 之后", "the day to answer by, {reply}, is not after the day of the slip, {day}";
    number_needs_digits(number) => "要发几份，文号“{number}”里没有可以递增的数字", "there are several slips, and `{number}` holds no number to count on from";
    number_form() => "写成 督〔2013〕5号，其后各份依次加一；不写则自动接着编", "write one such as 督〔2013〕5号, from which the others are counted; without it they are numbered on";
    number_used(number, entry) => "文号“{number}”已用过（{entry}）", "the number `{number}` was used before ({entry})";
    known_at_is_for_looking() => "--known-at 只用于重出旧单，要和 --dry-run 一起写", "--known-at makes an old slip again and goes with --dry-run";
    recorded(count, first, last) => "已记入 {count} 条催办：{first} 至 {last}", "recorded: {count} entries, {first} to {last}";
    not_recorded() => "试运行：督办单照样做出，没有记入日志", "dry run: the slip is made, nothing is recorded";
    written_not_recorded() => "单子已写好，但没有记入日志：先不要发出，记入后再发", "the slip is written but not recorded: do not send it before it is";
}

/// Returns a day as an official letter writes it.
pub fn day(day: Day) -> Said {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (year, month, date) = (day.year(), day.month(), day.day_of_month());
    let name = MONTHS[(month as usize + 11) % 12];
    Said {
        zh: format!("{year}年{month}月{date}日"),
        en: format!("{date} {name} {year}"),
    }
}
