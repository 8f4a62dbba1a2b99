//! Sentences for findings: what is the case, and what to type.

pub mod journal;
pub mod plan;

use crate::lang::sentences;

sentences! {
    more_of_the_same(rest) => "同类问题还有 {rest} 处，未逐一列出", "{rest} more of the same kind, not listed one by one";
}
