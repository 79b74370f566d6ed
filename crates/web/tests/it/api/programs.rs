//! Programs: tokens, keys of requests, files handed in.

use serde_json::{Value, json};

use crate::app::{Answer, Client, fresh};

async fn token(person: &mut Client, scopes: &[&str]) -> (String, Value) {
    let new = json!({ "name": "月报程序", "scopes": scopes, "days": 30 });
    let made = person.post_json("/api/tokens", new).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let made = made.json();
    (format!("Bearer {}", made["secret"].as_str().expect("a secret")), made["token"].clone())
}

async fn list(program: &mut Client, bearer: &str) -> Answer {
    program.get_with("/api/projects?rows=1", &[("authorization", bearer)]).await
}

#[tokio::test]
async fn a_token_reads_until_it_is_revoked() {
    let router = fresh();
    let mut person = Client::signed_in_to(router.clone(), "diaodu").await;
    let mut program = Client::of(router.clone());
    let (bearer, made) = token(&mut person, &[]).await;
    assert_eq!(made["scopes"], json!(["read"]));
    assert_eq!(list(&mut program, &bearer).await.status, 200);
    // It is good for reading only, and makes no other.
    let auth = [("authorization", bearer.as_str())];
    let task = json!({ "title": "量地", "kind": "request" });
    assert_eq!(program.post_json_with("/api/tasks", task.clone(), &auth).await.status, 403);
    let new = json!({ "name": "another" });
    assert_eq!(program.post_json_with("/api/tokens", new, &auth).await.status, 403);

    let shown = person.get("/api/tokens").await.json();
    assert_eq!(shown["tokens"][0]["open"], true);
    assert!(shown["tokens"][0]["last_used"].is_string());
    assert!(!shown.to_string().contains(bearer.trim_start_matches("Bearer ")));
    let mut other = Client::signed_in_to(router, "shenji").await;
    assert_eq!(other.get("/api/tokens").await.json()["tokens"], json!([]));
    let path = format!("/api/tokens/{}/revoke", made["series"]);
    assert_eq!(other.post_json(&path, json!({})).await.status, 404);
    assert_eq!(person.post_json(&path, json!({})).await.status, 200);
    assert_eq!(list(&mut program, &bearer).await.status, 401);
}

#[tokio::test]
async fn a_token_writes_where_its_scope_reaches() {
    let router = fresh();
    let mut person = Client::signed_in_to(router.clone(), "diaodu").await;
    let mut program = Client::of(router);
    let (bearer, _) = token(&mut person, &["write"]).await;
    let auth = [("authorization", bearer.as_str())];
    let task = json!({ "title": "量地", "kind": "request" });
    assert_eq!(program.post_json_with("/api/tasks", task, &auth).await.status, 200);
    let file = json!("code,name");
    let refused = program.post_json_with("/api/imports?file=a.csv", file, &auth).await;
    assert_eq!(refused.status, 403);
    let wrong = [json!({ "name": "" }), json!({ "name": "x", "days": 9999 })];
    for new in wrong {
        assert_eq!(person.post_json("/api/tokens", new).await.status, 422);
    }
    let entries = person.get("/api/journal?op=make_token").await.json();
    let seq = entries["entries"][0]["seq"].clone();
    let entry = person.get(&format!("/api/journal/{seq}")).await;
    assert!(!entry.text().contains(bearer.trim_start_matches("Bearer ")));
    assert_eq!(entry.json()["changes"][0]["api_token"]["name"], "月报程序");
    assert_eq!(entry.json()["proof_holds"], true);
}

#[tokio::test]
async fn a_request_sent_twice_is_done_once() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let task = |title: &str| json!({ "title": title, "kind": "request" });
    let key = [("idempotency-key", "one")];
    let first = client.post_json_with("/api/tasks", task("量地"), &key).await;
    let again = client.post_json_with("/api/tasks", task("量地"), &key).await;
    assert_eq!(first.status, 200);
    assert_eq!((again.status, again.header("idempotency-replayed")), (first.status, "true"));
    assert_eq!(again.json(), first.json());
    let other = client.post_json_with("/api/tasks", task("通水"), &key).await;
    assert_eq!(other.status, 422);
    assert_eq!(other.json()["problems"][0]["key"], "idempotency-key-reused");
    // What was refused leaves its key free.
    let key = [("idempotency-key", "two")];
    assert_eq!(client.post_json_with("/api/tasks", task(""), &key).await.status, 422);
    assert_eq!(client.post_json_with("/api/tasks", task("通水"), &key).await.status, 200);
    let long = "x".repeat(201);
    for wrong in ["", "a b", long.as_str()] {
        let answer =
            client.post_json_with("/api/tasks", task("路"), &[("idempotency-key", wrong)]).await;
        assert_eq!(answer.status, 400, "{wrong:?}");
    }
}

#[tokio::test]
async fn a_file_is_looked_at_decided_on_and_written_once() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let csv = "项目编号,项目名称,所属乡镇,总投资（万元）\nZZ-1,试验路,澄湾镇,1200\n";
    let path = "/api/imports?file=list.csv";
    let dry = client.post_bytes(&format!("{path}&dry_run=true"), "text/csv", csv).await;
    assert_eq!(dry.status, 200, "{}", dry.text());
    let dry = dry.json();
    assert_eq!((&dry["rows"], &dry["entries"]), (&json!(1), &json!([])));
    let one = format!("/api/imports/{}", dry["upload"].as_str().expect("an id"));
    assert_eq!(client.get(&one).await.json()["rows"], 1);
    let choices = json!({ "reason": "新增" });
    let decided = client.post_json(&format!("{one}/choices"), choices).await.json();
    assert_eq!(decided["decided"]["reason"], "新增");
    let written = client.post_json(&format!("{one}/commit"), json!({})).await;
    let problems = written.json()["problems"].clone();
    match written.status.as_u16() {
        200 => {
            assert_eq!(written.json()["new"], 1, "{problems}");
            let again = client.post_bytes(path, "text/csv", csv).await.json();
            assert_eq!((&again["entries"], &again["unchanged"]), (&json!([]), &json!(1)));
        }
        _ => panic!("{problems}"),
    }
    let wrong = "项目编号,项目名称,总投资（万元）\nZZ-2,试验桥,很多\n";
    let refused = client.post_bytes(path, "text/csv", wrong).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["problems"][0]["cell"], "2:3", "{}", refused.text());
}
