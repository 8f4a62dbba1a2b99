//! The only writer of journals: one desk, one file, its lock held from reading the tail to the sync.
//!
//! What is told to be recorded is on the disk (contract §1.2, Append). Knows no plan and no rules of
//! events: whether an entry may be written is decided before it comes here.

pub mod acknowledged;
pub mod give_way;
mod lock;
mod mend;
mod pending;
pub mod restore;
mod tail;

use crate::calendar::Instant;
use crate::failure::Failure;
use crate::failure::Result;
use crate::journal::Draft;
use crate::journal::Head;
use crate::journal::Id;
use crate::journal::chain;
use crate::journal::file::acknowledged::Acknowledged;
use crate::journal::file::lock::Lock;
use crate::journal::file::pending::Pending;
use crate::journal::file::tail::Backwards;
use crate::journal::file::tail::Mark;
use crate::journal::line;
use crate::journal::writer::Writer;
use crate::lang::Said;
use crate::lang::failures;
use crate::terms::Event;
use crate::workspace::paper;
use crate::workspace::paper::Uncreated;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

/// What a desk needs to know of the machine and of who sits at it.
#[derive(Clone, Copy, Debug)]
pub struct DeskPlaces<'p> {
    /// The user's state folder, where there is one.
    pub state: Option<&'p Path>,
    /// Who takes the lock, in words that another window shows.
    pub who: &'p str,
    /// How to wait; `std::thread::sleep` but in tests.
    pub pause: fn(Duration),
    /// What to do with a file that is older than what was acknowledged.
    pub older: Older,
}

/// What to do with a file that no longer holds what this desk acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Older {
    /// Refuse: entries that the user was told are safe are gone.
    Refuse,
    /// Go on from the file as it is, and say so; the user has seen it.
    GoOn,
}

/// An entry that is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its number.
    pub seq: u64,
    /// Its id.
    pub id: Id,
    /// Its reference, `yjb-li:17`.
    pub name: String,
}

/// What came of an append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The entries, in the order of the drafts.
    pub receipts: Vec<Receipt>,
    /// What the user should hear besides.
    pub notices: Vec<Said>,
}

/// An entry that this desk wrote a short time ago and has not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Its reference.
    pub name: String,
    /// When it was written.
    pub recorded_at: Instant,
    /// The fourteen fields, unquoted.
    fields: [String; 14],
}

impl Recent {
    /// Tells whether a draft says the same: obligation, event, value, date and note.
    pub fn is_same(&self, draft: &Draft) -> bool {
        let date = draft.date.to_string();
        let said: [(usize, &str); 7] = [
            (2, &date),
            (3, draft.event.code()),
            (4, &draft.item),
            (5, &draft.unit),
            (6, &draft.period),
            (7, &draft.value),
            (12, &draft.note),
        ];
        said.iter().all(|(at, value)| self.fields[*at] == *value)
    }
}

/// What lies beside the first file of a folder: it keeps git from merging journals and from locks.
const BESIDE: [(&str, &str); 2] = [
    (".gitattributes", "*.csv -text -merge\n"),
    (".gitignore", "*.lock\n*.lock-by\n*.pending\n*.part\n"),
];

/// How long an entry counts as recent, in seconds.
const RECENT: i64 = 600;

/// A writer's lock, held until it is dropped: nobody appends meanwhile.
#[derive(Debug)]
pub struct Held {
    _lock: Lock,
}

/// Takes a writer's lock for work that appends nothing.
pub fn hold(folder: &Path, writer: &Writer, places: &DeskPlaces<'_>) -> Result<Held> {
    Ok(Held {
        _lock: Lock::take(folder, writer, places)?,
    })
}

/// One writer's file with its lock held.
#[derive(Debug)]
pub struct Desk {
    folder: PathBuf,
    path: PathBuf,
    writer: Writer,
    /// The open file; none until the first entry is written.
    file: Option<File>,
    length: u64,
    /// The last record; number 0 and the start of the chain before the first.
    head: Head,
    last_at: Option<Instant>,
    acknowledged: Option<Acknowledged>,
    notices: Vec<Said>,
    /// Whether a write or sync has failed, so that the end of the file is not known.
    is_spent: bool,
    /// Where several lines are kept until all of them are on the disk.
    pending: Pending,
    /// Whether the folder was made for this desk.
    folder_was: Was,
    lock: Lock,
}

/// Whether something was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Was {
    /// It was.
    There,
    /// It was not.
    Missing,
}

impl Desk {
    /// Takes the writer's lock, reads the end of its file and mends what a power cut left there.
    ///
    /// Creates the folder where it is missing, never the file: that comes with the first entry.
    pub fn open(
        folder: &Path,
        plan_id: &str,
        writer: &Writer,
        places: &DeskPlaces,
        now: Instant,
    ) -> Result<Desk> {
        Desk::sit_down(folder, plan_id, writer, places, now).map_err(not_recorded)
    }

    /// Does the same for a command that records nothing, so a refusal does not speak of recording.
    pub fn sit_down(
        folder: &Path,
        plan_id: &str,
        writer: &Writer,
        places: &DeskPlaces,
        now: Instant,
    ) -> Result<Desk> {
        let folder_was = make_folder(folder).map_err(|error| cannot_write(folder, error))?;
        let lock = Lock::take(folder, writer, places)?;
        let path = folder.join(format!("{writer}.csv"));
        let mut desk = Desk {
            folder: folder.to_owned(),
            file: None,
            path,
            writer: writer.clone(),
            length: 0,
            head: Head {
                seq: 0,
                id: chain::start(plan_id, writer.as_str()),
            },
            last_at: None,
            acknowledged: places
                .state
                .map(|state| Acknowledged::of(state, folder, plan_id, writer)),
            notices: Vec::new(),
            is_spent: false,
            pending: Pending::of(folder, writer),
            folder_was,
            lock,
        };
        desk.file = open_journal(folder, &desk.path)?;
        desk.complete(now)?;
        desk.read_tail(now)?;
        desk.refuse_copy(plan_id)?;
        desk.compare(places.older)?;
        Ok(desk)
    }

    /// Returns what the user should hear of the file: what was mended, what was interrupted.
    pub fn notices(&self) -> &[Said] {
        &self.notices
    }

    /// Returns the last record, or number 0 and the start of the chain before the first.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Returns where the file lies, whether or not it exists yet.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns when the last record was written, where that lies after `now`: a clock was set back.
    ///
    /// Such an entry may be written, but the caller asks first.
    pub fn clock_went_back(&self, now: Instant) -> Option<Instant> {
        self.last_at.filter(|last| *last > now)
    }

    /// Returns the entries of the last ten minutes that stand, the newest first.
    ///
    /// Entries from the future count: after a clock was set back they are the newest ones.
    pub fn recent(&self, now: Instant) -> Result<Vec<Recent>> {
        let Some(file) = &self.file else {
            return Ok(Vec::new());
        };
        let mut recent = Vec::new();
        let mut voided: Vec<String> = Vec::new();
        let mut lines = Backwards::before(file, self.length);
        while let Some(bytes) = lines.next_line().map_err(|error| self.unreadable(error))? {
            let Ok(record) = line::read(&bytes) else {
                break;
            };
            if now.seconds_since(record.recorded_at) > RECENT {
                break;
            }
            let fields = record.fields.values.map(|value| value.into_owned());
            if fields[3] == Event::Retract.code() {
                voided.push(fields[7].clone());
            } else if !voided.contains(&fields[13]) {
                recent.push(Recent {
                    name: self.name(record.seq),
                    recorded_at: record.recorded_at,
                    fields,
                });
            }
        }
        Ok(recent)
    }

    /// Appends entries, all or none, and gives their references once the disk has them.
    ///
    /// After a failure nothing more can be appended here: the desk must be opened again.
    pub fn append(&mut self, now: Instant, drafts: &[Draft]) -> Result<Appended> {
        let (text, receipts) = self.compose(now, drafts).map_err(not_recorded)?;
        let Some(last) = receipts.last() else {
            return Ok(Appended {
                receipts,
                notices: Vec::new(),
            });
        };
        let head = Head {
            seq: last.seq,
            id: last.id,
        };
        if receipts.len() > 1 && self.file.is_some() {
            self.pending
                .keep(self.length, &text)
                .map_err(|error| not_recorded(cannot_write(&self.path, error)))?;
        }
        self.write(&text)?;
        self.pending.forget();
        self.length += text.len() as u64;
        self.head = head;
        self.last_at = Some(now);
        let notices = self.acknowledge().into_iter().collect();
        Ok(Appended { receipts, notices })
    }

    /// Renders the lines with their numbers, times and ids, behind the header in a new file.
    fn compose(&self, now: Instant, drafts: &[Draft]) -> Result<(String, Vec<Receipt>)> {
        if self.is_spent {
            return Err(Failure::refused(failures::desk_spent(self.path.display())));
        }
        let mut text = String::new();
        if self.length == 0 {
            text.push('\u{feff}');
            text.push_str(line::HEADER);
            text.push('\n');
        }
        let mut receipts = Vec::with_capacity(drafts.len());
        let mut head = self.head;
        for draft in drafts {
            let seq = head.seq.checked_add(1).ok_or_else(|| self.full())?;
            let body = line::body_of(draft, seq, now);
            let id = chain::next(head.id, &body);
            let line = format!("{body},{id}");
            refuse_unreadable(&line)?;
            text.push_str(&line);
            text.push('\n');
            head = Head { seq, id };
            let name = self.name(seq);
            receipts.push(Receipt { seq, id, name });
        }
        Ok((text, receipts))
    }

    /// Writes lines behind the last one, or the new file with them, and waits for the disk.
    fn write(&mut self, text: &str) -> Result<()> {
        self.is_spent = true;
        match self.file.is_some() {
            true => self.write_behind(text.as_bytes())?,
            false => self.write_new(text.as_bytes())?,
        }
        self.is_spent = false;
        Ok(())
    }

    /// Creates the file with its first lines, so that nobody ever sees it empty or in part.
    fn write_new(&mut self, bytes: &[u8]) -> Result<()> {
        for (name, text) in BESIDE {
            let made = paper::create_if_absent(&self.folder.join(name), text.as_bytes());
            made.map_err(|error| not_recorded(cannot_write(&self.path, error)))?;
        }
        paper::create(&self.path, bytes).map_err(|uncreated| match uncreated {
            Uncreated::Not(error) => not_recorded(cannot_write(&self.path, error)),
            Uncreated::Unconfirmed(error) => self.not_confirmed(error),
        })?;
        self.file = open_journal(&self.folder, &self.path)?;
        Ok(())
    }

    /// Writes at the end of the file in one go.
    fn write_behind(&self, bytes: &[u8]) -> Result<()> {
        let Some(mut file) = self.file.as_ref() else {
            return Ok(());
        };
        let written = file
            .seek(SeekFrom::Start(self.length))
            .and_then(|_| file.write_all(bytes));
        written.map_err(|error| self.cut_back(error))?;
        file.sync_data().map_err(|error| self.not_confirmed(error))
    }

    /// Takes back what a failed write left, and says that nothing was recorded.
    fn cut_back(&self, error: io::Error) -> Failure {
        let cut = self.file.as_ref().map(|file| file.set_len(self.length));
        let failure = not_recorded(cannot_write(&self.path, error));
        match cut {
            Some(Ok(())) | None => {
                self.pending.forget();
                failure
            }
            Some(Err(_)) => failure.help(failures::remains_left()),
        }
    }

    fn not_confirmed(&self, error: io::Error) -> Failure {
        Failure::refused(failures::written_not_confirmed(self.path.display()))
            .cause(error)
            .help(failures::look_before_again())
    }

    /// Keeps the last record as acknowledged; returns what to say where that cannot be kept.
    fn acknowledge(&self) -> Option<Said> {
        let kept = self.acknowledged.as_ref()?.keep(self.head);
        kept.err()
            .map(|error| failures::not_kept_as_acknowledged(failures::cause(&error)))
    }

    /// Compares the file with what this desk acknowledged (contract §1.2, Append).
    fn compare(&mut self, older: Older) -> Result<()> {
        let Some(known) = self.acknowledged.as_ref().and_then(Acknowledged::last) else {
            return Ok(());
        };
        if known == self.head {
            return Ok(());
        }
        let is_behind = known.seq < self.head.seq;
        if is_behind && self.holds(known).map_err(|error| self.unreadable(error))? {
            return self.take_interrupted();
        }
        let message = failures::older_than_acknowledged(self.path.display(), self.name(known.seq));
        match older {
            Older::Refuse => Err(Failure::refused(message).help(failures::see_what_is_missing())),
            Older::GoOn => {
                self.notices.push(message);
                Ok(())
            }
        }
    }

    /// Tells whether the file still holds a record; reads no further back than to it.
    fn holds(&self, known: Head) -> io::Result<bool> {
        let Some(file) = &self.file else {
            return Ok(false);
        };
        let mut lines = Backwards::before(file, self.length);
        while let Some(bytes) = lines.next_line()? {
            match line::read(&bytes) {
                Ok(record) if record.seq > known.seq => {}
                Ok(record) => return Ok(record.seq == known.seq && record.id == known.id),
                Err(_) => return Ok(false),
            }
        }
        Ok(false)
    }

    /// Takes up records that were written but never acknowledged: their command was interrupted.
    fn take_interrupted(&mut self) -> Result<()> {
        if let Some(file) = &self.file {
            file.sync_data()
                .map_err(|error| cannot_write(&self.path, error))?;
        }
        let name = self.name(self.head.seq);
        let is_said = self.notices.contains(&failures::line_end_added(&name))
            || self.notices.contains(&failures::several_completed(&name));
        if !is_said {
            self.notices.push(failures::interrupted_but_recorded(name));
        }
        self.notices.extend(self.acknowledge());
        Ok(())
    }

    /// Returns the reference of a record of this desk.
    fn name(&self, seq: u64) -> String {
        format!("{}:{seq}", self.writer)
    }

    fn full(&self) -> Failure {
        Failure::refused(failures::no_more_numbers(self.path.display()))
    }

    fn unreadable(&self, error: io::Error) -> Failure {
        Failure::unreadable(failures::cannot_read(self.path.display())).cause(error)
    }
}

impl Drop for Desk {
    /// Leaves no trace where nothing was written: a refused first entry makes no journal.
    fn drop(&mut self) {
        if self.file.is_none() {
            self.lock.vanish();
            if self.folder_was == Was::Missing {
                let _ = fs::remove_dir(&self.folder);
            }
        }
    }
}

/// Refuses a line that the reader would not read back as the same record.
fn refuse_unreadable(line: &str) -> Result<()> {
    if line.len() > line::LONGEST {
        return Err(Failure::refused(failures::line_too_long(line.len())).help(failures::shorten()));
    }
    let is_one_line = !line.contains(['\n', '\r', '\0']);
    let is_record = line::read(line.as_bytes()).is_ok_and(|record| record.fields.is_canonical);
    match is_one_line && is_record {
        true => Ok(()),
        false => Err(Failure::refused(failures::line_breaks_inside())),
    }
}

/// Creates the journal folder where it is missing; tells whether it was.
fn make_folder(folder: &Path) -> io::Result<Was> {
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() => return Ok(Was::There),
        Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    fs::create_dir_all(folder)?;
    if let Some(parent) = folder.parent().filter(|parent| parent.is_dir()) {
        paper::sync_folder(parent)?;
    }
    Ok(Was::Missing)
}

/// Opens a writer's file where there is one.
fn open_journal(folder: &Path, path: &Path) -> Result<Option<File>> {
    is_plain_or_absent(path).map_err(|error| cannot_write(path, error))?;
    match OpenOptions::new().read(true).write(true).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            refuse_other_case(folder, path)?;
            Ok(None)
        }
        Err(error) => Err(cannot_write(path, error)),
    }
}

/// Refuses to start a file beside one whose name differs in case only: both would be one writer's.
fn refuse_other_case(folder: &Path, path: &Path) -> Result<()> {
    let wanted = path.file_name().unwrap_or_default();
    let entries = fs::read_dir(folder).map_err(|error| cannot_write(folder, error))?;
    for entry in entries {
        let found = entry
            .map_err(|error| cannot_write(folder, error))?
            .file_name();
        if found.eq_ignore_ascii_case(wanted) {
            let message = failures::name_differs_in_case(found.display(), wanted.display());
            return Err(Failure::refused(message).help(failures::rename_to(wanted.display())));
        }
    }
    Ok(())
}

/// Fails where something stands that is no plain file: a link, a pipe, a folder.
fn is_plain_or_absent(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(()),
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) => Err(io::ErrorKind::InvalidInput.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn cannot_write(path: &Path, error: io::Error) -> Failure {
    Failure::refused(failures::cannot_write(path.display())).cause(error)
}

/// Says first what matters most to who was recording.
fn not_recorded(failure: Failure) -> Failure {
    Failure {
        message: failures::not_recorded(failure.message),
        ..failure
    }
}

/// Returns what to say of a file that lost its byte order mark.
fn lost_mark(mark: Mark, path: &Path) -> Option<Said> {
    match mark {
        Mark::There => None,
        Mark::Lost => Some(failures::lost_mark(path.display())),
    }
}
