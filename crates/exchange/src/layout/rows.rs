//! What each row below a header is: a record, a heading of a group, a sum, a note, a line of
//! the form that nobody filled in.

use super::grid::{Area, Grid};
use super::header::{self, Header};
use super::heading::{self, Heading, Label, Style};
use super::look::Look;
use serde::Serialize;

/// What a row of the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowRole {
    Blank,
    /// The header again, or numbers of its columns.
    Header,
    Group,
    Data,
    Total,
    Subtotal,
    /// 其中: a part of the sum above.
    OfWhich,
    /// A line nobody filled in: no name, and at most zeros and marks.
    Empty,
    Note,
    /// Figures beside the list: they fill none of the columns its records fill.
    Aside,
}

impl RowRole {
    pub fn code(self) -> &'static str {
        match self {
            RowRole::Blank => "blank",
            RowRole::Header => "header",
            RowRole::Group => "group",
            RowRole::Data => "data",
            RowRole::Total => "total",
            RowRole::Subtotal => "subtotal",
            RowRole::OfWhich => "of-which",
            RowRole::Empty => "empty",
            RowRole::Note => "note",
            RowRole::Aside => "aside",
        }
    }
}

/// The heading of a group of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    pub row: usize,
    /// 1 for the outermost.
    pub level: usize,
    pub heading: Heading,
}

/// The body of a table.
pub struct Body {
    /// Roles of the rows from the one below the header.
    pub roles: Vec<RowRole>,
    pub groups: Vec<Group>,
    /// Counts that rows of sums state.
    pub stated: Vec<(usize, usize)>,
    /// The column that names the records.
    pub key: usize,
}

/// Reads the rows from `from` to the end of the area.
pub fn read(
    grid: &Grid<'_>,
    area: &Area,
    header: Option<&Header>,
    from: usize,
    key: usize,
) -> Body {
    let mut reader = Reader { grid, area, header, key, stack: Vec::new() };
    let mut body = Body { roles: Vec::new(), groups: Vec::new(), stated: Vec::new(), key };
    let template = reader.is_template(from);
    for row in from..=area.bottom {
        let role = reader.role(row, template, &mut body);
        body.roles.push(role);
    }
    settle_lone(grid, area, from, &mut body);
    lay_after_total(grid, from, &mut body);
    lay_aside(grid, area, from, &mut body);
    body
}

struct Reader<'g, 'a> {
    grid: &'g Grid<'a>,
    area: &'g Area,
    header: Option<&'g Header>,
    key: usize,
    /// Styles of headings, the outermost first.
    stack: Vec<Style>,
}

impl Reader<'_, '_> {
    fn role(&mut self, row: usize, template: bool, body: &mut Body) -> RowRole {
        let filled = self.grid.filled(row, self.area);
        let Some(&first) = filled.first() else { return RowRole::Blank };
        if self.is_header_again(row, &filled) {
            return RowRole::Header;
        }
        let label = self.grid.words(row, first);
        let is_text = self.grid.look(row, first).is_words();
        if is_text
            && (heading::is_note(&label) && filled.len() <= 2 || heading::is_signature(&label))
        {
            return RowRole::Note;
        }
        if let Some(role) = self.by_label(row, &filled, body) {
            return role;
        }
        if filled.len() == 1 && self.area.width() > 2 && is_text {
            let wide = self.grid.merge(row, first).is_some_and(|m| m.right > m.left);
            let prose = self.grid.look(row, first) == Look::Prose;
            return match (template && !wide, prose) {
                (true, _) => RowRole::Data,
                (_, true) => RowRole::Note,
                _ => self.group(row, heading::plain(&label), body),
            };
        }
        if self.is_unfilled(row, &filled) { RowRole::Empty } else { RowRole::Data }
    }

    /// Sums, parts of sums and headings, by the first words of the row or of its key.
    fn by_label(&mut self, row: usize, filled: &[usize], body: &mut Body) -> Option<RowRole> {
        let words = filled
            .iter()
            .take(3)
            .filter(|c| self.grid.look(row, **c).is_words() || **c <= self.key);
        let mut words = words.map(|column| self.grid.words(row, *column));
        let first = words.next()?;
        let second = words.next().unwrap_or_default();
        let label = heading::read(&first);
        // A heading's numeral may have a cell of its own, and so may the count of a sum.
        let label = match label {
            Some(Label::Group(ref part)) if part.name.is_empty() => {
                let mut heading = heading::plain(&second);
                heading.style = part.style;
                (!heading.name.is_empty()).then_some(Label::Group(heading))
            }
            Some(Label::Total(None)) => Some(Label::Total(heading::counted(&second).1)),
            Some(Label::Subtotal(None)) => Some(Label::Subtotal(heading::counted(&second).1)),
            None if self.is_counter(row, filled[0]) => heading::read(&second).filter(is_sum),
            label => label,
        };
        // `    预备重点项目（10项）` under 其中 is the next part of the same sum.
        let goes_on = body.roles.last() == Some(&RowRole::OfWhich) && label.is_none();
        if goes_on && heading::plain(&first).count.is_some() {
            return Some(RowRole::OfWhich);
        }
        match label? {
            Label::Total(count) => Some(self.sum(row, count, RowRole::Total, body)),
            Label::Subtotal(count) => Some(self.sum(row, count, RowRole::Subtotal, body)),
            Label::OfWhich(_) => Some(RowRole::OfWhich),
            Label::Group(heading) if self.heads(row, filled, &heading, body) => {
                Some(self.group(row, heading, body))
            }
            Label::Group(heading) if heading.style == Style::Sum => {
                Some(self.sum(row, heading.count, RowRole::Subtotal, body))
            }
            Label::Group(_) => None,
        }
    }

    fn sum(&mut self, row: usize, count: Option<usize>, role: RowRole, body: &mut Body) -> RowRole {
        body.stated.extend(count.map(|count| (row, count)));
        role
    }

    /// A heading has no name of a record beside it, or says how many rows follow; a sum of a
    /// place heads the rows below it unless its own rows stand above.
    fn heads(&self, row: usize, filled: &[usize], heading: &Heading, body: &Body) -> bool {
        if heading.style == Style::Sum {
            let last = body.roles.iter().rev().find(|role| **role != RowRole::Blank);
            let headed = body.groups.iter().any(|group| group.heading.style == Style::Sum);
            return headed || last != Some(&RowRole::Data);
        }
        let words = filled.iter().filter(|column| self.grid.look(row, **column).is_words()).count();
        heading.count.is_some() || words <= 1 + usize::from(self.is_counter_column(filled[0]))
    }

    fn group(&mut self, row: usize, heading: Heading, body: &mut Body) -> RowRole {
        let style = heading.style;
        match self.stack.iter().position(|known| *known == style) {
            Some(at) => self.stack.truncate(at + 1),
            None => self.stack.push(style),
        }
        body.groups.push(Group { row, level: self.stack.len(), heading });
        RowRole::Group
    }

    fn is_counter_column(&self, column: usize) -> bool {
        column < self.key
    }

    fn is_counter(&self, row: usize, column: usize) -> bool {
        self.is_counter_column(column) && self.grid.look(row, column).is_number()
    }

    /// The header once more, as at the top of a new page, or 1, 2, 3 … under it.
    fn is_header_again(&self, row: usize, filled: &[usize]) -> bool {
        let Some(header) = self.header else { return false };
        if filled.len() < 3 {
            return false;
        }
        let same = filled.iter().filter(|column| {
            let text = self.grid.words(row, **column);
            (header.top..=header.bottom).any(|of| self.grid.spread_words(of, **column) == text)
        });
        if same.count() * 10 >= filled.len() * 8 {
            return true;
        }
        let texts: Vec<String> =
            filled.iter().map(|column| self.grid.words(row, *column)).collect();
        let numbers: Vec<i64> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        let others = texts.iter().filter(|text| text.parse::<i64>().is_err());
        row == header.bottom + 1
            && numbers.len() >= 3
            && numbers[0] <= 2
            && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
            && others
                .into_iter()
                .all(|text| matches!(text.as_str(), "甲" | "乙" | "丙" | "A" | "B"))
    }

    /// No words, or only choices nobody made, and no number but zeros.
    fn is_unfilled(&self, row: usize, filled: &[usize]) -> bool {
        let counter =
            |column: usize| column < self.key && !self.grid.look(row, self.key).is_words();
        filled.iter().filter(|column| !counter(**column)).all(|column| {
            match self.grid.look(row, *column) {
                Look::Filler | Look::Blank => true,
                Look::Number | Look::NumberText => {
                    matches!(self.grid.words(row, *column).trim(), "0" | "0.0" | "0.00")
                }
                _ => false,
            }
        })
    }

    /// A form sent out empty: labels in front and nothing behind them in most rows.
    fn is_template(&self, from: usize) -> bool {
        let (mut lone, mut full) = (0, 0);
        for row in from..=self.area.bottom.min(from + 500) {
            let filled = self.grid.filled(row, self.area);
            let label = filled.first().is_some_and(|column| *column <= self.key);
            match filled.len() {
                0 => {}
                1 if label => lone += 1,
                _ => full += 1,
            }
        }
        lone >= 3 && lone > full
    }
}

fn is_sum(label: &Label) -> bool {
    matches!(label, Label::Total(_) | Label::Subtotal(_))
        || matches!(label, Label::Group(heading) if heading.style == Style::Sum)
}

/// A lone text heads the rows below it; below the last of them it is a note, unless a
/// numeral or a count says otherwise.
fn settle_lone(grid: &Grid<'_>, area: &Area, from: usize, body: &mut Body) {
    let last = body.roles.iter().rposition(|role| *role == RowRole::Data);
    for index in last.map_or(0, |at| at + 1)..body.roles.len() {
        let row = from + index;
        let plain = |group: &Group| group.row == row && group.heading.style == Style::Plain;
        let lone = grid.filled(row, area).len() == 1;
        if body.roles[index] == RowRole::Group && lone && body.groups.iter().any(plain) {
            body.roles[index] = RowRole::Note;
            body.groups.retain(|group| group.row != row);
        }
    }
}

/// Figures without a name below the sum of all records are worked out beside the list.
fn lay_after_total(grid: &Grid<'_>, from: usize, body: &mut Body) {
    let Some(total) = body.roles.iter().rposition(|role| *role == RowRole::Total) else { return };
    let records = body.roles[..total].iter().filter(|role| **role == RowRole::Data).count();
    if records < 2 {
        return;
    }
    for index in total + 1..body.roles.len() {
        let named = grid.spread_look(from + index, body.key).is_words();
        if body.roles[index] == RowRole::Data && !named {
            body.roles[index] = RowRole::Aside;
        }
    }
}

/// Rows of a list from which its must-fill columns are told.
const LIST_ROWS_MIN: usize = 12;

/// Rows that leave most of the columns blank that nearly every record fills are no records.
fn lay_aside(grid: &Grid<'_>, area: &Area, from: usize, body: &mut Body) {
    let data: Vec<usize> =
        (0..body.roles.len()).filter(|index| body.roles[*index] == RowRole::Data).collect();
    if data.len() < LIST_ROWS_MIN {
        return;
    }
    let always: Vec<usize> = area
        .columns()
        .filter(|column| {
            let filled = data.iter().filter(|i| grid.spread_look(from + **i, *column).is_filled());
            filled.count() * 100 >= data.len() * 95
        })
        .collect();
    if always.len() < 3 {
        return;
    }
    for index in data {
        let given =
            always.iter().filter(|column| grid.spread_look(from + index, **column).is_filled());
        if given.count() * 2 < always.len() && !header::may_head(grid, area, from + index) {
            body.roles[index] = RowRole::Aside;
        }
    }
}
