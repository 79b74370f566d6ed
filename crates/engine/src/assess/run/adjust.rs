//! Bonus, deduction and veto: after the score, before rank and grade.

use super::inputs::{EventIn, Inputs};
use super::{BonusRun, EventRun, Run, UnitRun, VetoRun};
use crate::assess::scheme::Scheme;
use crate::assess::score::Number;
use crate::assess::score::events::{Event, EventRule, events};
use crate::assess::score::veto::{VetoEffect, Vetoed};

/// Adds the events of every unit and makes the totals.
pub(super) fn adjust(scheme: &Scheme, inputs: &Inputs, run: &mut Run) {
    for unit in &mut run.units {
        let own: Vec<&EventIn> =
            inputs.events.iter().filter(|event| event.unit == unit.code).collect();
        bonuses(scheme, unit, &own);
        for (veto, spec) in scheme.vetoes.iter().enumerate() {
            let fell = own.iter().filter(|event| event.item == spec.key);
            unit.vetoes.extend(fell.map(|event| VetoRun {
                veto,
                matter: event.matter.clone(),
                document: event.document.clone(),
                source: source(event),
            }));
        }
        let total = unit.scored.as_ref().map(|scored| &(scored + &unit.bonus) - &unit.deduction);
        unit.total = vetoed(scheme, unit).total(total);
        let rounding = &scheme.rounding;
        unit.published = unit.total.as_ref().map(|total| match rounding.total {
            Some(decimals) => total.rounded(decimals, rounding.mode),
            None => total.clone(),
        });
    }
}

/// What the vetoes of a unit do together.
pub(super) fn vetoed(scheme: &Scheme, unit: &UnitRun) -> Vetoed {
    let effects = unit.vetoes.iter().map(|veto| &scheme.vetoes[veto.veto].effect);
    Vetoed::of(effects.collect::<Vec<&VetoEffect>>())
}

fn bonuses(scheme: &Scheme, unit: &mut UnitRun, own: &[&EventIn]) {
    let (mut bonus, mut deduction) = (Number::zero(), Number::zero());
    for (at, spec) in scheme.bonuses.iter().enumerate() {
        let of: Vec<&&EventIn> = own.iter().filter(|event| event.item == spec.key).collect();
        if of.is_empty() {
            continue;
        }
        let points = |event: &EventIn| event.points.clone().unwrap_or_default();
        let listed: Vec<Event> = (of.iter())
            .map(|event| Event { matter: event.matter.trim().to_owned(), points: points(event) })
            .collect();
        let rule = EventRule {
            once: spec.once,
            each_max: spec.each_max.clone(),
            total_max: spec.total_max.clone(),
        };
        let (counted, total) = events(&listed, &rule);
        let sum = if spec.is_deduction { &mut deduction } else { &mut bonus };
        *sum = &*sum + &total;
        let events = of.iter().zip(counted).map(|(event, counted)| EventRun {
            matter: event.matter.clone(),
            points: points(event),
            counted,
            document: event.document.clone(),
            source: source(event),
        });
        unit.bonuses.push(BonusRun { bonus: at, events: events.collect(), total });
    }
    unit.bonus = bonus.clamped(None, scheme.adjust.bonus_max.as_ref());
    unit.deduction = deduction.clamped(None, scheme.adjust.deduction_max.as_ref());
}

/// `events.csv 3:1`
fn source(event: &EventIn) -> String {
    format!("{} {}", event.file, event.place).trim().to_owned()
}
