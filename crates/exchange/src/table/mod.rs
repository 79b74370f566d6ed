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
        Some(Table { header, headers, unit, above, last: None })
    }

    /// As [`Table::find`], where a map says where its list lies.
    pub fn of_map(view: &View<'_>, known: &dyn Fn(&str) -> bool, map: &Map) -> Option<Table> {
        let mut table = Table::find(view, known, map.header)?;
        table.last = map.last_row.map(|row| (row as usize).saturating_sub(1));
        Some(table)
    }

    /// What every row of the sheet is. `key` is the column that names the project.
    pub fn roles(&self, view: &View<'_>, key: Option<usize>) -> Vec<Role> {
        let mut roles = role::roles(view, self.header, key);
        // What lies below is another list's.
        for role in roles.iter_mut().skip(self.last.map_or(usize::MAX, |last| last + 1)) {
            *role = if *role == Role::Blank { Role::Blank } else { Role::Note };
        }
        roles
    }
}
