//! The practice workspace inside the binary: an invented plan and ten months of journal.

use include_dir::Dir;
use include_dir::include_dir;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/practice");

/// The day as of which the practice workspace is shown.
pub const AS_OF: &str = "2013-10-31";

/// The folder of its journal, below the workspace.
pub const JOURNAL: &str = "plans/practice-2013.journal";

/// Returns every file of the workspace: its path below the folder, and its bytes, sorted by path.
pub fn files() -> Vec<(String, &'static [u8])> {
    let mut found = Vec::new();
    collect(&FILES, &mut found);
    found.sort();
    found
}

fn collect(folder: &Dir<'static>, found: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        found.push((path, file.contents()));
    }
    for below in folder.dirs() {
        collect(below, found);
    }
}
