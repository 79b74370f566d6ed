//! The first page over the sample county: its figures are those of the county.

use crate::app::Client;

#[tokio::test]
async fn its_figures_are_the_countys() {
    let mut client = Client::signed_in("diaodu").await;
    let page = client.get("/?lang=zh-Hans").await;
    assert_eq!(page.status, 200);
    for text in [
        "62 个列省列市项目 6月30日前全部开工",
        "省列 3 / 4，市列 38 / 58",
        "6月30日前 50 个，比目标少 12 个。",
        "报得最晚的 10 个",
        "汀氢能源",
        "5月末实际 32.3",
        "看全部 21 个未开工",
        "2.18 → <b>2.29</b> 亿元",
    ] {
        assert!(page.text().contains(text), "{text}");
    }
    let cells = page.text().matches("<title>YX26-").count();
    assert_eq!(cells, 2 * 62, "one cell for each project, in each of two widths");
}

#[tokio::test]
async fn it_reads_in_three_languages() {
    let mut client = Client::signed_in("lingdao").await;
    for (lang, text) in [
        ("zh-Hant", "照各單位報的日期"),
        ("en", "By the dates reported"),
        ("zh-Hans", "照各单位报的日期"),
    ] {
        let page = client.get(&format!("/?lang={lang}")).await;
        assert!(page.text().contains(text), "{lang}");
    }
}

#[tokio::test]
async fn a_period_that_is_none_is_said() {
    let mut client = Client::signed_in("lingdao").await;
    assert_eq!(client.get("/?period=2026-04").await.status, 200);
    assert_eq!(client.get("/?period=soon").await.status, 400);
}
