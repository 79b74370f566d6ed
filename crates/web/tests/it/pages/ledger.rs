//! `/projects`.

use crate::app::{Client, fresh};

/// Opens an address and gives the number found.
async fn found(client: &mut Client, query: &str) -> usize {
    let answer = client.get(&format!("/projects?lang=en&{query}")).await;
    assert_eq!(answer.status, 200, "{query}");
    let text = answer.between("role=\"status\">", " found");
    text.replace(',', "").parse().unwrap_or_else(|_| panic!("{query}: {text}"))
}

#[tokio::test]
async fn filters_narrow_and_their_counts_agree() {
    let mut client = Client::signed_in("diaodu").await;
    let listed = found(&mut client, "tier=listed").await;
    let all = found(&mut client, "tier=all").await;
    assert_eq!((listed, all), (62, 148));
    let mut by_tier = 0;
    for tier in ["province", "city", "county"] {
        by_tier += found(&mut client, &format!("tier={tier}")).await;
    }
    assert_eq!(by_tier, listed, "tiers add up");
    let mut by_light = 0;
    for light in ["red", "amber", "green", "unreported"] {
        by_light += found(&mut client, &format!("tier=listed&light={light}")).await;
    }
    assert_eq!(by_light, listed, "lights add up");
    let stages = [
        "none",
        "signed",
        "landed",
        "started",
        "in_progress",
        "completed",
        "in_production",
        "at_capacity",
    ];
    let mut by_stage = 0;
    for stage in stages {
        by_stage += found(&mut client, &format!("tier=all&stage={stage}")).await;
    }
    assert_eq!(by_stage, all, "stages add up");
    assert_eq!(found(&mut client, "tier=all&text=YX26-001").await, 1);
    assert_eq!(found(&mut client, "tier=listed&start=none").await, 21);
}

#[tokio::test]
async fn totals_are_of_all_rows_and_state_their_rule() {
    let mut client = Client::signed_in("diaodu").await;
    let first = client.get("/projects?lang=en&tier=listed").await;
    let last = client.get("/projects?lang=en&tier=listed&page=4").await;
    let totals = |answer: &crate::app::Answer| answer.between("<tfoot>", "</tfoot>").to_owned();
    assert_eq!(totals(&first), totals(&last), "the page does not change the totals");
    assert!(totals(&first).contains("36,160.0") && totals(&first).contains("62 projects"));
    let rule = first.between("<dl class=\"kv\">", "</dl>");
    for word in ["listed projects", "a project counts once", "January–May 2026", "2026-06-18"] {
        assert!(rule.contains(word), "{word} in {rule}");
    }
    assert!(first.text().contains("no May report"), "who is missing is said");
}

#[tokio::test]
async fn rows_of_a_page_are_as_many_as_asked() {
    let mut client = Client::signed_in("diaodu").await;
    let rows = |text: &str| text.matches("class=\"pick\"").count();
    for (query, expected) in [("", 19), ("&rows=50", 50), ("&rows=50&page=2", 12), ("&page=99", 5)]
    {
        let answer = client.get(&format!("/projects?tier=listed{query}")).await;
        assert_eq!(rows(answer.text()), expected, "{query}");
    }
}

#[tokio::test]
async fn columns_and_order_are_in_the_address() {
    let mut client = Client::signed_in("diaodu").await;
    let answer = client.get("/projects?lang=en&tier=listed&col=place&col=sponsor").await;
    let head = answer.between("<thead>", "</thead>");
    assert!(head.contains("Place") && head.contains("Sponsor") && !head.contains("Stage"));
    let answer = client.get("/projects?lang=en&tier=listed&sort=done_ytd&dir=up").await;
    let head = answer.between("<thead>", "</thead>");
    assert!(head.contains("aria-sort=\"ascending\"") && head.contains("Done ↑"));
}

#[tokio::test]
async fn nothing_found_offers_to_clear() {
    let mut client = Client::signed_in("diaodu").await;
    let answer = client.get("/projects?lang=en&tier=all&text=no+such+thing").await;
    assert!(answer.text().contains("No projects match"));
    assert!(answer.text().contains("href=\"/projects?tier=all\""));
}

#[tokio::test]
async fn a_search_is_text_and_nothing_else() {
    let mut client = Client::signed_in("diaodu").await;
    let answer = client.get("/projects?tier=all&text=%22%3E%3Cb%20x%3D1%3E").await;
    assert!(!answer.text().contains("<b x=1>"), "the search is escaped");
}

#[tokio::test]
async fn an_account_sees_its_own_places() {
    let mut office = Client::signed_in("diaodu").await;
    let mut town = Client::signed_in("luting").await;
    let all = found(&mut office, "tier=all").await;
    let own = found(&mut town, "tier=all").await;
    assert!(own > 0 && own < all, "{own} of {all}");
}

#[tokio::test]
async fn files_hold_what_is_shown() {
    let mut client = Client::signed_in("diaodu").await;
    let answer = client.get("/projects/export/csv?tier=listed&lang=zh-Hans").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-disposition").contains("attachment"));
    let text = answer.text();
    assert!(text.starts_with('\u{feff}') && text.contains("总投资"));
    assert!(text.contains("YX26-001"));
    let one = client.get("/projects/export/csv?tier=all&id=1").await;
    assert!(one.text().lines().count() <= 4, "only the selection");
    let workbook = client.get("/projects/export/xlsx?tier=listed").await;
    assert_eq!(&workbook.bytes[..2], b"PK", "a workbook");
    assert_eq!(client.get("/projects/export/exe").await.status, 404);
    let mut administrator = Client::signed_in("admin").await;
    assert_eq!(administrator.get("/projects/export/csv").await.status, 403);
}

#[tokio::test]
async fn a_view_is_saved_used_and_forgotten() {
    let mut client = Client::signed_in_to(fresh(), "lingdao").await;
    let csrf = client.get("/projects").await.csrf();
    let fields =
        [("csrf", csrf.as_str()), ("name", "My red ones"), ("query", "?tier=listed&light=red")];
    let answer = client.post("/projects/views", &fields).await;
    assert_eq!(answer.leads_to(), "/projects?tier=listed&light=red");
    let page = client.get("/projects?tier=listed&light=red").await;
    assert!(page.text().contains("My red ones"));
    let tabs = page.between("<div class=\"tabs\"", "</div>");
    let marked = tabs.matches("aria-current=\"true\"").count();
    assert_eq!(marked, 1, "the person's own view, not the built-in one of the same filter too");
    let refused = client.post("/projects/views", &[("name", "x"), ("query", "")]).await;
    assert_eq!(refused.status, 403, "without the token");
    let fields = [("csrf", csrf.as_str()), ("name", "My red ones")];
    client.post("/projects/views/forget", &fields).await;
    assert!(!client.get("/projects").await.text().contains("My red ones"));
}

#[tokio::test]
async fn a_projects_state_can_be_asked_for() {
    let mut client = Client::signed_in("shenji").await;
    let in_force = found(&mut client, "tier=all").await;
    let mut apart = 0;
    for state in ["active", "suspended"] {
        apart += found(&mut client, &format!("tier=all&state={state}")).await;
    }
    assert_eq!(apart, in_force, "what counts unless another state is asked for");
    let mut all = apart;
    for state in ["terminated", "withdrawn"] {
        all += found(&mut client, &format!("tier=all&state={state}")).await;
    }
    assert_eq!(found(&mut client, "tier=all&state=any").await, all);
    let page = client.get("/projects?tier=all&state=suspended&lang=zh-Hans").await;
    let field = page.between("<select name=\"state\"", "</select>");
    assert!(field.contains("value=\"suspended\" selected"), "{field}");
    assert!(page.text().contains("<dt>范围</dt><dd>暂停</dd>"), "the rule in words");
    let page = client.get("/projects?tier=all").await;
    assert!(page.text().contains("终止、撤回的不计"), "what does not count is said");
    assert_eq!(client.get("/projects?state=lost").await.status, 400);
}

#[tokio::test]
async fn another_month_is_chosen_in_the_strip() {
    let mut client = Client::signed_in("shenji").await;
    let id = client.get("/projects").await.between("<a href=\"/projects/", "\"").to_owned();
    for path in ["/", "/projects", &format!("/projects/{id}")] {
        let page = client.get(&format!("{path}?lang=zh-Hans")).await;
        let form = page.between("<form class=\"cell period\"", "</form>");
        assert!(form.contains(&format!("method=\"get\" action=\"{path}\"")), "{form}");
        assert!(form.contains("value=\"2026-05\" selected>2026年5月<"), "{form}");
        let earlier = client.get(&format!("{path}?period=2026-03")).await;
        let form = earlier.between("<form class=\"cell period\"", "</form>");
        assert!(form.contains("value=\"2026-03\" selected"), "{form}");
        assert_ne!(page.text(), earlier.text());
    }
    let page = client.get("/projects?tier=city&light=red&period=2026-04&page=2").await;
    let form = page.between("<form class=\"cell period\"", "</form>");
    for (name, value) in [("tier", "city"), ("light", "red")] {
        let kept = format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        assert!(form.contains(&kept), "{form}");
    }
    assert!(!form.contains("name=\"page\""), "another month begins at the first page");
    assert!(!client.get("/account").await.text().contains("cell period"));
}
