//! The figures of a count by name, as messages use them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use tici_domain::{Currency, Name, Percent, Points};

use super::printed::Digits;
use super::words::{Arg, Words};
use super::{Style, Subject};
use crate::counting::groups::Group;
use crate::counting::{Count, Tally};
use crate::totals::{Sums, Totals};

/// Figures by the name that messages give them.
pub type Figures = BTreeMap<String, Arg>;

/// Figures of the whole count.
pub(super) fn figures(count: &Count, subject: &Subject, style: &Style) -> Figures {
    let rule = &count.all.totals.rule;
    let mut out = of_tally(&count.all, style);
    let mut put = |name: &str, arg| out.insert(name.to_owned(), arg);
    put("region", Arg::Name(subject.region.clone()));
    put("cohort", Arg::Name(subject.cohort.clone()));
    // A year is a name here, not a number: it has no thousands and no plural.
    put("year", Arg::Number(rule.period.calendar_year().to_string()));
    put("months", Arg::Months(rule.period));
    put("period", Arg::Period(rule.period));
    put("quarter", Arg::Quarter(rule.period));
    put("day", Arg::Day(rule.on));
    if let Some(before) = &count.year_before {
        let (now, then) = (sums(&count.all.totals), sums(&before.totals));
        let changes = [
            ("total", now.total, then.total),
            ("plan", now.plan_year, then.plan_year),
            ("done", now.done_ytd, then.done_ytd),
            ("projects", count.all.totals.projects as i128, before.totals.projects as i128),
        ];
        for (name, now, then) in changes {
            let Some(share) = Percent::of((now - then).abs(), then) else { continue };
            let growth = Arg::Rate { share, digits: style.rates };
            let way = if now < then { "say-down" } else { "say-up" };
            let change = Words::new(way).with("share", growth.clone());
            put(&format!("growth_{name}"), growth);
            put(&format!("change_{name}"), Arg::Words(Box::new(change)));
        }
    }
    targets(&mut out, count, subject, style);
    out.extend(subject.extra.clone());
    out
}

/// Shares of targets that the asker states: `target_projects` a count, `target_done` yuan.
fn targets(out: &mut Figures, count: &Count, subject: &Subject, style: &Style) {
    let totals = &count.all.totals;
    let reached = [
        ("target_projects", "of_target_projects", totals.projects as i128),
        ("target_done", "of_target_done", sums(totals).done_ytd),
    ];
    for (target, share, have) in reached {
        let want = match subject.extra.get(target) {
            Some(Arg::Count(want)) => *want,
            Some(Arg::Amount { amount, .. }) => *amount,
            _ => continue,
        };
        if let Some(of) = Percent::of(have, want) {
            out.insert(share.to_owned(), Arg::Rate { share: of, digits: style.rates });
        }
    }
}

/// Figures of one group, with its name and its share of the whole.
pub(super) fn of_group(group: &Group, count: &Count, subject: &Subject, style: &Style) -> Figures {
    let mut out = of_tally(&group.tally, style);
    let own = subject.groups.get(&group.key).or(group.name.as_ref());
    let name = match (own, group.key.as_str()) {
        (Some(name), _) => Arg::Name(name.clone()),
        (None, "") => Arg::Words(Box::new(Words::new("say-no-group"))),
        (None, key) => match band(key, style.amounts) {
            Some(words) => Arg::Words(Box::new(words)),
            None => Arg::Name(Name::new(key)),
        },
    };
    out.insert("group".to_owned(), name);
    let within = match subject.within.get(&group.key) {
        Some(words) => Arg::Words(Box::new(words.clone())),
        None => Arg::Text(String::new()),
    };
    out.insert("within".to_owned(), within);
    let whole = count.all.totals.projects as i128;
    if let Some(share) = Percent::of(group.tally.totals.projects as i128, whole) {
        out.insert("share".to_owned(), Arg::Rate { share, digits: style.rates });
    }
    out
}

/// A size band in words: `100000000..500000000` is 1-5亿元. `None` for any other code.
pub fn band(key: &str, style: Digits) -> Option<Words> {
    let (from, below) = key.split_once("..")?;
    let digits = Digits { decimals: 2, zeros: super::printed::Zeros::Drop, ..style };
    let amount = |text: &str| {
        let amount = text.parse().ok()?;
        Some(Arg::Amount { amount, currency: Currency::CNY, digits })
    };
    let number =
        |text: &str| text.parse::<i128>().ok().map(|value| Arg::Number(digits.print(value, YI)));
    match (amount(from), amount(below)) {
        (Some(_), Some(below)) => {
            Some(Words::new("say-band-between").with("from", number(from)?).with("below", below))
        }
        (Some(from), None) => Some(Words::new("say-band-from").with("from", from)),
        (None, Some(below)) => Some(Words::new("say-band-below").with("below", below)),
        (None, None) => None,
    }
}

const YI: i128 = 100_000_000;

fn of_tally(tally: &Tally, style: &Style) -> Figures {
    let (totals, starts) = (&tally.totals, &tally.starts);
    let sums = sums(totals);
    let currency = currency(totals);
    let mut out = Figures::new();
    let mut put = |name: &str, arg| out.insert(name.to_owned(), arg);
    let counts = [
        ("projects", totals.projects),
        ("started", totals.started),
        ("planned", starts.planned),
        ("planned_started", starts.planned_started),
        ("not_started", starts.planned - starts.planned_started),
        ("due", starts.due),
        ("due_not_started", starts.due - starts.due_started),
        ("new_starts", starts.in_year),
        ("continuing", starts.continuing),
        ("completed", starts.completed),
        ("in_production", starts.in_production),
        ("stat_entered", starts.stat_entered),
        ("unreported", totals.unreported.len()),
    ];
    for (name, count) in counts {
        put(name, Arg::Count(count as i128));
    }
    let amounts = [
        ("total", sums.total),
        ("plan", sums.plan_year),
        ("done", sums.done_ytd),
        ("due_amount", sums.due_ytd),
        ("since_start", sums.done_since_start),
    ];
    for (name, amount) in amounts {
        put(name, Arg::Amount { amount, currency, digits: style.amounts });
    }
    let of_all = |count: usize| Percent::of(count as i128, totals.projects as i128);
    let start_rates = style.start_rates.unwrap_or(style.rates);
    let rates = [
        ("rate", done_of_plan(totals), style.rates),
        ("due_rate", sums.done_of_due(), style.rates),
        ("start_rate", starts.rate(), start_rates),
        ("started_rate", of_all(totals.started), start_rates),
        ("stat_rate", of_all(starts.stat_entered), style.rates),
    ];
    for (name, share, digits) in rates {
        if let Some(share) = share {
            put(name, Arg::Rate { share, digits });
        }
    }
    if let Some(tens) = done_of_plan(totals).and_then(next_ten) {
        put("near", Arg::Rate { share: tens, digits: Digits::default() });
    }
    if let Some(points) = ahead(totals) {
        put("points", Arg::Points { points: points.0.abs(), digits: style.points });
    }
    out
}

/// The ten that a rate is just short of, as 近60% says of 59.4%; `None` when it is not
/// within three points below one.
fn next_ten(share: Percent) -> Option<Percent> {
    let tens = (share.part * 10).div_euclid(share.base) + 1;
    let short = tens * share.base - share.part * 10;
    (short * 10 <= share.base * 3).then_some(Percent { part: tens * 10, base: 100 })
}

/// Whether the plan is done to just below a ten.
pub(super) fn is_near(totals: &Totals) -> bool {
    done_of_plan(totals).and_then(next_ten).is_some()
}

/// Whether total and plan are both more than a year before; `None` where either is unknown.
pub(super) fn has_grown(count: &Count) -> Option<bool> {
    let before = sums(&count.year_before.as_ref()?.totals);
    let now = sums(&count.all.totals);
    let known = before.total > 0 && before.plan_year > 0;
    known.then_some(now.total > before.total && now.plan_year > before.plan_year)
}

/// Whether anybody has reported: nothing done and nothing said are not the same.
pub(super) fn has_reports(totals: &Totals) -> bool {
    let with_plan: usize = totals.rule.plans.of.values().sum();
    sums(totals).done_ytd != 0 || with_plan > totals.unreported.len()
}

/// Done of the annual plan; `None` while nobody has reported.
fn done_of_plan(totals: &Totals) -> Option<Percent> {
    sums(totals).done_of_plan().filter(|_| has_reports(totals))
}

/// Points by which done-of-plan is ahead of time elapsed, from unrounded amounts.
pub fn ahead(totals: &Totals) -> Option<Points> {
    let time = totals.rule.period.time_share();
    let share = done_of_plan(totals)?;
    // One division, so that nothing is rounded before the difference is taken.
    let part = share.part * time.base - time.part * share.base;
    Some(Points(part as f64 * 100.0 / (share.base * time.base) as f64))
}

/// Prints points as their style has it, without a sign for none.
pub fn print_points(points: f64, digits: Digits) -> String {
    // Brought to millionths first, so that binary noise cannot turn a half either way.
    digits.print((points * 1e6).round() as i128, 1_000_000)
}

/// Highest start rate first is `b` before `a`: started of planned, else of all.
pub(super) fn by_rate(a: &Tally, b: &Tally) -> Ordering {
    let rate = |tally: &Tally| {
        let (part, base) = match tally.starts.planned {
            0 => (tally.totals.started, tally.totals.projects),
            planned => (tally.starts.planned_started, planned),
        };
        (part as i128, base.max(1) as i128)
    };
    let ((a, of_a), (b, of_b)) = (rate(a), rate(b));
    (a * of_b).cmp(&(b * of_a))
}

/// The sums of a sentence: of the currency that most projects are in. Other currencies are
/// never added in; a note says that they are kept apart.
pub(super) fn sums(totals: &Totals) -> Sums {
    let most = totals.sums.iter().max_by_key(|(_, sums)| sums.projects);
    most.map(|(_, sums)| *sums).unwrap_or_default()
}

fn currency(totals: &Totals) -> Currency {
    let most = totals.sums.iter().max_by_key(|(_, sums)| sums.projects);
    most.map_or(Currency::CNY, |(currency, _)| *currency)
}
