//! Any page as it was known at an earlier moment.

use crate::app::{Client, fresh};

#[tokio::test]
async fn a_page_of_the_past_has_the_figures_of_the_past() {
    let mut client = Client::signed_in("diaodu").await;
    let page = client.get("/?lang=zh-Hans&as_of=2026-03-31").await;
    assert_eq!(page.status, 200);
    for text in [
        "按 2026-03-31 23:59 时所知显示",
        "3月31日 周二",
        // What the page leads to looks back as well; the way back does not.
        "href=\"/projects?as_of=2026-03-31\"",
        "href=\"/?lang=zh-Hans&amp;as_of=now\"",
        "href=\"/journal?as_of=2026-03-31\"",
    ] {
        let shown = page.text().contains(text)
            || page.text().contains(&text.replace("lang=zh-Hans&amp;", ""));
        assert!(shown, "{text}");
    }
    let now = client.get("/?as_of=now").await;
    assert!(!now.text().contains("时所知显示"));
    assert!(now.text().contains("省列 3 / 4，市列 38 / 58"));
    assert!(!page.text().contains("省列 3 / 4，市列 38 / 58"));
}

#[tokio::test]
async fn every_kind_of_page_looks_back() {
    let mut client = Client::signed_in("diaodu").await;
    for path in ["/projects", "/league", "/board", "/promises", "/returns", "/tasks", "/meetings"] {
        let page = client.get(&format!("{path}?as_of=2026-05-20&lang=zh-Hans")).await;
        // The returns open with their newest round, which is then the newest of that day.
        let page = if page.status == 303 { client.get(page.location()).await } else { page };
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("按 2026-05-20 23:59 时所知显示"), "{path}");
    }
    let answer = client.get("/api/league?as_of=2026-04-30").await;
    assert!(
        answer.json()["as_of"].as_i64() < client.get("/api/league").await.json()["as_of"].as_i64()
    );
}

#[tokio::test]
async fn nothing_is_written_into_the_past() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let page = client.get("/tasks?as_of=2026-05-20").await;
    assert!(page.text().contains("action=\"/tasks?as_of=2026-05-20\""));
    let csrf = page.csrf();
    let fields =
        [("csrf", csrf.as_str()), ("title", "补地勘"), ("due", "2026-07-01"), ("kind", "request")];
    let refused = client.post("/tasks?as_of=2026-05-20", &fields).await;
    assert!(refused.text().contains("不能写入"), "{}", refused.status);
    let written = client.post("/tasks", &fields).await;
    assert_eq!(written.status, 303);
}

#[tokio::test]
async fn a_moment_is_chosen_on_a_page() {
    let mut client = Client::signed_in("lingdao").await;
    let page = client.get("/look-back?next=/projects%3Ftier%3Dcity%26page%3D3&lang=zh-Hans").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("action=\"/projects\""));
    assert!(page.text().contains("name=\"tier\" value=\"city\""));
    assert!(
        page.text().contains("/projects?tier=city&amp;as_of=2026-06-17")
            || page.text().contains("/projects?tier=city&#38;as_of=2026-06-17")
    );
    let elsewhere = client.get("/look-back?next=//example.org/").await;
    assert!(elsewhere.text().contains("action=\"/\""));
    assert_eq!(client.get("/?as_of=spring").await.status, 422);
}

#[tokio::test]
async fn a_form_leads_on_from_the_page_it_was_on() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let csrf = client.get("/tasks").await.csrf();
    let headers = [("referer", "http://tici.test/tasks?page=2"), ("host", "tici.test")];
    let fields = [("csrf", csrf.as_str()), ("title", ""), ("due", "soon")];
    let refused = client.post_with("/tasks", &fields, &headers).await;
    let links = refused.text().split("href=\"").find(|link| link.contains("lang=en"));
    assert!(links.is_some_and(|link| link.starts_with("/tasks?page=2")), "{:?}", refused.status);
}

#[tokio::test]
async fn the_journal_ends_at_the_moment_looked_back_to() {
    let mut client = Client::signed_in("diaodu").await;
    let number = |page: &crate::app::Answer| -> i64 {
        let row = page.between("<td class=\"n\"><a href=\"/journal/", "\"").to_owned();
        let digits: String = row.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().expect("an entry's number")
    };
    let now = client.get("/journal?lang=zh-Hans&as_of=now").await;
    let newest = number(&now);
    let then = client.get("/journal?lang=zh-Hans&as_of=100").await;
    assert_eq!((then.status.as_u16(), number(&then)), (200, 99), "the hundredth entry is the last");
    assert!(newest > 100, "and others came after it");
    assert_eq!(client.get("/journal/99?as_of=100").await.status, 200);
    assert_eq!(client.get("/journal/100?as_of=100").await.status, 404, "not written yet");
    assert_eq!(client.get(&format!("/journal/{newest}")).await.status, 200);
    // The proof is against the checkpoint of that moment.
    let proof = client.get("/journal/99/proof.json?as_of=100").await.json();
    assert!(proof.to_string().contains("100"), "{proof}");
    let note = client.get("/journal/checkpoint.txt?as_of=100").await;
    assert_eq!(note.text().lines().nth(1), Some("100"), "{}", note.text());
    let since = client.get("/journal?as_of=100&from=2026-06-01").await;
    assert!(!since.text().contains("<td class=\"n\"><a href"), "nothing of June was known");
}
