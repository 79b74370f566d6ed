//! Two years of monthly returns: a workbook per town and month, every figure with its
//! cell; late ones, corrected ones, and what the reviewer verified.

use std::collections::BTreeMap;

use jiff::civil::date;
use jiff::{Span, Timestamp};
use tici_domain::{Basis, Figure, ListTier, Measure, Stage, Value};

use super::book::{self, Line, column};
use super::dice::Dice;
use super::journal::{blob, moment, source};
use super::people::{DISPATCHER, REVIEWER, reporter};
use super::places::town_name;
use super::slips::{Slip, slips};
use super::texts;
use super::world::{WAN, World, changes, month};

/// Writes all returns from July 2024 to May 2026.
pub(crate) fn returns(world: &mut World) {
    let mut at = super::money::FIRST_MONTH;
    while at <= (2026, 5) {
        for town in 1..=13 {
            town_month(world, town, at);
        }
        at = if at.1 == 12 { (at.0 + 1, 1) } else { (at.0, at.1 + 1) };
    }
}

pub(crate) type YearMonth = (i16, i8);
/// Ids of the figures of a return, by project and measure.
type Ids = BTreeMap<(usize, Measure), i64>;

fn town_month(world: &mut World, town: usize, at: YearMonth) {
    let plots = present(world, town, at);
    if plots.is_empty() {
        return;
    }
    // Luting has not sent its return of May: the office asked by telephone, and one firm
    // could not be reached.
    if town == LUTING && at == (2026, 5) {
        let asked = plots.into_iter().filter(|plot| world.plots[*plot].code != SILENT).collect();
        let when = moment(date(2026, 6, 12), 16, 20);
        let file = format!("{}5月电话快报.xlsx", town_name(town));
        let sent = Sent { town, at, plots: asked, slips: Vec::new(), file, when };
        sent.write(world, DISPATCHER, "import_return");
        return;
    }
    let filed = filed_on(world, town, at);
    let slips = slips(world, town, at, &plots);
    let file = format!("{}{}月月报.xlsx", town_name(town), at.1);
    let mut sent = Sent { town, at, plots, slips, file, when: filed };
    let mut ids = sent.write(world, reporter(town), "import_return");
    let review = reviewed_on(filed, at, town);
    while sent.slips.first().is_some_and(|slip| slip.corrected < review) {
        sent.correct(world, &mut ids);
    }
    sent.review(world, review);
    while !sent.slips.is_empty() {
        sent.correct(world, &mut ids);
    }
}

const LUTING: usize = 7;
/// The firm that could not be reached.
const SILENT: &str = "YX26-044";

/// Projects of a town that had been signed by the end of a month.
fn present(world: &World, town: usize, at: YearMonth) -> Vec<usize> {
    let end = date(at.0, at.1, 1).last_of_month();
    let signed = |plot: &usize| {
        let plot = &world.plots[*plot];
        plot.town == town && plot.on(Stage::Signed).is_some_and(|on| on <= end)
    };
    (0..world.plots.len()).filter(signed).collect()
}

/// The day and hour a town sends a return: by the third of the next month, some later.
fn filed_on(world: &World, town: usize, at: YearMonth) -> Timestamp {
    let mut dice = Dice::new(world.seed, &format!("filed {town} {at:?}"));
    let first = date(at.0, at.1, 1).first_of_month() + Span::new().months(1);
    let hour = dice.between(9, 16) as i8;
    let minute = dice.between(0, 59) as i8;
    let known = match (town, at) {
        (1, (2026, 1)) => Some(5),
        (1, (2026, 2)) => Some(4),
        (1, (2026, 3)) => Some(3),
        (1, (2026, 4)) => Some(6),
        (1, (2026, 5)) => return moment(date(2026, 6, 3), 9, 15),
        _ => None,
    };
    let late = dice.chance(6);
    let day = known.unwrap_or(if late { dice.between(5, 9) } else { dice.between(1, 3) });
    moment(first + Span::new().days(day - 1), hour, minute)
}

/// The reviewer goes through a return on the sixth, or the day after it came.
fn reviewed_on(filed: Timestamp, at: YearMonth, town: usize) -> Timestamp {
    let sixth = date(at.0, at.1, 1) + Span::new().months(1).days(5);
    let at_eight = moment(sixth, 10, 8);
    let minutes = if town == 1 { 0 } else { 12 * town as i64 };
    at_eight.max(filed + Span::new().hours(20)) + Span::new().minutes(minutes)
}

/// A return as it is sent.
struct Sent {
    town: usize,
    at: YearMonth,
    plots: Vec<usize>,
    /// Not put right yet.
    slips: Vec<Slip>,
    file: String,
    when: Timestamp,
}

impl Sent {
    /// Sheets of the return, each with the projects on it.
    fn sheets(&self, world: &World) -> Vec<(&'static str, Vec<usize>)> {
        let listed = self.at.0 == 2026;
        let on = |tier: Option<ListTier>| {
            let tier_of = |plot: &usize| world.plots[*plot].tier.filter(|_| listed);
            self.plots.iter().copied().filter(|plot| tier_of(plot) == tier).collect::<Vec<_>>()
        };
        let sheets = [
            ("列省", on(Some(ListTier::Province))),
            ("列市", on(Some(ListTier::City))),
            ("在库其他", on(None)),
        ];
        sheets.into_iter().filter(|(_, plots)| !plots.is_empty()).collect()
    }

    fn line(&self, world: &World, plot: usize) -> Line {
        let (year, month) = self.at;
        let row = &world.plots[plot];
        let flow = &world.flows[plot];
        let slips = self.slips.iter().filter(|slip| slip.plot == plot);
        let missing: i64 = slips.map(|slip| slip.missing).sum();
        let since_start = flow.since_start(year, month) - missing;
        Line {
            name: row.name.text.clone(),
            firm: row.firm.text.clone(),
            town: town_name(self.town),
            total: row.total,
            plan: if year == 2026 { row.plan } else { 0 },
            month: flow.month(year, month) - missing,
            year_to_date: flow.year_to_date(year, month) - missing,
            progress: texts::progress(world, plot, self.at),
            workers: texts::workers(world, plot, self.at),
            since_start,
            percent: book::tenths(since_start * 10_000 / row.total.max(1)) * 10,
            issue: texts::issue(world, plot, self.at),
        }
    }

    /// Imports the return: the workbook, and a figure for every cell it fills.
    fn write(&self, world: &mut World, actor: i64, op: &str) -> Ids {
        let mut ids = Ids::new();
        let figures = self.figures(world);
        for (plot, figure) in &figures {
            ids.insert((*plot, figure.measure), figure.id);
        }
        let figures = figures.into_iter().map(|(_, figure)| figure).collect();
        self.push(world, actor, op, self.when, figures);
        ids
    }

    fn push(&self, world: &mut World, actor: i64, op: &str, when: Timestamp, figures: Vec<Figure>) {
        let sheets: Vec<_> = self
            .sheets(world)
            .into_iter()
            .map(|(name, plots)| (name, plots.iter().map(|p| self.line(world, *p)).collect()))
            .collect();
        let town = town_name(self.town);
        let title = format!("{town}重大项目进度月报（{}年{}月）", self.at.0, self.at.1);
        let blob = blob(book::monthly(&title, town, &sheets));
        let source = source(&self.file, &blob);
        world.journal.push_with(when, actor, op, changes(figures), vec![blob], Some(source));
    }

    fn figures(&self, world: &mut World) -> Vec<(usize, Figure)> {
        let mut out = Vec::new();
        for (sheet, plots) in self.sheets(world) {
            for (index, plot) in plots.into_iter().enumerate() {
                let line = self.line(world, plot);
                for (column, measure, value, raw) in cells(&line) {
                    let period = month(self.at.0, self.at.1);
                    let mut figure = world.figure(plot, measure, period, value);
                    figure.raw = Some(raw);
                    figure.sheet = Some(sheet.to_owned());
                    figure.cell = Some(book::cell(column, index));
                    out.push((plot, figure));
                }
            }
        }
        out
    }

    /// Sends the workbook again with the slip put right; only what differs is written.
    fn correct(&mut self, world: &mut World, ids: &mut Ids) {
        let slip = self.slips.remove(0);
        let changed = [
            Measure::INVEST_MONTH,
            Measure::INVEST_YTD,
            Measure::INVEST_SINCE_START,
            Measure::PROGRESS_PERCENT,
        ];
        let mut figures = Vec::new();
        for (plot, mut figure) in self.figures(world) {
            if plot == slip.plot && changed.contains(&figure.measure) {
                figure.replaces = ids.insert((plot, figure.measure), figure.id);
                figure.reason = Some(slip.reason.to_owned());
                figures.push(figure);
            }
        }
        self.push(world, reporter(self.town), "import_return", slip.corrected, figures);
    }

    /// The reviewer writes what was verified, as a series of its own.
    fn review(&self, world: &mut World, when: Timestamp) {
        let mut figures = Vec::new();
        let period = month(self.at.0, self.at.1);
        for plot in &self.plots {
            let line = self.line(world, *plot);
            if line.year_to_date == 0 {
                continue;
            }
            for (measure, amount) in
                [(Measure::INVEST_MONTH, line.month), (Measure::INVEST_YTD, line.year_to_date)]
            {
                let mut figure = world.figure(*plot, measure, period, Value::Int(amount * WAN));
                figure.basis = Basis::Verified;
                figures.push(figure);
            }
        }
        if !figures.is_empty() {
            world.journal.push(when, REVIEWER, "review_return", changes(figures));
        }
    }
}

/// The cells of a line that become figures: column, measure, value, and how it is printed.
fn cells(line: &Line) -> Vec<(char, Measure, Value, String)> {
    let money = |column, measure, amount: i64| {
        (column, measure, Value::Int(amount * WAN), super::words::thousands(amount))
    };
    let tenths = line.percent / 10;
    let percent = format!("{}.{}", tenths / 10, tenths % 10);
    let mut out = vec![
        money(column::MONTH, Measure::INVEST_MONTH, line.month),
        money(column::YEAR_TO_DATE, Measure::INVEST_YTD, line.year_to_date),
        money(column::SINCE_START, Measure::INVEST_SINCE_START, line.since_start),
        (
            column::WORKERS,
            Measure::WORKERS,
            Value::Int(line.workers),
            super::words::thousands(line.workers),
        ),
        (column::PERCENT, Measure::PROGRESS_PERCENT, Value::Int(line.percent), percent),
    ];
    for (column, measure, text) in [
        (column::PROGRESS, Measure::PROGRESS_TEXT, Some(&line.progress)),
        (column::ISSUE, Measure::ISSUE_TEXT, line.issue.as_ref()),
    ] {
        if let Some(text) = text {
            out.push((column, measure, Value::Text(text.clone()), text.clone()));
        }
    }
    out
}
