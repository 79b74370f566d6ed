//! Stage claims, their evidence and their verdicts; re-checks, stops and restarts.

use jiff::civil::{Date, date};
use tici_domain::change::{Setting, Verdict};
use tici_domain::{Change, Finding, Severity, SideState, Stage, TaskKind, TaskState};
use tici_engine::Snapshot;
use tici_ops::change_state::{NewState, change_state};
use tici_ops::claim_stage::{Claimed, EvidenceFile, NewClaim, claim_stage};
use tici_ops::judge_claim::judge_claim;
use tici_ops::keep_rechecks::{NewFinding, record_finding};
use tici_ops::keep_registers::{Register, keep_registers};
use tici_ops::keep_tasks::{Close, TaskUpdate, update_task};
use tici_ops::view_claims::{ClaimsQuery, ClaimsWhich, view_claims};
use tici_ops::view_journal::view_entry;
use tici_ops::view_project::{project_by_code, view_project};
use tici_ops::{Desk, OpsError, Session};
use tici_testkit::photo::{Says, jpeg};
use tici_testkit::{TODAY, table};

use crate::desks::{as_account, county, load_county, now, on_both};

/// Every problem by its key, errors with a mark.
fn keys(error: &OpsError) -> Vec<String> {
    let OpsError::Problems(problems) = error else {
        panic!("problems were expected, not {error}");
    };
    let mark = |severity| if severity == Severity::Error { "!" } else { "" };
    problems.iter().map(|p| format!("{}{}", mark(p.severity), p.key)).collect()
}

/// A project that has landed and not started, of the county's list.
const LANDED: &str = "YX26-016";

struct Story<'a> {
    desk: &'a Desk,
    office: Session,
    reviewer: Session,
    project: i64,
}

impl<'a> Story<'a> {
    fn of(desk: &'a Desk) -> Story<'a> {
        let office = as_account(desk, "diaodu");
        let project = project_by_code(desk, &office, LANDED).expect("a project");
        Story { desk, reviewer: as_account(desk, "shenhe"), office, project }
    }

    fn snapshot(&self) -> std::sync::Arc<Snapshot> {
        self.desk.snapshot().expect("a snapshot")
    }

    fn place(&self) -> (i64, i64) {
        let snapshot = self.snapshot();
        let entry = snapshot.projects.get(self.project).expect("a project");
        entry.project.location.expect("the county knows where its projects are")
    }

    fn claim(
        &self,
        stage: Stage,
        on: Date,
        evidence: Vec<EvidenceFile>,
    ) -> Result<Claimed, OpsError> {
        let note = Some("更正".to_owned());
        let claim = NewClaim { project: self.project, stage, on, note, evidence };
        claim_stage(self.desk, &self.office, &claim, now(), TODAY)
    }

    fn judge(&self, claim: i64, verdict: Verdict, why: &str) -> Result<(), OpsError> {
        judge_claim(self.desk, &self.reviewer, claim, verdict, Some(why), now(), TODAY).map(drop)
    }

    /// A verified start of a day, with its claim.
    fn started(&self, on: Date) -> i64 {
        let files = vec![photo(1, on, Some(self.place())), paper("permit", "permit")];
        let claim = self.claim(Stage::Started, on, files).expect("claimed").claim;
        self.judge(claim, Verdict::Verified, "").expect("verified");
        claim
    }

    fn rechecks(&self, claim: i64) -> Vec<(i64, Date, TaskState)> {
        let snapshot = self.snapshot();
        let tasks = snapshot.records.tasks.values().map(|kept| &kept.row);
        let tasks =
            tasks.filter(|task| task.kind == TaskKind::Recheck && task.claim == Some(claim));
        tasks.map(|task| (task.series, task.due.expect("a day"), task.state)).collect()
    }
}

fn photo(mark: u64, on: Date, location: Option<(i64, i64)>) -> EvidenceFile {
    let says = Says { taken: Some(on.at(9, 30, 0, 0)), location };
    EvidenceFile {
        kind: "photo".into(),
        file: format!("site-{mark}.jpg"),
        media_type: "application/octet-stream".into(),
        bytes: jpeg(says, 2, mark),
    }
}

fn paper(kind: &str, text: &str) -> EvidenceFile {
    EvidenceFile {
        kind: kind.into(),
        file: format!("{text}.txt"),
        media_type: "text/plain".into(),
        bytes: text.as_bytes().to_vec(),
    }
}

#[test]
fn a_claim_needs_evidence_and_another_persons_verdict() {
    on_both(|desk| {
        load_county(desk);
        let story = Story::of(desk);
        let bare = story.claim(Stage::Started, TODAY, vec![]).expect_err("no evidence");
        assert_eq!(keys(&bare), ["!claim-lacks", "claim-lacks"]);
        let file = photo(1, TODAY, Some(story.place()));
        let written = story.claim(Stage::Started, TODAY, vec![file]).expect("claimed");
        assert_eq!(written.written.entries.len(), 2, "the file, then the claim");
        let warned: Vec<_> = written.warnings.iter().map(|p| p.key.as_str()).collect();
        assert_eq!(warned, ["claim-lacks"], "neither permit nor contract");
        let kept = written.written.snapshot.attachments.values().last().expect("a file");
        assert_eq!(
            (kept.media_type.as_str(), kept.taken.as_deref()),
            ("image/jpeg", Some("2026-06-18T09:30:00"))
        );
        assert_eq!(kept.location, Some(story.place()));

        let own =
            judge_claim(desk, &story.office, written.claim, Verdict::Verified, None, now(), TODAY);
        assert_eq!(keys(&own.expect_err("own claim")), ["!verdict-on-own-claim"]);
        let judge = |verdict, why| story.judge(written.claim, verdict, why);
        let silent = judge(Verdict::Rejected, " ").expect_err("no reason");
        assert_eq!(keys(&silent), ["!verdict-needs-reason"]);
        let nothing = judge(Verdict::Reversed, "x").expect_err("not verified");
        assert_eq!(keys(&nothing), ["!verdict-reverses-nothing"]);
        judge(Verdict::Verified, "").expect("verified");
        let entry = story.snapshot().projects.get(story.project).expect("a project").clone();
        assert!(entry.claim(Stage::Started).is_some_and(|state| state.is_verified()));
        let again = judge(Verdict::Rejected, "x").expect_err("judged already");
        assert_eq!(keys(&again), ["!verdict-already"]);
        judge(Verdict::Reversed, "no permanent works").expect("reversed");
        let late = judge(Verdict::Verified, "").expect_err("reversed already");
        assert_eq!(keys(&late), ["!verdict-already"]);
    });
}

/// Bad input, one row each: what is claimed with which files, and what is said.
const BAD: &str = "
on         | stage         | files                  | said
2026-06-19 | landed        | licence                | !claim-in-future
1026-06-18 | lead          |                        | !claim-long-ago
2020-01-01 | stat_entered  | register photo         | !claim-before-signing photo-too-late
2020-01-01 | landed        | licence                | !claim-before-signing
2020-01-01 | lead          |                        | -
2026-06-18 | signed        | contract               | !claim-after-later
2026-06-10 | started | broken | photo-no-picture claim-lacks photo-without-time
2026-06-10 | started       | old permit             | photo-too-early
2026-06-10 | started       | far permit             | photo-far
2026-06-10 | started       | mute permit            | photo-without-time
2026-06-10 | started       | theirs permit          | !evidence-of-other-project
2026-06-10 | started       | photo what             | !evidence-kind-unknown claim-lacks
2026-06-10 | started       | photo empty            | !evidence-empty
2026-06-10 | started       | cut permit             | photo-without-time
2026-06-10 | started       | photo permit           | -
";

#[test]
fn a_bad_claim_is_told_what_is_wrong() {
    let desk = county();
    let story = Story::of(&desk);
    let theirs = theirs(&story);
    for row in table::parse(BAD).rows() {
        let on = row.some_date("on").expect("a day");
        let stage = Stage::parse(row.text("stage")).expect("a stage");
        let far = (story.place().0 + 200_000, story.place().1);
        let files =
            row.some("files").unwrap_or_default().split_whitespace().map(|file| match file {
                "photo" => photo(7, date(2026, 6, 10), Some(story.place())),
                "old" => photo(8, date(2025, 6, 10), None),
                "far" => photo(9, date(2026, 6, 10), Some(far)),
                "mute" => EvidenceFile { bytes: jpeg(Says::default(), 1, 3), ..photo(1, on, None) },
                "theirs" => theirs.clone(),
                "broken" => EvidenceFile { bytes: b"no picture".to_vec(), ..photo(1, on, None) },
                "cut" => {
                    let whole = photo(9, date(2026, 6, 10), Some(far));
                    EvidenceFile { bytes: whole.bytes[..40].to_vec(), ..whole }
                }
                "empty" => EvidenceFile { bytes: Vec::new(), ..paper("permit", "empty") },
                kind => paper(kind, kind),
            });
        // Each row stands for itself: what was written is turned down again.
        let (mut said, written) = match story.claim(stage, on, files.collect()) {
            Ok(claimed) => {
                let warned = claimed.warnings.iter().map(|p| p.key.clone());
                (warned.collect::<Vec<_>>(), Some(claimed.claim))
            }
            Err(error) => (keys(&error), None),
        };
        if let Some(claim) = written {
            story.judge(claim, Verdict::Rejected, "x").expect("rejected");
        }
        let mut expected: Vec<_> = row.text("said").split_whitespace().map(str::to_owned).collect();
        expected.retain(|key| key != "-");
        said.sort();
        expected.sort();
        assert_eq!(said, expected, "{row:?}");
    }
}

/// A photograph that is evidence of another project.
fn theirs(story: &Story) -> EvidenceFile {
    let other = project_by_code(story.desk, &story.office, "YX26-007").expect("a project");
    let file = photo(77, date(2026, 6, 10), None);
    let (stage, on, note) = (Stage::Started, date(2026, 6, 10), None);
    let claim = NewClaim { project: other, stage, on, note, evidence: vec![file.clone()] };
    claim_stage(story.desk, &story.office, &claim, now(), TODAY).expect("claimed");
    EvidenceFile { file: "renamed.jpg".into(), ..file }
}

#[test]
fn a_verified_claim_is_corrected_with_a_remark_and_waits_again() {
    let desk = county();
    let story = Story::of(&desk);
    let first = story.started(date(2026, 6, 8));
    let (stage, evidence) = (Stage::Started, vec![photo(2, date(2026, 6, 10), None)]);
    let claim = |on, note: Option<&str>| {
        let note = note.map(str::to_owned);
        let evidence = evidence.clone();
        let claim = NewClaim { project: story.project, stage, on, note, evidence };
        claim_stage(&desk, &story.office, &claim, now(), TODAY)
    };
    let same = claim(date(2026, 6, 8), Some("again")).expect_err("the same day");
    assert!(keys(&same).contains(&"!claim-verified-already".to_owned()), "{same:?}");
    let silent = claim(date(2026, 6, 10), None).expect_err("no remark");
    assert!(keys(&silent).contains(&"!claim-correction-needs-note".to_owned()), "{silent:?}");
    let written = claim(date(2026, 6, 10), Some("first concrete on the 10th")).expect("claimed");
    assert!(story.rechecks(first).iter().all(|(_, _, state)| *state == TaskState::Dropped));
    story.judge(written.claim, Verdict::Verified, "").expect("verified");
    let looks = story.rechecks(written.claim);
    let days: Vec<Date> = looks.iter().map(|(_, due, _)| *due).collect();
    assert_eq!(days, [date(2026, 7, 10), date(2026, 8, 9), date(2026, 9, 8)]);
    let page = view_project(&desk, &story.office, story.project, Default::default(), TODAY);
    let scrutiny = page.expect("a page").scrutiny;
    assert!(scrutiny.earlier.iter().any(|(row, _)| row.id == first));
    assert!(scrutiny.judged.iter().any(|(claim, _)| *claim == first));
}

#[test]
fn a_start_is_looked_at_again_and_a_stop_leads_to_a_reversal() {
    on_both(|desk| {
        load_county(desk);
        let story = Story::of(desk);
        // Thirty days have passed already when it is verified.
        let claim = story.started(date(2026, 5, 12));
        let looks = story.rechecks(claim);
        assert_eq!(
            looks.iter().map(|(_, due, _)| *due).collect::<Vec<_>>(),
            [date(2026, 7, 11), date(2026, 8, 10)]
        );
        let (series, ..) = looks[0];
        let close = TaskUpdate { close: Some(Close::Dropped), ..note("not now") };
        let dropped = update_task(desk, &story.office, series, &close, now(), TODAY);
        assert_eq!(keys(&dropped.expect_err("no finding")), ["!recheck-needs-finding"]);

        let find = |session: &Session, finding, on, note: &str| {
            let note = note.to_owned();
            let new = NewFinding { finding, on, note, evidence: vec![photo(5, TODAY, None)] };
            record_finding(desk, session, series, &new, now(), TODAY)
        };
        let own = find(&story.office, Finding::Building, TODAY, "").expect_err("own claim");
        assert_eq!(keys(&own), ["!finding-on-own-claim"]);
        let silent = find(&story.reviewer, Finding::Stopped, TODAY, "").expect_err("no words");
        assert_eq!(keys(&silent), ["!finding-needs-words"]);
        let early = find(&story.reviewer, Finding::Building, date(2026, 5, 12), "");
        assert_eq!(keys(&early.expect_err("the start's own day")), ["!finding-before-start"]);
        find(&story.reviewer, Finding::Stopped, TODAY, "nobody there").expect("recorded");
        let twice = find(&story.reviewer, Finding::Building, TODAY, "").expect_err("closed");
        assert_eq!(keys(&twice), ["!task-closed"]);

        let page = || view_claims(desk, &story.reviewer, &ClaimsQuery::default(), TODAY);
        let stopped = page().expect("the queue").stopped;
        let found = stopped.iter().find(|row| row.view.task.series == series).expect("a stop");
        assert!(found.may_judge && found.evidence.len() == 1);
        story.judge(claim, Verdict::Reversed, "stopped for a month").expect("reversed");
        assert!(page().expect("the queue").stopped.iter().all(|r| r.view.task.series != series));
        let left = story.rechecks(claim);
        assert_eq!(
            left.iter().map(|(.., state)| *state).collect::<Vec<_>>(),
            [TaskState::Kept, TaskState::Dropped]
        );
    });
}

fn note(text: &str) -> TaskUpdate {
    TaskUpdate { note: text.into(), ..TaskUpdate::default() }
}

/// One project's life beside its stages; every row follows the one before.
const STOPS: &str = "
state      | on         | reason  | said
active     | 2026-06-01 | x       | !state-nothing-to-restart
suspended  | 2026-06-01 |         | !state-needs-reason
suspended  | 2026-06-19 | x       | !state-in-future
suspended  | 2019-01-01 | x       | !state-before-signing
suspended  | 2026-06-01 | 资金    | -
suspended  | 2026-06-02 | x       | !state-unchanged
active     | 2026-05-31 | x       | !state-before-last
active     | 2026-06-10 | 到位    | -
terminated | 2026-06-12 | 退出    | -
suspended  | 2026-06-13 | x       | !state-ended
active     | 2026-06-14 | 重谈    | -
withdrawn  | 2026-06-15 | 重复    | -
";

#[test]
fn a_project_is_suspended_restarted_and_ended_with_reasons() {
    on_both(|desk| {
        load_county(desk);
        let story = Story::of(desk);
        let claim = story.started(date(2026, 5, 12));
        for row in table::parse(STOPS).rows() {
            let state = SideState::parse(row.text("state")).expect("a state");
            let new = NewState {
                project: story.project,
                state,
                on: row.some_date("on").expect("a day"),
                reason: row.some("reason").unwrap_or_default().to_owned(),
                evidence: vec![paper("other", &format!("letter {}", row.text("on")))],
            };
            let said = match change_state(desk, &story.office, &new, now(), TODAY) {
                Ok(_) => vec!["-".to_owned()],
                Err(error) => keys(&error),
            };
            assert_eq!(said, [row.text("said")], "{row:?}");
        }
        let page = view_project(desk, &story.office, story.project, Default::default(), TODAY);
        let page = page.expect("a page");
        assert_eq!(page.row.facts.state, SideState::Withdrawn);
        let stops = &page.scrutiny.stops;
        let days: Vec<Date> = stops.iter().map(|stop| stop.change.on).collect();
        assert!(days.is_sorted_by(|a, b| a >= b) && days.len() == 5, "{days:?}");
        assert!(stops.iter().all(|stop| stop.evidence.len() == 1 && stop.by.is_some()));
        assert!(story.rechecks(claim).iter().all(|(.., state)| *state == TaskState::Dropped));
        let late = story.claim(Stage::Completed, TODAY, vec![paper("acceptance", "a")]);
        assert_eq!(keys(&late.expect_err("ended")), ["!claim-of-ended"]);
    });
}

#[test]
fn statistical_entry_may_come_before_the_start_or_after_it() {
    let desk = county();
    let story = Story::of(&desk);
    let entered = |today| {
        let page = view_project(&desk, &story.office, story.project, Default::default(), today);
        page.expect("a page").scrutiny.entered
    };
    assert_eq!((entered(TODAY).started, entered(TODAY).lag_days), (None, None));
    let files = vec![paper("register", "list"), paper("contract", "contract")];
    let claim = story.claim(Stage::StatEntered, date(2026, 6, 1), files).expect("claimed").claim;
    assert_eq!(entered(TODAY).lag_days, None, "there is no start to lag behind");
    story.started(date(2026, 6, 10));
    assert_eq!(entered(TODAY).lag_days, Some(-9), "entered before the start");
    story.judge(claim, Verdict::Rejected, "not on the list").expect("rejected");
    assert_eq!(entered(TODAY).lag_days, Some(8), "eight days without an entry");
}

#[test]
fn the_queue_shows_what_waits_within_the_accounts_places() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let ask = |session: &Session, query: &ClaimsQuery| {
        view_claims(&desk, session, query, TODAY).expect("the queue")
    };
    let all = ask(&office, &ClaimsQuery::default());
    assert!(all.counts[0] > 0 && all.rows.iter().all(|row| row.state.verdict.is_none()));
    assert!(all.rows.is_sorted_by_key(|row| row.state.entry), "the longest wait first");
    let rejected = ClaimsQuery { which: ClaimsWhich::Rejected, ..ClaimsQuery::default() };
    for row in ask(&office, &rejected).rows {
        assert!(row.judged.is_some_and(|judged| judged.reason.is_some()));
    }
    let of_place = ClaimsQuery { place: Some(8), which: ClaimsWhich::All, ..rejected };
    let narrowed = ask(&office, &of_place);
    let reporter = Session::local(tici_domain::Actor {
        place: Some(8),
        role: tici_domain::Role::Reporter,
        ..office.actor.clone()
    });
    let theirs = ask(&reporter, &ClaimsQuery { which: ClaimsWhich::All, ..Default::default() });
    assert_eq!(theirs.found, narrowed.found);
    assert!(theirs.rows.iter().all(|row| !row.may_judge), "a reporter judges nothing");
}

#[test]
fn a_region_asks_for_its_own_evidence() {
    let desk = county();
    let story = Story::of(&desk);
    let text = include_str!("../../../../rules/evidence/strict.toml");
    adopt(&desk, text);
    let files = || vec![photo(1, TODAY, Some(story.place())), paper("contract", "contract")];
    let refused = story.claim(Stage::Started, TODAY, files()).expect_err("stricter");
    assert_eq!(keys(&refused), ["!claim-lacks-files", "!claim-lacks"]);
    let same = [files(), files(), vec![paper("permit", "permit")]].concat();
    let twice = story.claim(Stage::Started, TODAY, same).expect_err("the same photo twice");
    assert_eq!(keys(&twice), ["!claim-lacks-files"]);
    let more = vec![photo(2, TODAY, Some(story.place())), paper("permit", "permit")];
    let claimed = story.claim(Stage::Started, TODAY, [files(), more].concat()).expect("claimed");
    assert_eq!(claimed.warnings, []);
}

fn adopt(desk: &Desk, text: &str) {
    let setting = Setting { key: "rules.evidence".into(), value: text.into() };
    let office = as_account(desk, "diaodu");
    keep_registers(desk, &office, &[Register::Setting(setting)], now()).expect("kept");
}

#[test]
fn the_same_entry_opens_the_looks() {
    let desk = county();
    let story = Story::of(&desk);
    story.started(date(2026, 6, 10));
    let head = story.snapshot().seq;
    let entry = view_entry(&desk, &story.office, head - 1).expect("an entry");
    let tables: Vec<_> = entry.changes.iter().map(Change::table).collect();
    use tici_domain::Table::{StageVerdict, Task};
    assert_eq!(tables, [StageVerdict, Task, Task, Task]);
}

#[test]
fn the_countys_photographs_say_what_the_ledger_keeps() {
    let desk = county();
    let snapshot = desk.snapshot().expect("a snapshot");
    let photos = snapshot.attachments.values().filter(|row| row.media_type == "image/jpeg");
    let mut count = 0;
    for row in photos {
        let bytes = desk.store.blob(&row.sha256).expect("read").expect("kept");
        let says = tici_ops::files::photo::read_photo(&bytes);
        assert_eq!(says.taken.map(|at| at.to_string()), row.taken, "{}", row.file);
        assert_eq!(says.location, row.location, "{}", row.file);
        count += 1;
    }
    assert!(count > 50, "{count} photographs");
    let office = as_account(&desk, "diaodu");
    let page = view_claims(&desk, &office, &ClaimsQuery::default(), TODAY).expect("the queue");
    let doubts = page.rows.iter().flat_map(|row| &row.doubts).map(|p| p.key.as_str());
    let doubts: std::collections::BTreeSet<_> = doubts.collect();
    assert!(doubts.contains("photo-too-early") && doubts.contains("photo-far"), "{doubts:?}");
    assert!(page.rechecks_open > 5, "{} looks", page.rechecks_open);
}
