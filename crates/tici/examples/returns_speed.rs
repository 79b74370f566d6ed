//! Measures the monthly return of many places: their workbooks are written, filled in and
//! handed in.
//!
//! ```sh
//! cargo run --release -p tici --example returns_speed -- 3000
//! ```
//!
//! The places are invented; each has ten projects with a year of returns behind them.

use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::date;
use tici_domain::change::Project;
use tici_domain::place::PlaceKind;
use tici_domain::{
    Actor, Basis, Change, Currency, Figure, Lang, Measure, Name, Period, Place, PlaceCode, Role,
    SideState, Subject, Value,
};
use tici_ops::load_operations::{LoadedOperation, load_operations};
use tici_ops::returns::{SubmitOptions, open_round, read_forms, submit_files, templates};
use tici_ops::{Desk, Session};
use tici_store::{Location, Signer, Store};
use tici_testkit::forms::{Typed, retype};
use tici_web::i18n::T;

const PROJECTS_PER_PLACE: i64 = 10;

fn main() {
    let places: i64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(3_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let signer = Signer::from_seed("measure", [7; 32]).expect("a name without blanks");
    let file = Location::Sqlite(folder.path().join("tici.sqlite"));
    let desk = Desk::open(Store::open(&file, signer).expect("a store")).expect("a desk");
    let now: Timestamp = "2026-06-25T09:00:00+08:00".parse().expect("a moment");
    load_operations(&desk, ledger(places, now)).expect("an empty ledger takes it");
    let office = Session::local(desk.snapshot().expect("a snapshot").actors[&1].clone());
    let june = Period::month(2026, 6).expect("a month");
    let started = Lap::start();
    open_round(&desk, &office, june, None, now, date(2026, 6, 25)).expect("opened");
    println!("opened in {}", started.told());

    let started = Lap::start();
    let t = T::new(Lang::ZhHans);
    let words = |place: &Place| t.form_words(&place.short.text, june);
    let forms = templates(&desk, &office, june, Lang::ZhHans, words).expect("forms");
    println!("{} workbooks written in {}", forms.len(), started.told());

    let files: Vec<(String, Vec<u8>)> = forms
        .into_iter()
        .map(|(place, bytes)| (format!("{}.xlsx", place.code.code), fill(&bytes)))
        .collect();
    let started = Lap::start();
    let reads = read_forms(&files);
    let read = started.told();
    let sent = submit_files(&desk, &office, &files, reads, SubmitOptions::default(), now);
    let sent = sent.expect("handed in");
    let figures: usize = sent.iter().map(|outcome| outcome.plan.figures.len()).sum();
    let refused = sent.iter().filter(|outcome| outcome.is_refused()).count();
    let all = started.told();
    println!("{} workbooks read in {read}, handed in after {all}", sent.len());
    println!("{figures} figures written, {refused} workbooks refused");
    assert_eq!(refused, 0, "{:?}", sent.iter().find(|o| o.is_refused()).map(|o| &o.problems));
}

/// Time on the clock and of the processors: on a busy machine only the second compares.
struct Lap {
    clock: Instant,
    cpu: f64,
}

impl Lap {
    fn start() -> Lap {
        Lap { clock: Instant::now(), cpu: cpu_seconds() }
    }

    fn told(&self) -> String {
        let (clock, cpu) = (self.clock.elapsed().as_secs_f64(), cpu_seconds() - self.cpu);
        format!("{clock:.2} s (processors {cpu:.2} s)")
    }
}

/// Seconds of all processors that this process has had, from Linux's own count in ticks of
/// a hundredth; 0 elsewhere.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Types a month into every project.
fn fill(form: &[u8]) -> Vec<u8> {
    let cells: Vec<(String, &str)> = (5..5 + PROJECTS_PER_PLACE)
        .flat_map(|line| {
            [("G", "100"), ("H", "600"), ("Q", "38.5"), ("S", "42")]
                .map(|(column, number)| (format!("{column}{line}"), number))
        })
        .collect();
    let cells: Vec<(&str, Typed)> =
        cells.iter().map(|(cell, number)| (cell.as_str(), Typed::Number(number))).collect();
    retype(form, &cells)
}

fn ledger(places: i64, at: Timestamp) -> Vec<LoadedOperation> {
    let operation = |changes: Vec<Change>| LoadedOperation {
        at,
        actor: 0,
        op: "measure".into(),
        source: None,
        blobs: Vec::new(),
        changes,
    };
    let office = Actor {
        id: 1,
        login: "office".into(),
        title: Name::new("office"),
        role: Role::ProjectOffice,
        place: None,
        active: true,
    };
    let mut first = vec![Change::Actor(office)];
    first.extend((1..=places).map(|id| Change::Place(place(id))));
    let mut operations = vec![operation(first)];
    let mut figure = 0;
    for id in 1..=places {
        let mut changes = Vec::new();
        for number in 1..=PROJECTS_PER_PLACE {
            let project = (id - 1) * PROJECTS_PER_PLACE + number;
            changes.push(Change::Project(self::project(project, id)));
            changes.push(Change::Plan(plan(project)));
            for month in 1..=5 {
                for (measure, value) in [
                    (Measure::INVEST_MONTH, 1_000_000),
                    (Measure::INVEST_YTD, i64::from(month) * 1_000_000),
                ] {
                    figure += 1;
                    let period = Period::month(2026, month).expect("a month");
                    changes.push(Change::Figure(reported(figure, project, measure, period, value)));
                }
            }
        }
        operations.push(operation(changes));
    }
    operations
}

fn place(id: i64) -> Place {
    Place {
        id,
        code: PlaceCode::other("measure", &format!("P{id:05}")).expect("not blank"),
        kind: PlaceKind::Town,
        name: Name::new(format!("第{id}镇")),
        short: Name::new(format!("第{id}镇")),
        parent: None,
        rank: id,
        valid_from: None,
        valid_to: None,
        boundary: None,
    }
}

fn project(id: i64, place: i64) -> Project {
    Project {
        id,
        code: format!("M26-{id:06}"),
        national_code: None,
        name: Name::new(format!("第{id}个项目")),
        parent: None,
        parent_share: None,
        enterprise: None,
        place: Some(place),
        currency: Currency::CNY,
        chain: None,
        industry: None,
        sector: None,
        nature: None,
        content: None,
        build_from: None,
        build_to: None,
        lead_unit: None,
        sponsor: None,
        state: SideState::Active,
        location: None,
        aliases: Vec::new(),
    }
}

fn plan(project: i64) -> tici_domain::change::Plan {
    tici_domain::change::Plan {
        id: project,
        project,
        period: Period::year(2026),
        amount: 20_000_000,
        version: 1,
        reason: None,
        approver: None,
        sheet: None,
        cell: None,
        replaces: None,
    }
}

fn reported(id: i64, project: i64, measure: Measure, period: Period, value: i64) -> Figure {
    Figure {
        id,
        subject: Subject::Project(project),
        measure,
        period,
        basis: Basis::Reported,
        value: Value::Int(value),
        raw: None,
        sheet: None,
        cell: None,
        replaces: None,
        reason: None,
    }
}
