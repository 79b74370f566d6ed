//! Rows of a fictional county, made short.

use jiff::Timestamp;
use jiff::civil::date;
use tici_domain::change::{
    Attachment, Enterprise, ListMembership, Milestone, Plan, Project, Setting, StageClaim,
    StageVerdict, Verdict,
};
use tici_domain::figure::Value;
use tici_domain::place::PlaceKind;
use tici_domain::{
    Actor, Basis, Change, Currency, Figure, ListTier, Measure, Name, Period, Place, PlaceCode,
    Role, SideState, Source, Stage, Subject,
};
use tici_store::{Committed, NewEntry, Store};

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).unwrap()
}

/// Commits one entry.
pub fn write(store: &Store, op: &str, changes: Vec<Change>) -> Committed {
    let mut tx = store.begin().unwrap();
    let seq = tx.next_seq().unwrap();
    tx.commit(entry(seq, op, changes)).unwrap()
}

pub fn entry(seq: i64, op: &str, changes: Vec<Change>) -> NewEntry {
    let source = op.starts_with("import").then(|| Source {
        file: "六月.xlsx".into(),
        sha256: format!("{:064x}", seq),
        bytes: 1234,
    });
    NewEntry { at: at(seq), actor: 1, op: op.into(), source, changes }
}

pub fn project(id: i64) -> Project {
    Project {
        id,
        code: format!("YX26-{id:03}"),
        national_code: None,
        name: Name::of("示例新材料项目", "示例新材料專案", "Sample materials project"),
        parent: None,
        parent_share: None,
        enterprise: Some(1),
        place: Some(1),
        currency: Currency::CNY,
        chain: Some("new_materials".into()),
        industry: Some("C2651".into()),
        sector: None,
        nature: Some(1),
        content: Some(Name::new("年产二十万吨\t示例\\产品\n")),
        build_from: Some(date(2026, 3, 1)),
        build_to: None,
        lead_unit: Some(Name::new("示例局")),
        sponsor: None,
        state: SideState::Active,
        location: Some((104_000_000, 30_500_000)),
        aliases: vec!["旧名 'quoted'".into()],
    }
}

pub fn figure(id: i64, project: i64, month: u8, value: i64) -> Figure {
    Figure {
        id,
        subject: Subject::Project(project),
        measure: Measure::INVEST_YTD,
        period: Period::month(2026, month).unwrap(),
        basis: Basis::Reported,
        value: Value::Int(value),
        raw: Some(value.to_string()),
        sheet: Some("月报".into()),
        cell: Some(format!("E{id}")),
        replaces: None,
        reason: None,
    }
}

pub fn plan(id: i64, project: i64, amount: i64) -> Plan {
    Plan {
        id,
        project,
        period: Period::year(2026),
        amount,
        version: 1,
        reason: None,
        approver: None,
        sheet: None,
        cell: None,
        replaces: None,
    }
}

pub fn milestone(id: i64, project: i64) -> Milestone {
    Milestone {
        id,
        project,
        key: "main_roof".into(),
        name: Name::new("主体封顶"),
        planned_from: None,
        planned: Some(date(2026, 9, 30)),
        actual_from: None,
        actual: None,
        expected: None,
        reason: None,
        replaces: None,
    }
}

pub fn claim(id: i64, project: i64) -> StageClaim {
    StageClaim {
        id,
        project,
        stage: Stage::Started,
        on: date(2026, 3, 18),
        evidence: vec![1],
        note: None,
        sheet: None,
        cell: None,
        replaces: None,
    }
}

fn registers() -> Vec<Change> {
    vec![
        Change::Setting(Setting { key: "ledger.name".into(), value: "示例县".into() }),
        Change::Setting(Setting { key: "ledger-zone".into(), value: "Asia/Shanghai".into() }),
        Change::Place(Place {
            id: 1,
            code: PlaceCode::gbt2260("990101").unwrap(),
            kind: PlaceKind::County,
            name: Name::new("示例县"),
            short: Name::new("示例"),
            parent: None,
            rank: 1,
            valid_from: Some(date(2020, 1, 1)),
            valid_to: None,
            boundary: None,
        }),
        Change::Actor(Actor {
            id: 1,
            login: "office".into(),
            title: Name::new("项目办统计岗"),
            role: Role::ProjectOffice,
            place: Some(1),
            active: true,
        }),
        Change::Enterprise(Enterprise {
            id: 1,
            code: None,
            name: Name::new("示例材料有限公司"),
            short: Name::new("示例材料"),
            place: Some(1),
            chain: None,
            industry: None,
            is_key: true,
        }),
    ]
}

/// What the photograph of the sample ledger holds.
pub const PHOTO: &[u8] = b"\x89PNG a picture of a foundation \x00\xff";

/// A ledger of seven entries that uses every table:
/// 0 registers; 1 projects 1 to 3; 2 lists, plans 1 and 2, a milestone; 3 figures 1 to 3
/// from a file; 4 figure 4 supersedes figure 1, figure 5 is words; 5 a claim with a
/// photograph; 6 the verdict, a changed project and a superseded plan.
pub fn sample(store: &Store) {
    write(store, "set_up", registers());
    write(store, "import_projects", (1..=3).map(|id| Change::Project(project(id))).collect());
    let listed = ListMembership {
        id: 1,
        project: 1,
        tier: ListTier::City,
        year: 2026,
        version: 1,
        from: date(2026, 1, 20),
        until: None,
        reason: None,
        replaces: None,
    };
    let planned = vec![
        Change::ListMembership(listed),
        Change::Plan(plan(1, 1, 300_000_000)),
        Change::Plan(plan(2, 2, 70_000_000)),
        Change::Milestone(milestone(1, 1)),
    ];
    write(store, "plan", planned);
    let month = (1..=3).map(|id| Change::Figure(figure(id, id, 5, 1_000 * id))).collect();
    write(store, "import_return", month);
    let corrected =
        Figure { replaces: Some(1), reason: Some("漏报".into()), ..figure(4, 1, 5, 1_500) };
    let words = Figure {
        measure: Measure::PROGRESS_TEXT,
        value: Value::Text("2026-05-31".into()),
        ..figure(5, 1, 5, 0)
    };
    write(store, "import_return", vec![Change::Figure(corrected), Change::Figure(words)]);
    claim_with_photo(store);
    let verdict = StageVerdict { id: 1, claim: 1, verdict: Verdict::Verified, reason: None };
    let renamed = Project { name: Name::new("示例新材料一期"), ..project(2) };
    let replanned = Plan { replaces: Some(2), version: 2, ..plan(3, 2, 80_000_000) };
    let decided =
        vec![Change::StageVerdict(verdict), Change::Project(renamed), Change::Plan(replanned)];
    write(store, "verify_claim", decided);
}

fn claim_with_photo(store: &Store) {
    let mut tx = store.begin().unwrap();
    let photo = Attachment {
        id: 1,
        sha256: tx.put_blob(PHOTO).unwrap(),
        file: "现场.png".into(),
        bytes: PHOTO.len() as i64,
        media_type: "image/png".into(),
        kind: "photo".into(),
        taken: None,
        location: None,
    };
    let seq = tx.next_seq().unwrap();
    let changes = vec![Change::Attachment(photo), Change::StageClaim(claim(1, 1))];
    tx.commit(entry(seq, "claim_stage", changes)).unwrap();
}

/// Every row of every table, with its entry.
pub fn dump(store: &Store) -> Vec<(i64, Change)> {
    let mut rows = Vec::new();
    for table in tici_domain::Table::ALL {
        store
            .scan(table, tici_store::Scope::All, &mut |entry, change| rows.push((entry, change)))
            .unwrap();
    }
    rows
}
