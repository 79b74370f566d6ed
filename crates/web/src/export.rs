//! A ledger view as a file: every row it lets through, the sums, and the counting rule.
//! Pages and the command line write the same file.

use tici_domain::money::Magnitude;
use tici_domain::{Currency, Money, Name, Percent};
use tici_ops::export_projects::ProjectExport;
use tici_ops::files::export::csv::{CsvOptions, write as write_csv};
use tici_ops::files::export::json::write as write_json;
use tici_ops::files::export::xlsx::{XlsxWords, write as write_xlsx};
use tici_ops::files::export::{CellOut, ColumnOut, Document, Kind, TableOut};
use tici_ops::view_ledger::LedgerRow;
use tici_ops::{OpsError, view_ledger::LedgerPage};

use crate::{T, pages::ledger};

/// What the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
}

impl Format {
    pub const ALL: [Format; 3] = [Format::Csv, Format::Xlsx, Format::Json];

    pub fn parse(code: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.extension() == code)
    }

    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Json => "json",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Json => "application/json",
        }
    }
}

/// The file of an export. CSV has a byte order mark, because the spreadsheets it is opened
/// in take text without one for a local code page.
pub fn write_projects(t: T, export: &ProjectExport, format: Format) -> Result<Vec<u8>, OpsError> {
    let document = document(t, export);
    match format {
        Format::Csv => Ok(write_csv(&document, CsvOptions::default())),
        Format::Json => Ok(write_json(&document)),
        Format::Xlsx => {
            let notes_sheet = t.t("file-notes");
            write_xlsx(&document, XlsxWords { notes_sheet: &notes_sheet })
                .map_err(|problem| OpsError::problem(*problem))
        }
    }
}

fn document(t: T, export: &ProjectExport) -> Document {
    let title = t.t("nav-ledger");
    let table = TableOut {
        title: title.clone(),
        columns: columns(t, &export.page),
        rows: export.rows.iter().map(|row| cells(t, row)).collect(),
        totals: totals(t, &export.page),
        notes: Vec::new(),
    };
    let rule = t.rule(&export.page.totals.rule);
    let notes = rule.into_iter().map(|(name, value)| format!("{name}: {value}"));
    let sample = export.page.snapshot.setting("ledger.sample") == Some("true");
    let notes = sample.then(|| t.t("app-sample")).into_iter().chain(notes);
    Document { title, tables: vec![table], notes: notes.collect() }
}

/// Yuan in 万元, as the forms have it; any other currency in its main unit.
fn magnitude(currency: Currency) -> (Magnitude, u8) {
    match currency == Currency::CNY {
        true => (Magnitude::WAN, 0),
        false => (Magnitude::ONE, currency.stored_digits() as u8),
    }
}

fn columns(t: T, page: &LedgerPage) -> Vec<ColumnOut> {
    let currency = ledger::common_currency(&page.totals);
    let unit = match currency {
        Some(Currency::CNY) => t.t("unit-wan"),
        Some(other) => other.to_string(),
        None => t.t("unit-own-currency"),
    };
    let decimals = currency.map_or(2, |currency| magnitude(currency).1);
    let text = |key: &str| ColumnOut::new(&t.t(key), None, Kind::Text);
    let money = |key: &str| ColumnOut::new(&t.t(key), Some(&unit), Kind::Decimal(decimals));
    vec![
        text("file-code"),
        text("file-national-code"),
        text("column-name"),
        text("column-enterprise"),
        text("column-place"),
        text("column-tier"),
        text("column-chain"),
        text("column-stage"),
        text("column-light"),
        money("column-total"),
        money("column-plan"),
        money("file-due"),
        money("column-done"),
        ColumnOut::new(&t.t("file-share"), None, Kind::Percent),
        money("column-since-start"),
        text("column-next"),
        ColumnOut::new(&t.t("file-next-day"), None, Kind::Date),
        text("column-lead-unit"),
        text("column-sponsor"),
        text("file-currency"),
        text("file-parent"),
        text("file-package-share"),
    ]
}

fn cells(t: T, row: &LedgerRow) -> Vec<CellOut> {
    let (facts, project) = (&row.facts, &row.entry.project);
    let text = |text: Option<String>| text.map_or(CellOut::Missing, CellOut::Text);
    let name = |name: Option<&Name>| text(name.map(|name| name.get(t.lang).to_owned()));
    let (magnitude, _) = magnitude(facts.currency);
    let money = |amount: Option<i64>| match amount {
        Some(amount) => CellOut::money(Money { amount, currency: facts.currency }, magnitude),
        None => CellOut::Missing,
    };
    vec![
        CellOut::text(&project.code),
        text(project.national_code.clone()),
        name(Some(&project.name)),
        name(row.enterprise.as_ref().map(|firm| &firm.name)),
        name(row.place.as_ref().map(|place| &place.name)),
        text(facts.tier.map(|tier| t.tier(tier))),
        text(project.chain.as_deref().map(|chain| t.chain(chain))),
        text(facts.stage.map(|stage| t.stage(stage))),
        CellOut::Text(t.light(facts.light)),
        money(facts.total),
        money(facts.plan_year),
        money(facts.due_ytd),
        money(facts.done_ytd),
        share(facts.done_ytd.map(i128::from), facts.plan_year.map(i128::from)),
        money(facts.done_since_start),
        name(row.next.as_ref().map(|(name, _)| name)),
        row.next.as_ref().and_then(|(_, on)| *on).map_or(CellOut::Missing, CellOut::Date),
        name(project.lead_unit.as_ref()),
        name(project.sponsor.as_ref()),
        CellOut::Text(facts.currency.to_string()),
        text(row.parent.clone()),
        // As words: a share read back must be the one that was written, to its last digit.
        text(project.parent_share.map(|share| t.share(share))),
    ]
}

/// A share with a precision past what is printed, from unrounded amounts.
fn share(done: Option<i128>, plan: Option<i128>) -> CellOut {
    let share = done.zip(plan).and_then(|(done, plan)| Percent::of(done, plan));
    let millionths =
        share.map(|share| tici_domain::money::round_div(share.part * 1_000_000, share.base));
    match millionths.and_then(|value| i64::try_from(value).ok()) {
        Some(value) => CellOut::Scaled { value, power: 6 },
        None => CellOut::Missing,
    }
}

/// Sums over all rows, for one currency; amounts of several are never added.
fn totals(t: T, page: &LedgerPage) -> Vec<CellOut> {
    let Some((currency, sums)) =
        page.totals.sums.iter().next().filter(|_| page.totals.sums.len() == 1)
    else {
        return Vec::new();
    };
    let (magnitude, _) = magnitude(*currency);
    let money = |amount: i128| match i64::try_from(amount) {
        Ok(amount) => CellOut::money(Money { amount, currency: *currency }, magnitude),
        Err(_) => CellOut::Missing,
    };
    let count = t.count(page.totals.projects as i128);
    let mut cells = vec![CellOut::Missing; 22];
    cells[0] = CellOut::Text(t.t1("ledger-total", &[("n", &count)]));
    cells[9] = money(sums.total);
    cells[10] = money(sums.plan_year);
    cells[11] = money(sums.due_ytd);
    cells[12] = money(sums.done_ytd);
    cells[13] = share(Some(sums.done_ytd), Some(sums.plan_year));
    cells[14] = money(sums.done_since_start);
    cells[19] = CellOut::Text(currency.to_string());
    cells
}
