//! Doubts: what a notice leaves open or garbled, one constructor a code. A doubt is never a value.

use crate::lang::Said;
use crate::lang::notice as say;

/// Declares the codes of doubts, so that none can be forgotten in the list of them.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// What kind of doubt it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in the order of the page about them.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// Returns the word of the machine format.
            pub const fn code(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }
        }
    };
}

codes! {
    /// The encoding was not said.
    Encoding = "encoding",
    /// The title was not found, or taken from another line.
    Title = "title",
    /// The document number was not found.
    NumberMissing = "number-missing",
    /// Digits or brackets of a document number are lost.
    NumberGarbled = "number-garbled",
    /// Nobody is said to have issued it.
    IssuerMissing = "issuer-missing",
    /// The date of issue was not found.
    DateMissing = "date-missing",
    /// Signs of a date are lost.
    DateGarbled = "date-garbled",
    /// The date is from another place than the signature.
    DateAssumed = "date-assumed",
    /// The years of the plan are not said by its title.
    Years = "years",
    /// Digits are lost inside the text.
    DigitsLost = "digits-lost",
    /// Numbers of headings are missing, double or go on over chapters.
    Numbering = "numbering",
    /// Nobody is named for a measure.
    OwnerMissing = "owner-missing",
    /// The first of a list was taken as the lead.
    OwnerOrder = "owner-order",
    /// Several units lead.
    OwnerSeveral = "owner-several",
    /// The owners of several measures stand once.
    OwnerShared = "owner-shared",
    /// A list of owners is open: 等单位, 有关单位.
    OwnerOpen = "owner-open",
    /// A sentence says that somebody must, without naming an owner.
    OwnerInText = "owner-in-text",
    /// A deadline that names no day.
    DueUnclear = "due-unclear",
    /// A day was assumed for a deadline.
    DueAssumed = "due-assumed",
    /// A deadline that lies outside the plan.
    DueOutside = "due-outside",
    /// Something is to be done again and again without saying how often.
    Interval = "interval",
    /// A quantity that cannot be taken as one.
    Quantity = "quantity",
    /// A heading that points a way and no end.
    VagueVerb = "vague-verb",
    /// The cover letter orders something.
    Duty = "duty",
    /// The supervisor was assumed.
    Supervisor = "supervisor",
    /// The members of a group are from the list of administrative divisions.
    GroupFromList = "group-from-list",
    /// A group has no members in the notice.
    GroupOpen = "group-open",
}

/// What a reader has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What kind it is.
    pub code: Code,
    /// The line of the notice; 0 where the whole of it is meant.
    pub line: u32,
    /// The words of the notice.
    pub words: String,
    /// What is in doubt.
    pub message: Said,
}

fn doubt(code: Code, line: u32, words: &str, message: Said) -> Doubt {
    Doubt {
        code,
        line,
        words: words.to_owned(),
        message,
    }
}

/// The encoding was found by trying.
pub(super) fn encoding(name: &str) -> Doubt {
    doubt(Code::Encoding, 0, name, say::doubt_encoding(name))
}

/// Declares constructors: `name = Code, sentence;` takes line and words.
macro_rules! doubts {
    ($($(#[$doc:meta])* $name:ident = $code:ident, $say:ident;)*) => {
        $($(#[$doc])* pub(super) fn $name(line: u32, words: &str) -> Doubt {
            doubt(Code::$code, line, words, say::$say())
        })*
    };
}

doubts! {
    /// No line could be taken as the title.
    title_missing = Title, doubt_title_missing;
    /// The title stands nowhere by itself and was taken from the letter.
    title_assumed = Title, doubt_title_assumed;
    /// No number of the document.
    number_missing = NumberMissing, doubt_number_missing;
    /// A number whose brackets or digits are lost.
    number_garbled = NumberGarbled, doubt_number_garbled;
    /// No issuer.
    issuer_missing = IssuerMissing, doubt_issuer_missing;
    /// No date of issue.
    date_missing = DateMissing, doubt_date_missing;
    /// A date whose signs are lost.
    date_garbled = DateGarbled, doubt_date_garbled;
    /// A date of printing taken as that of issue.
    date_assumed = DateAssumed, doubt_date_assumed;
    /// Digits lost inside the text.
    digits_lost = DigitsLost, doubt_digits_lost;
    /// A number that is missing or double.
    numbering_gap = Numbering, doubt_numbering_gap;
    /// Numbers that go on over chapters.
    numbering_on = Numbering, doubt_numbering_on;
    /// Nobody named.
    owner_missing = OwnerMissing, doubt_owner_missing;
    /// The first was taken as the lead.
    owner_order = OwnerOrder, doubt_owner_order;
    /// Several lead.
    owner_several = OwnerSeveral, doubt_owner_several;
    /// Owners that stand once for several measures.
    owner_shared = OwnerShared, doubt_owner_shared;
    /// An open list.
    owner_open = OwnerOpen, doubt_owner_open;
    /// Somebody must, but is not called an owner.
    owner_in_text = OwnerInText, doubt_owner_in_text;
    /// A deadline without a day.
    due_unclear = DueUnclear, doubt_due_unclear;
    /// A deadline without a year in a plan of several.
    due_no_year = DueUnclear, doubt_due_no_year;
    /// 定期 without saying how often.
    interval = Interval, doubt_interval;
    /// An interval that plans do not have.
    interval_other = Interval, doubt_interval_other;
    /// A quantity in words only.
    quantity = Quantity, doubt_quantity;
    /// A vague heading.
    vague_verb = VagueVerb, doubt_vague_verb;
    /// An order of the letter.
    duty = Duty, doubt_duty;
}

/// A deadline in words, with the day assumed for it.
pub(super) fn due_assumed(line: u32, words: &str, day: impl std::fmt::Display) -> Doubt {
    doubt(Code::DueAssumed, line, words, say::doubt_due_assumed(day))
}

/// A deadline that the years of the plan do not hold.
pub(super) fn due_outside(line: u32, words: &str, day: impl std::fmt::Display) -> Doubt {
    doubt(Code::DueOutside, line, words, say::doubt_due_outside(day))
}

/// The years of the plan are assumed.
pub(super) fn years(line: u32, words: &str, year: u32) -> Doubt {
    doubt(Code::Years, line, words, say::doubt_years(year))
}

/// No year of the plan is known.
pub(super) fn years_missing() -> Doubt {
    doubt(Code::Years, 0, "", say::doubt_years_missing())
}

/// The supervisor of the draft is assumed.
pub(super) fn supervisor(words: &str) -> Doubt {
    doubt(Code::Supervisor, 0, words, say::doubt_supervisor(words))
}

/// A group of the draft whose members are those of a list of this program.
pub(super) fn group_from_list(line: u32, words: &str, city: &str, year: u32) -> Doubt {
    let message = say::doubt_group_from_list(city, year);
    doubt(Code::GroupFromList, line, words, message)
}

/// A group of the draft whose members the notice does not name.
pub(super) fn group_open(words: &str) -> Doubt {
    doubt(Code::GroupOpen, 0, words, say::doubt_group_open(words))
}
