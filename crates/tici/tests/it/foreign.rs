//! A workbook of another office's layout in a browser: the proposal is corrected, the rows
//! are written, and next month's file of the same layout passes without a question.

use std::path::{Path, PathBuf};

use tici_domain::{Basis, Measure, Period};
use tici_testkit::workbook;

use crate::browser::{Scripts, tell};
use crate::county::{Served, own};
use crate::page::Page;
use crate::stories::IMPORT;

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, bytes).expect("written");
    file
}

async fn hand_in(page: &Page, file: &Path) {
    page.open(IMPORT).await;
    page.hand_in("#file", file).await;
    page.go(&format!("form[action='{IMPORT}'] button")).await;
}

/// The latest reported figure of a project that was found by its name.
fn figure(served: &Served, name: &str, measure: Measure, period: &str) -> Option<i64> {
    let snapshot = served.desk.snapshot().expect("a snapshot");
    let project = snapshot.projects.iter().find(|entry| entry.project.name.text == name)?;
    let period = Period::parse(period).expect("a period");
    let figures = &snapshot.project_figures;
    let cell = figures.latest(project.project.id, measure, Basis::Reported, period)?;
    (cell.period == period).then_some(cell.number)
}

fn a_month_and_the_next(scripts: Scripts) {
    let served = own();
    let folder = tempfile::tempdir().expect("a folder");
    let may = write(folder.path(), "五月进展.xlsx", &workbook::progress_of(5));
    let june = write(folder.path(), "六月进展.xlsx", &workbook::progress_of(6));
    tell(&served, scripts, async |page| {
        page.sign_in("diaodu").await;
        hand_in(page, &may).await;
        page.reads(".note.warn", &["还有别的表也能读"]).await;
        page.go(".note.warn a").await;
        correct_the_proposal(page).await;
        page.reads(".sum", &["3"]).await;
        page.reads(".sheets .on", &["在建项目 3 行"]).await;
        page.go(".cbar button").await;
        page.reads("[role=status]", &["已写入账本"]).await;

        hand_in(page, &june).await;
        assert_eq!(page.count(".note.warn").await, 0, "nothing is asked");
        page.reads(".panel.sheet > header", &["沿用上次同表的对应"]).await;
        page.go(".cbar button").await;
        page.reads("[role=status]", &["已写入账本"]).await;
    });
    let ytd = |period| figure(&served, "云帆轴承智能车间", Measure::INVEST_YTD, period);
    assert_eq!((ytd("2026-05"), ytd("2026-06")), (Some(80_000_000), Some(96_000_000)));
    let month = figure(&served, "青藜制药口服液线", Measure::INVEST_MONTH, "2026-06");
    assert_eq!(month, Some(4_000_000));
}

/// Two columns whose words mean nothing to a stranger.
async fn correct_the_proposal(page: &Page) {
    page.reads(".tabs-found", &["在建项目!A3:I10", "储备项目!A2:E4"]).await;
    page.reads(".cols", &["5月口径", "表头就是「建设单位」", "95%"]).await;
    page.reads(".setapart", &["读入 3 条记录", "分组行 2", "合计、小计行 1"]).await;
    page.choose("select[name$=':f-6']", "figure.invest_month").await;
    page.choose("select[name$=':f-7']", "figure.invest_ytd").await;
    page.go(".cbar button[value=check]").await;
}

#[test]
fn a_layout_is_corrected_once() {
    a_month_and_the_next(Scripts::On);
}

#[test]
fn a_layout_is_corrected_once_without_script() {
    a_month_and_the_next(Scripts::Off);
}

/// A real monthly report; its licence allows no copy here.
#[test]
fn a_real_monthly_report_is_corrected_once() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/messy-tables");
    let Ok(bytes) = std::fs::read(shared.join("m04_重点项目月报表.xls")) else {
        assert!(std::env::var_os("TICI_TEST_REQUIRE_ALL").is_none(), "{} absent", shared.display());
        eprintln!("skipped: {} absent", shared.display());
        return;
    };
    let served = own();
    let folder = tempfile::tempdir().expect("a folder");
    let first = write(folder.path(), "三月.xls", &bytes);
    let next = write(folder.path(), "四月.xls", &bytes);
    tell(&served, Scripts::On, async |page| {
        page.sign_in("diaodu").await;
        hand_in(page, &first).await;
        page.open(&format!("{}/tables", page.at().await.trim_end_matches("/tables"))).await;
        page.reads(".tabs-found", &["分级管理!A2:J11"]).await;
        page.reads(".setapart", &["读入 2 条记录", "分组行 2"]).await;
        page.choose("select[name$=':f-9']", "lead_unit").await;
        page.go(".cbar button[value=check]").await;
        page.go(".cbar button").await;
        page.reads("[role=status]", &["已写入账本"]).await;
        hand_in(page, &next).await;
        page.reads(".panel.sheet > header", &["沿用上次同表的对应"]).await;
        page.reads(".note.warn", &["同一个文件以前导入过"]).await;
        assert_eq!(page.count(".note.warn").await, 1, "nothing else is asked");
        page.reads(".xl .mapc", &["忽略"]).await;
    });
}
