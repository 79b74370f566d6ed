//! The round, a place's return on its page, and the same for programs.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::app::{Answer, Client, fresh};

/// Address of a place's return of May, and the number of the place.
async fn place_of(client: &mut Client, name: &str) -> (String, i64) {
    let round = client.get("/api/returns/2026-05").await.json();
    let places = round["places"].as_array().expect("places").iter();
    let mut named = places.filter(|place| place["name"]["text"].as_str() == Some(name));
    let id = named.next().unwrap_or_else(|| panic!("no {name}"))["id"].as_i64().expect("an id");
    (format!("/returns/2026-05/{id}"), id)
}

/// Names of the fields of the first project: month, year to date, reason.
fn fields(page: &Answer) -> [String; 3] {
    let id = page.between("name=\"c.", ".month\"").to_owned();
    ["month", "ytd", "reason"].map(|column| format!("c.{id}.{column}"))
}

#[tokio::test]
async fn the_newest_round_shows_who_has_reported_and_whom_to_remind() {
    let mut client = Client::signed_in("diaodu").await;
    assert_eq!(client.get("/returns").await.location(), "/returns/2026-05");
    let page = client.get("/returns/2026-05?lang=zh-Hans").await;
    for part in [
        "12 / 13",
        "芦汀镇：2026年5月月报6月3日截止，已晚 15 天，还没有收到",
        "锁定这一期",
        "开放新一期",
        "晚 15 天",
    ] {
        assert!(page.text().contains(part), "no {part}");
    }
    for (lang, part) in [("zh-Hant", "催報"), ("en", "15 days late")] {
        let page = client.get(&format!("/returns/2026-05?lang={lang}")).await;
        assert!(page.text().contains(part), "{lang}: no {part}");
    }
    let mut town = Client::signed_in("jingkai").await;
    let page = town.get("/returns/2026-05?lang=zh-Hans").await;
    assert!(!page.text().contains("锁定这一期") && !page.text().contains("芦汀镇"));
    assert_eq!(town.get("/returns/2031-01").await.status, 404);
    assert_eq!(town.get("/returns/soon").await.status, 404);
}

#[tokio::test]
async fn a_return_is_typed_sent_and_judged_by_another() {
    let router = fresh();
    let mut town = Client::signed_in_to(router.clone(), "luting").await;
    let (address, _) = place_of(&mut town, "芦汀镇").await;
    let page = town.get(&format!("{address}?lang=zh-Hans")).await;
    let csrf = page.csrf();
    let list = town.get("/api/projects?text=YX26-044").await.json();
    let month = format!("c.{}.month", list["rows"][0]["id"]);
    assert!(page.text().contains("placeholder=\"没有报\""), "blank looks blank");
    // No change is taken as the figure of the month before, which is shown.
    let same = [("csrf", csrf.as_str()), ("do", "check"), (month.as_str(), "不变")];
    let kept = town.post(&address, &same).await;
    let page = town.get(kept.location()).await;
    assert!(page.text().contains("按 0 记") && page.text().contains("有未报送的草稿"));
    let unit = [("csrf", csrf.as_str()), ("do", "check"), (month.as_str(), "6.2亿")];
    town.post(&address, &unit).await;
    let page = town.get(&address).await;
    assert!(page.text().contains("按 62000 填入"), "one click puts it right");
    let zero = [("csrf", csrf.as_str()), ("do", "submit"), (month.as_str(), "0")];
    let sent = town.post(&address, &zero).await;
    assert_eq!(sent.location(), format!("{address}?done=sent"));
    let verdict = [("csrf", csrf.as_str()), ("verdict", "accept")];
    let own = town.post(&format!("{address}/verdict"), &verdict).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);

    let mut office = Client::signed_in_to(router, "shenhe").await;
    let csrf = office.get(&address).await.csrf();
    let judge = |verdict: &'static str, reason: &'static str| {
        [("csrf", csrf.clone()), ("verdict", verdict.into()), ("reason", reason.into())]
    };
    let verdict = format!("{address}/verdict");
    for (word, reason, said) in
        [("return", " ", "要写理由"), ("return", "缺说明", ""), ("accept", "", "不是待审状态")]
    {
        let fields = judge(word, reason);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let answer = office.post(&verdict, &fields).await;
        match said {
            "" => assert_eq!(answer.location(), address),
            said => assert!(answer.text().contains(said), "{word}: no {said}"),
        }
    }
    assert!(office.get(&address).await.text().contains("缺说明"));
}

#[tokio::test]
async fn a_file_for_another_month_is_refused_on_the_page() {
    let mut town = Client::signed_in_to(fresh(), "jingkai").await;
    let (address, place) = place_of(&mut town, "砚溪经济开发区").await;
    let csrf = town.get(&address).await.csrf();
    let april = town.get(&format!("/returns/2026-04/{place}/form.xlsx")).await;
    assert!(april.header("content-type").contains("sheet"));
    assert!(april.header("content-disposition").contains(".xlsx"));
    let files = [("file", "4月.xlsx", april.bytes.as_slice())];
    let said = town.post_files(&format!("{address}/file"), &[("csrf", &csrf)], &files).await;
    assert!(said.text().contains("这是 2026年4月 的表，这里收 2026年5月"));
    let files = [("file", "x.xlsx", b"no workbook".as_slice())];
    let said = town.post_files(&format!("{address}/file"), &[("csrf", &csrf)], &files).await;
    assert_eq!(said.status, 200);
    assert!(said.text().contains("role=\"alert\""));
    let mut other = Client::signed_in("lingang").await;
    assert_eq!(other.get(&address).await.status, 404, "not its own, and not told");
}

#[tokio::test]
async fn a_correction_after_the_lock_is_shown_as_one() {
    let router = fresh();
    let mut office = Client::signed_in_to(router.clone(), "diaodu").await;
    let (_, place) = place_of(&mut office, "砚溪经济开发区").await;
    let address = format!("/returns/2026-04/{place}");
    let page = office.get(&format!("{address}?lang=zh-Hans")).await;
    assert!(page.text().contains("disabled"), "a locked month takes nothing");
    let csrf = page.csrf();
    let unlock = [("csrf", csrf.as_str()), ("verdict", "unlock"), ("reason", "漏报设备款")];
    assert_eq!(office.post(&format!("{address}/verdict"), &unlock).await.location(), address);

    let mut town = Client::signed_in_to(router, "jingkai").await;
    let page = town.get(&address).await;
    assert!(page.text().contains("漏报设备款"));
    let csrf = page.csrf();
    let [month, ytd, reason] = fields(&page);
    let value = |name: &str| {
        let found = page.text().split(&format!("name=\"{name}\" value=\"")).nth(1);
        let text = found.and_then(|rest| rest.split('"').next()).unwrap_or_default();
        text.replace(',', "").parse::<f64>().unwrap_or_else(|_| panic!("{name}: {text}"))
    };
    let (month_is, ytd_is) = (value(&month) + 50.0, value(&ytd) + 50.0);
    let (month_is, ytd_is) = (month_is.to_string(), ytd_is.to_string());
    let send = |why: &'static str| {
        let typed = [(&month, month_is.as_str()), (&ytd, ytd_is.as_str()), (&reason, why)];
        let mut all = vec![("csrf", csrf.as_str()), ("do", "submit")];
        all.extend(typed.map(|(name, text)| (name.as_str(), text)));
        all
    };
    let silent = town.post(&address, &send("")).await;
    assert_eq!(silent.location(), format!("{address}#problems"));
    assert!(town.get(&address).await.text().contains("是审定后的更正，要写理由"));
    let sent = town.post(&address, &send("补计设备到货")).await;
    assert_eq!(sent.location(), format!("{address}?done=sent"));
    let page = town.get(&address).await;
    assert_eq!(page.text().matches("<tr class=\"cor\">").count(), 2);
    assert!(page.text().contains("锁定后的更正") && page.text().contains("补计设备到货"));
}

#[tokio::test]
async fn programs_have_every_action_of_the_pages() {
    let router = fresh();
    let mut office = Client::signed_in_to(router.clone(), "diaodu").await;
    let (_, place) = place_of(&mut office, "芦汀镇").await;
    let rounds = office.get("/api/returns").await.json();
    assert_eq!(rounds.as_array().map(Vec::len), Some(5));
    let round = office.get("/api/returns/2026-05").await.json();
    assert_eq!((&round["received"], &round["state"]), (&json!(12), &json!("open")));

    let open = office.post_json("/api/returns", json!({ "period": "2026-06" })).await;
    assert_eq!(open.status, 200, "{}", open.text());
    let again = office.post_json("/api/returns", json!({ "period": "2026-06" })).await;
    problem(&again, 422, "round-already-open");

    let mut town = Client::signed_in_to(router.clone(), "luting").await;
    let form = town.get(&format!("/api/returns/2026-05/{place}/form.xlsx")).await;
    assert_eq!(form.status, 200);
    let one = format!("/api/returns/2026-05/{place}");
    let early = office.post_json(&one, json!({ "action": "accept" })).await;
    problem(&early, 422, "return-not-there");
    let wrong = office.post_json(&one, json!({ "action": "burn" })).await;
    assert_eq!(wrong.status, 400);
    let not_his = town.post_json(&one, json!({ "action": "accept" })).await;
    assert_eq!(not_his.status, 403);
    let lock = office.post_json("/api/returns/2026-05", json!({ "action": "lock" })).await;
    assert_eq!(lock.status, 200, "{}", lock.text());
    let unlock = json!({ "action": "unlock", "reason": "" });
    let silent = office.post_json("/api/returns/2026-05", unlock).await;
    problem(&silent, 422, "return-needs-reason");
    let unlock = json!({ "action": "unlock", "reason": "还有一家没报" });
    assert_eq!(office.post_json("/api/returns/2026-05", unlock).await.status, 200);
}

fn problem(answer: &Answer, status: u16, key: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    let body: Value = answer.json();
    let found = body["problems"].as_array().expect("problems").iter();
    let keys: Vec<&str> = found.filter_map(|problem| problem["key"].as_str()).collect();
    assert!(keys.contains(&key), "{body}");
}
