//! Finding the plan that is meant: by what was named, else by looking upwards (contract §1).

use crate::calendar::Day;
use crate::calendar::Window;
use crate::failure::Failure;
use crate::failure::Result;
use crate::lang::Said;
use crate::lang::failures;
use crate::names::nearest;
use crate::workspace::LARGEST_PLAN;
use crate::workspace::cannot_read;
use crate::workspace::read;
use crate::workspace::shown;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use toml::de::DeTable;
use toml::de::DeValue;

/// What the search goes by.
#[derive(Clone, Copy, Debug)]
pub struct Search<'s> {
    /// What `--plan` names: a path or a plan id.
    pub named: Option<&'s str>,
    /// What `DUBAN_PLAN` names; empty names nothing.
    pub variable: Option<&'s str>,
    /// The user's `default_plan`.
    pub default_plan: Option<&'s str>,
    /// The current folder.
    pub from: &'s Path,
    /// The home folder, above which nothing is looked for.
    pub home: Option<&'s Path>,
    /// The day that tells one year's plan from another's.
    pub as_of: Day,
}

/// The plan that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// How the path is shown.
    pub shown: String,
    /// What to say on stderr where the choice was ours.
    pub notice: Option<Said>,
}

/// A plan that may be meant.
#[derive(Clone, Debug)]
struct Candidate {
    path: PathBuf,
    id: String,
    period: Option<Window>,
}

/// Finds the plan.
pub fn plan(search: &Search) -> Result<Found> {
    let variable = search.variable.filter(|name| !name.is_empty());
    if let Some(named) = search.named.or(variable) {
        return search.by_name(named);
    }
    let here = search
        .levels()
        .iter()
        .map(|folder| at_level(folder))
        .find(|candidates| !candidates.is_empty());
    match here {
        Some(candidates) => search.choose(&candidates),
        None => match search.default_plan {
            Some(default) => search.by_default(default),
            None => {
                Err(Failure::usage(failures::no_plan(search.looked())).help(failures::name_plan()))
            }
        },
    }
}

impl Search<'_> {
    /// Takes a path or a plan id at its word.
    fn by_name(&self, named: &str) -> Result<Found> {
        let path = self.from.join(named);
        if is_path(named) {
            return match fs::metadata(&path) {
                Ok(_) => Ok(self.found(path)),
                Err(error) => Err(cannot_read(Path::new(named), error)),
            };
        }
        let levels = self.levels();
        let mut known: Vec<Candidate> = Vec::new();
        for folder in &levels {
            let candidates = at_level(folder);
            if let Some(same) = candidates.iter().find(|candidate| candidate.id == named) {
                return Ok(self.found(same.path.clone()));
            }
            known.extend(candidates);
        }
        if path.is_file() {
            return Ok(self.found(path));
        }
        let message = failures::no_such_plan(named, self.looked());
        let failure = Failure::usage(message);
        let ids = known.iter().map(|candidate| candidate.id.as_str());
        Err(match nearest(named, ids) {
            Some(id) => failure.help(failures::did_you_mean(id)),
            None if known.is_empty() => failure.help(failures::name_plan()),
            None => failure.help(failures::plans_there(names(&known))),
        })
    }

    /// Takes the user's own choice; where that names nothing, says whose choice it was.
    fn by_default(&self, default: &str) -> Result<Found> {
        self.by_name(default)
            .map_err(|failure| failure.help(failures::default_plan_says_so(default)))
    }

    /// Chooses among the plans of a folder: the only one, that of the day, the user's own.
    fn choose(&self, candidates: &[Candidate]) -> Result<Found> {
        if let [only] = candidates {
            return Ok(self.found(only.path.clone()));
        }
        let of_the_day: Vec<&Candidate> = candidates
            .iter()
            .filter(|candidate| candidate.holds(self.as_of))
            .collect();
        if let [one] = of_the_day[..] {
            let notice = failures::plan_of_the_day(&one.id, self.as_of, candidates.len());
            return Ok(Found {
                notice: Some(notice),
                ..self.found(one.path.clone())
            });
        }
        match self.default_plan {
            Some(default) => self.by_default(default),
            None => {
                let message = failures::several_plans(names(candidates), self.looked());
                Err(Failure::usage(message).help(failures::name_plan()))
            }
        }
    }

    fn found(&self, path: PathBuf) -> Found {
        let shown = shown(&path, self.from);
        Found {
            path,
            shown,
            notice: None,
        }
    }

    /// Returns the folders to look in: from the current one up to the git root or the home.
    fn levels(&self) -> Vec<&Path> {
        let mut levels = Vec::new();
        for folder in self.from.ancestors() {
            levels.push(folder);
            if folder.join(".git").exists() || Some(folder) == self.home {
                break;
            }
        }
        levels
    }

    /// Returns where was looked: the lowest and the highest folder.
    fn looked(&self) -> String {
        let levels = self.levels();
        let first = self.from.display();
        match levels.last() {
            Some(last) if levels.len() > 1 => format!("{first} … {}", last.display()),
            Some(_) | None => first.to_string(),
        }
    }
}

impl Candidate {
    fn holds(&self, day: Day) -> bool {
        self.period.is_some_and(|period| period.contains(day))
    }
}

/// Tells whether a name was meant as a path.
fn is_path(named: &str) -> bool {
    named.contains(['/', '\\']) || named.ends_with(".toml")
}

/// Returns the plans of a folder: those in its `plans`, else those that lie in it.
fn at_level(folder: &Path) -> Vec<Candidate> {
    let below = in_folder(&folder.join("plans"), Counts::All);
    if !below.is_empty() {
        return below;
    }
    match folder.file_name().is_some_and(|name| name == "plans") {
        true => in_folder(folder, Counts::All),
        false => in_folder(folder, Counts::WithPlanTable),
    }
}

/// Which `.toml` counts as a plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// Every one: the folder is there for plans.
    All,
    /// One that has a `[plan]` table.
    WithPlanTable,
}

/// Returns the plans in a folder, sorted by name; none where it cannot be read.
fn in_folder(folder: &Path, counts: Counts) -> Vec<Candidate> {
    let mut paths = toml_files(folder).unwrap_or_default();
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            let id = path.file_stem()?.to_string_lossy().into_owned();
            let look = read(&path, LARGEST_PLAN)
                .ok()
                .and_then(|bytes| String::from_utf8(bytes).ok())
                .and_then(|text| look_into(&text));
            let period = match (look, counts) {
                (Some(look), Counts::All | Counts::WithPlanTable) => look.period,
                (None, Counts::All) => None,
                (None, Counts::WithPlanTable) => return None,
            };
            Some(Candidate { path, id, period })
        })
        .collect()
}

fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let is_toml = path
            .extension()
            .is_some_and(|extension| extension == "toml");
        if is_toml && !is_hidden && path.is_file() {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// What a look into a file with a `[plan]` table tells.
struct Look {
    period: Option<Window>,
}

/// Looks for the `[plan]` table, however wrong the rest of the file is.
fn look_into(text: &str) -> Option<Look> {
    let (table, _) = DeTable::parse_recoverable(text.trim_start_matches('\u{feff}'));
    let plan = table.get_ref().get("plan")?.get_ref().as_table()?;
    let day = |name: &str| -> Option<Day> {
        let period = plan.get("period")?.get_ref();
        let date = match period.get(name)?.get_ref() {
            DeValue::Datetime(datetime) => datetime.date?,
            _ => return None,
        };
        Day::from_ymd(
            u32::from(date.year),
            u32::from(date.month),
            u32::from(date.day),
        )
    };
    let period = day("start")
        .zip(day("end"))
        .map(|(start, end)| Window { start, end });
    Some(Look { period })
}

fn names(candidates: &[Candidate]) -> String {
    let ids: Vec<&str> = candidates
        .iter()
        .map(|candidate| candidate.id.as_str())
        .collect();
    ids.join(", ")
}
