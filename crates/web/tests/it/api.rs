//! `/api/…`.

use crate::app::Client;

#[tokio::test]
async fn a_list_has_rows_totals_and_its_rule() {
    let mut client = Client::signed_in("diaodu").await;
    let list = client.get("/api/projects?tier=listed&rows=5").await.json();
    assert_eq!(list["rows"].as_array().map(Vec::len), Some(5));
    assert_eq!(list["totals"]["projects"], 62);
    assert_eq!(list["totals"]["sums"]["CNY"]["total"], 36_160_000_000_i64);
    assert_eq!(list["totals"]["rule"]["period"], "2026-05");
    assert_eq!(list["rows"][0]["code"], "YX26-001");
    assert_eq!(client.get("/api/projects").await.json()["totals"]["projects"], 148);
}

#[tokio::test]
async fn a_project_and_a_figure_are_whole() {
    let mut client = Client::signed_in("diaodu").await;
    let list = client.get("/api/projects?text=YX26-001").await.json();
    let id = list["rows"][0]["id"].as_i64().expect("an id");
    let one = client.get(&format!("/api/projects/{id}")).await.json();
    assert_eq!(one["stage"], "in_progress");
    assert_eq!(one["stairs"].as_array().map(Vec::len), Some(7));
    assert_eq!(one["months"].as_array().map(Vec::len), Some(12));
    let path = format!("/api/projects/{id}/figures/invest_ytd.2026-05.reported");
    let figure = client.get(&path).await.json();
    assert_eq!(figure["history"][0]["figure"]["cell"], "H7");
    assert_eq!(figure["history"].as_array().map(Vec::len), Some(2));
    assert_eq!(figure["proof_holds"], true);
}

#[tokio::test]
async fn totals_split_and_add_up() {
    let mut client = Client::signed_in("diaodu").await;
    for by in ["place", "tier", "stage", "chain", "sector", "size", "light"] {
        let totals = client.get(&format!("/api/totals?tier=listed&by={by}")).await.json();
        let groups = totals["groups"].as_array().expect("groups").iter();
        let sum: u64 = groups.filter_map(|group| group["projects"].as_u64()).sum();
        assert_eq!(totals["all"]["projects"].as_u64(), Some(sum), "by {by}");
    }
    assert_eq!(client.get("/api/totals?by=moon").await.status, 400);
}

#[tokio::test]
async fn totals_say_their_rule_their_notes_and_themselves() {
    let mut client = Client::signed_in("diaodu").await;
    let ask = |query: &str| format!("/api/totals?tier=listed&{query}");
    let said = client.get(&ask("say=1&by=tier&lists=each")).await.json();
    let sentence = said["sentence"][0].as_str().expect("a sentence");
    assert!(sentence.contains("完成投资32.29亿元，占年度计划的33.6%"), "{sentence}");
    assert_eq!(said["sentence"][1]["figures"]["projects"]["count"], 62);
    let rule = &said["all"]["rule"];
    assert_eq!((&rule["cohort_on"], &rule["list_reading"]), (&"today".into(), &"each".into()));
    assert!(said["notes_in_words"].as_array().is_some_and(|notes| !notes.is_empty()));

    let first = client.get(&ask("cohort_on=year-start")).await.json();
    assert_eq!(first["all"]["rule"]["lists"][0]["version"], 1);
    let then = client.get(&ask("as_of=2026-02-28")).await.json();
    assert_eq!(then["all"]["rule"]["on"], "2026-02-28");
    assert!(then["all"]["projects"].as_u64() < first["all"]["projects"].as_u64().map(|n| n + 1));
    let large = client.get(&ask("threshold=5%E4%BA%BF&exclusive=1")).await.json();
    assert_eq!(large["all"]["rule"]["threshold"]["inclusive"], false);
    let wrong = ["threshold=much", "cohort_on=never", "say=nothing", "bands=5,1"];
    for query in wrong {
        assert_eq!(client.get(&ask(query)).await.status, 400, "{query}");
    }
    let spring = client.get(&ask("as_of=spring")).await;
    assert_eq!(spring.status, 422);
    assert_eq!(spring.json()["problems"][0]["key"], "looking-back-unreadable");
}

#[tokio::test]
async fn failures_are_problem_json() {
    let mut client = Client::signed_in("diaodu").await;
    let mut stranger = Client::stranger();
    let cases = [
        (stranger.get("/api/projects").await, 401),
        (client.get("/api/projects/999999").await, 404),
        (client.get("/api/nothing").await, 404),
        (client.get("/api/projects?tier=moon").await, 400),
        (client.get_with("/nowhere", &[("accept", "application/json")]).await, 404),
    ];
    for (answer, status) in cases {
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        for part in ["title", "detail", "type"] {
            assert!(problem[part].as_str().is_some_and(|text| !text.is_empty()), "{part}");
        }
    }
}

#[tokio::test]
async fn a_program_signs_in_with_a_token() {
    let mut program = Client::stranger();
    let account = tici_testkit::county(&tici_testkit::CountySpec::default()).accounts.remove(0);
    let wrong = serde_json::json!({ "login": account.login, "password": "wrong" });
    assert_eq!(program.post_json("/api/sessions", wrong).await.status, 401);
    let unread = serde_json::json!({ "login": account.login });
    assert_eq!(program.post_json("/api/sessions", unread).await.status, 400);
    let answer = program.get_with("/api/projects", &[("authorization", "Bearer x")]).await;
    assert_eq!(answer.status, 401);
}
