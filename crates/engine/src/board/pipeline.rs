//! 梯次够不够: at the pace of the last twelve months, how many projects can start in the
//! next half-year, and what has to be signed by when to fill next year's plan.
//!
//! Nothing here knows what a project's own people expect, nor its blockers: it is the
//! ledger's past carried on, and every number it rests on is given with it.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, date};
use tici_domain::{Currency, Period, Stage};

use super::life::Life;
use super::predict::{Interval, predict};
use super::{BoardRules, median};
use crate::facts::{Facts, FactsTable};
use crate::snapshot::Snapshot;

/// What is estimated, and from what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// The twelve months looked at: the day after the first, to the second.
    pub history: (Date, Date),
    pub pace: Pace,
    pub dwell: Dwell,
    /// First and last day of the half-year that comes next.
    pub window: (Date, Date),
    pub currency: Currency,
    /// Signed and not started, and their total investment.
    pub waiting: usize,
    pub waiting_total: i128,
    /// Of those, how many will have waited the usual time by the end of the window and are
    /// not taken up by starts before it.
    pub ripe: usize,
    /// `None` where there is too little history; `thin` says what is lacking.
    pub starts: Option<Interval>,
    /// Total investment of the middle, at the average of those waiting.
    pub starts_total: Option<i128>,
    pub next_year: Option<NextYear>,
    pub chain_short: Option<ChainShort>,
    pub thin: Option<Thin>,
}

/// How many projects reached a stage in the twelve months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    pub signed: usize,
    pub landed: usize,
    pub started: usize,
}

/// Median days from signing to start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dwell {
    /// Of those that started in the twelve months.
    pub now: Option<i32>,
    /// Of those that started in the twelve months before.
    pub before: Option<i32>,
    /// The step that takes more days than a year ago.
    pub slower: Option<Slower>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slower {
    /// The stage in which the days are spent.
    pub stage: Stage,
    pub days_more: i32,
}

/// Why nothing is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thin {
    /// The ledger knows of no claim twelve months back; its first day, if it has any.
    Young(Option<Date>),
    /// So many starts in twelve months, fewer than the rule asks for.
    FewStarts(usize),
}

/// What next year's plan asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextYear {
    pub year: i16,
    pub plan: i128,
    /// Next year has no plan yet: this year's stands in for it.
    pub is_stand_in: bool,
    /// What projects under way will spend next year at the pace of their building time.
    pub carried: i128,
    /// What a project that starts this year has in this year's plan, on average.
    pub per_start: i128,
    /// Starts in the first half of next year that the rest of the plan takes.
    pub needed: usize,
    /// Waiting ones left after the window that will be ripe by the middle of next year.
    pub left: usize,
    /// Still to be signed in time at the present pace.
    pub to_sign: usize,
    pub gap: usize,
    /// Total investment of the gap, at the average of those waiting.
    pub gap_total: i128,
    /// Signed later than this, a project usually does not start by `start_by`.
    pub sign_by: Date,
    pub start_by: Date,
}

/// A chain in which fewer projects wait than started in the twelve months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainShort {
    pub chain: String,
    pub waiting: usize,
    pub started: usize,
}

pub(super) fn pipeline(
    snapshot: &Snapshot,
    table: &FactsTable,
    lives: &[Life],
    rules: &BoardRules,
) -> Pipeline {
    let today = table.lens.today;
    let year_ago = back(today, 12);
    let waiting: Vec<&Life> = lives.iter().filter(|life| life.waits()).collect();
    let currency = commonest(lives);
    let pace = pace(lives, (year_ago, today));
    let mut out = Pipeline {
        history: (year_ago, today),
        pace,
        dwell: dwell(lives, today),
        window: next_half(today),
        currency,
        waiting: waiting.len(),
        waiting_total: waiting.iter().filter_map(|l| l.total_in(currency)).map(i128::from).sum(),
        ripe: 0,
        starts: None,
        starts_total: None,
        next_year: None,
        chain_short: chain_short(lives, (year_ago, today)),
        thin: thin(lives, year_ago, pace, rules),
    };
    if out.thin.is_some() {
        out.chain_short = None;
        return out;
    }
    let usual = Usual::of(lives, (year_ago, today));
    let before = expected(pace.started, months(today, out.window.0));
    let ripe = |by: Date| waiting.iter().filter(|life| usual.start_of(life) <= Some(by)).count();
    out.ripe = ripe(out.window.1).saturating_sub(before);
    let span = months(out.window.0, out.window.1);
    let starts = predict(pace.started, 12.0, span, rules.interval).capped(out.ripe);
    out.starts = Some(starts);
    out.starts_total = Some(average(&out) * starts.mid as i128);
    let start_by = date(out.window.1.year() + i16::from(out.window.1.month() == 12), 6, 30);
    let left = ripe(start_by).saturating_sub(before + starts.mid);
    out.next_year = next_year(snapshot, table, (lives, &out), (start_by, left));
    out
}

/// Medians of the ledger's own history, from which the usual day of a start follows.
struct Usual {
    from_signed: i32,
    from_landed: i32,
}

impl Usual {
    fn of(lives: &[Life], span: (Date, Date)) -> Usual {
        let of = |from: fn(&Life) -> Option<Date>| {
            let started = lives.iter().filter(|life| within(life.started, span));
            let mut days: Vec<i32> =
                started.filter_map(|life| Life::days(from(life), life.started)).collect();
            median(&mut days).unwrap_or(0)
        };
        Usual { from_signed: of(|life| life.signed), from_landed: of(|life| life.landed) }
    }

    /// The day by which a waiting project has waited as long as half of them have to.
    fn start_of(&self, life: &Life) -> Option<Date> {
        let (from, days) = match life.landed {
            Some(landed) => (landed, self.from_landed),
            None => (life.signed?, self.from_signed),
        };
        from.checked_add(Span::new().days(days)).ok()
    }
}

fn next_year(
    snapshot: &Snapshot,
    table: &FactsTable,
    (lives, found): (&[Life], &Pipeline),
    (start_by, left): (Date, usize),
) -> Option<NextYear> {
    let year = table.lens.today.year() + 1;
    let live = || {
        let live = lives.iter().map(|life| life.facts).filter(|facts| facts.is_live());
        live.filter(|facts| facts.currency == found.currency)
    };
    let planned = |facts: &Facts| snapshot.plan(facts.project, Period::year(year));
    let next: i128 = live().filter_map(planned).map(|cell| i128::from(cell.number)).sum();
    let this: i128 = live().filter_map(|facts| facts.plan_year).map(i128::from).sum();
    let is_stand_in = next == 0;
    let plan = if is_stand_in { this } else { next };
    let carried: i128 = live().map(|facts| i128::from(carried(snapshot, facts, year))).sum();
    let per_start = per_start(lives, found.currency, table.lens.today.year());
    if plan <= 0 || per_start <= 0 {
        return None;
    }
    let usual = i64::from(found.dwell.now?);
    let needed = ((plan - carried).max(0) + per_start - 1) / per_start;
    let needed = usize::try_from(needed).unwrap_or(usize::MAX);
    let sign_by = start_by.checked_sub(Span::new().days(usual)).ok()?;
    let to_sign = expected(found.pace.signed, months(table.lens.today, sign_by));
    let gap = needed.saturating_sub(left + to_sign);
    Some(NextYear {
        year,
        plan,
        is_stand_in,
        carried,
        per_start,
        needed,
        left,
        to_sign,
        gap,
        gap_total: average(found) * gap as i128,
        sign_by,
        start_by,
    })
}

/// What a project under way will spend in `year`: its total spread over the months from
/// `build_from` to `build_to`, and no more than is left after this year's plan.
fn carried(snapshot: &Snapshot, facts: &Facts, year: i16) -> i64 {
    let is_under_way = facts.has_started() && facts.stage < Some(Stage::Completed);
    let Some(total) = facts.total.filter(|_| is_under_way) else { return 0 };
    let plan = facts.plan_year.unwrap_or(0);
    let ahead = (plan - facts.done_ytd.unwrap_or(0)).max(0);
    let left = (total - facts.done_since_start.unwrap_or(0) - ahead).max(0);
    let entry = snapshot.projects.get(facts.project);
    let built = entry.and_then(|e| e.project.build_from.zip(e.project.build_to));
    let Some((from, to)) = built.filter(|(from, to)| from < to) else { return left.min(plan) };
    let (first, last) = (date(year, 1, 1).max(from), date(year, 12, 31).min(to));
    if last < first {
        // Its building time is over before: what is left is spent as this year's was.
        return left.min(plan);
    }
    let days = |from: Date, to: Date| i128::from((to - from).get_days() + 1);
    let share = i128::from(total) * days(first, last) / days(from, to);
    left.min(i64::try_from(share).unwrap_or(i64::MAX))
}

/// This year's plan of those that start this year, or still wait, for each of them.
fn per_start(lives: &[Life], currency: Currency, year: i16) -> i128 {
    let plans = lives.iter().filter(|life| life.facts.is_live());
    let plans = plans
        .filter(|life| life.facts.currency == currency)
        .filter(|life| life.started.is_none_or(|on| on.year() == year))
        .filter_map(|life| life.facts.plan_year.filter(|plan| *plan > 0));
    let (count, sum) = plans.fold((0, 0), |(count, sum), plan| (count + 1, sum + i128::from(plan)));
    if count == 0 { 0 } else { sum / count }
}

fn thin(lives: &[Life], year_ago: Date, pace: Pace, rules: &BoardRules) -> Option<Thin> {
    let first = lives.iter().filter_map(|life| life.signed.or(life.landed).or(life.started)).min();
    if first.is_none_or(|first| first > year_ago) {
        return Some(Thin::Young(first));
    }
    (pace.started < rules.starts_min).then_some(Thin::FewStarts(pace.started))
}

fn pace(lives: &[Life], span: (Date, Date)) -> Pace {
    let count =
        |on: fn(&Life) -> Option<Date>| lives.iter().filter(|life| within(on(life), span)).count();
    Pace {
        signed: count(|life| life.signed),
        landed: count(|life| life.landed),
        started: count(|life| life.started),
    }
}

fn dwell(lives: &[Life], today: Date) -> Dwell {
    let spans = [(back(today, 12), today), (back(today, 24), back(today, 12))];
    let medians = |from: fn(&Life) -> Option<Date>, to: fn(&Life) -> Option<Date>| {
        spans.map(|span| {
            let reached = lives.iter().filter(|life| within(to(life), span));
            let mut days: Vec<i32> =
                reached.filter_map(|life| Life::days(from(life), to(life))).collect();
            median(&mut days)
        })
    };
    let [now, before] = medians(|l| l.signed, |l| l.started);
    let steps = [
        (Stage::Signed, medians(|l| l.signed, |l| l.landed)),
        (Stage::Landed, medians(|l| l.landed, |l| l.started)),
    ];
    let more = steps.into_iter().filter_map(|(stage, [now, before])| {
        Some(Slower { stage, days_more: now? - before? }).filter(|slower| slower.days_more > 0)
    });
    Dwell { now, before, slower: more.max_by_key(|slower| slower.days_more) }
}

fn chain_short(lives: &[Life], span: (Date, Date)) -> Option<ChainShort> {
    let mut chains = BTreeMap::<&str, (usize, usize)>::new();
    for life in lives {
        let Some(chain) = life.chain else { continue };
        let (waiting, started) = chains.entry(chain).or_default();
        *waiting += usize::from(life.waits());
        *started += usize::from(within(life.started, span));
    }
    let short = chains.into_iter().filter(|(_, (waiting, started))| waiting < started);
    let (chain, (waiting, started)) = short
        .max_by_key(|(chain, (waiting, started))| (started - waiting, std::cmp::Reverse(*chain)))?;
    Some(ChainShort { chain: chain.to_owned(), waiting, started })
}

/// The currency most projects are in; only its amounts are added.
fn commonest(lives: &[Life]) -> Currency {
    let mut counts = BTreeMap::<Currency, usize>::new();
    for life in lives {
        *counts.entry(life.facts.currency).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or(Currency::CNY, |(currency, _)| currency)
}

fn average(found: &Pipeline) -> i128 {
    found.waiting_total / (found.waiting.max(1) as i128)
}

fn within(on: Option<Date>, (after, until): (Date, Date)) -> bool {
    on.is_some_and(|on| after < on && on <= until)
}

/// The calendar half-year after the one of `today`.
fn next_half(today: Date) -> (Date, Date) {
    let year = today.year();
    match today.month() {
        ..=6 => (date(year, 7, 1), date(year, 12, 31)),
        _ => (date(year + 1, 1, 1), date(year + 1, 6, 30)),
    }
}

fn back(day: Date, months: i32) -> Date {
    day.checked_sub(Span::new().months(months)).unwrap_or(day)
}

/// Months between two days, by the mean length of a month; never negative.
fn months(from: Date, to: Date) -> f64 {
    (f64::from((to - from).get_days()) / 30.436_875).max(0.0)
}

/// What a year's count makes of so many months.
fn expected(count: usize, months: f64) -> usize {
    (count as f64 * months / 12.0).round() as usize
}
