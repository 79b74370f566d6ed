//! The panel of the deadline: how many have started, when the others say they will.

use jiff::{Span, civil::Date};
use tici_engine::cockpit::{Cohort, Unit as EngineUnit};
use tici_engine::promise::start_deadline;
use tici_ops::view_cockpit::{CockpitPage, LateRow};

use super::cells::{cells, legend};
use crate::{charts, i18n::T, ui::Html};

/// Bars of the chart of expected starts at most.
const BINS_MAX: i32 = 10;

/// Panel one.
pub struct DeadlineView {
    pub title: String,
    pub countdown: String,
    /// Address of the promise that sets the day; empty when a setting does.
    pub promise: String,
    /// That the day was moved, and from which one; empty when it was not.
    pub moved: String,
    pub started: String,
    pub of: String,
    pub split: String,
    pub cells: Html,
    pub cells_narrow: Html,
    /// Mark and words of each kind of cell that occurs.
    pub legend: Vec<(Html, String)>,
    pub expected_lead: String,
    pub expected_more: Vec<String>,
    pub expected: Option<Html>,
    pub late: Vec<LateView>,
    pub late_title: String,
    /// Words of the link to all of them; empty when there are none.
    pub see_not_started: String,
}

/// One line of the ten latest.
pub struct LateView {
    pub rank: usize,
    pub href: String,
    pub firm: String,
    pub project: String,
    pub place: String,
    pub blocker: String,
    pub expected: String,
    pub days: String,
}

impl DeadlineView {
    pub fn new(t: T, page: &CockpitPage) -> DeadlineView {
        let cohort = &page.cockpit.cohort;
        let today = page.lens.today;
        let promised = start_deadline(&page.snapshot, page.lens.period.calendar_year());
        let late: Vec<LateView> =
            page.late.iter().zip(1..).map(|(row, rank)| late_view(t, row, rank, today)).collect();
        DeadlineView {
            title: title(t, cohort, today),
            countdown: cohort.deadline.map_or_else(String::new, |day| countdown(t, today, day)),
            promise: promised
                .and_then(|day| day.promise)
                .map_or_else(String::new, |series| format!("/promises/{series}")),
            moved: promised
                .filter(|day| day.due != day.due_original)
                .map_or_else(String::new, |day| moved(t, today, day.due_original)),
            started: t.count(cohort.started as i128),
            of: t.t1("cockpit-of", &[("n", &cohort.projects)]),
            split: split(t, cohort),
            cells: cells(t, page, 304),
            cells_narrow: cells(t, page, 326),
            legend: legend(t, cohort),
            expected_lead: expected_lead(t, cohort, today),
            expected_more: expected_more(t, cohort),
            expected: expected(t, cohort, today),
            late_title: t.t1("cockpit-late-title", &[("n", &late.len())]),
            late,
            see_not_started: see_not_started(t, cohort.projects - cohort.started),
        }
    }
}

fn see_not_started(t: T, count: usize) -> String {
    if count == 0 { String::new() } else { t.t1("cockpit-see-not-started", &[("n", &count)]) }
}

fn title(t: T, cohort: &Cohort, today: Date) -> String {
    match cohort.deadline {
        Some(day) => {
            t.t1("cockpit-deadline-title", &[("n", &cohort.projects), ("day", &t.day(day, today))])
        }
        None => t.t1("cockpit-deadline-none", &[("n", &cohort.projects)]),
    }
}

fn moved(t: T, today: Date, first: Date) -> String {
    t.t1("cockpit-deadline-moved", &[("day", &t.day(first, today))])
}

fn countdown(t: T, today: Date, day: Date) -> String {
    match (day - today).get_days() {
        days if days >= 0 => t.t1("strip-days-left", &[("n", &days)]),
        days => t.t1("strip-days-over", &[("n", &-days)]),
    }
}

/// 省列 3 / 4，市列 38 / 58；上周同日 36
fn split(t: T, cohort: &Cohort) -> String {
    let tier = |(tier, units): &(tici_domain::ListTier, Vec<EngineUnit>)| {
        let started = units.iter().filter(|unit| unit.started).count();
        format!("{} {started} / {}", t.tier(*tier), units.len())
    };
    let tiers: Vec<String> = cohort.tiers.iter().map(tier).collect();
    let ago = t.t1("cockpit-week-ago", &[("n", &cohort.started_week_ago)]);
    let comma = if t.lang == tici_domain::Lang::En { ", " } else { "，" };
    t.t1("cockpit-split", &[("tiers", &tiers.join(comma)), ("ago", &ago)])
}

fn expected_lead(t: T, cohort: &Cohort, today: Date) -> String {
    let Some(deadline) = cohort.deadline else { return t.t("cockpit-expected-no-deadline") };
    let by_then = cohort.started + cohort.expected_in_time;
    let gap = cohort.projects - by_then;
    let key = if gap == 0 { "cockpit-expected-all" } else { "cockpit-expected-lead" };
    t.t1(key, &[("day", &t.day(deadline, today)), ("n", &by_then), ("gap", &gap)])
}

/// How many are expected late and by how much; how many have no date.
fn expected_more(t: T, cohort: &Cohort) -> Vec<String> {
    let mut late: Vec<i32> = waiting(cohort).filter_map(|unit| unit.days_late).collect();
    late.retain(|days| *days > 0);
    late.sort_unstable();
    let mut lines = Vec::new();
    if let (Some(first), Some(last)) = (late.first(), late.last()) {
        let middle = late[late.len() / 2];
        lines.push(t.t1(
            "cockpit-expected-late",
            &[("n", &late.len()), ("min", first), ("max", last), ("median", &middle)],
        ));
    }
    if cohort.without_date > 0 {
        lines.push(t.t1("cockpit-expected-undated", &[("n", &cohort.without_date)]));
    }
    lines
}

fn waiting(cohort: &Cohort) -> impl Iterator<Item = &EngineUnit> {
    cohort.tiers.iter().flat_map(|(_, units)| units).filter(|unit| !unit.started)
}

/// Bars of equal stretches that end with the deadline; `None` when nobody gave a date.
fn expected(t: T, cohort: &Cohort, today: Date) -> Option<Html> {
    let deadline = cohort.deadline?;
    let days: Vec<i32> = waiting(cohort).filter_map(|unit| unit.days_late).collect();
    let (first, last) = (*days.iter().min()?, *days.iter().max()?);
    let stretch = stretch_days(first, last);
    // Stretch 0 ends on the deadline, stretch 1 begins the day after.
    let index_of = |days: i32| (days - 1).div_euclid(stretch) + 1;
    // At least two stretches before the line, so that its words have room.
    let (low, high) = (index_of(first).min(-1), index_of(last).max(1));
    let bin = |index: i32| charts::ExpectedBin {
        label: bin_label(t, deadline, index * stretch),
        count: days.iter().filter(|days| index_of(**days) == index).count() as u32,
    };
    let (in_time, late) = (cohort.expected_in_time, cohort.expected_late);
    let label = t.t1(
        "cockpit-expected-label",
        &[("in-time", &in_time), ("late", &late), ("day", &t.day(deadline, today))],
    );
    Some(Html(charts::expected(&charts::Expected {
        width_px: 330,
        bins: (low..=high).map(bin).collect(),
        bins_in_time: (1 - low) as usize,
        deadline: t.t1("cockpit-expected-deadline", &[("day", &t.day(deadline, today))]),
        in_time: t.t1("cockpit-expected-in-time", &[("n", &in_time)]),
        late: t.t1("cockpit-expected-after", &[("n", &late)]),
        axis: t.t1("cockpit-expected-axis", &[("n", &stretch)]),
        label,
    })))
}

/// A week, or as many weeks as keep the bars few.
fn stretch_days(first: i32, last: i32) -> i32 {
    let weeks = [1, 2, 4, 8, 13, 26, 52, 104];
    let fits = |weeks: &i32| (last.max(1) - first.min(0)) / (weeks * 7) < BINS_MAX - 1;
    weeks.into_iter().find(fits).unwrap_or(520) * 7
}

fn bin_label(t: T, deadline: Date, days: i32) -> String {
    let day = deadline.checked_add(Span::new().days(days)).unwrap_or(deadline);
    t.day_tight(day)
}

/// The open tasks in the way, else what was last reported.
fn blocker(t: T, row: &LateRow) -> String {
    let tasks = row.blockers.iter().map(|title| crate::pages::board::short(title, t).to_owned());
    let tasks: Vec<String> = tasks.collect();
    match tasks.is_empty() {
        true => row.blocker.clone().unwrap_or_else(|| t.t("app-none")),
        false => t.list(&tasks),
    }
}

fn late_view(t: T, row: &LateRow, rank: usize, today: Date) -> LateView {
    let project = &row.row.entry.project;
    let firm = row.row.enterprise.as_ref().map_or("", |firm| firm.short.get(t.lang));
    LateView {
        rank,
        href: format!("/projects/{}", project.id),
        firm: firm.to_owned(),
        project: project.name.get(t.lang).to_owned(),
        place: row.row.place.as_ref().map_or("", |place| place.short.get(t.lang)).to_owned(),
        blocker: blocker(t, row),
        expected: row.expected.map_or_else(|| t.t("app-none"), |day| t.day_short(day, today)),
        days: row.days_late.to_string(),
    }
}
