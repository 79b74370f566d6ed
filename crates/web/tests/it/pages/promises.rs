//! `/promises`, `/events`, `/lists`, `/plans` and `/excuses`, and their addresses of the API.

use serde_json::json;

use crate::app::{Client, fresh};

#[tokio::test]
async fn a_promise_is_read_made_moved_and_withdrawn_on_its_page() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let list = client.get("/promises?lang=zh-Hans").await;
    assert!(list.text().contains("<b>41</b> / 62"), "done of the cohort");
    let csrf = list.csrf();
    let fields = |due: &'static str| {
        vec![
            ("csrf".to_owned(), csrf.clone()),
            ("name".to_owned(), "两个桥年底前完工".to_owned()),
            ("goal".to_owned(), "completed".to_owned()),
            ("due".to_owned(), due.to_owned()),
            ("codes".to_owned(), "YX26-001\nYX26-002".to_owned()),
        ]
    };
    let send = |fields: &[(String, String)]| -> Vec<(String, String)> { fields.to_vec() };
    let late = send(&fields("2026-01-01"));
    let late: Vec<(&str, &str)> = late.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let refused = client.post("/promises", &late).await;
    assert!(refused.text().contains("两个桥年底前完工"), "what was typed stays");
    assert!(refused.text().contains("YX26-002"), "codes too");
    assert!(refused.text().contains("role=\"alert\""));
    let good = send(&fields("2026-12-31"));
    let good: Vec<(&str, &str)> = good.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(client.post("/promises", &good).await.leads_to(), "/promises");
    let list = client.get("/promises").await;
    let before = list.text().split("两个桥年底前完工").next().expect("the row");
    let href = before.rsplit("<a href=\"").next().and_then(|text| text.split('"').next());
    let href = href.expect("a link").to_owned();
    let move_it = [("csrf", csrf.as_str()), ("due", "2027-01-31"), ("do", "revise")];
    let bare = client.post(&href, &move_it).await;
    assert!(bare.text().contains("role=\"alert\""), "no reason");
    let why = ("reason", "汛期");
    assert_eq!(client.post(&href, &[&move_it[..], &[why]].concat()).await.leads_to(), href);
    let one = client.get(&href).await;
    assert!(one.text().contains("汛期") && one.text().contains("/journal/"));
    let end = [("csrf", csrf.as_str()), ("do", "withdraw"), why];
    assert_eq!(client.post(&href, &end).await.status, 303);
    assert!(client.get(&href).await.text().contains("已撤销"));
    let mut reader = Client::signed_in("lingdao").await;
    let page = reader.get("/promises").await;
    assert!(!page.text().contains("action=\"/promises\""), "a reader has no form");
    assert_eq!(reader.get("/promises/999999").await.status, 404);
}

#[tokio::test]
async fn an_event_that_counts_a_project_twice_is_refused_by_name() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let list = client.get("/events?lang=zh-Hans").await;
    let csrf = list.csrf();
    assert!(list.text().contains("150.68"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("kind", "start"),
        ("name", "秋季集中开工"),
        ("on", "2026-06-18"),
        ("site", "临港园"),
        ("codes", "YX26-002"),
    ];
    for (lang, words) in [("zh-Hans", "已计入"), ("zh-Hant", "已計入"), ("en", "was counted in")]
    {
        client.get(&format!("/events?lang={lang}")).await;
        let refused = client.post("/events", &fields).await;
        let text = refused.text();
        assert!(text.contains(words), "{lang}");
        assert!(text.contains("value=\"秋季集中开工\"") && text.contains("value=\"临港园\""));
    }
    client.get("/events?lang=zh-Hans").await;
    let early = [("csrf", csrf.as_str()), ("kind", "completion"), ("name", "x")];
    let early = [&early[..], &[("on", "2019-01-01"), ("codes", "YX26-002")]].concat();
    assert!(client.post("/events", &early).await.text().contains("签约"));
    let href = list.between("<th scope=\"row\"><a href=\"", "\"").to_owned();
    let one = client.get(&href).await;
    assert!(one.text().contains("18"));
    let back = [("csrf", csrf.as_str()), ("reason", "重复登记")];
    assert_eq!(client.post(&href, &back).await.leads_to(), "/events");
    assert_eq!(client.post("/events", &fields).await.leads_to(), "/events");
}

#[tokio::test]
async fn a_list_is_read_as_of_a_day_and_changed_with_a_reason() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let list = client.get("/lists?tier=city&lang=zh-Hans").await;
    assert!(list.text().contains("58 个项目"), "{}", list.text());
    let csrf = list.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("tier", "city"),
        ("year", "2026"),
        ("do", "remove"),
        ("on", "2026-06-18"),
        ("codes", "YX26-024"),
    ];
    let refused = client.post("/lists", &fields).await;
    assert!(refused.text().contains("YX26-024</textarea>"), "what was typed stays");
    assert!(refused.text().contains("role=\"alert\""));
    let made = client.post("/lists", &[&fields[..], &[("reason", "年中调整")]].concat()).await;
    assert_eq!(made.leads_to(), "/lists?tier=city&year=2026&on=2026-06-18");
    let after = client.get(made.location()).await;
    assert!(after.text().contains("57 个项目") && after.text().contains("年中调整"));
    let before = client.get("/lists?tier=city&year=2026&on=2026-06-17").await;
    assert!(before.text().contains("58 个项目"));
    assert_eq!(client.get("/lists?tier=moon").await.status, 400);
    let mut reader = Client::signed_in("lingdao").await;
    assert!(!reader.get("/lists").await.text().contains("name=\"do\""), "no change form");
}

#[tokio::test]
async fn a_plan_above_the_total_is_refused_and_stays_in_the_form() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let page = client.get("/plans?code=YX26-001&lang=zh-Hans").await;
    assert!(page.text().contains("现行"));
    let csrf = page.csrf();
    let set = |amount: &'static str| {
        [
            ("csrf".to_owned(), csrf.clone()),
            ("code".to_owned(), "YX26-001".to_owned()),
            ("year".to_owned(), "2026".to_owned()),
            ("period".to_owned(), "2026".to_owned()),
            ("amount".to_owned(), amount.to_owned()),
            ("reason".to_owned(), "设备提前".to_owned()),
            ("approver".to_owned(), "分管副县长".to_owned()),
        ]
    };
    for (amount, words) in [("99999999", "总投资"), ("多", "看不懂金额")] {
        let fields = set(amount);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let refused = client.post("/plans", &fields).await;
        let alert = refused.between("role=\"alert\">", "</div></div>");
        assert!(alert.contains(words), "{amount}: {alert}");
        assert!(refused.text().contains(&format!("value=\"{amount}\"")), "stays");
    }
    let fields = set("1.2亿");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let done = client.post("/plans", &fields).await;
    assert_eq!(done.leads_to(), "/plans?code=YX26-001&year=2026");
    let page = client.get(done.location()).await;
    assert!(page.text().contains("分管副县长") && page.text().contains("已被取代"));
    assert!(client.get("/plans?code=YX99-001").await.text().contains("YX99-001"));
}

#[tokio::test]
async fn an_excuse_is_entered_counted_and_ended() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let page = client.get("/excuses?lang=zh-Hans").await;
    let csrf = page.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("code", "YX26-001"),
        ("rule", "progress"),
        ("from", "2026-06-18"),
        ("reason", "汛期停工"),
        ("approver", "分管副县长"),
    ];
    let endless = client.post("/excuses", &fields).await;
    assert!(endless.text().contains("要有截止日期"));
    assert!(endless.text().contains("value=\"汛期停工\""), "what was typed stays");
    let until = ("until", "2026-08-31");
    assert_eq!(client.post("/excuses", &[&fields[..], &[until]].concat()).await.status, 303);
    let page = client.get("/excuses").await;
    assert!(page.text().contains("汛期停工") && page.text().contains("还有 75 天"));
    let end = [("csrf", csrf.as_str()), ("which", "YX26-001 progress"), ("reason", "已复工")];
    let ended = client.post("/excuses/end", &[&end[..], &[("last", "2026-06-30")]].concat()).await;
    assert_eq!(ended.leads_to(), "/excuses");
    assert!(client.get("/excuses").await.text().contains("还有 13 天"));
    let mut reader = Client::signed_in("lingdao").await;
    assert!(!reader.get("/excuses").await.text().contains("action=\"/excuses\""));
}

#[tokio::test]
async fn a_program_keeps_them_as_the_pages_do() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let list = client.get("/api/promises").await.json();
    assert!(list["promises"].as_array().is_some_and(|rows| rows.len() >= 2));
    let new = json!({ "name": "x", "stage": "completed", "due": "2026-12-31",
        "projects": ["YX26-001"] });
    let made = client.post_json("/api/promises", new).await.json();
    let path = format!("/api/promises/{}", made["series"]);
    let moved = json!({ "due": "2027-01-31", "reason": "汛期" });
    assert_eq!(client.post_json(&path, moved).await.status, 200);
    let one = client.get(&path).await.json();
    assert_eq!((&one["due"], &one["standing"]["cohort"]), (&json!("2027-01-31"), &json!(1)));
    assert_eq!(one["named"][0]["code"], "YX26-001");
    let event = json!({ "kind": "start", "name": "x", "on": "2026-06-18",
        "projects": [{ "code": "YX26-002" }] });
    let refused = client.post_json("/api/events", event).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("event-project-counted"));
    let events = client.get("/api/events").await.json();
    let series = &events["events"][0]["series"];
    let one = client.get(&format!("/api/events/{series}")).await.json();
    assert_eq!(one["projects"].as_array().map(Vec::len), Some(18));
    assert_eq!(one["by_sector"].as_array().map(Vec::len), Some(6));
    let list = client.get("/api/lists?tier=province").await.json();
    assert_eq!(list["members"].as_array().map(Vec::len), Some(4));
    let change = json!({ "tier": "province", "year": 2026, "add": ["YX26-024"],
        "on": "2026-06-18", "reason": "补充" });
    assert_eq!(client.post_json("/api/lists", change).await.status, 200);
    let list = client.get("/api/lists?tier=province&on=2026-06-18").await.json();
    assert_eq!(list["members"].as_array().map(Vec::len), Some(5));
    assert_eq!(list["changes"][0]["reason"], "补充");
    let plan = json!({ "code": "YX26-001", "period": "2026", "amount": 100_000_000 });
    let body = json!({ "plans": [plan], "reason": "x", "approver": "y" });
    assert_eq!(client.post_json("/api/plans", body).await.status, 200);
    let id = client.get("/api/projects?text=YX26-001").await.json()["rows"][0]["id"].clone();
    let plans = client.get(&format!("/api/plans/{id}")).await.json();
    assert_eq!(plans["plans"][0]["amount"], 100_000_000);
    let excuse = json!({ "code": "YX26-001", "rule": "start", "from": "2026-06-18",
        "until": "2026-07-31", "reason": "x", "approver": "y" });
    assert_eq!(client.post_json("/api/excuses", excuse).await.status, 200);
    let end = json!({ "code": "YX26-001", "rule": "start", "last": "2026-07-01", "reason": "z" });
    assert_eq!(client.post_json("/api/excuses/end", end).await.status, 200);
    let excuses = client.get("/api/excuses").await.json();
    assert!(excuses["excuses"].to_string().contains("2026-07-01"));
    let mut reader = Client::signed_in("lingdao").await;
    let body = json!({ "plans": [], "reason": "x", "approver": "y" });
    assert_eq!(reader.post_json("/api/plans", body).await.status, 403);
}
