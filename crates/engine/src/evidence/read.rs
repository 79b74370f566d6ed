//! Reads the rule file of evidence.

use tici_domain::{Name, Problem, Severity, Stage};

use super::{EvidenceRules, Need, OrderRule, PAPERS, PhotoRule, RecheckRule, ReuseRule};
use super::{StageRule, Weight};
use crate::rule_file::{self, Reader, Tab};

/// Days and files that a rule may ask for at most; a bound against slips of the pen.
const DAYS_MAX: i64 = 3_660;
const FILES_MAX: i64 = 20;
const METRES_MAX: i64 = 100_000;

const WEIGHTS: &[(&str, Weight)] =
    &[("error", Some(Severity::Error)), ("warning", Some(Severity::Warning)), ("off", None)];

pub(super) fn rules(text: &str, file: &str) -> (EvidenceRules, Vec<Problem>) {
    let (root, mut reader) = rule_file::parse(file, text);
    let mut tab = Tab::root(&root);
    let rules = root_table(&mut reader, &mut tab);
    (rules, reader.problems)
}

fn root_table(reader: &mut Reader, tab: &mut Tab) -> EvidenceRules {
    let key = reader.text(tab, "key");
    let title = reader.name(tab, "title");
    let rules = EvidenceRules {
        key: reader.needed(tab, "key", key).unwrap_or_default(),
        title: reader.needed(tab, "title", title).unwrap_or_default(),
        source: reader.text(tab, "source").unwrap_or_default(),
        photo: reader.table(tab, "photo").map(|tab| photo(reader, tab)).unwrap_or_default(),
        reuse: reader.table(tab, "reuse").map(|tab| reuse(reader, tab)).unwrap_or_default(),
        order: reader.table(tab, "order").map(|tab| order(reader, tab)).unwrap_or_default(),
        recheck: reader.table(tab, "recheck").and_then(|tab| recheck(reader, tab)),
        stages: stages(reader, tab),
    };
    reader.end(tab);
    rules
}

fn weight(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Weight {
    reader.choice(tab, key, WEIGHTS).flatten()
}

/// A whole number from `least` to `most`; 0 or `least` when left out.
fn bounded(
    reader: &mut Reader,
    tab: &mut Tab,
    key: &'static str,
    (least, most): (i64, i64),
) -> i64 {
    let number = reader.number(tab, key, 0).unwrap_or(least);
    if !(least..=most).contains(&number) {
        let problem = Problem::error("evidence-rule-range").arg("key", key).arg("value", number);
        reader.problem_of(tab, problem.arg("least", least).arg("most", most));
    }
    number.clamp(least, most)
}

fn photo(reader: &mut Reader, mut tab: Tab) -> PhotoRule {
    let tab = &mut tab;
    let rule = PhotoRule {
        no_time: weight(reader, tab, "no_time"),
        no_place: weight(reader, tab, "no_place"),
        off_day: weight(reader, tab, "off_day"),
        days_before: bounded(reader, tab, "days_before", (0, DAYS_MAX)) as i32,
        days_after: bounded(reader, tab, "days_after", (0, DAYS_MAX)) as i32,
        far: weight(reader, tab, "far"),
        far_metres: bounded(reader, tab, "far_metres", (0, METRES_MAX)),
    };
    reader.end(tab);
    rule
}

fn reuse(reader: &mut Reader, mut tab: Tab) -> ReuseRule {
    let tab = &mut tab;
    let (other_project, other_stage) =
        (weight(reader, tab, "other_project"), weight(reader, tab, "other_stage"));
    reader.end(tab);
    ReuseRule { other_project, other_stage }
}

fn order(reader: &mut Reader, mut tab: Tab) -> OrderRule {
    let tab = &mut tab;
    let (before_signing, out_of_order) =
        (weight(reader, tab, "before_signing"), weight(reader, tab, "out_of_order"));
    reader.end(tab);
    OrderRule { before_signing, out_of_order }
}

fn stage(reader: &mut Reader, tab: &mut Tab) -> Option<Stage> {
    let codes = Stage::ALL.map(|stage| (stage.code(), stage));
    let stage = reader.choice(tab, "stage", &codes);
    reader.needed(tab, "stage", stage)
}

fn recheck(reader: &mut Reader, mut tab: Tab) -> Option<RecheckRule> {
    let tab = &mut tab;
    let stage = stage(reader, tab);
    let days: Vec<i64> = reader.numbers(tab, "days", 0);
    if !days.is_sorted_by(|a, b| a < b) || days.iter().any(|day| !(1..=DAYS_MAX).contains(day)) {
        let days = days.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        reader.problem_of(tab, Problem::error("evidence-rule-days").arg("days", days));
    }
    let title = reader.name(tab, "title");
    let title = reader.needed(tab, "title", title).unwrap_or_default();
    let texts = [Some(&title.text), title.hant.as_ref(), title.en.as_ref()];
    if days.len() > 1 && texts.into_iter().flatten().any(|text| !text.contains("{days}")) {
        reader.problem_of(tab, Problem::warning("evidence-rule-title"));
    }
    reader.end(tab);
    let days = days.into_iter().map(|day| day.clamp(1, DAYS_MAX) as i32).collect();
    Some(RecheckRule { stage: stage?, days, title })
}

fn stages(reader: &mut Reader, tab: &mut Tab) -> Vec<StageRule> {
    let mut rules: Vec<StageRule> = Vec::new();
    for mut tab in reader.tables(tab, "stage") {
        let tab = &mut tab;
        let stage = stage(reader, tab);
        let needs = reader.tables(tab, "need");
        let needs = needs.into_iter().map(|tab| need(reader, tab)).collect();
        reader.end(tab);
        let Some(stage) = stage else { continue };
        if rules.iter().any(|rule| rule.stage == stage) {
            let problem = Problem::error("evidence-rule-twice").arg("stage", stage.code());
            reader.problem_of(tab, problem);
        }
        rules.push(StageRule { stage, needs });
    }
    rules
}

fn need(reader: &mut Reader, mut tab: Tab) -> Need {
    let tab = &mut tab;
    let papers: Vec<(&str, &str)> = PAPERS.iter().map(|paper| (*paper, *paper)).collect();
    let any: Vec<String> =
        reader.choices(tab, "any", &papers).into_iter().map(str::to_owned).collect();
    if any.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", "any"));
    }
    let files = bounded(reader, tab, "files", (1, FILES_MAX)) as usize;
    let severity = reader.choice(tab, "severity", WEIGHTS);
    let weight = reader.needed(tab, "severity", severity).flatten();
    reader.end(tab);
    Need { any, files, weight }
}

impl RecheckRule {
    /// The title of the look after so many days.
    pub fn title(&self, days: i32) -> Name {
        let fill = |text: &String| text.replace("{days}", &days.to_string());
        Name {
            text: fill(&self.title.text),
            hant: self.title.hant.as_ref().map(fill),
            en: self.title.en.as_ref().map(fill),
        }
    }
}
