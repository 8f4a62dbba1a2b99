//! The user's own folders, as the operating system names them: the one place that asks `directories`.

use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::failures;
use directories::ProjectDirs;
use directories::UserDirs;
use std::path::PathBuf;

/// The user's own folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Homes {
    /// The home folder.
    pub home: PathBuf,
    /// The file of settings.
    pub config: PathBuf,
    /// What this desk acknowledged, and locks where a file system has none.
    pub state: PathBuf,
    /// What can be worked out again.
    pub cache: PathBuf,
}

/// Returns the user's folders, or `None` where the user has no home.
pub fn find() -> Option<Homes> {
    let user = UserDirs::new()?;
    let project = ProjectDirs::from("", "", "duban")?;
    let state = project.state_dir().unwrap_or(project.data_local_dir());
    Some(Homes {
        home: user.home_dir().to_owned(),
        config: project.config_dir().join("config.toml"),
        state: state.to_owned(),
        cache: project.cache_dir().to_owned(),
    })
}

/// Returns the user's folders for work that cannot be done without them.
pub fn needed(homes: Option<&Homes>) -> Result<&Homes> {
    homes.ok_or_else(|| Failure::usage(failures::no_home()).help(failures::set_home()))
}

/// Returns the name of the machine, where the system tells it in a file.
pub fn host_name() -> Option<String> {
    let name = std::fs::read_to_string("/etc/hostname").ok()?;
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
