//! A run, or the sheet of one unit, as a workbook.

use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tici_engine::assess::score::Number;
use tici_ops::OpsError;
use tici_ops::assess::RunPage;
use tici_ops::files::export::xlsx::{XlsxWords, write as write_xlsx};
use tici_ops::files::export::{CellOut, ColumnOut, Document, Kind, TableOut};

use super::figures::{actual, contribution, figure_lines, full, items_below, target, top_branches};
use super::main::place_name;
use super::opened;
use super::sheet::unit_of;
use crate::{Failure, i18n::T, visit::Visit};

/// Decimals of a number in a file.
const DECIMALS: u8 = 4;

#[derive(Deserialize)]
pub struct Asked {
    run: Option<i64>,
    unit: Option<String>,
}

pub async fn download(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let page = opened(&visit, asked.run).await?;
    let t = visit.t;
    let document = match &asked.unit {
        Some(code) => sheet_document(t, &page, unit_of(&page, Some(code))?),
        None => ranking_document(t, &page),
    };
    let name = match &asked.unit {
        Some(code) => format!("{}-{}-{code}.xlsx", page.row.scheme, page.row.period),
        None => format!("{}-{}.xlsx", page.row.scheme, page.row.period),
    };
    let bytes = visit.run(move |_, _| {
        let notes_sheet = t.t("file-notes");
        write_xlsx(&document, XlsxWords { notes_sheet: &notes_sheet })
            .map_err(|problem| OpsError::problem(*problem))
    });
    let headers = [
        (header::CONTENT_TYPE, crate::export::Format::Xlsx.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes.await?).into_response())
}

fn number(number: Option<&Number>) -> CellOut {
    let exact = number.and_then(|n| n.print(u32::from(DECIMALS)).replace('.', "").parse().ok());
    exact.map_or(CellOut::Missing, |value| CellOut::Scaled { value, power: DECIMALS })
}

fn notes(t: T, page: &RunPage) -> Vec<String> {
    let row = &page.row;
    let facts = [
        page.opened.rules.title.get(t.lang).to_owned(),
        format!("{} {}", row.scheme, row.version),
        t.period(row.period),
        t.code("run-purpose", row.purpose.code()),
        t.code("run-state", row.state.code()),
        format!("#{} · {}", row.series, page.opened.result_sha256),
    ];
    let sample = page.snapshot.setting("ledger.sample") == Some("true");
    sample.then(|| t.t("app-sample")).into_iter().chain(facts).collect()
}

/// The ranking with the points of every branch and item.
pub fn ranking_document(t: T, page: &RunPage) -> Document {
    let opened = &page.opened;
    let rules = &opened.rules;
    let decimal = |header: &str| ColumnOut::new(header, None, Kind::Decimal(2));
    let text = |key: &str| ColumnOut::new(&t.t(key), None, Kind::Text);
    let branches = top_branches(rules);
    let mut columns = vec![
        text("assess-group"),
        decimal(&t.t("assess-head-rank")),
        text("assess-head-unit"),
        decimal(&t.t("assess-head-score")),
        text("assess-grade"),
        text("assess-head-interval"),
    ];
    columns.extend(branches.iter().map(|at| decimal(rules.branches[*at].name.get(t.lang))));
    columns.extend(rules.items.iter().map(|item| decimal(item.name.get(t.lang))));
    let grades = rules.grading.as_ref().map_or(&[][..], |grading| &grading.grades);
    let row =
        |group: &str, at: usize| {
            let unit = &opened.run.units[at];
            let grade = unit.grade.and_then(|grade| grades.get(grade));
            let spread = opened.spreads().get(at).filter(|spread| spread.q5.is_finite());
            let interval = spread.map(|s| format!("{:.0}–{:.0}", s.q5.floor(), s.q95.ceil()));
            let mut cells = vec![
                CellOut::text(group),
                number(unit.rank.as_ref()),
                CellOut::text(place_name(t, page, unit)),
                number(unit.published.as_ref()),
                grade.map_or(CellOut::Missing, |grade| CellOut::text(grade.name.get(t.lang))),
                interval.map_or(CellOut::Missing, CellOut::Text),
            ];
            cells.extend(branches.iter().map(|branch| {
                number(contribution(opened, &items_below(rules, *branch), at).as_ref())
            }));
            cells.extend(
                unit.items
                    .iter()
                    .map(|item| number(item.contribution.as_ref().or(item.points.as_ref()))),
            );
            cells
        };
    let groups = opened.run.groups.iter();
    let rows = groups
        .flat_map(|group| group.units.iter().map(|at| row(group.name.get(t.lang), *at)))
        .collect();
    let title = t.t("assess-title");
    let table = TableOut { title: title.clone(), frozen: 3, columns, rows, ..TableOut::default() };
    Document { title, tables: vec![table], notes: notes(t, page) }
}

/// The score sheet of one unit.
pub fn sheet_document(t: T, page: &RunPage, at: usize) -> Document {
    let opened = &page.opened;
    let rules = &opened.rules;
    let unit = &opened.run.units[at];
    let text = |key: &str| ColumnOut::new(&t.t(key), None, Kind::Text);
    let decimal = |key: &str| ColumnOut::new(&t.t(key), None, Kind::Decimal(DECIMALS));
    let columns = vec![
        text("assess-head-item"),
        text("assess-head-actual"),
        text("assess-head-target"),
        text("assess-head-how"),
        decimal("assess-head-own"),
        decimal("assess-head-weight"),
        decimal("assess-head-part"),
        decimal("assess-head-full"),
        text("assess-head-sources"),
    ];
    let place = page.snapshot.places.values().find(|place| place.code.code == unit.code);
    let of = (page.snapshot.as_ref(), place.map(|place| place.id));
    let row = |item: usize| {
        let (rule, run) = (&rules.items[item], &unit.items[item]);
        let lines = figure_lines(t, (rules, &opened.frozen), (rule, at), of);
        let line = |line: &super::figures::FigureLine| {
            format!("{} {} {} ({})", line.name, line.value, line.unit, line.source)
        };
        let sources: Vec<String> = lines.iter().map(line).collect();
        vec![
            CellOut::text(rule.name.get(t.lang)),
            CellOut::text(actual(opened, item, at)),
            CellOut::text(target(t, rules, rule)),
            CellOut::text(t.words(&run.how)),
            number(run.points.as_ref()),
            number(run.weight.as_ref()),
            number(run.contribution.as_ref()),
            number(full(rules, item, run).as_ref()),
            CellOut::text(sources.join("; ")),
        ]
    };
    let title = t.t1("assess-sheet-title", &[("name", &place_name(t, page, unit))]);
    let mut totals = vec![CellOut::Missing; columns.len()];
    totals[0] = CellOut::Text(t.t("assess-total"));
    totals[6] = number(unit.published.as_ref());
    let rows = (0..rules.items.len()).map(row).collect();
    let table =
        TableOut { title: title.clone(), frozen: 1, columns, rows, totals, ..TableOut::default() };
    Document { title, tables: vec![table], notes: notes(t, page) }
}
