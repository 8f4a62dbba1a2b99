//! How often what happens: the options of the command, and what they make of a state.

use crate::chance::Chance;
use crate::life;
use crate::life::Life;
use clap::Args;
use duban::terms::Event;
use duban::terms::Kind;

/// Weights of events among those that the state of the obligation allows, and shares in a thousand.
#[derive(Args)]
#[command(next_help_heading = "Weights among the events that a state allows")]
pub(crate) struct Shares {
    /// The unit has received the item; once for each obligation.
    #[arg(long, default_value_t = 120)]
    ack: u16,
    /// The unit reports progress.
    #[arg(long, default_value_t = 420)]
    progress: u16,
    /// The unit reports that nothing was done.
    #[arg(long, default_value_t = 60)]
    nil: u16,
    /// The unit reports completion.
    #[arg(long, default_value_t = 70)]
    submit: u16,
    /// The supervisor accepts a submission.
    #[arg(long, default_value_t = 200)]
    verify: u16,
    /// The supervisor sends a submission back.
    #[arg(long = "return", default_value_t = 90)]
    returned: u16,
    /// The supervisor grants a later due date.
    #[arg(long, default_value_t = 20)]
    extend: u16,
    /// The supervisor stops the work for a time.
    #[arg(long, default_value_t = 12)]
    suspend: u16,
    /// The supervisor lets suspended work go on.
    #[arg(long, default_value_t = 120)]
    resume: u16,
    /// The supervisor takes the obligation back.
    #[arg(long, default_value_t = 4)]
    cancel: u16,
    /// The supervisor opens a closed or cancelled obligation again.
    #[arg(long, default_value_t = 30)]
    reopen: u16,
    /// The supervisor sends a slip.
    #[arg(long, default_value_t = 40)]
    urge: u16,
    /// The supervisor sets a light by hand.
    #[arg(long, default_value_t = 10)]
    light: u16,
    /// Either side adds a text; written by whichever file is shorter.
    #[arg(long, default_value_t = 60)]
    note: u16,
    /// Entries in a thousand that void the last one of their obligation.
    #[arg(long, default_value_t = 5, help_heading = "Shares in a thousand")]
    pub(crate) retracted: u32,
    /// Entries in a thousand dated up to three weeks before they are recorded.
    #[arg(long, default_value_t = 150, help_heading = "Shares in a thousand")]
    pub(crate) backdated: u32,
    /// Reports in a thousand that carry a note, though their event asks for none.
    #[arg(long, default_value_t = 80, help_heading = "Shares in a thousand")]
    pub(crate) noted: u32,
    /// Notes in a thousand with a comma or a quote, so that the field is quoted.
    #[arg(long, default_value_t = 200, help_heading = "Shares in a thousand")]
    pub(crate) quoted: u32,
}

impl Shares {
    /// Draws what may happen to an obligation next.
    pub(crate) fn draw(&self, kind: Kind, life: &Life, chance: &mut Chance) -> Event {
        let weight = |event: Event| match life::may_follow(kind, life, event) {
            true => u32::from(self.weight(event)),
            false => 0,
        };
        let whole: u32 = Event::ALL.iter().map(|event| weight(*event)).sum();
        if whole == 0 {
            return Event::Note;
        }
        let mut drawn = chance.below(whole);
        for event in Event::ALL {
            match drawn.checked_sub(weight(*event)) {
                Some(left) => drawn = left,
                None => return *event,
            }
        }
        Event::Note
    }

    const fn weight(&self, event: Event) -> u16 {
        match event {
            Event::Ack => self.ack,
            Event::Progress => self.progress,
            Event::Nil => self.nil,
            Event::Submit => self.submit,
            Event::Verify => self.verify,
            Event::Return => self.returned,
            Event::Extend => self.extend,
            Event::Suspend => self.suspend,
            Event::Resume => self.resume,
            Event::Cancel => self.cancel,
            Event::Reopen => self.reopen,
            Event::Urge => self.urge,
            Event::Light => self.light,
            Event::Note => self.note,
            Event::Retract | Event::Seal => 0,
        }
    }
}
