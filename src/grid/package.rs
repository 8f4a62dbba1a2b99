//! A workbook's zip → the parts that are read, unpacked and counted, in a new zip that says the truth.
//!
//! What a packed file says of its own sizes is not believed: bytes are counted as they come. The reader
//! of workbooks then sees only parts whose sizes and counts hold.

use super::Fault;
use super::MOST_PARTS;
use super::MOST_UNPACKED;
use std::io::Cursor;
use std::io::Read;
use std::io::Write;
use zip::CompressionMethod;
use zip::ZipArchive;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How many bytes the looks of a workbook may come to in memory.
const MOST_STYLES: usize = 64 << 20;

/// How many shared texts a workbook may have.
const MOST_STRINGS: usize = 1_000_000;

/// How many tags a part may have that is no sheet and no list of texts.
const MOST_TAGS: usize = 500_000;

/// Folders of a workbook whose parts say nothing that is read here.
const LEFT_OUT: [&str; 8] = [
    "docProps/",
    "customXml/",
    "xl/theme/",
    "xl/media/",
    "xl/drawings/",
    "xl/charts/",
    "xl/pivotCache/",
    "xl/externalLinks/",
];

/// Returns the parts of a workbook that are read, in a zip that packs nothing.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::NotAWorkbook)?;
    if archive.len() > MOST_PARTS {
        return Err(Fault::TooManyParts(archive.len()));
    }
    let mut room = MOST_UNPACKED;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.replace('\\', "/");
        if !is_read(&name) {
            continue;
        }
        let mut content = Vec::new();
        let read = (&mut part).take(room + 1).read_to_end(&mut content);
        let read = read.map_err(|error| Fault::Damaged(error.to_string()))? as u64;
        room = room.checked_sub(read).ok_or(Fault::TooMuchUnpacked)?;
        let content = checked(&name, content)?;
        to.start_file(&name, options).map_err(damaged)?;
        to.write_all(&content)
            .map_err(|error| Fault::Damaged(error.to_string()))?;
    }
    Ok(to.finish().map_err(damaged)?.into_inner())
}

fn damaged(error: zip::result::ZipError) -> Fault {
    Fault::Damaged(error.to_string())
}

/// Tells whether a part is one that is read.
fn is_read(name: &str) -> bool {
    let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
    is_xml && !LEFT_OUT.iter().any(|folder| name.starts_with(folder))
}

/// Returns a part whose counts hold: what is read whole into memory must not grow beyond its bytes.
fn checked(name: &str, content: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let lower = name.to_ascii_lowercase();
    if lower.ends_with("sharedstrings.xml") {
        return match count(&content, b"<si") > MOST_STRINGS || says_too_many(&content) {
            true => Err(Fault::TooMuch),
            false => Ok(content),
        };
    }
    if lower.ends_with("styles.xml") {
        let looks = count(&content, b"<xf").saturating_mul(longest_tag(&content));
        let tags = count(&content, b"<");
        return match looks > MOST_STYLES || tags > MOST_TAGS {
            true => Err(Fault::TooManyStyles),
            false => Ok(content),
        };
    }
    match lower.contains("worksheets/") || count(&content, b"<") <= MOST_TAGS {
        true => Ok(content),
        false => Err(Fault::TooMuch),
    }
}

/// Counts how often a tag begins, whatever prefix its names have.
fn count(content: &[u8], tag: &[u8]) -> usize {
    let (open, name) = tag.split_at(1);
    let begins = |at: usize| {
        let rest = &content[at + 1..];
        let prefix = rest
            .iter()
            .take(MOST_PREFIX)
            .position(|byte| *byte == b':')
            .map_or(0, |colon| colon + 1);
        name.is_empty() || rest.starts_with(name) || rest[prefix..].starts_with(name)
    };
    (0..content.len())
        .filter(|at| content[*at] == open[0] && begins(*at))
        .count()
}

/// How long a prefix of a tag is looked for.
const MOST_PREFIX: usize = 16;

/// Returns how many bytes lie at most between two tags' beginnings.
fn longest_tag(content: &[u8]) -> usize {
    content
        .split(|byte| *byte == b'<')
        .map(<[u8]>::len)
        .max()
        .unwrap_or(0)
}

/// Tells whether a part says that it has more texts than are read: a reader makes room for them at once.
fn says_too_many(content: &[u8]) -> bool {
    const SAID: &[u8] = b"uniqueCount";
    let mut rest = content;
    while let Some(at) = rest.windows(SAID.len()).position(|window| window == SAID) {
        rest = &rest[at + SAID.len()..];
        let value = rest.trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else {
            continue;
        };
        let value = value.trim_ascii_start();
        let value = value.get(1..).unwrap_or_default();
        let end = value.iter().position(|byte| matches!(byte, b'"' | b'\''));
        let number = &value[..end.unwrap_or(value.len())];
        let number = std::str::from_utf8(number).ok().map(str::trim);
        let number = number.and_then(|number| number.parse::<usize>().ok());
        if number.is_none_or(|number| number > MOST_STRINGS) {
            return true;
        }
    }
    false
}
