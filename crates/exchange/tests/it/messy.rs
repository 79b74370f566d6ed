//! Files as offices send them, read from a folder outside the repository, against what a
//! person found in them; `messy.expect` says what each line checks.

use jiff::civil::Date;
use std::path::{Path, PathBuf};
use tici_exchange::layout::{self, FoundTable, Layout, LineKind, RowRole, Shape, UnitKind};
use tici_exchange::sheet::{self, CellValue, Workbook, column_letters};

const EXPECTED: &str = include_str!("messy.expect");

/// `None`, and a word about it, where the files are not at hand.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/messy-tables");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("TICI_TEST_REQUIRE_ALL").is_none(), "{} absent", folder.display());
    eprintln!("skipped: {} absent", folder.display());
    None
}

struct Read {
    workbook: Workbook,
    layout: Layout,
}

fn read(folder: &Path, start: &str) -> Read {
    let mut files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let path = files.find(|path| name(path).starts_with(start)).expect(start);
    let bytes = std::fs::read(&path).unwrap();
    let (workbook, problems) = sheet::open(&name(&path), &bytes, Default::default());
    let workbook = workbook.unwrap_or_else(|| panic!("{start}: {problems:?}"));
    Read { layout: layout::survey(&workbook), workbook }
}

#[test]
fn messy_files_are_read_as_a_person_reads_them() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    let (mut file, mut sheet, mut table): (Option<Read>, String, usize) = (None, String::new(), 0);
    let mut files = 0;
    let lines = EXPECTED.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    for line in lines {
        if let Some(start) = line.strip_prefix("file ") {
            file = Some(read(&folder, start));
            files += 1;
            continue;
        }
        let read = file.as_ref().expect("a file comes first");
        if let Some(name) = line.strip_prefix("sheet ") {
            (sheet, table) = (name.trim_matches('"').to_string(), 0);
            continue;
        }
        let at = read.layout.sheets.iter().position(|found| found.name == sheet).expect(&sheet);
        let tables = &read.layout.sheets[at].tables;
        if let Some(count) = line.strip_prefix("tables ") {
            check(&mut wrong, &sheet, line, &format!("tables {}", tables.len()));
            assert!(count.parse::<usize>().is_ok(), "{line}");
            continue;
        }
        if let Some(area) = line.strip_prefix("table ") {
            let found = tables.iter().position(|table| where_it_is(table) == area);
            let all: Vec<String> = tables.iter().map(where_it_is).collect();
            table = found.unwrap_or(usize::MAX);
            check(&mut wrong, &sheet, area, found.map_or(&format!("only {all:?}"), |_| area));
            continue;
        }
        let Some(table) = tables.get(table) else { continue };
        let actual = actual(&read.workbook, at, table, line);
        check(&mut wrong, &format!("{sheet} {}", where_it_is(table)), line, &actual);
    }
    assert_eq!(files, 14);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn check(wrong: &mut Vec<String>, place: &str, expected: &str, actual: &str) {
    if expected != actual {
        wrong.push(format!("{place}\n  expected {expected}\n  found    {actual}"));
    }
}

pub fn where_it_is(table: &FoundTable) -> String {
    let (area, letters) = (&table.area, column_letters);
    let (left, right) = (letters(area.left), letters(area.right));
    let mut text =
        format!("{} {left}{}:{right}{}", table.shape.code(), area.top + 1, area.bottom + 1);
    match table.header {
        Some(at) if table.shape == Shape::Turned => text += &format!(" header {}", letters(at.0)),
        Some((top, bottom)) if top == bottom => text += &format!(" header {}", top + 1),
        Some((top, bottom)) => text += &format!(" header {}-{}", top + 1, bottom + 1),
        None => {}
    }
    text
}

/// What the table has for a line of the expectation, in the words of that line.
pub fn actual(workbook: &Workbook, sheet: usize, table: &FoundTable, line: &str) -> String {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "rows" => format!("rows {}", table.row_runs()),
        "title" => {
            let of = |l: &&layout::Line| Some(&l.text) == table.title.as_ref();
            let row =
                table.lines.iter().rfind(of).map_or("-".into(), |line| (line.row + 1).to_string());
            format!("title {row}")
        }
        "unit" => {
            let unit = table.unit.as_ref().map_or("-".into(), |unit| match unit.kind {
                UnitKind::Money { currency: Some(currency), .. } => {
                    format!("{} {currency}", unit.text)
                }
                _ => unit.text.clone(),
            });
            format!("unit {unit}")
        }
        "dated" => format!("dated {}", table.dated.map_or("-".into(), |d| span(d.first, d.last))),
        "key" => format!("key {}", table.key.map_or("-".into(), column_letters)),
        "unit-column" => {
            format!("unit-column {}", table.unit_column.map_or("-".into(), column_letters))
        }
        "notes" => format!("notes {}", rows_of_kind(table, LineKind::Note)),
        "figures" => format!("figures {}", rows_of_kind(table, LineKind::Figure)),
        "group" => group(table, rest),
        "sum" => sum(table, rest),
        "column" => column(table, rest),
        "flag" => flag(table, rest),
        "field" => field(table, rest),
        "cell" => cell(workbook, sheet, rest),
        _ => panic!("{line}"),
    }
}

fn rows_of_kind(table: &FoundTable, kind: LineKind) -> String {
    let rows = table.lines.iter().filter(|line| line.kind == kind);
    rows.map(|line| (line.row + 1).to_string()).collect::<Vec<_>>().join(" ")
}

fn span(first: Date, last: Date) -> String {
    match (first == last, last == Date::MAX) {
        (true, _) => first.to_string(),
        (_, true) => format!("{first}.."),
        _ => format!("{first}..{last}"),
    }
}

/// `group 8 level 1 count 48`
fn group(table: &FoundTable, rest: &str) -> String {
    let row: usize = rest.split(' ').next().unwrap().parse().unwrap();
    let Some(group) = table.groups.iter().find(|group| group.row + 1 == row) else {
        return format!("group {row} absent");
    };
    let count = group.heading.count.map_or(String::new(), |count| format!(" count {count}"));
    format!("group {row} level {}{count}", group.level)
}

/// `sum 4 stated 13 found 1 agree C D differ F`
fn sum(table: &FoundTable, rest: &str) -> String {
    let row: usize = rest.split(' ').next().unwrap().parse().unwrap();
    let Some(total) = table.totals.iter().find(|total| total.row + 1 == row) else {
        return format!("sum {row} absent");
    };
    let mut text = format!("sum {row}");
    if let Some(stated) = total.stated {
        text += &format!(" stated {stated}");
    }
    text += &format!(" found {}", total.found);
    let letters =
        |columns: Vec<usize>| columns.into_iter().map(column_letters).collect::<Vec<_>>().join(" ");
    let agree = letters(total.agree.clone());
    let differ = letters(total.differ.iter().map(|difference| difference.column).collect());
    if rest.ends_with("agree all") && differ.is_empty() && !agree.is_empty() {
        return text + " agree all";
    }
    let agree =
        if rest.contains(" agree rest") && !agree.is_empty() { "rest".into() } else { agree };
    for (word, columns) in [(" agree ", agree), (" differ ", differ)] {
        if !columns.is_empty() {
            text += &(word.to_string() + &columns);
        }
    }
    text
}

/// `column F numbers figure.total_investment 万元`
fn column(table: &FoundTable, rest: &str) -> String {
    let letters = rest.split(' ').next().unwrap();
    let found = table.columns.iter().find(|column| column_letters(column.index) == letters);
    let Some(column) = found else { return format!("column {letters} absent") };
    let unit = column.unit.as_ref().map_or(String::new(), |unit| format!(" {}", unit.text));
    format!("column {letters} {} {}{unit}", column.values.code(), column.field)
}

/// `flag B marks 1`
fn flag(table: &FoundTable, rest: &str) -> String {
    let words: Vec<&str> = rest.split(' ').collect();
    let of = |flag: &&layout::Flag| {
        column_letters(flag.column) == words[0] && flag.kind.code() == words[1]
    };
    let count: usize = table.flags.iter().filter(of).map(|flag| flag.count).sum();
    format!("flag {} {} {count}", words[0], words[1])
}

/// `field Q3 figure.total_investment 亿元 0`
fn field(table: &FoundTable, rest: &str) -> String {
    let address = rest.split(' ').next().unwrap();
    let found = table.fields.iter().find(|field| field.value_cell == address);
    let Some(field) = found else { return format!("field {address} absent") };
    let unit = field.unit.as_ref().map_or(String::new(), |unit| format!(" {}", unit.text));
    let value = if field.value.is_empty() { "-" } else { &field.value };
    format!("field {address} {}{unit} {value}", field.field)
}

/// `cell E6 2009-10-01..2011-03-31`, `cell F5 1378400`
fn cell(workbook: &Workbook, sheet: usize, rest: &str) -> String {
    let (address, _) = rest.split_once(' ').unwrap();
    let digits = address.find(|c: char| c.is_ascii_digit()).unwrap();
    let (letters, row) = address.split_at(digits);
    let column = (0..5_000).find(|column| column_letters(*column) == letters).unwrap();
    let value = &workbook.sheets[sheet].cell(row.parse::<usize>().unwrap() - 1, column).value;
    let shown = match value {
        CellValue::Text(text) => match (layout::date_in_cell(text), layout::parse_number(text)) {
            (_, Some(number)) => sheet::show_number(number.value),
            (Some(dated), None) => span(dated.first, dated.last),
            _ => value.show(),
        },
        value => value.show(),
    };
    format!("cell {address} {shown}")
}

#[test]
fn one_more_of_every_rule_is_among_the_roles() {
    // A role nobody meets in the files or the grids below would be a rule nobody checked.
    let roles = [
        RowRole::Blank,
        RowRole::Header,
        RowRole::Group,
        RowRole::Data,
        RowRole::Total,
        RowRole::Subtotal,
        RowRole::OfWhich,
        RowRole::Empty,
        RowRole::Note,
        RowRole::Aside,
    ];
    let grids = include_str!("layouts.txt");
    for role in roles.iter().filter(|role| **role != RowRole::Note) {
        let met = EXPECTED.contains(role.code()) || grids.contains(role.code());
        assert!(met, "{role:?}");
    }
}
