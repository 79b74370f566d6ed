//! `/projects/{id}`.

use crate::app::{Client, fresh};

/// The number of a project by its code.
async fn id(client: &mut Client, code: &str) -> String {
    let answer = client.get(&format!("/projects/by-code/{code}")).await;
    answer.location().trim_start_matches("/projects/").to_owned()
}

#[tokio::test]
async fn a_figure_opens_to_its_cell() {
    let mut client = Client::signed_in("diaodu").await;
    let id = id(&mut client, "YX26-001").await;
    let path = format!("/projects/{id}?lang=zh-Hans&figure=invest_ytd.2026-05.reported");
    let answer = client.get(&path).await;
    assert_eq!(answer.status, 200);
    let opened = answer.between("id=\"figure\"", "</aside>");
    let expected = [
        "3.62 亿元",
        "2026年1—5月累计完成投资",
        "经开区统计岗",
        "2026-06-05 16:42",
        "经开区5月月报.xlsx",
        "<b>H7</b>",
        "36,218",
        "3.48 亿元",
        "补计设备到货",
        "县重点办审核岗",
    ];
    for word in expected {
        assert!(opened.contains(word), "{word} in {opened}");
    }
    let file =
        client.get(&format!("/projects/{id}/source?figure=invest_ytd.2026-05.reported")).await;
    assert_eq!((file.status.as_u16(), &file.bytes[..2]), (200, &b"PK"[..]), "the very workbook");
}

#[tokio::test]
async fn every_figure_of_the_ledger_opens() {
    let mut client = Client::signed_in("diaodu").await;
    let ledger =
        client.get("/projects?tier=listed&rows=50&col=total&col=done&col=since-start").await;
    let links: Vec<&str> = ledger
        .text()
        .split("class=\"prov\" href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.contains("figure="))
        .collect();
    assert!(links.len() > 100, "{}", links.len());
    for link in links.iter().step_by(9) {
        let path = link.split('#').next().unwrap_or_default();
        let answer = client.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text().contains("id=\"figure\""), "{path}");
    }
}

#[tokio::test]
async fn the_page_shows_stages_claims_lists_and_plans() {
    let mut client = Client::signed_in("diaodu").await;
    let id = id(&mut client, "YX26-001").await;
    let answer = client.get(&format!("/projects/{id}?lang=zh-Hans")).await;
    let text = answer.text();
    for word in [
        "32.60",
        "12.06",
        "主厂房封顶",
        "晚 19 天",
        "按期",
        "2026年 省列",
        "9.80 亿元",
        "月报截止 7月3日",
    ] {
        assert!(text.contains(word), "{word}");
    }
    assert!(text.contains("role=\"img\""), "drawings have names");
}

#[tokio::test]
async fn evidence_is_given_only_with_its_project() {
    let mut client = Client::signed_in("diaodu").await;
    let id = id(&mut client, "YX26-001").await;
    let page = client.get(&format!("/projects/{id}")).await;
    let href = format!("/projects/{id}/evidence/{}", page.between("/evidence/", "\""));
    let file = client.get(&href).await;
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").starts_with("attachment"));
    let other = href.replace(&format!("/projects/{id}/"), "/projects/2/");
    assert_eq!(client.get(&other).await.status, 404, "by way of another project");
}

#[tokio::test]
async fn another_towns_project_is_not_there() {
    let mut office = Client::signed_in("diaodu").await;
    let id = id(&mut office, "YX26-001").await;
    let mut town = Client::signed_in("luting").await;
    for path in
        ["", "/source?figure=invest_ytd.2026-05.reported", "?figure=invest_ytd.2026-05.reported"]
    {
        let answer = town.get(&format!("/projects/{id}{path}")).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    assert_eq!(town.get("/projects/by-code/YX26-001").await.status, 404);
}

#[tokio::test]
async fn a_claim_waits_until_somebody_else_has_judged_it() {
    let router = fresh();
    let mut office = Client::signed_in_to(router.clone(), "diaodu").await;
    let mut reviewer = Client::signed_in_to(router, "shenhe").await;
    let id = id(&mut office, "YX26-016").await;
    let page = office.get(&format!("/projects/{id}?lang=en")).await;
    let csrf = page.csrf();
    let path = format!("/projects/{id}/claims");
    let fields = |csrf, on| {
        [("csrf", csrf), ("stage", "started"), ("on", on), ("kind", "photo"), ("note", "piling")]
    };
    let file: &[(&str, &str, &[u8])] = &[("files", "site.txt", b"ground broken")];

    let forged = office.post_files(&path, &fields("x", "2026-06-17"), file).await;
    assert_eq!(forged.status, 403, "without the token");
    let bare = office.post_files(&path, &fields(&csrf, "2026-06-17"), &[]).await;
    assert_eq!(bare.status, 422, "a start needs evidence");
    assert!(bare.text().contains("role=\"alert\""));
    let unreadable = office.post_files(&path, &fields(&csrf, "yesterday"), file).await;
    assert_eq!(unreadable.status, 422);
    let made = office.post_files(&path, &fields(&csrf, "2026-06-17"), file).await;
    assert_eq!((made.status.as_u16(), made.leads_to()), (303, format!("/projects/{id}#claims")));

    let own = office.get(&format!("/projects/{id}?lang=en")).await;
    let claims = own.between("id=\"claims\"", "</section>");
    assert!(claims.contains("Waiting") && !claims.contains("value=\"verified\""), "not their own");
    let seen = reviewer.get(&format!("/projects/{id}?lang=en")).await;
    let claim = seen.between(&format!("/projects/{id}/claims/"), "/verdicts").to_owned();
    let path = format!("/projects/{id}/claims/{claim}/verdicts");
    let csrf = seen.csrf();
    let rejected = reviewer.post(&path, &[("csrf", &csrf), ("verdict", "rejected")]).await;
    assert_eq!(rejected.status, 422, "a rejection needs a reason");
    let verified = reviewer.post(&path, &[("csrf", &csrf), ("verdict", "verified")]).await;
    assert_eq!(verified.status, 303);
    let after = reviewer.get(&format!("/projects/{id}?lang=en")).await;
    assert!(after.between("id=\"claims\"", "</section>").contains("site.txt"));
    assert!(!after.text().contains("name=\"verdict\" value=\"rejected\""), "judged");
}
