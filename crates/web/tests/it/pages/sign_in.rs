//! `/sign-in`, `/sign-out`.

use crate::app::{Client, fresh};

#[tokio::test]
async fn the_sample_offers_its_posts() {
    let mut client = Client::stranger();
    let answer = client.get("/sign-in?lang=en").await;
    assert_eq!(answer.status, 200);
    for login in ["diaodu", "shenhe", "lingdao", "admin"] {
        assert!(answer.text().contains(&format!("value=\"{login}\"")), "{login}");
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused() {
    let cases: [&[(&str, &str)]; 3] = [
        &[("login", "diaodu")],
        &[("login", "diaodu"), ("csrf", "")],
        &[("login", "diaodu"), ("csrf", "0123456789abcdef0123456789abcdef")],
    ];
    for fields in cases {
        for path in ["/sign-in", "/sign-in/sample"] {
            let mut client = Client::stranger();
            client.get("/sign-in").await;
            let answer = client.post(path, fields).await;
            assert_eq!(answer.status, 403, "{path} {fields:?}");
        }
    }
}

#[tokio::test]
async fn a_wrong_password_keeps_the_name_and_says_what_to_do() {
    let mut client = Client::stranger();
    let csrf = client.get("/sign-in?lang=en").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("login", "nobody"), ("password", "wrong")];
    let answer = client.post("/sign-in", &fields).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("value=\"nobody\""));
    assert!(answer.text().contains("Account name or password is wrong"));
}

#[tokio::test]
async fn signing_in_never_leads_elsewhere() {
    for next in ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example"] {
        let mut client = Client::stranger();
        let csrf = client.get("/sign-in").await.csrf();
        let fields = [("csrf", csrf.as_str()), ("login", "lingdao"), ("next", next)];
        let answer = client.post("/sign-in/sample", &fields).await;
        assert_eq!(answer.location(), "/", "{next}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let mut client = Client::signed_in_to(fresh(), "lingdao").await;
    let csrf = client.get("/account").await.csrf();
    let refused = client.post("/sign-out", &[("csrf", "x")]).await;
    assert_eq!(refused.status, 403);
    let answer = client.post("/sign-out", &[("csrf", &csrf)]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/sign-in"));
    assert_eq!(client.get("/account").await.status, 303);
}
