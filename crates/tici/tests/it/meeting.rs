//! A dispatch meeting in a browser: on the projector with the keyboard, and without script.

use fantoccini::key::Key;

use crate::browser::{Scripts, tell};
use crate::county::own;
use crate::page::Page;

/// Opens the meeting of the day by its links; gives its address.
async fn open_the_meeting(page: &Page) -> String {
    page.sign_in("diaodu").await;
    page.open("/meetings").await;
    page.go("tbody th a[href^='/meetings/']").await;
    let meeting = page.at().await;
    page.reads("main", &["兑现 4", "未兑现 2", "超期 2"]).await;
    page.go(".phead .btn.pri").await;
    meeting
}

/// Takes down one decision on the item in the window.
async fn take_down(page: &Page, what: &str, who: &str, when: &str) {
    page.fill("form input[name=what]", what).await;
    page.fill("form input[name=who]", who).await;
    // A date field is typed in the order of the browser's own language.
    let set = "document.querySelector('form input[name=when]').value = arguments[0]";
    page.run(set, vec![when.into()]).await.expect("a day");
    page.go("form button.go").await;
}

#[test]
fn a_meeting_is_held_with_the_keyboard() {
    let served = own();
    tell(&served, Scripts::On, async |page| {
        let meeting = open_the_meeting(page).await;
        assert_eq!(page.at().await, format!("{meeting}/4"), "the first not spoken of");
        page.reads("h1", &["液流电池储能装备基地"]).await;
        page.reads(".say", &["用地批复", "能评批复", "7月29日", "29 天"]).await;
        page.reads(".dt", &["超期 8 天，在市级会签", "剩 2 天，意见待改", "6月3日办结"]).await;
        page.reads("[data-timer]", &["/ 05:00"]).await;

        let press = async |key: Key| {
            page.leave("body", async |body| body.send_keys(&key.to_string()).await).await;
        };
        press(Key::Right).await;
        assert_eq!(page.at().await, format!("{meeting}/5"));
        press(Key::Left).await;
        assert_eq!(page.at().await, format!("{meeting}/4"));

        take_down(page, "市级会签专人跟办", "县自然资源局", "2026-06-24").await;
        page.reads("#decided", &["市级会签专人跟办", "县自然资源局，6月24日前"]).await;
        page.reads(".q .cu", &["4 ✓"]).await;
        // Typed words are words, not the turning of a page.
        page.fill("form input[name=what]", "x").await;
        page.find("form input[name=what]")
            .await
            .send_keys(&Key::Right.to_string())
            .await
            .expect("x");
        assert!(page.at().await.starts_with(&format!("{meeting}/4")));
    });
}

#[test]
fn a_meeting_is_held_without_script() {
    let served = own();
    tell(&served, Scripts::Off, async |page| {
        let meeting = open_the_meeting(page).await;
        page.fill("form input[name=what]", "专人跟办").await;
        page.go("form button.go").await;
        page.reads("[role=alert]", &["第 1 项没写谁办", "第 1 项没写期限"]).await;
        take_down(page, "专人跟办", "县发改委", "2026-06-22").await;
        page.reads("#decided", &["专人跟办", "县发改委，6月22日前"]).await;
        page.go(".bot a[rel=next]").await;
        page.reads("h1", &["内河电动船动力总成"]).await;

        page.open(&format!("{meeting}/minutes")).await;
        page.reads("main", &["专人跟办", "会还没有结束"]).await;
        page.open("/tasks?kind=decision").await;
        page.reads("tbody", &["专人跟办", "县发改委"]).await;
        page.open("/board").await;
        page.reads("#landed", &["31", "液流电池储能装备基地", "晚 29 天"]).await;
    });
}
