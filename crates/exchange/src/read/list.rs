//! One sheet of one file to rows.

use super::columns::{self, Columns, short};
use super::{card, period, sums};
use crate::map::{Field, Links, Map, PeriodRule};
use crate::sheet::Sheet;
use crate::table::{Role, Table, View, group_name};
use rayon::prelude::*;
use std::collections::BTreeMap;
use tici_domain::intake::{At, Extent, ProjectRow};
use tici_domain::{Period, Problem};

/// What was seen in a column and where first: one message instead of a thousand.
#[derive(Default)]
pub struct Tally(BTreeMap<usize, (usize, String)>);

impl Tally {
    pub fn note(&mut self, column: usize, example: impl FnOnce() -> String) {
        self.0.entry(column).or_insert_with(|| (0, example())).0 += 1;
    }

    /// Adds what was seen further down.
    fn add(&mut self, below: Tally) {
        for (column, (count, example)) in below.0 {
            self.0.entry(column).or_insert((0, example)).0 += count;
        }
    }
}

/// Reads the rows of one sheet.
pub struct SheetReader<'a, 'm> {
    pub map: &'m Map,
    pub links: &'m Links,
    pub view: &'a View<'a>,
    pub extent: Extent,
    pub columns: &'a Columns<'m>,
    pub epoch_1904: bool,
    pub file: usize,
    pub skipped: Tally,
    pub formulas: Tally,
    pub serials: Tally,
    /// Cells with several facts.
    pub several: Tally,
    file_name: &'a str,
    told_no_period: bool,
    problems: Vec<Problem>,
}

/// The last part of a path: folders may have years in their names too.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Where a sheet comes from.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    pub file: usize,
    pub file_name: &'a str,
    pub text: bool,
    pub epoch_1904: bool,
}

/// Rows and problems of one sheet; `None` when there is no table on it.
pub fn read(
    sheet: &Sheet,
    origin: Origin<'_>,
    map: &Map,
    links: &Links,
    tick: &mut dyn FnMut(usize),
) -> Option<(Vec<ProjectRow>, Vec<Problem>)> {
    if map.card {
        return read_cards(sheet, origin, map, links);
    }
    let view = View::new(sheet, map.transposed, origin.text).between(map.between);
    let extent = if map.transposed { Extent::Column } else { Extent::Row };
    read_view((view, extent), origin, map, links, tick)
}

/// Every filled form of a sheet is a row.
fn read_cards(
    sheet: &Sheet,
    origin: Origin<'_>,
    map: &Map,
    links: &Links,
) -> Option<(Vec<ProjectRow>, Vec<Problem>)> {
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let records = card::records(sheet, origin.text, map.header);
    for record in &records {
        let own = Map {
            card: false,
            transposed: false,
            header: Some([record.header, record.header]),
            ..map.clone()
        };
        let view = View::new(&record.sheet, false, origin.text).named(&record.names);
        let extent = Extent::Rows(record.rows.0, record.rows.1);
        let read = read_view((view, extent), origin, &own, links, &mut |_| {});
        let Some(read) = read else { continue };
        rows.extend(read.0);
        problems.extend(read.1);
    }
    (!records.is_empty()).then_some((rows, problems))
}

fn read_view<'a, 'm>(
    (view, extent): (View<'a>, Extent),
    origin: Origin<'a>,
    map: &'m Map,
    links: &'m Links,
    tick: &mut dyn FnMut(usize),
) -> Option<(Vec<ProjectRow>, Vec<Problem>)> {
    let known = columns::KnownHeaders::new(map);
    let table = Table::of_map(&view, &|text| known.has(text), map)?;
    let (columns, problems) = columns::resolve(map, &view, &table);
    let mut reader = SheetReader {
        map,
        links,
        view: &view,
        extent,
        columns: &columns,
        epoch_1904: origin.epoch_1904,
        file: origin.file,
        skipped: Tally::default(),
        formulas: Tally::default(),
        serials: Tally::default(),
        several: Tally::default(),
        file_name: origin.file_name,
        told_no_period: false,
        problems: Vec::new(),
    };
    let header_cell = reader.view.address(table.header.1, 0);
    for mut problem in problems {
        problem.cell = header_cell.clone();
        reader.problem_here(problem);
    }
    let rows = reader.rows(tick);
    let sums = sums::check(&view, &columns, map.currency);
    for problem in sums {
        reader.problem_here(problem);
    }
    reader.tell_tallies();
    Some((rows, reader.problems))
}

/// Rows of a part that is read by itself, and rows between two reports of progress.
const PART_ROWS: usize = 1_000;
const BATCH_ROWS: usize = 16_000;

/// A row of data, and the number of groups above it.
type DataRow = (usize, usize);

impl<'a, 'm> SheetReader<'a, 'm> {
    /// Reads all rows, parts of the sheet at the same time. What they say is put together in
    /// the order of the rows, so that it is the same whatever the number of threads.
    fn rows(&mut self, tick: &mut dyn FnMut(usize)) -> Vec<ProjectRow> {
        let mut data: Vec<DataRow> = Vec::new();
        let mut groups: Vec<Option<At<String>>> = Vec::new();
        for (index, role) in self.columns.roles.iter().enumerate() {
            match role {
                Role::Group => groups.push(self.group(index)),
                Role::Data => data.push((index, groups.len())),
                _ => {}
            }
        }
        let mut rows = Vec::with_capacity(data.len());
        for batch in data.chunks(BATCH_ROWS) {
            let this: &SheetReader<'a, 'm> = self;
            let parts = batch.par_chunks(PART_ROWS).map(|part| {
                let mut own = this.fresh();
                let read: Vec<ProjectRow> =
                    part.iter().filter_map(|row| own.grouped_row(*row, &groups)).collect();
                (read, own)
            });
            let parts: Vec<(Vec<ProjectRow>, SheetReader<'a, 'm>)> = parts.collect();
            for (read, own) in parts {
                rows.extend(read);
                self.add(own);
            }
            tick(batch.last().map_or(0, |(row, _)| *row));
        }
        rows
    }

    /// One that has read nothing yet.
    fn fresh(&self) -> SheetReader<'a, 'm> {
        SheetReader {
            map: self.map,
            links: self.links,
            view: self.view,
            extent: self.extent,
            columns: self.columns,
            epoch_1904: self.epoch_1904,
            file: self.file,
            skipped: Tally::default(),
            formulas: Tally::default(),
            serials: Tally::default(),
            several: Tally::default(),
            file_name: self.file_name,
            told_no_period: self.told_no_period,
            problems: Vec::new(),
        }
    }

    /// Adds what another one found further down. That the file's name says no period is said
    /// once.
    fn add(&mut self, below: SheetReader<'a, 'm>) {
        self.skipped.add(below.skipped);
        self.formulas.add(below.formulas);
        self.serials.add(below.serials);
        self.several.add(below.several);
        let told = self.told_no_period;
        let again = |problem: &Problem| told && problem.key == "file-name-without-period";
        self.problems.extend(below.problems.into_iter().filter(|problem| !again(problem)));
        self.told_no_period |= below.told_no_period;
    }

    fn grouped_row(
        &mut self,
        (index, above): DataRow,
        groups: &[Option<At<String>>],
    ) -> Option<ProjectRow> {
        let mut row = self.row(index)?;
        let group = above.checked_sub(1).and_then(|at| groups.get(at)).and_then(Option::as_ref);
        if let (Some(field), Some(group)) = (&self.map.groups, group) {
            fill_from_group(&mut row, field, group);
        }
        Some(row)
    }

    fn group(&self, row: usize) -> Option<At<String>> {
        let first = *self.view.filled(row).first()?;
        let cell = self.view.cell(row, first);
        let raw = cell.value.show();
        let (name, _) = group_name(&raw);
        Some(At { value: name, cell: self.view.address(row, first), raw })
    }

    /// The period of a row, as the map's rule says.
    pub fn period_of(&mut self, row: usize) -> Option<Period> {
        match &self.map.period {
            None => None,
            Some(PeriodRule::Fixed(period)) => Some(*period),
            Some(PeriodRule::FileName(kind)) => {
                let found = period::in_file_name(base_name(self.file_name), *kind);
                if found.is_none() && !self.told_no_period {
                    self.told_no_period = true;
                    let name = base_name(self.file_name).to_string();
                    self.problem(Problem::error("file-name-without-period").arg("found", name), "");
                }
                found
            }
            Some(PeriodRule::Column { kind, .. }) => {
                let column = self.columns.period?;
                let value = &self.view.cell(row, column).value;
                let found = period::in_cell(value, *kind, &self.map.dates, self.epoch_1904);
                if found.is_none() {
                    let cell = self.view.address(row, column);
                    let problem = Problem::error("period-unreadable").arg("found", value.show());
                    self.problem(problem, &cell);
                }
                found
            }
        }
    }

    pub fn problem(&mut self, mut problem: Problem, cell: &str) {
        problem.cell = cell.into();
        self.problem_here(problem);
    }

    /// Adds a problem that knows its cell.
    pub fn problem_here(&mut self, mut problem: Problem) {
        problem.file = self.file_name.into();
        problem.sheet = self.view.sheet.name.clone();
        self.problems.push(problem);
    }

    /// One warning per column for what happened in many of its cells.
    fn tell_tallies(&mut self) {
        let told = [
            ("values-skipped", std::mem::take(&mut self.skipped)),
            ("formulas-read", std::mem::take(&mut self.formulas)),
            ("serial-dates-read", std::mem::take(&mut self.serials)),
            ("cells-several-facts", std::mem::take(&mut self.several)),
        ];
        for (key, tally) in told {
            for (column, (count, example)) in tally.0 {
                let fields = &self.columns.fields;
                let header = fields.iter().find(|field| field.index == column);
                // Two fields may read one column; its cells still count once.
                let readers = fields.iter().filter(|field| field.index == column).count().max(1);
                let problem = Problem::warning(key)
                    .arg("column", header.map_or(String::new(), |field| short(&field.header)))
                    .arg("n", count.div_ceil(readers))
                    .arg("example", example);
                self.problem_here(problem);
            }
        }
    }
}

fn fill_from_group(row: &mut ProjectRow, field: &Field, group: &At<String>) {
    let slot = match field {
        Field::Place => &mut row.place,
        Field::Chain => &mut row.chain,
        Field::Sector => &mut row.sector,
        Field::Industry => &mut row.industry,
        Field::LeadUnit => &mut row.lead_unit,
        Field::Enterprise => &mut row.enterprise,
        _ => return,
    };
    slot.get_or_insert_with(|| group.clone());
}
