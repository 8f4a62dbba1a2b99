//! Failures: why a command could not do its work, with the exit code that says so.
//!
//! A failure is about the machine or about what was typed, never about the content of the user's
//! files; those are findings. It says the verb and the path, and what to type where that helps.

use crate::lang::Lang;
use crate::lang::Said;
use crate::lang::failures as say;
use std::io;

/// How the process ends (contract §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The answer is negative.
    Negative = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// Input cannot be read or parsed.
    Unreadable = 3,
    /// A write was refused.
    Refused = 4,
}

/// Why a command stopped.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What could not be done.
    pub message: Said,
    /// What to type.
    pub help: Option<Said>,
    /// What the machine said.
    pub cause: Option<io::Error>,
}

/// What a command gives back when it cannot be done.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// Wrong usage or configuration: exit 2.
    pub fn usage(message: Said) -> Failure {
        Failure::new(Exit::Usage, message)
    }

    /// Input that cannot be read: exit 3.
    pub fn unreadable(message: Said) -> Failure {
        Failure::new(Exit::Unreadable, message)
    }

    /// A refused write: exit 4.
    pub fn refused(message: Said) -> Failure {
        Failure::new(Exit::Refused, message)
    }

    fn new(exit: Exit, message: Said) -> Failure {
        Failure {
            exit,
            message,
            help: None,
            cause: None,
        }
    }

    /// Says what to type.
    pub fn help(mut self, help: Said) -> Failure {
        self.help = Some(help);
        self
    }

    /// Keeps what the machine said.
    pub fn cause(mut self, cause: io::Error) -> Failure {
        self.cause = Some(cause);
        self
    }

    /// Returns the failure as the lines that stderr shows, without a last line end.
    pub fn text(&self, lang: Lang) -> String {
        let mut text = format!("{}{}", say::ERROR.text(lang), self.message.text(lang));
        if let Some(cause) = &self.cause {
            text.push_str(say::COLON.text(lang));
            text.push_str(say::cause(cause).text(lang));
        }
        if let Some(help) = &self.help {
            text.push_str(&format!("\n  = {}", help.text(lang)));
        }
        text
    }
}
