//! The page of lights and its JSON.

use crate::app::Client;

#[tokio::test]
async fn every_light_says_its_rule_its_figures_and_its_months() {
    let mut client = Client::signed_in("diaodu").await;
    let page = client.get("/lights?lang=zh-Hans&period=2026-05&tier=listed").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for part in ["砚溪县亮灯规则", "比上月末", "逐月的灯", "进度：完成应完成的", "2025年5月"]
    {
        assert!(text.contains(part), "no {part}");
    }
    assert!(text.contains("共 62 个项目"));
    // The counts are those of the ledger, and each leads to its own.
    for (light, count) in [("red", 14), ("amber", 21), ("green", 26), ("unreported", 1)] {
        let href = format!("light={light}&period=2026-05&tier=listed");
        let of_light = client.get(&format!("/lights?{href}")).await;
        let found = of_light.text().matches("<th scope=\"row\" class=\"nm\">").count();
        assert_eq!(found, count, "{light}");
    }
    // By one rule alone, whatever decides.
    let starts = client.get("/lights?period=2026-05&tier=listed&rule=start").await;
    assert!(starts.text().contains("共 21 个项目"), "those not started");
    for bad in ["light=blue", "tier=moon", "since=ever", "period=never", "place=x"] {
        assert_eq!(client.get(&format!("/lights?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn what_changed_is_told_with_what_was() {
    let mut client = Client::signed_in("diaodu").await;
    let page = client.get("/lights?lang=zh-Hans&since=yesterday").await;
    assert!(page.text().contains("精密五金"), "the light that changed");
    let first = client.get("/?lang=zh-Hans").await;
    assert!(first.text().contains("/lights?since=yesterday"), "the first page tells it too");
}

#[tokio::test]
async fn lights_are_read_by_programs() {
    let mut client = Client::signed_in("diaodu").await;
    let lights = client.get("/api/lights?period=2026-05&tier=listed&history=3").await.json();
    assert_eq!(lights["counts"]["red"], 14);
    let rows = lights["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 62);
    assert_eq!(rows[0]["history"].as_array().map(Vec::len), Some(3));
    assert!(rows[0]["light"]["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
    let other = client.get("/api/lights?period=2026-05&rules=yinchuan").await.json();
    assert_eq!(other["rules"], "yinchuan");
    assert_eq!(client.get("/api/lights?rules=none").await.status, 400);
    assert_eq!(client.get("/api/lights?since=ever").await.status, 400);
}
