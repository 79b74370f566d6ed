//! `/calendar/{secret}.ics`

use crate::app::{Client, fresh};

/// The content lines of a calendar, unfolded.
fn lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

async fn make(client: &mut Client) -> String {
    let csrf = client.get("/account").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("do", "renew")];
    let page = client.post("/account/calendar", &fields).await;
    let path = page.between("/calendar/", "\"").to_owned();
    format!("/calendar/{path}")
}

#[tokio::test]
async fn a_secret_address_gives_what_its_account_may_see() {
    let router = fresh();
    let mut office = Client::signed_in_to(router.clone(), "diaodu").await;
    let address = make(&mut office).await;
    assert!(!office.get("/account").await.text().contains(&address), "shown once");
    let mut program = Client::of(router.clone());
    let feed = program.get(&address).await;
    assert_eq!(feed.status, 200);
    assert_eq!(feed.header("content-type"), "text/calendar; charset=utf-8");
    let all = lines(feed.text());
    let of = |kind: &str| {
        let head = format!("UID:{kind}-");
        all.iter().filter(|line| line.starts_with(&head)).count()
    };
    for kind in ["promise", "milestone", "task", "meeting"] {
        assert!(of(kind) > 0, "{kind}");
    }
    assert!(all.iter().any(|line| line == "DTSTART;VALUE=DATE:20260630"));
    let uids: Vec<&String> = all.iter().filter(|line| line.starts_with("UID:")).collect();
    let mut once = uids.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), uids.len(), "each thing once");
    let again = program.get(&address).await;
    assert_eq!(again.text(), feed.text(), "the clock is not in it");

    let mut town = Client::signed_in_to(router.clone(), "lingang").await;
    let own = make(&mut town).await;
    let own = lines(program.get(&own).await.text());
    let milestones = own.iter().filter(|line| line.starts_with("UID:milestone-")).count();
    assert!(milestones > 0 && milestones < of("milestone"), "its own projects only");
}

#[tokio::test]
async fn an_address_is_renewed_and_revoked() {
    let router = fresh();
    let mut client = Client::signed_in_to(router.clone(), "diaodu").await;
    let first = make(&mut client).await;
    let second = make(&mut client).await;
    let mut program = Client::of(router);
    assert_eq!(program.get(&first).await.status, 404, "the old one leads nowhere");
    assert_eq!(program.get(&second).await.status, 200);
    let csrf = client.get("/account").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("do", "revoke")];
    assert_eq!(
        client.post("/account/calendar", &fields).await.location(),
        "/account?done=calendar"
    );
    assert_eq!(program.get(&second).await.status, 404);
    for wrong in ["/calendar/.ics", "/calendar/x.ics", "/calendar/x"] {
        assert_eq!(program.get(wrong).await.status, 404, "{wrong}");
    }
}
