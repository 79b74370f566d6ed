//! Who may not see what, as pages say it.

use crate::browser::{Scripts, tell};
use crate::county::shared;

#[test]
fn a_town_does_not_see_the_project_of_another() {
    let served = shared();
    let (theirs, ours) = (served.project("YX26-001"), served.project("YX26-044"));
    tell(served, Scripts::On, async |page| {
        page.sign_in("luting").await;
        page.open(&format!("/projects/{theirs}")).await;
        page.reads("h1", &["没有这一页"]).await;
        page.reads("main", &["不在你的范围内", "404"]).await;
        page.go("main .acts a[href='/projects']").await;
        page.open("/projects?tier=all&rows=200").await;
        let names = page.text("tbody").await;
        assert!(names.contains("YX26-044") && !names.contains("YX26-001"), "{names}");
        page.open(&format!("/projects/{ours}")).await;
        page.reads("h1", &["芦"]).await;
    });
}

#[test]
fn a_reader_is_refused_and_led_on() {
    tell(shared(), Scripts::On, async |page| {
        page.sign_in("lingdao").await;
        page.open("/journal").await;
        page.reads("main", &["403"]).await;
        page.reads("h1", &["不能做这件事"]).await;
        page.go("main a[href^='/sign-in?next=']").await;
        page.go("button[name=login][value=shenji]").await;
        assert_eq!(page.at().await, "/journal", "the account that may is led there");
        page.reads("h1", &["账本日志"]).await;
    });
}
