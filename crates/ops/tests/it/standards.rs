//! Publishing by the standards, and a ledger that comes back from what it published.

use std::collections::BTreeMap;

use tici_domain::change::{Milestone, Setting};
use tici_domain::{Basis, Change, Measure, Name, Period, Stage, Subject, Value};
use tici_engine::Snapshot;
use tici_engine::rule::StageStatus;
use tici_ops::files::standards::{Choices, Crs, Incoming, ProjectRecord, Standard, read};
use tici_ops::import::{ImportOptions, RowFate};
use tici_ops::import_projects::{ImportOutcome, import_projects};
use tici_ops::publish_projects::{PublishQuery, Published, publish_projects, standard_file};
use tici_ops::write::write;
use tici_ops::{Desk, Session};
use tici_store::Location;
use tici_testkit::TODAY;

use crate::desks::{as_account, county, empty, now};

fn publish(desk: &Desk, session: &Session, stages: StageStatus) -> Published {
    let query = PublishQuery { stages: Some(stages), ..PublishQuery::default() };
    publish_projects(desk, session, &query, (TODAY, now())).expect("published")
}

fn file(published: &Published, standard: Standard) -> Vec<u8> {
    let choices = Choices { crs: Crs::Wgs84, basis: Basis::Reported };
    standard_file(published, standard, choices).0
}

/// A ledger with the accounts and places of another and nothing else.
fn fresh_beside(county: &Desk) -> Desk {
    let desk = empty(&Location::Memory);
    let snapshot = county.snapshot().expect("a snapshot");
    let registers = |_: &Snapshot, _: &mut tici_ops::import::Ids| {
        let places = snapshot.places.values().cloned().map(Change::Place);
        let actors = snapshot.actors.values().cloned().map(Change::Actor);
        let settings = snapshot.settings.iter();
        let settings = settings.map(|(key, value)| (key.clone(), value.clone()));
        let settings = settings.map(|(key, value)| Change::Setting(Setting { key, value }));
        Ok(places.chain(actors).chain(settings).collect())
    };
    write(&desk, 0, "set_up", now(), registers).expect("written");
    desk
}

fn import(desk: &Desk, session: &Session, incoming: Incoming, bytes: Vec<u8>) -> ImportOutcome {
    let (intake, problems) = read(incoming, "in.json", &bytes);
    let files = [("in.json".to_owned(), bytes)];
    // Figures that fell had their reason in the ledger they come from.
    let reason = Some("as published".to_owned());
    let options = ImportOptions { reason, ..ImportOptions::default() };
    import_projects(desk, session, (intake, &files), &problems, &options, now())
        .unwrap_or_else(|error| panic!("{error}: {error:?}"))
}

#[test]
fn the_ledger_comes_back_from_its_package() {
    let before = county();
    let office = as_account(&before, "diaodu");
    let published = publish(&before, &office, StageStatus::Verified);
    let bytes = file(&published, Standard::Oc4ids);
    assert!(published.records.len() >= 148, "{}", published.records.len());

    let after = fresh_beside(&before);
    let session = as_account(&after, "diaodu");
    let outcome = import(&after, &session, Incoming::Oc4ids, bytes.clone());
    let left: Vec<_> = outcome
        .problems
        .iter()
        .filter(|p| p.key == "standard-left")
        .map(|p| p.args[0].1.clone())
        .collect();
    assert_eq!(left, ["documents"], "files are named in a package and not in it");

    // Nobody has verified anything in the new ledger: there every claim counts.
    let again = publish(&after, &session, StageStatus::Claimed);
    same_records(&published.records, &again.records);
    let without_files = |published: &Published| {
        let mut published = published.clone();
        published.records.iter_mut().for_each(|record| record.documents.clear());
        String::from_utf8(file(&published, Standard::Oc4ids)).expect("text")
    };
    let (first, second) = (without_files(&published), without_files(&again));
    let line = first.lines().zip(second.lines()).find(|(a, b)| a != b);
    assert_eq!(line, None);
    assert_eq!(first.len(), second.len());

    // The same package again changes nothing.
    let once_more = import(&after, &session, Incoming::Oc4ids, bytes);
    assert!(once_more.entries.is_empty(), "{} writes", once_more.writes);
    assert_eq!(once_more.count(RowFate::Unchanged), once_more.plan.rows.len());
    let report = after.store.verify(None).expect("a report");
    assert_eq!(report.first_bad, None);
}

/// Field by field, as far as the standard carries: one language, no files, and what is of
/// the new ledger's own counting (ids) by what it stands for.
fn same_records(before: &[ProjectRecord], after: &[ProjectRecord]) {
    let plain = |record: &ProjectRecord| {
        let mut record = record.clone();
        let row = &mut record.project;
        (row.id, row.parent, row.enterprise, row.place) = (0, None, None, None);
        row.aliases.sort();
        for name in [Some(&mut row.name), row.content.as_mut(), row.lead_unit.as_mut()] {
            name.into_iter().for_each(one_language);
        }
        row.sponsor.iter_mut().for_each(one_language);
        record.milestones.iter_mut().for_each(|step| {
            one_language(&mut step.name);
            *step = Milestone { id: 0, project: 0, replaces: None, ..step.clone() };
        });
        record.documents.clear();
        for related in record.parent.iter_mut().chain(&mut record.packages) {
            one_language(&mut related.name);
        }
        record.packages.sort_by(|a, b| a.code.cmp(&b.code));
        if let Some(party) = &mut record.firm {
            (party.firm.id, party.firm.place) = (0, None);
            one_language(&mut party.firm.name);
            one_language(&mut party.firm.short);
        }
        record
    };
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(after) {
        pretty_assert(&plain(before), &plain(after));
    }
}

fn one_language(name: &mut Name) {
    *name = Name::new(&name.text);
}

fn pretty_assert(before: &ProjectRecord, after: &ProjectRecord) {
    let lines = |record: &ProjectRecord| format!("{record:#?}");
    let (a, b) = (lines(before), lines(after));
    let differs = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    assert!(before == after, "{}: {differs:?}", before.project.code);
}

#[test]
fn a_package_is_valid_against_the_published_schema() {
    let Some(schema) = crate::schema::project_package() else { return };
    let desk = county();
    let office = as_account(&desk, "diaodu");
    for stages in [StageStatus::Claimed, StageStatus::Verified] {
        let bytes = file(&publish(&desk, &office, stages), Standard::Oc4ids);
        let package: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        let wrong = schema.check(&package);
        assert!(wrong.is_empty(), "{:#?}", &wrong[..wrong.len().min(10)]);
        // The check itself can fail.
        let mut broken = package;
        broken["projects"][0]["status"] = "done".into();
        broken["projects"][0]["period"] = serde_json::json!({ "startDate": "2026-05-01" });
        let wrong = schema.check(&broken);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }
}

#[test]
fn the_public_sees_no_words_and_no_posts() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let query = PublishQuery { public: true, ..PublishQuery::default() };
    let published = publish_projects(&desk, &office, &query, (TODAY, now())).expect("published");
    let figures = published.records.iter().flat_map(|record| &record.figures);
    assert!(figures.clone().all(|f| !matches!(f.value, Value::Text(_))));
    assert!(figures.clone().all(|f| f.measure != Measure::WORKERS));
    assert!(published.records.iter().all(|record| record.project.sponsor.is_none()));
    assert!(published.records.iter().all(|record| record.documents.is_empty()));
    assert!(published.notes.iter().any(|note| note.key == "standard-withheld"));
}

#[test]
fn a_reporter_publishes_its_own_town_only() {
    let desk = county();
    let reporter = as_account(&desk, "luting");
    let query = PublishQuery::default();
    let published = publish_projects(&desk, &reporter, &query, (TODAY, now()));
    let Ok(published) = published else { return };
    let place = reporter.actor.place.expect("a town");
    assert!(published.records.iter().all(|record| record.project.place == Some(place)));
}

#[test]
fn sites_go_out_and_come_back_in_every_system() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let published = publish(&desk, &office, StageStatus::Claimed);
    for crs in Crs::ALL {
        let choices = Choices { crs, basis: Basis::Reported };
        let (bytes, _) = standard_file(&published, Standard::Geojson, choices);
        let outcome = import(&desk, &office, Incoming::Geojson(None), bytes);
        assert!(outcome.entries.is_empty(), "{crs:?}: {} writes", outcome.writes);
        assert_eq!(outcome.count(RowFate::Unchanged), published.records.len());
    }
}

#[test]
fn releases_give_a_project_its_past() {
    let Some(bytes) = crate::schema::shared("ocds/sample/ocds-213czf-000-00001.json") else {
        return;
    };
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let outcome = import(&desk, &office, Incoming::Ocds, bytes.clone());
    let snapshot = &outcome.snapshot;
    let entry = snapshot.projects.iter().find(|e| e.project.code == "ocds-213czf-000-00001");
    let entry = entry.expect("the process is a project");
    let subject = Subject::Project(entry.project.id);
    let total = |month: &str| {
        let period = Period::parse(month).expect("a month");
        let measure = Measure::TOTAL_INVESTMENT;
        let key = tici_domain::FigureKey { subject, measure, period, basis: Basis::Reported };
        snapshot.figure(&key).map(|cell| cell.number)
    };
    assert_eq!(total("2010-05"), Some(1_100_000_000), "pence");
    assert!(total("2009-03").is_some() && total("2011-01").is_some());
    assert!(entry.claim(Stage::Signed).is_some());
    let again = import(&desk, &office, Incoming::Ocds, bytes);
    assert!(again.entries.is_empty(), "{} writes", again.writes);
}

#[test]
fn activities_keep_the_order_of_the_schema() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let published = publish(&desk, &office, StageStatus::Claimed);
    let xml = String::from_utf8(file(&published, Standard::Iati)).expect("text");
    let order = [
        "iati-identifier",
        "reporting-org",
        "title",
        "description",
        "participating-org",
        "other-identifier",
        "activity-status",
        "activity-date",
        "recipient-country",
        "location",
        "sector",
        "budget",
        "transaction",
        "related-activity",
        "result",
    ];
    let rank: BTreeMap<&str, usize> =
        order.iter().enumerate().map(|(rank, name)| (*name, rank)).collect();
    let (mut last, mut activities) = (0, 0);
    for line in xml.lines() {
        // Children of an activity stand four blanks in.
        if line.starts_with("  <iati-activity ") {
            (last, activities) = (0, activities + 1);
        }
        let Some(name) = line.strip_prefix("    <").filter(|rest| !rest.starts_with(['/', ' ']))
        else {
            continue;
        };
        let name =
            name.split(|c: char| !c.is_ascii_alphabetic() && c != '-').next().unwrap_or_default();
        let rank = *rank.get(name).unwrap_or_else(|| panic!("{name} is none of them"));
        assert!(rank >= last, "{name} stands too late: {line}");
        last = rank;
    }
    assert_eq!(activities, published.records.len());
}
