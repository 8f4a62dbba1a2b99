//! The only writer: what is told to be recorded is there, and nothing is lost or invented.

use duban::calendar::Day;
use duban::calendar::Instant;
use duban::failure::Exit;
use duban::failure::Failure;
use duban::journal::Draft;
use duban::journal::chain;
use duban::journal::file::Desk;
use duban::journal::file::DeskPlaces;
use duban::journal::file::Older;
use duban::journal::line;
use duban::journal::writer::Writer;
use duban::lang::Lang;
use duban::terms::Event;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const PLAN: &str = "zhanjiang-2013";

/// The three records of the contract's known answer.
const KNOWN: [&str; 3] = [
    "1,2013-04-02T09:15:00+08:00,2013-04-02,ack,5.1.2,chikan,,,chikan,经办甲,,,,60d168ac37efbed03c755a1ed35d2d92",
    "2,2013-07-03T16:40:12+08:00,2013-06-30,progress,4.2.1,yjb,,62,yjb,经办甲,,,\"累计62场,其中进校园20场\",c477dc2486a51a17be724ccb2648f1aa",
    "3,2013-07-09T08:05:00+08:00,2013-07-08,submit,5.1.2,chikan,,,chikan,经办甲,赤财预〔2013〕12号,,\"见\"\"附件2\"\"\",67e25ea30e1520188d709e20cb5188d9",
];

/// A workspace of one desk.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        Office { folder }
    }

    /// An office whose journal holds the known answer.
    fn known() -> Office {
        let office = Office::new();
        let mut desk = office.desk().unwrap();
        for (at, draft) in drafts() {
            desk.append(instant(at), &[draft]).unwrap();
        }
        office
    }

    fn journal(&self) -> PathBuf {
        self.folder.path().join("zhanjiang-2013.journal")
    }

    fn csv(&self) -> PathBuf {
        self.journal().join("yjb-li.csv")
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.csv()).unwrap()
    }

    /// Puts bytes in the place of the file, as another program would.
    fn put(&self, bytes: &[u8]) {
        fs::create_dir_all(self.journal()).unwrap();
        fs::write(self.csv(), bytes).unwrap();
    }

    fn desk(&self) -> Result<Desk, Failure> {
        self.desk_with(Older::Refuse)
    }

    fn desk_with(&self, older: Older) -> Result<Desk, Failure> {
        let state = self.state();
        let places = DeskPlaces {
            state: Some(&state),
            who: "经办甲 @ pc-01",
            pause: breathe,
            older,
        };
        let now = instant("2013-07-10T08:00:00+08:00");
        Desk::open(&self.journal(), PLAN, &writer(), &places, now)
    }

    fn forget(&self) {
        let _ = fs::remove_dir_all(self.state());
    }

    fn torn(&self) -> Vec<Vec<u8>> {
        let mut paths: Vec<PathBuf> = fs::read_dir(self.journal())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.to_string_lossy().contains(".torn-"))
            .collect();
        paths.sort();
        paths.iter().map(|path| fs::read(path).unwrap()).collect()
    }
}

fn writer() -> Writer {
    Writer::parse("yjb-li").unwrap()
}

fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// Returns the drafts of the known answer with their times.
fn drafts() -> Vec<(&'static str, Draft)> {
    KNOWN
        .iter()
        .map(|text| {
            let record = line::read(text.as_bytes()).unwrap();
            let field = |at: usize| record.fields.values[at].to_string();
            let draft = Draft {
                date: record.date,
                event: Event::from_code(&field(3)).unwrap(),
                item: field(4),
                unit: field(5),
                period: field(6),
                value: field(7),
                acting: field(8),
                by: field(9),
                reference: field(10),
                evidence: field(11),
                note: field(12),
            };
            (text.split(',').nth(1).unwrap(), draft)
        })
        .collect()
}

fn note(text: &str) -> Draft {
    Draft {
        note: text.to_owned(),
        event: Event::Note,
        date: Day::parse("2013-07-10").unwrap(),
        ..drafts().remove(0).1
    }
}

fn file_of(lines: &[&str]) -> Vec<u8> {
    let mut text = format!("\u{feff}{}\n", line::HEADER);
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    text.into_bytes()
}

#[track_caller]
fn check_refused(office: &Office, words: &[&str]) {
    let before = office.bytes();
    let failure = office.desk().unwrap_err();
    let text = failure.text(Lang::En);
    assert_eq!(failure.exit, Exit::Refused, "{text}");
    for word in words {
        assert!(text.contains(word), "{text:?} lacks {word:?}");
    }
    assert!(text.starts_with("error: not recorded: "), "{text}");
    assert_eq!(office.bytes(), before, "a refused file was changed");
}

#[test]
fn the_known_answer_comes_out_byte_for_byte() {
    let office = Office::new();
    let mut desk = office.desk().unwrap();
    assert_eq!(
        desk.head().id.to_string(),
        "7e6c4115ac4ab97a740ea2abe7f375bc"
    );
    let mut names = Vec::new();
    for (at, draft) in drafts() {
        let appended = desk.append(instant(at), &[draft]).unwrap();
        assert_eq!(appended.notices, []);
        names.push(appended.receipts[0].name.clone());
    }
    assert_eq!(names, ["yjb-li:1", "yjb-li:2", "yjb-li:3"]);
    assert_eq!(office.bytes(), file_of(&KNOWN));
}

#[test]
fn a_batch_is_one_chain_and_goes_on_at_the_next_desk() {
    let office = Office::known();
    let mut desk = office.desk().unwrap();
    assert_eq!(desk.notices(), []);
    let now = instant("2013-07-10T08:00:00+08:00");
    let appended = desk.append(now, &[note("甲"), note("乙")]).unwrap();
    assert_eq!(appended.receipts[1].seq, 5);
    drop(desk);
    let desk = office.desk().unwrap();
    assert_eq!(desk.head().seq, 5);
    assert_eq!(desk.head().id, appended.receipts[1].id);
}

#[test]
fn appending_nothing_writes_nothing() {
    let office = Office::known();
    let mut desk = office.desk().unwrap();
    let now = instant("2013-07-10T08:00:00+08:00");
    assert_eq!(desk.append(now, &[]).unwrap().receipts, []);
    assert_eq!(office.bytes(), file_of(&KNOWN));
}

#[test]
fn the_folder_keeps_git_from_merging_and_from_seeing_locks() {
    let office = Office::known();
    let read = |name: &str| fs::read_to_string(office.journal().join(name)).unwrap();
    assert_eq!(read(".gitattributes"), "*.csv -text -merge\n");
    assert_eq!(read(".gitignore"), "*.lock\n*.lock-by\n*.pending\n*.part\n");
}

#[test]
fn an_opened_desk_without_an_entry_leaves_no_journal() {
    let office = Office::new();
    drop(office.desk().unwrap());
    assert!(!office.csv().exists());
}

#[test]
fn a_second_window_is_told_who_holds_the_desk() {
    let office = Office::known();
    let desk = office.desk().unwrap();
    check_refused(&office, &["yjb-li", "经办甲 @ pc-01"]);
    drop(desk);
    assert!(office.desk().is_ok());
    assert!(!office.journal().join("yjb-li.lock-by").exists());
}

#[test]
fn a_line_over_one_mebibyte_is_refused_before_anything_is_written() {
    let office = Office::known();
    let mut desk = office.desk().unwrap();
    let now = instant("2013-07-10T08:00:00+08:00");
    let long = note(&"长".repeat(400_000));
    let failure = desk.append(now, &[note("短"), long]).unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert_eq!(office.bytes(), file_of(&KNOWN));
    assert_eq!(desk.append(now, &[note("短")]).unwrap().receipts[0].seq, 4);
}

#[test]
fn a_line_break_never_reaches_the_file() {
    let office = Office::known();
    let mut desk = office.desk().unwrap();
    let now = instant("2013-07-10T08:00:00+08:00");
    for bad in ["甲\n乙", "甲\r乙", "甲\0乙"] {
        assert!(desk.append(now, &[note(bad)]).is_err());
    }
    assert_eq!(office.bytes(), file_of(&KNOWN));
}

#[test]
fn cut_at_every_byte_nothing_is_lost_and_nothing_invented() {
    let whole = file_of(&KNOWN);
    let two = file_of(&KNOWN[..2]).len();
    for length in 0..whole.len() {
        let office = Office::new();
        office.put(&whole[..length]);
        let mut desk = office.desk().unwrap();
        let kept: usize = [
            file_of(&[]),
            file_of(&KNOWN[..1]),
            file_of(&KNOWN[..2]),
            whole.clone(),
        ]
        .iter()
        .filter(|file| length + 1 >= file.len())
        .map(Vec::len)
        .max()
        .unwrap_or(0);
        assert_eq!(office.bytes(), &whole[..kept], "cut at {length}");
        let aside = office.torn().concat();
        assert_eq!(aside, &whole[kept.min(length)..length], "cut at {length}");
        let is_mended = length > 0 && whole[length - 1] != b'\n' && length > file_of(&[]).len();
        assert_eq!(
            !desk.notices().is_empty(),
            is_mended || !aside.is_empty(),
            "cut at {length}"
        );
        if length > two {
            let expected = if kept == whole.len() { 3 } else { 2 };
            assert_eq!(desk.head().seq, expected);
        }
        let now = instant("2013-07-10T08:00:00+08:00");
        let seq = desk.head().seq + 1;
        assert_eq!(
            desk.append(now, &[note("续")]).unwrap().receipts[0].seq,
            seq
        );
        drop(desk);
        assert_eq!(office.desk().unwrap().notices(), [], "cut at {length}");
    }
}

#[test]
fn a_tail_of_nuls_is_set_aside_whole() {
    for before in [file_of(&KNOWN), file_of(&[])] {
        for count in [1, 17, 5_000, 2_000_000] {
            let office = Office::new();
            let mut bytes = before.clone();
            bytes.resize(before.len() + count, 0);
            office.put(&bytes);
            let desk = office.desk().unwrap();
            assert!(desk.notices()[0].en.contains(&count.to_string()));
            assert_eq!(office.bytes(), before);
            assert_eq!(office.torn(), [vec![0; count]]);
        }
    }
}

#[test]
fn torn_tails_of_one_second_do_not_overwrite_each_other() {
    let office = Office::known();
    for tail in ["4,半", "4,另一半"] {
        office.put(&[file_of(&KNOWN), tail.as_bytes().to_vec()].concat());
        office.desk().unwrap();
    }
    assert_eq!(office.torn().len(), 2);
}

#[test]
fn a_last_line_in_another_form_is_left_for_repair() {
    let crlf = String::from_utf8(file_of(&KNOWN))
        .unwrap()
        .replace('\n', "\r\n");
    let only_last = [
        file_of(&KNOWN[..2]),
        KNOWN[2].as_bytes().to_vec(),
        b"\r\n".to_vec(),
    ]
    .concat();
    let (gbk, _, _) = encoding_rs::GB18030.encode(KNOWN[2]);
    let gbk = [file_of(&KNOWN[..2]), gbk.to_vec(), b"\n".to_vec()].concat();
    let quoted = KNOWN[2].replace("submit", "\"submit\"");
    let quoted = file_of(&[KNOWN[0], KNOWN[1], &quoted]);
    for bytes in [crlf.into_bytes(), only_last, gbk, quoted] {
        let office = Office::new();
        office.put(&bytes);
        check_refused(&office, &["another form", "duban repair"]);
    }
}

#[test]
fn a_damaged_last_line_is_refused_and_left_as_it_is() {
    let changed = KNOWN[2].replace("chikan", "xiashan");
    let cut = &KNOWN[2][..60];
    let elsewhere = KNOWN[1].replace("c477", "c478");
    for last in [
        &[KNOWN[0], KNOWN[1], &changed][..],
        &[KNOWN[0], cut],
        &[KNOWN[0], ""],
        &[KNOWN[0], &elsewhere, KNOWN[2]],
        &["", KNOWN[0]],
    ] {
        let office = Office::new();
        office.put(&file_of(last));
        check_refused(&office, &["last line", "duban verify", "duban repair"]);
    }
}

#[test]
fn a_record_of_another_writer_or_plan_does_not_follow() {
    let office = Office::new();
    office.put(&file_of(&KNOWN));
    let places = DeskPlaces {
        state: None,
        who: "",
        pause: breathe,
        older: Older::Refuse,
    };
    let now = instant("2013-07-10T08:00:00+08:00");
    let other_plan = Desk::open(&office.journal(), "zhanjiang-2014", &writer(), &places, now);
    // The last line follows from the one before; only the first tells whose file it is.
    assert!(other_plan.is_ok());
    office.put(&file_of(&KNOWN[..1]));
    assert!(Desk::open(&office.journal(), "zhanjiang-2014", &writer(), &places, now).is_err());
}

#[test]
fn a_copy_of_another_writers_file_is_refused() {
    let office = Office::known();
    let now = instant("2013-07-10T08:00:00+08:00");
    let places = DeskPlaces {
        state: None,
        who: "",
        pause: breathe,
        older: Older::Refuse,
    };
    fs::copy(office.csv(), office.journal().join("czj.csv")).unwrap();
    let other = Writer::parse("czj").unwrap();
    let failure = Desk::open(&office.journal(), PLAN, &other, &places, now).unwrap_err();
    assert!(failure.text(Lang::En).contains("copy of another"));
    assert!(office.desk().is_ok());
}

#[test]
fn another_header_is_no_journal() {
    let office = Office::new();
    office.put("日期,事项\n2013-01-01,5.1\n".as_bytes());
    check_refused(&office, &["header"]);
}

#[test]
fn a_lost_byte_order_mark_is_said_and_goes_on() {
    let office = Office::new();
    office.put(&file_of(&KNOWN)[3..]);
    let mut desk = office.desk().unwrap();
    assert!(desk.notices()[0].en.contains("byte order mark"));
    let now = instant("2013-07-10T08:00:00+08:00");
    assert_eq!(desk.append(now, &[note("续")]).unwrap().receipts[0].seq, 4);
}

#[test]
fn a_file_older_than_acknowledged_is_refused() {
    let older = [file_of(&KNOWN[..2]), file_of(&[]), Vec::new()];
    for bytes in older {
        let office = Office::known();
        office.put(&bytes);
        check_refused(&office, &["older", "yjb-li:3", "duban verify", "--force"]);
        let desk = office.desk_with(Older::GoOn).unwrap();
        assert!(desk.notices()[0].en.contains("yjb-li:3"));
    }
}

#[test]
fn a_missing_file_is_older_than_acknowledged() {
    let office = Office::known();
    fs::remove_file(office.csv()).unwrap();
    let failure = office.desk().unwrap_err();
    assert!(failure.text(Lang::Zh).contains("yjb-li:3"));
}

#[test]
fn another_record_of_the_acknowledged_number_is_refused() {
    let office = Office::known();
    let fork = Office::new();
    let mut desk = fork.desk().unwrap();
    for (at, draft) in drafts() {
        let draft = Draft {
            note: "另写".to_owned(),
            ..draft
        };
        desk.append(instant(at), &[draft]).unwrap();
    }
    for _ in 0..2 {
        desk.append(instant("2013-07-10T08:00:00+08:00"), &[note("续")])
            .unwrap();
    }
    office.put(&fork.bytes());
    check_refused(&office, &["older"]);
}

#[test]
fn entries_written_but_never_acknowledged_are_taken_up_and_said() {
    let office = Office::known();
    let kept = fs::read_dir(office.state().join("acknowledged"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let old = fs::read(&kept).unwrap();
    let mut desk = office.desk().unwrap();
    desk.append(instant("2013-07-10T08:00:00+08:00"), &[note("甲")])
        .unwrap();
    drop(desk);
    fs::write(&kept, old).unwrap();
    let desk = office.desk().unwrap();
    assert!(desk.notices()[0].en.contains("yjb-li:4 is recorded"));
    drop(desk);
    assert_eq!(office.desk().unwrap().notices(), []);
}

#[test]
fn a_torn_note_of_the_acknowledgement_raises_no_alarm() {
    let office = Office::known();
    for entry in fs::read_dir(office.state().join("acknowledged")).unwrap() {
        fs::write(entry.unwrap().path(), "3,67e2").unwrap();
    }
    assert_eq!(office.desk().unwrap().notices(), []);
}

#[test]
fn a_copy_of_the_workspace_is_another_journal() {
    let office = Office::known();
    let copy = office.folder.path().join("copy.journal");
    fs::create_dir(&copy).unwrap();
    fs::write(copy.join("yjb-li.csv"), file_of(&KNOWN[..1])).unwrap();
    let state = office.state();
    let places = DeskPlaces {
        state: Some(&state),
        who: "",
        pause: breathe,
        older: Older::Refuse,
    };
    let now = instant("2013-07-10T08:00:00+08:00");
    assert!(Desk::open(&copy, PLAN, &writer(), &places, now).is_ok());
}

#[test]
fn a_state_folder_that_cannot_be_written_costs_a_word_not_the_entry() {
    let office = Office::new();
    fs::write(office.state(), "a file").unwrap();
    let mut desk = office.desk().unwrap();
    let appended = desk
        .append(instant("2013-07-10T08:00:00+08:00"), &[note("甲")])
        .unwrap();
    assert_eq!(appended.receipts[0].seq, 1);
    assert!(appended.notices[0].en.starts_with("recorded, but"));
}

#[test]
fn a_clock_that_went_back_is_told_before_writing() {
    let office = Office::known();
    let desk = office.desk().unwrap();
    assert!(
        desk.clock_went_back(instant("2013-07-09T08:04:59+08:00"))
            .is_some()
    );
    assert!(
        desk.clock_went_back(instant("2013-07-09T08:05:00+08:00"))
            .is_none()
    );
}

#[test]
fn what_was_written_ten_minutes_ago_is_recent_until_it_is_taken_back() {
    let office = Office::known();
    let mut desk = office.desk().unwrap();
    let draft = drafts().remove(2).1;
    let recent = desk.recent(instant("2013-07-09T08:15:00+08:00")).unwrap();
    assert_eq!(recent.len(), 1);
    assert!(recent[0].is_same(&draft));
    assert!(!recent[0].is_same(&Draft {
        note: "别的".to_owned(),
        ..draft.clone()
    }));
    assert_eq!(
        desk.recent(instant("2013-07-09T08:15:01+08:00")).unwrap(),
        []
    );
    let retract = Draft {
        event: Event::Retract,
        value: desk.head().id.to_string(),
        ..draft
    };
    let now = instant("2013-07-09T08:06:00+08:00");
    desk.append(now, &[retract]).unwrap();
    assert_eq!(desk.recent(now).unwrap(), []);
}

#[test]
fn a_file_whose_name_differs_in_case_is_not_doubled() {
    let office = Office::known();
    office.forget();
    fs::rename(office.csv(), office.journal().join("yjb-li.CSV")).unwrap();
    let failure = office.desk().unwrap_err();
    assert!(failure.text(Lang::En).contains("yjb-li.CSV"));
}

#[cfg(unix)]
#[test]
fn a_link_or_folder_in_the_place_of_the_file_is_refused() {
    let office = Office::new();
    fs::create_dir_all(office.csv()).unwrap();
    assert_eq!(office.desk().unwrap_err().exit, Exit::Refused);
    let office = Office::new();
    fs::create_dir_all(office.journal()).unwrap();
    std::os::unix::fs::symlink(office.folder.path().join("elsewhere"), office.csv()).unwrap();
    assert_eq!(office.desk().unwrap_err().exit, Exit::Refused);
    assert!(!office.folder.path().join("elsewhere").exists());
}

#[test]
fn a_journal_folder_that_is_a_file_fails_clearly() {
    let office = Office::new();
    fs::write(office.journal(), "x").unwrap();
    let failure = office.desk().unwrap_err();
    assert_eq!(failure.exit, Exit::Refused);
    assert!(
        failure
            .text(Lang::En)
            .starts_with("error: not recorded: cannot write")
    );
}

#[test]
fn the_tail_is_read_however_long_the_lines_are() {
    let office = Office::new();
    let mut desk = office.desk().unwrap();
    let now = instant("2013-07-10T08:00:00+08:00");
    for length in [16_000, 16_383, 16_384, 40_000, 300_000, 1_048_000] {
        let text = "a".repeat(length);
        desk.append(now, &[note(&text)]).unwrap();
        let head = desk.head();
        drop(desk);
        desk = office.desk().unwrap();
        assert_eq!(desk.head(), head);
    }
    assert_eq!(desk.recent(now).unwrap().len(), 6);
}

#[test]
fn writers_have_plain_names() {
    for good in ["yjb-li", "a", "0", "w-12ab34"] {
        assert!(Writer::parse(good).is_some());
    }
    for bad in ["", "Yjb", "a.b", "a/b", "..", "应急办", "a b"] {
        assert!(Writer::parse(bad).is_none());
    }
    let made = |user, host| Writer::made_safe(user, host).map(|writer| writer.to_string());
    assert_eq!(made("Li.Ming", "PC_01").as_deref(), Some("li-ming-pc-01"));
    assert_eq!(made("张三", "台式机"), None);
    assert_eq!(made("张三", "con").as_deref(), Some("w-con"));
    assert_eq!(Writer::from_seed(b"x").as_str().len(), 8);
}

/// Waits a little: a process that another test starts may hold a copy of the lock for a moment.
fn breathe(_: std::time::Duration) {
    std::thread::sleep(std::time::Duration::from_millis(10));
}

/// What a desk keeps beside its file while it appends several lines.
fn keep_pending(office: &Office, before: &[u8], whole: &[u8]) {
    let lines = &whole[before.len()..];
    let first = format!("{},{}\n", before.len(), chain::sha256(lines));
    let path = office.journal().join("yjb-li.pending");
    fs::write(path, [first.as_bytes(), lines].concat()).unwrap();
}

/// The known journal, and the same with two lines more.
fn known_and_two_more() -> (Vec<u8>, Vec<u8>) {
    let office = Office::known();
    let before = office.bytes();
    let now = instant("2013-07-10T08:00:00+08:00");
    let drafts = [note("甲"), note("乙")];
    office.desk().unwrap().append(now, &drafts).unwrap();
    assert!(!office.journal().join("yjb-li.pending").exists());
    (before, office.bytes())
}

#[test]
fn several_lines_cut_off_anywhere_are_completed_or_were_never_begun() {
    let (before, whole) = known_and_two_more();
    let office = Office::known();
    for length in before.len()..=whole.len() {
        office.forget();
        office.put(&whole[..length]);
        keep_pending(&office, &before, &whole);
        let desk = office.desk().unwrap();
        let is_begun = length > before.len();
        let stands = if is_begun { &whole } else { &before };
        assert_eq!(office.bytes(), *stands, "cut at {length}");
        let is_said = desk.notices().iter().any(|of| of.en.contains("completed"));
        assert_eq!(is_said, is_begun && length < whole.len(), "cut at {length}");
        assert!(!office.journal().join("yjb-li.pending").exists());
    }
    assert_eq!(office.torn(), [[0u8; 0]; 0]);
}

#[test]
fn other_bytes_in_the_place_of_several_lines_are_kept_aside() {
    let (before, whole) = known_and_two_more();
    let office = Office::new();
    let zeros = [
        vec![0; 40],
        b"\n".to_vec(),
        whole[before.len() + 41..].to_vec(),
    ]
    .concat();
    office.put(&[&before[..], &zeros].concat());
    keep_pending(&office, &before, &whole);
    assert_eq!(office.desk().unwrap().head().seq, 5);
    assert_eq!(office.bytes(), whole);
    assert_eq!(office.torn(), [zeros]);
}

#[test]
fn several_lines_are_not_completed_where_the_file_went_on_without_them() {
    let (before, whole) = known_and_two_more();
    let office = Office::known();
    let now = instant("2013-07-10T08:00:00+08:00");
    office.desk().unwrap().append(now, &[note("丙")]).unwrap();
    let went_on = office.bytes();
    keep_pending(&office, &before, &whole);
    assert_eq!(office.desk().unwrap().head().seq, 4);
    assert_eq!(office.bytes(), went_on);
    // Nor where what was kept is torn: then nothing was begun.
    let cut = &whole[..whole.len() - 9];
    office.forget();
    office.put(cut);
    keep_pending(&office, &before, cut);
    let path = office.journal().join("yjb-li.pending");
    let kept = fs::read(&path).unwrap();
    fs::write(&path, &kept[..kept.len() - 1]).unwrap();
    assert_eq!(office.desk().unwrap().head().seq, 4);
}
