//! One sheet of one file to rows.

use super::columns::{self, Columns, short};
use super::{period, sums};
use crate::map::{Field, Links, Map, PeriodRule};
use crate::sheet::Sheet;
use crate::table::{Role, Table, View, group_name};
use std::collections::BTreeMap;
use std::rc::Rc;
use tici_domain::intake::{At, ProjectRow};
use tici_domain::{Period, Problem};

/// What was seen in a column and where first: one message instead of a thousand.
#[derive(Default)]
pub struct Tally(BTreeMap<usize, (usize, String)>);

impl Tally {
    pub fn note(&mut self, column: usize, example: impl FnOnce() -> String) {
        self.0.entry(column).or_insert_with(|| (0, example())).0 += 1;
    }
}

/// Reads the rows of one sheet.
pub struct SheetReader<'a, 'm> {
    pub map: &'m Map,
    pub links: &'m Links,
    pub view: View<'a>,
    pub columns: Rc<Columns<'m>>,
    pub epoch_1904: bool,
    pub file: usize,
    pub skipped: Tally,
    pub formulas: Tally,
    pub serials: Tally,
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
pub fn read<'m>(
    sheet: &Sheet,
    origin: Origin<'_>,
    map: &'m Map,
    links: &'m Links,
    tick: &mut dyn FnMut(usize),
) -> Option<(Vec<ProjectRow>, Vec<Problem>)> {
    let view = View::new(sheet, map.transposed, origin.text);
    let known = columns::KnownHeaders::new(map);
    let table = Table::of_map(&view, &|text| known.has(text), map)?;
    let (columns, problems) = columns::resolve(map, &view, &table);
    let columns = Rc::new(columns);
    let mut reader = SheetReader {
        map,
        links,
        view,
        columns,
        epoch_1904: origin.epoch_1904,
        file: origin.file,
        skipped: Tally::default(),
        formulas: Tally::default(),
        serials: Tally::default(),
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
    let sums = sums::check(&reader.view, &reader.columns, map.currency);
    for problem in sums {
        reader.problem_here(problem);
    }
    reader.tell_tallies();
    Some((rows, reader.problems))
}

impl SheetReader<'_, '_> {
    fn rows(&mut self, tick: &mut dyn FnMut(usize)) -> Vec<ProjectRow> {
        let columns = self.columns.clone();
        let count = columns.roles.iter().filter(|role| **role == Role::Data).count();
        let mut rows = Vec::with_capacity(count);
        let mut group: Option<At<String>> = None;
        for (index, role) in columns.roles.iter().enumerate() {
            tick(index);
            match role {
                Role::Group => group = self.group(index),
                Role::Data => {
                    let Some(mut row) = self.row(index) else { continue };
                    if let (Some(field), Some(group)) = (&self.map.groups, &group) {
                        fill_from_group(&mut row, field, group);
                    }
                    rows.push(row);
                }
                _ => {}
            }
        }
        rows
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
