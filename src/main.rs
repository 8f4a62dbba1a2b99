//! The edge of the process: runs what was typed and returns the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    duban::commands::run(std::env::args_os())
}
