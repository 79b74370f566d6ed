//! 账本日志: every entry, newest first; one entry whole, with the proof that it stands in
//! the journal that a signed checkpoint vouches for; and the journal proving itself.

mod changes;
mod entry;
mod filter;
mod proof;

pub use changes::ChangeLine;
pub use entry::{EntryView, entry_view};
pub use filter::Asked;
pub use proof::{Climb, climb};

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::tz::TimeZone;
use std::sync::Arc;
use tici_engine::Snapshot;
use tici_ops::verify_ledger::verify_ledger;
use tici_ops::view_journal::{
    JOURNAL_PAGE_ROWS, JournalPage, JournalRow, view_entry, view_journal,
};

use super::{Nav, Page};
use crate::{AppState, Failure, Posted, Rendered, Shell, T, Visit, ui::Html, visit::PageResult};

pub const PAGE: Page = Page {
    id: "journal",
    nav: Some(Nav { group: "nav-data", href: "/journal", icon: "journal" }),
    routes,
};

/// Operations whose entries can be asked for, as the journal names them.
pub const OPS: [&str; 20] = [
    "import_projects",
    "import_return",
    "review_return",
    "update_milestone",
    "plan_milestones",
    "claim_stage",
    "judge_claim",
    "verify_stage",
    "reverse_stage",
    "register_project",
    "publish_list",
    "record_finding",
    "suspend_project",
    "restart_project",
    "withdraw_project",
    "terminate_project",
    "import_register",
    "keep_registers",
    "put_account",
    "open_ledger",
];

fn routes() -> Router<AppState> {
    Router::new()
        .route("/journal", get(list))
        .route("/journal/verify", post(verify))
        .route("/journal/checkpoint.txt", get(checkpoint))
        .route("/journal/{seq}", get(one))
        .route("/journal/{seq}/proof.json", get(proof_file))
}

/// The list of entries.
#[derive(Template)]
#[template(path = "journal.html")]
pub struct JournalView {
    pub shell: Shell,
    pub t: T,
    pub asked: Asked,
    pub sub: String,
    /// Code and name of each operation, and whether it is the one asked for.
    pub ops: Vec<(String, String, bool)>,
    pub rows: Vec<RowView>,
    pub checkpoint: Vec<String>,
    pub range: String,
    pub newer: String,
    pub older: String,
    /// Result of a verification just made.
    pub report: Option<ReportView>,
}

/// One entry as a line.
pub struct RowView {
    pub seq: i64,
    pub number: String,
    pub when: String,
    pub post: String,
    pub op: String,
    pub subjects: String,
    pub source: String,
}

/// What a verification found.
pub struct ReportView {
    pub is_good: bool,
    pub title: String,
    pub lines: Vec<String>,
}

/// One entry.
#[derive(Template)]
#[template(path = "journal_entry.html")]
pub struct EntryPageView {
    pub shell: Shell,
    pub t: T,
    pub entry: EntryView,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult<JournalView> {
    let view = read(&visit, asked, None).await?;
    Ok(Rendered(view))
}

/// Verifies everything, then shows the list with what was found on top.
async fn verify(Posted { visit, .. }: Posted) -> PageResult<JournalView> {
    let report = visit.run(|desk, session| verify_ledger(desk, session, None)).await?;
    let t = visit.t;
    let count = |n: i64| t.count(i128::from(n));
    let found = t.t1(
        "journal-verified-lines",
        &[
            ("entries", &count(report.entries)),
            ("checkpoints", &count(report.checkpoints)),
            ("rows", &count(report.rows as i64)),
            ("blobs", &count(report.blobs as i64)),
        ],
    );
    let mut lines = vec![found, t.t1("journal-verified-root", &[("root", &report.root)])];
    if report.blobs_missing > 0 {
        lines.push(t.t1("journal-verified-missing", &[("n", &report.blobs_missing)]));
    }
    if let Some(bad) = &report.first_bad {
        lines.push(t.t1("journal-verified-bad", &[("seq", &t.entry_number(bad.seq))]));
    }
    let is_good = report.first_bad.is_none();
    let title = t.t(if is_good { "journal-verified" } else { "journal-not-verified" });
    let report = ReportView { is_good, title, lines };
    Ok(Rendered(read(&visit, Asked::default(), Some(report)).await?))
}

async fn read(
    visit: &Visit,
    asked: Asked,
    report: Option<ReportView>,
) -> Result<JournalView, Failure> {
    let zone = visit.state.config.zone.clone();
    let read_filter = asked.clone();
    let filter_zone = zone.clone();
    let (page, snapshot) = visit
        .run(move |desk, session| {
            let filter = read_filter.filter(desk, session, &filter_zone)?;
            let page = view_journal(desk, session, &filter, read_filter.page - 1)?;
            Ok((page, desk.snapshot()?))
        })
        .await?;
    let shell = visit.shell("journal", visit.t.t("nav-journal"));
    Ok(JournalView::new(shell, visit.t, &zone, asked, (&page, &snapshot), report))
}

impl JournalView {
    pub fn new(
        shell: Shell,
        t: T,
        zone: &TimeZone,
        asked: Asked,
        (page, snapshot): (&JournalPage, &Arc<Snapshot>),
        report: Option<ReportView>,
    ) -> JournalView {
        let first = page.page * JOURNAL_PAGE_ROWS;
        let last = first + page.rows.len() as i64;
        let count = |n: i64| t.count(i128::from(n));
        let name = |op: &&str| ((*op).to_owned(), t.code("op", op), asked.op == **op);
        JournalView {
            sub: t.t1("journal-sub", &[("n", &count(page.head))]),
            ops: OPS.iter().map(name).collect(),
            rows: page.rows.iter().map(|row| row_view(t, zone, snapshot, row)).collect(),
            checkpoint: lines(page.checkpoint.as_deref()),
            range: t.t1(
                "journal-range",
                &[
                    ("from", &count((first + 1).min(last))),
                    ("to", &count(last)),
                    ("n", &count(page.matching)),
                ],
            ),
            newer: if page.page > 0 { asked.at_page(page.page) } else { String::new() },
            older: if last < page.matching { asked.at_page(page.page + 2) } else { String::new() },
            asked,
            report,
            shell,
            t,
        }
    }
}

fn lines(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default().lines().map(str::to_owned).collect()
}

fn row_view(t: T, zone: &TimeZone, snapshot: &Snapshot, row: &JournalRow) -> RowView {
    RowView {
        seq: row.meta.seq,
        number: t.entry_number(row.meta.seq),
        when: t.moment(row.meta.at, zone),
        post: entry::post(t, &row.meta),
        op: t.code("op", &row.meta.op),
        subjects: changes::subjects(t, snapshot, &row.subjects),
        source: row.meta.source.as_ref().map(|source| source.file.clone()).unwrap_or_default(),
    }
}

async fn one(visit: Visit, Path(seq): Path<i64>) -> PageResult<EntryPageView> {
    let (page, snapshot) = visit
        .run(move |desk, session| Ok((view_entry(desk, session, seq)?, desk.snapshot()?)))
        .await?;
    let title = visit.t.t1("journal-entry-title", &[("seq", &visit.t.entry_number(seq))]);
    let shell = visit.shell("journal", title);
    let entry = entry_view(visit.t, &visit.state.config.zone, &page, &snapshot);
    Ok(Rendered(EntryPageView { shell, t: visit.t, entry }))
}

/// The proof as a file that anybody can check without this program.
async fn proof_file(visit: Visit, Path(seq): Path<i64>) -> Result<Response, Failure> {
    let page = visit.run(move |desk, session| view_entry(desk, session, seq)).await?;
    let text = proof::file(&page);
    Ok(download(&format!("tici-proof-{seq}.json"), "application/json", text))
}

/// The newest signed checkpoint, to be kept where nobody here can change it.
async fn checkpoint(visit: Visit) -> Result<Response, Failure> {
    let note = visit.run(tici_ops::verify_ledger::newest_checkpoint).await?;
    let note = note.ok_or(Failure::NotFound)?;
    Ok(download("tici-checkpoint.txt", "text/plain; charset=utf-8", note))
}

fn download(name: &str, media_type: &'static str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition).expect("names are plain ASCII");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, text).into_response()
}

/// A drawing for a wide and for a narrow screen.
pub struct TwoWidths {
    pub wide: Html,
    pub narrow: Html,
}
