//! Figures of the pictures that are computed from stored facts.

use std::collections::BTreeMap;

use jiff::civil::date;
use tici_domain::money::Magnitude;
use tici_domain::{Basis, Change, Figure, Light, ListTier, Measure, Money, Stage, Subject};
use tici_testkit::TODAY;
use tici_testkit::county::SPRING_EVENT;

use crate::base;
use crate::replay::{Ledger, ledger};

fn yi(amount: i64, decimals: u32) -> String {
    Money::yuan(amount).print(Magnitude::YI, decimals)
}

#[test]
fn stages_count_148_projects() {
    let ledger = ledger(base());
    let mut stages = BTreeMap::<Stage, (usize, i64, Vec<i32>)>::new();
    for project in ledger.live() {
        let (stage, since) = ledger.stage(project.id).expect("every live project is signed");
        let line = stages.entry(stage).or_default();
        line.0 += 1;
        line.1 += ledger.total(project.id);
        line.2.push((TODAY - since).get_days());
    }
    let found: Vec<_> = Stage::STAIRS
        .into_iter()
        .map(|stage| {
            let (count, total, mut days) = stages.remove(&stage).unwrap_or_default();
            days.sort_unstable();
            let middle = (days[(days.len() - 1) / 2] + days[days.len() / 2]) / 2;
            (stage.code(), count, yi(total, 1), middle)
        })
        .collect();
    let expected = [
        ("signed", 37, "93.9", 64),
        ("landed", 31, "117.2", 118),
        ("started", 23, "91.6", 41),
        ("in_progress", 31, "180.5", 286),
        ("completed", 11, "23.6", 77),
        ("in_production", 10, "21.5", 152),
    ];
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!((found.0, found.1, found.2.as_str(), found.3), expected);
    }
    let (last, count, total, _) = &found[6];
    assert_eq!((*last, *count, total.as_str()), ("at_capacity", 5, "6.4"));
}

#[test]
fn moves_of_june() {
    let ledger = ledger(base());
    let mut entered = BTreeMap::<Stage, usize>::new();
    for project in ledger.live() {
        let (stage, since) = ledger.stage(project.id).expect("a stage");
        *entered.entry(stage).or_default() += usize::from(since >= date(2026, 6, 1));
    }
    let found: Vec<_> = Stage::STAIRS.iter().map(|stage| entered[stage]).collect();
    assert_eq!(found, [4, 3, 7, 4, 1, 1, 1]);
}

#[test]
fn the_lists_and_their_totals() {
    let ledger = ledger(base());
    let listed = ledger.listed();
    let of = |tier| listed.iter().filter(|p| ledger.tier(p.id) == Some(tier)).count();
    assert_eq!((listed.len(), of(ListTier::Province), of(ListTier::City)), (62, 4, 58));
    let sum = |value: &dyn Fn(i64) -> i64| listed.iter().map(|p| value(p.id)).sum::<i64>();
    assert_eq!(yi(sum(&|id| ledger.total(id)), 2), "361.60");
    assert_eq!(yi(sum(&|id| ledger.plan(id, "2026")), 2), "96.23");
    let done = |id| ledger.number(id, Measure::INVEST_YTD, "2026-05").unwrap_or(0);
    assert_eq!(yi(sum(&done), 2), "32.29");
}

#[test]
fn started_and_not() {
    let ledger = ledger(base());
    let week_ago = date(2026, 6, 11);
    let (mut province, mut city, mut before) = (0, 0, 0);
    for project in ledger.listed() {
        let (stage, _) = ledger.stage(project.id).expect("a stage");
        if !stage.has_started() {
            continue;
        }
        match ledger.tier(project.id) {
            Some(ListTier::Province) => province += 1,
            _ => city += 1,
        }
        let start = ledger
            .claims
            .values()
            .find(|(claim, _)| claim.project == project.id && claim.stage == Stage::Started);
        before += usize::from(start.is_some_and(|(claim, _)| claim.on <= week_ago));
    }
    assert_eq!((province, city, before), (3, 38, 36));
}

#[test]
fn months_of_the_listed() {
    let ledger = ledger(base());
    let month = |value: &dyn Fn(i64) -> i64| {
        yi(ledger.listed().iter().map(|project| value(project.id)).sum(), 1)
    };
    let plan: Vec<_> =
        (1..=12).map(|m| month(&|id| ledger.plan(id, &format!("2026-{m:02}")))).collect();
    let expected =
        ["1.6", "2.5", "6.7", "10.8", "15.4", "9.9", "7.7", "8.3", "8.9", "8.6", "8.5", "7.3"];
    assert_eq!(plan, expected);
    let done = |m, id| ledger.number(id, Measure::INVEST_MONTH, &format!("2026-{m:02}"));
    let done: Vec<_> = (1..=5).map(|m| month(&|id| done(m, id).unwrap_or(0))).collect();
    assert_eq!(done, ["1.2", "2.2", "6.2", "9.5", "13.2"]);
}

/// The rule stated in the module's documentation.
fn light(ledger: &Ledger, project: i64) -> Light {
    let (stage, _) = ledger.stage(project).expect("a stage");
    if !stage.has_started() {
        let start = &ledger.milestones[&(project, "started".to_owned())];
        let late = (start.expected.expect("a day") - date(2026, 6, 30)).get_days();
        return match late {
            8.. => Light::Red,
            -4..=7 => Light::Amber,
            _ => Light::Green,
        };
    }
    let Some(done) = ledger.number(project, Measure::INVEST_YTD, "2026-05") else {
        return Light::Unreported;
    };
    let due = ledger.due(project);
    match () {
        () if done * 100 < due * 80 => Light::Red,
        () if done * 100 < due * 95 => Light::Amber,
        () => Light::Green,
    }
}

#[test]
fn lights_of_the_listed() {
    let ledger = ledger(base());
    let mut lights = BTreeMap::<Light, usize>::new();
    for project in ledger.listed() {
        *lights.entry(light(&ledger, project.id)).or_default() += 1;
    }
    let found: Vec<_> = lights.into_iter().collect();
    let expected =
        [(Light::Red, 14), (Light::Amber, 21), (Light::Green, 26), (Light::Unreported, 1)];
    assert_eq!(found, expected);
}

#[test]
fn league_of_starts_and_money() {
    let ledger = ledger(base());
    let expected = [
        ("经开区", 10, 14, 901),
        ("临港园", 7, 11, 847),
        ("澄湾镇", 5, 6, 918),
        ("柘浦镇", 3, 5, 910),
        ("云埠镇", 4, 5, 814),
        ("石鹿镇", 3, 4, 966),
        ("芦汀镇", 3, 4, 0),
        ("望陇镇", 2, 3, 843),
        ("鲤桥镇", 1, 2, 944),
        ("桐墩镇", 1, 3, 889),
        ("枫砚镇", 1, 2, 904),
        ("禾渚镇", 1, 2, 951),
        ("茗岗乡", 0, 1, 751),
    ];
    for (name, started, all, tenths) in expected {
        let place = ledger.places.values().find(|p| p.short.text == name).expect("a town").id;
        let projects: Vec<_> =
            ledger.listed().into_iter().filter(|p| p.place == Some(place)).collect();
        let has_started = |id| ledger.stage(id).is_some_and(|(stage, _)| stage.has_started());
        let found = projects.iter().filter(|p| has_started(p.id)).count();
        assert_eq!((found, projects.len()), (started, all), "{name}");
        if tenths > 0 {
            let done = |id| ledger.number(id, Measure::INVEST_YTD, "2026-05").expect("reported");
            let done: i64 = projects.iter().map(|p| done(p.id)).sum();
            let due: i64 = projects.iter().map(|p| ledger.due(p.id)).sum();
            assert_eq!((done * 1000 + due / 2) / due, tenths, "{name}");
        }
    }
}

#[test]
fn one_town_has_not_reported() {
    let ledger = ledger(base());
    let silent: Vec<_> = ledger
        .listed()
        .into_iter()
        .filter(|p| ledger.number(p.id, Measure::INVEST_YTD, "2026-05").is_none())
        .map(|project| project.code.as_str())
        .collect();
    assert_eq!(silent, ["YX26-044"]);
    let returns = |month: &str| {
        let of_month = |o: &&tici_testkit::Operation| {
            o.op == "import_return"
                && o.source.as_ref().is_some_and(|s| s.file.contains(month))
                && o.at > "2026-06-01T00:00:00Z".parse().expect("a moment")
        };
        let actors = base().operations.iter().filter(of_month).map(|operation| operation.actor);
        actors.collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!(returns("5月月报"), 12);
}

#[test]
fn spring_start_adds_up() {
    let ledger = ledger(base());
    let event: serde_json::Value =
        serde_json::from_str(&ledger.settings[SPRING_EVENT]).expect("JSON");
    let codes: Vec<_> = event["projects"].as_array().expect("a list").iter().collect();
    let projects: Vec<_> =
        codes.iter().map(|code| ledger.by_code(code.as_str().expect("a code"))).collect();
    assert_eq!(projects.len(), 18);
    let total = projects.iter().map(|project| ledger.total(project.id)).sum();
    let plan = projects.iter().map(|project| ledger.plan(project.id, "2026")).sum();
    assert_eq!((yi(total, 2).as_str(), yi(plan, 1).as_str()), ("150.68", "24.2"));
    let sectors: std::collections::BTreeSet<_> = projects.iter().map(|p| &p.sector).collect();
    assert_eq!(sectors.len(), 6);
}

#[test]
fn the_first_project() {
    let ledger = ledger(base());
    let id = ledger.by_code("YX26-001").id;
    let at = |measure, period: &str| yi(ledger.number(id, measure, period).unwrap_or(0), 2);
    assert_eq!(yi(ledger.total(id), 2), "32.60");
    assert_eq!(at(Measure::INVEST_SINCE_START, "2026-05"), "12.06");
    let done: Vec<_> =
        (1..=5).map(|m| at(Measure::INVEST_MONTH, &format!("2026-{m:02}"))).collect();
    assert_eq!(done, ["0.41", "0.50", "0.82", "0.91", "0.98"]);
    let plan: Vec<_> = (1..=6).map(|m| yi(ledger.plan(id, &format!("2026-{m:02}")), 2)).collect();
    assert_eq!(plan, ["0.55", "0.62", "0.94", "1.12", "1.18", "1.10"]);
    let figure = ledger
        .figures
        .values()
        .find(|f| {
            f.subject == Subject::Project(id)
                && f.measure == Measure::INVEST_YTD
                && f.period.to_string() == "2026-05"
                && f.basis == Basis::Reported
        })
        .expect("reported for May");
    let found = (figure.raw.as_deref(), figure.sheet.as_deref(), figure.cell.as_deref());
    assert_eq!(found, (Some("36,218"), Some("列省"), Some("H7")));
    assert_eq!(figure.reason.as_deref(), Some("补计设备到货"));
    let by = |wanted: &dyn Fn(&Figure) -> bool| {
        let writes = |change: &Change| matches!(change, Change::Figure(row) if wanted(row));
        let found = base().operations.iter().find(|o| o.changes.iter().any(writes));
        let found = found.expect("written by an operation");
        (found.at.to_string(), found.op.as_str(), found.source.as_ref().map(|s| s.file.as_str()))
    };
    let file = Some("经开区5月月报.xlsx");
    let corrected = by(&|row| row.id == figure.id);
    assert_eq!(corrected, ("2026-06-05T08:42:00Z".to_owned(), "import_return", file));
    let first = by(&|row| Some(row.id) == figure.replaces && row.raw.as_deref() == Some("34,800"));
    assert_eq!(first, ("2026-06-03T01:15:00Z".to_owned(), "import_return", file));
    let reviewed = by(&|row| {
        (row.subject, row.measure, row.period) == (figure.subject, figure.measure, figure.period)
            && row.basis == Basis::Verified
            && row.value == figure.value
    });
    assert_eq!(reviewed, ("2026-06-06T02:08:00Z".to_owned(), "review_return", None));
}
