//! An uploaded list between its first look and its writing: kept with what the person has
//! decided so far, looked at again after every decision, then written or forgotten.
//!
//! The file itself is never changed. A value put right is a rule of the map ("6.2亿" of
//! this column means 62000), so the journal keeps what the cell said beside what was taken.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tici_domain::intake::Intake;
use tici_domain::{Basis, FigureKey, Measure, Name, Period, Problem, Subject, Value};
use tici_engine::Snapshot;
use tici_exchange::guess::{GuessedColumn, guess};
use tici_exchange::map::{Column, Field, Link, Links, Map, PeriodRule, PlanPeriod, fold_header};
use tici_exchange::preview::{Preview, preview};
use tici_exchange::read::{period_in_header, read_projects};
use tici_exchange::sheet::{OpenOptions, open};
use tici_store::Staged;

use crate::import::{ImportOptions, RowFate};
use crate::import_projects::{ImportOutcome, import_projects, preview_import};
use crate::{Action, Desk, OpsError, Session};

/// An upload that nobody decided on is forgotten after this many hours.
const STAGED_HOURS: i64 = 48;
/// Rows of a sheet that a page shows.
pub const ROWS_SHOWN_MAX: usize = 200;

/// What the person has decided about an upload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The sheet to read; the best one when not chosen.
    pub sheet: Option<String>,
    /// The period of all figures; what the file says when not chosen.
    pub period: Option<Period>,
    /// Field of a column, by its place on the sheet.
    pub fields: BTreeMap<usize, String>,
    /// What a value of a column means.
    pub values: BTreeMap<usize, BTreeMap<String, String>>,
    /// Names in the file and the ledger's names they stand for.
    pub links: BTreeMap<String, String>,
    /// Names close to known ones are new projects all the same.
    pub near_is_new: bool,
    /// An uploaded map, as TOML.
    pub map: Option<String>,
}

/// An upload as it stands.
#[derive(Clone, Debug)]
pub struct StagedImport {
    pub id: String,
    pub file: String,
    pub bytes: usize,
    pub created: Timestamp,
    pub by: Name,
    pub choices: Choices,
    pub map: Map,
    /// Columns of the table with the fields they fill now.
    pub columns: Vec<GuessedColumn>,
    pub preview: Option<Preview>,
    pub outcome: ImportOutcome,
    pub effect: Effect,
    /// An entry that was written from the same bytes before.
    pub seen_before: Option<i64>,
}

/// Cumulative investment of the rows that would be written, stored units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    pub before: i128,
    pub after: i128,
}

/// Keeps an upload under `id`, a random name. Old ones are forgotten.
pub fn stage_import(
    desk: &Desk,
    session: &Session,
    id: &str,
    (file, bytes): (&str, Vec<u8>),
    choices: &Choices,
    now: Timestamp,
) -> Result<(), OpsError> {
    session.need(Action::ImportProjects)?;
    if let Some(text) = &choices.map {
        Map::parse("map.toml", text).map_err(OpsError::Problems)?;
    }
    desk.store.unstage_before(now - SignedDuration::from_hours(STAGED_HOURS))?;
    desk.store.stage(&Staged {
        id: id.to_owned(),
        actor: session.actor.id,
        created: now,
        file: file.to_owned(),
        map: to_json(choices),
        bytes,
    })?;
    Ok(())
}

/// Changes what was decided about an upload.
pub fn decide(
    desk: &Desk,
    session: &Session,
    id: &str,
    change: impl FnOnce(&mut Choices),
) -> Result<(), OpsError> {
    let mut staged = find(desk, session, id)?;
    let mut choices = read_choices(&staged);
    change(&mut choices);
    staged.map = to_json(&choices);
    Ok(desk.store.stage(&staged)?)
}

/// The bytes of an upload, to be given back.
pub fn staged_file(
    desk: &Desk,
    session: &Session,
    id: &str,
) -> Result<(String, Vec<u8>), OpsError> {
    let staged = find(desk, session, id)?;
    Ok((staged.file, staged.bytes))
}

/// Forgets an upload.
pub fn forget(desk: &Desk, session: &Session, id: &str) -> Result<(), OpsError> {
    find(desk, session, id)?;
    Ok(desk.store.unstage(id)?)
}

/// Looks at an upload with what was decided so far; nothing is written.
pub fn view_staged(
    desk: &Desk,
    session: &Session,
    id: &str,
    today: Date,
) -> Result<StagedImport, OpsError> {
    let staged = find(desk, session, id)?;
    let choices = read_choices(&staged);
    let (workbook, _) = open(&staged.file, &staged.bytes, OpenOptions::default());
    let sheet = choices.sheet.as_deref();
    let guessed = workbook.as_ref().and_then(|book| guess(book, &staged.file, sheet));
    let mut columns = guessed.as_ref().map_or_else(Vec::new, |guessed| guessed.columns.clone());
    let map = map_of(&choices, guessed.map(|guessed| guessed.map), &mut columns);
    let sheet = sheet.or_else(|| map.sheets.first().map(String::as_str));
    let preview =
        workbook.as_ref().and_then(|book| preview(book, sheet, Some(&map), 0, ROWS_SHOWN_MAX));
    let (intake, problems) = read(&staged, &map, &choices);
    let before = desk.snapshot()?;
    let options = options(&choices);
    let outcome = preview_import(desk, session, &intake, &problems, &options, today)?;
    let sha256 = intake.files.first().map(|file| file.sha256.clone()).unwrap_or_default();
    let seen_before = desk.store.entry_from_source(&sha256)?.map(|entry| entry.seq);
    let by = before.actors.get(&staged.actor).map(|actor| actor.title.clone());
    Ok(StagedImport {
        effect: effect(&before, &intake, &outcome, &options),
        by: by.unwrap_or_default(),
        bytes: staged.bytes.len(),
        id: staged.id,
        file: staged.file,
        created: staged.created,
        choices,
        map,
        columns,
        preview,
        outcome,
        seen_before,
    })
}

/// Writes the good rows of an upload and forgets it.
pub fn commit_staged(
    desk: &Desk,
    session: &Session,
    id: &str,
    reason: Option<String>,
    now: Timestamp,
    today: Date,
) -> Result<ImportOutcome, OpsError> {
    let staged = find(desk, session, id)?;
    let choices = read_choices(&staged);
    let (workbook, _) = open(&staged.file, &staged.bytes, OpenOptions::default());
    let sheet = choices.sheet.as_deref();
    let guessed = workbook.as_ref().and_then(|book| guess(book, &staged.file, sheet));
    let mut columns = guessed.as_ref().map_or_else(Vec::new, |guessed| guessed.columns.clone());
    let map = map_of(&choices, guessed.map(|guessed| guessed.map), &mut columns);
    let (intake, problems) = read(&staged, &map, &choices);
    let files = [(staged.file.clone(), staged.bytes)];
    let options = ImportOptions { reason, ..options(&choices) };
    let outcome =
        import_projects(desk, session, (&intake, &files), &problems, &options, now, today)?;
    desk.store.unstage(id)?;
    Ok(outcome)
}

/// One's own upload; another's is not told apart from none.
fn find(desk: &Desk, session: &Session, id: &str) -> Result<Staged, OpsError> {
    session.need(Action::ImportProjects)?;
    let staged = desk.store.staged(id)?.filter(|staged| staged.actor == session.actor.id);
    staged.ok_or_else(|| OpsError::not_found("upload", id))
}

fn read_choices(staged: &Staged) -> Choices {
    serde_json::from_str(&staged.map).unwrap_or_default()
}

fn to_json(choices: &Choices) -> String {
    serde_json::to_string(choices).expect("choices have only text keys")
}

fn options(choices: &Choices) -> ImportOptions {
    ImportOptions {
        period: choices.period,
        near_stops: !choices.near_is_new,
        leave_out_bad_rows: true,
        ..ImportOptions::default()
    }
}

fn read(staged: &Staged, map: &Map, choices: &Choices) -> (Intake, Vec<Problem>) {
    let link = |(old, new): (&String, &String)| Link {
        old: old.clone(),
        new: new.clone(),
        reason: "near".into(),
        confidence: 100,
        confirmed: true,
    };
    let links: Vec<Link> = choices.links.iter().map(link).collect();
    let files = [(staged.file.as_str(), staged.bytes.as_slice())];
    read_projects(&files, map, &Links::from_confirmed(&links))
}

/// The uploaded map or the guessed one, with the person's choices over it. `columns` are
/// told the fields they end up with.
fn map_of(choices: &Choices, guessed: Option<Map>, columns: &mut [GuessedColumn]) -> Map {
    let uploaded = choices.map.as_deref().and_then(|text| Map::parse("map.toml", text).ok());
    let is_uploaded = uploaded.is_some();
    let mut map = uploaded.or(guessed).unwrap_or_default();
    for column in columns.iter_mut() {
        if is_uploaded {
            let found = map.columns.iter().find(|known| is_of(known, &column.header));
            column.field = found.map(|known| known.field.clone()).unwrap_or_default();
        }
        let chosen = choices.fields.get(&column.index).and_then(|name| Field::parse(name));
        if let Some(field) = chosen.filter(|field| *field != column.field) {
            map.columns.retain(|known| !is_of(known, &column.header));
            if field != Field::Ignore {
                map.columns.push(column_of(&column.header, field.clone()));
            }
            column.field = field;
        }
        if let Some(values) = choices.values.get(&column.index) {
            for known in map.columns.iter_mut().filter(|known| is_of(known, &column.header)) {
                known.values.extend(values.clone());
            }
        }
    }
    if let Some(period) = choices.period {
        map.period = Some(PeriodRule::Fixed(period));
    }
    map
}

fn is_of(column: &Column, header: &str) -> bool {
    let folded = fold_header(header);
    let is = |text: &String| fold_header(text) == folded;
    let has = |text: &String| folded.contains(&fold_header(text));
    column.header.iter().any(is) || (column.header.is_empty() && column.contains.iter().any(has))
}

fn column_of(header: &str, field: Field) -> Column {
    let is_dated = field == Field::Plan && period_in_header(header, None).is_some();
    Column {
        header: vec![header.to_owned()],
        field,
        period: is_dated.then_some(PlanPeriod::Header),
        ..Column::default()
    }
}

/// Cumulative investment of the rows to be written, before and after.
fn effect(
    before: &Snapshot,
    intake: &Intake,
    outcome: &ImportOutcome,
    options: &ImportOptions,
) -> Effect {
    let mut effect = Effect::default();
    for planned in outcome.plan.rows.iter().filter(|row| row.fate != RowFate::LeftOut) {
        let same = |row: &&tici_domain::intake::ProjectRow| {
            row.file == planned.file && row.sheet == planned.sheet && row.cell == planned.cell
        };
        let Some(row) = intake.rows.iter().find(same) else { continue };
        let figure = row.figures.iter().find(|(measure, _)| *measure == Measure::INVEST_YTD);
        let Some(Value::Int(after)) = figure.map(|(_, at)| at.value.clone()) else { continue };
        effect.after += i128::from(after);
        let (Some(project), Some(period)) = (planned.project, planned.period) else { continue };
        effect.before += i128::from(latest(before, project, period, options.basis).unwrap_or(0));
    }
    effect
}

/// What was known of the same year before.
fn latest(before: &Snapshot, project: i64, period: Period, basis: Basis) -> Option<i64> {
    let subject = Subject::Project(project);
    let key = FigureKey { subject, measure: Measure::INVEST_YTD, period, basis };
    let same = before.figure(&key).map(|cell| cell.number);
    same.or_else(|| {
        let figures = &before.project_figures;
        let cell = figures.latest(project, Measure::INVEST_YTD, basis, period)?;
        (cell.period.calendar_year() == period.calendar_year()).then_some(cell.number)
    })
}
