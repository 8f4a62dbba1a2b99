//! A file line by line, in memory that does not grow with it.

use super::Content;
use crate::journal::line;
use memchr::memchr;
use std::fs::File;
use std::io;
use std::io::BufRead;
use std::sync::Arc;

/// A line of a file, without its end.
pub(super) struct Line<'b> {
    /// The bytes, without BOM, CR and LF; of a line that is too long only its beginning.
    pub(super) bytes: &'b [u8],
    /// Whether a CR stood before the end.
    pub(super) has_cr: bool,
    /// Whether the file ends without an end of this line.
    pub(super) is_torn: bool,
}

/// Reads a file line by line, in memory that does not grow with the file.
pub(super) struct Lines {
    reader: Box<dyn BufRead>,
    buffer: Vec<u8>,
    is_first: bool,
    /// Whether the file begins with a byte order mark; known after the first line.
    pub(super) has_bom: bool,
}

impl Lines {
    /// Opens the bytes of a file.
    pub(super) fn open(content: &Content) -> io::Result<Lines> {
        let reader: Box<dyn BufRead> = match content {
            Content::Disk(path) => {
                Box::new(io::BufReader::with_capacity(1 << 16, File::open(path)?))
            }
            Content::Bytes(bytes) => Box::new(io::Cursor::new(Arc::clone(bytes))),
        };
        Ok(Lines {
            reader,
            buffer: Vec::new(),
            is_first: true,
            has_bom: false,
        })
    }

    /// Returns the next line; `None` after the last.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        self.buffer.clear();
        let mut is_torn = true;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            let end = memchr(b'\n', available);
            let taken = end.unwrap_or(available.len());
            let room = (line::LONGEST + 8).saturating_sub(self.buffer.len());
            self.buffer.extend_from_slice(&available[..taken.min(room)]);
            self.reader.consume(taken + usize::from(end.is_some()));
            if end.is_some() {
                is_torn = false;
                break;
            }
        }
        if is_torn && self.buffer.is_empty() {
            return Ok(None);
        }
        let mut bytes = self.buffer.as_slice();
        if std::mem::take(&mut self.is_first)
            && let Some(rest) = bytes.strip_prefix(line::BOM)
        {
            self.has_bom = true;
            bytes = rest;
        }
        // A mark alone, without a line end, is a file without lines.
        if is_torn && bytes.is_empty() {
            return Ok(None);
        }
        let without_cr = bytes.strip_suffix(b"\r");
        Ok(Some(Line {
            bytes: without_cr.unwrap_or(bytes),
            has_cr: without_cr.is_some(),
            is_torn,
        }))
    }
}
