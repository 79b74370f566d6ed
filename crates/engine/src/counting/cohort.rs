//! The day on which lists are read, and which version of each list that is.
//!
//! A list is published once, then added to and taken from during the year. What a total
//! counts depends on the day of the list as much as on the list.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;
use tici_domain::ListTier;
use tici_domain::change::ListMembership;

use crate::snapshot::{ProjectEntry, Snapshot};

/// Which day's lists make the cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CohortOn {
    /// As they stand on the lens's day.
    #[default]
    Today,
    /// As first published this year, whoever has left since.
    YearStart,
    /// As they stood on a day.
    Day(Date),
    /// On the list when it was first published and still on it: like against like.
    Constant,
}

impl CohortOn {
    /// Reads `today`, `year-start`, `constant` or a day; `None` for anything else.
    pub fn parse(code: &str) -> Option<CohortOn> {
        match code {
            "today" => Some(CohortOn::Today),
            "year-start" => Some(CohortOn::YearStart),
            "constant" => Some(CohortOn::Constant),
            day => day.parse().ok().map(CohortOn::Day),
        }
    }

    /// As [`CohortOn::parse`] reads it.
    pub fn code(self) -> String {
        match self {
            CohortOn::Today => "today".to_owned(),
            CohortOn::YearStart => "year-start".to_owned(),
            CohortOn::Constant => "constant".to_owned(),
            CohortOn::Day(day) => day.to_string(),
        }
    }

    /// Whether the list keeps a project that has been ended since.
    pub fn keeps_ended(self) -> bool {
        self == CohortOn::YearStart
    }
}

/// How a project on several lists is counted under one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lists {
    /// Under its highest list only: the lists add up to the whole.
    #[default]
    Highest,
    /// Under each list it is on, as where the county's list repeats the city's.
    Each,
}

impl Lists {
    pub fn code(self) -> &'static str {
        match self {
            Lists::Highest => "highest",
            Lists::Each => "each",
        }
    }

    pub fn parse(code: &str) -> Option<Lists> {
        [Lists::Highest, Lists::Each].into_iter().find(|lists| lists.code() == code)
    }
}

/// A list of a year, in the version in force on the day it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListVersion {
    pub tier: ListTier,
    pub year: i64,
    /// 1 as first published, higher after each change in mid-year.
    pub version: i64,
    /// The day that version took effect.
    pub from: Date,
    /// Projects that have joined since the first version.
    pub added: usize,
    /// Projects that have left since.
    pub removed: usize,
}

/// How the lists of one year are read: day, first days, mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListReader {
    year: i64,
    today: Option<Date>,
    on: CohortOn,
    first: BTreeMap<ListTier, Date>,
}

impl ListReader {
    pub fn new(snapshot: &Snapshot, year: i16, today: Date, on: CohortOn) -> ListReader {
        let year = i64::from(year);
        let first = match on {
            CohortOn::YearStart | CohortOn::Constant => first_days(snapshot, year),
            _ => BTreeMap::new(),
        };
        ListReader { year, today: Some(today), on, first }
    }

    /// The lists a project is on, highest first.
    pub fn tiers(&self, entry: &ProjectEntry) -> impl Iterator<Item = ListTier> {
        entry.lists.iter().filter(|(row, _)| self.has(row)).map(|(row, _)| row.tier)
    }

    /// The highest list a project is on.
    pub fn tier(&self, entry: &ProjectEntry) -> Option<ListTier> {
        self.tiers(entry).min()
    }

    fn has(&self, row: &ListMembership) -> bool {
        let Some(today) = self.today else { return false };
        row.year == self.year
            && match self.on {
                CohortOn::Today => is_on(row, today),
                CohortOn::Day(day) => is_on(row, day),
                CohortOn::YearStart => self.was_first(row),
                CohortOn::Constant => self.was_first(row) && is_on(row, today),
            }
    }

    fn was_first(&self, row: &ListMembership) -> bool {
        self.first.get(&row.tier).is_some_and(|first| row.from <= *first)
    }
}

fn is_on(row: &ListMembership, day: Date) -> bool {
    row.from <= day && row.until.is_none_or(|until| day < until)
}

/// The day each list of a year was first published.
fn first_days(snapshot: &Snapshot, year: i64) -> BTreeMap<ListTier, Date> {
    let mut first = BTreeMap::new();
    for row in rows(snapshot, year) {
        let day = first.entry(row.tier).or_insert(row.from);
        *day = row.from.min(*day);
    }
    first
}

fn rows(snapshot: &Snapshot, year: i64) -> impl Iterator<Item = &ListMembership> {
    let lists = snapshot.projects.iter().flat_map(|entry| &entry.lists);
    lists.map(|(row, _)| row).filter(move |row| row.year == year)
}

/// The versions of a year's lists in force on the day that `on` reads, by tier.
pub fn versions(snapshot: &Snapshot, year: i16, today: Date, on: CohortOn) -> Vec<ListVersion> {
    let year = i64::from(year);
    let day = match on {
        CohortOn::Day(day) => Some(day),
        CohortOn::Today | CohortOn::Constant => Some(today),
        CohortOn::YearStart => None,
    };
    let mut found = BTreeMap::<ListTier, Vec<&ListMembership>>::new();
    for row in rows(snapshot, year) {
        found.entry(row.tier).or_default().push(row);
    }
    let of = |(tier, rows): (ListTier, Vec<&ListMembership>)| {
        let first = rows.iter().map(|row| row.from).min()?;
        version(tier, year, &rows, first, day.unwrap_or(first))
    };
    found.into_iter().filter_map(of).collect()
}

fn version(
    tier: ListTier,
    year: i64,
    rows: &[&ListMembership],
    first: Date,
    day: Date,
) -> Option<ListVersion> {
    if day < first {
        return None;
    }
    // A row that takes a project off bears the version that took it off, and the day it
    // had come; the version it came with is known by that day alone.
    let came = rows.iter().filter(|row| row.from <= day);
    let left: Vec<_> = rows.iter().filter(|row| row.until.is_some_and(|u| u <= day)).collect();
    let joined = came.clone().filter(|row| row.until.is_none());
    let joined = joined.map(|row| (row.version, row.from));
    let gone = left.iter().filter_map(|row| Some((row.version, row.until?)));
    let latest = joined.chain(gone).max();
    let days: BTreeSet<Date> =
        rows.iter().map(|row| row.from).filter(|from| *from > first).collect();
    let added = came.filter(|row| days.contains(&row.from)).count();
    let (version, from) = latest.unwrap_or((1, first));
    Some(ListVersion { tier, year, version, from, added, removed: left.len() })
}
