//! The words for every code of the domain. Terms never vary between pages.

use super::T;
use tici_domain::{
    Basis, Light, ListTier, Measure, Problem, Role, SideState, Stage, change::Verdict,
};
use tici_engine::lights::LightRules;

impl T {
    pub fn stage(&self, stage: Stage) -> String {
        self.code("stage", stage.code())
    }

    /// 列省, 列市, 县级: the mark beside a project's name.
    pub fn tier(&self, tier: ListTier) -> String {
        self.code("tier", tier.code())
    }

    pub fn light(&self, light: Light) -> String {
        self.code("lamp", light.code())
    }

    /// What an excuse speaks of: the name of a light's rule, or all of them.
    pub fn excused(&self, lights: &LightRules, rule: &str) -> String {
        if rule == "*" {
            return self.t("excuse-all-rules");
        }
        let known = lights.rules.iter().find(|known| known.key == rule);
        known.map_or_else(|| rule.to_owned(), |known| known.name.get(self.lang).to_owned())
    }

    pub fn role(&self, role: Role) -> String {
        self.code("role", role.code())
    }

    pub fn state(&self, state: SideState) -> String {
        self.code("state", state.code())
    }

    pub fn basis(&self, basis: Basis) -> String {
        self.code("basis", basis.code())
    }

    pub fn verdict(&self, verdict: Verdict) -> String {
        self.code("verdict", verdict.code())
    }

    pub fn measure(&self, measure: Measure) -> String {
        self.code("measure", measure.code())
    }

    /// A chain of the county's own list; any other vocabulary is shown as it came.
    pub fn chain(&self, code: &str) -> String {
        self.code("chain", code)
    }

    /// The message `{group}-{code}`, or the code itself where the ledger's vocabulary is
    /// open and no locale knows it.
    pub fn code(&self, group: &str, code: &str) -> String {
        let mut key = format!("{group}-");
        key.extend(code.chars().map(|c| if c == '_' { '-' } else { c.to_ascii_lowercase() }));
        self.try_t(&key, &[]).unwrap_or_else(|| code.into())
    }

    /// The number of a journal entry as people read it: the first is 1, so that numbers and
    /// counts agree. Addresses, proofs and machines keep the sequence, which begins at 0.
    pub fn entry_number(&self, seq: i64) -> String {
        self.count(i128::from(seq) + 1)
    }

    /// A list in one sentence: 省列、市列; "Prov., City".
    pub fn list(&self, items: &[String]) -> String {
        let separator = if self.lang == tici_domain::Lang::En { ", " } else { "、" };
        items.join(separator)
    }

    /// `，亿元`, `, CNY m`: something added to what stands before it.
    pub fn comma(&self, text: &str) -> String {
        if text.is_empty() { String::new() } else { format!("{}{text}", self.separator()) }
    }

    /// Between the parts of one line.
    pub fn separator(&self) -> &'static str {
        if self.lang == tici_domain::Lang::En { ", " } else { "，" }
    }

    /// Problem and way forward in one line, for a terminal or a tooltip.
    pub fn problem_line(&self, problem: &Problem) -> String {
        let place = self.problem_place(problem);
        let what = self.problem(problem);
        let fix = self.problem_fix(problem);
        let place = if place.is_empty() { place } else { format!("{place} ") };
        let fix = if fix.is_empty() { fix } else { format!(" {fix}") };
        format!("{place}{what}{fix}")
    }
}
