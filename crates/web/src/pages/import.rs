//! 导入核对: a list is uploaded, looked at cell by cell, put right and written. Every step
//! is a plain form; what was decided is kept with the upload, so any step can be repeated.

mod done;
mod fields;
mod fixes;
mod grid;
pub(crate) mod upload;
mod view;

pub use fixes::Fix;
pub use grid::{CellView, GridView, RowView};
pub use view::{PreviewView, ProblemView, preview_view};

use askama::Template;
use axum::{
    Router,
    extract::{Multipart, Path, Query},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tici_domain::{Basis, Measure, Money, Name, Period, money::Magnitude};
use tici_engine::Snapshot;
use tici_ops::files::map::Field;
use tici_ops::import::RowFate;
use tici_ops::import_projects::ImportOutcome;
use tici_ops::uploads::{self, Choices, SheetPart, UploadView, choose, commit_upload, open_upload};
use tici_ops::{Action, Desk, OpsError, Session};

use super::{Nav, Page};
use crate::{AppState, Failure, PageResult, Posted, Rendered, Shell, T, Visit, visit::Fields};

pub const PAGE: Page = Page {
    id: "import",
    nav: Some(Nav { group: "nav-data", href: "/imports", icon: "import" }),
    routes,
};

fn routes() -> Router<AppState> {
    Router::new()
        .route("/imports", get(form).post(upload))
        .route("/imports/done", get(done::show))
        .route("/imports/{id}", get(show))
        .route("/imports/{id}/map", post(remap))
        .route("/imports/{id}/fix", post(fix))
        .route("/imports/{id}/commit", post(commit))
        .route("/imports/{id}/forget", post(forget))
        .route("/imports/{id}/file", get(file))
        .route("/imports/{id}/map.toml", get(map_file))
        .route("/imports/{id}/problems.csv", get(problems_file))
        .route("/imports/{id}/marked.xlsx", get(marked_file))
}

/// The upload form.
#[derive(Template)]
#[template(path = "import.html")]
struct FormView {
    shell: Shell,
    t: T,
    /// Code and words of the periods offered, newest first.
    periods: Vec<(String, String)>,
    limit: String,
    may_import: bool,
}

/// The check.
#[derive(Template)]
#[template(path = "import_check.html")]
struct CheckView {
    shell: Shell,
    t: T,
    /// The counts are no longer those that were agreed to.
    counts_changed: bool,
    view: PreviewView,
}

async fn form(visit: Visit) -> PageResult<FormView> {
    let shell = visit.shell("import", visit.t.t("nav-import"));
    let periods = view::periods(visit.t, visit.today, None);
    let periods = periods.into_iter().map(|(code, name, _)| (code, name)).collect();
    let megabytes = visit.state.config.upload_bytes_max >> 20;
    let limit = visit.t.t1("import-form-limit", &[("max", &megabytes)]);
    let may_import = visit.session.need(Action::ImportProjects).is_ok();
    Ok(Rendered(FormView { shell, t: visit.t, periods, limit, may_import }))
}

async fn upload(visit: Visit, parts: Multipart) -> Result<Redirect, Failure> {
    let upload = upload::read(parts, visit.state.config.upload_bytes_max).await?;
    visit.check_csrf(&upload.csrf)?;
    let now = visit.state.now();
    let choices = upload.choices()?;
    let id = visit
        .run(move |desk, session| {
            uploads::stage_upload(desk, session, &upload.file, upload.bytes, &choices, now)
        })
        .await?;
    Ok(Redirect::to(&format!("/imports/{id}")))
}

/// An upload as it would be written, and what the ledger knows around it.
pub struct Looked {
    pub upload: UploadView,
    /// Post of whoever looks: an upload is seen by its own account only.
    pub post: Name,
    /// Cumulative investment of the rows to be written, before and after, stored units.
    pub effect: (i128, i128),
    /// An entry that was written from the same bytes before.
    pub seen_before: Option<i64>,
    /// Cells of cumulative figures, and what an earlier period of the year says.
    pub earlier: Vec<(String, String)>,
}

/// Looks at an upload under everything decided so far; nothing is written.
fn look(
    desk: &Desk,
    session: &Session,
    (id, shown): (&str, SheetPart),
    today: Date,
) -> Result<Looked, OpsError> {
    let upload = open_upload(desk, session, id, shown, today)?;
    let (_, bytes) = uploads::upload_bytes(desk, session, id)?;
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let before = desk.snapshot()?;
    Ok(Looked {
        effect: effect(&before, &upload),
        earlier: earlier(&before, &upload),
        post: session.actor.title.clone(),
        seen_before: desk.store.entry_from_source(&sha256)?.map(|entry| entry.seq),
        upload,
    })
}

fn effect(before: &Snapshot, upload: &UploadView) -> (i128, i128) {
    let after = &upload.outcome.snapshot;
    let written = upload.outcome.plan.rows.iter().filter(|row| row.fate != RowFate::LeftOut);
    let (mut old, mut new) = (0, 0);
    for row in written {
        let (Some(project), Some(period)) = (row.project, row.period) else { continue };
        old += i128::from(done_to_date(before, project, period).unwrap_or(0));
        new += i128::from(done_to_date(after, project, period).unwrap_or(0));
    }
    (old, new)
}

/// What the year's cumulative figure was before, for cells whose own period is new: a
/// person compares the two whatever the period is called.
fn earlier(before: &Snapshot, upload: &UploadView) -> Vec<(String, String)> {
    let Some(sheet) = &upload.sheet else { return Vec::new() };
    let fields = fields::of_columns(upload);
    let done = Field::Figure(Measure::INVEST_YTD);
    let Some((column, _)) = fields.iter().find(|(_, field)| *field == done) else {
        return Vec::new();
    };
    let Some(letters) = sheet.columns.get(*column) else { return Vec::new() };
    let rows = upload.outcome.plan.rows.iter().filter(|row| row.fate != RowFate::LeftOut);
    let old = |row: &tici_ops::import::RowPlan| {
        let number = done_to_date(before, row.project?, row.period?)?;
        let cell = grid::address(letters, grid::row_of(&row.cell)?);
        Some((cell, Money::yuan(number).print(Magnitude::WAN, 0)))
    };
    rows.filter(|row| row.sheet == sheet.sheet).filter_map(old).collect()
}

/// The latest cumulative figure of the period's year.
fn done_to_date(snapshot: &Snapshot, project: i64, period: Period) -> Option<i64> {
    let figures = &snapshot.project_figures;
    let cell = figures.latest(project, Measure::INVEST_YTD, Basis::Reported, period)?;
    (cell.period.calendar_year() == period.calendar_year()).then_some(cell.number)
}

#[derive(Deserialize)]
struct Asked {
    counts: Option<String>,
    /// Part of the sheet, from 1.
    part: Option<usize>,
    /// A row of the sheet: the part that holds it is shown.
    row: Option<u32>,
}

impl Asked {
    fn shown(&self) -> SheetPart {
        match (self.row, self.part) {
            (Some(row), _) => SheetPart::OfRow(row),
            (None, part) => SheetPart::Number(part.unwrap_or(1).saturating_sub(1)),
        }
    }
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> PageResult<CheckView> {
    let staged = staged(&visit, id, asked.shown()).await?;
    let shell = visit.shell("import", visit.t.t("nav-import"));
    let view = preview_view(visit.t, &visit.state.config.zone, visit.today, &staged);
    let counts_changed = asked.counts.is_some();
    Ok(Rendered(CheckView { shell, t: visit.t, counts_changed, view }))
}

async fn staged(visit: &Visit, id: String, shown: SheetPart) -> Result<Looked, Failure> {
    let today = visit.today;
    visit.run(move |desk, session| look(desk, session, (&id, shown), today)).await
}

/// Sheet, period and the field of each column, as the selects above the columns say.
async fn remap(
    Path(id): Path<String>,
    Posted { visit, fields }: Posted,
) -> Result<Redirect, Failure> {
    let change = remapped(&fields);
    // Another sheet begins at its own first row.
    let part = fields.get("part").parse().ok().filter(|_| change.sheet.is_none());
    let back = part_address(&id, part);
    change_choices(visit, (id, back), move |choices| {
        // Another sheet has columns of its own.
        let same = change.sheet.is_none() || change.sheet == choices.sheet;
        let sheet = change.sheet.or(choices.sheet.take());
        *choices = Choices {
            sheet,
            period: change.period,
            columns: if same { change.columns } else { Default::default() },
            ..std::mem::take(choices)
        };
    })
    .await
}

fn remapped(fields: &Fields) -> Choices {
    let field = |(name, value): &(String, String)| {
        let index = name.strip_prefix("f-")?.parse().ok()?;
        Some((index, value.clone()))
    };
    let sheet = fields.get("sheet");
    Choices {
        sheet: (!sheet.is_empty()).then(|| sheet.to_owned()),
        period: Period::parse(fields.get("period")).map(|period| period.to_string()),
        columns: fields.0.iter().filter_map(field).collect(),
        ..Choices::default()
    }
}

async fn fix(
    Path(id): Path<String>,
    Posted { visit, fields }: Posted,
) -> Result<Redirect, Failure> {
    let fix = Fix::read(&fields).ok_or_else(|| Failure::bad(fields.get("fix")))?;
    let back = part_address(&id, fields.get("part").parse().ok());
    change_choices(visit, (id, back), move |choices| fix.apply(choices)).await
}

async fn change_choices(
    visit: Visit,
    (id, back): (String, String),
    change: impl FnOnce(&mut Choices) + Send + 'static,
) -> Result<Redirect, Failure> {
    visit.run(move |desk, session| choose(desk, session, &id, change)).await?;
    Ok(Redirect::to(&back))
}

/// The check at a part of the sheet, from 1.
fn part_address(id: &str, part: Option<usize>) -> String {
    match part {
        Some(part) if part > 1 => format!("/imports/{id}?part={part}#sheet-h"),
        _ => format!("/imports/{id}"),
    }
}

/// What the check promised when its button was pressed, or what it would promise now.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Promise {
    written: usize,
    left_out: usize,
}

impl Promise {
    /// A form that promises nothing keeps no promise.
    fn read(fields: &Fields) -> Option<Promise> {
        let count = |name: &str| fields.get(name).parse().ok();
        Some(Promise { written: count("rows-written")?, left_out: count("rows-left-out")? })
    }

    fn of(outcome: &ImportOutcome) -> Promise {
        let left_out = outcome.count(RowFate::LeftOut);
        Promise { written: outcome.plan.rows.len() - left_out, left_out }
    }
}

/// Writes exactly what was promised. A reason given with the button may lift errors, and
/// others may have written meanwhile: then the counts are shown again and nothing is written.
async fn commit(
    Path(id): Path<String>,
    Posted { visit, fields }: Posted,
) -> Result<Redirect, Failure> {
    let reason = Some(fields.get("reason").to_owned()).filter(|reason| !reason.is_empty());
    let (now, today) = (visit.state.now(), visit.today);
    let promised = Promise::read(&fields);
    let check = format!("/imports/{id}?counts=changed");
    let outcome = visit
        .run(move |desk, session| {
            choose(desk, session, &id, |choices| choices.reason = reason)?;
            let upload = open_upload(desk, session, &id, SheetPart::Number(0), today)?;
            if promised != Some(Promise::of(&upload.outcome)) {
                return Ok(None);
            }
            commit_upload(desk, session, &id, now, today).map(Some)
        })
        .await?;
    Ok(Redirect::to(&outcome.map_or(check, |outcome| done::address(&outcome))))
}

async fn forget(Path(id): Path<String>, Posted { visit, .. }: Posted) -> Result<Redirect, Failure> {
    visit.run(move |desk, session| uploads::drop_upload(desk, session, &id)).await?;
    Ok(Redirect::to("/imports"))
}

async fn file(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let (name, bytes) =
        visit.run(move |desk, session| uploads::upload_bytes(desk, session, &id)).await?;
    Ok(download(&name, "application/octet-stream", bytes))
}

async fn map_file(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let staged = staged(&visit, id, SheetPart::Number(0)).await?;
    let text = staged.upload.map.to_toml();
    Ok(download("map.toml", "application/toml; charset=utf-8", text.into_bytes()))
}

/// The problems as a list for the reporter, with the mark that makes spreadsheets read it
/// as UTF-8.
async fn problems_file(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let staged = staged(&visit, id, SheetPart::Number(0)).await?;
    let mut text = String::from("\u{feff}");
    for line in view::problem_lines(visit.t, &staged.upload) {
        let cells: Vec<String> = line.iter().map(|cell| view::csv_cell(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    let name = format!("{}.csv", visit.t.t("import-problems-file"));
    Ok(download(&name, "text/csv; charset=utf-8", text.into_bytes()))
}

/// The reporter's own workbook with the cells to look at marked.
async fn marked_file(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let staged = staged(&visit, id.clone(), SheetPart::Number(0)).await?;
    let (name, bytes) =
        visit.run(move |desk, session| uploads::upload_bytes(desk, session, &id)).await?;
    let t = visit.t;
    let marked = tokio::task::spawn_blocking(move || {
        crate::marked::marked(t, &bytes, &staged.upload.outcome.problems)
    });
    let marked = marked.await.map_err(Failure::internal)?;
    let marked = marked.map_err(|problem| OpsError::problem(*problem))?;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let name = format!("{stem} {}.xlsx", visit.t.t("import-marked-sheet"));
    Ok(download(&name, XLSX, marked))
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn download(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let disposition =
        format!("attachment; filename*=UTF-8''{}", crate::visit::encode(name).replace('+', "%20"));
    let disposition = HeaderValue::from_str(&disposition).expect("percent-encoded names are ASCII");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}
