//! `/pairs` and its API: a decision is made, changed and kept.

use serde_json::{Value, json};

use crate::app::{Answer, Client, fresh};

/// The first two projects of the county, which nobody takes for one until somebody says so.
const PAIR: (i64, i64) = (1, 2);

async fn decide(client: &mut Client, fields: &[(&str, &str)]) -> Answer {
    let csrf = client.get("/pairs").await.csrf();
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    client.post("/pairs", &all).await
}

#[tokio::test]
async fn a_decision_is_made_and_changed_on_the_page() {
    let router = fresh();
    let mut office = Client::signed_in_to(router.clone(), "diaodu").await;
    let page = office.get("/pairs?lang=en").await;
    assert_eq!(page.status, 200);
    let pair = [("first", "2"), ("second", "1")];
    let [first, second] = pair;

    let unsaid = decide(&mut office, &[first, second, ("verdict", "phase"), ("reason", " ")]).await;
    assert!(unsaid.text().contains("A decision needs a reason"), "{}", unsaid.status);
    let no_such = decide(&mut office, &[first, second, ("verdict", "maybe")]).await;
    assert_eq!(no_such.status, 400);
    let itself = [("first", "1"), ("second", "1"), ("verdict", "phase"), ("reason", "x")];
    assert!(decide(&mut office, &itself).await.text().contains("cannot be compared with itself"));
    let elsewhere = [("first", "1"), ("second", "999999"), ("verdict", "phase"), ("reason", "x")];
    assert_eq!(decide(&mut office, &elsewhere).await.status, 404);

    let phase = [first, second, ("verdict", "phase"), ("reason", "its second phase")];
    let kept = decide(&mut office, &phase).await;
    assert_eq!(kept.location(), "/pairs?done=pair-decided");
    let page = office.get("/pairs?lang=en").await;
    assert!(page.text().contains("its second phase"), "what was decided is shown");
    let twice = decide(&mut office, &phase).await;
    assert!(twice.text().contains("is decided so already"), "{}", twice.status);

    // Undone: decided otherwise, which replaces it and keeps it in the journal.
    let other = [first, second, ("verdict", "different"), ("reason", "two sites after all")];
    assert_eq!(decide(&mut office, &other).await.status, 303);
    let page = office.get("/pairs?lang=en").await;
    assert!(page.text().contains("two sites after all"));
    assert!(!page.text().contains("its second phase"), "one decision goes at a time");

    let mut reader = Client::signed_in_to(router, "lingdao").await;
    let page = reader.get("/pairs?lang=en").await;
    assert!(!page.text().contains("name=\"verdict\""), "a reader is offered no decision");
    let csrf = reader.get("/account").await.csrf();
    let fields = [("csrf", csrf.as_str()), first, second, ("verdict", "phase"), ("reason", "x")];
    assert_eq!(reader.post("/pairs", &fields).await.status, 403);
}

#[tokio::test]
async fn the_same_project_ends_as_one_and_is_taken_up_again() {
    let mut office = Client::signed_in_to(fresh(), "diaodu").await;
    let state = |answer: &Answer| answer.json()["state"].clone();
    let same =
        json!({ "first": PAIR.0, "second": PAIR.1, "verdict": "same", "reason": "one site" });
    let made = office.post_json("/api/pairs", same.clone()).await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(made.json()["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(state(&office.get("/api/projects/2/state").await), "withdrawn");
    let list: Value = office.get("/api/pairs").await.json();
    assert_eq!(list["decided"][0]["verdict"], "same");
    let asked_again = list["pairs"].as_array().expect("pairs").iter();
    let is_it = |pair: &&Value| pair["first"] == PAIR.0 && pair["second"] == PAIR.1;
    assert_eq!(asked_again.filter(is_it).count(), 0, "not asked again");

    let other =
        json!({ "first": PAIR.0, "second": PAIR.1, "verdict": "different", "reason": "two" });
    let refused = office.post_json("/api/pairs", other.clone()).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("pair-withdrawn"), "{}", refused.text());
    // Taken up again with a reason, the pair can be decided otherwise.
    let again = json!({ "state": "active", "reason": "entered once after all" });
    assert_eq!(office.post_json("/api/projects/2/state", again).await.status, 200);
    assert_eq!(state(&office.get("/api/projects/2/state").await), "active");
    assert_eq!(office.post_json("/api/pairs", other.clone()).await.status, 200);
    let list: Value = office.get("/api/pairs").await.json();
    let decided = list["decided"].as_array().expect("decisions");
    assert_eq!((decided.len(), &decided[0]["verdict"]), (1, &json!("different")));

    let unknown = json!({ "first": 1, "second": 2, "verdict": "maybe", "reason": "x" });
    assert_eq!(office.post_json("/api/pairs", unknown).await.status, 400);
    let mut reader = Client::signed_in("lingdao").await;
    assert_eq!(reader.post_json("/api/pairs", same).await.status, 403);
}
