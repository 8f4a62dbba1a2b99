//! The columns of an office's own book: what each may hold, and by which titles it is found.

use crate::grid::Address;
use crate::names;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The day it happened.
    Date,
    /// The item, by id or title, or the whole obligation.
    Item,
    /// The title of the item, beside its id.
    Title,
    /// The unit that owes.
    Unit,
    /// The period of a periodic item.
    Period,
    /// What happened.
    Event,
    /// How far it is, the new due date, a colour.
    Value,
    /// What there is to say.
    Note,
    /// The document number.
    Reference,
    /// The person.
    By,
    /// The unit that acts.
    Acting,
    /// Names of files.
    Evidence,
    /// Nothing that is read.
    Nothing,
}

impl Key {
    /// All keys with the words that name them in `--map`.
    pub const CODES: [(Key, &str); 13] = [
        (Key::Date, "date"),
        (Key::Item, "item"),
        (Key::Title, "title"),
        (Key::Unit, "unit"),
        (Key::Period, "period"),
        (Key::Event, "event"),
        (Key::Value, "value"),
        (Key::Note, "note"),
        (Key::Reference, "ref"),
        (Key::By, "by"),
        (Key::Acting, "as"),
        (Key::Evidence, "evidence"),
        (Key::Nothing, "-"),
    ];

    /// Returns the key of a word.
    pub fn from_code(word: &str) -> Option<Key> {
        let found = Key::CODES.iter().find(|(_, code)| *code == word);
        found.map(|(key, _)| *key)
    }

    /// Returns its word.
    pub fn code(self) -> &'static str {
        let found = Key::CODES.iter().find(|(key, _)| *key == self);
        found.map_or("-", |(_, code)| code)
    }

    /// Tells whether a value in merged cells is meant for each of their rows.
    pub(super) const fn is_shared(self) -> bool {
        match self {
            Key::Date | Key::Item | Key::Title | Key::Unit | Key::Period | Key::By => true,
            Key::Event
            | Key::Value
            | Key::Note
            | Key::Reference
            | Key::Acting
            | Key::Evidence
            | Key::Nothing => false,
        }
    }
}

/// The titles by which columns are found, as books have them.
const TITLES: [(Key, &str); 12] = [
    (
        Key::Date,
        "日期 时间 报送日期 报送时间 填报日期 填报时间 反馈日期 反馈时间 办理日期 办理时间 发生日期 记录日期 date",
    ),
    (
        Key::Item,
        "事项编号 事项代号 任务编号 责任事项 编号 事项 分解事项 督办事项 工作事项 任务 工作任务 item obligation",
    ),
    (
        Key::Title,
        "事项名称 事项内容 任务名称 任务内容 工作内容 内容 title",
    ),
    (
        Key::Unit,
        "责任单位 牵头单位 主办单位 承办单位 办理单位 单位 单位名称 unit",
    ),
    (Key::Period, "周期 期间 报告期 所属期 所属期间 期数 period"),
    (
        Key::Event,
        "事件 状态 办理状态 进展状态 完成状态 办理结果 记录类型 event",
    ),
    (
        Key::Value,
        "进度 完成进度 本期进度 完成率 完成比例 完成百分比 完成数量 累计完成 累计数 数值 value progress",
    ),
    (
        Key::Note,
        "进展 进展情况 工作进展 办理情况 完成情况 落实情况 情况说明 备注 说明 note",
    ),
    (Key::Reference, "文号 文件号 发文字号 发文号 批准文号 ref"),
    (Key::By, "经办人 填报人 记录人 联系人 by"),
    (Key::Acting, "行为单位 报送单位 填报单位 as"),
    (
        Key::Evidence,
        "佐证 佐证材料 佐证文件 佐证文件名 附件 附件名称 evidence",
    ),
];

/// Tells whether a column is the one that was named: by its title or its letter.
pub(super) fn is_named(at: u32, title: &str, named: &str) -> bool {
    let letter = Address { row: 0, column: at }.to_string();
    names::look_key(title) == names::look_key(named)
        || letter.trim_end_matches('0').eq_ignore_ascii_case(named)
}

/// Returns what a title says that a column holds; what stands in brackets is left aside.
pub(super) fn titled(title: &str) -> Option<Key> {
    let folded = names::fold(title);
    let bare = folded.split('(').next().unwrap_or_default();
    let key = names::look_key(bare.trim_end_matches('%'));
    let found = TITLES.iter().find(|(_, titles)| {
        titles
            .split_whitespace()
            .any(|title| names::look_key(title) == key)
    });
    found.map(|(key, _)| *key)
}
