//! How the tables of one layout are read: header, rows set apart, and each column with its
//! meaning, unit, reason and confidence.

use tici_ops::files::guess::{GuessedColumn, Reason};
use tici_ops::files::layout::{FoundTable, RowRole, Shape};
use tici_ops::files::map::{Field, PeriodRule, Unit, unit_in_header};
use tici_ops::foreign_tables::{Part, TableFound, Tables};

use super::fields;
use crate::i18n::T;

/// Code, words and whether it is chosen.
pub type Choice = (String, String, bool);

/// The tables of one layout that are read.
pub struct LayoutView {
    pub layout: String,
    pub title: String,
    pub note: String,
    /// First and last row of the header; `None` for forms.
    pub header: Option<(u32, u32)>,
    pub header_words: String,
    pub units: Vec<Choice>,
    pub periods: Vec<Choice>,
    /// Rows that are read and rows set apart, with their counts.
    pub rows: Vec<String>,
    /// What a person should know of its cells.
    pub flags: Vec<String>,
    pub columns: Vec<ColumnView>,
}

/// One column, or one label of a form.
pub struct ColumnView {
    pub index: usize,
    pub letters: String,
    pub header: String,
    pub samples: String,
    pub label: String,
    pub unit_label: String,
    pub options: Vec<Choice>,
    pub is_ignored: bool,
    /// Units to choose from; empty where none is needed or the header states it.
    pub units: Vec<Choice>,
    pub unit: String,
    pub reason: String,
    /// In percent; empty where a person has said it.
    pub confidence: String,
}

/// One view for each layout that is read, in the order of the file.
pub fn layouts(t: T, tables: &Tables) -> Vec<LayoutView> {
    let mut seen: Vec<&str> = Vec::new();
    let mut views = Vec::new();
    for part in &tables.parts {
        if part.guess.is_none() || seen.contains(&part.layout.as_str()) {
            continue;
        }
        seen.push(&part.layout);
        let alike = tables.parts.iter().filter(|other| other.layout == part.layout).count();
        views.push(layout(t, tables, part, alike));
    }
    views
}

fn layout(t: T, tables: &Tables, part: &Part, alike: usize) -> LayoutView {
    let found = tables.found.iter().find(|found| !part.key.is_empty() && found.key == part.key);
    let header = part.map.header.filter(|_| part.shape != Shape::Card);
    let known = part.map.columns.iter().any(|column| column.field.is_money());
    LayoutView {
        layout: part.layout.clone(),
        title: title(t, part),
        note: match (part.is_remembered, alike) {
            (true, _) => t.t("import-remembered"),
            (false, 1) => String::new(),
            (false, n) => t.t1("import-tables-alike", &[("n", &n)]),
        },
        header: header.map(|[from, to]| (from, to)),
        header_words: t.t(match part.shape {
            Shape::Turned => "import-header-columns",
            _ => "import-header-rows",
        }),
        units: if known { whole_units(t, part, found) } else { Vec::new() },
        periods: period_columns(t, part),
        rows: found.map_or(Vec::new(), |found| rows(t, &found.table)),
        flags: found.map_or(Vec::new(), |found| flags(t, &found.table)),
        columns: columns(t, part),
    }
}

fn title(t: T, part: &Part) -> String {
    match part.sheet.as_str() {
        "" => t.t("import-sheet-text"),
        sheet => t.t1("import-sheet", &[("sheet", &sheet)]),
    }
}

/// Units of money that a person may choose.
const UNITS: [&str; 4] = ["元", "千元", "万元", "亿元"];

fn unit_choices(t: T, chosen: &str, as_stated: String) -> Vec<Choice> {
    let chosen = Unit::parse(chosen).map(|unit| unit.to_string()).unwrap_or_default();
    let offer = |code: &&str| {
        let is_it = Unit::parse(code).is_some_and(|unit| unit.to_string() == chosen);
        ((*code).to_owned(), unit_words(t, code), is_it)
    };
    let first = (String::new(), as_stated, chosen.is_empty());
    std::iter::once(first).chain(UNITS.iter().map(offer)).collect()
}

/// A unit as its reader writes it.
fn unit_words(t: T, code: &str) -> String {
    let key = match code {
        "元" => "import-unit-one",
        "千元" => "import-unit-thousand",
        "万元" => "import-unit-wan",
        _ => "import-unit-yi",
    };
    t.t(key)
}

/// What stands for the whole table: its own words, else what is taken without any.
fn whole_units(t: T, part: &Part, found: Option<&TableFound>) -> Vec<Choice> {
    let stated = found.and_then(|found| found.table.unit.as_ref()).map(|unit| unit.text.clone());
    let words = match (stated, part.map.unit) {
        (Some(unit), _) => t.t1("import-unit-stated", &[("unit", &unit)]),
        (None, Some(unit)) => t.t1("import-unit-assumed", &[("unit", &unit.to_string())]),
        (None, None) => t.t("import-unit-headers"),
    };
    unit_choices(t, part.said.unit.as_deref().unwrap_or_default(), words)
}

/// Columns whose day may say the period of each row.
fn period_columns(t: T, part: &Part) -> Vec<Choice> {
    let Some(guess) = part.guess.as_ref().filter(|_| part.shape != Shape::Card) else {
        return Vec::new();
    };
    let stated = match &guess.map.period {
        Some(PeriodRule::Fixed(period)) => {
            t.t1("import-period-stated", &[("period", &t.period(*period))])
        }
        _ => t.t("import-period-none"),
    };
    let said = part.said.period_column.filter(|column| *column >= 0);
    let mut choices = vec![("-1".to_owned(), stated, said.is_none())];
    choices.extend(guess.columns.iter().map(|column| {
        let is_it = said.is_some_and(|said| said as usize == column.index);
        let words = t.t1(
            "import-period-column",
            &[("column", &column.letters), ("header", &short(&column.header))],
        );
        (column.index.to_string(), words, is_it)
    }));
    choices
}

/// Rows by what they are; sums with whether they add up.
fn rows(t: T, table: &FoundTable) -> Vec<String> {
    let count = |roles: &[RowRole]| table.roles.iter().filter(|role| roles.contains(role)).count();
    let mut words = vec![t.t1("import-set-data", &[("n", &table.records())])];
    let apart: [(&str, &[RowRole]); 6] = [
        ("import-set-group", &[RowRole::Group]),
        ("import-set-total", &[RowRole::Total, RowRole::Subtotal]),
        ("import-set-part", &[RowRole::OfWhich]),
        ("import-set-note", &[RowRole::Note]),
        ("import-set-empty", &[RowRole::Empty]),
        ("import-set-aside", &[RowRole::Aside]),
    ];
    for (key, roles) in apart {
        match count(roles) {
            0 => {}
            n => words.push(t.t1(key, &[("n", &n)])),
        }
    }
    for total in &table.totals {
        let row = total.row + 1;
        words.push(match total.differ.len() {
            0 => t.t1("import-set-adds", &[("row", &row)]),
            n => t.t1("import-set-differs", &[("row", &row), ("n", &n)]),
        });
    }
    words
}

fn flags(t: T, table: &FoundTable) -> Vec<String> {
    let words = table.flags.iter().map(|flag| {
        t.t1(
            &format!("layout-flag-{}", flag.kind.code()),
            &[("count", &flag.count), ("cell", &flag.cell)],
        )
    });
    words.collect()
}

fn columns(t: T, part: &Part) -> Vec<ColumnView> {
    let Some(guess) = &part.guess else { return Vec::new() };
    guess.columns.iter().map(|column| view(t, part, column)).collect()
}

fn view(t: T, part: &Part, column: &GuessedColumn) -> ColumnView {
    let field = fields::of_header(&part.map, &column.header);
    let stated = unit_in_header(&column.header).map(|unit| unit.to_string());
    let needs_unit = field.is_money() && stated.is_none();
    let said = part.said.units.get(&column.index).map_or("", String::as_str);
    let was_said = part.said.columns.contains_key(&column.index) && field != column.field;
    ColumnView {
        index: column.index,
        letters: column.letters.clone(),
        header: column.header.clone(),
        samples: column.samples.join(" · "),
        label: t.t1("import-field-of", &[("column", &column.letters)]),
        unit_label: t.t1("import-unit-of", &[("column", &column.letters)]),
        options: fields::options(t, &field),
        is_ignored: field == Field::Ignore,
        units: match needs_unit {
            true => unit_choices(t, said, t.t("import-unit-as-table")),
            false => Vec::new(),
        },
        unit: stated
            .filter(|_| field.is_money())
            .map_or_else(String::new, |_| t.t("import-unit-header")),
        reason: match was_said {
            true => t.t("import-reason-said"),
            false => reason(t, &column.reason),
        },
        confidence: match was_said || column.confidence == 0 {
            true => String::new(),
            false => format!("{}%", column.confidence),
        },
    }
}

/// Why a column is what it is.
fn reason(t: T, reason: &Reason) -> String {
    let detail = match reason {
        Reason::Values("running_number") => t.t("import-running-number"),
        Reason::Values(what) => fields::name(t, what),
        other => short(other.detail()),
    };
    t.t1(reason.key(), &[("detail", &detail)])
}

/// Headers can be whole paragraphs.
fn short(text: &str) -> String {
    const CHARS_MAX: usize = 24;
    match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
