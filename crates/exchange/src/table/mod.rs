//! Finding the table on a sheet: where its header is, what each row is.

mod header;
mod role;
mod view;

pub use role::{Role, group_name, is_total_label};
pub use view::View;

use crate::map::{Map, Unit};

/// The table of one sheet. Rows and columns are those of its [`View`].
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// First and last row of the header, counted from 0.
    pub header: (usize, usize),
    /// Header of each column, its rows joined by `/`; empty where there is none.
    pub headers: Vec<String>,
    /// Unit a line above the table states for all of it.
    pub unit: Option<Unit>,
    /// Period named above the table: `2026年5月`, as it stands there.
    pub above: Vec<String>,
    /// Last row of the list, where another one follows; from 0.
    pub last: Option<usize>,
    /// First row that is the list's, where another stands above it; from 0.
    pub first: usize,
}

impl Table {
    /// Looks for the table. `known` says whether a text is a header the caller knows;
    /// `stated` are first and last row of the header, from 1, when a map states them.
    pub fn find(
        view: &View<'_>,
        known: &dyn Fn(&str) -> bool,
        stated: Option<[u32; 2]>,
    ) -> Option<Table> {
        let header = match stated {
            Some([from, to]) => (from as usize - 1, to as usize - 1),
            None => header::find(view, known)?,
        };
        if header.1 >= view.rows() {
            return None;
        }
        let headers = header::flatten(view, header);
        let above = header::texts_above(view, header.0);
        let unit = above.iter().find_map(|text| header::unit_line(text));
        Some(Table { header, headers, unit, above, last: None, first: 0 })
    }

    /// The same with only the lines from row `first` (from 0) above it.
    pub fn from_row(mut self, view: &View<'_>, first: usize) -> Table {
        self.first = first.min(self.header.0);
        self.above = header::texts_between(view, self.first, self.header.0);
        self.unit = self.above.iter().find_map(|text| header::unit_line(text));
        self
    }

    /// As [`Table::find`], where a map says where its list lies.
    pub fn of_map(view: &View<'_>, known: &dyn Fn(&str) -> bool, map: &Map) -> Option<Table> {
        let mut table = Table::find(view, known, map.header)?;
        if let Some(first) = map.first_row {
            table = table.from_row(view, (first as usize).saturating_sub(1));
        }
        table.last = map.last_row.map(|row| (row as usize).saturating_sub(1));
        Some(table)
    }

    /// What every row of the sheet is. `key` is the column that names the project.
    pub fn roles(&self, view: &View<'_>, key: Option<usize>) -> Vec<Role> {
        let mut roles = role::roles(view, self.header, key);
        by_layout(view, (self.header.1, key), &mut roles);
        // What lies above and below is another list's.
        let last = self.last.unwrap_or(usize::MAX);
        for (row, role) in roles.iter_mut().enumerate() {
            if (row < self.first || row > last) && *role != Role::Blank {
                *role = Role::Note;
            }
        }
        roles
    }
}

/// Rows of a sheet that is looked through for parts of sums and headings.
const ROWS_LOOKED_THROUGH: usize = 5_000;

/// What the whole of a list shows and no row alone: `预备重点项目（10项）` below 其中 is the
/// next part of a sum, and no project.
fn by_layout(view: &View<'_>, (header, key): (usize, Option<usize>), roles: &mut [Role]) {
    use crate::layout::{RowRole, Shape, survey_sheet};
    let is_plain = !view.is_transposed() && !view.is_named();
    // Only a row without a name is in doubt, and few lists have one.
    let Some(key) = key.filter(|_| is_plain && roles.len() <= ROWS_LOOKED_THROUGH) else { return };
    let is_nameless =
        |(row, role): (usize, &Role)| *role == Role::Data && view.cell(row, key).value.is_empty();
    if !roles.iter().enumerate().any(is_nameless) {
        return;
    }
    let found = survey_sheet(view.sheet, view.is_text());
    let table = found.tables.iter().find(|table| {
        matches!(table.shape, Shape::List | Shape::Periods)
            && table.header.is_some_and(|(_, bottom)| bottom == header)
    });
    let Some(table) = table else { return };
    let from = table.body_from();
    for (index, found) in table.roles.iter().enumerate() {
        let Some(role) = roles.get_mut(from + index).filter(|role| **role == Role::Data) else {
            continue;
        };
        *role = match found {
            RowRole::Group => Role::Group,
            RowRole::Total => Role::Total,
            RowRole::Subtotal => Role::Subtotal,
            RowRole::OfWhich => Role::Note,
            _ => Role::Data,
        };
    }
}
