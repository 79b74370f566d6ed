//! Judging one project by every rule, and deciding on one light.

use jiff::Span;
use jiff::civil::Date;
use tici_domain::{Excuse, Light, Percent, Period};

use super::growth::{Growth, growth_light};
use super::reason::{Lit, day_number};
use super::{Against, Applies, Kind, LightRule, LightRules, Unreported};

/// What a light is decided from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LightInput {
    /// The month judged.
    pub period: Period,
    /// The day on which starts and entries are looked at.
    pub today: Date,
    pub listed: bool,
    pub has_started: bool,
    pub is_finished: bool,
    /// Total investment, in stored units.
    pub total: Option<i64>,
    pub plan_year: Option<i64>,
    /// Done from January to the period's end; `None` is not reported.
    pub done: Option<i64>,
    /// Due by the period's end; `None` when there is no plan.
    pub due: Option<i64>,
    /// `due` is the sum of monthly plans, not a share of the annual one.
    pub due_is_monthly: bool,
    /// Days from the start's deadline to its expected day; positive is late.
    pub start_days_late: Option<i32>,
    pub start_planned: Option<Date>,
    pub started_on: Option<Date>,
    pub is_entered: bool,
    /// Funds due by contract and paid, January to the period's end.
    pub funds: Option<(i64, i64)>,
    /// Done in the same months of the year before.
    pub done_year_before: Option<i64>,
}

impl LightInput {
    /// Nothing known yet of a project, in a period, on a day.
    pub fn blank(period: Period, today: Date) -> LightInput {
        LightInput {
            period,
            today,
            listed: false,
            has_started: false,
            is_finished: false,
            total: None,
            plan_year: None,
            done: None,
            due: None,
            due_is_monthly: false,
            start_days_late: None,
            start_planned: None,
            started_on: None,
            is_entered: false,
            funds: None,
            done_year_before: None,
        }
    }
}

/// What is known of all projects together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LightContext {
    /// Done this year and in the same months of the year before, over every project that
    /// has both: the average growth.
    pub growth: Option<(i128, i128)>,
}

/// The light of one project. `excuses` are the project's own. Nothing is allocated.
pub fn judge(
    rules: &LightRules,
    input: &LightInput,
    context: &LightContext,
    excuses: &[&Excuse],
) -> Lit {
    let lits = judged(rules, input, context, excuses);
    let worst = lits.min_by_key(|lit| rank(rules.unreported, lit.light));
    worst.unwrap_or_else(Lit::no_rule)
}

/// What every rule that applies says, in the order of the rules.
pub fn judge_all(
    rules: &LightRules,
    input: &LightInput,
    context: &LightContext,
    excuses: &[&Excuse],
) -> Vec<Lit> {
    judged(rules, input, context, excuses).collect()
}

fn judged<'a>(
    rules: &'a LightRules,
    input: &'a LightInput,
    context: &'a LightContext,
    excuses: &'a [&'a Excuse],
) -> impl Iterator<Item = Lit> + 'a {
    rules.rules.iter().enumerate().filter_map(move |(index, rule)| {
        let lit = by_rule(rules, rule, input, context)?;
        let lit = Lit { rule: index as u8, ..lit };
        Some(excuse(lit, rule, input.today, excuses))
    })
}

/// Worst first. An excused light is never green, and hides none that is not excused.
fn rank(unreported: Unreported, light: Light) -> u8 {
    match (light, unreported) {
        (Light::Unreported, Unreported::Worst) => 0,
        (Light::Red, _) => 1,
        (Light::Amber, _) => 2,
        (Light::Excused, _) => 3,
        (Light::Unreported, Unreported::BeforeGreen) => 4,
        (Light::Green, _) => 5,
        (Light::Unreported, Unreported::Last) => 6,
    }
}

/// An approved excuse that holds today takes the place of the light; the latest end is shown.
fn excuse(lit: Lit, rule: &LightRule, today: Date, excuses: &[&Excuse]) -> Lit {
    if lit.light == Light::Green {
        return lit;
    }
    let holds = |excuse: &&&Excuse| {
        !excuse.withdrawn
            && (excuse.rule == rule.key || excuse.rule == "*")
            && excuse.from <= today
            && today <= excuse.until
    };
    match excuses.iter().filter(holds).map(|excuse| excuse.until).max() {
        Some(until) => Lit {
            light: Light::Excused,
            key: "light-excused",
            values: [day_number(until), 0, 0],
            excused: Some(lit.light),
            ..lit
        },
        None => lit,
    }
}

fn by_rule(
    rules: &LightRules,
    rule: &LightRule,
    input: &LightInput,
    context: &LightContext,
) -> Option<Lit> {
    let applies = match rule.applies {
        Applies::Started => input.has_started,
        Applies::NotStarted => !input.has_started,
        Applies::All => true,
    };
    if !applies || rule.listed && !input.listed {
        return None;
    }
    let is_january = input.period == Period::month(input.period.calendar_year(), 1)?;
    let waits = rules.jan_feb_together && is_january && input.done.is_none();
    match rule.kind {
        Kind::StartExpected => start_expected(rule, input),
        Kind::StartMonths => start_months(rule, input),
        Kind::Entry { total_min } => entry(rule, input, total_min),
        Kind::Funds => funds(rule, input),
        Kind::Growth => growth(rule, input, context),
        Kind::Behind(_) | Kind::ShareOfDue | Kind::Report if waits => {
            input.plan_year.map(|_| Lit::new(Light::Green, "light-jan-feb", [0; 3]))
        }
        Kind::Behind(against) => behind(rule, input, against),
        Kind::ShareOfDue => share_of_due(rule, input),
        Kind::Report => {
            let is_due = input.done.is_none() && input.due.is_some();
            is_due.then(unreported)
        }
    }
}

fn unreported() -> Lit {
    Lit::new(Light::Unreported, "light-unreported", [0; 3])
}

/// The light of `part/base` under the rule's two thresholds.
pub(super) fn light_of(rule: &LightRule, part: i128, base: i128) -> Light {
    let on = |bound: Option<super::Bound>| bound.is_some_and(|bound| bound.lights(part, base));
    match () {
        () if on(rule.red) => Light::Red,
        () if on(rule.amber) => Light::Amber,
        () => Light::Green,
    }
}

fn start_expected(rule: &LightRule, input: &LightInput) -> Option<Lit> {
    let days = input.start_days_late?;
    let light = light_of(rule, days.into(), 1);
    let (key, days) =
        if days > 0 { ("light-start-late", days) } else { ("light-start-in-time", -days) };
    Some(Lit::new(light, key, [days.into(), 0, 0]))
}

/// Months that ended since the one planned, itself included, without a start.
fn start_months(rule: &LightRule, input: &LightInput) -> Option<Lit> {
    let planned = Period::month_of(input.start_planned?);
    let tomorrow = input.today.tomorrow().ok()?;
    let ended = Period::month_of(tomorrow).previous();
    let number = |month: Period| i64::from(month.calendar_year()) * 12 + i64::from(month.index());
    let missed = number(ended) - number(planned) + 1;
    let ordinal = planned.ordinal().into();
    if missed <= 0 {
        return Some(Lit::new(Light::Green, "light-start-ahead", [ordinal, 0, 0]));
    }
    let light = light_of(rule, missed.into(), 1);
    Some(Lit::new(light, "light-start-missed", [ordinal, missed, 0]))
}

fn share_of_due(rule: &LightRule, input: &LightInput) -> Option<Lit> {
    let due = input.due.filter(|due| *due > 0)?;
    let Some(done) = input.done else { return Some(unreported()) };
    let share = Percent::of(done.into(), due.into())?;
    Some(unless_finished(input, Lit::of_percent(rule, "light-done-of-due", share, [share])))
}

/// What is completed has nothing left to be late with.
fn unless_finished(input: &LightInput, lit: Lit) -> Lit {
    match lit.light {
        Light::Amber | Light::Red if input.is_finished => {
            Lit::new(Light::Green, "light-finished", [0; 3])
        }
        _ => lit,
    }
}

/// Points of the annual plan behind: what should be done less what is, over the plan.
fn behind(rule: &LightRule, input: &LightInput, against: Against) -> Option<Lit> {
    let plan = i128::from(input.plan_year.filter(|plan| *plan > 0)?);
    let monthly = input.due.filter(|_| input.due_is_monthly);
    let by_plan = match against {
        Against::Time => None,
        Against::Plan => Some(monthly?),
        Against::PlanElseTime => monthly,
    };
    let Some(done) = input.done else { return Some(unreported()) };
    let time = input.period.time_share();
    // Both shares over one base, so that nothing is rounded: done/plan and due/plan, or
    // done/plan and months/12.
    let (done, due, base) = match by_plan {
        Some(due) => (i128::from(done), i128::from(due), plan),
        None => (i128::from(done) * time.base, time.part * plan, plan * time.base),
    };
    let key = match (by_plan.is_some(), due > done) {
        (true, true) => "light-behind-plan",
        (true, false) => "light-with-plan",
        (false, true) => "light-behind-time",
        (false, false) => "light-with-time",
    };
    let [behind, apart, done, due] =
        [due - done, (due - done).abs(), done, due].map(|part| Percent { part, base });
    Some(unless_finished(input, Lit::of_percent(rule, key, behind, [done, due, apart])))
}

/// A month counts from the day of the start to the same day of a later month.
fn entry(rule: &LightRule, input: &LightInput, total_min: i64) -> Option<Lit> {
    if input.total.is_some_and(|total| total < total_min) {
        return None;
    }
    let started = input.started_on?;
    if input.is_entered {
        return Some(Lit::new(Light::Green, "light-entered", [0; 3]));
    }
    let months = months_between(started, input.today);
    // A day past the last full month is more than that month: only then is "above 2" so.
    let is_whole = started.checked_add(Span::new().months(months)).ok() == Some(input.today);
    let light = light_of(rule, i128::from(months) * 2 + i128::from(!is_whole), 2);
    Some(Lit::new(light, "light-entry-missing", [day_number(started), months.into(), 0]))
}

fn months_between(from: Date, to: Date) -> i32 {
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month());
    let reached = from.checked_add(Span::new().months(months)).is_ok_and(|day| day <= to);
    if reached { months } else { months - 1 }
}

fn funds(rule: &LightRule, input: &LightInput) -> Option<Lit> {
    let (payable, paid) = input.funds?;
    let share = Percent::of(paid.into(), payable.into())?;
    Some(Lit::of_percent(rule, "light-funds", share, [share]))
}

fn growth(rule: &LightRule, input: &LightInput, context: &LightContext) -> Option<Lit> {
    let before = i128::from(input.done_year_before.filter(|before| *before > 0)?);
    let Some(done) = input.done else { return Some(unreported()) };
    let growth = Growth { now: done.into(), before };
    let plan = input.due.map(|due| Growth { now: due.into(), before });
    let average = context
        .growth
        .filter(|(_, before)| *before > 0)
        .map(|(now, before)| Growth { now, before });
    Some(growth_light(rule, growth, plan, average))
}
