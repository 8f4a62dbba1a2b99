//! Official notices: every form of number, owner and deadline, nothing lost, nothing invented.
//!
//! A folder under `tests/notices/` holds an invented notice and what is read of it;
//! `UPDATE=1` writes `expected.txt` again.

#[path = "notice/command.rs"]
mod command;
#[path = "notice/laws.rs"]
mod laws;
#[path = "notice/safety.rs"]
mod safety;

use duban::finding;
use duban::finding::Severity;
use duban::lang::Lang;
use duban::plan::draft;
use duban::plan::notice;
use duban::plan::notice::Item;
use duban::plan::notice::Notice;
use duban::plan::notice::Refusal;
use duban::plan::notice::Wishes;
use duban::plan::notice::draft as of_notice;
use duban::plan::source;
use std::fmt::Write;
use std::fs;
use std::io::Cursor;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NOTICES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/notices");

/// Returns the folders of notices, by name.
pub(crate) fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(NOTICES).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// Returns the bytes of the notice in a folder; a Word file is put together from its parts.
pub(crate) fn bytes(folder: &Path) -> Vec<u8> {
    for name in ["input.txt", "input.html"] {
        if let Ok(bytes) = fs::read(folder.join(name)) {
            return bytes;
        }
    }
    let parts = ["document.xml", "numbering.xml", "styles.xml"];
    let parts = parts.iter().filter_map(|name| {
        let xml = fs::read(folder.join(name)).ok()?;
        Some((format!("word/{name}"), xml))
    });
    word(parts)
}

/// Returns a Word file of these parts.
pub(crate) fn word(parts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(&xml).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub(crate) fn read(bytes: &[u8]) -> Result<Notice, Refusal> {
    notice::read(bytes, &Wishes::default())
}

/// Returns what was read in a form that fits on a page.
fn shown(read: &Result<Notice, Refusal>) -> String {
    let notice = match read {
        Ok(notice) => notice,
        Err(Refusal::NoPlan(why)) => return format!("no plan: {}\n", why.en),
        Err(Refusal::Unreadable(why)) => return format!("unreadable: {}\n", why.en),
    };
    let mut page = String::new();
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    writeln!(page, "title    {}", or_none(&notice.title)).unwrap();
    writeln!(page, "number   {}", or_none(&notice.number)).unwrap();
    let issued = notice.issued.map(|day| day.to_string());
    writeln!(
        page,
        "issued   {} by {}",
        or_none(&issued),
        or_none(&notice.issuer)
    )
    .unwrap();
    if let Some((first, last)) = notice.years {
        writeln!(page, "years    {first}-{last}").unwrap();
    }
    if !notice.addressees.is_empty() {
        writeln!(page, "to       {}", notice.addressees.join(" | ")).unwrap();
    }
    for set in &notice.sets {
        writeln!(page, "set      {} = {}", set.name, set.members.join(" | ")).unwrap();
    }
    for (at, chapter) in notice.chapters.iter().enumerate() {
        let label = chapter.label.as_deref().unwrap_or("-");
        writeln!(page, "\n{label} {}", chapter.title).unwrap();
        for measure in notice
            .measures
            .iter()
            .filter(|measure| measure.chapter == at)
        {
            let label = measure.label.as_deref().unwrap_or("-");
            write!(
                page,
                "  {} @{} {label} {}",
                measure.id, measure.line, measure.title
            )
            .unwrap();
            if !measure.groups.is_empty() {
                write!(page, "  < {}", measure.groups.join(" < ")).unwrap();
            }
            page.push('\n');
            if !measure.lead.is_empty() {
                writeln!(page, "    lead   {}", measure.lead.join(" | ")).unwrap();
            }
            if !measure.assist.is_empty() {
                writeln!(page, "    assist {}", measure.assist.join(" | ")).unwrap();
            }
            for item in &measure.items {
                writeln!(page, "    {}", item_shown(item)).unwrap();
            }
        }
    }
    page.push('\n');
    for duty in &notice.duties {
        writeln!(page, "duty     @{} {}", duty.line, duty.text).unwrap();
    }
    for left in &notice.left_out {
        let text: String = left.text.chars().take(30).collect();
        writeln!(page, "left out @{} {:?}: {text}", left.line, left.why).unwrap();
    }
    for doubt in &notice.doubts {
        let words: String = doubt.words.chars().take(30).collect();
        writeln!(
            page,
            "doubt    @{} {}: {words}",
            doubt.line,
            doubt.code.code()
        )
        .unwrap();
    }
    page
}

fn item_shown(item: &Item) -> String {
    let mut line = format!("- {}", item.kind.code());
    if let Some(every) = item.every {
        write!(line, " every {}", every.code()).unwrap();
    }
    if let (Some(day), Some(due_in)) = (item.due_day, item.due_in) {
        write!(line, " day {day} in {}", due_in.code()).unwrap();
    }
    if let Some(due) = item.due {
        write!(line, " due {due}").unwrap();
    }
    if let Some(words) = &item.due_words {
        write!(line, " ({words})").unwrap();
    }
    if let Some(quantity) = &item.quantity {
        write!(line, " x {} {}", quantity.amount, quantity.unit).unwrap();
    }
    write!(line, ": {}", item.title).unwrap();
    line
}

#[test]
fn every_notice_gives_what_its_folder_expects() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let found = shown(&read(&bytes(&folder)));
        let path = folder.join("expected.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &found).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_draft_is_a_plan_without_errors_in_both_languages() {
    for folder in folders() {
        let Ok(notice) = read(&bytes(&folder)) else {
            continue;
        };
        for lang in [Lang::Zh, Lang::En] {
            check_draft(&notice, lang, &folder);
        }
    }
}

#[track_caller]
pub(crate) fn check_draft(notice: &Notice, lang: Lang, folder: &Path) {
    let id = of_notice::id(notice).unwrap();
    let (plan, _) = of_notice::plan(notice, &id, lang).unwrap();
    let text = draft::text(&plan);
    let (plan, findings) = source::read(&format!("{id}.toml"), &text);
    let errors: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.message.en.as_str())
        .collect();
    assert!(
        errors.is_empty(),
        "{}: {errors:?}\n{text}",
        folder.display()
    );
    assert_eq!(finding::count(&findings, Severity::Error), 0);
    let plan = plan.unwrap();
    assert_eq!(
        plan.measures.len(),
        notice.measures.len(),
        "{}",
        folder.display()
    );
    assert_eq!(
        plan.chapters.len(),
        notice.chapters.len(),
        "{}",
        folder.display()
    );
}
