//! The main stories in a browser that runs no script of the page.

use crate::browser::{Scripts, tell};
use crate::county::{own, shared};
use crate::stories::{
    hand_in_the_return, open_a_figure, put_the_return_right, see_the_figure_changed,
    write_the_return,
};

#[test]
fn the_page_really_runs_no_script() {
    tell(shared(), Scripts::Off, async |page| {
        page.open("/sign-in").await;
        assert_eq!(
            page.attribute("html", "class").await,
            "",
            "tici.js marks the page when it runs"
        );
    });
}

#[test]
fn sign_in_and_out() {
    tell(shared(), Scripts::Off, async |page| {
        page.open("/sign-in").await;
        page.fill("#login", "jingkai").await;
        page.fill("#password", "jingkai-2025").await;
        page.go("form[action='/sign-in'] button").await;
        page.reads("[role=alert]", &["账号或密码不对"]).await;
        page.go("button[name=login][value=shenhe]").await;
        assert_eq!(page.at().await, "/");
        page.open("/account").await;
        page.go("form[action='/sign-out'] button").await;
        assert_eq!(page.at().await, "/sign-in");
    });
}

#[test]
fn narrow_the_ledger_and_keep_a_view() {
    let served = own();
    tell(&served, Scripts::Off, async |page| {
        page.sign_in("diaodu").await;
        page.open("/projects").await;
        page.reads(".filters [role=status]", &["62"]).await;
        let place = page.attribute("select[name=place] option:nth-child(3)", "value").await;
        page.choose("select[name=place]", &place).await;
        page.go(".filters button.nojs").await;
        assert!(page.at().await.contains(&format!("place={place}")), "{}", page.at().await);
        page.go(".ltg a[href*='light=red']").await;
        assert!(page.count("tbody tr").await < 14);

        page.click("details.drop > summary.btn").await;
        page.click(".colp input[value=sponsor]").await;
        page.go(".colp button").await;
        page.click(".tabs a.act").await;
        page.fill("#view-name", "滞后的").await;
        page.go("#save-view button").await;
        let here = page.texts(".tabs a[aria-current]").await;
        assert!(here.iter().any(|name| name == "滞后的"), "{here:?}");
    });
}

#[test]
fn open_a_figure_and_close_it() {
    tell(shared(), Scripts::Off, async |page| {
        page.sign_in("shenji").await;
        open_a_figure(page).await;
        page.go("#figure a.x").await;
        assert_eq!(page.count("#figure").await, 0);
    });
}

#[test]
fn put_a_workbook_right_and_write_it() {
    let served = own();
    tell(&served, Scripts::Off, async |page| {
        page.sign_in("jingkai").await;
        hand_in_the_return(page).await;
        put_the_return_right(page).await;
        write_the_return(page).await;
        see_the_figure_changed(page).await;
    });
}
