//! An uploaded list on its way into the ledger: kept aside, looked at, put right, written.
//!
//! Nothing of an upload is in the ledger until it is committed. What the person decides on
//! the way (which column is what, a cell put right, "this is that project") is kept beside
//! the file as [`Choices`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tici_domain::intake::{Intake, IntakeFile};
use tici_domain::{Basis, Period, Problem};
use tici_exchange::guess::{Guess, guess};
use tici_exchange::map::{Column, Field, Links, Map, PeriodRule};
use tici_exchange::preview::{Preview, preview};
use tici_exchange::read::read_opened;
use tici_exchange::sheet::{Format, Workbook, open};
use tici_store::Staged;

use crate::import::{Fix, ImportOptions};
use crate::import_projects::{ImportOutcome, import_projects, preview_import, source_of};
use crate::{Action, Desk, OpsError, Session, remembered_layouts};

/// An upload nobody committed is forgotten after this long.
const KEEP_HOURS: i64 = 48;

/// Rows of the sheet shown at once.
pub const SHEET_ROWS_SHOWN: usize = 60;

/// What a person has decided about an upload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    pub sheet: Option<String>,
    /// Field of a column, by its index, where it differs from the guess.
    pub columns: BTreeMap<usize, String>,
    /// A mapping file, as its text; instead of the guess.
    pub map: Option<String>,
    /// Cells put right: sheet and cell, then the text to read instead.
    pub fixes: BTreeMap<String, String>,
    /// Rows that are a known project under another name: name cell, then the project's code.
    pub same: BTreeMap<String, String>,
    /// Name cells of rows that are new although a known name is near.
    pub as_new: BTreeSet<String>,
    pub period: Option<String>,
    pub reason: Option<String>,
    pub leave_out_bad_rows: bool,
}

/// The key of a cell among the choices: `sheet!cell`.
pub fn cell_key(sheet: &str, cell: &str) -> String {
    format!("{sheet}!{cell}")
}

/// Everything the import page shows of an upload.
#[derive(Clone, Debug)]
pub struct UploadView {
    pub id: String,
    pub file: String,
    pub bytes: usize,
    pub uploaded: Timestamp,
    pub choices: Choices,
    /// The mapping in use; `None` when no table was found and none was given.
    pub guess: Option<Guess>,
    pub map: Map,
    pub sheet: Option<Preview>,
    /// It can be given back with its problems marked.
    pub is_xlsx: bool,
    /// The columns are as this account said of the layout before.
    pub is_remembered: bool,
    pub outcome: ImportOutcome,
}

/// Keeps an uploaded file aside; gives its id.
pub fn stage_upload(
    desk: &Desk,
    session: &Session,
    file: &str,
    bytes: Vec<u8>,
    choices: &Choices,
    now: Timestamp,
) -> Result<String, OpsError> {
    session.need(Action::ImportProjects)?;
    let (workbook, problems) = open(file, &bytes, Default::default());
    if workbook.is_none() {
        return Err(OpsError::Problems(problems));
    }
    desk.store.unstage_before(now - SignedDuration::from_hours(KEEP_HOURS))?;
    let id = crate::accounts::random_hex()?;
    let staged = Staged {
        id: id.clone(),
        actor: session.actor.id,
        created: now,
        file: file.to_owned(),
        map: to_text(choices),
        bytes,
    };
    desk.store.stage(&staged)?;
    Ok(id)
}

/// Which [`SHEET_ROWS_SHOWN`] rows of a sheet are looked at; past the end, the last ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetPart {
    /// The parts in their order, from 0.
    Number(usize),
    /// The part that holds a row, counted as the sheet counts.
    OfRow(u32),
}

/// Shows what an upload would do, after the person's latest choices.
pub fn open_upload(
    desk: &Desk,
    session: &Session,
    id: &str,
    shown: SheetPart,
    today: Date,
) -> Result<UploadView, OpsError> {
    let staged = staged(desk, session, id)?;
    let choices = choices_of(&staged);
    let read = Read::of(desk, session, &staged, &choices, today)?;
    let outcome = preview_import(desk, session, &read.intake, &read.problems, &read.options)?;
    let wanted = choices.sheet.as_deref();
    let map = Some(&read.map);
    Ok(UploadView {
        id: id.to_owned(),
        file: staged.file,
        bytes: staged.bytes.len(),
        uploaded: staged.created,
        sheet: part_of(&read.workbook, wanted, map, shown),
        is_xlsx: read.workbook.format == Format::Xlsx,
        is_remembered: read.is_remembered,
        guess: read.guess,
        map: read.map,
        choices,
        outcome,
    })
}

fn part_of(
    workbook: &Workbook,
    wanted: Option<&str>,
    map: Option<&Map>,
    shown: SheetPart,
) -> Option<Preview> {
    let name = preview(workbook, wanted, map, 0, 0)?.sheet;
    let sheet = workbook.sheets.iter().find(|sheet| sheet.name == name)?;
    let place = match shown {
        SheetPart::Number(number) => number.saturating_mul(SHEET_ROWS_SHOWN),
        SheetPart::OfRow(line) => sheet.rows.partition_point(|row| row.line < line),
    };
    let place = place.min(sheet.rows.len().saturating_sub(1));
    let from = place / SHEET_ROWS_SHOWN * SHEET_ROWS_SHOWN;
    preview(workbook, Some(&name), map, from, SHEET_ROWS_SHOWN)
}

/// Changes the choices of an upload.
pub fn choose(
    desk: &Desk,
    session: &Session,
    id: &str,
    change: impl FnOnce(&mut Choices),
) -> Result<(), OpsError> {
    let mut staged = staged(desk, session, id)?;
    let mut choices = choices_of(&staged);
    change(&mut choices);
    staged.map = to_text(&choices);
    Ok(desk.store.stage(&staged)?)
}

/// Writes an upload into the ledger and forgets it.
pub fn commit_upload(
    desk: &Desk,
    session: &Session,
    id: &str,
    now: Timestamp,
    today: Date,
) -> Result<ImportOutcome, OpsError> {
    let staged = staged(desk, session, id)?;
    let choices = choices_of(&staged);
    let read = Read::of(desk, session, &staged, &choices, today)?;
    let files = [(staged.file.clone(), staged.bytes)];
    let read_from = (read.intake, files.as_slice());
    let outcome = import_projects(desk, session, read_from, &read.problems, &read.options, now)?;
    if let (Some(guess), None) = (&read.guess, &choices.map) {
        remembered_layouts::remember(desk, session, guess, &choices.columns)?;
    }
    desk.store.unstage(id)?;
    Ok(outcome)
}

/// Forgets an upload; nothing of it was written.
pub fn drop_upload(desk: &Desk, session: &Session, id: &str) -> Result<(), OpsError> {
    staged(desk, session, id)?;
    Ok(desk.store.unstage(id)?)
}

/// The uploaded bytes, as they came.
pub fn upload_bytes(
    desk: &Desk,
    session: &Session,
    id: &str,
) -> Result<(String, Vec<u8>), OpsError> {
    let staged = staged(desk, session, id)?;
    Ok((staged.file, staged.bytes))
}

/// An upload belongs to the account that made it.
fn staged(desk: &Desk, session: &Session, id: &str) -> Result<Staged, OpsError> {
    session.need(Action::ImportProjects)?;
    let found = desk.store.staged(id)?.filter(|staged| staged.actor == session.actor.id);
    found.ok_or_else(|| OpsError::not_found("upload", id))
}

fn choices_of(staged: &Staged) -> Choices {
    serde_json::from_str(&staged.map).unwrap_or_default()
}

fn to_text(choices: &Choices) -> String {
    serde_json::to_string(choices).expect("choices are plain text and lists of it")
}

/// An upload, read under its choices.
struct Read {
    workbook: Workbook,
    guess: Option<Guess>,
    map: Map,
    intake: Intake,
    problems: Vec<Problem>,
    options: ImportOptions,
    is_remembered: bool,
}

impl Read {
    fn of(
        desk: &Desk,
        session: &Session,
        staged: &Staged,
        choices: &Choices,
        today: Date,
    ) -> Result<Read, OpsError> {
        let (workbook, mut problems) = open(&staged.file, &staged.bytes, Default::default());
        let Some(mut workbook) = workbook else { return Err(OpsError::Problems(problems)) };
        let mut fixed = BTreeMap::new();
        for (key, text) in &choices.fixes {
            let Some((sheet, cell)) = key.rsplit_once('!') else { continue };
            if let Some(before) = workbook.put(sheet, cell, text) {
                fixed.insert(key.clone(), Fix { before, after: text.clone() });
            }
        }
        let guessed = guess(&workbook, &staged.file, choices.sheet.as_deref());
        let mut columns = match (&guessed, &choices.map) {
            (Some(guess), None) => remembered_layouts::recall(desk, session, guess)?,
            _ => BTreeMap::new(),
        };
        let is_remembered = !columns.is_empty() && choices.columns.is_empty();
        columns.extend(choices.columns.clone());
        let mut map = map_of(&staged.file, choices, &columns, guessed.as_ref())?;
        let period = choices.period.as_deref().and_then(Period::parse);
        date_map(&mut map, period, today);
        let source = source_of(&staged.file, &staged.bytes);
        let (name, sha256, bytes) = (source.file, source.sha256, source.bytes);
        let file = IntakeFile { name, sha256, bytes };
        let (intake, found) = read_opened(&[(file, &workbook)], &map, &Links::default());
        problems.extend(found);
        let options = ImportOptions {
            period: Some(period.unwrap_or_else(|| Period::month_of(today))),
            basis: Basis::Reported,
            near_stops: true,
            create_places: false,
            leave_out_bad_rows: choices.leave_out_bad_rows,
            reason: choices.reason.clone().filter(|reason| !reason.trim().is_empty()),
            fixed,
            same: choices.same.clone(),
            as_new: choices.as_new.clone(),
        };
        let guess = guessed;
        Ok(Read { workbook, guess, map, intake, problems, options, is_remembered })
    }
}

/// Gives a guessed map the period a person chose, before what the sheet seems to say; else
/// today's year, so that "this year's plan" means something.
pub fn date_map(map: &mut Map, period: Option<Period>, today: Date) {
    match period {
        Some(period) => map.period = Some(PeriodRule::Fixed(period)),
        None if map.period.is_none() && map.year.is_none() => map.year = Some(today.year()),
        None => {}
    }
}

/// The mapping file when one was given, else the guess, with the columns a person set.
fn map_of(
    file: &str,
    choices: &Choices,
    columns: &BTreeMap<usize, String>,
    guess: Option<&Guess>,
) -> Result<Map, OpsError> {
    if let Some(text) = &choices.map {
        return Map::parse("map.toml", text).map_err(OpsError::Problems);
    }
    let Some(guess) = guess else {
        let problem = Problem::error("no-table").arg("sheets", "-").at(file, "", "");
        return Err(OpsError::problem(problem));
    };
    let mut map = guess.map.clone();
    for (index, field) in columns {
        let Some(field) = Field::parse(field) else { continue };
        let Some(column) = guess.columns.iter().find(|column| column.index == *index) else {
            continue;
        };
        map.columns.retain(|known| !known.header.contains(&column.header));
        if field != Field::Ignore {
            let header = vec![column.header.clone()];
            map.columns.push(Column { header, field, ..Column::default() });
        }
    }
    Ok(map)
}
