//! The three drawings of a project's page: staircase, money over its life, milestones.

use jiff::civil::Date;
use tici_domain::{Currency, Lang, Period, change::Milestone};
use tici_ops::view_project::{ProjectPage, Stair, StairState};

use crate::{
    T,
    charts::{
        Curve, CurvePoint, CurveWords, Gantt, GanttRow, Room, Step, StepState, Stepper, gantt,
        month_ticks, s_curve, stepper,
    },
    i18n::{Days, MoneyStyle, Scale, days_from},
    ui::Html,
};

/// A drawing for a wide panel and for a narrow one; empty when there is nothing to draw.
#[derive(Default)]
pub struct Drawing {
    pub wide: Html,
    pub narrow: Html,
}

impl Drawing {
    fn of(draw: impl Fn(Room) -> String) -> Drawing {
        Drawing { wide: Html(draw(Room::Wide)), narrow: Html(draw(Room::Narrow)) }
    }

    pub fn is_empty(&self) -> bool {
        self.wide.0.is_empty()
    }
}

/// Seven steps with planned, actual and expected days.
pub fn staircase(t: T, page: &ProjectPage) -> Drawing {
    let progress = page.row.facts.progress;
    let next = page.row.next.as_ref();
    let steps: Vec<Step> =
        page.stairs.iter().map(|stair| step(t, page, stair, progress, next)).collect();
    let label = staircase_label(t, page);
    let draw = |room| stepper(&Stepper { room, steps: steps.clone(), label: label.clone() });
    // As wide as the page, so it needs a third size between a desk and a phone.
    let (full, middle) = (draw(Room::Wide), draw(Room::Middle));
    let wide = format!("<div class=\"full\">{full}</div><div class=\"middle\">{middle}</div>");
    Drawing { wide: Html(wide), narrow: Html(draw(Room::Narrow)) }
}

type Next = (tici_domain::Name, Option<Date>);

fn step(
    t: T,
    page: &ProjectPage,
    stair: &Stair,
    progress: Option<i64>,
    next: Option<&Next>,
) -> Step {
    let day = |day: Option<Date>| day.map_or_else(|| "—".into(), |day| day.to_string());
    let planned = (t.t("project-planned"), day(stair.planned));
    let (state, note, is_late, lines) = match stair.state {
        StairState::Reached => {
            let lines = [planned, (t.t("project-actual"), day(stair.actual))];
            (StepState::Done, reached_note(t, stair), false, lines)
        }
        StairState::Current => {
            let share = progress.map(|hundredths| hundredths as f64 / 10_000.0);
            let note = match (stair.pending, share) {
                (true, _) => t.t("project-pending"),
                (false, Some(share)) => {
                    let percent = format!("{:.0}%", share * 100.0);
                    t.t1("project-current-progress", &[("percent", &percent)])
                }
                (false, None) => t.t("project-current"),
            };
            (StepState::Current(share), note, false, current_lines(t, page, stair, next))
        }
        StairState::Ahead => {
            let late = lateness(stair.planned, stair.expected);
            let lines = [planned, (t.t("project-expected"), day(stair.expected))];
            let is_late = matches!(late, Some(Days::Late(_)));
            (StepState::Ahead, late.map_or_else(String::new, |d| t.lateness(d)), is_late, lines)
        }
    };
    Step { name: t.stage(stair.stage), state, note, is_late, lines }
}

fn reached_note(t: T, stair: &Stair) -> String {
    if stair.pending {
        return t.t("project-pending");
    }
    lateness(stair.planned, stair.actual).map_or_else(String::new, |days| t.lateness(days))
}

/// Under the current step: what comes next and when, or its own days.
fn current_lines(
    t: T,
    page: &ProjectPage,
    stair: &Stair,
    next: Option<&Next>,
) -> [(String, String); 2] {
    let day = |day: Option<Date>| day.map_or_else(|| "—".into(), |day: Date| day.to_string());
    let is_node = |name: &tici_domain::Name| page.nodes.iter().any(|node| node.name == *name);
    match next.filter(|(name, _)| is_node(name)) {
        Some((name, planned)) => [
            (t.t("project-next"), name.get(t.lang).to_owned()),
            (t.t("project-planned"), day(*planned)),
        ],
        None => [
            (t.t("project-planned"), day(stair.planned)),
            (t.t("project-actual"), day(stair.actual)),
        ],
    }
}

pub fn lateness(due: Option<Date>, on: Option<Date>) -> Option<Days> {
    Some(Days::between(due?, on?))
}

fn staircase_label(t: T, page: &ProjectPage) -> String {
    let stage = page.row.facts.stage.map_or_else(|| t.t("stage-none"), |stage| t.stage(stage));
    let late = page.stairs.iter().find_map(|stair| {
        let days = lateness(stair.planned, stair.expected)?;
        let is_late = stair.state == StairState::Ahead && matches!(days, Days::Late(_));
        is_late.then(|| format!("{} {}", t.stage(stair.stage), t.lateness(days)))
    });
    let late = late.unwrap_or_else(|| t.t("days-on-time"));
    t.t1("project-stairs-label", &[("stage", &stage), ("late", &late)])
}

/// Months of a life drawn at most; a longer one is drawn by its quarters.
const CURVE_MONTHS_MAX: i32 = 96;

/// The unit of the curve, as a table has it; never plain, for its axis has no room.
pub fn curve_scale(t: T, currency: Currency) -> Scale {
    t.with_money(MoneyStyle::Scaled).column(currency)
}

/// Cumulative plan and actual from the first month to the last.
pub fn curve(t: T, page: &ProjectPage, currency: Currency) -> Drawing {
    let known: Vec<_> =
        page.curve.iter().filter(|point| point.planned.or(point.done).is_some()).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return Drawing::default();
    };
    let (start, end) = (month_number(first.period), month_number(last.period));
    if known.len() < 2 || end <= start {
        return Drawing::default();
    }
    let scale = curve_scale(t, currency);
    let step = if end - start > CURVE_MONTHS_MAX { 3 } else { 1 };
    let months: Vec<i32> = (start..=end).step_by(step as usize).collect();
    let mut points = vec![CurvePoint::default(); months.len()];
    let before = done_before_plan(page);
    for point in &known {
        let at = ((month_number(point.period) - start) / step) as usize;
        if let Some(slot) = points.get_mut(at) {
            let planned = point.planned.map(|amount| amount + before);
            slot.plan = planned.map(|amount| scale.value(amount.into())).or(slot.plan);
            slot.actual = point.done.map(|amount| scale.value(amount.into())).or(slot.actual);
        }
    }
    let today = months_to(page.lens.today, start) / f64::from(step);
    let today = (today > 0.0 && today < points.len() as f64).then_some(today);
    let words = curve_words(t, page, scale);
    let label = format!("{}{}", words.callout[0], t.comma(&words.callout[1]));
    let labelled = |room| {
        let point = |(point, month): (&CurvePoint, &i32)| CurvePoint {
            label: month_label(*month, start, room),
            ..point.clone()
        };
        points.iter().zip(&months).map(point).collect()
    };
    Drawing::of(|room| {
        s_curve(&Curve {
            room,
            points: labelled(room),
            today,
            rows: Vec::new(),
            words: words.clone(),
            label: label.clone(),
        })
    })
}

fn curve_words(t: T, page: &ProjectPage, scale: Scale) -> CurveWords {
    let done = page.curve.iter().rev().find_map(|point| Some((point.period, point.done?)));
    let callout = done.map_or_else(Default::default, |(period, amount)| {
        let due = page.curve.iter().find(|point| point.period == period);
        let number = scale.print(amount.into());
        let args: &[(&str, &dyn std::fmt::Display)] =
            &[("period", &t.period_short(period)), ("amount", &number)];
        let before = done_before_plan(page);
        let due = due.and_then(|point| point.planned).map_or_else(String::new, |planned| {
            let due = scale.print(i128::from(planned + before));
            t.t1("project-curve-due", &[("amount", &due)])
        });
        [t.t1("project-curve-done", args), due]
    });
    CurveWords {
        plan: t.t("project-plan"),
        forecast: String::new(),
        today: t.t("strip-today"),
        callout,
    }
}

/// Monthly plans often begin in a later year than the works: they go on from what had been
/// done by then.
fn done_before_plan(page: &ProjectPage) -> i64 {
    let Some(first) = page.curve.iter().find(|point| point.planned.is_some()) else { return 0 };
    let earlier = page.curve.iter().filter(|point| point.period < first.period);
    earlier.filter_map(|point| point.done).next_back().unwrap_or(0)
}

/// Months since the year 0.
fn month_number(period: Period) -> i32 {
    i32::from(period.calendar_year()) * 12 + i32::from(period.last_month()) - 1
}

fn months_to(day: Date, start: i32) -> f64 {
    let month = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    f64::from(month - start) + f64::from(day.day()) / f64::from(day.days_in_month())
}

/// Quarter ends carry a word: `25Q3`, then `Q4`, then `26Q1`. In a narrow drawing, where
/// most of them are left out, each names its year.
fn month_label(month: i32, start: i32, room: Room) -> String {
    let (year, index) = (month / 12, month % 12);
    if index % 3 != 2 {
        return String::new();
    }
    let quarter = index / 3 + 1;
    let is_first = month - start < 3;
    if quarter == 1 || is_first || room == Room::Narrow {
        return format!("{:02}Q{quarter}", year % 100);
    }
    format!("Q{quarter}")
}

/// Milestones of works under one axis.
pub fn milestones(t: T, page: &ProjectPage) -> Drawing {
    let today = page.lens.today;
    let rows: Vec<GanttRow> = page.nodes.iter().map(|node| milestone(t, node, today)).collect();
    let spans = rows.iter().flat_map(|row| [row.planned, row.actual, row.expected]).flatten();
    let days: Vec<Date> = spans.flat_map(|(from, to)| [from, to]).collect();
    let (Some(from), Some(to)) = (days.iter().min(), days.iter().max()) else {
        return Drawing::default();
    };
    let (from, to) = (from.first_of_month(), to.last_of_month());
    let label = milestones_label(t, page);
    Drawing::of(|room| {
        let ticks_max = if room == Room::Wide { 9 } else { 4 };
        let ticks = month_ticks(from, to, ticks_max);
        let earlier = std::iter::once(None).chain(ticks.iter().map(Some));
        let ticks = ticks.iter().zip(earlier).map(|(day, last)| (*day, tick(t, *day, last)));
        gantt(&Gantt {
            room,
            from,
            to,
            ticks: ticks.collect(),
            rows: rows.clone(),
            today: Some((today, t.t("strip-today"))),
            label: label.clone(),
        })
    })
}

/// The first tick of each year carries the year.
fn tick(t: T, day: Date, last: Option<&Date>) -> String {
    if last.is_none_or(|last| last.year() != day.year()) {
        return t.month(day);
    }
    match t.lang {
        Lang::En => t.period_short(Period::month_of(day)).chars().take(3).collect(),
        _ => format!("{}月", day.month()),
    }
}

fn milestone(t: T, node: &Milestone, today: Date) -> GanttRow {
    let planned = node.planned.map(|to| ordered(node.planned_from.unwrap_or(to), to));
    // Work under way is drawn up to today, what is expected of it from there.
    let actual = match (node.actual_from, node.actual) {
        (from, Some(to)) => Some(ordered(from.unwrap_or(to), to)),
        (Some(from), None) if from < today => Some((from, today)),
        _ => None,
    };
    let expected = match node.actual {
        Some(_) => None,
        None => node.expected.map(|to| {
            let from = node.actual_from.map(|_| today).or(node.planned_from).unwrap_or(to);
            ordered(from.max(actual.map_or(from, |(_, to)| to)), to)
        }),
    };
    let late = lateness(node.planned, node.actual.or(node.expected));
    let late = late.map_or_else(String::new, |days| t.lateness(days));
    let note = match (node.actual, node.expected) {
        (Some(_), _) => t.t1("project-node-done", &[("late", &late)]),
        (None, Some(_)) => t.t1("project-node-expected", &[("late", &late)]),
        (None, None) => match node.planned.map(|planned| days_from(planned, today)) {
            Some(over) if over > 0 => t.t1("days-over", &[("n", &over)]),
            _ => String::new(),
        },
    };
    let is_strong = matches!(
        lateness(node.planned, node.actual.or(node.expected)),
        Some(Days::Late(days)) if days > 30
    );
    GanttRow { name: node.name.get(t.lang).to_owned(), planned, actual, expected, note, is_strong }
}

fn ordered(from: Date, to: Date) -> (Date, Date) {
    if from <= to { (from, to) } else { (to, from) }
}

fn milestones_label(t: T, page: &ProjectPage) -> String {
    let done = page.nodes.iter().filter(|node| node.actual.is_some()).count();
    let args: &[(&str, &dyn std::fmt::Display)] = &[("done", &done), ("all", &page.nodes.len())];
    t.t1("project-nodes-label", args)
}
