//! Evidence: copies stay in their folder, never overwrite, and prove themselves.

use duban::failure::Exit;
use duban::failure::Failure;
use duban::journal::chain;
use duban::journal::evidence;
use duban::journal::evidence::EvidenceProblem;
use duban::journal::evidence::Reference;
use duban::journal::evidence::Stored;
use duban::journal::evidence::Wrong;
use duban::journal::evidence::name;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder to attach from and the evidence folder.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("desk")).unwrap();
        Office { folder }
    }

    fn evidence(&self) -> PathBuf {
        self.folder.path().join("plan.evidence")
    }

    fn source(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("desk").join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn attach(&self, name: &str, bytes: &[u8]) -> Result<Stored, Failure> {
        evidence::store(&self.evidence(), &self.source(name, bytes))
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.evidence())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != ".gitattributes")
            .collect();
        names.sort();
        names
    }

    fn wrong(&self, field: &str) -> Vec<Wrong> {
        evidence::check(&self.evidence(), field)
            .into_iter()
            .map(|problem| problem.what)
            .collect()
    }
}

#[test]
fn a_file_is_copied_and_named_by_path_and_hash() {
    let office = Office::new();
    let stored = office.attach("批复.pdf", b"yes").unwrap();
    assert_eq!(stored.path, "批复-8a798890.pdf");
    assert_eq!(stored.size, 3);
    assert_eq!(
        stored.reference,
        format!("批复-8a798890.pdf#{}", chain::sha256(b"yes"))
    );
    assert_eq!(office.wrong(&stored.reference), []);
    let reference = Reference::parse(&stored.reference).unwrap();
    assert_eq!(
        evidence::read(&office.evidence(), reference).unwrap(),
        b"yes"
    );
}

#[test]
fn the_same_bytes_are_kept_once_under_their_first_name() {
    let office = Office::new();
    let first = office.attach("批复.pdf", b"yes").unwrap();
    assert_eq!(office.attach("批复.pdf", b"yes").unwrap(), first);
    assert_eq!(office.attach("另一个名字.pdf", b"yes").unwrap(), first);
    assert_eq!(office.names(), ["批复-8a798890.pdf"]);
}

#[test]
fn other_bytes_never_overwrite() {
    let office = Office::new();
    office.attach("a.pdf", b"one").unwrap();
    let other = office.attach("a.pdf", b"two").unwrap();
    let short = &chain::sha256(b"two")[..8];
    assert_eq!(other.path, format!("a-{short}.pdf"));
    fs::write(office.evidence().join(&other.path), b"spoilt").unwrap();
    let again = office.attach("a.pdf", b"two").unwrap();
    assert_eq!(again.path, format!("a-{short}-2.pdf"));
    let first = &chain::sha256(b"one")[..8];
    let kept = office.evidence().join(format!("a-{first}.pdf"));
    assert_eq!(fs::read(kept).unwrap(), b"one");
}

#[test]
fn two_names_that_are_one_on_windows_stay_apart() {
    let office = Office::new();
    fs::create_dir(office.evidence()).unwrap();
    let short = &chain::sha256(b"one")[..8];
    fs::write(office.evidence().join(format!("A-{short}.PDF")), b"other").unwrap();
    let stored = office.attach("a.pdf", b"one").unwrap();
    assert_eq!(stored.path, format!("a-{short}-2.pdf"));
}

#[test]
fn two_offices_with_files_of_one_name_never_meet_in_one_path() {
    let (one, other) = (Office::new(), Office::new());
    let here = one.attach("照片.jpg", b"here").unwrap();
    let there = other.attach("照片.jpg", b"there").unwrap();
    assert_ne!(here.path, there.path);
    let same = other.attach("照片.jpg", b"here").unwrap();
    assert_eq!(
        here, same,
        "the same file of two offices is one path with one content"
    );
}

#[test]
fn git_is_told_to_leave_the_bytes_alone() {
    let office = Office::new();
    office.attach("a.txt", b"one\r\n").unwrap();
    let text = fs::read_to_string(office.evidence().join(".gitattributes")).unwrap();
    assert_eq!(text, "* -text -merge\n");
}

#[test]
fn an_empty_file_and_a_name_in_two_parts_are_fine() {
    let office = Office::new();
    assert_eq!(
        office.attach("空, 表.tar.gz", b"").unwrap().path,
        "空, 表.tar-e3b0c442.gz"
    );
}

#[test]
fn names_become_safe_on_every_machine() {
    let cases = [
        ("a:b.pdf", "a_b.pdf"),
        ("C:\\x.pdf", "C__x.pdf"),
        ("\\\\host\\share", "__host_share"),
        ("a|b#c.pdf", "a_b_c.pdf"),
        ("a/b", "a_b"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1.tar.gz", "_Com1.tar.gz"),
        ("..", "_"),
        ("...", "_"),
        ("", "_"),
        (" ", "_"),
        (".htaccess", "_.htaccess"),
        ("=1+1.csv", "_=1+1.csv"),
        ("-rf", "_-rf"),
        ("sealed", "_sealed"),
        ("a.pdf. ", "a.pdf"),
        ("a\u{202e}fdp.exe", "a_fdp.exe"),
        ("a\u{200b}.pdf", "a_.pdf"),
        ("a\u{1b}[31m.pdf", "a_[31m.pdf"),
        ("a\nb.pdf", "a_b.pdf"),
        ("a?*<>\".pdf", "a_____.pdf"),
        ("e\u{301}.pdf", "é.pdf"),
        ("a\u{fffd}.pdf", "a_.pdf"),
        ("批复（正式）.pdf", "批复（正式）.pdf"),
    ];
    for (given, safe) in cases {
        assert_eq!(name::safe(given), safe, "{given:?}");
        assert!(name::is_safe_path(&name::safe(given)), "{given:?}");
    }
    let long = name::safe(&format!("{}.pdf", "长".repeat(200)));
    assert!(long.len() <= 200 && long.ends_with("长.pdf"));
    assert!(name::safe(&"长".repeat(200)).len() <= 200);
}

#[test]
fn references_never_leave_the_folder() {
    let office = Office::new();
    office.attach("a.pdf", b"yes").unwrap();
    let hash = chain::sha256(b"yes");
    fs::write(office.folder.path().join("secret"), b"yes").unwrap();
    let outside = [
        "..",
        ".",
        "...",
        "/",
        "//host/share/a",
        "\\\\?\\C:\\x",
        "file:///etc/passwd",
        "a/./b",
        "a/..",
        "sealed/../../secret",
        " ",
        "a.pdf ",
        "a\t.pdf",
        "a\n.pdf",
        "a\0.pdf",
        "a*.pdf",
        "a?.pdf",
        "\"a.pdf\"",
        "<a.pdf",
        "con.txt",
        "Lpt9",
        "AUX/x",
        "sub /x",
        "sub./x",
        "a\u{feff}.pdf",
        "\u{2066}a.pdf",
        "../secret",
        "/etc/passwd",
        "a/../../secret",
        "./a.pdf",
        "a//b",
        "C:/x",
        "C:x",
        "\\\\host\\x",
        "..\\secret",
        "CON",
        "sub/NUL.txt",
        "a.pdf/",
        "a.pdf.",
        " a.pdf",
        "a\u{202e}",
        "a\u{200b}.pdf",
        "a:stream",
        "~/.\u{7}",
    ];
    assert!(outside.len() >= 40);
    for path in outside {
        assert_eq!(
            office.wrong(&format!("{path}#{hash}")),
            [Wrong::Outside],
            "{path:?}"
        );
    }
}

#[test]
fn each_reference_is_checked_by_itself() {
    let office = Office::new();
    let stored = office.attach("a.pdf", b"yes").unwrap();
    let (good, path) = (stored.reference, office.evidence().join(stored.path));
    let hash = chain::sha256(b"yes");
    assert_eq!(office.wrong(""), []);
    assert_eq!(office.wrong("a.pdf"), [Wrong::BadlyWritten]);
    assert_eq!(
        office.wrong(&format!("a.pdf#{}", hash.to_uppercase())),
        [Wrong::BadlyWritten]
    );
    assert_eq!(office.wrong(&format!("#{hash}")), [Wrong::BadlyWritten]);
    assert_eq!(office.wrong(&format!("{good}|")), [Wrong::BadlyWritten]);
    let missing = evidence::check(&office.evidence(), &format!("{good}|b.pdf#{hash}"));
    let expected = EvidenceProblem {
        path: "b.pdf".to_owned(),
        what: Wrong::Missing,
    };
    assert_eq!(missing, [expected]);
    fs::write(&path, b"no!").unwrap();
    assert_eq!(office.wrong(&good), [Wrong::Changed]);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(office.wrong(&good), [Wrong::NotAFile]);
}

#[test]
fn folders_and_missing_files_are_not_attached() {
    let office = Office::new();
    let folder = evidence::store(&office.evidence(), &office.folder.path().join("desk"));
    assert_eq!(folder.unwrap_err().exit, Exit::Unreadable);
    let missing = evidence::store(&office.evidence(), &office.folder.path().join("nothing"));
    assert_eq!(missing.unwrap_err().exit, Exit::Unreadable);
    assert!(!office.evidence().exists());
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_not_followed() {
    use std::os::unix::fs::symlink;
    let office = Office::new();
    let source = office.source("a.pdf", b"yes");
    let link = office.folder.path().join("link.pdf");
    symlink(&source, &link).unwrap();
    assert!(evidence::store(&office.evidence(), &link).is_err());
    let pipe = office.folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    assert!(evidence::store(&office.evidence(), &pipe).is_err());
    let elsewhere = office.folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, office.evidence()).unwrap();
    assert_eq!(
        evidence::store(&office.evidence(), &source)
            .unwrap_err()
            .exit,
        Exit::Refused
    );
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    fs::remove_file(office.evidence()).unwrap();
    fs::create_dir(office.evidence()).unwrap();
    symlink(&source, office.evidence().join("a.pdf")).unwrap();
    let hash = chain::sha256(b"yes");
    assert_eq!(office.wrong(&format!("a.pdf#{hash}")), [Wrong::NotAFile]);
    let short = &hash[..8];
    symlink(&source, office.evidence().join(format!("a-{short}.pdf"))).unwrap();
    let beside = evidence::store(&office.evidence(), &source).unwrap();
    assert_eq!(
        beside.path,
        format!("a-{short}-2.pdf"),
        "a link is neither followed nor replaced"
    );
}

#[test]
fn the_plan_of_a_seal_is_kept_once() {
    let office = Office::new();
    let first = evidence::keep_plan(&office.evidence(), "2013-06", b"schema = 1\n").unwrap();
    let short = &chain::sha256(b"schema = 1\n")[..8];
    assert_eq!(first.path, format!("sealed/2013-06-{short}.toml"));
    assert_eq!(
        evidence::keep_plan(&office.evidence(), "2013-06", b"schema = 1\n").unwrap(),
        first
    );
    assert_eq!(office.wrong(&first.reference), []);
    fs::write(office.evidence().join(&first.path), b"changed").unwrap();
    let again = evidence::keep_plan(&office.evidence(), "2013-06", b"schema = 1\n");
    assert_eq!(again.unwrap_err().exit, Exit::Refused);
}

/// What is looked at and what is opened may be two things: somebody may swap them in between.
#[cfg(unix)]
#[test]
fn a_file_that_is_swapped_for_a_link_while_it_is_attached_is_never_followed() {
    use std::sync::atomic::AtomicBool;
    use std::sync::atomic::Ordering;
    let office = Office::new();
    let source = office.source("a.pdf", b"yes");
    let secret = office.source("secret", b"no!");
    let (link, plain) = (office.source("link", b""), office.source("plain", b"yes"));
    fs::remove_file(&link).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                std::os::unix::fs::symlink(&secret, &link).unwrap();
                fs::rename(&link, &source).unwrap();
                fs::copy(&secret, &plain).unwrap();
                fs::write(&plain, b"yes").unwrap();
                fs::rename(&plain, &source).unwrap();
            }
        });
        for _ in 0..300 {
            // Refused or stored, as the moment has it; what matters is what lies in the folder.
            let _ = evidence::store(&office.evidence(), &source);
        }
        done.store(true, Ordering::Relaxed);
    });
    // Nobody swaps any more: now it is stored, and so is nothing else.
    evidence::store(&office.evidence(), &source).unwrap();
    for name in office.names() {
        assert_eq!(
            fs::read(office.evidence().join(&name)).unwrap(),
            b"yes",
            "{name}"
        );
    }
}
