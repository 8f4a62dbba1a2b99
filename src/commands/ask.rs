//! Questions to whoever sits at the terminal. Never asked where nobody can answer.

use crate::commands::CanAsk;
use crate::commands::Ctx;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::Said;
use crate::lang::Word;
use crate::lang::failures;
use crate::lang::recording as say;
use crate::recording::texts;
use crate::recording::texts::Fault;
use std::io;
use std::io::Write;

impl Ctx {
    /// Asks a question and returns the answer without blanks at its ends.
    pub(super) fn ask(&self, question: &Said) -> Result<String> {
        let mut err = io::stderr().lock();
        let asked = write!(err, "{}", question.text(self.lang)).and_then(|()| err.flush());
        asked.map_err(no_answer)?;
        let mut answer = String::new();
        match io::stdin().read_line(&mut answer).map_err(no_answer)? {
            0 => Err(Failure::usage(failures::no_answer())),
            _ => Ok(answer.trim().to_owned()),
        }
    }

    /// Asks for yes or no; nothing but a clear yes is one.
    pub(super) fn confirm(&self, question: &Said) -> Result<bool> {
        let question = Said {
            zh: format!("{}{}", question.zh, say::YES_OR_NO.zh),
            en: format!("{}{}", question.en, say::YES_OR_NO.en),
        };
        let answer = self.ask(&question)?.to_lowercase();
        Ok(matches!(answer.as_str(), "y" | "yes" | "是" | "好" | "ｙ"))
    }

    /// Returns a text as it may be stored; on a terminal offers to mend what stands against it.
    pub(super) fn settle_text(&self, field: Word, text: &str) -> Result<String> {
        let text = texts::stored(text);
        let Some(fault) = texts::fault(&text) else {
            return Ok(text);
        };
        let can_ask = self.terminal.can_ask == CanAsk::Yes;
        match fault {
            Fault::LineBreak if can_ask && self.confirm(&say::ask_fold())? => {
                self.settle_text(field, &texts::folded(&text))
            }
            Fault::Formula(sign) if can_ask && self.confirm(&say::ask_full_width())? => {
                let rest = text.strip_prefix(sign).unwrap_or_default();
                self.settle_text(field, &format!("{}{rest}", texts::full_width(sign)))
            }
            fault => Err(refuse(field.text(self.lang), fault)),
        }
    }
}

fn refuse(field: &str, fault: Fault) -> Failure {
    match fault {
        Fault::LineBreak => {
            Failure::usage(say::has_line_break(field)).help(say::fold_line_breaks())
        }
        Fault::Hidden(sign) => {
            let code = format!("U+{:04X}", u32::from(sign));
            Failure::usage(say::has_hidden(field, code)).help(say::remove_hidden())
        }
        Fault::Formula(sign) => Failure::usage(say::starts_like_formula(field, sign))
            .help(say::use_full_width(texts::full_width(sign))),
        Fault::TooLong(count) => {
            Failure::usage(say::too_long(field, count)).help(say::shorten_text())
        }
    }
}

fn no_answer(error: io::Error) -> Failure {
    Failure::usage(failures::no_answer()).cause(error)
}
