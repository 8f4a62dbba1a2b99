//! The closed vocabularies of the field: kinds, events, states, lights, and what may follow what.
//!
//! Codes are what files and machine formats hold; the words people read are in `lang`.
//! The transition table is numbers.md §4; the terms are domain.md §§1–4.

/// Declares a closed vocabulary: an enum whose members carry the code that files hold.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$member_doc])* $member,)* }

        impl $name {
            /// Every member, in the order in which tables show them.
            pub const ALL: &[$name] = &[$($name::$member,)*];

            /// Returns the word that files and machine formats hold.
            pub const fn code(self) -> &'static str {
                match self { $($name::$member => $code,)* }
            }

            /// Returns the member whose code is exactly `code`.
            pub fn from_code(code: &str) -> Option<$name> {
                $name::from_bytes(code.as_bytes())
            }

            /// Returns the member whose code is exactly these bytes.
            pub fn from_bytes(code: &[u8]) -> Option<$name> {
                $(if code == $code.as_bytes() {
                    return Some($name::$member);
                })*
                None
            }
        }
    };
}

vocabulary! {
    /// Kind of an item (domain.md §2).
    Kind {
        /// Done once by a due date.
        Once = "once",
        /// Done once in each period of the plan.
        Periodic = "periodic",
        /// Judged each reporting period, never finished.
        Continuing = "continuing",
    }
}

vocabulary! {
    /// Length of a calendar period, for reports and for periodic items.
    Cycle {
        /// A calendar month.
        Month = "month",
        /// A calendar quarter.
        Quarter = "quarter",
        /// A calendar half year.
        Half = "half",
        /// A calendar year.
        Year = "year",
    }
}

vocabulary! {
    /// How the owners of an item are known.
    Owner {
        /// The notice names them.
        Named = "named",
        /// Somebody read them into the notice.
        Inferred = "inferred",
        /// The office settled them afterwards.
        Assigned = "assigned",
    }
}

vocabulary! {
    /// Who may see an item or a unit.
    Level {
        /// Everybody.
        Public = "public",
        /// The office only.
        Internal = "internal",
    }
}

vocabulary! {
    /// Whether a submission needs a file that proves it.
    EvidenceRule {
        /// A submission must carry a file.
        Required = "required",
        /// A submission may carry a file.
        Optional = "optional",
    }
}

vocabulary! {
    /// Which month's `due_day` ends a period of a periodic item.
    DueIn {
        /// The period's own last month.
        Period = "period",
        /// The month after the period.
        Next = "next",
    }
}

vocabulary! {
    /// What an entry says happened (domain.md §3).
    Event {
        /// The unit has received the item.
        Ack = "ack",
        /// The unit reports progress.
        Progress = "progress",
        /// The unit reports that nothing was done.
        Nil = "nil",
        /// The unit reports completion.
        Submit = "submit",
        /// The supervisor accepts a submission.
        Verify = "verify",
        /// The supervisor sends a submission back.
        Return = "return",
        /// The supervisor grants a later due date.
        Extend = "extend",
        /// The supervisor stops the work for a time.
        Suspend = "suspend",
        /// The supervisor lets suspended work go on.
        Resume = "resume",
        /// The supervisor takes the obligation back.
        Cancel = "cancel",
        /// The supervisor opens a closed or cancelled obligation again.
        Reopen = "reopen",
        /// The supervisor sends a slip.
        Urge = "urge",
        /// The supervisor sets a light by hand.
        Light = "light",
        /// Anyone adds a text.
        Note = "note",
        /// Voids an entry.
        Retract = "retract",
        /// Closes a period.
        Seal = "seal",
    }
}

vocabulary! {
    /// Where an obligation stands.
    State {
        /// Nothing was reported and its start lies ahead of the as-of day.
        NotBegun = "not_begun",
        /// Nothing was reported yet.
        NotStarted = "not_started",
        /// Work was reported.
        InProgress = "in_progress",
        /// Completion was reported and waits to be verified.
        Submitted = "submitted",
        /// A submission was sent back.
        Returned = "returned",
        /// The work is stopped for a time.
        Suspended = "suspended",
        /// Verified done.
        Closed = "closed",
        /// Taken back.
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// The light of an obligation or a row, worst first (numbers.md §6).
    Light {
        /// Overdue, far behind, silent for long.
        Red = "red",
        /// Something needs attention.
        Yellow = "yellow",
        /// Begun and in order.
        Green = "green",
        /// Closed.
        Done = "done",
        /// Not begun, suspended or cancelled.
        Grey = "grey",
    }
}

vocabulary! {
    /// A colour that an entry names: of a slip or of a light set by hand.
    Colour {
        /// The first slip.
        Blue = "blue",
        /// The second slip; a light.
        Yellow = "yellow",
        /// The third slip; a light.
        Red = "red",
        /// A light only.
        Green = "green",
    }
}

vocabulary! {
    /// Why a light has its colour (numbers.md §7).
    Reason {
        /// Closed in time.
        Closed = "closed",
        /// Closed after the due date.
        ClosedLate = "closed_late",
        /// Taken back.
        Cancelled = "cancelled",
        /// Stopped for a time.
        Suspended = "suspended",
        /// Its start lies ahead.
        NotBegun = "not_begun",
        /// Set by hand.
        Manual = "manual",
        /// Past its due date.
        Overdue = "overdue",
        /// Progress behind time progress.
        Behind = "behind",
        /// Reports missed.
        Missed = "missed",
        /// A slip was not answered.
        Slip = "slip",
        /// The due date is near.
        DueSoon = "due_soon",
        /// Little is left of the period.
        PeriodEnding = "period_ending",
        /// Sent back and not submitted again.
        Returned = "returned",
        /// Waits to be verified.
        Submitted = "submitted",
    }
}

vocabulary! {
    /// What the rows of the completion table are.
    By {
        /// The units that lead.
        Unit = "unit",
        /// The chapters.
        Chapter = "chapter",
        /// The measures.
        Measure = "measure",
        /// The items.
        Item = "item",
        /// The groups of units, and last the units in none.
        Group = "group",
        /// The kinds of item.
        Kind = "kind",
    }
}

/// Who may write an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The unit that owes.
    Unit,
    /// The unit that verifies.
    Supervisor,
    /// Anyone.
    Anyone,
}

impl Event {
    /// Returns who may write this event (domain.md §3).
    pub const fn actor(self) -> Actor {
        match self {
            Event::Ack | Event::Progress | Event::Nil | Event::Submit => Actor::Unit,
            Event::Verify
            | Event::Return
            | Event::Extend
            | Event::Suspend
            | Event::Resume
            | Event::Cancel
            | Event::Reopen
            | Event::Urge
            | Event::Light
            | Event::Seal => Actor::Supervisor,
            Event::Note | Event::Retract => Actor::Anyone,
        }
    }

    /// Tells whether the event is a report of the unit (numbers.md §8).
    pub const fn is_report(self) -> bool {
        matches!(self, Event::Progress | Event::Nil | Event::Submit)
    }

    /// Tells whether an obligation of this kind can have this event at all.
    pub const fn fits(self, kind: Kind) -> bool {
        match kind {
            Kind::Once | Kind::Periodic => !matches!(self, Event::Retract | Event::Seal),
            Kind::Continuing => matches!(
                self,
                Event::Ack
                    | Event::Progress
                    | Event::Nil
                    | Event::Urge
                    | Event::Light
                    | Event::Note
                    | Event::Suspend
                    | Event::Resume
                    | Event::Cancel
            ),
        }
    }

    /// Tells whether the event is allowed in a state (the table of numbers.md §4).
    pub const fn allowed_in(self, state: State) -> bool {
        use State as S;
        match self {
            Event::Ack => matches!(
                state,
                S::NotBegun
                    | S::NotStarted
                    | S::InProgress
                    | S::Submitted
                    | S::Returned
                    | S::Suspended
            ),
            Event::Progress | Event::Nil | Event::Submit => state.is_open_for_reports(),
            Event::Verify | Event::Return => matches!(state, S::Submitted),
            Event::Extend => matches!(
                state,
                S::NotBegun
                    | S::NotStarted
                    | S::InProgress
                    | S::Submitted
                    | S::Returned
                    | S::Suspended
            ),
            Event::Suspend => matches!(
                state,
                S::NotBegun | S::NotStarted | S::InProgress | S::Submitted | S::Returned
            ),
            Event::Resume => matches!(state, S::Suspended),
            Event::Cancel => !matches!(state, S::Closed | S::Cancelled),
            Event::Reopen => matches!(state, S::Closed | S::Cancelled),
            Event::Urge | Event::Light | Event::Note => true,
            Event::Retract | Event::Seal => false,
        }
    }
}

impl State {
    /// Tells whether the unit still has to work and report: not started, in progress or returned.
    pub const fn is_open_for_reports(self) -> bool {
        match self {
            State::NotBegun | State::NotStarted | State::InProgress | State::Returned => true,
            State::Submitted | State::Suspended | State::Closed | State::Cancelled => false,
        }
    }
}

impl Cycle {
    /// Returns how many months one period has.
    pub const fn months(self) -> u32 {
        match self {
            Cycle::Month => 1,
            Cycle::Quarter => 3,
            Cycle::Half => 6,
            Cycle::Year => 12,
        }
    }
}
