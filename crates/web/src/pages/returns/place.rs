//! One place's return: its form, what is to be looked at, and what was said of it.

mod changes;
mod history;
mod problems;
mod rows;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tici_domain::{Period, Problem, Severity, Value};
use tici_engine::checks::wan;
use tici_ops::returns::form::RowOut;
use tici_ops::returns::{Column, PlacePage, Standing, template, view_place};

use super::{period_of, place_of, standing_chip};
use crate::{Failure, Rendered, Shell, T, Visit, ui::Html};
use changes::{ConflictView, CorrectionView};
use history::SeriesView;
use problems::ProblemView;
use rows::RowView;

#[derive(Template)]
#[template(path = "return_place.html")]
pub struct PlaceView {
    shell: Shell,
    t: T,
    address: String,
    round_href: String,
    place: String,
    sub: String,
    standing: Html,
    /// Which workbook the draft was read from, in words; empty when none was.
    file_words: String,
    has_draft: bool,
    may_fill: bool,
    may_judge: bool,
    may_unlock: bool,
    is_own: bool,
    base: i64,
    asked: String,
    rows: Vec<RowView>,
    problems: Vec<ProblemView>,
    counts: String,
    /// Rows that are not this place's, which may be left out.
    has_strangers: bool,
    conflicts: Vec<ConflictView>,
    corrections: Vec<CorrectionView>,
    series: Vec<SeriesView>,
    history: Vec<(String, String, String)>,
    /// Handed in, accepted, locked: what, and who did it when.
    hands: Vec<(String, String)>,
    /// By whom and when it was sent back, and why.
    back: Option<(String, String)>,
    /// What the reporter says with it.
    note: String,
    /// What was just done, in words.
    done: String,
    failed: Vec<String>,
}

#[derive(Deserialize)]
pub struct Asked {
    done: Option<String>,
}

pub async fn show(
    visit: Visit,
    Path((period, place)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let at = (period_of(&period)?, place_of(&place)?);
    let done = match asked.done.as_deref() {
        Some("sent") => visit.t.t("return-done"),
        Some("nothing") => visit.t.t("return-nothing"),
        _ => String::new(),
    };
    render(visit, at, done, Vec::new()).await
}

/// The page, with what was done or what went wrong on it.
pub async fn render(
    visit: Visit,
    at: (Period, i64),
    done: String,
    failed: Vec<Problem>,
) -> Result<Response, Failure> {
    let lang = visit.t.lang;
    let page = visit.run(move |desk, session| view_place(desk, session, at, lang)).await?;
    let t = visit.t;
    let failed = failed.iter().map(|problem| t.problem_line(&t.return_problem(problem))).collect();
    Ok(Rendered(PlaceView::new(&visit, &page, done, failed)).into_response())
}

/// The prefilled workbook.
pub async fn form(
    visit: Visit,
    Path((period, place)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let at = (period_of(&period)?, place_of(&place)?);
    let t = visit.t;
    let (name, bytes) = visit
        .run(move |desk, session| {
            let snapshot = desk.snapshot()?;
            let named = snapshot.places.get(&at.1).map(|place| place.short.get(t.lang));
            let name = named.unwrap_or_default().to_owned();
            let words = t.form_words(&name, at.0);
            let bytes = template(desk, session, at, t.lang, &words)?;
            Ok((t.form_file(&name, at.0), bytes))
        })
        .await?;
    let name = crate::visit::encode(&name).replace('+', "%20");
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    let disposition = HeaderValue::from_str(&disposition).expect("percent-encoded names are ASCII");
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(XLSX)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes).into_response())
}

impl PlaceView {
    fn new(visit: &Visit, page: &PlacePage, done: String, failed: Vec<String>) -> PlaceView {
        let t = visit.t;
        let period = page.round.period;
        let place = page.place.short.get(t.lang).to_owned();
        let title = format!("{place} {} {}", t.period(period), t.t("nav-returns"));
        let problems: Vec<Problem> =
            page.plan.problems.iter().map(|problem| problems::named(page, problem)).collect();
        let sub: [(&str, &dyn std::fmt::Display); 2] =
            [("period", &t.period(period)), ("n", &page.form.rows.len())];
        let asked: [(&str, &dyn std::fmt::Display); 2] =
            [("asked", &page.plan.asked), ("filled", &page.plan.filled)];
        let shown: &[Problem] = if page.is_said { &problems } else { &[] };
        let strangers = ["form-row-unknown", "form-row-elsewhere", "form-row-stopped"];
        let shell = visit.shell("returns", title);
        // Nothing is filled in or judged in the past.
        let is_now = shell.past.is_empty();
        let runs = is_now && visit.session.need(tici_ops::Action::RunReturns).is_ok();
        let is_shut = matches!(page.standing, Standing::Accepted | Standing::Locked);
        PlaceView {
            shell,
            t,
            address: format!("/returns/{period}/{}", page.place.id),
            round_href: format!("/returns/{period}"),
            place,
            sub: t.t1("return-sub", &sub),
            standing: standing_chip(t, page.standing),
            file_words: match page.file.as_str() {
                "" => String::new(),
                file => t.t1("return-file-read", &[("file", &file)]),
            },
            has_draft: page.has_draft,
            may_fill: is_now && page.may_fill,
            may_judge: is_now && page.may_judge && page.standing == Standing::Submitted,
            may_unlock: runs && is_shut,
            is_own: runs && !page.may_judge && page.standing == Standing::Submitted,
            base: page.filled.base,
            asked: t.t1("return-asked", &asked),
            rows: rows::rows(t, page, shown),
            counts: t.return_counts(shown),
            has_strangers: shown
                .iter()
                .any(|p| p.severity == Severity::Error && strangers.contains(&p.key.as_str())),
            problems: shown.iter().map(|one| problems::problem_view(t, page, one)).collect(),
            conflicts: page.plan.conflicts.iter().map(|c| changes::conflict(t, page, c)).collect(),
            corrections: changes::corrections(visit, page),
            series: history::series(page),
            history: page.versions.iter().map(|meta| history::version(visit, meta)).collect(),
            hands: history::hands(visit, &page.hands),
            back: history::sent_back(visit, &page.hands),
            note: page.filled.note.clone(),
            done,
            failed,
        }
    }
}

fn print(column: &Column, value: &Value, row: &RowOut) -> String {
    use tici_domain::measure::Unit;
    match (value, column.unit()) {
        (Value::Int(amount), Some(Unit::Money)) => wan(*amount, row.currency),
        (Value::Int(number), Some(Unit::PercentHundredths)) => {
            let text = tici_domain::money::print_scaled((*number).into(), 2, 2);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        (Value::Int(number), _) => number.to_string(),
        (Value::Date(day), _) => day.to_string(),
        (Value::Text(text), _) => text.clone(),
    }
}

/// Who wrote something, and when.
fn who(visit: &Visit, meta: &tici_ops::view_project::EntryMeta) -> String {
    let t = visit.t;
    let at = t.moment(meta.at, &visit.state.config.zone);
    t.t1("trace-by", &[("post", &meta.title.get(t.lang)), ("at", &at)])
}
