//! What people do on the pages, with script.

use std::path::PathBuf;

use fantoccini::key::Key;

use tici_ops::verify_ledger::verify_ledger;

use crate::browser::{Scripts, tell};
use crate::county::{own, shared};
use crate::page::Page;

/// Where lists are handed in.
pub const IMPORT: &str = "/imports";

/// A file of `samples/`.
pub fn sample(name: &str) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name);
    file.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn one_click_signs_in_and_a_button_signs_out() {
    tell(shared(), Scripts::On, async |page| {
        page.open("/projects?tier=all").await;
        assert_eq!(page.at().await, "/sign-in?next=%2Fprojects%3Ftier%3Dall");
        page.go("button[name=login][value=lingdao]").await;
        assert_eq!(page.at().await, "/projects?tier=all", "where they wanted to go");
        page.reads(".strip", &["县级领导岗", "砚溪县"]).await;
        page.go(".strip a[href='/account']").await;
        page.go("form[action='/sign-out'] button").await;
        assert_eq!(page.at().await, "/sign-in");
        page.open("/").await;
        assert_eq!(page.at().await, "/sign-in?next=%2F", "signed out for good");
    });
}

#[test]
fn a_password_signs_in_and_a_wrong_one_says_so() {
    tell(shared(), Scripts::On, async |page| {
        page.open("/sign-in?next=%2Faccount").await;
        page.fill("#login", "jingkai").await;
        page.fill("#password", "jingkai-2025").await;
        page.go("form[action='/sign-in'] button").await;
        page.reads("[role=alert]", &["账号或密码不对", "大小写"]).await;
        assert_eq!(page.attribute("#login", "value").await, "jingkai", "the name is kept");
        page.fill("#password", "jingkai-2026").await;
        page.go("form[action='/sign-in'] button").await;
        assert_eq!(page.at().await, "/account");
        page.reads(".strip", &["经开区统计岗"]).await;
    });
}

#[test]
fn the_ledger_narrows_sorts_turns_and_keeps_a_view() {
    let served = own();
    tell(&served, Scripts::On, async |page| {
        page.sign_in("diaodu").await;
        page.open("/projects").await;
        page.reads(".filters [role=status]", &["62"]).await;
        page.reads("tfoot th", &["62"]).await;

        page.go(".ltg a[href*='light=red']").await;
        page.reads(".filters [role=status]", &["14"]).await;
        page.reads(".ltg a[aria-current]", &["14"]).await;
        assert_eq!(page.count("tbody tr").await, 14);

        let place = page.attribute("select[name=place] option:nth-child(3)", "value").await;
        page.choose_and_go("select[name=place]", &place).await;
        let at = page.at().await;
        assert!(at.contains(&format!("place={place}")) && at.contains("light=red"), "{at}");
        let rows = page.count("tbody tr").await;
        assert!(rows < 14, "one town has fewer late projects than the county, not {rows}");

        page.open("/projects").await;
        page.enter(".filters input[name=text]", "YX26-001").await;
        assert_eq!(page.texts("tbody th .two").await.len(), 1);
        page.reads("tbody th", &["YX26-001"]).await;
    });
}

#[test]
fn the_ledger_sorts_and_turns_pages() {
    tell(shared(), Scripts::On, async |page| {
        page.sign_in("lingdao").await;
        page.open("/projects").await;
        page.go("thead a[href*='sort=done_ytd'], thead a[href*='sort=done']").await;
        assert_eq!(page.attribute("th[aria-sort]", "aria-sort").await, "descending");
        let first = page.text("tbody tr:first-child th").await;
        page.go("th[aria-sort] a").await;
        assert_eq!(page.attribute("th[aria-sort]", "aria-sort").await, "ascending");
        assert_ne!(page.text("tbody tr:first-child th").await, first);

        page.open("/projects").await;
        page.reads(".pagin", &["1–19", "62"]).await;
        page.go(".pagin a[rel=next]").await;
        page.reads(".pagin", &["20–38", "62"]).await;
        page.go(".pagin a[rel=prev]").await;
        page.reads(".pagin", &["1–19"]).await;
        page.go(".sizes a[href*='rows=200']").await;
        assert_eq!(page.count("tbody tr").await, 62);
    });
}

#[test]
fn columns_are_chosen_and_a_view_is_kept() {
    let served = own();
    tell(&served, Scripts::On, async |page| {
        page.sign_in("diaodu").await;
        page.open("/projects?light=red").await;
        let before = page.texts("thead th").await;
        page.click("details.drop > summary.btn").await;
        page.click(".colp input[value=sponsor]").await;
        page.click(".colp input[value=tier]").await;
        page.go(".colp button").await;
        let after = page.texts("thead th").await;
        assert_ne!(before, after);
        assert!(page.at().await.contains("col=sponsor"), "{}", page.at().await);

        page.click(".tabs a.act").await;
        page.fill("#view-name", "晚点的和单位").await;
        page.go("#save-view button").await;
        let here = page.texts(".tabs a[aria-current]").await;
        assert!(here.iter().any(|name| name == "晚点的和单位"), "{here:?}");
        page.open("/projects").await;
        page.go(".tabs a[href*='col=sponsor']").await;
        assert_eq!(page.texts("thead th").await, after);
        page.go("form.forget button").await;
        page.open("/projects").await;
        assert_eq!(page.count(".tabs a[href*='col=sponsor']").await, 0);
    });
}

#[test]
fn a_figure_tells_where_it_comes_from() {
    tell(shared(), Scripts::On, async |page| {
        page.sign_in("shenji").await;
        open_a_figure(page).await;
        page.leave("body", async |body| body.send_keys(&Key::Escape.to_string()).await).await;
        assert_eq!(page.count("#figure").await, 0, "Escape closes it");
    });
}

/// Reads where the figure of May of one project comes from.
pub async fn open_a_figure(page: &Page) {
    page.open("/projects/by-code/YX26-001").await;
    page.reads("h1", &["柘光新材", "生物基尼龙"]).await;
    page.go("#months a.prov[href*='invest_ytd.2026-05']").await;
    page.reads("#figure .ph", &["3.62", "1—5月累计完成投资"]).await;
    page.reads("#figure dl", &["经开区统计岗", "列省", "H7", "36,218"]).await;
    page.reads("#figure dl s", &["3.48"]).await;
    page.reads("#figure .ok", &["证明通过"]).await;
    assert_eq!(page.count("#figure .ok.no").await, 0);
}

#[test]
fn a_faulty_workbook_is_put_right_and_written() {
    let served = own();
    tell(&served, Scripts::On, async |page| {
        page.sign_in("jingkai").await;
        hand_in_the_return(page).await;
        put_the_return_right(page).await;
        write_the_return(page).await;
        see_the_figure_changed(page).await;
    });
    let session = served.session("shenji");
    let report = verify_ledger(&served.desk, &session, None).expect("a report");
    assert!(report.first_bad.is_none(), "{:?}", report.first_bad);
}

/// The ten-day return with its faults, as the import page receives it.
pub async fn hand_in_the_return(page: &Page) {
    page.open(IMPORT).await;
    page.hand_in("#file", &sample("county/经开区6月旬报.xlsx")).await;
    page.go(&format!("form[action='{IMPORT}'] button")).await;
    page.reads(".phead", &["经开区6月旬报.xlsx", "经开区统计岗"]).await;
    let problems = page.texts(".issues tbody tr td:first-child").await;
    for cell in ["E9", "H11", "B14"] {
        assert!(problems.iter().any(|place| place == cell), "{cell} of {problems:?}");
    }
    page.reads(".issues", &["6.2亿", "62000", "比前期累计 3,300 少", "水处理成套装备"]).await;
    let figures = page.texts(".sum .v").await;
    assert_eq!(figures[..4], ["15", "11", "1", "0"], "rows, changed, new, unchanged");
    assert!(figures[4].starts_with('3'), "three rows are left out, not {}", figures[4]);
}

/// One click each: the amount with its unit, and the name that is another's.
pub async fn put_the_return_right(page: &Page) {
    page.go(".issues form:has(input[value='62000']) button").await;
    page.reads(".sum .bad", &["2"]).await;
    page.go(".issues form:has(input[value='YX26-011']) button").await;
    page.reads(".sum .bad", &["1"]).await;
    let left: Vec<String> = page.texts(".issues tbody tr:has(.r) td:first-child").await;
    assert_eq!(left, ["G11", "H11"], "what only the town can know is left");
}

pub async fn write_the_return(page: &Page) {
    page.reads(".cbar", &["14 行", "1 行不入库"]).await;
    page.go(".cbar button").await;
    page.reads("[role=status]", &["已写入账本", "条记录"]).await;
    let figures = page.texts(".sum .v").await;
    assert_eq!(figures[..3], ["13", "1", "0"], "changed, new, unchanged");
}

/// June in the ledger and on the project's page, down to the cell.
pub async fn see_the_figure_changed(page: &Page) {
    page.open("/projects?tier=all&text=YX26-006&period=2026-06").await;
    page.reads("tbody tr", &["介入导管产线", "0.79"]).await;
    page.go("tbody td a.prov[href*='invest_ytd.2026-06']").await;
    page.reads("#figure dl", &["7880"]).await;
    page.reads("#figure dl", &["经开区统计岗", "经开区6月旬报.xlsx", "列省列市", "H9"]).await;
    page.reads("#figure .ok", &["证明通过"]).await;
    let at = page.at().await;
    page.open(&at.replace("invest_ytd", "total_investment")).await;
    page.reads("#figure dl", &["E9", "6.2亿 → 62000"]).await;
}

#[test]
fn language_and_theme_are_kept() {
    tell(shared(), Scripts::On, async |page| {
        page.open("/sign-in").await;
        assert_eq!(page.attribute("html", "lang").await, "zh-Hans", "as the browser asks");
        page.go(".lang a[lang=zh-Hant]").await;
        page.reads("h1", &["登入"]).await;
        page.go(".lang a[lang=en]").await;
        page.reads("h1", &["Sign in"]).await;
        page.go("button[name=login][value=lingdao]").await;
        assert_eq!(page.attribute("html", "lang").await, "en", "kept over the sign-in");
        page.open("/account").await;
        page.choose("#theme", "dark").await;
        page.choose("#lang", "zh-Hans").await;
        page.go("form[action='/account/preferences'] button").await;
        assert_eq!(page.attribute("html", "data-theme").await, "dark");
        assert_eq!(page.attribute("html", "lang").await, "zh-Hans");
        let ground = "return getComputedStyle(document.body).backgroundColor";
        let dark = page.run(ground, vec![]).await.expect("a colour");
        page.open("/projects?theme=light").await;
        assert_eq!(page.attribute("html", "data-theme").await, "light");
        assert_ne!(page.run(ground, vec![]).await.expect("a colour"), dark);
    });
}
