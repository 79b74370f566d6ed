//! The table of monthly returns.

use jiff::civil::Date;
use tici_domain::{Basis, Measure, Percent, Period};
use tici_engine::Lens;
use tici_ops::view_project::{MonthRow, ProjectPage};

use super::trace::FigureName;
use crate::{T, Visit, pages::ledger::figure_href};

/// One month of returns.
pub struct Month {
    pub name: String,
    pub plan: String,
    pub done: Cell,
    pub due_ytd: String,
    pub done_ytd: Cell,
    pub of_due: String,
    pub workers: Cell,
    pub progress: String,
    pub on: String,
    pub status: String,
    /// The month whose figure is opened.
    pub is_open: bool,
}

/// A number that may open.
#[derive(Default)]
pub struct Cell {
    pub text: String,
    pub href: String,
    pub is_open: bool,
}

/// Months up to today's, and any later one that has something to say.
pub fn months(visit: &Visit, page: &ProjectPage, open: Option<FigureName>) -> Vec<Month> {
    let this_month = Period::month_of(page.lens.today);
    let shown =
        |row: &&MonthRow| row.period <= this_month || row.done.is_some() || row.done_ytd.is_some();
    let rows = page.months.iter().filter(shown);
    rows.map(|row| month(visit, page, row, open)).collect()
}

fn month(visit: &Visit, page: &ProjectPage, row: &MonthRow, open: Option<FigureName>) -> Month {
    let (t, lens) = (visit.t, &page.lens);
    let id = page.row.facts.project;
    let scale = t.column(page.row.facts.currency);
    let money = |amount: Option<i64>| amount.map_or_else(dash, |amount| scale.print(amount.into()));
    let cell = |measure: Measure, text: Option<String>| {
        let is_open = open.is_some_and(|name| name.measure == measure && name.period == row.period);
        match text {
            None => Cell { text: dash(), ..Cell::default() },
            Some(text) => Cell { text, href: figure_href(id, measure, row.period, lens), is_open },
        }
    };
    let amount = |amount: Option<i64>| amount.map(|amount| scale.print(amount.into()));
    let of_due = match (row.done_ytd, row.due_ytd) {
        (Some(done), Some(due)) => t.percent(Percent::of(done.into(), due.into())),
        _ => dash(),
    };
    let progress = match (&row.progress, row.progress_percent) {
        (Some(text), _) => text.clone(),
        (None, Some(hundredths)) => t.percent(Percent::of(hundredths.into(), 10_000)),
        (None, None) => due_note(visit, page, row),
    };
    let zone = &visit.state.config.zone;
    let on = row.reported.as_ref().map(|meta| zone.to_datetime(meta.at).date());
    Month {
        name: t.period_short(row.period),
        plan: money(row.plan),
        done: cell(Measure::INVEST_MONTH, amount(row.done)),
        due_ytd: money(row.due_ytd),
        done_ytd: cell(Measure::INVEST_YTD, amount(row.done_ytd)),
        of_due,
        workers: cell(Measure::WORKERS, row.workers.map(|count| t.count(i128::from(count)))),
        progress,
        on: on.map_or_else(dash, |on| on.strftime("%m-%d").to_string()),
        status: t.t(status(row, lens)),
        is_open: open.is_some_and(|name| name.is_monthly() && name.period == row.period),
    }
}

/// For the month that is being collected: until when.
fn due_note(visit: &Visit, page: &ProjectPage, row: &MonthRow) -> String {
    let t = visit.t;
    let day: Option<i8> =
        page.snapshot.setting(tici_ops::lens::key::RETURN_DUE_DAY).and_then(|d| d.parse().ok());
    let is_ahead = row.reported.is_none() && row.period.last_day() >= page.lens.today;
    let next = row.period.next().first_day();
    let due = day.and_then(|day| Date::new(next.year(), next.month(), day).ok());
    match due {
        Some(due) if is_ahead => {
            t.t1("project-return-due", &[("day", &t.day(due, page.lens.today))])
        }
        _ => dash(),
    }
}

fn status(row: &MonthRow, lens: &Lens) -> &'static str {
    match (&row.reported, row.is_verified) {
        (Some(_), true) => "month-verified",
        (Some(_), false) => "month-reported",
        (None, _) if row.period.last_day() >= lens.today => "month-open",
        (None, _) => "month-missing",
    }
}

/// A basis to look through.
pub struct BasisLink {
    pub name: String,
    pub href: String,
    pub is_here: bool,
}

pub fn bases(t: T, page: &ProjectPage) -> Vec<BasisLink> {
    let id = page.row.facts.project;
    let link = |basis: Basis| BasisLink {
        name: t.basis(basis),
        href: format!("/projects/{id}?period={}&basis={}#months", page.lens.period, basis.code()),
        is_here: basis == page.lens.basis,
    };
    Basis::ALL.into_iter().map(link).collect()
}

/// Earlier years with returns, to turn to.
pub fn years(page: &ProjectPage) -> Vec<(String, String)> {
    let id = page.row.facts.project;
    let figures = &page.snapshot.project_figures;
    let mut years: Vec<i16> = figures
        .series(id, Measure::INVEST_YTD, page.lens.basis)
        .chain(figures.series(id, Measure::INVEST_MONTH, page.lens.basis))
        .map(|cell| cell.period.calendar_year())
        .filter(|year| *year != page.lens.period.calendar_year())
        .collect();
    years.sort_unstable();
    years.dedup();
    let link = |year: i16| {
        let period = if year == page.lens.today.year() {
            String::new()
        } else {
            format!("period={year}-12&")
        };
        (format!("{year}"), format!("/projects/{id}?{period}#months"))
    };
    years.into_iter().rev().map(link).collect()
}

fn dash() -> String {
    "—".into()
}
