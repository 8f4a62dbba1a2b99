//! Words of `trend`.

use crate::lang::sentences;
use crate::lang::words;

words! {
    TITLE => "逐期走势", "Period by period";
    AS_OF => "截至", "as of";
    CLOSED_CHANGE => "本期新办结", "newly done";
    COMPLETION => "办结率", "Completion";
    OVERDUE => "逾期", "Overdue";
}

sentences! {
    not_yet_due(period, day) => "{period} 的报送 {day} 才截止，未报的是尚未到期", "reports for {period} are due by {day}: those missing are not yet due";
}
