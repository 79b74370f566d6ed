//! One claim against the rules: what is missing, and what gives pause.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use tici_domain::change::Attachment;
use tici_domain::{Problem, Severity, Stage};

use super::{EvidenceRules, Need, PHOTO, Use, Weight};

/// One attached file, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper<'a> {
    pub kind: &'a str,
    pub file: &'a str,
    pub sha256: &'a str,
    /// As the photo says, in its camera's local time.
    pub taken: Option<&'a str>,
    /// As the photo says: longitude and latitude in millionths of a degree.
    pub location: Option<(i64, i64)>,
}

impl<'a> From<&'a Attachment> for Paper<'a> {
    fn from(row: &'a Attachment) -> Paper<'a> {
        Paper {
            kind: &row.kind,
            file: &row.file,
            sha256: &row.sha256,
            taken: row.taken.as_deref(),
            location: row.location,
        }
    }
}

/// A claim with everything it is compared with.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    pub stage: Stage,
    pub on: Date,
    pub papers: Vec<Paper<'a>>,
    /// Where the project is, when known: longitude and latitude in millionths of a degree.
    pub place: Option<(i64, i64)>,
    /// Days of the project's other stages, rejected and reversed ones left out.
    pub steps: Vec<(Stage, Date)>,
    /// Where else the same files are evidence.
    pub uses: Vec<(&'a str, Use)>,
}

/// Compares a claim with the rules. Errors should stop it, warnings be shown to whoever
/// judges it.
pub fn judge(rules: &EvidenceRules, case: &Case) -> Vec<Problem> {
    let mut problems = Vec::new();
    order(rules, case, &mut problems);
    for need in rules.needs(case.stage) {
        lacks(need, case, &mut problems);
    }
    for paper in case.papers.iter().filter(|paper| paper.kind == PHOTO) {
        photo(rules, case, paper, &mut problems);
    }
    reuse(rules, case, &mut problems);
    problems
}

/// A problem of a weight; `None` when the rule is off.
fn fault(weight: Weight, key: &str) -> Option<Problem> {
    weight.map(|severity| match severity {
        Severity::Error => Problem::error(key),
        Severity::Warning => Problem::warning(key),
    })
}

/// Statistical entry is no step of the staircase: it may come before a start or after it,
/// yet not before the project was signed.
fn order(rules: &EvidenceRules, case: &Case, problems: &mut Vec<Problem>) {
    let signed = case.steps.iter().find(|(stage, _)| *stage == Stage::Signed);
    if let Some((_, signed)) = signed.filter(|(_, on)| case.stage > Stage::Signed && case.on < *on)
    {
        let problem = fault(rules.order.before_signing, "claim-before-signing");
        let with = |problem: Problem| problem.arg("on", case.on).arg("signed", signed);
        problems.extend(problem.map(with));
    }
    if case.stage == Stage::StatEntered {
        return;
    }
    for (stage, on) in &case.steps {
        let key = match stage {
            Stage::StatEntered => continue,
            Stage::Signed if case.stage > Stage::Signed => continue,
            stage if *stage < case.stage && case.on < *on => "claim-before-earlier",
            stage if *stage > case.stage && case.on > *on => "claim-after-later",
            _ => continue,
        };
        let problem = fault(rules.order.out_of_order, key)
            .map(|problem| problem.arg("on", case.on).arg("stage", stage.code()).arg("day", on));
        problems.extend(problem);
    }
}

/// The same file twice is one file.
fn lacks(need: &Need, case: &Case, problems: &mut Vec<Problem>) {
    let fitting = case.papers.iter().filter(|paper| need.any.iter().any(|kind| kind == paper.kind));
    let found: BTreeSet<&str> = fitting.map(|paper| paper.sha256).collect();
    if found.len() >= need.files {
        return;
    }
    let key = if need.files > 1 { "claim-lacks-files" } else { "claim-lacks" };
    let problem = fault(need.weight, key).map(|problem| {
        let problem = problem.arg("stage", case.stage.code()).arg("kinds", need.any.join(","));
        problem.arg("files", need.files).arg("found", found.len())
    });
    problems.extend(problem);
}

fn photo(rules: &EvidenceRules, case: &Case, paper: &Paper, problems: &mut Vec<Problem>) {
    let rule = &rules.photo;
    let add = |problems: &mut Vec<Problem>, problem: Option<Problem>| {
        problems.extend(problem.map(|problem| problem.arg("photo", paper.file)));
    };
    match paper.taken.and_then(|taken| taken.parse::<DateTime>().ok()).map(DateTime::date) {
        None => add(problems, fault(rule.no_time, "photo-without-time")),
        Some(taken) => {
            let days = (taken - case.on).get_days();
            let key = match days {
                days if days < -rule.days_before => Some("photo-too-early"),
                days if days > rule.days_after => Some("photo-too-late"),
                _ => None,
            };
            let problem = key.and_then(|key| fault(rule.off_day, key));
            let with = |problem: Problem| {
                let problem = problem.arg("taken", taken).arg("on", case.on);
                problem.arg("days", days.unsigned_abs())
            };
            add(problems, problem.map(with));
        }
    }
    match (paper.location, case.place) {
        (None, _) => add(problems, fault(rule.no_place, "photo-without-place")),
        (Some(at), Some(place)) => {
            let metres = metres_between(at, place);
            let far = fault(rule.far, "photo-far").filter(|_| metres > rule.far_metres);
            // A tenth of a kilometre is as fine as a phone's word deserves.
            let km = format!("{:.1}", metres as f64 / 1_000.0);
            add(problems, far.map(|problem| problem.arg("km", km)));
        }
        (Some(_), None) => {}
    }
}

fn reuse(rules: &EvidenceRules, case: &Case, problems: &mut Vec<Problem>) {
    for (sha256, found) in &case.uses {
        let Some(paper) = case.papers.iter().find(|paper| paper.sha256 == *sha256) else {
            continue;
        };
        let problem = match found.is_other_project {
            true => fault(rules.reuse.other_project, "evidence-of-other-project"),
            false => fault(rules.reuse.other_stage, "evidence-of-other-stage"),
        };
        problems.extend(problem.map(|problem| {
            let problem = problem.arg("photo", paper.file).arg("code", &found.code);
            problem.arg("name", &found.name.text).arg("stage", found.stage.code())
        }));
    }
}

/// Distance on a sphere of the Earth's mean radius, in metres: within half a percent.
pub fn metres_between(a: (i64, i64), b: (i64, i64)) -> i64 {
    const RADIUS: f64 = 6_371_008.8;
    let radians = |millionths: i64| (millionths as f64 / 1e6).to_radians();
    let (lat_a, lat_b) = (radians(a.1), radians(b.1));
    let (half_lat, half_lon) = ((lat_b - lat_a) / 2.0, radians(b.0 - a.0) / 2.0);
    let h = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    (2.0 * RADIUS * h.sqrt().min(1.0).asin()).round() as i64
}
