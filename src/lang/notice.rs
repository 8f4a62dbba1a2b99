//! Sentences about official notices: doubts, what is left out and why, refusals.

use crate::lang::Said;
use crate::lang::Word;
use crate::lang::sentences;
use crate::lang::words;
use crate::plan::notice::Why;
use crate::plan::notice::doubt::Doubt;

words! {
    /// Before a doubt.
    DOUBT => "存疑", "doubt";
    /// A damaged archive.
    BROKEN_ARCHIVE => "压缩包已损坏", "its archive is damaged";
    /// Too many parts.
    MANY_PARTS => "里面的文件过多，不是正常的 Word 文件", "it has more parts than any document";
    /// Too large.
    LARGE => "解开后超过 64 MiB", "it unpacks to more than 64 MiB";
    /// Bad XML.
    BROKEN_XML => "内容不是合法的 XML", "its XML cannot be read";
    /// Too deep.
    DEEP => "嵌套过深，不是正常的 Word 文件", "it is nested deeper than any document";
    /// A document type.
    DOCTYPE => "含有文档类型声明（DTD）", "it carries a document type (DTD)";
    /// No document.
    NO_DOCUMENT => "里面没有 word/document.xml，不是 .docx", "it holds no word/document.xml, so it is no .docx";
    /// News.
    NEWS => "新闻报道", "news";
    /// A law.
    LAW => "法规、规章或办法（逐条写成“第几条”）", "a law or rule, in articles";
    /// A reply.
    REPLY => "批复、复函", "a reply";
    /// A speech.
    SPEECH => "讲话", "a speech";
    /// A contingency plan.
    CONTINGENCY => "应急预案，写的是出事怎么办，不是年度任务", "a contingency plan: what to do when something happens, no tasks of a year";
    /// An explanation of a document.
    EXPLANATION => "政策解读", "an explanation of another document";
    /// A look back.
    SUMMARY => "总结、汇报或通报，写的是已经做了的事", "a report on what was done";
    /// A meeting, a list of persons.
    ADMINISTRATIVE => "会议、人事、公示一类的通知", "a notice of meetings, persons or publicity";
    /// No heading.
    NO_HEADINGS => "没有带编号的任务，也没有任务表", "it has neither numbered tasks nor a table of tasks";
    /// Above a draft.
    DRAFT_HEAD => "由通知转出的草稿：逐条核对，存疑处改好后删去说明。", "A draft made from a notice: look at each part, settle the doubts and take their comments out.";
    /// Above the supervisor of a draft.
    DRAFT_SUPERVISOR => "暂定，见上。", "Assumed, see above.";
    /// Above the units of a draft.
    DRAFT_UNITS => "单位名称照通知所写，编号由拼音得来；同一单位有几种写法的，并成一个，其余写进 aliases。", "Names are those of the notice, ids come from their pinyin; where one unit has several names, keep one and put the others into aliases.";
    /// Above an item without an interval.
    DRAFT_INTERVAL => "要求反复做，没有写多久一次，暂作持续事项。", "To be done again and again, how often is not said; taken as continuing.";
    /// No text.
    EMPTY => "里面没有文字", "it holds no text";
}

sentences! {
    old_word_file() => "这是旧格式的 Word 文件（.doc 或 .rtf）；在 Word 或 WPS 里另存为 .docx", "this is a Word file of an old format (.doc or .rtf); save it as .docx";
    pdf_file() => "这是 PDF；在 Word 或 WPS 里打开，另存为 .docx，或把文字复制成 .txt", "this is a PDF; open it in Word and save it as .docx, or copy its text into a .txt";
    no_such_encoding(label) => "没有叫“{label}”的编码；常用的有 utf-8、gb18030、big5、utf-16le", "there is no encoding `{label}`; common ones are utf-8, gb18030, big5, utf-16le";
    no_encoding() => "看不出文字的编码；写明它，如 --encoding gb18030 或 --encoding big5", "cannot tell the encoding of the text; say it, such as `--encoding gb18030` or `--encoding big5`";
    too_much_text(mib) => "文字超过 {mib} MiB，不像一份通知", "more than {mib} MiB of text is no notice";
    no_year() => "看不出是哪一年的计划；写明它，如 --year 2024", "cannot tell the year of the plan; say it, such as `--year 2024`";
    draft_written(path) => "草稿已写入“{path}”：逐条看存疑处，改好后 duban check", "the draft is in `{path}`: go through the doubts, then run `duban check`";
    summary(chapters, measures, doubts) => "{chapters} 个部分，{measures} 项任务，{doubts} 处存疑", "{chapters} chapters, {measures} measures, {doubts} doubts";
    at_line(line) => "第 {line} 行", "line {line}";
}

sentences! {
    draft_line(line) => "通知第 {line} 行", "line {line} of the notice";
    draft_words(words) => "时限原文：{words}", "when, in the words of the notice: {words}";
    draft_target(amount, unit) => "数量 {amount} {unit}：持续事项不能有数量。", "{amount} {unit}: a continuing item cannot have a target.";
    draft_outside(day) => "{day} 在计划期之外，没有填写。", "{day} lies outside the plan and was left out.";
    draft_duty(line, text) => "通知第 {line} 行另有要求：{text}", "line {line} of the notice orders besides: {text}";
    quoted(words) => "“{words}”", " `{words}`";
    colon(text) => "：{text}", ": {text}";
}

sentences! {
    doubt_encoding(name) => "文件没有写明编码，按 {name} 读取", "the file does not say its encoding; read as {name}";
    doubt_title_missing() => "没有找到计划的题目", "found no title of the plan";
    doubt_title_assumed() => "计划题目没有单独成行，取自这里", "the title stands nowhere by itself; it was taken from here";
    doubt_number_missing() => "没有找到发文字号", "found no number of the document";
    doubt_number_garbled() => "文号掉了字或括号，不据此填写", "signs of a document number are lost here; it is not taken from this";
    doubt_issuer_missing() => "没有找到发文机关", "nobody is said to have issued it";
    doubt_date_missing() => "没有找到成文日期；网页上的发布时间不算", "found no date of issue; the day a page was posted is none";
    doubt_date_garbled() => "日期掉了字，读不准，不填写", "signs of this date are lost; it is not taken";
    doubt_date_assumed() => "落款没有日期，取自这里", "the signature has no date; it was taken from here";
    doubt_years(year) => "题目没有写年份，按 {year} 年", "the title names no year; {year} was taken";
    doubt_years_missing() => "看不出是哪一年的计划", "cannot tell the year of the plan";
    doubt_digits_lost() => "这里像是掉了数字", "digits seem to be lost here";
    doubt_numbering_gap() => "编号不连续或重复，有可能漏了一条", "the numbers are not in order; a heading may be missing";
    doubt_numbering_on() => "编号跨部分连续，任务编号仍按部分重新起算", "numbers go on over the chapters; the ids begin again in each";
    doubt_owner_missing() => "通知没有写由谁负责", "the notice names nobody for this";
    doubt_owner_order() => "没有写明谁牵头，以第一个为牵头，其余为配合", "nobody is said to lead; the first of the list was taken, the others assist";
    doubt_owner_several() => "写了几个牵头单位，各自都算牵头", "several units lead; each owes it";
    doubt_owner_shared() => "责任单位写在几项任务之后或之前，按各项共有", "the owners stand once for several measures; each was given them";
    doubt_owner_open() => "单位没有列全（等、各、有关），名单须补", "the list of units is open; it has to be completed";
    doubt_owner_in_text() => "句中点名要求做，但没有说是责任单位，没有填写", "the sentence says who must, but names no owner; not taken";
    doubt_due_unclear() => "时限说得不明确，没有填日期", "the deadline names no day; no date was taken";
    doubt_due_no_year() => "跨年的计划里没有写是哪一年，没有填日期", "a plan of several years, and no year is said; no date was taken";
    doubt_due_assumed(day) => "没有说是哪一天，暂按 {day}", "no day is said; {day} was assumed";
    doubt_due_outside(day) => "{day} 在计划期之外，草稿没有填写", "{day} lies outside the plan; the draft leaves it out";
    doubt_interval() => "没有写多久一次，没有填周期", "how often is not said; no period was taken";
    doubt_interval_other() => "周期不是月、季、半年或年，没有填写", "no month, quarter, half year or year; no period was taken";
    doubt_quantity() => "数量说得不明确，没有填写", "the quantity is not clear; it was not taken";
    doubt_vague_verb() => "只指方向，没有说做到什么算完成", "points a way and does not say what counts as done";
    doubt_duty() => "正文之外另有要求，没有列入任务", "the letter orders this beside the plan; it is in no measure";
    doubt_supervisor(name) => "通知没有写谁督办，暂定“{name}”", "the notice names no supervisor; `{name}` was assumed";
    doubt_group_from_list(city, year) => "通知没有列出名单，按 {year} 年行政区划列了{city}的县（市、区），请核对", "the notice names none of them; these are the counties of {city} by the administrative divisions of {year}, look at them";
    doubt_group_open(name) => "通知没有列出“{name}”是哪些单位", "the notice does not say who `{name}` are";
}

/// Returns why a paragraph is in no measure.
pub const fn why(why: Why) -> Word {
    let (zh, en) = match why {
        Why::Page => ("网页的导航、链接或页脚", "the frame of the web page"),
        Why::Letter => ("印发通知的正文", "the cover letter"),
        Why::Introduction => ("任务之前的引言", "the text before the first heading"),
        Why::Between => (
            "标题与下一级标题之间的引言",
            "the text between a heading and those below it",
        ),
        Why::NoTask => ("不布置任务的部分", "a part that orders no task"),
        Why::Contents => ("目录", "the table of contents"),
        Why::Annex => ("附件", "an annex"),
        Why::Closing => (
            "落款、抄送、印发说明",
            "signature, distribution and printing notes",
        ),
        Why::TableHead => ("表头或分类行", "a heading row of a table"),
    };
    Word { zh, en }
}

/// Says “this Word file cannot be read: {why}”.
pub fn broken_word_file(why: Word) -> Said {
    Said {
        zh: format!("这个 Word 文件读不了：{}", why.zh),
        en: format!("this Word file cannot be read: {}", why.en),
    }
}

/// Says “this file holds no plan: it looks like {kind}”.
pub fn no_plan_in(kind: Word) -> Said {
    Said {
        zh: format!("这份文件里没有计划：像是{}", kind.zh),
        en: format!("this file holds no plan: it looks like {}", kind.en),
    }
}

/// Says “this file holds no plan: {why}”.
pub fn no_plan_because(why: Word) -> Said {
    Said {
        zh: format!("这份文件里没有计划：{}", why.zh),
        en: format!("this file holds no plan: {}", why.en),
    }
}

/// Says a doubt on one line: its code, its line, the words, what is in doubt.
pub fn doubt_line(doubt: &Doubt) -> Said {
    let code = doubt.code.code();
    let at = match doubt.line {
        0 => Said {
            zh: String::new(),
            en: String::new(),
        },
        line => at_line(line),
    };
    let words = match doubt.words.is_empty() {
        true => Said {
            zh: String::new(),
            en: String::new(),
        },
        false => quoted(doubt.words.replace('\n', " ")),
    };
    Said {
        zh: format!("存疑[{code}] {}{}：{}", at.zh, words.zh, doubt.message.zh)
            .replace("] ：", "] "),
        en: format!("doubt[{code}] {}{}: {}", at.en, words.en, doubt.message.en)
            .replace("] : ", "] "),
    }
}

/// Says many doubts of one kind on one line.
pub fn doubt_lines(doubts: &[&&Doubt]) -> Said {
    let Some(first) = doubts.first() else {
        return Said {
            zh: String::new(),
            en: String::new(),
        };
    };
    let mut lines: Vec<String> = doubts.iter().map(|doubt| doubt.line.to_string()).collect();
    lines.dedup();
    let code = first.code.code();
    let (zh, en) = (lines.join("、"), lines.join(", "));
    let count = doubts.len();
    Said {
        zh: format!(
            "存疑[{code}] {count} 处（第 {zh} 行）：{}",
            first.message.zh
        ),
        en: format!(
            "doubt[{code}] {count} times (lines {en}): {}",
            first.message.en
        ),
    }
}
