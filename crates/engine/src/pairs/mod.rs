//! Projects that may be one, and starts that may have been counted twice.
//!
//! Candidates share something rare: a code, a firm, a site, or one of the rarer pairs of
//! characters in their names; only candidates are compared, so that 50,000 projects take
//! moments. A pair is a proposal with its reasons as data. Nothing is merged here, and what
//! somebody has decided is not asked again.

mod blocks;
pub mod names;
pub mod packages;
pub mod rules;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use tici_domain::{EventKind, SideState, Stage};

use crate::facts::{Facts, FactsTable};
use crate::snapshot::{ProjectEntry, Snapshot};
use names::Look;
pub use rules::PairRules;

/// Pairs proposed at most, those with most points.
pub const PAIRS_MAX: usize = 500;

/// Metres of one degree of latitude.
const METERS_PER_DEGREE: f64 = 111_320.0;

/// Why two projects look alike, or do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    NationalCode,
    /// Share of character pairs, in percent.
    Name {
        percent: i64,
    },
    Firm,
    Site {
        meters: i64,
    },
    Place,
    /// Both totals in stored units.
    Amount {
        first: i64,
        second: i64,
    },
    Industry,
    /// One marks a phase that the other does not.
    Phase,
    /// Their names number them apart.
    Numbers,
}

impl Reason {
    /// As messages name it.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::NationalCode => "national-code",
            Reason::Name { .. } => "name",
            Reason::Firm => "firm",
            Reason::Site { .. } => "site",
            Reason::Place => "place",
            Reason::Amount { .. } => "amount",
            Reason::Industry => "industry",
            Reason::Phase => "phase",
            Reason::Numbers => "numbers",
        }
    }
}

/// Two projects to be looked at. `first` is the lower id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    pub first: i64,
    pub second: i64,
    pub points: i64,
    pub reasons: Vec<Reason>,
    /// Both have started, in different years and within the rule's years: the later start
    /// may be the earlier one again.
    pub repeat_start: Option<(Date, Date)>,
}

/// A project whose start was celebrated in one year and is claimed in a later one: it would
/// count as a new start twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedTwice {
    pub project: i64,
    /// Series of the ceremony.
    pub event: i64,
    pub celebrated: Date,
    pub started: Date,
}

/// Every pair that nobody has decided on, most points first.
pub fn pairs(snapshot: &Snapshot, table: &FactsTable, rules: &PairRules) -> Vec<Pair> {
    let rows: Vec<Row> = table.rows.iter().filter_map(|facts| Row::of(snapshot, facts)).collect();
    let blocks = blocks::Blocks::of(&rows, rules);
    let of = |index: usize| {
        let one = &rows[index];
        let others = blocks.partners(index).into_iter().map(|other| &rows[other]);
        let asked = others.filter(move |other| is_open(snapshot, one, other));
        asked.filter_map(|other| compare(one, other, rules)).collect::<Vec<Pair>>()
    };
    let mut found: Vec<Pair> = (0..rows.len()).into_par_iter().flat_map_iter(of).collect();
    found.sort_by_key(|pair| (std::cmp::Reverse(pair.points), pair.first, pair.second));
    found.truncate(PAIRS_MAX);
    found
}

/// Projects whose start would count in two years.
pub fn counted_twice(snapshot: &Snapshot) -> Vec<CountedTwice> {
    let events = snapshot.records.events.values().map(|kept| &kept.row);
    let starts = events.filter(|event| event.kind == EventKind::Start && !event.withdrawn);
    let mut found = Vec::new();
    for event in starts {
        for item in &event.items {
            let Some(entry) = snapshot.projects.get(item.project) else { continue };
            let Some(started) = started(entry) else { continue };
            if started.year() > event.on.year() {
                let (project, celebrated) = (item.project, event.on);
                found.push(CountedTwice { project, event: event.series, celebrated, started });
            }
        }
    }
    found.sort_by_key(|row| row.project);
    found
}

fn started(entry: &ProjectEntry) -> Option<Date> {
    entry.claim(Stage::Started).filter(|state| state.stands()).map(|state| state.claim.on)
}

/// A project made ready to be compared.
struct Row<'a> {
    entry: &'a ProjectEntry,
    total: Option<i64>,
    look: Look,
    started: Option<Date>,
}

impl<'a> Row<'a> {
    fn of(snapshot: &'a Snapshot, facts: &Facts) -> Option<Row<'a>> {
        let entry = snapshot.projects.get(facts.project)?;
        if entry.project.state == SideState::Withdrawn {
            return None;
        }
        let look = Look::of(&entry.project.name.text);
        Some(Row { total: facts.total, started: started(entry), look, entry })
    }

    fn id(&self) -> i64 {
        self.entry.project.id
    }
}

/// Whether two projects are to be asked about: no packages of one project, nothing decided.
fn is_open(snapshot: &Snapshot, a: &Row, b: &Row) -> bool {
    let family = |row: &Row| row.entry.project.parent.unwrap_or(row.id());
    let key = (a.id().min(b.id()), a.id().max(b.id()));
    family(a) != family(b) && !snapshot.records.pairs.contains_key(&key)
}

fn compare(a: &Row, b: &Row, rules: &PairRules) -> Option<Pair> {
    let (a, b) = if a.id() < b.id() { (a, b) } else { (b, a) };
    let (one, two) = (&a.entry.project, &b.entry.project);
    let points = &rules.points;
    let mut sum = 0;
    let mut reasons = Vec::new();
    let mut take = |worth: i64, reason: Reason| {
        sum += worth;
        reasons.push(reason);
    };
    if one.national_code.is_some() && one.national_code == two.national_code {
        take(points.national_code, Reason::NationalCode);
    }
    let percent = a.look.percent(&b.look);
    if percent >= rules.name_floor {
        take(points.name * percent / 100, Reason::Name { percent });
    }
    if one.enterprise.is_some() && one.enterprise == two.enterprise {
        take(points.firm, Reason::Firm);
    }
    match one.location.zip(two.location).map(|(a, b)| meters(a, b)) {
        Some(meters) if meters <= rules.site_meters => take(points.site, Reason::Site { meters }),
        _ if one.place.is_some() && one.place == two.place => take(points.place, Reason::Place),
        _ => {}
    }
    if let Some((first, second)) = alike_amounts(a, b, rules) {
        take(points.amount, Reason::Amount { first, second });
    }
    if one.industry.is_some() && one.industry == two.industry {
        take(points.industry, Reason::Industry);
    }
    if marks(&one.name.text, rules) != marks(&two.name.text, rules) {
        take(points.phase, Reason::Phase);
    }
    let numbered = !a.look.numbers.is_empty() && !b.look.numbers.is_empty();
    if numbered && a.look.numbers != b.look.numbers {
        take(points.numbers, Reason::Numbers);
    }
    let repeat_start = a.started.zip(b.started).filter(|(first, second)| {
        let years = i64::from((first.year() - second.year()).abs());
        years > 0 && years <= rules.years
    });
    let pair = Pair { first: one.id, second: two.id, points: sum, reasons, repeat_start };
    (sum >= rules.ask_from).then_some(pair)
}

fn marks<'r>(name: &str, rules: &'r PairRules) -> Vec<&'r str> {
    rules.phase_marks.iter().map(String::as_str).filter(|mark| name.contains(*mark)).collect()
}

fn alike_amounts(a: &Row, b: &Row, rules: &PairRules) -> Option<(i64, i64)> {
    let (first, second) = a.total.zip(b.total)?;
    let same_currency = a.entry.project.currency == b.entry.project.currency;
    let apart = i128::from(first.abs_diff(second)) * 100;
    let most = i128::from(first.max(second)) * i128::from(rules.amount_percent);
    (same_currency && first > 0 && second > 0 && apart <= most).then_some((first, second))
}

/// Metres between two sites a few kilometres apart at most.
fn meters((lon_a, lat_a): (i64, i64), (lon_b, lat_b): (i64, i64)) -> i64 {
    let degrees = |micro: i64| micro as f64 / 1e6;
    let middle = degrees(lat_a + lat_b) / 2.0;
    let east = degrees(lon_a - lon_b) * middle.to_radians().cos();
    let north = degrees(lat_a - lat_b);
    (east.hypot(north) * METERS_PER_DEGREE).round() as i64
}
