//! Which stage a project is at, and what is due by now.

use tici_domain::change::Verdict;
use tici_domain::{Change, Period, Stage};
use tici_engine::facts::due_ytd;
use tici_engine::rule::StageStatus;
use tici_engine::{FactsTable, Lens};
use tici_testkit::builders as b;

use crate::ledger::{lens, snapshot};

/// Claims as `(stage, day, verdict)`.
fn stage_of(claims: &[(Stage, &str, Option<Verdict>)], status: StageStatus) -> Option<Stage> {
    let mut changes = vec![Change::Project(b::project(1, "P1"))];
    for (index, (stage, on, verdict)) in claims.iter().enumerate() {
        let id = index as i64 + 1;
        changes.push(Change::StageClaim(b::claim(id, 1, *stage, on)));
        if let Some(verdict) = verdict {
            changes.push(Change::StageVerdict(b::verdict(id, id, *verdict)));
        }
    }
    let lens = Lens { stage_status: status, ..lens() };
    FactsTable::new(&snapshot(&changes), &lens).rows[0].stage
}

#[test]
fn claims_count_by_the_rule() {
    use StageStatus::{Claimed, Verified};
    use Verdict::{Rejected, Reversed, Verified as Yes};
    let signed = (Stage::Signed, "2026-01-05", Some(Yes));
    let cases: &[(&[_], StageStatus, Option<Stage>)] = &[
        (&[], Claimed, None),
        (&[signed], Verified, Some(Stage::Signed)),
        (&[signed, (Stage::Started, "2026-05-01", None)], Claimed, Some(Stage::Started)),
        (&[signed, (Stage::Started, "2026-05-01", None)], Verified, Some(Stage::Signed)),
        (&[signed, (Stage::Started, "2026-05-01", Some(Rejected))], Claimed, Some(Stage::Signed)),
        (&[signed, (Stage::Started, "2026-05-01", Some(Reversed))], Claimed, Some(Stage::Signed)),
        // Registered with the statistics bureau before breaking ground: no step.
        (&[signed, (Stage::StatEntered, "2026-05-01", Some(Yes))], Verified, Some(Stage::Signed)),
        // Claimed for a day that has not come.
        (&[signed, (Stage::Started, "2026-07-01", Some(Yes))], Verified, Some(Stage::Signed)),
    ];
    for (claims, status, expected) in cases {
        assert_eq!(stage_of(claims, *status), *expected, "{claims:?} {status:?}");
    }
}

#[test]
fn due_is_the_monthly_plan_or_the_share_of_time() {
    let month = |m| Period::month(2026, m).expect("a month");
    let annual = snapshot(&[
        Change::Project(b::project(1, "P1")),
        Change::Plan(b::plan(1, 1, "2026", 1_000)),
    ]);
    assert_eq!(due_ytd(&annual, month(5), 1, Some(1_000)), Some(417));
    assert_eq!(due_ytd(&annual, month(12), 1, Some(1_000)), Some(1_000));
    assert_eq!(due_ytd(&annual, month(5), 1, None), None);
    let monthly = snapshot(&[
        Change::Project(b::project(1, "P1")),
        Change::Plan(b::plan(1, 1, "2026", 1_000)),
        Change::Plan(b::plan(2, 1, "2026-01", 30)),
        Change::Plan(b::plan(3, 1, "2026-05", 70)),
        Change::Plan(b::plan(4, 1, "2026-06", 900)),
        Change::Plan(b::plan(5, 1, "2025-05", 5_000)),
    ]);
    assert_eq!(due_ytd(&monthly, month(5), 1, Some(1_000)), Some(100));
}
