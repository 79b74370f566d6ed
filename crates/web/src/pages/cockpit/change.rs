//! One change since yesterday: what it was, what it is, who says so.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tici_domain::{Currency, Lang, Money, Value};
use tici_engine::lights::{LightRules, Lit};
use tici_ops::view_cockpit::{ChangeKind, ChangeRow, LightRow};
use tici_ops::view_ledger::LedgerRow;

use crate::{
    api::lights::reason,
    i18n::T,
    ui::{self, Html},
};

/// A line of the list. Either side of the arrow may be empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ChangeView {
    pub when: String,
    pub kind: String,
    pub object: String,
    pub href: String,
    /// What changed, before the values: 5月累计.
    pub lead: String,
    pub old: String,
    pub new: String,
    pub unit: String,
    pub source: String,
    pub entry: i64,
    /// Marks of the lights before and after, in place of the values.
    pub lights: Option<Html>,
}

/// The part of a line that depends on the kind of change.
#[derive(Default)]
struct Said {
    kind: &'static str,
    lead: String,
    old: String,
    new: String,
    unit: String,
}

impl ChangeView {
    pub fn new(t: T, row: &ChangeRow, today: Date, zone: &TimeZone) -> ChangeView {
        let said = say(t, row, today);
        let (object, href) = object(t, row);
        ChangeView {
            when: when(t, row.meta.at, today, zone),
            kind: t.t(said.kind),
            object,
            href,
            lead: said.lead,
            // A day confirmed is no change of the day.
            old: if said.old == said.new { String::new() } else { said.old },
            new: said.new,
            unit: said.unit,
            source: source(t, row),
            entry: row.meta.seq,
            lights: None,
        }
    }

    /// A light that changed, whatever changed it: the day alone may.
    pub fn of_light(t: T, row: &LightRow, rules: &LightRules) -> ChangeView {
        let project = &row.project.entry.project;
        let mark =
            |lit: Option<Lit>| lit.map_or_else(Html::default, |lit| ui::light(&t, &lit.light));
        ChangeView {
            kind: t.t("cockpit-kind-light"),
            object: object_name(t, &row.project),
            href: format!("/projects/{}", project.id),
            lights: Some(match (row.change.from, row.change.to) {
                (Some(from), Some(to)) if from.light == to.light => {
                    Html(format!("{} {}", mark(Some(to)).0, t.t("cockpit-light-other-reason")))
                }
                (from, to) => Html(format!("{} → {}", mark(from).0, mark(to).0)),
            }),
            source: row.change.to.map_or_else(String::new, |lit| reason(&t, rules, &lit)),
            ..ChangeView::default()
        }
    }
}

fn object(t: T, row: &ChangeRow) -> (String, String) {
    let Some(project) = &row.project else { return (String::new(), String::new()) };
    (object_name(t, project), format!("/projects/{}", project.entry.project.id))
}

fn object_name(t: T, row: &LedgerRow) -> String {
    let firm = row.enterprise.as_ref().map_or("", |firm| firm.short.get(t.lang));
    format!("{firm} {}", row.entry.project.name.get(t.lang))
}

/// `08:02`, `昨 17:55`.
fn when(t: T, at: Timestamp, today: Date, zone: &TimeZone) -> String {
    let at = at.to_zoned_datetime(zone.clone());
    let clock = at.strftime("%H:%M").to_string();
    if at.date() == today { clock } else { t.t1("cockpit-yesterday", &[("time", &clock)]) }
}

fn source(t: T, row: &ChangeRow) -> String {
    let post = row.meta.title.get(t.lang);
    match &row.meta.source {
        Some(source) => format!("{post} · {}", source.file),
        None => format!("{post} · {}", t.code("op", &row.meta.op)),
    }
}

fn say(t: T, row: &ChangeRow, today: Date) -> Said {
    let currency = row.project.as_ref().map_or(Currency::CNY, |row| row.facts.currency);
    match &row.what {
        ChangeKind::Figure { period, old, new, .. } => {
            let amounts = amounts(t, currency, old.as_ref(), new);
            let lead = t.t1("cockpit-change-figure", &[("period", &t.year_to_short(*period))]);
            Said { kind: "cockpit-kind-money", lead, ..amounts }
        }
        ChangeKind::Claimed { stage } => Said {
            kind: "cockpit-kind-stage",
            lead: t.t("cockpit-change-claimed"),
            new: t.stage(*stage),
            ..Said::default()
        },
        ChangeKind::Judged { stage, verdict } => Said {
            kind: "cockpit-kind-stage",
            lead: t.t1("cockpit-change-judged", &[("stage", &t.stage(*stage))]),
            new: t.verdict(*verdict),
            ..Said::default()
        },
        ChangeKind::Milestone { name, old, new } => {
            let day = |day: &Option<Date>| day.map_or_else(String::new, |day| t.day(day, today));
            let lead = node_name(t, name);
            Said {
                kind: "cockpit-kind-node",
                lead,
                old: day(old),
                new: day(new),
                ..Said::default()
            }
        }
        ChangeKind::Planned { period, amount } => {
            let lead = t.t1("cockpit-change-planned", &[("period", &t.period(*period))]);
            let amounts = amounts(t, currency, None, &Value::Int(*amount));
            Said { kind: "cockpit-kind-plan", lead, ..amounts }
        }
        ChangeKind::Added => added(t, row, currency),
    }
}

fn added(t: T, row: &ChangeRow, currency: Currency) -> Said {
    let total = row.project.as_ref().and_then(|row| row.facts.total);
    let said = total.map(|total| amounts(t, currency, None, &Value::Int(total)));
    Said {
        kind: "cockpit-kind-record",
        lead: t.t("cockpit-change-added"),
        ..said.unwrap_or_default()
    }
}

/// Stages among the milestones are called by the stage's own name.
fn node_name(t: T, name: &tici_domain::Name) -> String {
    name.get(t.lang).to_owned()
}

/// Both values in one unit, chosen by the new one; the unit is said once.
fn amounts(t: T, currency: Currency, old: Option<&Value>, new: &Value) -> Said {
    let Some(new) = new.as_int() else { return Said::default() };
    if t.lang == Lang::En {
        let money = |amount| t.money(Money { amount, currency });
        let old = old.and_then(Value::as_int).map_or_else(String::new, money);
        return Said { old, new: money(new), ..Said::default() };
    }
    let scale = t.scale_for(i128::from(new), currency);
    let print = |amount: i64| scale.print(i128::from(amount));
    Said {
        old: old.and_then(Value::as_int).map_or_else(String::new, print),
        new: print(new),
        unit: t.unit(scale),
        ..Said::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_values_share_the_unit_of_the_new_one() {
        let t = T::new(Lang::ZhHans);
        let said =
            amounts(t, Currency::CNY, Some(&Value::Int(98_000_000)), &Value::Int(229_000_000));
        assert_eq!((said.old.as_str(), said.new.as_str()), ("0.98", "2.29"));
        assert_eq!(said.unit, "亿元");
        let said = amounts(t, Currency::CNY, None, &Value::Int(3_000_000));
        assert_eq!((said.old.as_str(), said.new.as_str()), ("", "300"));
    }
}
