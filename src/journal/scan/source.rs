//! The bytes of a journal file in blocks, each with whole lines, to be read in any order.

use super::Content;
use memchr::memchr;
use std::fs::File;
use std::io;
use std::ops::Range;

/// How many bytes a block has; a whole number of pages, else reading costs three times as much.
pub(super) const BLOCK: usize = 512 << 10;

/// How far a line may reach beyond its block. Who writes longer ones is read line by line.
pub(super) const LONGEST_QUICK: usize = 64 << 10;

/// How many bytes are read at a time to find the end of a block's last line.
const STEP: usize = 4 << 10;

/// A file whose bytes can be read in any order.
#[derive(Debug)]
pub(super) enum Source<'f> {
    /// On the disk, with the length that it had when it was opened.
    Disk(File, u64),
    /// In memory.
    Bytes(&'f [u8]),
}

impl Source<'_> {
    /// Opens a file; `None` where it is none that has a length, such as a pipe.
    pub(super) fn open(content: &Content) -> io::Result<Option<Source<'_>>> {
        match content {
            Content::Bytes(bytes) => Ok(Some(Source::Bytes(bytes))),
            Content::Disk(path) => {
                let file = File::open(path)?;
                let about = file.metadata()?;
                Ok(about.is_file().then(|| Source::Disk(file, about.len())))
            }
        }
    }

    pub(super) fn length(&self) -> u64 {
        match self {
            Source::Disk(_, length) => *length,
            Source::Bytes(bytes) => bytes.len() as u64,
        }
    }

    /// Reads from a place as much as there is room for; tells how much that was.
    fn read_at(&self, start: u64, room: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Bytes(bytes) => {
                let from = usize::try_from(start).map_or(bytes.len(), |at| at.min(bytes.len()));
                let count = room.len().min(bytes.len() - from);
                room[..count].copy_from_slice(&bytes[from..from + count]);
                Ok(count)
            }
            Source::Disk(file, _) => {
                let mut filled = 0;
                while filled < room.len() {
                    match read_some(file, start + filled as u64, &mut room[filled..]) {
                        Ok(0) => break,
                        Ok(count) => filled += count,
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(filled)
            }
        }
    }
}

#[cfg(unix)]
fn read_some(file: &File, start: u64, room: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, room, start)
}

#[cfg(windows)]
fn read_some(file: &File, start: u64, room: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, room, start)
}

/// Room for one block, used again for the next.
#[derive(Default)]
pub(super) struct Room {
    bytes: Vec<u8>,
}

/// What reading a block gave.
pub(super) enum Lines<'r> {
    /// The lines that begin in the block, the last one whole.
    Whole {
        /// Their bytes.
        bytes: &'r [u8],
        /// Where in the block they begin.
        offset: usize,
    },
    /// The block cannot be read by itself: a line is too long, or the file has become shorter.
    Unfit,
}

impl Room {
    /// Reads the lines that begin in the block of `size` bytes from `start` on.
    ///
    /// A line belongs to the block that holds the end of the line before it.
    pub(super) fn read(
        &mut self,
        source: &Source<'_>,
        start: u64,
        size: usize,
    ) -> io::Result<Lines<'_>> {
        let left = source.length().saturating_sub(start);
        let wanted = usize::try_from(left).map_or(size, |left| left.min(size));
        if !self.fill(source, start, 0..wanted)? {
            return Ok(Lines::Unfit);
        }
        let first = match start {
            0 => Some(0),
            _ => memchr(b'\n', &self.bytes[..wanted]).map(|end| end + 1),
        };
        let Some(first) = first else {
            return Ok(Lines::Whole {
                bytes: &[],
                offset: 0,
            });
        };
        let mut filled = wanted;
        let mut end = (wanted as u64 == left).then_some(wanted);
        while end.is_none() {
            let more = usize::try_from(left).map_or(STEP, |left| (left - filled).min(STEP));
            if more == 0 {
                end = Some(filled);
                break;
            }
            if filled - wanted >= LONGEST_QUICK
                || !self.fill(source, start, filled..filled + more)?
            {
                return Ok(Lines::Unfit);
            }
            let found = memchr(b'\n', &self.bytes[filled..filled + more]);
            end = found.map(|at| filled + at + 1);
            filled += more;
        }
        let end = end.unwrap_or(filled);
        Ok(Lines::Whole {
            bytes: &self.bytes[first..end],
            offset: first,
        })
    }

    /// Fills a part of the room; tells whether the file had that much.
    fn fill(&mut self, source: &Source<'_>, start: u64, part: Range<usize>) -> io::Result<bool> {
        if self.bytes.len() < part.end {
            self.bytes.resize(part.end, 0);
        }
        let count = source.read_at(start + part.start as u64, &mut self.bytes[part.clone()])?;
        Ok(count == part.len())
    }
}
