//! Figures that departments deliver: read from their workbook, compared, written with the cell
//! each stands in; and who must deliver what by when, and has not.

use std::sync::Arc;

use jiff::Timestamp;
use tici_domain::{Change, IndicatorFigure, Period, Place, Problem, Source, Table};
use tici_engine::Snapshot;
use tici_engine::assess::run::draw::{Due, current, deliverables, read_delivered};
use tici_engine::assess::scheme::{FigureFrom, Scheme as Rules};
use tici_exchange::sheet::{self, Cell, CellValue, Sheet};

use super::schemes::{current_scheme, whole};
use crate::import_projects::source_of;
use crate::keep_tasks::words;
use crate::versions::versions;
use crate::view_project::{EntryMeta, Metas};
use crate::write::{Draft, Origin, write_all};
use crate::{Action, Desk, OpsError, Session};

/// Rows at the top of a sheet among which the header is looked for.
const HEADER_ROWS_MAX: usize = 12;
/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 400;

/// What becomes of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    New,
    Changed,
    Same,
}

/// One delivered cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    pub key: String,
    pub place: i64,
    pub old: Option<String>,
    pub new: String,
    pub raw: String,
    pub sheet: String,
    pub cell: String,
    pub fate: Fate,
}

/// What a workbook brings.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub rows: Vec<DeliveryRow>,
    pub problems: Vec<Problem>,
    /// Entries written; empty for a look, and when nothing was new.
    pub entries: Vec<i64>,
    pub snapshot: Arc<Snapshot>,
}

impl Delivery {
    pub fn count(&self, fate: Fate) -> usize {
        self.rows.iter().filter(|row| row.fate == fate).count()
    }
}

/// Reads a workbook or CSV of delivered figures: a row for each place and a column for each
/// figure, by its key or name; or columns `place`, `key`, `value`. With `dry` nothing is
/// written. Any error stops all of it; the same file again changes nothing.
pub fn deliver_figures(
    desk: &Desk,
    session: &Session,
    (scheme, period, dry): (&str, Period, bool),
    (file, bytes, reason): (&str, &[u8], &str),
    now: Timestamp,
) -> Result<Delivery, OpsError> {
    whole(session, Action::DeliverFigures)?;
    let (workbook, mut problems) = sheet::open(file, bytes, Default::default());
    let Some(workbook) = workbook else { return Err(OpsError::Problems(problems)) };
    let reason = words(reason, REASON_CHARS_MAX, "assess-words-long", &mut problems);
    let snapshot = desk.snapshot()?;
    let (_, rules) = current_scheme(&snapshot, scheme, period)?;
    let read = |snapshot: &Snapshot| {
        let mut reader =
            Reader { snapshot, rules: &rules, period, file, rows: vec![], problems: vec![] };
        workbook.sheets.iter().filter(|sheet| !sheet.hidden).for_each(|s| reader.sheet(s));
        if reader.rows.is_empty() && !Problem::any_error(&reader.problems) {
            let problem = Problem::error("assess-delivery-empty");
            reader.problems.push(problem.arg("keys", keys(&rules).join(", ")).at(file, "", ""));
        }
        (reader.rows, reader.problems)
    };
    if dry {
        let (rows, found) = read(&snapshot);
        problems.extend(found);
        return Ok(Delivery { rows, problems, entries: Vec::new(), snapshot });
    }
    let source = source_of(file, bytes);
    let mut rows = Vec::new();
    let written = write_all(desk, session.actor.id, "deliver_figures", now, |snapshot, ids| {
        let (read, found) = read(snapshot);
        problems.extend(found);
        if Problem::any_error(&problems) {
            return Err(OpsError::Problems(problems.clone()));
        }
        rows = read;
        let changes = rows.iter().filter(|row| row.fate != Fate::Same).map(|row| {
            let old = current(snapshot, &row.key, period, row.place);
            Change::IndicatorFigure(IndicatorFigure {
                id: ids.next(Table::IndicatorFigure),
                key: row.key.clone(),
                place: row.place,
                period,
                value: Some(row.new.clone()),
                raw: (row.raw != row.new).then(|| row.raw.clone()),
                sheet: (!row.sheet.is_empty()).then(|| row.sheet.clone()),
                cell: Some(row.cell.clone()),
                reason: reason.clone().filter(|_| old.is_some()),
                replaces: old.map(|kept| kept.row.id),
            })
        });
        let changes = changes.collect();
        Ok(vec![Draft { origin: Some(origin(&source, bytes)), changes }])
    })?;
    Ok(Delivery { rows, problems, entries: written.entries, snapshot: written.snapshot })
}

fn origin<'a>(source: &'a Source, bytes: &'a [u8]) -> Origin<'a> {
    Origin { source, bytes }
}

/// Keys that departments deliver.
fn keys(rules: &Rules) -> Vec<&str> {
    let delivered =
        rules.figures.iter().filter(|f| matches!(f.from, FigureFrom::Department { .. }));
    delivered.map(|figure| figure.key.as_str()).collect()
}

struct Reader<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    period: Period,
    file: &'a str,
    rows: Vec<DeliveryRow>,
    problems: Vec<Problem>,
}

/// What a sheet's header says.
enum Header {
    /// Column of the place, and those of figures.
    Wide(usize, Vec<(usize, String)>),
    Long {
        place: usize,
        key: usize,
        value: usize,
    },
}

impl Reader<'_> {
    fn sheet(&mut self, sheet: &Sheet) {
        let tops = sheet.rows.iter().take(HEADER_ROWS_MAX).enumerate();
        let mut found = tops.filter_map(|(at, row)| Some((at, self.header(&row.cells)?)));
        let Some((top, header)) = found.next() else { return };
        for row in &sheet.rows[top + 1..] {
            match &header {
                Header::Wide(place, columns) => {
                    let Some(place) = self.place(sheet, row.line, (*place, &row.cells)) else {
                        continue;
                    };
                    for (column, key) in columns {
                        self.figure(sheet, (row.line, *column), &row.cells, (place, key));
                    }
                }
                Header::Long { place, key, value } => {
                    let Some(place) = self.place(sheet, row.line, (*place, &row.cells)) else {
                        continue;
                    };
                    let named = text_of(row.cells.get(*key));
                    let Some(key) = self.key_of(&named) else {
                        let problem = Problem::error("assess-delivery-key").arg("key", named);
                        let problem = problem.arg("keys", keys(self.rules).join(", "));
                        self.problem(sheet, (row.line, *key), problem);
                        continue;
                    };
                    self.figure(sheet, (row.line, *value), &row.cells, (place, &key));
                }
            }
        }
    }

    fn header(&self, cells: &[Cell]) -> Option<Header> {
        let texts: Vec<String> = cells.iter().map(|cell| text_of(Some(cell))).collect();
        let at = |word: &str| texts.iter().position(|text| text.eq_ignore_ascii_case(word));
        if let (Some(place), Some(key), Some(value)) = (at("place"), at("key"), at("value")) {
            return Some(Header::Long { place, key, value });
        }
        let columns: Vec<(usize, String)> = texts
            .iter()
            .enumerate()
            .filter_map(|(at, text)| Some((at, self.key_of(text)?)))
            .collect();
        let is_place = |at: &usize| !columns.iter().any(|(column, _)| column == at);
        let first = (0..texts.len()).find(|at| is_place(at) && is_place_word(&texts[*at]));
        (!columns.is_empty()).then_some(())?;
        Some(Header::Wide(first.or_else(|| (0..texts.len()).find(is_place))?, columns))
    }

    /// The key a header means: the key itself, or the figure's name, with or without its unit.
    fn key_of(&self, text: &str) -> Option<String> {
        let bare = text.split(['/', '(', '（']).next().unwrap_or_default().trim();
        let figures = self.rules.figures.iter();
        let mut delivered = figures.filter(|f| matches!(f.from, FigureFrom::Department { .. }));
        let names = |figure: &tici_engine::assess::scheme::Figure| {
            let name = &figure.name;
            let spelt = [Some(&figure.key), Some(&name.text), name.hant.as_ref(), name.en.as_ref()];
            spelt.into_iter().flatten().any(|known| known == text || known == bare)
        };
        (!text.is_empty()).then(|| delivered.find(|figure| names(figure)))?.map(|f| f.key.clone())
    }

    fn place(&mut self, sheet: &Sheet, line: u32, (at, cells): (usize, &[Cell])) -> Option<i64> {
        let text = text_of(cells.get(at));
        if text.is_empty() || is_total_word(&text) {
            return None;
        }
        let found = self.snapshot.places.values().find(|place| is_called(place, &text));
        if found.is_none() {
            let problem = Problem::error("assess-delivery-place").arg("place", &text);
            self.problem(sheet, (line, at), problem);
        }
        found.map(|place| place.id)
    }

    fn figure(
        &mut self,
        sheet: &Sheet,
        (line, column): (u32, usize),
        cells: &[Cell],
        (place, key): (i64, &str),
    ) {
        let raw = text_of(cells.get(column));
        if matches!(raw.as_str(), "" | "-" | "—" | "–" | "NA") {
            return;
        }
        let Some(number) = read_delivered(&raw) else {
            let problem = Problem::error("assess-delivery-number").arg("value", &raw);
            self.problem(sheet, (line, column), problem.arg("key", key));
            return;
        };
        let cell = address(sheet, line, column);
        let twice = self.rows.iter().find(|row| row.key == key && row.place == place);
        if let Some(first) = twice {
            let problem = Problem::error("assess-delivery-twice").arg("first", &first.cell);
            self.problem(sheet, (line, column), problem.arg("key", key));
            return;
        }
        let old = current(self.snapshot, key, self.period, place);
        let old = old.and_then(|kept| kept.row.value.clone());
        let new = number.exact();
        let fate = match &old {
            None => Fate::New,
            Some(old) if *old == new => Fate::Same,
            Some(_) => Fate::Changed,
        };
        let (key, sheet) = (key.to_owned(), sheet.name.clone());
        self.rows.push(DeliveryRow { key, place, old, new, raw, sheet, cell, fate });
    }

    fn problem(&mut self, sheet: &Sheet, (line, column): (u32, usize), problem: Problem) {
        let cell = address(sheet, line, column);
        self.problems.push(problem.at(self.file, &sheet.name, &cell));
    }
}

/// `E9` of a workbook, `9:5` of a text file.
fn address(sheet: &Sheet, line: u32, column: usize) -> String {
    if sheet.name.is_empty() {
        return format!("{line}:{}", column + 1);
    }
    let (mut letters, mut left) = (String::new(), column + 1);
    while left > 0 {
        letters.insert(0, char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    format!("{letters}{line}")
}

fn text_of(cell: Option<&Cell>) -> String {
    match cell.map(|cell| &cell.value) {
        Some(CellValue::Text(text)) => text.trim().to_owned(),
        Some(CellValue::Number(number)) => number.to_string(),
        Some(CellValue::Date(day)) => day.to_string(),
        Some(CellValue::Bool(truth)) => truth.to_string(),
        Some(CellValue::Error(error)) => error.to_string(),
        Some(CellValue::Empty) | None => String::new(),
    }
}

fn is_place_word(text: &str) -> bool {
    let known = ["place", "单位", "單位", "乡镇", "鄉鎮", "乡镇园区", "鄉鎮園區", "地区", "name"];
    known.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn is_total_word(text: &str) -> bool {
    matches!(text, "合计" | "合計" | "全县" | "全縣" | "Total")
}

fn is_called(place: &Place, text: &str) -> bool {
    let spelt = |name: &tici_domain::Name| {
        name.text == text || name.hant.as_deref() == Some(text) || name.en.as_deref() == Some(text)
    };
    place.code.code == text || spelt(&place.short) || spelt(&place.name)
}

/// What departments owe for a period.
pub struct DueView {
    pub snapshot: Arc<Snapshot>,
    pub rules: Rules,
    pub period: Period,
    pub due: Vec<Due>,
    pub may_deliver: bool,
}

/// Who must deliver what by when for a period, and has not.
pub fn view_due(
    desk: &Desk,
    session: &Session,
    (scheme, period): (&str, Period),
) -> Result<DueView, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let (_, rules) = current_scheme(&snapshot, scheme, period)?;
    let due = deliverables(&rules, &snapshot, period);
    let may_deliver = whole(session, Action::DeliverFigures).is_ok();
    Ok(DueView { snapshot, rules, period, due, may_deliver })
}

/// A delivered figure with everything it replaced, newest first.
pub struct FigureHistory {
    pub snapshot: Arc<Snapshot>,
    pub key: String,
    pub place: i64,
    pub period: Period,
    pub rows: Vec<(IndicatorFigure, EntryMeta)>,
}

/// Follows a delivered figure to its cell, file and entry.
pub fn trace_indicator(
    desk: &Desk,
    session: &Session,
    (key, place, period): (&str, i64, Period),
) -> Result<FigureHistory, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let metas = Metas { desk, snapshot: &snapshot };
    let kept = current(&snapshot, key, period, place);
    let kept = kept.ok_or_else(|| OpsError::not_found("figure", key))?;
    let mut rows = Vec::new();
    for version in versions::<IndicatorFigure>(&desk.store, kept.row.id) {
        let (row, header) = version?;
        rows.push((row, metas.meta_of(header)));
    }
    Ok(FigureHistory { key: key.to_owned(), place, period, rows, snapshot })
}
