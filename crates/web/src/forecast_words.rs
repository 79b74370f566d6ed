//! Probabilities, days and reasons of a forecast in the reader's language.

use jiff::civil::Date;
use tici_domain::Name;
use tici_engine::forecast::outlook::{Reason, Why};
use tici_ops::view_forecast::{CohortForecast, Learnt};

use crate::{
    charts::{self, Histogram, HistogramWords},
    i18n::T,
    ui::Html,
};

/// `18%`; nothing is certain, so the ends are `<1%` and `>99%`.
pub fn chance(p: f64) -> String {
    match p {
        p if p < 0.01 => "<1%".into(),
        p if p > 0.99 => ">99%".into(),
        p => format!("{:.0}%", p * 100.0),
    }
}

/// A day, or that it lies beyond what is looked at.
pub fn day(t: T, day: Option<Date>, today: Date) -> String {
    day.map_or_else(|| t.t("forecast-beyond"), |day| t.day_short(day, today))
}

/// `卡在用地批复，1 件超期`, with a sign for the side it weighs on.
pub fn reason(t: T, reason: &Reason, today: Date) -> String {
    let words = match &reason.why {
        Why::OwnDay { day: Some(day) } => {
            t.t1("forecast-why-own-day", &[("day", &t.day(*day, today))])
        }
        Why::OwnDay { day: None } => t.t("forecast-why-own-day-none"),
        Why::Waited { days } => t.t1("forecast-why-waited", &[("n", days)]),
        Why::Blockers { titles, overdue } => blockers(t, titles, *overdue),
        Why::Clear => t.t("forecast-why-clear"),
        Why::Behind => t.t("forecast-why-behind"),
        Why::OnPlan => t.t("forecast-why-on-plan"),
        Why::Size => t.t("forecast-why-size"),
        Why::Stage => t.t("forecast-why-stage"),
        Why::Chain => t.t("forecast-why-chain"),
        Why::Place { late, of } => t.t1("forecast-why-place", &[("late", late), ("n", of)]),
        Why::Firm { late, of } => t.t1("forecast-why-firm", &[("late", late), ("n", of)]),
    };
    let key = if reason.weight < 0.0 { "forecast-lowers" } else { "forecast-raises" };
    t.t1(key, &[("why", &words)])
}

fn blockers(t: T, titles: &[Name], overdue: usize) -> String {
    let short = |title: &Name| crate::pages::board::short(title, t).to_owned();
    let what = t.list(&titles.iter().map(short).collect::<Vec<_>>());
    match overdue {
        0 => t.t1("forecast-why-blockers", &[("what", &what)]),
        n => t.t1("forecast-why-blockers-late", &[("what", &what), ("n", &n)]),
    }
}

/// All reasons in one line.
pub fn reasons(t: T, all: &[Reason], today: Date) -> String {
    let words: Vec<String> = all.iter().map(|one| reason(t, one, today)).collect();
    words.join(if t.lang == tici_domain::Lang::En { "; " } else { "；" })
}

/// What it was learnt from: `按 4,575 个旬的停留与到达估计`.
pub fn learnt(t: T, learnt: &Learnt, today: Date) -> String {
    if learnt.events == 0 {
        return t.t1("forecast-learnt-none", &[("source", &learnt.source)]);
    }
    let steps = t.count(learnt.steps as i128);
    let events = t.count(learnt.events as i128);
    let day = t.day(learnt.until, today);
    t.t1("forecast-learnt", &[("steps", &steps), ("events", &events), ("day", &day)])
}

/// `预计 47 个，比目标少 15 个。`
pub fn lead(t: T, of: &CohortForecast) -> String {
    let aim = &of.aim;
    let mean = aim.mean().round() as usize;
    let gap = aim.cohort.saturating_sub(mean);
    let key = if gap == 0 { "forecast-lead-all" } else { "forecast-lead" };
    t.t1(key, &[("n", &mean), ("gap", &gap)])
}

/// What clearing the two kinds of things that bring most would bring; empty when little.
pub fn worth(t: T, of: &CohortForecast) -> String {
    let telling = of.worth.iter().filter(|(_, worth)| worth.more >= 0.05).take(2);
    let telling: Vec<_> = telling.collect();
    if telling.is_empty() {
        return String::new();
    }
    let names = telling.iter().map(|(name, _)| kind(t, name.as_ref())).collect::<Vec<_>>();
    let more: f64 = telling.iter().map(|(_, worth)| worth.more).sum();
    t.t1("forecast-worth", &[("what", &t.list(&names)), ("n", &format!("{more:.1}"))])
}

/// `12 个的卡点：用地 4，能耗环保 3`; empty when nothing stands in the way.
pub fn blocked(t: T, of: &CohortForecast) -> String {
    if of.blocked.is_empty() {
        return String::new();
    }
    let projects = of.aim.chances.iter().filter(|one| one.p < 0.5).count();
    let each =
        |(name, count): &(Option<Name>, usize)| format!("{} {count}", kind(t, name.as_ref()));
    let each: Vec<String> = of.blocked.iter().map(each).collect();
    t.t1("forecast-blocked", &[("n", &projects), ("what", &each.join(t.separator()))])
}

fn kind(t: T, name: Option<&Name>) -> String {
    name.map_or_else(|| t.t("forecast-blocker-other"), |name| name.get(t.lang).to_owned())
}

/// Weights below this share of the tallest are not drawn.
const WEIGHT_MIN: f64 = 0.002;

/// How many will have made it: the distribution, its interval, and the target.
pub fn counts(t: T, of: &CohortForecast, today: Date) -> Html {
    let aim = &of.aim;
    let whole = aim.counts.whole();
    let tallest = whole.iter().copied().fold(0.0, f64::max);
    let is_seen = |weight: &f64| *weight >= tallest * WEIGHT_MIN;
    let first = whole.iter().position(is_seen).unwrap_or(0);
    let last = whole.iter().rposition(is_seen).unwrap_or(0);
    let outcome = |index: usize| (aim.done_in_time + index) as i64;
    let mean = aim.mean().round() as i64;
    let gap = (aim.cohort as i64 - mean).max(0);
    let day = t.day(aim.due, today);
    let interval = t.t1("forecast-interval", &[("low", &aim.low), ("high", &aim.high)]);
    let label = format!("{}{}", lead(t, of), interval);
    Html(charts::histogram(&Histogram {
        width_px: 330,
        first: outcome(first),
        weights: whole[first..=last].to_vec(),
        interval: Some((aim.low as i64, aim.high as i64)),
        centre: Some(mean),
        target: Some(aim.cohort as i64),
        words: HistogramWords {
            interval,
            centre: t.t1("forecast-centre", &[("n", &mean)]),
            target: t.t1("forecast-target", &[("n", &aim.cohort)]),
            gap: if gap == 0 { String::new() } else { t.t1("forecast-gap", &[("n", &gap)]) },
            axis: t.t1("forecast-axis", &[("day", &day)]),
            note: t.t1("forecast-all", &[("p", &small_chance(aim.all()))]),
        },
        label,
    }))
}

/// With one decimal: `< 0.1%`.
fn small_chance(p: f64) -> String {
    match p {
        p if p < 0.001 => "< 0.1%".into(),
        p if p > 0.999 => "> 99.9%".into(),
        p => format!("{:.1}%", p * 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_is_never_certain() {
        let cases = [(0.0, "<1%"), (0.0099, "<1%"), (0.01, "1%"), (0.185, "18%"), (0.99, "99%")];
        for (p, words) in cases.into_iter().chain([(0.995, ">99%"), (1.0, ">99%")]) {
            assert_eq!(chance(p), words, "{p}");
        }
    }
}
