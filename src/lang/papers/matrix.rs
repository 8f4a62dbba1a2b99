//! Words of `matrix`: signs of one place, and what they mean.

use crate::lang::Word;
use crate::lang::sentences;
use crate::lang::words;
use crate::terms::Light;

words! {
    TITLE => "事项与单位对照", "Items and units";
    NOTHING => "没有责任事项", "there are no obligations";
    BETWEEN => "；", "; ";
    RED => "红", "R";
    YELLOW => "黄", "Y";
    GREEN => "绿", "G";
    DONE => "完", "D";
    GREY => "灰", "-";
}

sentences! {
    legend(signs) => "{signs}；空白 不是牵头单位。定期事项取已开始各期中最差的灯", "{signs}; blank: does not lead it. Of a periodic item the worst light of the periods that have begun";
}

/// Returns what a light means, in few words.
pub const fn means(light: Light) -> Word {
    let (zh, en) = match light {
        Light::Red => (
            "逾期、严重落后或久未报",
            "red: overdue, far behind or long silent",
        ),
        Light::Yellow => (
            "临期、落后或上期未报",
            "yellow: due soon, behind or silent once",
        ),
        Light::Green => ("正常", "green: in order"),
        Light::Done => ("已办结", "done"),
        Light::Grey => (
            "未到启动、中止或撤销",
            "grey: not begun, suspended or cancelled",
        ),
    };
    Word { zh, en }
}
