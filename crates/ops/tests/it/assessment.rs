//! The assessment from figures to a final run: delivered, drawn, reckoned, reviewed, published,
//! objected to, reckoned again; frozen, and the same whenever it is made again.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use tici_domain::{ObjectionState, Period, Problem, RunPurpose, RunState};
use tici_engine::assess::run::frozen::{Frozen, replay, spreads};
use tici_engine::assess::scheme::{PRESETS, Scheme};
use tici_ops::assess::{
    Fate, NewObjection, NewRun, NewScheme, OpenWhat, RunFile, RunQuery, Step, adopt_scheme,
    answer_objection, deliver_figures, draw_inputs, file_objection, open_run, open_run_file,
    replay_run, start_run, step_run, trace_indicator, view_due, view_lift,
};
use tici_ops::desk::snapshot_from_tables;
use tici_ops::{Desk, OpsError, Session};
use tici_testkit::TODAY;

use crate::desks::{as_account, county, load_county, now, on_both};

/// Days on which the story is told after the county's own day.
const LATER: Date = date(2026, 7, 20);

fn month() -> Period {
    Period::parse("2026-03").expect("a month")
}

fn at(day: Date) -> (Timestamp, Date) {
    (now(), day)
}

fn keys(result: Result<impl Sized, OpsError>) -> Vec<String> {
    match result {
        Err(OpsError::Problems(problems)) => problems.into_iter().map(|p| p.key).collect(),
        Err(other) => panic!("{other:?}"),
        Ok(_) => Vec::new(),
    }
}

/// The figures of May as a CSV of the quarter, with one cell changed.
fn workbook(desk: &Desk, change: Option<(&str, &str, &str)>) -> String {
    let snapshot = desk.snapshot().expect("a snapshot");
    let rules = Scheme::parse(PRESETS[0].1, "yanxi").0;
    let may = Period::parse("2026-05").expect("a month");
    let drawn = draw_inputs(desk, &snapshot, ("yanxi", may), TODAY).expect("drawn").frozen;
    let keys: Vec<&String> = drawn
        .figures
        .keys()
        .filter(|key| {
            let figure = rules.figures.iter().find(|figure| figure.key == **key);
            figure.is_some_and(|f| {
                matches!(f.from, tici_engine::assess::scheme::FigureFrom::Department { .. })
            })
        })
        .collect();
    let mut text = String::from("place");
    keys.iter().for_each(|key| text.push_str(&format!(",{key}")));
    text.push('\n');
    for (nth, unit) in drawn.units.iter().enumerate() {
        text.push_str(&unit.name);
        for key in &keys {
            let value = drawn.figures[*key].values[nth].clone().unwrap_or_default();
            let other = change.filter(|(place, of, _)| *place == unit.name && of == key);
            text.push_str(&format!(",{}", other.map_or(value, |(.., new)| new.to_owned())));
        }
        text.push('\n');
    }
    text
}

fn deliver(desk: &Desk, session: &Session, text: &str) -> Result<Vec<usize>, OpsError> {
    let of = ("yanxi", month(), false);
    let from = ("三月.csv", text.as_bytes(), "部门更正");
    let found = deliver_figures(desk, session, of, from, now())?;
    Ok([Fate::New, Fate::Changed, Fate::Same].map(|fate| found.count(fate)).to_vec())
}

fn reckon(desk: &Desk, session: &Session) -> i64 {
    let new = NewRun {
        scheme: "yanxi".into(),
        period: month(),
        purpose: RunPurpose::Regular,
        again: None,
        reason: String::new(),
    };
    start_run(desk, session, &new, at(LATER)).expect("reckoned").run
}

fn story(desk: &Desk) {
    load_county(desk);
    let (kaohe, diaodu) = (as_account(desk, "kaohe"), as_account(desk, "diaodu"));
    let liqiao = as_account(desk, "liqiao");
    let due = view_due(desk, &kaohe, ("yanxi", month())).expect("due");
    assert!(due.due.iter().all(|one| one.have.is_empty() && one.lack.len() == 13));
    // A workbook with a mistake is refused whole, by its cell.
    let bad = workbook(desk, Some(("鲤桥镇", "ramp", "七成")));
    let refused = deliver_figures(
        desk,
        &kaohe,
        ("yanxi", month(), false),
        ("坏.csv", bad.as_bytes(), ""),
        now(),
    );
    let Err(OpsError::Problems(problems)) = refused else { panic!("{refused:?}") };
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].key, "assess-delivery-number");
    assert_eq!((problems[0].file.as_str(), problems[0].cell.is_empty()), ("坏.csv", false));
    let text = workbook(desk, None);
    assert_eq!(deliver(desk, &kaohe, &text).expect("taken in"), [273, 0, 0]);
    assert_eq!(deliver(desk, &kaohe, &text).expect("again"), [0, 0, 273], "nothing twice");
    let due = view_due(desk, &kaohe, ("yanxi", month())).expect("due");
    assert!(due.due.iter().all(|one| one.lack.is_empty()));

    let run = reckon(desk, &kaohe);
    let query = RunQuery { run: Some(run) };
    assert!(matches!(open_run(desk, &liqiao, &query), Err(OpsError::NotFound { .. })), "a draft");
    let page = open_run(desk, &kaohe, &query).expect("opened");
    assert!(page.opened.is_same && page.row.state == RunState::Draft);
    let own = step_run(desk, &kaohe, (run, Step::Review, ""), at(LATER));
    assert_eq!(keys(own), ["assess-review-own"]);
    let early = step_run(desk, &kaohe, (run, Step::Publish, ""), at(LATER));
    assert_eq!(keys(early), ["assess-run-state"]);
    step_run(desk, &diaodu, (run, Step::Review, ""), at(LATER)).expect("reviewed");
    step_run(desk, &kaohe, (run, Step::Publish, ""), at(LATER)).expect("published");
    objections(desk, (&kaohe, &diaodu, &liqiao), run);
    fixed_scheme(desk, &kaohe);
    let rebuilt = snapshot_from_tables(&desk.store).expect("loaded");
    assert!(rebuilt.records == desk.snapshot().expect("a snapshot").records);
}

fn objections(desk: &Desk, (kaohe, diaodu, liqiao): (&Session, &Session, &Session), run: i64) {
    let page = open_run(desk, liqiao, &RunQuery { run: Some(run) }).expect("published");
    assert_eq!(page.row.objections_until, Some(date(2026, 7, 27)), "five working days");
    let place = liqiao.actor.place.expect("a town");
    let new = |about: &str, claim: &str| NewObjection {
        run,
        place,
        about: about.into(),
        claim: claim.into(),
    };
    let late = file_objection(desk, liqiao, &new("answered", "x"), at(date(2026, 7, 28)));
    assert_eq!(keys(late), ["assess-window-closed"]);
    let unknown = file_objection(desk, liqiao, &new("nothing", "x"), at(LATER));
    assert_eq!(keys(unknown), ["assess-objection-about"]);
    let other = NewObjection { place: place + 1, ..new("answered", "x") };
    let other = file_objection(desk, liqiao, &other, at(LATER));
    assert!(matches!(other, Err(OpsError::NotPermitted { .. })), "not for a neighbour");
    file_objection(desk, liqiao, &new("answered", "第17件已按期办结"), at(LATER)).expect("filed");
    let finish = step_run(desk, kaohe, (run, Step::Finish, ""), at(LATER));
    assert_eq!(keys(finish), ["assess-objections-open", "assess-window-open"]);
    // The department mends its figure, the objection is upheld, and the run reckoned again.
    let mended = workbook(desk, Some(("鲤桥镇", "demands_kept", "18")));
    assert_eq!(deliver(desk, kaohe, &mended).expect("mended"), [0, 1, 272]);
    let snapshot = desk.snapshot().expect("a snapshot");
    let series = snapshot.records.objections_to(run).next().expect("the objection").row.series;
    let upheld = (series, ObjectionState::Upheld, "属实，已改");
    let (_, started) = answer_objection(desk, kaohe, upheld, at(LATER)).expect("answered");
    let again = started.expect("a new run").run;
    let twice = answer_objection(desk, kaohe, upheld, at(LATER));
    assert_eq!(keys(twice), ["assess-objection-answered"]);
    step_run(desk, diaodu, (again, Step::Review, ""), at(LATER)).expect("reviewed");
    step_run(desk, kaohe, (again, Step::Publish, ""), at(LATER)).expect("published");
    step_run(desk, kaohe, (again, Step::Finish, ""), at(date(2026, 7, 28))).expect("final");
    let old = open_run(desk, kaohe, &RunQuery { run: Some(run) }).expect("still there");
    let new = open_run(desk, kaohe, &RunQuery { run: Some(again) }).expect("the new one");
    assert_eq!((old.row.state, new.row.state), (RunState::Withdrawn, RunState::Final));
    let score = |page: &tici_ops::assess::RunPage| {
        page.opened.run.unit("999021107").and_then(|unit| unit.published.clone()).expect("a score")
    };
    assert!(score(&new) > score(&old), "one more answered in time");
    assert!(old.opened.is_same && replay_run(desk, kaohe, run).expect("replayed"));
    let of = ("demands_kept", place, month());
    let trace = trace_indicator(desk, kaohe, of).expect("a history");
    assert_eq!(trace.rows.len(), 2);
    let (row, entry) = &trace.rows[0];
    assert_eq!((row.value.as_deref(), row.reason.as_deref()), (Some("18"), Some("部门更正")));
    assert_eq!(entry.source.as_ref().map(|source| source.file.as_str()), Some("三月.csv"));
}

/// What a published run stands on is not changed; another version is.
fn fixed_scheme(desk: &Desk, kaohe: &Session) {
    let text = PRESETS[0].1;
    let adopt = |text: String| {
        let new = NewScheme {
            file: "ours.toml".into(),
            text,
            from: date(2026, 1, 1),
            reason: "x".into(),
            approver: String::new(),
        };
        adopt_scheme(desk, kaohe, &new, now())
    };
    assert_eq!(adopt(text.to_owned()).expect("the same").entries, [0; 0]);
    let refused = adopt(text.replace("cap = 1", "cap = 1.2"));
    let Err(OpsError::Problems(problems)) = refused else { panic!("{refused:?}") };
    let at: Vec<(&str, &str)> =
        problems.iter().map(|p: &Problem| (p.key.as_str(), p.cell.as_str())).collect();
    assert_eq!(at, [("assess-scheme-published", "4:1")]);
    assert_eq!(keys(adopt(text.replace("weight = 12", "weight = 13"))), ["assess-weights-sum"; 2]);
    let next = text.replace("\"2026-2\"", "\"2026-3\"").replace("cap = 1", "cap = 1.2");
    assert_eq!(adopt(next).expect("a new version").entries.len(), 1);
}

#[test]
fn from_delivered_figures_to_a_final_run() {
    on_both(story);
}

#[test]
fn a_run_is_the_same_on_any_number_of_threads() {
    let desk = county();
    let kaohe = as_account(&desk, "kaohe");
    let run = open_run(&desk, &kaohe, &RunQuery::default()).expect("the newest").row.series;
    let file = |which| open_run_file(&desk, &kaohe, (run, which)).expect("kept").1;
    let scheme = String::from_utf8(file(RunFile::Scheme)).expect("text");
    let rules = Scheme::parse(&scheme, "x").0;
    let frozen: Frozen = serde_json::from_slice(&file(RunFile::Inputs)).expect("inputs");
    let frozen = Frozen { replications: 300, ..frozen };
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let (run, _) = replay(&rules, &frozen);
            let run = run.expect("a run");
            let spreads = spreads(&rules, &frozen, &run);
            (serde_json::to_vec(&run).expect("JSON"), format!("{spreads:?}"))
        })
    };
    let (one, four) = (on(1), on(4));
    assert_eq!(one, four);
    let mut line = one.0;
    line.push(b'\n');
    assert_eq!(line, file(RunFile::Result), "what was frozen");
}

#[test]
fn the_way_up_is_the_smallest_set_that_does_it() {
    let desk = county();
    let kaohe = as_account(&desk, "kaohe");
    let page = open_run(&desk, &kaohe, &RunQuery::default()).expect("May");
    let unit = page.opened.run.units.iter().position(|unit| unit.name == "鲤桥镇").expect("it");
    let view = view_lift(&desk, &kaohe, (&page, unit), None, TODAY).expect("looked");
    let lift = view.lift.expect("a way");
    let grade = page.opened.run.units[unit].grade;
    assert!(view.things.iter().any(|t| matches!(t.what, OpenWhat::Start { .. })));
    assert!(view.things.iter().any(|t| matches!(t.what, OpenWhat::Close { .. })));
    let size = lift.sets.first().expect("some set does it").things.len();
    assert!(lift.sets.iter().all(|set| set.things.len() == size && set.grade < grade));
    // No single thing reaches the grade where two are needed.
    let gap = tici_engine::assess::score::Number::parse("1.2").expect("a number");
    assert_eq!(size == 1, lift.alone.iter().any(|points| *points >= gap));
}
