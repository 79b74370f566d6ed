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
