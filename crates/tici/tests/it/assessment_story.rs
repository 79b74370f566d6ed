//! The assessment in a browser: figures taken in, the county's scheme run for the quarter, a
//! score sheet opened and one number followed to its cell, the run published, an objection filed
//! and answered, and the same run again from what was frozen.

use tici_domain::Period;
use tici_engine::assess::scheme::FigureFrom;
use tici_ops::assess::{current_scheme, draw_inputs};
use tici_ops::verify_ledger::verify_ledger;

use crate::browser::{Scripts, tell};
use crate::county::{Served, own};
use crate::page::Page;

/// What the departments sent for May, as figures of the quarter so far.
fn workbook(served: &Served) -> String {
    let snapshot = served.desk.snapshot().expect("a snapshot");
    let may = Period::parse("2026-05").expect("a month");
    let today = "2026-06-18".parse().expect("a day");
    let (_, rules) = current_scheme(&snapshot, "yanxi", may).expect("the scheme");
    let drawn = draw_inputs(&served.desk, &snapshot, ("yanxi", may), today).expect("drawn").frozen;
    let delivered = rules.figures.iter();
    let delivered = delivered.filter(|f| matches!(f.from, FigureFrom::Department { .. }));
    let keys: Vec<&str> = delivered.map(|figure| figure.key.as_str()).collect();
    let mut text = format!("place,{}\n", keys.join(","));
    for (nth, unit) in drawn.units.iter().enumerate() {
        let value = |key: &&str| drawn.figures[*key].values[nth].clone().unwrap_or_default();
        let values: Vec<String> = keys.iter().map(value).collect();
        text.push_str(&format!("{},{}\n", unit.name, values.join(",")));
    }
    text
}

async fn change_to(page: &Page, login: &str) {
    page.open("/account").await;
    page.go("form[action='/sign-out'] button").await;
    page.sign_in(login).await;
}

#[test]
fn a_quarter_from_figures_to_an_answered_objection() {
    let served = own();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("二季度指标.csv");
    std::fs::write(&file, workbook(&served)).expect("a file");
    tell(&served, Scripts::On, async |page| {
        page.sign_in("kaohe").await;
        page.open("/assessment/due?scheme=yanxi&period=2026-Q2").await;
        page.hand_in("input[type=file]", &file).await;
        page.go("button[value=deliver]").await;
        page.reads("main", &["21 项数据，齐 21 项"]).await;
        page.open("/assessment/runs").await;
        page.choose("select[name=period]", "2026-Q2").await;
        page.choose("select[name=purpose]", "estimate").await;
        page.go("form[action='/assessment/runs'] button").await;
        page.reads("main .phead", &["2026年二季度", "预估", "核算稿"]).await;
        let run = page.at().await;
        let run = run.split("run=").nth(1).expect("a run").split('&').next().expect("its number");
        let run = run.to_owned();

        change_to(page, "diaodu").await;
        page.open(&format!("/assessment?run={run}")).await;
        page.go("button[name=step][value=review]").await;
        page.reads("main .phead", &["已复核"]).await;
        change_to(page, "kaohe").await;
        page.open(&format!("/assessment?run={run}")).await;
        page.go("button[name=step][value=publish]").await;
        page.reads("main .phead", &["公示中", "6月25日"]).await;

        change_to(page, "liqiao").await;
        page.open(&format!("/assessment/sheet?run={run}&unit=999021107")).await;
        page.reads("#answered", &["17 / 23"]).await;
        page.go("#answered a.prov").await;
        page.reads("main", &["二季度指标.csv", "demands_kept"]).await;
        let cell = page.text("main tbody code").await;
        assert!(cell.contains(':'), "a line and a column: {cell}");
        page.open(&format!("/assessment/sheet?run={run}&unit=999021107")).await;
        page.choose("select[name=about]", "answered").await;
        page.fill("textarea[name=claim]", "另有 1 件已按期办结").await;
        page.go("form[action='/assessment/objections'] button").await;
        page.reads("main", &["另有 1 件已按期办结", "待答复"]).await;

        change_to(page, "kaohe").await;
        page.open(&format!("/assessment/objections?run={run}")).await;
        page.fill("textarea[name=answer]", "经核，维持原分").await;
        page.go("button[value=rejected]").await;
        page.reads("main", &["维持原分", "经核"]).await;
        page.open(&format!("/assessment/runs?replay={run}")).await;
        page.reads("[role=status]", &["逐字节一致"]).await;
    });
    let session = served.session("kaohe");
    let report = verify_ledger(&served.desk, &session, None).expect("a report");
    assert!(report.first_bad.is_none(), "{:?}", report.first_bad);
}

#[test]
fn what_if_needs_no_script_and_saves_nothing() {
    let served = own();
    let before = served.desk.head().expect("a head");
    tell(&served, Scripts::Off, async |page| {
        page.sign_in("kaohe").await;
        page.open("/assessment/what-if?w.build=0&unit=999021107&f.ramp=100&way=min-max").await;
        page.reads("main", &["两种排名", "右边是试算"]).await;
        page.open("/assessment/what-if?w.build=x").await;
        page.reads("[role=alert]", &["x"]).await;
        page.open("/assessment").await;
        page.reads("main", &["鲤桥镇为什么是 78.8 分", "怎样升一等", "单项表彰"]).await;
    });
    assert_eq!(served.desk.head().expect("a head"), before);
}
