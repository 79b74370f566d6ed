//! Signing in and keeping accounts.

use jiff::SignedDuration;
use tici_domain::{Actor, Name, Role};
use tici_ops::OpsError;
use tici_ops::accounts::{
    SESSION_HOURS, put_account, session_of, set_password, set_up, sign_in, sign_in_sample, sign_out,
};

use crate::desks::{county, now, on_both};
use tici_ops::Session;

fn wanted(login: &str, role: Role) -> Actor {
    Actor { id: 0, login: login.into(), title: Name::new(login), role, place: None, active: true }
}

#[test]
fn an_account_signs_in_acts_and_is_closed() {
    on_both(|desk| {
        let admin = set_up(desk, wanted("admin", Role::Administrator), None, now()).expect("made");
        let second = set_up(desk, wanted("again", Role::Administrator), None, now());
        assert!(matches!(second, Err(OpsError::Conflict)), "only once");
        let session = Session::local(admin);
        let office = put_account(desk, &session, wanted("office", Role::ProjectOffice), now());
        let office = office.expect("made");
        let set = |password| set_password(desk, &session, office.id, (None, password), now());
        assert!(matches!(set("short"), Err(OpsError::Problems(_))));
        set("a long enough one").expect("set");

        let refused = sign_in(desk, "office", "another one", now());
        assert!(matches!(refused, Err(OpsError::SignInRefused)));
        let unknown = sign_in(desk, "nobody", "a long enough one", now());
        assert!(matches!(unknown, Err(OpsError::SignInRefused)));
        let signed = sign_in(desk, "office", "a long enough one", now()).expect("signed in");
        let found = session_of(desk, &signed.token, now()).expect("read");
        assert_eq!(found.as_ref().map(|s| s.actor.login.as_str()), Some("office"));
        let later = now() + SignedDuration::from_hours(SESSION_HOURS);
        assert!(session_of(desk, &signed.token, later).expect("read").is_none(), "expired");

        let closed = Actor { active: false, ..wanted("office", Role::ProjectOffice) };
        put_account(desk, &session, closed, now()).expect("closed");
        assert!(session_of(desk, &signed.token, now()).expect("read").is_none(), "closed");
        sign_out(desk, &signed.token).expect("signed out");

        let last = Actor { active: false, ..wanted("admin", Role::Administrator) };
        let refused = put_account(desk, &session, last, now());
        assert!(matches!(refused, Err(OpsError::Problems(_))), "the last administrator stays");
    });
}

#[test]
fn one_click_sign_in_is_for_samples_only() {
    let desk = county();
    assert!(sign_in_sample(&desk, "diaodu", now()).is_ok());
    assert!(sign_in_sample(&desk, "nobody", now()).is_err());
    on_both(|desk| {
        set_up(desk, wanted("admin", Role::Administrator), None, now()).expect("made");
        let refused = sign_in_sample(desk, "admin", now());
        assert!(matches!(refused, Err(OpsError::SignInRefused)));
    });
}
