//! A request under a key is done once, on both databases, and after a crash it is known
//! whether it was done.

use jiff::SignedDuration;
use tici_ops::keep_tasks::{NewTask, open_task};
use tici_ops::kept_answers::{Attempt, Begun, answered, begin, refused};
use tici_ops::{Desk, OpsError, Session};
use tici_testkit::TODAY;

use crate::desks::{as_account, load_county, now, on_both};

fn fresh(desk: &Desk, session: &Session, key: &str, minutes: i64) -> Attempt {
    let at = now() + SignedDuration::from_mins(minutes);
    match begin(desk, session, key, "asked", at).expect("begun") {
        Begun::Fresh(attempt) => attempt,
        other => panic!("{key}: {other:?}"),
    }
}

fn known(desk: &Desk, session: &Session, key: &str, asked: &str, minutes: i64) -> Begun {
    begin(desk, session, key, asked, now() + SignedDuration::from_mins(minutes)).expect("begun")
}

fn write(desk: &Desk, session: &Session) -> Result<Vec<i64>, OpsError> {
    let task = NewTask { title: "量地".into(), ..NewTask::default() };
    open_task(desk, session, &task, now(), TODAY).map(|(written, _)| written.entries)
}

#[test]
fn a_key_is_good_for_one_request() {
    on_both(|desk| {
        load_county(desk);
        let session = as_account(desk, "diaodu");
        let attempt = fresh(desk, &session, "a", 0);
        assert_eq!(known(desk, &session, "a", "asked", 0), Begun::Running);
        assert_eq!(known(desk, &session, "a", "other", 0), Begun::Other);
        answered(desk, &attempt, (200, "text/plain", b"done")).expect("kept");
        let kept = Begun::Answered(200, "text/plain".into(), b"done".to_vec());
        assert_eq!(known(desk, &session, "a", "asked", 1), kept);
        // The key of another account is another key; after a day it is free again.
        fresh(desk, &as_account(desk, "shenji"), "a", 0);
        fresh(desk, &session, "a", 25 * 60);
        let attempt = fresh(desk, &session, "b", 0);
        refused(desk, &attempt).expect("freed");
        fresh(desk, &session, "b", 0);
    });
}

#[test]
fn a_lost_answer_is_not_a_lost_write() {
    on_both(|desk| {
        load_county(desk);
        let session = as_account(desk, "diaodu");
        let attempt = fresh(desk, &session, "a", 0);
        let entries = write(&desk.attempting(attempt), &session).expect("written");
        assert_eq!(known(desk, &session, "a", "asked", 1), Begun::Running);
        let told = serde_json::to_string(&entries).expect("numbers");
        assert_eq!(known(desk, &session, "a", "asked", 10), Begun::Written(told));
        // One that wrote nothing is taken over, and can write no more.
        let slow = fresh(desk, &session, "b", 0);
        fresh(desk, &session, "b", 10);
        let late = write(&desk.attempting(slow), &session);
        assert!(matches!(late, Err(OpsError::Conflict)), "{late:?}");
    });
}
