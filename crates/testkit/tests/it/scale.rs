//! Copies are projects of their own, in one journal with the base county's.

use std::collections::BTreeSet;

use tici_domain::{Change, Measure};
use tici_testkit::{CountySpec, operations};

#[test]
fn copies_have_codes_names_and_months_of_their_own() {
    let spec = CountySpec { scale: 3, ..CountySpec::default() };
    let (mut codes, mut firms) = (BTreeSet::new(), BTreeSet::new());
    let (mut last, mut figures, mut max) = (None, 0, 0);
    let mut returned = BTreeSet::new();
    for operation in operations(&spec) {
        assert!(last <= Some(operation.at));
        last = Some(operation.at);
        for change in operation.changes {
            match change {
                Change::Project(row) => {
                    codes.insert(row.code);
                }
                Change::Enterprise(row) => {
                    assert!(firms.insert(row.code.expect("a code")));
                }
                Change::Figure(row) => {
                    figures += 1;
                    assert_eq!(row.id, figures);
                    if operation.source.is_none() && row.measure == Measure::PROGRESS_PERCENT {
                        returned.insert(row.period);
                    }
                }
                Change::StageClaim(row) => max = max.max(row.id),
                Change::StageVerdict(row) => assert!(row.claim <= max),
                _ => {}
            }
        }
    }
    assert_eq!(codes.len(), 3 * 148 + 2);
    assert_eq!(returned.len(), 36);
    assert!(figures > 2 * 148 * 36 * 3);
}
