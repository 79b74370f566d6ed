//! Why two counts differ: the parts of their rules are exchanged one after the other, and
//! each step is counted. 444 projects and 569 are the same ledger under two rules.

use serde::Serialize;

use crate::facts::{FactsTable, Lens};
use crate::filter::Filter;
use crate::snapshot::Snapshot;
use crate::statement::words::{Arg, Words};

/// One part of the rule, exchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Key of the part's name, such as `rule-packages`.
    pub part: &'static str,
    pub before: usize,
    pub after: usize,
}

/// Two counts of one ledger and the steps from one to the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    pub from: usize,
    pub to: usize,
    /// Steps that change the count; a part that differs and changes nothing is not one.
    pub steps: Vec<Step>,
}

/// A count: a table of facts and a filter.
pub type Side<'a> = (&'a FactsTable, &'a Filter);

/// Says which parts of the rule make `a` into `b`, each with what it changes.
pub fn compare(snapshot: &Snapshot, a: Side, b: Side) -> Compared {
    let mut filter = a.1.clone();
    let mut at = filter.apply(snapshot, a.0).len();
    let from = at;
    let mut steps = Vec::new();
    let mut step = |part, after: usize, at: &mut usize| {
        if after != *at {
            steps.push(Step { part, before: *at, after });
            *at = after;
        }
    };
    // The lens first: what a filter finds is found in its table.
    step(lens_part(&a.0.lens, &b.0.lens), filter.apply(snapshot, b.0).len(), &mut at);
    for (part, exchange) in PARTS {
        exchange(&mut filter, b.1);
        step(part, filter.apply(snapshot, b.0).len(), &mut at);
    }
    // Whatever has no step of its own.
    step("rule-cohort", b.1.apply(snapshot, b.0).len(), &mut at);
    Compared { from, to: at, steps }
}

type Exchange = fn(&mut Filter, &Filter);

/// Parts of a filter in the order they are exchanged.
const PARTS: [(&str, Exchange); 5] = [
    ("rule-lists", |to, of| {
        to.tiers.clone_from(&of.tiers);
        to.listed = of.listed;
        to.list_reading = of.list_reading;
    }),
    ("rule-packages", |to, of| to.packages = of.packages),
    ("rule-threshold", |to, of| {
        to.threshold = of.threshold;
        to.threshold_in.clone_from(&of.threshold_in);
        to.ceiling = of.ceiling;
    }),
    ("rule-stat-entered", |to, of| to.stat_entered = of.stat_entered),
    ("rule-reached", |to, of| to.reached = of.reached),
];

/// The first part in which two lenses differ.
fn lens_part(a: &Lens, b: &Lens) -> &'static str {
    match () {
        () if a.cohort != b.cohort => "rule-cohort-on",
        () if a.basis != b.basis => "rule-basis",
        () if a.stage_status != b.stage_status => "rule-stages",
        () if a.period != b.period => "rule-period",
        () => "rule-on",
    }
}

impl Compared {
    /// The comparison in words: from, to, and each step.
    pub fn words(&self) -> Words {
        let step = |step: &Step| {
            let change = step.after as i128 - step.before as i128;
            let key = if change < 0 { "compare-step-less" } else { "compare-step-more" };
            let words = Words::new(key)
                .with("part", Arg::Words(Box::new(Words::new(step.part))))
                .with("n", Arg::Count(change.abs()));
            Arg::Words(Box::new(words))
        };
        let key = if self.from == self.to { "compare-same" } else { "compare-differs" };
        Words::new(key)
            .with("from", Arg::Count(self.from as i128))
            .with("to", Arg::Count(self.to as i128))
            .with("steps", Arg::List(self.steps.iter().map(step).collect()))
    }
}
