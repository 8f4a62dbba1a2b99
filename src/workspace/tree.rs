//! Writing a set of files below a folder, never over files that were changed.

use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use crate::workspace::paper::Overwrite;
use crate::workspace::paper::write_paper;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// Writes files below a folder, all that are missing; those that stand there with the same bytes are
/// left alone.
///
/// Where one stands there with other bytes, nothing at all is written and its path is the error.
pub fn write_tree(
    folder: &Path,
    files: &[(String, &[u8])],
) -> Result<std::result::Result<(), PathBuf>> {
    let mut missing = Vec::new();
    for (path, bytes) in files {
        let path = folder.join(path);
        match fs::read(&path) {
            Ok(there) if there == *bytes => {}
            Ok(_) => return Ok(Err(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.push((path, bytes)),
            Err(error) => {
                let message = failures::cannot_read(path.display());
                return Err(Failure::refused(message).cause(error));
            }
        }
    }
    for (path, bytes) in missing {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| {
                Failure::refused(failures::cannot_write(parent.display())).cause(error)
            })?;
        }
        write_paper(&path, bytes, Overwrite::Refuse)?;
    }
    Ok(Ok(()))
}
