//! The dispatch meeting and its tasks, without script.

use crate::app::{Answer, Client, fresh};

/// Address of the newest meeting of the list.
async fn newest(client: &mut Client) -> String {
    let list = client.get("/meetings?lang=zh-Hans").await;
    assert!(list.text().contains("上半年开工倒排"));
    format!("/meetings/{}", list.between("<a href=\"/meetings/", "\""))
}

#[tokio::test]
async fn the_meeting_shows_one_project_large() {
    let mut client = Client::signed_in("diaodu").await;
    let meeting = newest(&mut client).await;
    let page = client.get(&format!("{meeting}/4?lang=zh-Hans")).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for part in [
        "<h1>液流电池储能装备基地</h1>",
        "卡在 <em>用地批复</em> 和 <em>能评批复</em>，预计 7月29日开工，晚 29 天",
        "超期 8 天，在市级会签",
        "剩 2 天，意见待改",
        "6月3日办结",
        "时限 6月30日",
        "还有 2 件没办",
        "rel=\"prev\"",
        "rel=\"next\"",
        "05:00",
    ] {
        assert!(text.contains(part), "no {part}");
    }
    assert_eq!(client.get(&format!("{meeting}/11")).await.status, 404);
    assert_eq!(client.get(&format!("{meeting}/0")).await.status, 404);
    let mut reader = Client::signed_in("lingdao").await;
    let read = reader.get(&format!("{meeting}/4")).await;
    assert!(!read.text().contains("name=\"what\""), "a reader takes nothing down");
}

#[tokio::test]
async fn what_is_typed_becomes_tasks_and_minutes() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let meeting = newest(&mut client).await;
    let item = format!("{meeting}/4");
    let csrf = client.get(&item).await.csrf();
    let half = [("csrf", csrf.as_str()), ("what", "专人跟办"), ("who", ""), ("when", "")];
    let again = client.post(&item, &half).await;
    assert_eq!(again.status, 200);
    let text = again.text();
    assert!(text.contains("第 1 项没写谁办") && text.contains("第 1 项没写期限"), "{text}");
    assert!(text.contains("value=\"专人跟办\""), "what was typed is kept");

    let whole = [
        ("csrf", csrf.as_str()),
        ("what", "市级会签专人跟办"),
        ("who", "县自然资源局"),
        ("when", "2026-06-24"),
        ("what", "能评意见当日改、次日报"),
        ("who", "县发改委"),
        ("when", "2026-06-22"),
        ("what", ""),
        ("who", ""),
        ("when", ""),
    ];
    let bare = [("csrf", csrf.as_str()), ("what", ""), ("who", ""), ("when", "")];
    let refused = client.post(&item, &bare).await;
    assert!(refused.text().contains("没有记下内容"), "an empty form is not a decision");
    let strange = whole.map(|(name, text)| match text {
        "县自然资源局" => (name, "县自燃资源局"),
        text => (name, text),
    });
    let asked = client.post(&item, &strange).await;
    assert!(asked.text().contains("县自燃资源局 还没有承办过任务"), "{}", asked.text());
    assert!(asked.text().contains("name=\"new_office\""));
    let whole = whole.map(|(name, text)| match text {
        "县自然资源局" => (name, "县　自然资源局 "),
        text => (name, text),
    });
    let done = client.post(&item, &whole).await;
    assert_eq!(done.leads_to(), format!("{item}#decided"));
    let page = client.get(&item).await;
    assert!(page.text().contains("县自然资源局，6月24日前"));
    let minutes = client.get(&format!("{meeting}/minutes")).await;
    assert!(minutes.text().contains("能评意见当日改、次日报"));
    assert!(minutes.text().contains("会还没有结束"));
    let book = client.get(&format!("{meeting}/minutes.xlsx")).await;
    assert!(book.bytes.starts_with(b"PK") && book.header("content-type").contains("sheet"));
    let tasks = client.get("/tasks?kind=decision&owner=县自然资源局").await;
    assert!(tasks.text().contains("市级会签专人跟办"));

    let spoken = [("csrf", csrf.as_str()), ("do", "spoken")];
    let next = client.post(&format!("{meeting}/5"), &spoken).await;
    assert_eq!(next.location(), format!("{meeting}/5?done=meeting-spoken#decided"));
    assert!(client.get(next.location()).await.text().contains("已标为已议"));

    let closed = client.post(&format!("{meeting}/close"), &[("csrf", &csrf)]).await;
    assert_eq!(closed.leads_to(), meeting);
    assert!(!client.get(&item).await.text().contains("name=\"what\""));
}

#[tokio::test]
async fn an_agenda_is_set_from_what_the_rule_proposes() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let list = client.get("/meetings?lang=zh-Hans").await;
    let chosen = list.text().matches("checked aria-label").count();
    assert_eq!(chosen, 10, "the rule's ten are ticked");
    assert!(list.text().contains("预计晚 77 天开工"));
    let csrf = list.csrf();
    let item = list.between("name=\"item\" value=\"", "\"").to_owned();
    let fields = [("csrf", csrf.as_str()), ("title", "再看一遍"), ("on", "2026-06-25")];
    let none = client.post("/meetings", &fields).await;
    assert!(none.text().contains("议程里没有项目"));
    let set = client.post("/meetings", &[&fields[..], &[("item", item.as_str())]].concat()).await;
    assert_eq!(set.status, 303);
    let page: Answer = client.get(set.location()).await;
    assert!(page.text().contains("再看一遍") && page.text().contains("绿氢制储示范"));
    let twice = client
        .post(&format!("{}/items", set.leads_to()), &[("csrf", &csrf), ("code", "YX26-024")])
        .await;
    assert!(twice.text().contains("这个项目已经在议程里"));
}

#[tokio::test]
async fn a_task_is_put_down_and_closed_on_its_page() {
    let mut client = Client::signed_in_to(fresh(), "lingang").await;
    let page = client.get("/tasks?lang=zh-Hans").await;
    assert!(page.text().contains("岸线许可"));
    assert!(!page.text().contains("能耗指标"), "another place's");
    let csrf = page.csrf();
    let new = [
        ("csrf", csrf.as_str()),
        ("here", "/tasks?kind=blocker"),
        ("kind", "blocker"),
        ("code", "YX26-016"),
        ("title", "道路开口"),
        ("owner", "县交通局"),
        ("due", "2026-06-22"),
    ];
    assert_eq!(client.post("/tasks", &new).await.leads_to(), "/tasks?kind=blocker");
    let page = client.get("/tasks").await;
    let row = page.text().split("道路开口").next().expect("the row");
    let series = row.rsplit("id=\"task-").next().and_then(|t| t.split('"').next());
    let address = format!("/tasks/{}", series.expect("a number"));
    let act = |act: &'static str, day: &'static str| {
        vec![("csrf", csrf.clone()), ("act", act.to_owned()), ("day", day.to_owned())]
    };
    let send = |fields: Vec<(&'static str, String)>| fields;
    let moved = send(act("promise", "2026-06-30"));
    let moved: Vec<(&str, &str)> = moved.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert!(client.post(&address, &moved).await.text().contains("都要写说明"));
    let done = send(act("done", "2026-06-18"));
    let done: Vec<(&str, &str)> = done.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(client.post(&address, &done).await.leads_to(), "/tasks");
    assert!(client.get("/tasks?which=kept").await.text().contains("道路开口"));
    let mut reader = Client::signed_in("lingdao").await;
    assert!(!reader.get("/tasks").await.text().contains("action=\"/tasks\" method=\"post\""));
    assert_eq!(reader.get("/tasks?which=luck").await.status, 400);
}

#[tokio::test]
async fn a_program_holds_the_meeting_as_a_page_does() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let list = client.get("/api/meetings").await.json();
    let series = list["meetings"][0]["series"].as_i64().expect("a meeting");
    assert_eq!(list["proposed"][0]["start_days_late"], 77);
    let path = format!("/api/meetings/{series}");
    let one = client.get(&path).await.json();
    assert_eq!(one["items"][3]["tasks"][0]["days_late"], 8);
    let decision = serde_json::json!({ "title": "x", "owner": "县住建局", "due": "2026-06-26" });
    let body = serde_json::json!({ "decisions": [decision] });
    let sent = client.post_json(&format!("{path}/items/4/decisions"), body).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let one = client.get(&path).await.json();
    assert_eq!(one["items"][3]["decisions"][0]["title"]["text"], "x");
    let bad = client.post_json("/api/tasks", serde_json::json!({ "title": 3 })).await;
    assert_eq!(bad.status, 400);
    let late = client.get("/api/tasks?which=late").await.json();
    assert!(late["found"].as_u64().is_some_and(|found| found > 3));
}
