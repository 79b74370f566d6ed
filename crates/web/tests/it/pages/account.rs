//! `/account`.

use crate::app::{Client, fresh};

#[tokio::test]
async fn preferences_are_kept_without_script() {
    let mut client = Client::signed_in("shenji").await;
    let csrf = client.get("/account").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("lang", "en"), ("theme", "dark")];
    let answer = client.post("/account/preferences", &fields).await;
    let next = answer.location().to_owned();
    client.get(&next).await;
    let answer = client.get("/account").await;
    assert!(answer.text().contains("<html lang=\"en\" data-theme=\"dark\">"));
}

#[tokio::test]
async fn a_password_is_changed_only_with_the_old_one() {
    let router = fresh();
    let mut client = Client::signed_in_to(router.clone(), "lingdao").await;
    let csrf = client.get("/account?lang=en").await.csrf();
    let cases = [
        ("wrong old one", "new-password-1", "new-password-1"),
        ("wrong old one", "new-password-1", "new-password-2"),
    ];
    for (old, new, again) in cases {
        let fields = [("csrf", csrf.as_str()), ("old", old), ("new", new), ("again", again)];
        let answer = client.post("/account/password", &fields).await;
        assert_eq!(answer.status, 200, "{new} {again}");
        assert!(answer.text().contains("role=\"alert\""), "{new} {again}");
    }
}

/// A sample account signing in on a machine that has never seen it.
async fn elsewhere(router: axum::Router, login: &str) -> Client {
    let mut client = Client::of(router);
    let csrf = client.get("/sign-in").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("login", login), ("next", "/account")];
    client.post("/sign-in/sample", &fields).await;
    client
}

#[tokio::test]
async fn language_and_money_go_with_the_account() {
    let router = fresh();
    let mut first = elsewhere(router.clone(), "shenji").await;
    assert!(first.get("/projects").await.text().contains("<html lang=\"zh-Hans\""));
    first.get("/projects?lang=en&money=plain").await;

    let page = first.get("/projects?tier=city").await;
    assert!(page.text().contains("money=scaled\" rel=\"nofollow\">In CNY m</a>"), "and back");

    let mut second = elsewhere(router.clone(), "shenji").await;
    let page = second.get("/projects").await;
    assert!(page.text().contains("<html lang=\"en\""), "the account reads English");
    assert!(page.text().contains("36,160,000,000") && page.text().contains("Amounts in CNY."));
    let csrf = second.get("/account").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("lang", "zh-Hant"), ("money", "scaled")];
    let next = second.post("/account/preferences", &fields).await.location().to_owned();
    second.get(&next).await;
    let mut third = elsewhere(router.clone(), "shenji").await;
    let page = third.get("/projects").await;
    assert!(page.text().contains("<html lang=\"zh-Hant\"") && page.text().contains("361.60"));

    // One chosen on the sign-in page goes before the account's, and stays.
    let mut client = Client::of(router.clone());
    let page = client.get("/sign-in?lang=en").await;
    assert!(page.text().contains("name=\"lang\" value=\"en\""));
    let csrf = page.csrf();
    let fields = [("csrf", csrf.as_str()), ("login", "shenji"), ("lang", "en")];
    client.post("/sign-in/sample", &fields).await;
    let mut last = elsewhere(router.clone(), "shenji").await;
    assert!(last.get("/").await.text().contains("<html lang=\"en\""));
    let mut other = elsewhere(router, "lingdao").await;
    assert!(other.get("/").await.text().contains("<html lang=\"zh-Hans\""), "its own only");
}

#[tokio::test]
async fn a_text_that_no_database_keeps_is_refused_as_a_problem() {
    let mut client = Client::signed_in_to(fresh(), "lingdao").await;
    let csrf = client.get("/account?lang=en").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("name", "a\0b"), ("query", "tier=all")];
    let answer = client.post("/projects/views", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("a text holds a character that cannot be kept"));
}
