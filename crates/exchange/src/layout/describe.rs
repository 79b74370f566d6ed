//! A layout in lines of text, for a terminal and for comparing.

use super::{FoundTable, Layout, RowRole, Shape, UnitKind};
use crate::sheet::column_letters;
use jiff::civil::Date;
use std::fmt::{self, Write};

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sheet in &self.sheets {
            let hidden = if sheet.hidden { " (hidden)" } else { "" };
            writeln!(f, "sheet {:?}{hidden}", sheet.name)?;
            for table in &sheet.tables {
                write!(f, "{table}")?;
            }
            for line in &sheet.lines {
                writeln!(f, "  {} {}", line.kind.code(), line.text)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for FoundTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}", self.summary())?;
        for line in &self.lines {
            writeln!(f, "    {} {}: {}", line.kind.code(), line.row + 1, line.text)?;
        }
        if self.shape != Shape::Card {
            writeln!(f, "    rows {}", self.row_runs())?;
        }
        for group in &self.groups {
            let count = group.heading.count.map_or(String::new(), |count| format!(" ({count})"));
            writeln!(
                f,
                "    group {} level {} {}{count}",
                group.row + 1,
                group.level,
                group.heading.name
            )?;
        }
        for total in &self.totals {
            let letters = |columns: &mut dyn Iterator<Item = usize>| {
                columns.map(column_letters).collect::<Vec<_>>().join(" ")
            };
            let agree = letters(&mut total.agree.iter().copied());
            let differ = letters(&mut total.differ.iter().map(|difference| difference.column));
            let stated = total.stated.map_or("-".into(), |count| count.to_string());
            let (row, found) = (total.row + 1, total.found);
            writeln!(f, "    sum {row}: rows {stated}/{found}, agree {agree}, differ {differ}")?;
        }
        for column in &self.columns {
            let unit =
                column.unit.as_ref().map_or(String::new(), |unit| format!(" [{}]", unit.text));
            let (letters, header, values) = (&column.letters, &column.header, column.values.code());
            let (field, confidence) = (&column.field, column.confidence);
            writeln!(f, "    {letters} {header}{unit} {values} → {field} {confidence}%")?;
        }
        for field in &self.fields {
            let unit =
                field.unit.as_ref().map_or(String::new(), |unit| format!(" [{}]", unit.text));
            let (label, cell, value) = (&field.label, &field.value_cell, &field.value);
            writeln!(f, "    {label}{unit} {cell} = {value} → {}", field.field)?;
        }
        for flag in &self.flags {
            let (kind, count, cell) = (flag.kind.code(), flag.count, &flag.cell);
            writeln!(f, "    flag {} {kind} ×{count} at {cell}", column_letters(flag.column))?;
        }
        Ok(())
    }
}

impl FoundTable {
    /// `A2:T5`
    pub fn area_name(&self) -> String {
        let area = &self.area;
        let (left, right) = (column_letters(area.left), column_letters(area.right));
        format!("{left}{}:{right}{}", area.top + 1, area.bottom + 1)
    }

    /// Shape, cells, header, title, unit and day, in one line.
    pub fn summary(&self) -> String {
        let mut text = format!("{} {}", self.shape.code(), self.area_name());
        match self.header {
            Some(at) if self.shape == Shape::Turned => {
                let _ = write!(text, " header {}", column_letters(at.0));
            }
            Some((top, bottom)) if top == bottom => {
                let _ = write!(text, " header {}", top + 1);
            }
            Some((top, bottom)) => {
                let _ = write!(text, " header {}-{}", top + 1, bottom + 1);
            }
            None => {}
        }
        if let Some(reason) = self.reason {
            let _ = write!(text, " ({})", reason.code());
        }
        let _ = write!(text, " {}%", self.confidence);
        if let Some(unit) = &self.unit {
            let currency = match unit.kind {
                UnitKind::Money { currency: Some(currency), .. } => currency,
                _ => "",
            };
            let _ = write!(text, " unit {} {currency}", unit.text);
        }
        if let Some(dated) = self.dated {
            let last = if dated.last == Date::MAX { String::new() } else { dated.last.to_string() };
            let _ = write!(text, " {}..{last}", dated.first);
        }
        if let Some(title) = &self.title {
            let _ = write!(text, " {title:?}");
        }
        text
    }

    /// `total 4, data 5-8`: runs of rows of one role.
    pub fn row_runs(&self) -> String {
        let from = self.body_from();
        let mut runs: Vec<(RowRole, usize, usize)> = Vec::new();
        for (index, role) in self.roles.iter().enumerate() {
            let row = from + index + 1;
            match runs.last_mut().filter(|run| run.0 == *role) {
                Some(run) => run.2 = row,
                None => runs.push((*role, row, row)),
            }
        }
        let show = |(role, first, last): &(RowRole, usize, usize)| match first == last {
            true => format!("{} {first}", role.code()),
            false => format!("{} {first}-{last}", role.code()),
        };
        runs.iter().map(show).collect::<Vec<_>>().join(", ")
    }
}
