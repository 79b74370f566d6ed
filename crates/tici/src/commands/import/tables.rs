//! `tici import projects FILE --show-tables`: what is found on every sheet, and why.

use std::fmt::Display;

use tici_ops::OpsError;
use tici_ops::files::layout::{self, FoundTable, Layout};
use tici_ops::files::sheet;
use tici_web::i18n::T;

use crate::{Context, exit_code, say};

/// Prints the tables of each file; as JSON with `--json`.
pub fn show(context: &Context, files: &[(String, Vec<u8>)]) -> Result<u8, OpsError> {
    let mut found = Vec::new();
    for (name, bytes) in files {
        let (workbook, problems) = sheet::open(name, bytes, Default::default());
        let workbook = workbook.ok_or(OpsError::Problems(problems))?;
        found.push((name, layout::survey(&workbook)));
    }
    if context.global.json {
        let files = found
            .iter()
            .map(|(name, layout)| serde_json::json!({ "file": name, "sheets": layout.sheets }));
        say::json(&files.collect::<Vec<_>>());
        return Ok(exit_code::DONE);
    }
    for (name, layout) in &found {
        if found.len() > 1 {
            say::line(name);
        }
        print(&context.t, layout);
    }
    Ok(exit_code::DONE)
}

fn print(t: &T, layout: &Layout) {
    let tables = layout
        .sheets
        .iter()
        .flat_map(|sheet| sheet.tables.iter().map(move |table| (sheet.name.as_str(), table)));
    let mut any = false;
    for (sheet, table) in tables {
        any = true;
        say::line(headline(t, sheet, table));
        details(t, table);
    }
    if !any {
        say::line(t.t("cli-import-no-tables"));
    }
}

/// Where a table is, what it is like, what told so, and how surely.
fn headline(t: &T, sheet: &str, table: &FoundTable) -> String {
    let shape = t.t(&format!("layout-shape-{}", table.shape.code()));
    let reason = table.reason.map_or("none", |reason| reason.code());
    let reason = t.t(&format!("layout-reason-{reason}"));
    let args: [(&str, &dyn Display); 5] = [
        ("sheet", &sheet),
        ("area", &table.area_name()),
        ("shape", &shape),
        ("reason", &reason),
        ("confidence", &table.confidence),
    ];
    t.t1("cli-import-table", &args)
}

fn details(t: &T, table: &FoundTable) {
    if let Some(title) = &table.title {
        say::line(format!("  {title}"));
    }
    for column in table.columns.iter().filter(|column| !column.header.is_empty()) {
        let unit = column.unit.as_ref().map_or(String::new(), |unit| format!(" [{}]", unit.text));
        let (letters, header) = (&column.letters, &column.header);
        let (field, percent) = (&column.field, column.confidence);
        say::line(format!("  {letters}  {header}{unit}  → {field}  {percent}%"));
    }
    for field in &table.fields {
        let (cell, label, value) = (&field.value_cell, &field.label, &field.value);
        say::line(format!("  {cell}  {label} = {value}  → {}", field.field));
    }
    for total in &table.totals {
        let (agree, differ) = (total.agree.len(), total.differ.len());
        let row = total.row + 1;
        let args: [(&str, &dyn Display); 3] =
            [("row", &row), ("agree", &agree), ("differ", &differ)];
        say::line(format!("  {}", t.t1("cli-import-sum", &args)));
    }
    for flag in &table.flags {
        let key = format!("layout-flag-{}", flag.kind.code());
        let args: [(&str, &dyn Display); 2] = [("count", &flag.count), ("cell", &flag.cell)];
        say::line(format!("  {}", t.t1(&key, &args)));
    }
}
