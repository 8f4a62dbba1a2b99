//! Quantities in words: 百人百场, 不少于3次, 新建5个; and those whose number is lost.

use crate::figures::Amount;
use crate::plan::notice::Quantity;
use crate::plan::notice::signs;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(
    PAIRED,
    "([百千万])(?:人|名|企|校|村|家|会|师|支|队)([百千万])(场|次|课|讲|户|站|堂|期)"
);
const AT_LEAST_TEXT: &str = "(?:不少于|至少|不低于|不得少于|最少|达到|超过|力争|共|总计|累计)(?:举办|开展|组织|培训|完成|建成|增设|设置|增加|储备|购置|更新|加固|改造|补建|维修|打通|消除|治理|采购|新建|建设|演练|检查|抽查|达|有)?(?:各类|应急|综合)?[^0-9一二三四五六七八九十两百千,。;]{0,6}([0-9]{1,9}(?:\\.[0-9]{1,4})?|[一二三四五六七八九十两百]{1,4}) ?(万)? ?(UNITS)";
const VERB_TEXT: &str = "(?:举办|开展|组织|培训|完成|建成|新建|增设|设置|增加|储备|购置|更新|加固|补建|维修|打通|消除|治理|采购|建设|新增|创建|打造|培育|配备|修订|编制|出台|制定|改造|整治|检查|抽查|演练|扩建|建立|组建|招募|发放|设立|推出|培养|安装)[^0-9,。;、:]{0,14}?([0-9]{1,9}(?:\\.[0-9]{1,4})?|两) ?(万)? ?(UNITS)";
pattern!(
    LOST,
    "(?:不少于|不低于|不得少于|至少)(?:开展|举办|组织)?(?:次|场|个|人|期|名|家|%)|(?:达到|达|不低于|以上达)%"
);
pattern!(
    RATE,
    "(?:提高|提升|增加)[^,。;0-9]{0,12}率(?:和[^,。;]{0,6}率)?"
);

/// What a text says of quantities.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) quantity: Option<(Quantity, Range<usize>)>,
    /// Words whose number is lost.
    pub(super) lost: Vec<Range<usize>>,
    /// Rates without a number.
    pub(super) unclear: Vec<Range<usize>>,
}

/// Returns the first quantity of a text, and those that are in doubt.
pub(super) fn find(plain: &str) -> Found {
    let mut found = Found::default();
    let first =
        |a: Option<(Quantity, Range<usize>)>, b: Option<(Quantity, Range<usize>)>| match (a, b) {
            (Some(a), Some(b)) if b.1.start < a.1.start => Some(b),
            (Some(a), _) => Some(a),
            (None, b) => b,
        };
    found.quantity = first(
        paired(plain),
        first(counted(plain, &AT_LEAST_UNITS), counted(plain, &VERB_UNITS)),
    );
    found.lost = LOST.find_iter(plain).map(|lost| lost.range()).collect();
    found.unclear = RATE
        .find_iter(plain)
        .filter(|rate| {
            let rest: String = plain[rate.end()..].chars().take(8).collect();
            !rest.contains(|sign: char| sign.is_ascii_digit()) && !rate.as_str().ends_with("效率")
        })
        .map(|rate| rate.range())
        .collect();
    found
}

/// What is counted.
const UNITS: &str = "人次|场次|批次|辆次|次|场|期|个|支|家|处|座|所|名|人|辆|套|台|份|部|项|公里|件|户|班|轮|批|篇|幅|艘|架|顶|吨|眼|条|间|平方米|亩|课时|学时";

static AT_LEAST_UNITS: LazyLock<Regex> = LazyLock::new(|| with_units(AT_LEAST_TEXT));
static VERB_UNITS: LazyLock<Regex> = LazyLock::new(|| with_units(VERB_TEXT));

fn with_units(text: &str) -> Regex {
    Regex::new(&text.replace("UNITS", UNITS)).expect("the pattern is written here")
}

fn paired(plain: &str) -> Option<(Quantity, Range<usize>)> {
    let found = PAIRED.captures(plain)?;
    let amount = match &found[2] {
        "百" => "100",
        "千" => "1000",
        _ => "10000",
    };
    let quantity = Quantity {
        amount: Amount::parse(amount)?,
        unit: found[3].to_owned(),
    };
    Some((quantity, found.get(0)?.range()))
}

fn counted(plain: &str, pattern: &Regex) -> Option<(Quantity, Range<usize>)> {
    let found = pattern.captures_iter(plain).find(|found| {
        // “3个月”, “5个工作日” are times, “2021年” a year.
        let end = found.get(0).map_or(0, |whole| whole.end());
        let rest = &plain[end..];
        ![
            "月",
            "工作日",
            "小时",
            "百分点",
            "年",
            "季度",
            "方面",
            "重点",
            "一",
            "阶段",
        ]
        .iter()
        .any(|word| rest.starts_with(word))
    })?;
    let number = &found[1];
    let number = match number {
        "两" => "2".to_owned(),
        number if number.starts_with(|sign: char| sign.is_ascii_digit()) => number.to_owned(),
        number => signs::number(number)?.to_string(),
    };
    let amount = Amount::parse(&number).filter(|amount| !amount.is_zero())?;
    let amount = match found.get(2) {
        Some(_) => Amount::from_ten_thousandths(amount.ten_thousandths().checked_mul(10_000)?),
        None => amount,
    };
    let quantity = Quantity {
        amount,
        unit: found[3].to_owned(),
    };
    Some((quantity, found.get(0)?.range()))
}
