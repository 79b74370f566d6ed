//! The league, its strip on the first page, and its JSON.

use crate::app::Client;

#[tokio::test]
async fn the_league_shows_ranks_changes_and_the_rules_in_words() {
    let mut client = Client::signed_in("diaodu").await;
    let page = client.get("/league?lang=zh-Hans&period=2026-05").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for part in [
        "砚溪县乡镇园区比拼。2026年5月，升降对比2026年4月",
        "石鹿镇",
        "▲",
        "同一批项目",
        "60 分乘以累计完成投资占到当月应完成投资的比",
        "60 分 × ",
        "1 个项目未报",
        "有项目未报",
        "优 90 分以上（含）",
    ] {
        assert!(text.contains(part), "no {part}");
    }
    assert!(
        text.contains("href=\"/projects?tier=all&period=2026-05&id=")
            || text.contains("href=\"/projects?tier=all&#38;period=2026-05&#38;id="),
        "a cell leads"
    );
    assert_eq!(client.get("/league?period=never").await.status, 400);
}

#[tokio::test]
async fn the_first_page_has_the_league_in_one_line() {
    let mut client = Client::signed_in("diaodu").await;
    let answer = client.get("/?lang=zh-Hans&period=2026-05").await;
    let text = answer.text();
    assert_eq!(text.matches("class=\"lg\"").count(), 13);
    assert!(text.contains("2026年5月综合得分，升降对比2026年4月"));
}

#[tokio::test]
async fn the_league_is_read_by_programs() {
    let mut client = Client::signed_in("diaodu").await;
    let league = client.get("/api/league?period=2026-05").await.json();
    let rows = league["groups"][0]["rows"].as_array().expect("rows");
    assert_eq!((&league["rules"], rows.len()), (&"yanxi".into(), 13));
    assert_eq!(rows[0]["rank"], 1);
    assert!(rows[0]["cells"][0]["formula_in_words"].as_str().is_some_and(|s| s.contains("60")));
}
