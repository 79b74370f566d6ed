//! Rules of evidence: the presets, what a bad file is told, and claims against them.

use tici_domain::{Problem, Severity, Stage};
use tici_engine::evidence::{
    Case, EvidenceRules, PRESETS, Paper, judge, metres_between, recheck_days,
};
use tici_testkit::builders::day;
use tici_testkit::table;

#[test]
fn the_presets_are_sound_and_name_their_source() {
    for (name, text) in PRESETS {
        let (rules, problems) = EvidenceRules::parse(text, name);
        assert_eq!(problems, [], "{name}");
        let rules = rules.expect("sound");
        assert_eq!(rules.key, *name);
        assert!(!rules.source.is_empty() && rules.title.hant.is_some() && rules.title.en.is_some());
        assert_eq!(rules.recheck.map(|rule| rule.days), Some(vec![30, 60, 90]));
        assert!(rules.stages.len() >= 8, "{name}");
    }
}

const HEAD: &str = "key = \"x\"\ntitle = \"x\"\n";

/// A line after the two of the head, and what it is told.
const BAD: &[(&str, &str)] = &[
    ("[photo]\nfar = \"maybe\"", "4:7 rules-choice"),
    ("[photo]\ndays_before = -1", "3:1 evidence-rule-range"),
    ("[photo]\ndays_before = 1.5", "4:15 rules-too-fine"),
    ("[reuse]\nproject = \"error\"", "4:1 rules-unknown-key"),
    ("[[stage]]\nstage = \"begun\"", "4:9 rules-choice"),
    ("[[stage]]\nneed = []", "3:1 rules-missing-key"),
    ("[[stage]]\nstage = \"started\"\n[[stage]]\nstage = \"started\"", "5:1 evidence-rule-twice"),
    ("[[stage]]\nstage = \"signed\"\n[[stage.need]]\nseverity = \"error\"", "5:1 rules-empty"),
    (
        "[[stage]]\nstage = \"signed\"\n[[stage.need]]\nany = [\"selfie\"]\nseverity = \"off\"",
        "6:8 rules-choice",
    ),
    (
        "[recheck]\nstage = \"started\"\ndays = [60, 30]\ntitle = \"x {days}\"",
        "3:1 evidence-rule-days",
    ),
    ("[recheck]\nstage = \"started\"\ndays = [0]\ntitle = \"x\"", "3:1 evidence-rule-days"),
    ("[recheck]\nstage = \"started\"\ndays = [1, 2]\ntitle = \"x\"", "3:1 evidence-rule-title"),
    ("stage = 3", "3:9 rules-not-list"),
    ("[[stage]", "3:9 rules-broken"),
];

#[test]
fn a_bad_file_is_told_where() {
    for (lines, said) in BAD {
        let (rules, problems) = EvidenceRules::parse(&format!("{HEAD}{lines}\n"), "rules.toml");
        let first = problems.first().unwrap_or_else(|| panic!("{lines}: nothing said"));
        assert_eq!(format!("{} {}", first.cell, first.key), *said, "{lines}: {problems:?}");
        assert_eq!(first.file, "rules.toml");
        assert_eq!(rules.is_none(), Problem::any_error(&problems), "{lines}");
    }
}

/// Claims of one project that was signed on 1 March and landed on 1 April, by the sample
/// county's rules. `papers` are kinds; a photo may say its day.
const CLAIMS: &str = "
stage        | on         | papers                     | said
landed       | 2026-03-15 | approval                   |
landed       | 2026-02-28 | approval                   | !claim-before-signing
lead         | 2026-03-02 |                            | !claim-after-later
started      | 2026-05-01 | photo@2026-05-01 permit    |
started      | 2026-05-01 | photo@2026-05-01 contract  |
started      | 2026-05-01 | photo@2026-05-01           | claim-lacks
started      | 2026-05-01 | permit                     | !claim-lacks
started      | 2026-03-31 | photo@2026-03-31 permit    | !claim-before-earlier
started      | 2026-02-01 | photo@2026-02-01 permit    | !claim-before-signing !claim-before-earlier
# Thirty days before and sixty after still are of that time.
started      | 2026-05-01 | photo@2026-04-01 permit    |
started      | 2026-05-01 | photo@2026-03-31 permit    | photo-too-early
started      | 2026-05-01 | photo@2026-06-30 permit    |
started      | 2026-05-01 | photo@2026-07-01 permit    | photo-too-late
started      | 2026-05-01 | photo permit               | photo-without-time
# Entry is no step: it may precede the landing, yet not the signing.
stat_entered | 2026-03-10 | register contract          |
stat_entered | 2026-02-10 | register contract          | !claim-before-signing
stat_entered | 2026-05-10 | register                   | claim-lacks
stat_entered | 2026-05-10 | contract                   | !claim-lacks
completed    | 2026-05-10 | photo@2026-05-10           | !claim-lacks
at_capacity  | 2026-05-10 | invoice                    |
";

#[test]
fn a_claim_is_compared_with_the_rules() {
    let rules = EvidenceRules::preset("yanxi").expect("a preset");
    for row in table::parse(CLAIMS).rows() {
        let kinds: Vec<&str> = row.some("papers").unwrap_or_default().split_whitespace().collect();
        let papers = kinds.iter().map(|text| {
            let (kind, taken) = text.split_once('@').map_or((*text, None), |(k, t)| (k, Some(t)));
            Paper { kind, file: text, sha256: text, taken, location: None }
        });
        let stage = Stage::parse(row.text("stage")).expect("a stage");
        let steps = vec![(Stage::Signed, day("2026-03-01")), (Stage::Landed, day("2026-04-01"))];
        let case = Case {
            stage,
            on: day(row.text("on")),
            // A photo's day is a time of that day.
            papers: papers.collect(),
            place: None,
            steps: steps.into_iter().filter(|(step, _)| *step != stage).collect(),
            uses: Vec::new(),
        };
        let said: Vec<String> = judge(&rules, &case)
            .iter()
            .map(|p| format!("{}{}", if p.severity == Severity::Error { "!" } else { "" }, p.key))
            .collect();
        assert_eq!(said.join(" "), row.some("said").unwrap_or_default(), "{row:?}");
    }
}

#[test]
fn looks_that_have_passed_are_not_asked_for() {
    let rules = EvidenceRules::preset("yanxi").expect("a preset");
    let looks = |stage, on: &str, today: &str| {
        let looks = recheck_days(&rules, (stage, day(on)), day(today));
        looks.iter().map(|(after, due)| format!("{after} {due}")).collect::<Vec<_>>()
    };
    let all = ["30 2026-05-31", "60 2026-06-30", "90 2026-07-30"];
    assert_eq!(looks(Stage::Started, "2026-05-01", "2026-05-03"), all);
    assert_eq!(looks(Stage::Started, "2026-05-01", "2026-05-31"), all[1..]);
    assert_eq!(looks(Stage::Started, "2026-05-01", "2026-12-31"), [""; 0]);
    assert_eq!(looks(Stage::Landed, "2026-05-01", "2026-05-03"), [""; 0]);
    assert_eq!(looks(Stage::Started, "9999-12-01", "2026-05-03"), ["30 9999-12-31"]);
}

#[test]
fn distances_are_as_maps_have_them() {
    // One degree of latitude is 111.195 km on a sphere of the mean radius; at 60° north a
    // degree of longitude is half of that.
    let near = |metres: i64, expected: i64| (metres - expected).abs() <= expected / 1_000 + 1;
    assert!(near(metres_between((119_000_000, 32_000_000), (119_000_000, 33_000_000)), 111_195));
    assert!(near(metres_between((10_000_000, 60_000_000), (11_000_000, 60_000_000)), 55_597));
    assert_eq!(metres_between((119_000_000, 32_000_000), (119_000_000, 32_000_000)), 0);
    assert!(near(metres_between((0, 0), (180_000_000, 0)), 20_015_115));
}
