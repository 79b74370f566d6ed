//! A league file in words.

use tici_domain::Name;

use super::read::QUANTITIES;
use super::{
    Against, Bands, Efficacy, Item, LeagueRules, Method, Missing, MissingRank, OverUnder, Quantity,
    Score, Step, Ties, Unreported,
};
use crate::lights::{Side, decimal};
use crate::rule::Packages;
use crate::statement::words::{Arg, Words};

impl LeagueRules {
    /// The whole file in sentences: who is compared, every item, then ranks and gaps.
    pub fn words(&self) -> Vec<Words> {
        let mut words = vec![self.cohort_words()];
        words.extend(self.items.iter().map(Item::words));
        words.push(Words::new(match self.unreported {
            Unreported::NothingDone => "league-rule-nothing-done",
            Unreported::LeftOut => "league-rule-left-out",
        }));
        words.push(Words::new(match self.rank.missing {
            MissingRank::Unranked => "league-rule-missing-unranked",
            MissingRank::Last => "league-rule-missing-last",
            MissingRank::ByRest => "league-rule-missing-by-rest",
        }));
        words.push(Words::new("league-rule-partial"));
        let ties = match self.rank.ties {
            Ties::Skip => "league-rule-ties-skip",
            Ties::Dense => "league-rule-ties-dense",
        };
        let decimals = Arg::Count(self.rank.decimals.into());
        words.push(Words::new(ties).with("decimals", decimals));
        if !self.grades.is_empty() {
            let grade = |grade: &super::Grade| {
                let words = Words::new("league-rule-grade").with("from", number(grade.from));
                phrase(words.with("name", Arg::Name(grade.name.clone())))
            };
            let grades = Arg::List(self.grades.iter().map(grade).collect());
            words.push(Words::new("league-rule-grades").with("grades", grades));
        }
        words.push(Words::new("league-rule-change"));
        words.push(Words::new("league-rule-constant"));
        words
    }

    fn cohort_words(&self) -> Words {
        let key = match (self.cohort.listed, self.cohort.tiers.is_empty()) {
            (_, false) => "league-rule-cohort-tiers",
            (true, true) => "league-rule-cohort-listed",
            (false, true) => "league-rule-cohort-all",
        };
        let packages = match self.cohort.packages {
            Packages::Whole => "rule-packages-whole",
            Packages::Split => "rule-packages-split",
        };
        let words = Words::new(key).with("packages", phrase(Words::new(packages)));
        let tiers = self.cohort.tiers.iter();
        let tiers: Vec<Arg> = tiers.map(|tier| Arg::Code("tier", tier.code().to_owned())).collect();
        if tiers.is_empty() { words } else { words.with("tiers", Arg::List(tiers)) }
    }
}

impl Item {
    /// The item in one sentence.
    pub fn words(&self) -> Words {
        let mut parts = vec![phrase(self.method_words())];
        let tiers = self.only.tiers.iter().map(|tier| Arg::Code("tier", tier.code().to_owned()));
        let classes = self.only.classes.iter().map(|class| Arg::Text(class.clone()));
        let only: Vec<Arg> = tiers.chain(classes).collect();
        if !only.is_empty() {
            parts.push(phrase(Words::new("league-only").with("what", Arg::List(only))));
        }
        if let Some(max) = self.max {
            parts.push(phrase(Words::new("league-max").with("points", number(max))));
        }
        if let Some(min) = self.min {
            parts.push(phrase(Words::new("league-min").with("points", number(min))));
        }
        if let Some(decimals) = self.decimals {
            let decimals = Arg::Count(decimals.into());
            parts.push(phrase(Words::new("league-decimals").with("n", decimals)));
        }
        if let Missing::Score(score) = self.missing {
            parts.push(phrase(Words::new("league-if-missing").with("points", number(score))));
        }
        named("league-item", &self.name).with("what", Arg::List(parts))
    }

    /// What it counts: `money.done_ytd ÷ money.due_ytd` in words.
    fn value(&self) -> Arg {
        let of = phrase(quantity(&self.of));
        match &self.by {
            Some(Quantity::Percent) | None => of,
            Some(by) => phrase(
                Words::new("league-share-of").with("of", of).with("by", phrase(quantity(by))),
            ),
        }
    }

    fn method_words(&self) -> Words {
        let value = self.value();
        match &self.method {
            Method::Per { points } if self.by.is_some() => Words::new("league-method-share")
                .with("value", value)
                .with("points", number(*points)),
            Method::Per { points } => {
                Words::new("league-method-per").with("value", value).with("points", number(*points))
            }
            Method::Steps { steps } => Words::new("league-method-steps")
                .with("value", value)
                .with("steps", step_list(steps, &self.of, self.by.is_some())),
            Method::EachSteps { amount, steps } => Words::new("league-method-each-steps")
                .with("value", value)
                .with("amount", phrase(quantity(&Quantity::Money(*amount))))
                .with("steps", step_list(steps, &Quantity::Money(*amount), false)),
            Method::EachClass { points } => {
                let part = |(key, points): &(String, Score)| {
                    let words = Words::new("league-class-points").with("points", number(*points));
                    phrase(words.with("class", Arg::Text(key.clone())))
                };
                let points = Arg::List(points.iter().map(part).collect());
                Words::new("league-method-each-class").with("value", value).with("points", points)
            }
            Method::OverUnder(rule) => over_under(rule, value),
            Method::Ladder { rungs } => {
                let part = |rung: &super::Rung| {
                    let words = Words::new("league-rung").with("to", Arg::Count(rung.to.into()));
                    phrase(words.with("points", number(rung.points)))
                };
                let rungs = Arg::List(rungs.iter().map(part).collect());
                Words::new("league-method-ladder").with("value", value).with("rungs", rungs)
            }
            Method::Bands(rule) => bands(rule, value),
            Method::Efficacy(rule) => efficacy(rule, value),
        }
    }
}

fn named(key: &str, name: &Name) -> Words {
    Words::new(key).with("name", Arg::Name(name.clone()))
}

fn phrase(words: Words) -> Arg {
    Arg::Words(Box::new(words))
}

fn number(score: Score) -> Arg {
    decimal(score.0.into(), 6)
}

/// A quantity's own message: `money.done_ytd` is `league-of-money-done-ytd`.
fn quantity(quantity: &Quantity) -> Words {
    if let Quantity::Given(key) = quantity {
        return Words::new("league-of-given").with("key", Arg::Code("given", key.clone()));
    }
    let known = QUANTITIES.iter().find(|(_, known)| known == quantity);
    let name = known.map_or("percent", |(name, _)| name);
    Words::new(format!("league-of-{}", name.replace(['.', '_'], "-")))
}

fn step_list(steps: &[Step], of: &Quantity, is_share: bool) -> Arg {
    let part = |step: &Step| {
        let key = match step.bound.side {
            Side::From => "league-step-from",
            _ => "league-step-above",
        };
        let at = match of {
            Quantity::Money(_) if !is_share => crate::lights::yuan(i128::from(step.bound.at) / 100),
            _ => decimal(step.bound.at.into(), 2),
        };
        phrase(Words::new(key).with("at", at).with("points", number(step.points)))
    };
    Arg::List(steps.iter().map(part).collect())
}

fn over_under(rule: &OverUnder, value: Arg) -> Words {
    let target = |(count, target): &(i64, i64)| {
        let words = match count {
            0 => Words::new("league-target"),
            count => Words::new("league-target-from").with("n", Arg::Count((*count).into())),
        };
        phrase(words.with("target", decimal((*target).into(), 2)))
    };
    let above = |(up_to, each): &(Option<i64>, Score)| {
        let words = match up_to {
            Some(up_to) => Words::new("league-above-to").with("up_to", decimal((*up_to).into(), 2)),
            None => Words::new("league-above"),
        };
        phrase(words.with("each", number(*each)))
    };
    let key =
        if rule.whole { "league-method-over-under-whole" } else { "league-method-over-under" };
    let words = Words::new(key)
        .with("value", value)
        .with("base", number(rule.base))
        .with("targets", Arg::List(rule.targets.iter().map(target).collect()))
        .with("step", decimal(rule.step.into(), 2))
        .with("below", number(rule.below))
        .with("above", Arg::List(rule.above.iter().map(above).collect()))
        .with("cap", number(rule.cap));
    let nothing = rule.nothing.map_or_else(
        || Words::new("league-nothing-missing"),
        |points| Words::new("league-nothing").with("points", number(points)),
    );
    words.with("nothing", phrase(nothing))
}

fn bands(rule: &Bands, value: Arg) -> Words {
    let against = match &rule.against {
        Against::Whole => Words::new("league-against-whole"),
        Against::Mean => Words::new("league-against-mean"),
        Against::Zero => Words::new("league-against-zero"),
        Against::Given(key) => {
            Words::new("league-against-given").with("key", Arg::Code("given", key.clone()))
        }
    };
    let divisors = rule.divisors.iter().map(|divisor| Arg::Count((*divisor).into())).collect();
    Words::new("league-method-bands")
        .with("value", value)
        .with("base", number(rule.base))
        .with("against", phrase(against))
        .with("width", Arg::Count(rule.width.into()))
        .with("divisors", Arg::List(divisors))
        .with("then", Arg::Count(rule.then.into()))
}

fn efficacy(rule: &Efficacy, value: Arg) -> Words {
    let key = match rule.reverse {
        true => "league-method-efficacy-reverse",
        false => "league-method-efficacy",
    };
    Words::new(key)
        .with("value", value)
        .with("points", number(rule.points))
        .with("low", number(rule.low))
        .with("span", number(rule.span))
        .with("equal", number(rule.equal))
        .with("alone", number(rule.alone))
}
