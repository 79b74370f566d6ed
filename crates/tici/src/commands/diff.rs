//! `tici diff OLD NEW [--key COLUMN]… [--out DIR]`: two dates of a list, without a ledger.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tici_domain::Problem;
use tici_exchange::map::{DateOrder, Map};
use tici_ops::OpsError;
use tici_ops::compare_lists::{Comparison, DiffOptions, ReadAs, compare_files};
use tici_store::StoreError;
use tici_web::i18n::T;
use tici_web::list_diff::{column_name, counts, to_csv, to_json, to_xlsx};

use crate::{Context, exit_code, say};

/// Lines of a kind printed for people; all are in the files and in `--json`.
const LINES_SHOWN_MAX: usize = 20;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// The older list: CSV, TSV, XLSX, XLS or ODS, also packed with gzip
    old: PathBuf,
    /// The newer list
    new: PathBuf,
    /// Column that tells rows apart; several together if need be; proposed when left out
    #[arg(long, value_name = "COLUMN")]
    key: Vec<String>,
    /// Column that is not compared
    #[arg(long, value_name = "COLUMN")]
    ignore: Vec<String>,
    /// Column whose value stays once it is given: another one is called restated
    #[arg(long, value_name = "COLUMN")]
    settled: Vec<String>,
    /// Column that names the day or month a row speaks of, where a list holds several
    #[arg(long, value_name = "COLUMN")]
    period: Option<String>,
    /// Sheet to compare; otherwise the one with the longest list
    #[arg(long)]
    sheet: Option<String>,
    /// Mapping file to read both lists by: then fields are compared, not columns as they stand
    #[arg(long)]
    map: Option<PathBuf>,
    /// Mapping file of the older list, where its layout is another one
    #[arg(long, value_name = "MAP", requires = "map")]
    old_map: Option<PathBuf>,
    /// Folder for diff.csv, diff.json and diff.xlsx
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let (old, new) = (read(&self.old)?, read(&self.new)?);
            let map = self.map.as_deref().map(map).transpose()?;
            let old_map = self.old_map.as_deref().map(self::map).transpose()?;
            let how = |map: Option<Map>| ReadAs {
                dates: map.as_ref().map_or_else(orders, |map| map.dates.clone()),
                map,
                sheet: self.sheet.clone(),
                period: self.period.clone(),
            };
            let by_period = self.period.is_some();
            let options = DiffOptions {
                key: self.key.clone(),
                ignore: self.ignore.clone(),
                settled: self.settled.clone(),
                by_period,
            };
            let (before, after) = (how(old_map.or_else(|| map.clone())), how(map.clone()));
            let compared =
                compare_files((&old.0, &old.1, &before), (&new.0, &new.1, &after), &options)?;
            if let Some(folder) = &self.out {
                write(context, folder, &compared)?;
            }
            match context.global.json {
                true => say::json(&to_json(&compared)),
                false => print(&context.t, &compared),
            }
            Ok(exit_code::DONE)
        })
    }
}

/// Without a map a day is read as month, day, year where it can be, else as day, month, year.
fn orders() -> Vec<DateOrder> {
    vec![DateOrder::Mdy, DateOrder::Dmy]
}

/// Writes the differences into `folder`, which is made if it is not there.
pub fn write(context: &Context, folder: &Path, compared: &Comparison) -> Result<(), OpsError> {
    std::fs::create_dir_all(folder).map_err(|error| io(folder, error))?;
    let json = serde_json::to_vec_pretty(&to_json(compared));
    let json = json
        .map_err(|error| OpsError::problem(Problem::error("export-failed").arg("detail", error)))?;
    let files = [
        ("diff.csv", to_csv(context.t, compared)),
        ("diff.json", json),
        ("diff.xlsx", to_xlsx(context.t, compared)?),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|error| io(&path, error))?;
    }
    say::note(context.t.t1("cli-diff-written", &[("folder", &folder.display())]));
    Ok(())
}

/// The counts, and the first lines of each kind.
pub fn print(t: &T, compared: &Comparison) {
    let diff = &compared.diff;
    let key = diff.key.iter().map(|name| column_name(*t, name)).collect::<Vec<_>>();
    let key_words = if diff.is_key_proposed { "cli-diff-key-proposed" } else { "cli-diff-key" };
    say::line(t.t1(key_words, &[("columns", &t.list(&key))]));
    let [old, new] = diff.shared_key;
    if old + new > 0 {
        say::line(t.t1("cli-diff-shared", &[("old", &old), ("new", &new)]));
    }
    let (old, new) = (compared.old.rows.len(), compared.new.rows.len());
    say::line(t.t1("cli-diff-rows", &[("old", &old), ("new", &new)]));
    for (code, count) in counts(compared) {
        say::line(format!("  {:>7}  {}", count, t.t(&format!("diff-count-{code}"))));
    }
    let by_column = diff.by_column();
    if !by_column.is_empty() {
        say::line(t.t("cli-diff-by-column"));
        for (name, count) in by_column.iter().take(LINES_SHOWN_MAX) {
            say::line(format!("  {:>7}  {}", count, column_name(*t, name)));
        }
    }
    renames(t, compared);
    for vocabulary in &diff.vocabularies {
        let column = column_name(*t, &vocabulary.column);
        for (key, list) in [("new", &vocabulary.new), ("gone", &vocabulary.gone)] {
            let words: Vec<String> =
                list.iter().take(LINES_SHOWN_MAX).map(|word| word.word.clone()).collect();
            if !words.is_empty() {
                let key = format!("diff-words-{key}");
                say::line(t.t1(&key, &[("column", &column), ("words", &t.list(&words))]));
            }
        }
        for (old, new, rows) in &vocabulary.recoded {
            say::line(t.t1("diff-words-recoded", &[("old", old), ("new", new), ("rows", rows)]));
        }
    }
    for (key, names) in
        [("diff-columns-new", &diff.columns_new), ("diff-columns-gone", &diff.columns_gone)]
    {
        if !names.is_empty() {
            let names = names.iter().map(|name| column_name(*t, name)).collect::<Vec<_>>();
            say::line(t.t1(key, &[("columns", &t.list(&names))]));
        }
    }
}

fn renames(t: &T, compared: &Comparison) {
    let renames = &compared.diff.renames;
    if renames.is_empty() {
        return;
    }
    say::line(t.t("diff-renames"));
    for rename in renames.iter().take(LINES_SHOWN_MAX) {
        let why = t.t(&format!("diff-reason-{}", rename.reason.code()));
        let (old, new, percent) = (&rename.old_name, &rename.new_name, rename.confidence);
        say::line(format!("  {percent}%  {old} → {new}  ({why})"));
    }
    if renames.len() > LINES_SHOWN_MAX {
        let left = renames.len() - LINES_SHOWN_MAX;
        say::line(t.t1("cli-diff-more", &[("count", &left)]));
    }
}

fn map(path: &Path) -> Result<Map, OpsError> {
    let text = std::fs::read_to_string(path).map_err(|error| io(path, error))?;
    Map::parse(&name_of(path), &text).map_err(OpsError::Problems)
}

fn read(path: &Path) -> Result<(String, Vec<u8>), OpsError> {
    let size = std::fs::metadata(path).map_err(|error| io(path, error))?.len();
    let limit = tici_exchange::limits::FILE_BYTES_MAX as u64;
    if size > limit {
        let problem = Problem::error("file-too-large").at(&name_of(path), "", "");
        return Err(OpsError::problem(problem.arg("bytes", size).arg("limit", limit)));
    }
    Ok((name_of(path), std::fs::read(path).map_err(|error| io(path, error))?))
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn io(path: &Path, error: std::io::Error) -> OpsError {
    OpsError::Store(StoreError::Io { path: path.to_owned(), error })
}
