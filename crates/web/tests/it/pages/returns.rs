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
    assert!(page.text().contains("按 62,000 填入"), "one click puts it right");
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

/// Numbers on a page, by the words before them.
fn number_after(page: &Answer, label: &str) -> String {
    let from = format!("<div class=\"l\">{label}</div><div class=\"v\">");
    page.between(&from, "</div>").to_owned()
}

#[tokio::test]
async fn the_states_add_up_and_the_first_page_counts_the_same() {
    let mut client = Client::signed_in("diaodu").await;
    for (month, as_of) in [("2026-05", ""), ("2026-04", ""), ("2026-05", "2026-06-02")] {
        let page = client.get(&format!("/returns/{month}?as_of={as_of}&lang=zh-Hans")).await;
        let received = number_after(&page, "已报");
        let (n, all) = received.split_once(" / ").expect("of all");
        let all = all.trim_end_matches(" 个地方");
        let count = |label| number_after(&page, label).parse::<usize>().expect("a number");
        let [locked, accepted, submitted] = ["已锁定", "已审", "待审"].map(count);
        assert_eq!((locked + accepted + submitted).to_string(), n, "{month} {as_of}");
        let rest = count("退回待改") + count("未报");
        assert_eq!((locked + accepted + submitted + rest).to_string(), all, "{month} {as_of}");
        let first = client.get(&format!("/?period={month}&as_of={as_of}&lang=zh-Hans")).await;
        let short = month.trim_start_matches("2026-0");
        let words = format!("{short}月月报已报 {n} / {all} 个地方");
        assert!(first.text().contains(&words), "{month} {as_of}: no {words}");
        // The rule in words stands on both.
        for page in [&page, &first] {
            assert!(page.text().contains("交了月报、没有被退回，算已报"), "{month} {as_of}");
        }
    }
    // Luting's seven figures came in a list; its return has not come, and both pages say so.
    let first = client.get("/?lang=zh-Hans").await;
    let row = first.between(">芦汀镇</a></td>", "</tr>").to_owned();
    assert!(row.contains("7 / 8") && row.contains(">未报<"), "{row}");
    let round = client.get("/returns/2026-05").await;
    let row = round.between(">芦汀镇</a></th>", "</tr>").to_owned();
    assert!(row.contains("7 / 8") && row.contains(">未报<"), "{row}");
}

#[tokio::test]
async fn who_handed_in_accepted_and_locked_are_three_columns() {
    let mut client = Client::signed_in("diaodu").await;
    let page = client.get("/returns/2026-04?lang=zh-Hans").await;
    let row = page.between(">经开区</a></th>", "</tr>").to_owned();
    let posts: Vec<&str> = row.split("<span class=\"two\">").skip(1).collect();
    let posts: Vec<&str> = posts.iter().filter_map(|part| part.split('<').next()).collect();
    assert_eq!(posts.len(), 3, "{row}");
    assert!(posts[0].contains("经开区") && posts[1].contains("县重点办"), "{posts:?}");
    let (address, _) = place_of(&mut client, "砚溪经济开发区").await;
    let page = client.get(&address.replace("2026-05", "2026-04")).await;
    let hands = page.between("<p class=\"hands", "</p>").to_owned();
    for word in ["报送", "审核", "锁定"] {
        assert!(hands.contains(&format!("<b>{word}</b>")), "{hands}");
    }
}

/// Luting's form of May with a unit in a cell, a formula, some words and a row left out; with
/// the first project and its amount of the month.
fn odd_form(blank: &[u8]) -> (String, String, Vec<u8>) {
    use tici_ops::returns::read_form;
    use tici_testkit::forms::{Typed, reorder, retype};
    let form = read_form("f.xlsx", blank).0.expect("a form");
    let (first, last) = (&form.rows[0], form.rows.last().expect("rows"));
    let cell = |key: &str| first.cells[key].cell.as_str();
    let typed = [
        (cell("month"), Typed::Words("6.2亿")),
        (cell("workers"), Typed::Formula("40+2", "42")),
        (cell("reason"), Typed::Words("补计四月到货")),
    ];
    let lines: Vec<u32> =
        form.rows.iter().map(|row| row.line).filter(|l| *l != last.line).collect();
    let id = first.project.expect("a project");
    let was = first.cells["month"].text.clone();
    (id.to_string(), was, reorder(&retype(blank, &typed), lines[0], &lines))
}

#[tokio::test]
async fn an_upload_keeps_its_warnings_one_click_mends_and_the_office_sees_the_same() {
    let router = fresh();
    let mut town = Client::signed_in_to(router.clone(), "luting").await;
    let (address, _) = place_of(&mut town, "芦汀镇").await;
    let blank = town.get(&format!("{address}/form.xlsx")).await;
    let (id, was, file) = odd_form(&blank.bytes);
    let csrf = town.get(&address).await.csrf();
    let files = [("file", "5月.xlsx", file.as_slice())];
    let sent = town.post_files(&format!("{address}/file"), &[("csrf", &csrf)], &files).await;
    assert_eq!(sent.location(), format!("{address}#problems"));
    let page = town.get(&address).await;
    for part in ["表里少了", "是公式", "读到「6.2亿」"] {
        assert!(page.text().contains(part), "no {part}");
    }
    // The button beside the cell, and the one in the list, are plain buttons of a plain form.
    let fix = format!("name=\"do\" value=\"fix {id}.month 62000\"");
    assert_eq!(page.text().matches(&fix).count(), 2, "beside the cell and in the list");
    let mend = format!("fix {id}.month 62000");
    let click = [("csrf", csrf.as_str()), ("do", mend.as_str())];
    assert_eq!(town.post(&address, &click).await.location(), address);
    let page = town.get(&address).await;
    assert!(page.text().contains(&format!("name=\"c.{id}.month\" value=\"62000\"")));
    assert!(!page.text().contains("读到「6.2亿」"));
    assert!(page.text().contains("表里少了"), "the row is still missing");
    // So much was not done after all; handed in with a word to the office.
    let month = format!("c.{id}.month");
    let typed = [
        ("csrf", csrf.as_str()),
        ("do", "submit"),
        (month.as_str(), was.as_str()),
        ("note", "设备款下月补"),
    ];
    let done = town.post(&address, &typed).await;
    assert_eq!(done.location(), format!("{address}?done=sent"));

    let mut office = Client::signed_in_to(router, "shenhe").await;
    let page = office.get(&format!("{address}?lang=zh-Hans")).await;
    let seen = page.between("id=\"problems\"", "</section>").to_owned();
    for part in ["填报时的提醒", "表里少了", "是公式", "设备款下月补"] {
        assert!(seen.contains(part), "no {part} in {seen}");
    }
    assert!(!seen.contains("<button"), "the office mends nothing for the town");
    assert!(page.text().contains("value=\"补计四月到货\""), "the words stand in the row");
}

#[tokio::test]
async fn a_return_that_was_sent_back_says_so_on_top_of_every_page_that_matters() {
    let router = fresh();
    let mut office = Client::signed_in_to(router.clone(), "shenhe").await;
    let (address, _) = place_of(&mut office, "柘浦镇").await;
    let csrf = office.get(&address).await.csrf();
    let fields = [("csrf", csrf.as_str()), ("verdict", "return"), ("reason", "缺形象进度")];
    assert_eq!(office.post(&format!("{address}/verdict"), &fields).await.location(), address);
    let round = office.get("/returns/2026-05?lang=zh-Hans").await;
    let row = round.between(">柘浦镇</a></th>", "</tr>").to_owned();
    assert!(row.contains("退回待改") && row.contains("缺形象进度"), "{row}");
    assert!(!office.get("/tasks").await.text().contains("缺形象进度"), "not the office's to mend");

    let mut town = Client::signed_in_to(router.clone(), "zhepu").await;
    for path in ["/", "/tasks", "/returns/2026-05"] {
        let page = town.get(&format!("{path}?lang=zh-Hans")).await;
        let banner = page.between("<div class=\"note warn seen back\"", "</div>").to_owned();
        for part in ["2026年5月月报已退回", "县重点办", "2026-06-18 08:00", "缺形象进度"]
        {
            assert!(banner.contains(part), "{path}: no {part} in {banner}");
        }
        assert!(banner.contains(&address), "{path} leads there");
    }
    let page = town.get(&address).await;
    let (top, form) = page.text().split_once("id=\"fill\"").expect("a form");
    assert!(top.contains("缺形象进度") && !form.is_empty());
    let mut other = Client::signed_in_to(router, "luting").await;
    assert!(!other.get("/").await.text().contains("缺形象进度"));
}

#[tokio::test]
async fn one_is_not_ones() {
    let mut town = Client::signed_in("luting").await;
    let (address, _) = place_of(&mut town, "芦汀镇").await;
    let page = town.get("/?lang=en").await;
    assert!(page.text().contains("May returns received: 0 of 1 place<"), "one place");
    let page = town.get(&format!("{address}?lang=en")).await;
    assert!(page.text().contains("8 projects"));
    let t = tici_web::i18n::T::new(tici_domain::Lang::En);
    let cases = [
        ("return-sub", "n", "2026, 1 project"),
        ("round-not-judged", "n", "1 return waits to be checked"),
        ("cli-template-written", "n", "1 form written to "),
        ("cli-returns-sum", "n", "1 file: "),
        ("return-asked", "asked", "1 cell asked for"),
    ];
    for (key, name, words) in cases {
        let args: [(&str, &dyn std::fmt::Display); 7] = [
            (name, &1),
            ("period", &"2026"),
            ("folder", &""),
            ("written", &1),
            ("same", &0),
            ("refused", &0),
            ("filled", &0),
        ];
        let said = t.t1(key, &args);
        assert!(said.replace(['\u{2068}', '\u{2069}'], "").starts_with(words), "{key}: {said}");
    }
}
