//! What is no plan: news, laws, replies, speeches and the like, told by title and form.

use crate::lang::Word;
use crate::lang::notice as say;
use crate::plan::notice::Notice;
use crate::plan::notice::Refusal;
use crate::plan::notice::head::Parts;
use crate::plan::notice::signs;
use regex::Regex;

pattern!(
    ARTICLE,
    "^第[一二三四五六七八九十百]{1,4}条(?:[ 、:]|.{4,})"
);
pattern!(
    RULE,
    "(?:条例|办法|规定|细则|规则|规程|章程|法)(?:\\([^()]*\\))?$"
);
pattern!(REPLY, "(?:批复|复函|的答复|答复函|的函)(?:\\([^()]*\\))?$");
pattern!(
    SPEECH,
    "(?:讲话|致辞|发言|演讲|讲稿|讲话稿|发言稿)(?:提纲)?(?:\\([^()]*\\))?$"
);
pattern!(CONTINGENCY, "应急预案(?:的通知)?(?:\\([^()]*\\))?$");
pattern!(
    EXPLANATION,
    "解读(?:》)?$|^(?:文字|政策|图文|一图)解读|解读材料$"
);
pattern!(
    SUMMARY,
    "(?:总结|汇报|述职报告|情况的?通报|情况报告|工作报告|公示|公告|简报)(?:\\([^()]*\\))?$"
);
pattern!(
    ADMINISTRATIVE,
    "关于(?:召开|举办|举行|任免|.{0,12}任职|.{0,12}免职|表彰|.{0,20}放假|做好.{0,16}放假|调整.{0,30}(?:成员|领导小组|指挥部)|成立.{0,30}(?:小组|指挥部|委员会|专班))"
);
pattern!(
    NEWS,
    "本报讯|本网讯|讯 ?\\(|记者 |\\(记者|通讯员|据悉|近日,|日前,|记者从"
);

/// Refuses a document that is of another kind.
pub(super) fn check(parts: &Parts) -> Result<(), Refusal> {
    if parts.lines.is_empty() && parts.body.is_empty() {
        return Err(Refusal::NoPlan(say::no_plan_because(say::EMPTY)));
    }
    let title = parts.title.as_deref().map(signs::plain).unwrap_or_default();
    let headline = &parts.headline;
    let title = title.trim_end_matches(['》', ' ']);
    let articles = parts
        .lines
        .iter()
        .filter(|line| ARTICLE.is_match(&line.plain))
        .count();
    let is = |pattern: &Regex| {
        pattern.is_match(title) || (title.is_empty() && pattern.is_match(headline))
    };
    // The first short lines may hold what the title would say.
    let opening = |pattern: &Regex| {
        is(pattern)
            || (parts.title.is_none()
                && parts.lines.iter().take(12).any(|line| {
                    signs::length(&line.plain) < 60 && pattern.is_match(line.plain.trim())
                }))
    };
    let greeting = parts.lines.iter().take(15).any(|line| {
        let plain = line.plain.trim();
        signs::length(plain) < 30
            && (plain.starts_with("同志们")
                || plain.starts_with("各位领导")
                || plain.starts_with("各位同志")
                || plain.starts_with("女士们"))
    });
    let replies = parts
        .lines
        .iter()
        .take(15)
        .any(|line| line.plain.contains("收悉") && line.plain.contains('你'));
    let no = |kind: Word| Err(Refusal::NoPlan(say::no_plan_in(kind)));
    if articles >= 3 || (articles >= 1 && RULE.is_match(title)) {
        return no(say::LAW);
    }
    if opening(&SPEECH) || greeting {
        return no(say::SPEECH);
    }
    if opening(&REPLY) || replies {
        return no(say::REPLY);
    }
    if is(&CONTINGENCY) || CONTINGENCY.is_match(headline) && !title.contains("计划") {
        return no(say::CONTINGENCY);
    }
    if opening(&EXPLANATION) || EXPLANATION.is_match(headline) {
        return no(say::EXPLANATION);
    }
    if opening(&SUMMARY) {
        return no(say::SUMMARY);
    }
    if ADMINISTRATIVE.is_match(headline) && (title.is_empty() || title.contains("通知")) {
        return no(say::ADMINISTRATIVE);
    }
    let reported = parts
        .lines
        .iter()
        .take(30)
        .filter(|line| NEWS.is_match(&line.plain))
        .count();
    let is_official =
        parts.number.is_some() || !parts.addressees.is_empty() || headline.contains("通知");
    if reported > 0
        && !is_official
        && !title.ends_with("计划")
        && !title.ends_with("要点")
        && !title.ends_with("方案")
    {
        return no(say::NEWS);
    }
    Ok(())
}

/// Refuses a document in which no measure was found.
pub(super) fn check_measures(notice: &Notice) -> Result<(), Refusal> {
    match notice.measures.is_empty() {
        true => Err(Refusal::NoPlan(say::no_plan_because(say::NO_HEADINGS))),
        false => Ok(()),
    }
}
