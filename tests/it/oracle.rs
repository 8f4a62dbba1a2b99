//! Figures that a second program recomputes from the pages, and scripts that rewrite the same bytes.

use crate::findings::assert_same;
use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Tells whether there is a Python that reads TOML by itself.
pub(crate) fn has_python() -> bool {
    Command::new("python3")
        .args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"])
        .status()
        .is_ok_and(|status| status.success())
}

#[test]
fn a_second_program_comes_to_the_same_figures() {
    if !has_python() {
        println!("skipped: no python3 of 3.11 or later");
        return;
    }
    let done = Command::new("python3")
        .args(["-B", "tests/oracle/compare.py", "--seeds", "1..12"])
        .args(["--duban", env!("CARGO_BIN_EXE_duban")])
        .current_dir(ROOT)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn the_practice_workspace_is_what_its_script_writes() {
    if !has_python() {
        println!("skipped: no python3 of 3.11 or later");
        return;
    }
    let examples = Path::new(ROOT).join("examples");
    let folder = tempfile::tempdir().unwrap();
    let plans = folder.path().join("practice/plans");
    fs::create_dir_all(&plans).unwrap();
    let by_hand = [
        "make-practice.py",
        "practice/plans/.gitattributes",
        "practice/plans/practice-2013.toml",
    ];
    for name in by_hand {
        fs::copy(examples.join(name), folder.path().join(name)).unwrap();
    }
    let made = Command::new("python3")
        .arg("-B")
        .arg(folder.path().join("make-practice.py"))
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    assert_same(&plans, &examples.join("practice/plans"));
}
