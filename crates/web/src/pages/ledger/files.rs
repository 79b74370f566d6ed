//! The ledger as a file: every row of the view, not only the page's.

use axum::{
    extract::RawQuery,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use tici_domain::{Currency, money::Magnitude};
use tici_ops::{
    export_projects::{ProjectExport, export_projects},
    view_ledger::LedgerRow,
};

use super::asked::Asked;
use crate::{Failure, Fields, T, Visit, i18n::Scale, visit::read_pairs};

/// A table of words, ready for any format.
pub struct Sheet {
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Every row of the view as comma-separated text, with a byte order mark, because the
/// spreadsheets it is opened in take text without one for a local code page.
pub async fn csv(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let export = export(&visit, query).await?;
    let sheet = sheet(visit.t, &export);
    let mut text = String::from("\u{feff}");
    line(&mut text, &sheet.heads);
    sheet.rows.iter().for_each(|row| line(&mut text, row));
    let name = format!("projects-{}.csv", export.page.lens.period);
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).expect("plain letters")),
    ];
    Ok((headers, text).into_response())
}

/// Reads everything the address asks for.
pub async fn export(visit: &Visit, query: Option<String>) -> Result<ProjectExport, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let mut asked = Asked::read(&fields)?;
    asked.settle(visit.facts.has_lists);
    let today = visit.today;
    visit.run(move |desk, session| export_projects(desk, session, &asked.query(), today)).await
}

/// The rows in words; amounts in the unit forms take, exact.
pub fn sheet(t: T, export: &ProjectExport) -> Sheet {
    let unit = super::rows::common_currency(&export.page.totals).map(scale);
    let unit_name = unit.map_or_else(|| t.t("unit-own-currency"), |scale| t.unit(scale));
    let money = |key: &str| format!("{}/{unit_name}", t.t(key));
    let heads = vec![
        t.t("file-code"),
        t.t("file-national-code"),
        t.t("column-name"),
        t.t("column-enterprise"),
        t.t("column-place"),
        t.t("column-tier"),
        t.t("column-chain"),
        t.t("column-stage"),
        t.t("column-light"),
        money("column-total"),
        money("column-plan"),
        money("file-due"),
        money("column-done"),
        t.t("file-share"),
        money("column-since-start"),
        t.t("column-next"),
        t.t("file-next-day"),
        t.t("column-lead-unit"),
        t.t("column-sponsor"),
        t.t("file-currency"),
    ];
    let rows = export.rows.iter().map(|row| cells(t, row, unit)).collect();
    Sheet { heads, rows }
}

fn cells(t: T, row: &LedgerRow, unit: Option<Scale>) -> Vec<String> {
    let (facts, project) = (&row.facts, &row.entry.project);
    let scale = unit.unwrap_or_else(|| main_unit(facts.currency));
    let money = |amount: Option<i64>| amount.map_or_else(String::new, |a| exact(scale, a));
    let name = |name: Option<&tici_domain::Name>| {
        name.map_or_else(String::new, |name| name.get(t.lang).to_owned())
    };
    let share = match (facts.done_ytd, facts.plan_year) {
        (Some(done), Some(plan)) => tici_domain::Percent::of(done.into(), plan.into()),
        _ => None,
    };
    vec![
        project.code.clone(),
        project.national_code.clone().unwrap_or_default(),
        project.name.get(t.lang).to_owned(),
        name(row.enterprise.as_ref().map(|firm| &firm.name)),
        name(row.place.as_ref().map(|place| &place.name)),
        facts.tier.map_or_else(String::new, |tier| t.tier(tier)),
        project.chain.as_deref().map_or_else(String::new, |chain| t.chain(chain)),
        facts.stage.map_or_else(String::new, |stage| t.stage(stage)),
        t.light(facts.light),
        money(facts.total),
        money(facts.plan_year),
        money(facts.due_ytd),
        money(facts.done_ytd),
        share.map_or_else(String::new, |share| share.to_string()),
        money(facts.done_since_start),
        name(row.next.as_ref().map(|(name, _)| name)),
        row.next.as_ref().and_then(|(_, day)| *day).map_or_else(String::new, |d| d.to_string()),
        name(project.lead_unit.as_ref()),
        name(project.sponsor.as_ref()),
        facts.currency.to_string(),
    ]
}

/// Yuan in 万元, as the forms have it; any other currency in its main unit.
fn scale(currency: Currency) -> Scale {
    match currency == Currency::CNY {
        true => Scale { magnitude: Magnitude::WAN, decimals: 4, currency },
        false => main_unit(currency),
    }
}

fn main_unit(currency: Currency) -> Scale {
    Scale { magnitude: Magnitude::ONE, decimals: currency.stored_digits(), currency }
}

/// A plain number without separators or needless zeros: files are for machines.
fn exact(scale: Scale, amount: i64) -> String {
    let text = scale.print(amount.into()).replace(',', "").replace('−', "-");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn line(out: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&quoted(cell));
    }
    out.push_str("\r\n");
}

/// Quoted where needed. A text that a spreadsheet would run as a formula gets an
/// apostrophe; a negative number stays a number.
fn quoted(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    let is_formula = !is_number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_run() {
        let cases = [
            ("石麓", "石麓"),
            ("a,b", "\"a,b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("=1+1", "'=1+1"),
            ("-12.5", "-12.5"),
            ("-x", "'-x"),
        ];
        for (cell, expected) in cases {
            assert_eq!(quoted(cell), expected);
        }
    }

    #[test]
    fn amounts_are_exact() {
        let cases = [(362_180_000, "36218"), (12_345, "1.2345"), (0, "0"), (-10_000, "-1")];
        for (amount, expected) in cases {
            assert_eq!(exact(scale(Currency::CNY), amount), expected);
        }
    }
}
