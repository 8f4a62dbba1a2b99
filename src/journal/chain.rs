//! The chain: ids that bind each record to the one before it, and the digest over all heads.
//!
//! Everything here can be checked with `sha256sum`; `docs/journal-format.md` shows how.

use crate::journal::Id;
use sha2::Digest;
use sha2::Sha256;

/// Returns what stands before the first record of a file.
pub fn start(plan_id: &str, writer: &str) -> Id {
    first_half(&Sha256::digest(format!(
        "duban-journal/1,{plan_id},{writer}"
    )))
}

/// Returns the id of a record: the hash of the id before it, a comma and its body.
pub fn next(previous: Id, body: &str) -> Id {
    next_of_bytes(previous, body.as_bytes())
}

/// The same for a body that is known to be canonical.
pub fn next_of_bytes(previous: Id, body: &[u8]) -> Id {
    let mut hash = Sha256::new();
    hash.update(previous.hex());
    hash.update(b",");
    hash.update(body);
    first_half(&hash.finalize())
}

fn first_half(digest: &[u8]) -> Id {
    let mut id = [0u8; 16];
    id.copy_from_slice(&digest[..16]);
    Id(id)
}

/// Returns SHA-256 of bytes as 64 hex digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the journal digest: SHA-256 over the lines `writer,seq,id` of each file's last record,
/// sorted by bytes. The order of files does not matter (contract §3.1).
pub fn digest(mut heads: Vec<String>) -> String {
    heads.sort();
    let text: String = heads.iter().map(|head| format!("{head}\n")).collect();
    sha256(text.as_bytes())
}
