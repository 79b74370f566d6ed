//! The counting rule of a total, in words (guarantee 5).

use super::T;
use tici_domain::{Currency, Light, ListTier, Money, SideState, Stage};
use tici_engine::{
    Rule,
    rule::{Packages, StageStatus, Threshold},
};

impl T {
    /// Each part of the rule with its name: what is counted, how, and as of when.
    pub fn rule(&self, rule: &Rule) -> Vec<(String, String)> {
        let packages = match rule.packages {
            Packages::Whole => "rule-packages-whole",
            Packages::Split => "rule-packages-split",
        };
        let stages = match rule.stage_status {
            StageStatus::Claimed => "rule-stages-claimed",
            StageStatus::Verified => "rule-stages-verified",
        };
        let mut parts = vec![
            ("rule-cohort", self.cohort(&rule.cohort)),
            ("rule-packages", self.t(packages)),
            ("rule-stages", self.t(stages)),
            ("rule-basis", self.basis(rule.basis)),
        ];
        // A filter that names states says so among its parts.
        if !rule.cohort.iter().any(|(field, _)| field == "state") {
            parts.insert(1, ("rule-state", self.t("rule-state-in-force")));
        }
        parts.extend(self.rule_bounds(rule));
        parts.extend(self.rule_sources(rule));
        parts.push(("rule-period", self.year_to(rule.period)));
        parts.push(("rule-on", rule.on.to_string()));
        parts.push(("rule-as-of", self.t1("rule-as-of-entry", &[("n", &self.count(rule.as_of))])));
        parts.into_iter().map(|(key, value)| (self.t(key), value)).collect()
    }

    /// The same in one line, for print, terminals and files.
    pub fn rule_line(&self, rule: &Rule) -> String {
        let (colon, end) = match self.lang {
            tici_domain::Lang::En => (": ", "; "),
            _ => ("：", "；"),
        };
        let parts = self.rule(rule).into_iter();
        let parts: Vec<String> =
            parts.map(|(name, value)| format!("{name}{colon}{value}")).collect();
        parts.join(end)
    }

    /// `总投资 5.00 亿元以上（含）`.
    pub fn threshold(&self, threshold: Threshold, currency: Currency) -> String {
        let key = if threshold.inclusive { "rule-at-least" } else { "rule-more-than" };
        let amount = self.money(Money { amount: threshold.amount, currency });
        self.t1(key, &[("amount", &amount)])
    }

    fn cohort(&self, cohort: &[(String, String)]) -> String {
        if cohort.is_empty() {
            return self.t("rule-everything");
        }
        let parts: Vec<String> =
            cohort.iter().map(|(field, value)| self.cohort_part(field, value)).collect();
        self.list(&parts)
    }

    fn cohort_part(&self, field: &str, value: &str) -> String {
        match field {
            "tier" => ListTier::parse(value).map_or_else(|| value.into(), |tier| self.tier(tier)),
            "stage" => Stage::parse(value).map_or_else(|| value.into(), |stage| self.stage(stage)),
            "state" => {
                SideState::parse(value).map_or_else(|| value.into(), |state| self.state(state))
            }
            "light" => Light::parse(value).map_or_else(|| value.into(), |light| self.light(light)),
            "chain" => self.chain(value),
            "place" => value.to_owned(),
            "text" => self.t1("rule-text", &[("text", &value)]),
            "selected" => self.t1("rule-selected", &[("n", &value)]),
            // Fields without a value: listed, without-stage, not-started, milestone-this-month.
            field => self.t(&format!("rule-{field}")),
        }
    }
}
