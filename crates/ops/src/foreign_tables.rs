//! The tables of a workbook that nobody described: which there are, which are read, and by
//! which map each is read, after everything a person said of it, now or in an earlier month.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::intake::{Intake, IntakeFile};
use tici_domain::{Period, Problem};
use tici_exchange::guess::{Guess, guess, of_table};
use tici_exchange::layout::{self, FoundTable, Shape};
use tici_exchange::map::{Column, Field, Links, Map, PeriodKind, PeriodRule, Unit, unit_in_header};
use tici_exchange::read;
use tici_exchange::sheet::{Sheet, Workbook};

use crate::remembered_layouts::{self, Said, Take};
use crate::uploads::date_map;
use crate::{Desk, OpsError, Session};

/// What a person chose and said of one file.
#[derive(Clone, Debug, Default)]
pub struct Picks<'a> {
    /// Keys of the tables to read; empty: those chosen before for these layouts, else the
    /// one that looks like a list of projects.
    pub tables: &'a [String],
    /// By layout.
    pub said: BTreeMap<String, Said>,
    /// A mapping file instead of all that.
    pub map: Option<Map>,
}

/// A table found in the file.
#[derive(Clone, Debug)]
pub struct TableFound {
    /// `SHEET!A3:I19`, its name towards people and forms.
    pub key: String,
    pub sheet: String,
    pub hidden: bool,
    pub table: FoundTable,
    pub is_read: bool,
}

impl TableFound {
    /// What is the same for next month's table of this layout.
    pub fn layout(&self) -> &str {
        &self.table.fingerprint
    }
}

/// A table on its way into the ledger.
#[derive(Clone, Debug)]
pub struct Part {
    /// As in [`TableFound::key`]; empty where the rules for lists alone found it, or a
    /// mapping file was given.
    pub key: String,
    /// Empty where no layout was found.
    pub layout: String,
    pub sheet: String,
    pub shape: Shape,
    /// The header as it was found, from 1.
    pub found_header: Option<[u32; 2]>,
    pub said: Said,
    /// The columns are as this account said of the layout in an earlier month.
    pub is_remembered: bool,
    /// `None` under a mapping file.
    pub guess: Option<Guess>,
    pub map: Map,
}

/// What should be looked at before the rows are, since nobody has said anything of it yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// There are more tables that could be read.
    Several,
    /// No column surely names the projects.
    NoName,
    /// Nothing states the unit of amounts.
    NoUnit,
}

/// The tables of a file, and those that are read.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub found: Vec<TableFound>,
    pub parts: Vec<Part>,
    pub doubts: Vec<Doubt>,
    /// The tables were named by a person, now.
    pub is_chosen: bool,
}

impl Tables {
    /// Finds the tables of a workbook, and the map of each one that is read.
    /// `kept` is what was said of layouts before.
    pub fn of(
        kept: &BTreeMap<String, Said>,
        (workbook, file): (&Workbook, &str),
        picks: &Picks,
    ) -> Tables {
        let mut tables = Tables { found: found(workbook), ..Tables::default() };
        tables.is_chosen = !picks.tables.is_empty();
        if let Some(map) = &picks.map {
            let guess = guess(workbook, file, map.sheets.first().map(String::as_str));
            tables.parts.push(given(guess, map.clone()));
            return tables;
        }
        let guess = tables.mark(workbook, file, picks, kept);
        tables.parts = tables.parts_of((workbook, file), &picks.said, kept, guess);
        tables.doubts = tables.doubts();
        tables
    }

    /// Somebody has imported every layout that is read before.
    pub fn is_known(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|part| part.is_remembered)
    }

    /// Marks the tables that are read; gives the guess that chose one, if one did.
    fn mark(
        &mut self,
        workbook: &Workbook,
        file: &str,
        picks: &Picks,
        kept: &BTreeMap<String, Said>,
    ) -> Option<Guess> {
        if self.is_chosen {
            for found in &mut self.found {
                found.is_read = picks.tables.contains(&found.key);
            }
            return None;
        }
        if self.mark_as_before(kept) {
            return None;
        }
        let guessed = guess(workbook, file, None);
        if self.mark_cards(guessed.as_ref()) {
            return None;
        }
        let guessed = guessed?;
        let at = self.found.iter().position(|found| is_same(found, &guessed));
        if let Some(at) = at {
            self.found[at].is_read = true;
        }
        Some(guessed)
    }

    /// Reads the tables whose layouts were read before; `false` when there are none.
    fn mark_as_before(&mut self, kept: &BTreeMap<String, Said>) -> bool {
        let mut by_layout: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, found) in self.found.iter().enumerate() {
            by_layout.entry(found.layout().to_owned()).or_default().push(at);
        }
        let mut any = false;
        for (layout, tables) in by_layout {
            let take = kept.get(&layout).and_then(|said| said.take);
            let Some(chosen) = take.and_then(|take| take.choose(tables.len())) else { continue };
            for (at, is_read) in tables.into_iter().zip(chosen) {
                self.found[at].is_read = is_read;
                any |= is_read;
            }
        }
        any
    }

    /// Reads every form of the layout with the most known labels, when no list knows more.
    fn mark_cards(&mut self, guessed: Option<&Guess>) -> bool {
        let is_form = |found: &&TableFound| {
            !found.hidden && found.table.shape == Shape::Card && found.table.is_importable()
        };
        let best = self.found.iter().filter(is_form).max_by_key(|found| found.table.known_labels());
        let Some(best) = best else { return false };
        let known = best.table.known_labels();
        // A list on its side, as it seems to be, is what labels beside answers look like.
        let listed = guessed.filter(|guess| !guess.map.transposed).map_or(0, Guess::known_columns);
        if known < CARD_LABELS_MIN || listed >= known {
            return false;
        }
        let layout = best.layout().to_owned();
        for found in &mut self.found {
            let is_form = is_form(&&*found);
            found.is_read = is_form && found.layout() == layout;
        }
        true
    }

    fn parts_of(
        &self,
        (workbook, file): (&Workbook, &str),
        said: &BTreeMap<String, Said>,
        kept: &BTreeMap<String, Said>,
        guessed: Option<Guess>,
    ) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for found in self.found.iter().filter(|found| found.is_read) {
            let before = kept.get(found.layout());
            let own = said.get(found.layout());
            let all = before.cloned().unwrap_or_default();
            let all = own.map_or(all.clone(), |own| all.and(own));
            let Some(sheet) = sheet_of(workbook, &found.sheet) else { continue };
            let header = header_of(&found.table, &all);
            let is_turned = found.table.shape == Shape::Turned;
            let guess = match (&guessed, header) {
                // Titles over a list on its side would pass for its headers.
                (Some(guess), None) if !is_turned => Some(guess.clone()),
                (_, header) => of_table(workbook, (sheet, &found.table), header, file),
            };
            let Some(guess) = guess else { continue };
            parts.push(Part {
                key: found.key.clone(),
                layout: found.layout().to_owned(),
                sheet: found.sheet.clone(),
                shape: found.table.shape,
                found_header: found_header(&found.table),
                is_remembered: before.is_some() && own.is_none(),
                map: said_map(&guess, &all),
                said: all,
                guess: Some(guess),
            });
        }
        if let (true, Some(guess)) = (parts.is_empty(), guessed) {
            parts.push(lone(guess, said, kept));
        }
        parts
    }

    fn doubts(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let new = || self.parts.iter().filter(|part| !part.is_remembered);
        let key = |part: &Part| {
            let is_key = |column: &Column| {
                matches!(column.field, Field::Name | Field::Code | Field::NationalCode)
            };
            part.map.columns.iter().any(is_key)
        };
        if self.parts.is_empty() || self.parts.iter().any(|part| !key(part)) {
            doubts.push(Doubt::NoName);
        }
        let other = self.found.iter().any(|found| {
            !found.is_read
                && !found.hidden
                && found.table.is_importable()
                && found.table.known_columns() >= CARD_LABELS_MIN
        });
        if other && !self.is_chosen && new().next().is_some() {
            doubts.push(Doubt::Several);
        }
        let no_unit = |part: &Part| {
            let amounts = part.map.columns.iter().any(|column| column.field.is_money());
            amounts && part.map.unit.is_some() && part.said.unit.is_none() && !is_told(self, part)
        };
        if new().any(no_unit) {
            doubts.push(Doubt::NoUnit);
        }
        doubts
    }

    /// Gives every part the period a person chose, else the year of `today`.
    pub fn date(&mut self, period: Option<Period>, today: Date) {
        for part in &mut self.parts {
            date_map(&mut part.map, period, today);
        }
    }

    /// What is to be kept of this file for the next one of its layouts.
    pub fn to_remember(&self) -> BTreeMap<String, Said> {
        let mut layouts = BTreeMap::new();
        for part in self.parts.iter().filter(|part| !part.layout.is_empty()) {
            layouts.insert(part.layout.clone(), part.said.clone());
        }
        if self.is_chosen {
            let left =
                self.found.iter().filter(|found| !found.is_read && found.table.is_importable());
            for found in left.take(LAYOUTS_LEFT_MAX) {
                layouts.entry(found.layout().to_owned()).or_default();
            }
        }
        for (layout, said) in &mut layouts {
            let alike = self.found.iter().filter(|found| found.layout() == layout);
            said.take = Take::of(&alike.map(|found| found.is_read).collect::<Vec<_>>());
        }
        layouts
    }

    /// Keeps what was said and chosen with the account, for the next file.
    pub fn remember(&self, desk: &Desk, session: &Session) -> Result<(), OpsError> {
        remembered_layouts::remember(desk, session, &self.to_remember())
    }
}

/// Known labels, or columns, from which something is surely about projects.
const CARD_LABELS_MIN: usize = 3;
/// Layouts beside the ones read of which it is kept that they are not.
const LAYOUTS_LEFT_MAX: usize = 40;

/// Reads the parts of several files.
pub fn read_tables(
    files: Vec<IntakeFile>,
    tables: &[(&Workbook, &Tables)],
    links: &Links,
    progress: &dyn Fn(usize, usize),
) -> (Intake, Vec<Problem>) {
    let mut parts = Vec::new();
    let mut missing = Vec::new();
    for (file, (workbook, tables)) in tables.iter().enumerate() {
        parts.extend(tables.parts.iter().map(|part| read::Part { file, workbook, map: &part.map }));
        if let (true, Some(of)) = (tables.parts.is_empty(), files.get(file)) {
            missing.push(Problem::error("no-table").arg("sheets", "-").at(&of.name, "", ""));
        }
    }
    let (intake, mut problems) = read::read_parts(files, &parts, links, progress);
    let is_silent = |file: &str| !problems.iter().any(|problem| problem.file == file);
    for (at, file) in intake.files.iter().enumerate() {
        let has_rows = intake.rows.iter().any(|row| row.file == at);
        if !has_rows && !tables[at].1.parts.is_empty() && is_silent(&file.name) {
            missing.push(Problem::error("file-without-rows").at(&file.name, "", ""));
        }
    }
    problems.extend(missing);
    (intake, problems)
}

fn found(workbook: &Workbook) -> Vec<TableFound> {
    let layout = layout::survey_heads(workbook);
    let mut all = Vec::new();
    for sheet in layout.sheets {
        all.extend(sheet.tables.into_iter().map(|table| TableFound {
            key: format!("{}!{}", sheet.name, table.area_name()),
            sheet: sheet.name.clone(),
            hidden: sheet.hidden,
            table,
            is_read: false,
        }));
    }
    all
}

fn sheet_of<'w>(workbook: &'w Workbook, name: &str) -> Option<&'w Sheet> {
    workbook.sheets.iter().find(|sheet| sheet.name == name)
}

/// A list that only the rules for lists see, with what was said of its headers.
fn lone(guess: Guess, said: &BTreeMap<String, Said>, kept: &BTreeMap<String, Said>) -> Part {
    let headers: Vec<String> =
        guess.columns.iter().map(|column| format!("{} {}", column.index, column.header)).collect();
    let layout =
        layout::fingerprint(if guess.map.transposed { "turned" } else { "list" }, &headers);
    let (before, own) = (kept.get(&layout), said.get(&layout));
    let all = before.cloned().unwrap_or_default();
    let said = own.map_or(all.clone(), |own| all.and(own));
    let map = said_map(&guess, &said);
    let is_remembered = before.is_some() && own.is_none();
    Part { layout, said, is_remembered, ..given(Some(guess), map) }
}

/// A part without a table of its own.
fn given(guess: Option<Guess>, map: Map) -> Part {
    Part {
        key: String::new(),
        layout: String::new(),
        sheet: guess.as_ref().map_or(String::new(), |guess| guess.sheet.clone()),
        shape: if map.transposed { Shape::Turned } else { Shape::List },
        found_header: map.header,
        said: Said::default(),
        is_remembered: false,
        guess,
        map,
    }
}

/// Whether a table is the one that a guess reads: their headers lie over each other.
fn is_same(found: &TableFound, guess: &Guess) -> bool {
    let Some([top, bottom]) = guess.map.header else { return false };
    let (top, bottom) = (top as usize - 1, bottom as usize - 1);
    let lists = matches!(found.table.shape, Shape::List | Shape::Periods);
    let header = found.table.header.unwrap_or((found.table.area.top, found.table.area.top));
    found.sheet == guess.sheet
        && lists != guess.map.transposed
        && found.table.shape != Shape::Card
        && header.0 <= bottom
        && top <= header.1
}

fn found_header(table: &FoundTable) -> Option<[u32; 2]> {
    table.header.map(|(top, bottom)| [top as u32 + 1, bottom as u32 + 1])
}

/// The row from which a header that was said is counted, from 1.
pub fn header_base(table: &FoundTable) -> u32 {
    let turned = table.shape == Shape::Turned;
    let first = if turned { table.area.left } else { table.area.top };
    table.header.map_or(first, |header| header.0) as u32 + 1
}

/// The header that was said of a table, from 1; nothing where it is the one found.
fn header_of(table: &FoundTable, said: &Said) -> Option<[u32; 2]> {
    let base = i64::from(header_base(table));
    let [from, to] = said.header?.map(|offset| u32::try_from(base + i64::from(offset)).ok());
    let header = [from.filter(|row| *row > 0)?, to?];
    (header[0] <= header[1] && found_header(table) != Some(header)).then_some(header)
}

/// A line beside the table states the unit of its amounts.
fn is_told(tables: &Tables, part: &Part) -> bool {
    let found = tables.found.iter().find(|found| found.key == part.key);
    found.is_some_and(|found| found.table.unit.is_some())
}

/// The guessed map with everything that was said of its columns.
fn said_map(guess: &Guess, said: &Said) -> Map {
    let mut map = guess.map.clone();
    for (index, field) in &said.columns {
        let Some(field) = Field::parse(field) else { continue };
        let Some(column) = guess.columns.iter().find(|column| column.index == *index) else {
            continue;
        };
        let known = map.columns.iter().find(|known| known.header.contains(&column.header));
        if known.is_some_and(|known| known.field == field) {
            continue;
        }
        map.columns.retain(|known| !known.header.contains(&column.header));
        if field != Field::Ignore {
            let header = vec![column.header.clone()];
            map.columns.push(Column { header, field, ..Column::default() });
        }
    }
    let whole = said.unit.as_deref().and_then(Unit::parse);
    for column in map.columns.iter_mut().filter(|column| column.field.is_money()) {
        let stated = column.header.iter().any(|header| unit_in_header(header).is_some());
        column.unit = whole.filter(|_| !stated).or(column.unit);
    }
    for (index, unit) in &said.units {
        let header = guess.columns.iter().find(|column| column.index == *index);
        let Some((header, unit)) = header.zip(Unit::parse(unit)) else { continue };
        let named = map.columns.iter_mut().filter(|of| of.header.contains(&header.header));
        named.for_each(|column| column.unit = Some(unit));
    }
    let period = said.period_column.and_then(|index| usize::try_from(index).ok());
    let column = period.and_then(|index| guess.columns.iter().find(|c| c.index == index));
    if let Some(column) = column {
        let header = vec![column.header.clone()];
        map.period = Some(PeriodRule::Column { header, kind: PeriodKind::Month });
    }
    map
}
