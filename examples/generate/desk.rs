//! One writer's file: lines with number, time and id, written as they come.

use duban::journal::chain;
use duban::journal::line;
use sha2::Digest;
use sha2::Sha256;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;

/// A writer's file.
pub(crate) struct Desk {
    file: BufWriter<File>,
    /// The id of the last line, in hex.
    previous: [u8; 32],
    pub(crate) seq: u32,
    /// The line that is being made: the id before it, a comma, and the fields.
    line: Vec<u8>,
}

/// How much is written at once.
const BLOCK: usize = 1 << 18;

impl Desk {
    /// Begins a file that must not be there yet.
    pub(crate) fn create(folder: &Path, plan: &str, writer: &str) -> io::Result<Desk> {
        let file = File::create_new(folder.join(format!("{writer}.csv")))?;
        let mut file = BufWriter::with_capacity(BLOCK, file);
        file.write_all(line::BOM)?;
        writeln!(file, "{}", line::HEADER)?;
        Ok(Desk {
            file,
            previous: hex(&chain::start(plan, writer).0),
            seq: 0,
            line: Vec::new(),
        })
    }

    /// Writes one line and returns its id; the fields are those between number and id.
    pub(crate) fn write(&mut self, fields: &[&str]) -> io::Result<[u8; 16]> {
        self.seq += 1;
        self.line.clear();
        self.line.extend(self.previous);
        self.line.push(b',');
        let begin = self.line.len();
        write!(self.line, "{}", self.seq)?;
        for field in fields {
            self.line.push(b',');
            push_field(&mut self.line, field);
        }
        let digest = Sha256::digest(&self.line);
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        self.previous = hex(&id);
        self.line.push(b',');
        self.line.extend(self.previous);
        self.line.push(b'\n');
        self.file.write_all(&self.line[begin..])?;
        Ok(id)
    }

    /// Writes what is still held back.
    pub(crate) fn close(mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn push_field(line: &mut Vec<u8>, field: &str) {
    if field.contains([',', '"']) {
        line.push(b'"');
        line.extend(field.replace('"', "\"\"").as_bytes());
        line.push(b'"');
    } else {
        line.extend(field.as_bytes());
    }
}

/// Returns sixteen bytes as hex digits.
pub(crate) fn hex(bytes: &[u8; 16]) -> [u8; 32] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = [0; 32];
    for (pair, byte) in hex.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    hex
}
