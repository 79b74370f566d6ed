//! The assessment: the scheme the county goes by, what its departments delivered in workbooks
//! of their own, and three runs: the first quarter, final; April, published and closed; May,
//! reviewed and not yet published.

use std::sync::Arc;

use jiff::civil::{Date, date};
use tici_domain::change::Attachment;
use tici_domain::{
    AssessedEvent, Basis, Change, IndicatorFigure, Objection, ObjectionState, Period, RunPurpose,
    RunState, Scheme, ScoreRun, Table,
};
use tici_engine::assess::run::draw::draw;
use tici_engine::assess::run::frozen::{FrozenBefore, replay};
use tici_engine::assess::scheme::{FigureFrom, PRESETS, Scheme as Rules};
use tici_engine::counting::cohort::CohortOn;
use tici_engine::rule::StageStatus;
use tici_engine::{FactsTable, Lens, Snapshot};

use super::journal::{blob, moment, source};
use super::people::{ASSESSOR, DISPATCHER, reporter};
use super::places::{COUNTY_ID, town_name};
use super::plot::rows;
use super::world::World;

const SCHEME: &str = "yanxi";
const TOWNS: usize = 13;
/// Place of Liqiao among the towns.
const LIQIAO: usize = 9;

/// One run of the sample: its period, the month it counts on, and the days of its steps.
struct Told {
    period: &'static str,
    month: &'static str,
    purpose: RunPurpose,
    delivered: Date,
    reckoned: Date,
    reviewed: Date,
    published: Option<(Date, Date)>,
    closed: Option<Date>,
}

const TOLD: [Told; 3] = [
    Told {
        period: "2026-Q1",
        month: "2026-03",
        purpose: RunPurpose::Regular,
        delivered: date(2026, 4, 13),
        reckoned: date(2026, 4, 16),
        reviewed: date(2026, 4, 17),
        published: Some((date(2026, 4, 20), date(2026, 4, 27))),
        closed: Some(date(2026, 4, 28)),
    },
    Told {
        period: "2026-04",
        month: "2026-04",
        purpose: RunPurpose::Monitoring,
        delivered: date(2026, 5, 11),
        reckoned: date(2026, 5, 13),
        reviewed: date(2026, 5, 14),
        published: Some((date(2026, 5, 15), date(2026, 5, 22))),
        closed: Some(date(2026, 5, 25)),
    },
    Told {
        period: "2026-05",
        month: "2026-05",
        purpose: RunPurpose::Monitoring,
        delivered: date(2026, 6, 11),
        reckoned: date(2026, 6, 15),
        reviewed: date(2026, 6, 16),
        published: None,
        closed: None,
    },
];

/// Adds the assessment to the journal.
pub(crate) fn assessed(world: &mut World) {
    let (_, text) = PRESETS.iter().find(|(name, _)| *name == SCHEME).expect("it is a preset");
    let rules = Rules::parse(text, SCHEME).0;
    adopt(world, &rules, text);
    for told in &TOLD {
        deliver(world, &rules, told);
    }
    honour(world);
    let mut snapshots = Snapshots::new(world);
    let mut before = None;
    for told in &TOLD {
        before = Some(reckon(world, (&rules, text), told, (&mut snapshots, before)));
    }
}

fn adopt(world: &mut World, rules: &Rules, text: &str) {
    let row = Scheme {
        id: world.journal.id(Table::Scheme),
        key: rules.key.clone(),
        version: rules.version.clone(),
        from: date(2026, 1, 1),
        text: text.to_owned(),
        reason: Some("按2026年工作要点修订权重".to_owned()),
        approver: Some("县考核委员会".to_owned()),
        replaces: None,
    };
    let at = moment(date(2026, 3, 5), 10, 0);
    world.journal.push(at, ASSESSOR, "adopt_scheme", vec![Change::Scheme(row)]);
}

/// One workbook of each department, as it was sent.
fn deliver(world: &mut World, rules: &Rules, told: &Told) {
    let table: Vec<Vec<&str>> = rows(include_str!("../../data/indicators.tsv")).collect();
    let (header, lines) = table.split_first().expect("the file has a header");
    let of_period: Vec<&Vec<&str>> = lines.iter().filter(|row| row[0] == told.period).collect();
    let mut departments: Vec<&str> = Vec::new();
    for figure in &rules.figures {
        if let FigureFrom::Department { name, .. } = &figure.from
            && !departments.contains(&name.as_str())
        {
            departments.push(name);
        }
    }
    let period = Period::parse(told.period).expect("periods of the story are periods");
    for (nth, department) in departments.iter().enumerate() {
        let own: Vec<_> = (rules.figures.iter())
            .filter(
                |f| matches!(&f.from, FigureFrom::Department { name, .. } if name == department),
            )
            .collect();
        let column = |key: &str| header.iter().position(|known| *known == key);
        let column = |key: &str| column(key).expect("every figure has its column");
        let mut book = super::book::undated_workbook();
        let sheet = book.add_worksheet();
        let named = sheet.set_name("指标").is_ok();
        debug_assert!(named);
        let mut changes = Vec::new();
        let write = |sheet: &mut rust_xlsxwriter::Worksheet, row: u32, at: u16, text: &str| {
            let written = match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, at, number).is_ok(),
                Err(_) => sheet.write_string(row, at, text).is_ok(),
            };
            debug_assert!(written);
        };
        write(sheet, 0, 0, &format!("{department}{}指标", told.period));
        write(sheet, 2, 0, "单位");
        for (at, figure) in own.iter().enumerate() {
            let title = format!("{}/{}", figure.name.text, figure.unit);
            write(sheet, 2, at as u16 + 1, &title);
        }
        for (line, row) in of_period.iter().enumerate() {
            write(sheet, line as u32 + 3, 0, row[1]);
            let town = (1..=TOWNS).find(|town| town_name(*town) == row[1]);
            for (at, figure) in own.iter().enumerate() {
                let text = row[column(&figure.key)];
                write(sheet, line as u32 + 3, at as u16 + 1, text);
                changes.push(Change::IndicatorFigure(IndicatorFigure {
                    id: world.journal.id(Table::IndicatorFigure),
                    key: figure.key.clone(),
                    place: COUNTY_ID + town.expect("towns of the file are the county's") as i64,
                    period,
                    value: Some(text.to_owned()),
                    raw: None,
                    sheet: Some("指标".to_owned()),
                    cell: Some(format!("{}{}", char::from(b'B' + at as u8), line + 4)),
                    reason: None,
                    replaces: None,
                }));
            }
        }
        let bytes = book.save_to_buffer().expect("a small workbook in memory");
        let kept = blob(bytes);
        let source = source(&format!("{department}_{}.xlsx", told.period), &kept);
        let at = moment(told.delivered, 9, 10 + nth as i8);
        world.journal.push_with(at, ASSESSOR, "deliver_figures", changes, vec![kept], Some(source));
    }
}

/// The one event of May that adds points would change the ranking of the picture: it is in
/// the quarter's.
fn honour(world: &mut World) {
    let id = world.journal.id(Table::AssessedEvent);
    let row = AssessedEvent {
        id,
        series: id,
        scheme: SCHEME.to_owned(),
        period: Period::parse("2026-Q1").expect("a period"),
        place: COUNTY_ID + 5,
        item: "honour".to_owned(),
        matter: "企业服务做法获市级通报表扬".to_owned(),
        points: Some("0.5".to_owned()),
        document: "示政办通〔2026〕12号".to_owned(),
        evidence: Vec::new(),
        withdrawn: false,
        replaces: None,
    };
    let at = moment(date(2026, 4, 14), 15, 0);
    world.journal.push(at, ASSESSOR, "put_assessed_event", vec![Change::AssessedEvent(row)]);
}

/// The ledger as it stood at the end of days, one after the other.
struct Snapshots {
    snapshot: Snapshot,
    changes: std::iter::Peekable<std::vec::IntoIter<(jiff::Timestamp, Vec<Change>)>>,
}

impl Snapshots {
    fn new(world: &World) -> Snapshots {
        let operations = world.journal.operations().iter();
        let mut changes: Vec<_> =
            operations.map(|operation| (operation.at, operation.changes.clone())).collect();
        changes.sort_by_key(|(at, _)| *at);
        Snapshots { snapshot: Snapshot::default(), changes: changes.into_iter().peekable() }
    }

    fn at(&mut self, at: jiff::Timestamp) -> &Snapshot {
        while let Some((_, changes)) = self.changes.next_if(|(then, _)| *then < at) {
            let seq = self.snapshot.seq;
            changes.iter().for_each(|change| self.snapshot.apply(seq, change));
            self.snapshot.seq += 1;
        }
        let seq = self.snapshot.seq;
        self.snapshot.finish(seq);
        &self.snapshot
    }
}

fn reckon(
    world: &mut World,
    (rules, text): (&Rules, &str),
    told: &Told,
    (snapshots, before): (&mut Snapshots, Option<FrozenBefore>),
) -> FrozenBefore {
    let at = moment(told.reckoned, 10, 0);
    let snapshot = snapshots.at(at);
    let period = Period::parse(told.period).expect("a period");
    let month = Period::parse(told.month).expect("a month");
    let lens = Lens {
        period: month,
        stock_period: month,
        basis: Basis::Reported,
        today: told.reckoned,
        stage_status: StageStatus::Claimed,
        cohort: CohortOn::default(),
        start_deadline: None,
        lights: Arc::default(),
    };
    let table = FactsTable::new(snapshot, &lens);
    let is_before = |known: &FrozenBefore| known.period == period.previous().to_string();
    let frozen = draw(rules, snapshot, &table, (period, before.filter(is_before)));
    let (run, problems) = replay(rules, &frozen);
    let run = run.unwrap_or_else(|| panic!("the sample's own run: {problems:?}"));
    let line = |json: serde_json::Result<Vec<u8>>| {
        let mut bytes = json.expect("always JSON");
        bytes.push(b'\n');
        bytes
    };
    let files = [
        (format!("{SCHEME}-{}.toml", rules.version), "scheme", text.as_bytes().to_vec()),
        (format!("{SCHEME}-{period}-inputs.json"), "inputs", line(serde_json::to_vec(&frozen))),
        (format!("{SCHEME}-{period}-result.json"), "result", line(serde_json::to_vec(&run))),
    ];
    freeze(world, (rules, told), files);
    FrozenBefore::of_run(&period.to_string(), &run)
}

fn freeze(world: &mut World, (rules, told): (&Rules, &Told), files: [(String, &str, Vec<u8>); 3]) {
    let (mut ids, mut changes, mut blobs) = (Vec::new(), Vec::new(), Vec::new());
    for (file, kind, bytes) in files {
        let (length, kept) = (bytes.len() as i64, blob(bytes));
        let id = world.journal.id(Table::Attachment);
        let media = if kind == "scheme" { "application/toml" } else { "application/json" };
        ids.push(id);
        changes.push(Change::Attachment(Attachment {
            id,
            sha256: kept.0.clone(),
            file,
            bytes: length,
            media_type: media.to_owned(),
            kind: format!("assess_{kind}"),
            taken: None,
            location: None,
        }));
        blobs.push(kept);
    }
    let id = world.journal.id(Table::ScoreRun);
    let draft = ScoreRun {
        id,
        series: id,
        scheme: rules.key.clone(),
        version: rules.version.clone(),
        period: Period::parse(told.period).expect("a period"),
        purpose: told.purpose,
        state: RunState::Draft,
        scheme_file: ids[0],
        inputs_file: ids[1],
        result_file: ids[2],
        drawn_at: 0,
        again: None,
        reason: None,
        published: None,
        objections_until: None,
        replaces: None,
    };
    changes.push(Change::ScoreRun(draft.clone()));
    let at = moment(told.reckoned, 10, 0);
    world.journal.push_with(at, ASSESSOR, "run_assessment", changes, blobs, None);
    let mut steps = vec![("review_run", RunState::Reviewed, told.reviewed, DISPATCHER)];
    steps.extend(told.published.map(|on| ("publish_run", RunState::Published, on.0, ASSESSOR)));
    steps.extend(told.closed.map(|on| ("finish_run", RunState::Final, on, ASSESSOR)));
    let mut row = draft;
    for (op, state, on, actor) in steps {
        row = ScoreRun {
            id: world.journal.id(Table::ScoreRun),
            state,
            replaces: Some(row.id),
            ..row
        };
        if let Some((published, until)) = told.published.filter(|_| state != RunState::Reviewed) {
            (row.published, row.objections_until) = (Some(published), Some(until));
        }
        let changes = vec![Change::ScoreRun(row.clone())];
        world.journal.push(moment(on, 16, 30), actor, op, changes);
        if state == RunState::Published && told.purpose == RunPurpose::Regular {
            object(world, &row);
        }
    }
}

/// Liqiao objected to the quarter, and was answered.
fn object(world: &mut World, run: &ScoreRun) {
    let id = world.journal.id(Table::Objection);
    let filed = Objection {
        id,
        series: id,
        run: run.series,
        place: COUNTY_ID + LIQIAO as i64,
        about: "answered".to_owned(),
        claim: "按期办结 17 件之外，另有 1 件系县级部门会签超期，申请不计入本镇".to_owned(),
        evidence: Vec::new(),
        filed: date(2026, 4, 22),
        state: ObjectionState::Open,
        answer: None,
        answered: None,
        replaces: None,
    };
    let answered = Objection {
        id: world.journal.id(Table::Objection),
        state: ObjectionState::Rejected,
        answer: Some("会签时限已在受理单注明，承办单位为本镇，维持原分".to_owned()),
        answered: Some(date(2026, 4, 24)),
        replaces: Some(id),
        ..filed.clone()
    };
    let by = reporter(LIQIAO);
    let at = moment(date(2026, 4, 22), 11, 20);
    world.journal.push(at, by, "file_objection", vec![Change::Objection(filed)]);
    let at = moment(date(2026, 4, 24), 15, 40);
    world.journal.push(at, ASSESSOR, "answer_objection", vec![Change::Objection(answered)]);
}
