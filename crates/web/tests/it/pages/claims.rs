//! `/claims`, and the API of claims, re-checks and stops.

use serde_json::{Value, json};
use tici_testkit::photo::{Says, jpeg};

use crate::app::{Client, fresh};

const CODE: &str = "YX26-016";

async fn id(client: &mut Client) -> i64 {
    let found = client.get(&format!("/projects/by-code/{CODE}")).await;
    found.location().rsplit('/').next().and_then(|id| id.parse().ok()).expect("a project")
}

fn site(mark: u64) -> Vec<u8> {
    let taken = "2026-06-15T10:20:00".parse().ok();
    jpeg(Says { taken, location: Some((119_900_000, 32_000_000)) }, 2, mark)
}

#[tokio::test]
async fn the_queue_shows_photographs_and_doubts_and_takes_a_verdict() {
    let router = fresh();
    let mut office = Client::signed_in_to(router.clone(), "diaodu").await;
    let mut reviewer = Client::signed_in_to(router, "shenhe").await;
    let id = id(&mut office).await;
    let csrf = office.get("/claims").await.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("stage", "started"),
        ("on", "2026-06-15"),
        ("kind", "photo"),
        ("kind2", "permit"),
        ("note", "first concrete"),
    ];
    let photo = site(1);
    let files: &[(&str, &str, &[u8])] =
        &[("files", "site.jpg", &photo), ("files2", "permit.txt", b"permit"), ("files3", "", b"")];
    let made = office.post_files(&format!("/projects/{id}/claims"), &fields, files).await;
    assert_eq!(made.status, 303);

    let own = office.get("/claims?lang=en").await;
    let card = own.between("first concrete", "</article>");
    assert!(card.contains("somebody else judges it") && !card.contains("name=\"verdict\""));
    let seen = reviewer.get("/claims?lang=en").await;
    let card = seen.between("first concrete", "</article>").to_owned();
    assert!(card.contains("The photo says") && card.contains("taken 2026-06-15 10:20"), "{card}");
    assert!(card.contains("km from the project") && card.contains("km away"), "far: {card}");
    assert!(!card.contains("lacks"), "permit and photo are there: {card}");
    let address = card.split("src=\"").nth(1).and_then(|rest| rest.split('"').next());
    let picture = reviewer.get(address.expect("a picture")).await;
    assert_eq!(picture.header("content-type"), "image/jpeg");
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    let text = address.expect("a picture").replace("/picture", "");
    assert!(reviewer.get(&text).await.header("content-disposition").starts_with("attachment"));

    let at = card.find("/claims/").map(|at| &card[at..]).expect("a form");
    let action = at.split('"').next().expect("an address").to_owned();
    let csrf = seen.csrf();
    let here = ("here", "/claims?which=waiting&stage=started");
    let forged = reviewer.post(&action, &[("csrf", "x"), ("verdict", "verified"), here]).await;
    assert_eq!(forged.status, 403);
    let silent = reviewer.post(&action, &[("csrf", &csrf), ("verdict", "rejected"), here]).await;
    assert_eq!(silent.status, 422, "a rejection needs its reason");
    let verified = reviewer.post(&action, &[("csrf", &csrf), ("verdict", "verified"), here]).await;
    assert_eq!((verified.status.as_u16(), &*verified.leads_to()), (303, here.1));
    let out = ("here", "https://elsewhere.example/");
    let twice = reviewer.post(&action, &[("csrf", &csrf), ("verdict", "verified"), out]).await;
    assert_eq!(twice.status, 422, "it has its verdict");

    let page = reviewer.get(&format!("/claims?project={id}&lang=en")).await;
    let looks = page.between("id=\"rechecks\"", "</section>");
    assert_eq!(looks.matches("action=\"/claims/rechecks/").count(), 3);
    let action = format!("/claims/rechecks/{}", page.between("/claims/rechecks/", "\""));
    let found = [
        ("csrf", csrf.as_str()),
        ("finding", "stopped"),
        ("on", "2026-06-18"),
        ("note", "nobody there"),
    ];
    let shot = site(2);
    let recorded = reviewer.post_files(&action, &found, &[("files", "look.jpg", &shot)]).await;
    assert_eq!(recorded.status, 303);
    let page = reviewer.get(&format!("/claims?project={id}&lang=en")).await;
    let stopped = page.between("id=\"stopped\"", "</section>");
    assert!(stopped.contains("nobody there") && stopped.contains("value=\"reversed\""));
    assert!(stopped.contains("look.jpg"));
    let project = reviewer.get(&format!("/projects/{id}?lang=en")).await;
    assert!(project.text().contains("Stopped"), "the project's page tells it");
}

#[tokio::test]
async fn the_queue_narrows_and_a_reader_only_reads() {
    let mut reader = Client::signed_in("lingdao").await;
    let all = reader.get("/claims?which=all&lang=en").await;
    assert!(all.status == 200 && !all.text().contains("name=\"verdict\""));
    let rejected = reader.get("/claims?which=rejected&stage=started&lang=en").await;
    assert!(rejected.text().contains("现场只举行了仪式"), "with the reason");
    for bad in ["which=luck", "stage=begun", "place=x", "page=x"] {
        assert_eq!(reader.get(&format!("/claims?{bad}")).await.status, 400, "{bad}");
    }
    let csrf = reader.get("/account").await.csrf();
    let tried =
        reader.post("/claims/1/verdicts", &[("csrf", &csrf), ("verdict", "reversed")]).await;
    assert_eq!(tried.status, 403);
}

#[tokio::test]
async fn a_project_is_suspended_and_restarted_on_its_page() {
    let mut office = Client::signed_in_to(fresh(), "diaodu").await;
    let id = id(&mut office).await;
    let path = format!("/projects/{id}/state");
    let page = office.get(&format!("/projects/{id}?lang=en")).await;
    let csrf = page.csrf();
    let stops = page.between("id=\"stops\"", "</section>");
    assert!(stops.contains("It has never stopped") && !stops.contains("value=\"active\""));
    let fields = |state, on, reason| {
        [("csrf", csrf.as_str()), ("state", state), ("on", on), ("reason", reason)]
    };
    for (state, on, reason) in [
        ("suspended", "2026-06-12", ""),
        ("asleep", "2026-06-12", "x"),
        ("suspended", "soon", "x"),
        ("active", "2026-06-12", "x"),
    ] {
        let bad = office.post_files(&path, &fields(state, on, reason), &[]).await;
        assert_eq!(bad.status, 422, "{state} {on} {reason}");
    }
    let letter: &[(&str, &str, &[u8])] = &[("files", "letter.pdf", b"%PDF-1.7")];
    let reason = fields("suspended", "2026-06-12", "no funds");
    assert_eq!(office.post_files(&path, &reason, letter).await.status, 303);
    let page = office.get(&format!("/projects/{id}?lang=en")).await;
    let stops = page.between("id=\"stops\"", "</section>");
    assert!(stops.contains("no funds") && stops.contains("letter.pdf"));
    assert!(stops.contains("value=\"active\""), "now it can be restarted");
    let again = fields("active", "2026-06-16", "funds came");
    assert_eq!(office.post_files(&path, &again, &[]).await.status, 303);
    let told = office.get(&format!("/api/projects/{id}/state")).await.json();
    assert_eq!(
        (&told["state"], &told["history"][1]["reason"]),
        (&json!("active"), &json!("no funds"))
    );
    let mut town = Client::signed_in("luting").await;
    assert!(!town.get(&format!("/projects/{id}")).await.text().contains("id=\"stop-state\""));
}

#[tokio::test]
async fn the_api_claims_judges_looks_and_stops() {
    let router = fresh();
    let mut office = Client::signed_in_to(router.clone(), "diaodu").await;
    let mut reviewer = Client::signed_in_to(router, "shenhe").await;
    let id = id(&mut office).await;
    use base64::{Engine, engine::general_purpose::STANDARD};
    let photo = STANDARD.encode(site(9));
    let body = |files: Value| {
        let on = "2026-06-15";
        json!({ "project": id, "stage": "started", "on": on, "evidence": files })
    };
    let bare = office.post_json("/api/claims", body(json!([]))).await;
    assert_eq!(bare.status, 422);
    assert!(bare.text().contains("claim-lacks"), "{}", bare.text());
    let broken = json!([{ "kind": "photo", "file": "a.jpg", "base64": "?" }]);
    assert_eq!(office.post_json("/api/claims", body(broken)).await.status, 400);
    let whole = json!([{ "kind": "photo", "file": "a.jpg", "base64": photo }]);
    let made = office.post_json("/api/claims", body(whole)).await.json();
    let keys: Vec<&str> = made["warnings"]
        .as_array()
        .expect("warnings")
        .iter()
        .filter_map(|w| w["key"].as_str())
        .collect();
    assert_eq!(keys, ["claim-lacks", "photo-far"]);
    let path = format!("/api/claims/{}/verdicts", made["claim"]);
    let own = office.post_json(&path, json!({ "verdict": "verified" })).await;
    assert_eq!(own.status, 422);
    assert_eq!(reviewer.post_json(&path, json!({ "verdict": "verified" })).await.status, 200);

    let list = reviewer.get(&format!("/api/claims?which=verified&project={id}")).await.json();
    assert_eq!(list["claims"][0]["verdict"], "verified");
    assert_eq!(list["claims"].as_array().map(Vec::len), list["found"].as_u64().map(|n| n as usize));
    assert_eq!(list["rechecks_open"], 3);
    let path = format!("/api/rechecks/{}/findings", list["rechecks"][0]["series"]);
    let found = reviewer.post_json(&path, json!({ "finding": "building" })).await;
    assert_eq!(found.status, 200, "{}", found.text());
    assert_eq!(reviewer.post_json(&path, json!({ "finding": "asleep" })).await.status, 400);
    let path = format!("/api/projects/{id}/state");
    let stop = json!({ "state": "suspended", "reason": "flood" });
    assert_eq!(office.post_json(&path, stop.clone()).await.status, 200);
    assert_eq!(office.post_json(&path, stop).await.status, 422, "it is suspended");
    let state = office.get(&path).await.json();
    assert_eq!(
        (&state["state"], &state["history"][0]["reason"]),
        (&json!("suspended"), &json!("flood"))
    );
}
