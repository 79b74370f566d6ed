//! The stage board.

use crate::app::Client;

#[tokio::test]
async fn the_board_shows_stages_moves_and_the_estimate() {
    let mut client = Client::signed_in("diaodu").await;
    let page = client.get("/board?lang=zh-Hans").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for part in [
        "在库 148 个，总投资 534.7 亿元",
        "本月新签 4",
        "退库 1",
        "本月由落地进入开工 7 个",
        "停留中位 118 天",
        "限 120",
        "用地批复、能评批复",
        "晚 29 天",
        "本月进入",
        "落地超 120 天 9 个",
        "签约超 90 天 6 个",
        "2026年下半年可开工",
        "80% 区间",
        "怎么算的",
    ] {
        assert!(text.contains(part), "no {part}");
    }
    assert_eq!(text.matches("class=\"bcol\"").count(), 7);
}

#[tokio::test]
async fn the_board_narrows_sorts_and_unfolds() {
    let mut client = Client::signed_in("diaodu").await;
    let cards = |page: &crate::app::Answer| page.text().matches("<article").count();
    let all = client.get("/board").await;
    let storage = client.get("/board?chain=storage&sort=total").await;
    assert!(cards(&storage) < cards(&all));
    let unfolded = client.get("/board?all=landed").await;
    assert!(cards(&unfolded) >= 31);
    assert_eq!(client.get("/board?sort=luck").await.status, 400);

    let board = client.get("/api/board").await.json();
    assert_eq!((&board["projects"], &board["columns"][1]["arrived"]), (&148.into(), &3.into()));
    assert_eq!(board["columns"][1]["limit_days"], 120);
    assert!(board["pipeline"]["starts_low"].as_u64() < board["pipeline"]["starts_high"].as_u64());
}
