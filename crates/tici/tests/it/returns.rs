//! A town fills in its return by hand on a phone without script, and by a workbook; the
//! office accepts it.

use std::io::Write;

use tici_domain::{Basis, Lang, Measure, Period};
use tici_ops::returns::{read_form, template};
use tici_testkit::forms::{Typed, retype};
use tici_web::i18n::T;

use crate::browser::{Scripts, tell};
use crate::county::{Served, own};

fn may() -> Period {
    Period::month(2026, 5).expect("a month")
}

/// The silent firm's project, its place, and what it had done by April, in 万元.
fn silent(served: &Served) -> (i64, i64, i64) {
    let id = served.project("YX26-044");
    let snapshot = served.desk.snapshot().expect("a snapshot");
    let place = snapshot.projects.get(id).and_then(|entry| entry.project.place);
    let figures = &snapshot.project_figures;
    let april = figures.get(id, Measure::INVEST_YTD, Basis::Reported, may().previous());
    (id, place.expect("a place"), april.expect("reported in April").number / 10_000)
}

#[test]
fn a_town_fills_in_by_hand_and_the_office_accepts() {
    let served = own();
    let (id, place, april) = silent(&served);
    tell(&served, Scripts::Off, async |page| {
        page.sign_in("luting").await;
        page.resize(390, 844).await;
        page.open("/returns").await;
        assert_eq!(page.at().await, "/returns/2026-05");
        page.reads(".rtbl", &["芦汀镇", "未报", "晚 15 天"]).await;
        page.go(".rtbl th a").await;
        assert_eq!(page.at().await, format!("/returns/2026-05/{place}"));
        let (month, ytd) = (format!("#c-{id}-month"), format!("#c-{id}-ytd"));
        // Enter saves; nothing is sent.
        page.enter(&month, "6.2亿").await;
        page.reads("#problems", &["6.2亿", "可改为 62000"]).await;
        page.go(&format!("button[value='fix {id}.month 62000']")).await;
        assert_eq!(page.attribute(&month, "value").await, "62000");
        // A sum that is none is refused, and everything typed is still there.
        page.fill(&ytd, &(april + 5).to_string()).await;
        page.go("button[value=submit]").await;
        page.reads("#problems", &["上月累计", "当月"]).await;
        assert_eq!(page.attribute(&ytd, "value").await, (april + 5).to_string());
        page.fill(&month, "5").await;
        page.go("button[value=submit]").await;
        page.reads("[role=status]", &["已报送"]).await;
        page.reads(".phead", &["待审"]).await;
        page.open("/account").await;
        page.go("form[action='/sign-out'] button").await;

        page.sign_in("shenhe").await;
        page.resize(1440, 900).await;
        page.open("/returns/2026-05").await;
        page.reads(".sum", &["13 / 13"]).await;
        page.reads(".strip", &["13/13"]).await;
        page.open(&format!("/returns/2026-05/{place}")).await;
        page.go("button[value=accept]").await;
        page.reads(".phead", &["已审"]).await;
    });
}

#[test]
fn a_town_uploads_its_workbook_and_puts_a_unit_right() {
    let served = own();
    let (id, place, april) = silent(&served);
    let town = served.session("luting");
    let t = T::new(Lang::ZhHans);
    let words = t.form_words("芦汀镇", may());
    let blank = template(&served.desk, &town, (may(), place), Lang::ZhHans, &words);
    let blank = blank.expect("a form");
    let form = read_form("f.xlsx", &blank).0.expect("a form");
    let row = form.rows.iter().find(|row| row.project == Some(id)).expect("its row");
    let sum = format!("{}亿", (april + 7) as f64 / 10_000.0);
    let typed = [
        (row.cells["month"].cell.as_str(), Typed::Number("7")),
        (row.cells["ytd"].cell.as_str(), Typed::Words(&sum)),
    ];
    let mut file = tempfile::Builder::new().suffix(".xlsx").tempfile().expect("a file");
    file.write_all(&retype(&blank, &typed)).expect("written");
    tell(&served, Scripts::On, async |page| {
        page.sign_in("luting").await;
        page.open(&format!("/returns/2026-05/{place}")).await;
        page.hand_in("input[type=file]", file.path()).await;
        page.go("form.up button").await;
        page.reads("#problems", &["带了单位", &row.cells["ytd"].cell]).await;
        page.go(&format!("#problems button[value^='fix {id}.ytd']")).await;
        let ytd = page.attribute(&format!("#c-{id}-ytd"), "value").await;
        assert_eq!(ytd, (april + 7).to_string());
        page.go("button[value=submit]").await;
        page.reads("[role=status]", &["已报送"]).await;
        // The figure leads to its cell, with what stood there.
        page.open(&format!("/projects/{id}?figure=invest_ytd.2026-05.reported")).await;
        page.reads(".pop, .trace, #trace", &[&row.cells["ytd"].cell, &sum]).await;
    });
}
