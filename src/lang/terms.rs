//! Words for the closed vocabularies of `terms`.

use crate::lang::Word;
use crate::terms::Colour;
use crate::terms::Cycle;
use crate::terms::Event;
use crate::terms::Kind;
use crate::terms::Light;
use crate::terms::Owner;
use crate::terms::State;

/// Returns the word for a kind of item.
pub const fn kind(kind: Kind) -> Word {
    match kind {
        Kind::Once => word("一次性", "once"),
        Kind::Periodic => word("定期", "periodic"),
        Kind::Continuing => word("持续", "continuing"),
    }
}

/// Returns the word for a cycle.
pub const fn cycle(cycle: Cycle) -> Word {
    match cycle {
        Cycle::Month => word("每月", "monthly"),
        Cycle::Quarter => word("每季度", "quarterly"),
        Cycle::Half => word("每半年", "half-yearly"),
        Cycle::Year => word("每年", "yearly"),
    }
}

/// Returns the word for how owners are known.
pub const fn owner(owner: Owner) -> Word {
    match owner {
        Owner::Named => word("文件指明", "named"),
        Owner::Inferred => word("推定", "inferred"),
        Owner::Assigned => word("指定", "assigned"),
    }
}

/// Returns the word for an event (domain.md §3).
pub const fn event(event: Event) -> Word {
    match event {
        Event::Ack => word("签收", "ack"),
        Event::Progress => word("反馈进展", "progress"),
        Event::Nil => word("零报告", "nil"),
        Event::Submit => word("报完成", "submit"),
        Event::Verify => word("核实办结", "verify"),
        Event::Return => word("退回整改", "return"),
        Event::Extend => word("延期", "extend"),
        Event::Suspend => word("中止", "suspend"),
        Event::Resume => word("恢复", "resume"),
        Event::Cancel => word("撤销", "cancel"),
        Event::Reopen => word("重开", "reopen"),
        Event::Urge => word("催办", "urge"),
        Event::Light => word("人工定灯", "light"),
        Event::Note => word("备注", "note"),
        Event::Retract => word("更正", "retract"),
        Event::Seal => word("封账", "seal"),
    }
}

/// Returns the word for a state.
pub const fn state(state: State) -> Word {
    match state {
        State::NotBegun => word("未到启动", "not begun"),
        State::NotStarted => word("未开展", "not started"),
        State::InProgress => word("推进中", "in progress"),
        State::Submitted => word("待核实", "submitted"),
        State::Returned => word("退回", "returned"),
        State::Suspended => word("中止", "suspended"),
        State::Closed => word("办结", "closed"),
        State::Cancelled => word("撤销", "cancelled"),
    }
}

/// Returns the word for a light.
pub const fn light(light: Light) -> Word {
    match light {
        Light::Red => word("红", "red"),
        Light::Yellow => word("黄", "yellow"),
        Light::Green => word("绿", "green"),
        Light::Done => word("完成", "done"),
        Light::Grey => word("灰", "grey"),
    }
}

/// Returns the word for a colour that an entry names.
pub const fn colour(colour: Colour) -> Word {
    match colour {
        Colour::Blue => word("蓝", "blue"),
        Colour::Yellow => word("黄", "yellow"),
        Colour::Red => word("红", "red"),
        Colour::Green => word("绿", "green"),
    }
}

const fn word(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}
