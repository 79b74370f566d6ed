//! Looking back gives what a replay of the journal up to that moment gives, whatever has
//! been written since: a property of the ledger, tried on rows written at random.

use tici_domain::change::{
    Attachment, ListMembership, Milestone, Plan, Project, Setting, StageVerdict, Verdict,
};
use tici_domain::promise::Excuse;
use tici_domain::{
    Actor, Basis, Measure, PairVerdict, Role, RuleSet, SideChange, SideState, Stage,
};
use tici_domain::{
    Change, Figure, FigureKey, Light, ListTier, Name, PackageChange, PairDecision, Subject,
};
use tici_domain::{Table, Value};
use tici_engine::Snapshot;
use tici_engine::snapshot::ProjectEntry;
use tici_ops::Desk;
use tici_ops::import::Ids;
use tici_ops::view_ledger::LedgerQuery;
use tici_ops::view_lights::{LightsQuery, view_lights};
use tici_ops::write::write;
use tici_testkit::TODAY;
use tici_testkit::builders as b;

use crate::desks::{as_account, county, load_county, now, on_both};

/// Entries written at random after the county's own.
const ENTRIES: u64 = 60;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

/// One row of any table: new, or in the place of a current one.
fn row(snapshot: &Snapshot, dice: &mut Dice, ids: &mut Ids) -> Option<Change> {
    let at = dice.below(snapshot.projects.len() as u64) as usize;
    let entry = snapshot.projects.iter().nth(at)?;
    let (project, id) = (entry.project.id, |ids: &mut Ids, table| ids.next(table));
    Some(match dice.below(16) {
        kind @ 0..=6 => register(kind, snapshot, entry, dice, ids)?,
        kind @ 7..=11 => of_project(kind, snapshot, entry, dice, ids)?,
        12 | 13 => figure(snapshot, dice, id(ids, Table::Figure), project),
        14 => record(snapshot, dice, ids, project),
        _ => Change::SideChange(SideChange {
            id: id(ids, Table::SideChange),
            project,
            state: SideState::Suspended,
            on: TODAY,
            reason: "停".into(),
            evidence: Vec::new(),
        }),
    })
}

/// A row of a register: projects, firms, places, accounts, settings, files.
fn register(
    kind: u64,
    snapshot: &Snapshot,
    entry: &ProjectEntry,
    dice: &mut Dice,
    ids: &mut Ids,
) -> Option<Change> {
    let project = entry.project.id;
    Some(match kind {
        0 => {
            let id = ids.next(Table::Project);
            let parent = (dice.below(2) == 0).then_some(project);
            Change::Project(Project { parent, ..b::project(id, &format!("Z{id}")) })
        }
        1 => {
            let name = Name::new(format!("{}·{}", entry.project.code, dice.below(1000)));
            Change::Project(Project { name, ..entry.project.clone() })
        }
        2 => {
            let id = dice.of(&[ids.next(Table::Enterprise), 1, 2]);
            let mut firm = b::enterprise(id, "甲公司");
            firm.is_key = dice.below(2) == 0;
            Change::Enterprise(firm)
        }
        3 => {
            let place = snapshot.places.values().next()?.clone();
            Change::Place(tici_domain::Place { rank: dice.below(50) as i64, ..place })
        }
        4 => {
            let id = dice.of(&[ids.next(Table::Actor), 1]);
            let old = snapshot.actors.get(&id).cloned();
            let new = || b::actor(id, &format!("z{id}"), Role::Reader);
            Change::Actor(Actor { active: dice.below(2) == 0, ..old.unwrap_or_else(new) })
        }
        5 => Change::Setting(Setting {
            key: dice.of(&["deadline.start", "return.due_day", "note.a_b", "note.\"q\""]).into(),
            value: format!("2026-07-{:02}", 1 + dice.below(28)),
        }),
        _ => Change::Attachment(Attachment {
            id: ids.next(Table::Attachment),
            sha256: format!("{:064x}", dice.below(1 << 40)),
            file: "见证.jpg".into(),
            bytes: 3,
            media_type: "image/jpeg".into(),
            kind: "photo".into(),
            taken: None,
            location: None,
        }),
    })
}

/// A row that hangs on a project: claims, verdicts, milestones, lists, plans.
fn of_project(
    kind: u64,
    snapshot: &Snapshot,
    entry: &ProjectEntry,
    dice: &mut Dice,
    ids: &mut Ids,
) -> Option<Change> {
    let project = entry.project.id;
    Some(match kind {
        7 => {
            let stage = dice.of(&Stage::STAIRS);
            let claim = b::claim(ids.next(Table::StageClaim), project, stage, "2026-06-01");
            let replaces = entry.claim(stage).map(|state| state.claim.id);
            Change::StageClaim(tici_domain::change::StageClaim { replaces, ..claim })
        }
        8 => Change::StageVerdict(StageVerdict {
            id: ids.next(Table::StageVerdict),
            claim: entry.claims.first()?.claim.id,
            verdict: dice.of(&[Verdict::Verified, Verdict::Rejected, Verdict::Reversed]),
            reason: None,
        }),
        9 => {
            let key = dice.of(&["started", "roof"]);
            Change::Milestone(Milestone {
                id: ids.next(Table::Milestone),
                project,
                key: key.into(),
                name: Name::new("节点"),
                planned_from: None,
                planned: Some(b::day("2026-09-01")),
                actual_from: None,
                actual: None,
                expected: None,
                reason: None,
                replaces: entry.milestone(key).map(|row| row.id),
            })
        }
        10 => {
            let (tier, year) = (dice.of(&[ListTier::City, ListTier::County]), 2026);
            let old = entry.lists.iter().find(|(row, _)| row.tier == tier && row.year == year);
            Change::ListMembership(ListMembership {
                id: ids.next(Table::ListMembership),
                project,
                tier,
                year,
                version: 1 + dice.below(4) as i64,
                from: b::day("2026-01-01"),
                until: None,
                reason: None,
                replaces: old.map(|(row, _)| row.id),
            })
        }
        _ => {
            let period = dice.of(&[b::period("2026"), b::period("2026-07"), b::period("2027")]);
            let old = snapshot.plan(project, period);
            let version = old.map_or(1, |_| snapshot.plan_version(project, period) + 1);
            let amount = dice.below(1 << 30) as i64;
            let plan = b::plan(ids.next(Table::Plan), project, "2026", amount);
            Change::Plan(Plan { period, version, replaces: old.map(|cell| cell.id), ..plan })
        }
    })
}

/// A figure of a project, its place or its firm, with a number or words.
fn figure(snapshot: &Snapshot, dice: &mut Dice, id: i64, project: i64) -> Change {
    let subjects = [Subject::Project(project), Subject::Enterprise(1), Subject::Place(2)];
    let measures = [Measure::INVEST_MONTH, Measure::INVEST_YTD, Measure::ISSUE_TEXT];
    let (subject, measure) = (dice.of(&subjects), dice.of(&measures));
    let periods = ["2019-11", "2026-05", "2026-06", "2027-02"].map(b::period);
    let (period, basis) = (dice.of(&periods), dice.of(&[Basis::Reported, Basis::Verified]));
    let value = match measure {
        Measure::ISSUE_TEXT => Value::Text(format!("用地{}", dice.below(9))),
        _ => Value::Int(dice.below(1 << 40) as i64),
    };
    let old = snapshot.figure(&FigureKey { subject, measure, period, basis });
    let replaces = old.map(|cell| cell.id);
    let figure = b::figure(id, project, measure, "2026-05", 0);
    Change::Figure(Figure { subject, period, basis, value, replaces, ..figure })
}

/// A row of the small records of the month.
fn record(snapshot: &Snapshot, dice: &mut Dice, ids: &mut Ids, project: i64) -> Change {
    let records = &snapshot.records;
    match dice.below(4) {
        0 => Change::PairDecision(PairDecision {
            id: ids.next(Table::PairDecision),
            first: 1,
            second: 2,
            verdict: dice.of(&[PairVerdict::Different, PairVerdict::Phase]),
            reason: "看过".into(),
            replaces: records.pairs.get(&(1, 2)).map(|kept| kept.row.id),
        }),
        1 => Change::Excuse(Excuse {
            id: ids.next(Table::Excuse),
            project,
            rule: "*".into(),
            from: TODAY,
            until: TODAY,
            reason: "汛期".into(),
            approver: "主任".into(),
            evidence: Vec::new(),
            withdrawn: dice.below(2) == 0,
            replaces: records.excuses.get(&(project, "*".into())).map(|kept| kept.row.id),
        }),
        2 => Change::PackageChange(PackageChange {
            id: ids.next(Table::PackageChange),
            project,
            parent: (dice.below(2) == 0).then_some(1),
            share: None,
            reason: "分期".into(),
        }),
        _ => {
            let from = dice.of(&[b::day("2026-01-01"), b::day("2026-06-01")]);
            let old = records.rule_sets.get(&("board".to_owned(), from));
            Change::RuleSet(RuleSet {
                id: ids.next(Table::RuleSet),
                kind: "board".into(),
                name: format!("第{}版", dice.below(99)),
                version: 1,
                from,
                text: String::new(),
                reason: None,
                approver: None,
                replaces: old.map(|kept| kept.row.id),
            })
        }
    }
}

/// Every moment looked back to is the one that a replay comes by. Moments are asked for in
/// the order of the journal, all of its last entries and some of those before.
pub fn looks_back_as_replayed(desk: &Desk) {
    let head = desk.store.head().expect("a head");
    let mut replayed = Snapshot::default();
    for seq in 0..head {
        if seq % 211 == 0 || head - seq <= ENTRIES as i64 {
            let then = desk.snapshot_as_of(seq).expect("an earlier moment");
            assert_eq!(then.seq, replayed.seq);
            let differs = difference(&then, &replayed);
            assert!(differs.is_none(), "{} at entry {seq} of {head}", differs.unwrap_or_default());
        }
        let entries = desk.store.entries(seq, seq + 1).expect("an entry");
        for change in &entries[0].changes {
            replayed.apply(seq, change);
        }
        replayed.finish(seq + 1);
    }
}

/// The part in which two snapshots differ.
fn difference(a: &Snapshot, b: &Snapshot) -> Option<&'static str> {
    let parts = [
        ("places", a.places == b.places),
        ("enterprises", a.enterprises == b.enterprises),
        ("actors", a.actors == b.actors),
        ("settings", a.settings == b.settings),
        ("attachments", a.attachments == b.attachments),
        ("projects", a.projects == b.projects),
        ("records", a.records == b.records),
        ("project figures", a.project_figures == b.project_figures),
        ("enterprise figures", a.enterprise_figures == b.enterprise_figures),
        ("place figures", a.place_figures == b.place_figures),
        ("plans or months", a == b),
    ];
    parts.iter().find(|(_, is_same)| !is_same).map(|(name, _)| *name)
}

#[test]
fn a_moment_looked_back_to_is_the_one_a_replay_comes_by() {
    on_both(|desk| {
        load_county(desk);
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        for _ in 0..ENTRIES {
            let rows = 1 + dice.below(4);
            let written = write(desk, 0, "random", now(), |snapshot, ids| {
                let mut after = snapshot.clone();
                let mut changes = Vec::new();
                for _ in 0..rows {
                    // Each row is chosen after the ones before it: one entry may replace its own.
                    if let Some(change) = row(&after, &mut dice, ids) {
                        after = after.advance([(snapshot.seq, &change)], snapshot.seq);
                        changes.push(change);
                    }
                }
                Ok(changes)
            });
            written.expect("rows that fit");
        }
        looks_back_as_replayed(desk);
        let report = desk.store.verify(None).expect("a report");
        assert_eq!(report.first_bad, None, "the list of entries of settings is the journal's");
    });
}

#[test]
fn lights_of_an_earlier_moment_are_those_of_its_snapshot() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let head = desk.store.head().expect("a head");
    let red = |desk: &Desk| {
        let asked = LightsQuery::default();
        let page = view_lights(desk, &office, &LedgerQuery::default(), asked, TODAY);
        page.expect("lights").counts.get(&Light::Red).copied()
    };
    let then = desk.looking_back(head / 2);
    assert_ne!(red(&then), red(&desk), "half a ledger has other lights");
}
