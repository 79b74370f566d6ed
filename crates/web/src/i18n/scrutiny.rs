//! Codes within problems of claims, evidence and stops, in words.

use tici_domain::{Problem, SideState, Stage, change::Verdict};

use super::T;

impl T {
    /// A problem whose arguments are words where the engines and operations know only
    /// codes. What is no code stays as it is.
    pub(super) fn worded(&self, problem: &Problem) -> Problem {
        let mut problem = problem.clone();
        for (name, value) in &mut problem.args {
            let words = match name.as_str() {
                "stage" => Stage::parse(value).map(|stage| self.stage(stage)),
                "state" => SideState::parse(value).map(|state| self.state(state)),
                "verdict" => Verdict::parse(value).map(|verdict| self.verdict(verdict)),
                "kinds" => Some(self.kinds(value.split(','))),
                _ => None,
            };
            if let Some(words) = words {
                *value = words;
            }
        }
        problem
    }

    /// Kinds of evidence of which one will do: 施工许可或合同.
    pub fn kinds<'a>(&self, codes: impl Iterator<Item = &'a str>) -> String {
        let words: Vec<String> = codes.map(|code| self.code("evidence", code)).collect();
        let or = self.t("claims-or");
        let or = if self.lang == tici_domain::Lang::En { format!(" {or} ") } else { or };
        words.join(&or)
    }
}
