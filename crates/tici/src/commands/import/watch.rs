//! `tici import projects --watch DIR`: every file put into a folder is imported and moved
//! away. What is known of a file is where it lies and what the journal says of its content,
//! so that nothing is lost or done twice whenever the watch ends.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tici_domain::Problem;
use tici_ops::import_projects::{ImportOutcome, source_of};
use tici_ops::{Action, Desk, OpsError};

use super::files::{self, io};
use super::outbox::{Fate, put_away};
use super::reading::{self, Opened};
use crate::{Context, exit_code, say};

/// Options of the watch.
#[derive(clap::Args, Debug)]
pub struct WatchArgs {
    /// Import every file put into this folder, and move it to done/ or failed/ in it
    #[arg(long, value_name = "DIR", conflicts_with_all = ["files", "dry_run", "marked"])]
    pub watch: Option<PathBuf>,
    /// Seconds between two looks at the folder; a file that changed between them is not
    /// complete yet
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=3600),
          requires = "watch")]
    every: u64,
    /// Import what is there, and end
    #[arg(long, requires = "watch")]
    once: bool,
    /// Import layouts too that nobody has imported before, as they are guessed
    #[arg(long, requires = "watch")]
    trust_guess: bool,
}

/// Endings of files that are lists; other files are left alone.
const ENDINGS: [&str; 7] = ["xlsx", "xls", "ods", "csv", "tsv", "txt", "gz"];

/// Keeps a second watch out of the folder.
const LOCK: &str = ".tici-watch";

/// Size and time of each file at the last look.
type Seen = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

pub fn run(args: &super::Args, context: &Context, folder: &Path) -> Result<u8, OpsError> {
    let desk = context.open()?;
    context.session(&desk, Action::ImportProjects)?;
    let _lock = lock(folder)?;
    note(context, "cli-watch-begins", &[("folder", &folder.display())]);
    let every = Duration::from_secs(args.watch.every);
    let mut watch = Watch { args, context, desk, stuck: Seen::new(), failed: false };
    let mut before = look(folder)?;
    loop {
        std::thread::sleep(every);
        let now = look(folder)?;
        let complete = now.iter().filter(|(path, seen)| before.get(*path) == Some(seen));
        let complete: Vec<&PathBuf> = complete.map(|(path, _)| path).collect();
        for path in &complete {
            watch.take(path, now[*path])?;
        }
        // Whatever is still growing is waited for.
        if args.watch.once && complete.len() == now.len() {
            return Ok(if watch.failed { exit_code::INPUT } else { exit_code::DONE });
        }
        before = now;
    }
}

/// The system lets go of the lock when the process ends, however it ends.
fn lock(folder: &Path) -> Result<File, OpsError> {
    let path = folder.join(LOCK);
    let file = File::create(&path).map_err(|error| io(&path, error))?;
    file.try_lock().map_err(|_| {
        OpsError::problem(Problem::error("cli-watch-taken").arg("folder", folder.display()))
    })?;
    Ok(file)
}

/// Files of the folder that may be lists, with their size and time.
fn look(folder: &Path) -> Result<Seen, OpsError> {
    let mut seen = Seen::new();
    for entry in std::fs::read_dir(folder).map_err(|error| io(folder, error))? {
        let Ok(entry) = entry else { continue };
        // A file that goes while it is looked at is none.
        let Ok(about) = entry.metadata() else { continue };
        if about.is_file() && is_list(&files::name_of(&entry.path())) {
            seen.insert(entry.path(), (about.len(), about.modified().ok()));
        }
    }
    Ok(seen)
}

/// `~$6月.xlsx` is the mark of an open workbook, a dot in front hides a file.
fn is_list(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    !name.starts_with(['.', '~']) && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

struct Watch<'a> {
    args: &'a super::Args,
    context: &'a Context,
    desk: Desk,
    /// Files that could not be moved away: taken again only when they change.
    stuck: Seen,
    failed: bool,
}

impl Watch<'_> {
    /// Imports one complete file. An error of the ledger itself ends the watch; the file
    /// then stays where it is.
    fn take(&mut self, path: &Path, seen: (u64, Option<SystemTime>)) -> Result<(), OpsError> {
        if self.stuck.get(path) == Some(&seen) {
            return Ok(());
        }
        let name = files::name_of(path);
        let (bytes, done) = match files::read(path) {
            Ok((_, bytes)) => {
                let done = self.import(&name, &bytes);
                (bytes, done)
            }
            Err(error) => (Vec::new(), Err(error)),
        };
        let (fate, problems, words) = match done {
            Ok(Done::Before(entry)) => (Fate::Done, Vec::new(), self.before(entry)),
            Ok(Done::Now(outcome)) => {
                let words = self.words(&outcome);
                (Fate::Done, outcome.problems, words)
            }
            Err(OpsError::Problems(problems)) => {
                let n = problems.len();
                (Fate::Failed, problems, self.context.t.t1("cli-watch-problems", &[("n", &n)]))
            }
            Err(error) => return Err(error),
        };
        self.failed |= fate == Fate::Failed;
        match put_away(self.context, path, fate, (&bytes, &problems)) {
            Ok(to) => self.tell(&name, fate, &words, &to, &problems),
            Err(error) => {
                // It has been imported; the journal knows, so that nothing is done twice.
                self.stuck.insert(path.to_owned(), seen);
                say::failure(&self.context.t, self.context.global.json, &error);
            }
        }
        Ok(())
    }

    fn import(&self, name: &str, bytes: &[u8]) -> Result<Done, OpsError> {
        let sha256 = source_of(name, bytes).sha256;
        if let Some(entry) = self.desk.store.entry_from_source(&sha256)? {
            return Ok(Done::Before(entry.seq));
        }
        let (args, context) = (self.args, self.context);
        let session = context.session(&self.desk, Action::ImportProjects)?;
        let files = [(name.to_owned(), bytes.to_vec())];
        let kept = reading::kept(context, &self.desk)?;
        let opened = Opened::of(args, context, &files, &kept)?;
        if !opened.is_known() && !args.watch.trust_guess {
            let problem = Problem::error("cli-watch-layout-new").at(name, "", "");
            return Err(OpsError::problem(problem));
        }
        let outcome = args.write((context, &self.desk, &session), opened, &files)?;
        Ok(Done::Now(Box::new(outcome)))
    }

    fn before(&self, entry: i64) -> String {
        let t = &self.context.t;
        t.t1("cli-watch-before", &[("entry", &t.entry_number(entry))])
    }

    fn words(&self, outcome: &ImportOutcome) -> String {
        let context = self.context;
        let counts = super::counts(context, outcome);
        match outcome.entries.is_empty() {
            true => format!("{counts}; {}", context.t.t("cli-import-nothing")),
            false => counts,
        }
    }

    fn tell(&self, name: &str, fate: Fate, words: &str, to: &Path, problems: &[Problem]) {
        let (context, to) = (self.context, to.display());
        if context.global.json {
            let line = serde_json::json!({
                "file": name,
                "fate": fate.folder(),
                "to": to.to_string(),
                "said": words,
                "problems": problems,
            });
            return say::line(line.to_string());
        }
        let time = context.zone().to_datetime(context.now()).strftime("%H:%M:%S");
        say::line(format!("{time} {name}: {words} → {to}"));
        if fate == Fate::Failed {
            say::problems(&context.t, problems);
        }
    }
}

enum Done {
    /// The same content is in the ledger already, since this entry.
    Before(i64),
    Now(Box<ImportOutcome>),
}

fn note(context: &Context, key: &str, args: &[(&str, &dyn std::fmt::Display)]) {
    if !context.global.json {
        say::note(context.t.t1(key, args));
    }
}

#[cfg(test)]
mod tests {
    use super::is_list;

    #[test]
    fn only_lists_are_taken() {
        let cases = [
            ("6月.xlsx", true),
            ("list.CSV", true),
            ("list.csv.gz", true),
            ("~$6月.xlsx", false),
            (".hidden.csv", false),
            ("6月.xlsx.part", false),
            ("notes.pdf", false),
            ("csv", false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_list(name), expected, "{name}");
        }
    }
}
