//! Rule files on their page and by the API.

use axum::Router;
use serde_json::json;

use crate::app::{Client, fresh};

/// A preset as a county changed it.
const TEXT: &str = include_str!("../../../../../rules/lights/yinchuan.toml");

async fn office() -> (Router, Client, String) {
    let router = fresh();
    let mut client = Client::signed_in_to(router.clone(), "diaodu").await;
    let csrf = client.get("/rules/lights/now").await.csrf();
    (router, client, csrf)
}

#[tokio::test]
async fn a_version_is_adopted_from_a_day_on() {
    let (_, mut client, csrf) = office().await;
    let fields = [
        ("csrf", csrf.as_str()),
        ("from", "2026-06-01"),
        ("name", ""),
        ("approver", "县重点办主任"),
        ("reason", "县办〔2026〕12号"),
        ("text", ""),
    ];
    let files = [("file", "county.toml", TEXT.as_bytes())];
    let answer = client.post_files("/rules/lights", &fields, &files).await;
    assert_eq!(answer.leads_to(), "/rules#lights");
    let page = client.get("/rules").await;
    let text = page.text();
    for part in ["county.toml", "6月1日", "正在用", "县重点办主任", "县办〔2026〕12号"]
    {
        assert!(text.contains(part), "no {part}");
    }
    assert!(client.get("/rules/lights/1").await.text().contains("银川"), "its text");
    assert!(client.get("/lights").await.text().contains("银川"), "its lights");
    // April was judged by the rules of its time.
    assert!(!client.get("/lights?period=2026-04").await.text().contains("银川"));
}

#[tokio::test]
async fn mistakes_are_shown_in_their_lines_and_nothing_is_lost() {
    let (_, mut client, csrf) = office().await;
    let text = TEXT.replacen("kind = \"", "kind = \"un", 1);
    let fields = [
        ("csrf", csrf.as_str()),
        ("from", "2026-06-01"),
        ("name", "mine"),
        ("approver", ""),
        ("reason", ""),
        ("text", text.as_str()),
    ];
    let answer = client.post_files("/rules/lights", &fields, &[]).await;
    assert_eq!(answer.status, 200);
    let shown = answer.text();
    assert!(shown.contains("没有采用，什么也没有写入"));
    assert!(shown.contains("<span class=\"bad\">kind = "), "the line itself");
    assert!(shown.contains("value=\"mine\""), "what was typed stays");
    let no_day = [("csrf", csrf.as_str()), ("from", "soon"), ("text", TEXT), ("name", "x")];
    let answer = client.post_files("/rules/lights", &no_day, &[]).await;
    assert!(answer.text().contains("「soon」不是日期"));
    for path in ["/rules/weather/now", "/rules/lights/9", "/rules/lights/none"] {
        assert_eq!(client.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn only_those_who_keep_rules_see_the_form() {
    let (router, ..) = office().await;
    let mut reader = Client::signed_in_to(router, "lingdao").await;
    let page = reader.get("/rules/lights/now").await;
    assert!(!page.text().contains("type=\"file\""));
    let body = json!({ "name": "x", "text": TEXT, "from": "2026-06-01" });
    assert_eq!(reader.post_json("/api/rules/lights", body).await.status, 403);
}

#[tokio::test]
async fn rules_are_kept_by_programs() {
    let (_, mut client, _) = office().await;
    let kinds = client.get("/api/rules").await.json();
    let known = tici_ops::keep_rules::KINDS.len();
    assert_eq!(kinds["kinds"].as_array().map(Vec::len), Some(known));
    assert_eq!(kinds["kinds"][0]["now"], "yanxi");
    let text = client.get("/api/rules/league/gaoan").await.json();
    let body = json!({
        "name": "gaoan", "text": text["text"], "from": "2026-06-01", "approver": "县考核办",
    });
    let done = client.post_json("/api/rules/league", body).await.json();
    assert_eq!(done["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.get("/api/league").await.json()["rules"], "gaoan");
    let needed = client.get("/api/league/given/2026-05").await.json();
    let key = needed["needed"][0].as_str().expect("this league needs figures").to_owned();
    let csv = format!("place,key,value\n石鹿镇,{key},3\n");
    let body = json!({ "name": "may.csv", "text": csv });
    let done = client.post_json("/api/league/given/2026-05", body).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let bad = json!({ "name": "x", "text": "key = 1", "from": "2026-06-01" });
    assert_eq!(client.post_json("/api/rules/lights", bad).await.status, 422);
}

#[tokio::test]
async fn figures_of_other_offices_are_kept_on_the_league_page() {
    let (_, mut client, csrf) = office().await;
    let text = include_str!("../../../../../rules/league/yanan.toml");
    let body = json!({ "name": "yanan", "text": text, "from": "2026-01-01" });
    assert_eq!(client.post_json("/api/rules/league", body).await.status, 200);
    let page = client.get("/league?period=2026-05").await;
    assert!(page.text().contains("<code>criticism_city</code> 市级通报批评扣分"));
    let form = |text| [("csrf", csrf.as_str()), ("period", "2026-05"), ("text", text)];
    let good = form("place,key,value\r\n石鹿镇,criticism_city,8\r\n");
    let answer = client.post("/league/given", &good).await;
    assert_eq!(answer.leads_to(), "/league?period=2026-05#given");
    let answer = client.post("/league/given", &form("place,key,value\n石鹿镇,rain,8\n")).await;
    assert!(answer.text().contains("规则里没有给定数「rain」"));
    assert!(answer.text().contains("石鹿镇,rain,8"), "what was typed stays");
}
