//! What a page says after its form has done its work, and what it lets nobody say.

use tici_web::{T, done};

use crate::app::{Client, fresh};

#[tokio::test]
async fn a_form_that_was_kept_is_said_to_be() {
    let mut client = Client::signed_in_to(fresh(), "diaodu").await;
    let csrf = client.get("/plans?code=YX26-001&lang=zh-Hans").await.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("code", "YX26-001"),
        ("year", "2026"),
        ("period", "2026"),
        ("amount", "10000"),
        ("reason", "设备提前"),
        ("approver", "分管副县长"),
    ];
    let set = client.post("/plans", &fields).await;
    assert_eq!(set.location(), "/plans?code=YX26-001&year=2026&done=plan-set");
    let page = client.get(set.location()).await;
    let said = page.between("<div class=\"note done noprint\" role=\"status\">", "</div>");
    assert!(said.contains("计划已出新版本"), "{said}");
    assert!(said.contains("href=\"/plans?code=YX26-001&#38;year=2026\""), "{said}");
    assert!(!page.text().contains("done=plan-set"), "no link of the page says it again");
    assert!(page.text().contains("10,000"), "the column is in what the form takes");
}

#[tokio::test]
async fn an_address_puts_no_words_into_a_page() {
    let mut client = Client::signed_in("lingdao").await;
    for key in ["<b>x</b>", "plan-sett", "claims-title", ""] {
        let page = client.get(&format!("/lists?done={}", tici_web::visit::encode(key))).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("note done"), "{key}");
    }
}

#[test]
fn every_key_has_its_words() {
    for lang in tici_domain::Lang::ALL {
        for key in done::KEYS {
            let words = done::words(T::new(lang), key);
            assert!(!words.is_empty() && !words.starts_with("done-"), "{lang:?} {key}");
        }
    }
}

#[tokio::test]
async fn a_reporter_chooses_a_project_to_claim_for() {
    let mut client = Client::signed_in("jingkai").await;
    let page = client.get("/claims?lang=zh-Hans").await;
    assert!(page.text().contains("action=\"/claims/new\""));
    let code = page.between("<select name=\"code\" aria-label=\"项目\"><option value=\"", "\"");
    let code = code.to_owned();
    let chosen = client.get(&format!("/claims/new?code={code}")).await;
    assert!(chosen.location().ends_with("#claim-form"), "{}", chosen.location());
    let form = client.get(chosen.location()).await;
    assert!(form.text().contains("id=\"claim-form\"") && form.text().contains(&code));
    let other = client.get("/claims/new?code=YX26-016").await;
    assert_eq!(other.status, 422, "another place's project");
    let mut reader = Client::signed_in("lingdao").await;
    assert!(!reader.get("/claims").await.text().contains("/claims/new"));
}

#[tokio::test]
async fn whoever_only_reads_is_offered_no_form_that_writes() {
    for login in ["lingdao", "shenji"] {
        let mut client = Client::signed_in(login).await;
        for path in ["/imports", "/meetings", "/claims", "/tasks", "/lists", "/promises", "/pairs"]
        {
            let page = client.get(path).await;
            assert_eq!(page.status, 200, "{login} {path}");
            assert!(!page.text().contains("method=\"post\""), "{login} {path}");
        }
    }
}

#[tokio::test]
async fn the_bar_of_a_phone_holds_what_a_role_opens() {
    let cases = [
        ("jingkai", ["/returns", "/claims", "/projects", "/tasks"]),
        ("diaodu", ["/", "/projects", "/returns", "/tasks"]),
        ("lingdao", ["/", "/projects", "/lights", "/league"]),
    ];
    for (login, tabs) in cases {
        let mut client = Client::signed_in(login).await;
        let page = client.get("/lists").await;
        let bar = page.between("<nav class=\"tabbar\"", "</nav>");
        let links = bar.split("<a href=\"").skip(1);
        let found: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(found[..4], tabs, "{login}");
        let menu = page.between("<nav class=\"nav\"", "</nav>");
        assert!(menu.contains("href=\"/plans\""), "plans stand in the menu");
    }
}
