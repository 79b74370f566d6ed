//! A stage claim, its evidence and its verdict.

use tici_domain::Stage;
use tici_domain::change::Verdict;
use tici_ops::OpsError;
use tici_ops::claim_stage::{EvidenceFile, NewClaim, claim_stage};
use tici_ops::judge_claim::judge_claim;
use tici_ops::view_project::project_by_code;
use tici_testkit::TODAY;

use crate::desks::{as_account, load_county, now, on_both};

fn keys(error: OpsError) -> Vec<String> {
    match error {
        OpsError::Problems(problems) => problems.into_iter().map(|p| p.key).collect(),
        other => panic!("problems were expected, not {other}"),
    }
}

#[test]
fn a_claim_needs_evidence_and_another_persons_verdict() {
    on_both(|desk| {
        load_county(desk);
        let office = as_account(desk, "diaodu");
        let reviewer = as_account(desk, "shenhe");
        let project = project_by_code(desk, &office, "YX26-016").expect("a project");
        let photo = EvidenceFile {
            kind: "photo".into(),
            file: "site.png".into(),
            media_type: "image/png".into(),
            bytes: b"sample".to_vec(),
        };
        let claim = |evidence: Vec<EvidenceFile>, on| NewClaim {
            project,
            stage: Stage::Started,
            on,
            note: None,
            evidence,
        };
        let try_claim = |claim: &NewClaim| claim_stage(desk, &office, claim, now(), TODAY);
        let bare = try_claim(&claim(vec![], TODAY)).expect_err("no evidence");
        assert_eq!(keys(bare), ["claim-needs-evidence"]);
        let tomorrow = TODAY.tomorrow().expect("a day");
        let early = try_claim(&claim(vec![photo.clone()], tomorrow)).expect_err("in future");
        assert_eq!(keys(early), ["claim-in-future"]);
        let written = try_claim(&claim(vec![photo], TODAY)).expect("claimed");
        assert_eq!(written.entries.len(), 2, "the file, then the claim");
        let entry = written.snapshot.projects.get(project).expect("a project");
        let id = entry.claim(Stage::Started).expect("a claim").claim.id;

        let judge =
            |session, verdict, reason| judge_claim(desk, session, id, verdict, reason, now());
        let own = judge(&office, Verdict::Verified, None).expect_err("own claim");
        assert_eq!(keys(own), ["verdict-on-own-claim"]);
        let silent = judge(&reviewer, Verdict::Rejected, Some(" ")).expect_err("no reason");
        assert_eq!(keys(silent), ["verdict-needs-reason"]);
        let nothing = judge(&reviewer, Verdict::Reversed, Some("x")).expect_err("not verified");
        assert_eq!(keys(nothing), ["verdict-reverses-nothing"]);
        let written = judge(&reviewer, Verdict::Verified, None).expect("verified");
        let entry = written.snapshot.projects.get(project).expect("a project");
        assert!(entry.claim(Stage::Started).is_some_and(|state| state.is_verified()));
        judge(&reviewer, Verdict::Reversed, Some("no permanent works")).expect("reversed");
    });
}
