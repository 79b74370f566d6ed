//! A month in a real browser: the office opens it, a park reports with errors and puts them
//! right, somebody else looks and accepts, the office locks, unlocks with a reason, and a
//! correction is shown as one; the meeting decides, a promise is moved, and the first page
//! is read as it was known before the correction.

use tici_domain::Period;

use crate::browser::{Scripts, tell};
use crate::county::{Served, own};
use crate::page::Page;

fn may() -> Period {
    Period::month(2026, 5).expect("a month")
}

/// The silent firm's project in Luting, and its place.
fn silent(served: &Served) -> (i64, i64) {
    let id = served.project("YX26-044");
    let snapshot = served.desk.snapshot().expect("a snapshot");
    let place = snapshot.projects.get(id).and_then(|entry| entry.project.place);
    (id, place.expect("a place"))
}

async fn leave(page: &Page) {
    page.open("/account").await;
    page.go("form[action='/sign-out'] button").await;
}

/// What a cell of the form says before anything is typed, without its words.
async fn before(page: &Page, id: i64) -> i64 {
    let line = page.text(&format!("#p-{id} > p")).await;
    let number = line.rsplit(' ').next().unwrap_or_default().replace(',', "");
    number.parse().unwrap_or_else(|_| panic!("no number of April in {line:?}"))
}

async fn luting_reports(page: &Page, (id, place): (i64, i64)) -> i64 {
    page.sign_in("luting").await;
    page.open(&format!("/returns/2026-05/{place}")).await;
    let april = before(page, id).await;
    let (month, ytd) = (format!("#c-{id}-month"), format!("#c-{id}-ytd"));
    // A sum that is none stops it, and stays to be put right.
    page.fill(&month, "300").await;
    page.fill(&ytd, &(april + 3).to_string()).await;
    page.go("button[value=submit]").await;
    page.reads("#problems", &["上月累计", "300"]).await;
    page.fill(&ytd, &(april + 300).to_string()).await;
    page.go("button[value=submit]").await;
    page.reads("[role=status]", &["已报送"]).await;
    // Who sent it does not judge it.
    assert_eq!(page.count("button[value=accept]").await, 0);
    leave(page).await;
    april
}

async fn the_reviewer_sends_back_then_accepts(page: &Page, (id, place): (i64, i64)) {
    let address = format!("/returns/2026-05/{place}");
    page.sign_in("shenhe").await;
    page.open(&address).await;
    page.fill("form.back input[name=reason]", "形象进度没有写").await;
    page.go("button[value=return]").await;
    page.reads(".phead", &["退回待改"]).await;
    page.open("/returns/2026-05").await;
    let reminder = page.attribute("textarea.remind", "value").await;
    let reminder = if reminder.is_empty() { page.text("textarea.remind").await } else { reminder };
    assert!(reminder.contains("形象进度没有写"), "the reminder says why: {reminder}");
    leave(page).await;

    page.sign_in("luting").await;
    page.open(&address).await;
    page.reads("main", &["形象进度没有写"]).await;
    page.fill(&format!("#c-{id}-progress"), "二层结构封顶").await;
    page.go("button[value=submit]").await;
    leave(page).await;

    page.sign_in("shenhe").await;
    page.open(&address).await;
    page.go("button[value=accept]").await;
    page.reads(".phead", &["已审"]).await;
    leave(page).await;
}

async fn the_office_locks_and_unlocks(page: &Page, (_, place): (i64, i64)) {
    page.sign_in("diaodu").await;
    page.open("/returns/2026-05").await;
    // The round waits for no one else: what had come was accepted before.
    page.go("form[action$='/lock'] button").await;
    page.reads(".phead", &["已锁定"]).await;
    page.open(&format!("/returns/2026-05/{place}")).await;
    page.fill("form.open input[name=reason]", "镇里漏报设备款").await;
    page.go("button[value=unlock]").await;
    page.reads("main", &["镇里漏报设备款"]).await;
    leave(page).await;
}

async fn the_town_corrects(page: &Page, (id, place): (i64, i64), april: i64) {
    page.sign_in("luting").await;
    page.open(&format!("/returns/2026-05/{place}")).await;
    page.fill(&format!("#c-{id}-month"), "350").await;
    page.fill(&format!("#c-{id}-ytd"), &(april + 350).to_string()).await;
    page.go("button[value=submit]").await;
    page.reads("#problems", &["审定后的更正，要写理由"]).await;
    let more = format!("document.querySelector('#p-{id} details').open = true; return true");
    page.run(&more, vec![]).await.expect("opened");
    page.fill(&format!("#c-{id}-reason"), "补计设备到货").await;
    page.go("button[value=submit]").await;
    page.reads("[role=status]", &["已报送"]).await;
    let (was, is) = (format!("{}", april + 300), format!("{}", april + 350));
    let shown = page.text("tr.cor").await.replace(',', "");
    assert!(shown.contains("300") && shown.contains("350"), "{shown}");
    let all = page.texts("tr.cor").await.concat().replace(',', "");
    assert!(all.contains(&was) && all.contains(&is) && all.contains("补计设备到货"), "{all}");
    // On the project's page the figure says what it replaced and why.
    page.open(&format!("/projects/{id}?figure=invest_ytd.2026-05.reported")).await;
    page.reads(".pop, .trace, #trace", &["补计设备到货"]).await;
    leave(page).await;
}

async fn the_office_looks_round(page: &Page) {
    page.sign_in("diaodu").await;
    // Luting's project was the one of the 62 without a light.
    page.open("/lights?tier=listed").await;
    page.reads("main", &["62", "未报 0"]).await;
    page.open("/league?period=2026-05").await;
    page.reads("main", &["芦汀镇"]).await;
    page.open("/meetings").await;
    page.go("tbody th a[href^='/meetings/']").await;
    page.go(".phead .btn.pri").await;
    page.fill("form input[name=what]", "市级会签专人跟办").await;
    page.fill("form input[name=who]", "县自然资源局").await;
    let set = "document.querySelector('form input[name=when]').value = arguments[0]";
    page.run(set, vec!["2026-06-24".into()]).await.expect("a day");
    page.go("form button.go").await;
    page.open("/tasks?kind=decision").await;
    page.reads("tbody", &["市级会签专人跟办", "县自然资源局"]).await;
}

#[test]
fn a_month_goes_from_a_silent_town_to_a_correction() {
    let served = own();
    let at = silent(&served);
    assert_eq!(may().to_string(), "2026-05");
    tell(&served, Scripts::On, async |page| {
        let april = luting_reports(page, at).await;
        the_reviewer_sends_back_then_accepts(page, at).await;
        the_office_locks_and_unlocks(page, at).await;
        let known = served.desk.store.head().expect("a head");
        the_town_corrects(page, at, april).await;
        the_office_looks_round(page).await;
        // As it was known before the correction: the figure of then.
        page.open(&format!("/projects/{}?as_of={known}&figure=invest_ytd.2026-05.reported", at.0))
            .await;
        let then = page.text("main").await.replace(',', "");
        assert!(then.contains(&(april + 300).to_string()), "{then}");
        assert!(!then.contains(&(april + 350).to_string()), "{then}");
    });
}
