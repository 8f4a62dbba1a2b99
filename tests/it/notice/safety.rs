//! Hostile files: an error within two seconds, in little memory, and nothing on the disk.

use super::read;
use super::word;
use duban::plan::notice::Refusal;
use std::fs;
use std::io::Cursor;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const OPEN: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;

#[track_caller]
fn check_unreadable(bytes: &[u8], says: &str) {
    match read(bytes) {
        Err(Refusal::Unreadable(why)) => assert!(why.en.contains(says), "{}", why.en),
        other => panic!("{other:?}"),
    }
}

fn document(xml: Vec<u8>) -> Vec<u8> {
    word([("word/document.xml".to_owned(), xml)])
}

/// Returns a file of few bytes that unpacks to very many.
fn bomb() -> Vec<u8> {
    let mut xml = OPEN.as_bytes().to_vec();
    xml.resize(240 << 20, b' ');
    document(xml)
}

fn deep(times: usize) -> Vec<u8> {
    let mut xml = OPEN.as_bytes().to_vec();
    for _ in 0..times {
        xml.extend(b"<w:p>");
    }
    document(xml)
}

#[test]
fn a_million_nested_tags_are_refused() {
    check_unreadable(&deep(1_000_000), "nested deeper");
}

#[test]
fn a_document_type_is_refused() {
    let xml = format!("<!DOCTYPE w [<!ENTITY a \"b\">]>{OPEN}</w:body></w:document>");
    check_unreadable(&document(xml.into_bytes()), "DTD");
}

#[test]
fn ten_thousand_parts_are_refused() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for part in 0..10_000 {
        archive
            .start_file(format!("word/{part}.xml"), SimpleFileOptions::default())
            .unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    check_unreadable(&bytes, "more parts");
}

#[test]
fn an_archive_without_a_document_is_refused() {
    check_unreadable(
        &word([("xl/workbook.xml".to_owned(), Vec::new())]),
        "word/document.xml",
    );
    check_unreadable(b"PK\x03\x04nothing", "damaged");
}

#[test]
fn old_word_files_and_pdf_say_what_to_do() {
    check_unreadable(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx");
    check_unreadable(b"{\\rtf1", ".docx");
    check_unreadable(b"%PDF-1.7", ".docx");
}

#[test]
fn too_much_text_is_refused() {
    let text = "一、甲。\n".repeat(1 << 17);
    check_unreadable(text.as_bytes(), "MiB of text");
}

/// Returns a file whose sizes in the archive are lies.
fn lying() -> Vec<u8> {
    let mut xml = OPEN.as_bytes().to_vec();
    xml.resize(80 << 20, b' ');
    let mut bytes = document(xml);
    // The sizes stand in the directory of the archive: every place that holds the true one.
    let true_size = u32::try_from(80usize << 20).unwrap().to_le_bytes();
    let places: Vec<usize> = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, window)| *window == true_size)
        .map(|(at, _)| at)
        .collect();
    for at in places {
        bytes[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    bytes
}

/// Runs the command on a file, with at most 512 MiB of memory where that can be had.
fn run(bytes: &[u8], name: &str) -> Output {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(name);
    fs::File::create(&file).unwrap().write_all(bytes).unwrap();
    let duban = env!("CARGO_BIN_EXE_duban");
    let mut command = match Path::new("/usr/bin/prlimit").exists() {
        true => {
            let mut limited = Command::new("/usr/bin/prlimit");
            // Two seconds of the processor, too.
            limited.args(["--as=536870912", "--cpu=2", duban]);
            limited
        }
        false => Command::new(duban),
    };
    let done = command
        .args(["import", "notice"])
        .arg(&file)
        .env_clear()
        .env("HOME", folder.path())
        .env("LC_ALL", "C.UTF-8")
        .current_dir(folder.path())
        .output()
        .unwrap();
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1, "nothing is written beside the file");
    done
}

#[test]
fn hostile_files_end_with_an_error_in_little_memory() {
    let nested = "<div>".repeat(700_000);
    let tables = "<table><tr><td>".repeat(200_000);
    let brackets = "（".repeat(340_000);
    let marks = "一、".repeat(170_000);
    for (name, bytes) in [
        ("bomb.docx", bomb()),
        ("lying.docx", lying()),
        ("deep.docx", deep(1_000_000)),
        ("deep.html", nested.into_bytes()),
        ("tables.html", tables.into_bytes()),
        ("brackets.txt", brackets.into_bytes()),
        ("marks.txt", marks.into_bytes()),
    ] {
        let done = run(&bytes, name);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(
            matches!(done.status.code(), Some(1 | 3)),
            "{name}: {:?} {said}",
            done.status
        );
        assert!(done.stdout.is_empty(), "{name}");
    }
}
