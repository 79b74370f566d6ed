//! Packages on a project's page, in its file and through the API.

use serde_json::json;

use crate::app::{Client, fresh};

async fn id(client: &mut Client, code: &str) -> i64 {
    let found = client.get(&format!("/projects/by-code/{code}")).await;
    found.location().rsplit('/').next().and_then(|id| id.parse().ok()).expect("a project")
}

#[tokio::test]
async fn a_project_is_made_a_package_on_its_page() {
    let router = fresh();
    let mut office = Client::signed_in_to(router.clone(), "diaodu").await;
    let whole = id(&mut office, "YX26-001").await;
    let part = id(&mut office, "YX26-016").await;
    let page = office.get(&format!("/projects/{part}?lang=en")).await;
    assert!(page.text().contains("It has no packages and is no package"));
    let (csrf, action) = (page.csrf(), format!("/projects/{part}/package"));
    let token = ("csrf", csrf.as_str());
    let why = ("reason", "approved lot by lot");

    let cases: [(&[(&str, &str)], &str); 5] = [
        (&[token, why, ("parent", "")], "No project has the code"),
        (&[token, why, ("parent", "NONE-1")], "No project has the code or the name NONE-1"),
        (&[token, why, ("parent", "YX26-001"), ("share", "140")], "at most 100%"),
        (&[token, ("reason", ""), ("parent", "YX26-001")], "A reason is needed"),
        (&[token, why, ("parent", "YX26-016")], "cannot be a package of itself"),
    ];
    for (fields, expected) in cases {
        let refused = office.post(&action, fields).await;
        assert_eq!(refused.status, 422, "{expected}");
        assert!(refused.text().contains(expected), "{expected}");
    }
    let forged = office.post(&action, &[("csrf", "x"), why, ("parent", "YX26-001")]).await;
    assert_eq!(forged.status, 403);

    let made = [token, why, ("parent", "yx26-001"), ("share", "40%")];
    let answer = office.post(&action, &made).await;
    assert_eq!(answer.location(), format!("/projects/{part}?done=package-set#packages"));
    let page = office.get(&format!("/projects/{part}?lang=en")).await;
    let panel = page.between("id=\"packages\"", "</section>");
    for text in ["YX26-001", "<b>40%</b>", "approved lot by lot", "Counts with YX26-001"] {
        assert!(panel.contains(text), "{text} in {panel}");
    }
    let page = office.get(&format!("/projects/{whole}?lang=en")).await;
    let panel = page.between("id=\"packages\"", "</section>");
    assert!(panel.contains("YX26-016") && panel.contains("add up to 40%, not 100%"), "{panel}");
    assert!(!panel.contains("/package\""), "what has packages is no package");

    // The file gives both back, under headers that an import knows.
    let file = office
        .get(&format!("/projects/export/csv?lang=zh-Hans&tier=all&packages=split&id={part}"))
        .await;
    assert!(file.text().contains(",上级项目,占比\r\n"), "{}", file.text());
    assert!(file.text().contains(",YX26-001,40%\r\n"), "{}", file.text());
    let again = [token, why, ("alone", "1")];
    let answer = office.post(&action, &again).await;
    assert_eq!(answer.location(), format!("/projects/{part}?done=package-cleared#packages"));
    let page = office.get(&format!("/projects/{part}?lang=zh-Hant")).await;
    assert!(page.between("id=\"packages\"", "</section>").contains("獨立項目"));

    let mut reader = Client::signed_in_to(router, "lingdao").await;
    let page = reader.get(&format!("/projects/{part}")).await;
    assert!(!page.text().contains(&action), "a reader is offered no form");
    let csrf = reader.get("/account").await.csrf();
    let fields = [("csrf", csrf.as_str()), why, ("parent", "YX26-001")];
    assert_eq!(reader.post(&action, &fields).await.status, 403);
}

#[tokio::test]
async fn packages_are_made_and_read_through_the_api() {
    let mut office = Client::signed_in_to(fresh(), "diaodu").await;
    let whole = id(&mut office, "YX26-001").await;
    let part = id(&mut office, "YX26-016").await;
    let address = format!("/api/projects/{part}/package");
    let body = json!({ "parent": "YX26-001", "share": 4000, "reason": "lots" });
    let made = office.post_json(&address, body).await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(made.json()["warnings"][0]["key"], "package-shares");
    let read = office.get(&address).await.json();
    assert_eq!((&read["parent"]["code"], &read["share"]), (&json!("YX26-001"), &json!(4000)));
    assert_eq!(read["counts_once"][0]["key"], "once-with-project");
    assert_eq!(read["history"][0]["reason"], "lots");
    let read = office.get(&format!("/api/projects/{whole}/package")).await.json();
    assert_eq!(read["packages"][0]["code"], "YX26-016");
    assert_eq!(read["problems"][0]["key"], "package-shares");
    let round = json!({ "parent": "YX26-016", "reason": "round" });
    let refused = office.post_json(&format!("/api/projects/{whole}/package"), round).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("package-of-package"), "{}", refused.text());
    let alone = office.post_json(&address, json!({ "reason": "one approval" })).await;
    assert_eq!(alone.status, 200, "{}", alone.text());
    assert_eq!(office.get(&address).await.json()["parent"], json!(null));
}
