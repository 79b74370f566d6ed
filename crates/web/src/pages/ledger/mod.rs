//! The project ledger: one table, filtered and sorted by its address, with totals over
//! everything that the filter lets through.

mod asked;
mod columns;
mod files;
mod filters;
mod rows;

pub use asked::address;
pub use rows::{build, figure_href, full_name, with_firm};

use askama::Template;
use axum::{
    Router,
    extract::RawQuery,
    response::Redirect,
    routing::{get, post},
};
use tici_ops::{saved_views, view_ledger::view_ledger};

use super::{Nav, Page};
use crate::{
    AppState, Failure, Fields, PageResult, Posted, Rendered, Shell, T, Visit, choice::Choice,
    done::lead_to, visit::read_pairs,
};
pub use asked::Asked;
use asked::PAGE_ROWS_OFFERED;
use columns::Column;
use filters::{LightLink, Select, Tab};
pub use rows::common_currency;
use rows::{Foot, Row};

pub const PAGE: Page = Page {
    id: "ledger",
    nav: Some(Nav { group: "nav-projects", href: "/projects", icon: "ledger" }),
    routes,
};

fn routes() -> Router<AppState> {
    Router::new()
        .route("/projects", get(show))
        .route("/projects/export/{format}", get(files::export))
        .route("/projects/views", post(save_view))
        .route("/projects/views/forget", post(forget_view))
}

#[derive(Template)]
#[template(path = "ledger.html")]
struct LedgerPage {
    shell: Shell,
    t: T,
    /// Unit, and the months the year's figures cover.
    sub: String,
    tabs: Vec<Tab>,
    selects: Vec<Select>,
    lights: Vec<LightLink>,
    text: String,
    found: String,
    columns: Vec<Head>,
    /// Every column with whether it is shown.
    chooser: Vec<Choice>,
    /// What forms carry along, by purpose.
    kept: Kept,
    rows: Vec<Row>,
    feet: Vec<Foot>,
    foot_label: String,
    rule: Vec<(String, String)>,
    rule_line: String,
    note: String,
    pages: Pages,
    clear: String,
    reset_columns: String,
    /// Addresses of the view as a file, by format.
    csv: String,
    xlsx: String,
    /// The query of this very view, to be kept under a name.
    view_query: String,
    saved_name: String,
    /// Words of a selection's sum; empty when its amounts cannot be added.
    selected_sum: String,
    may_export: bool,
}

/// Head of a column, with the way to sort by it.
struct Head {
    column: Column,
    text: String,
    is_number: bool,
    sort: String,
    /// Sorted by this column: `descending` or `ascending`.
    sorted: &'static str,
}

/// Hidden fields of the forms of the page.
struct Kept {
    /// For the filter form: everything that is not a filter.
    look: Vec<(&'static str, String)>,
    /// For the column form: everything that is not a column.
    all_but_columns: Vec<(&'static str, String)>,
}

/// Where the page stands among its like.
struct Pages {
    range: String,
    previous: String,
    next: String,
    sizes: Vec<Choice>,
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> PageResult<LedgerPage> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let mut asked = Asked::read(&fields)?;
    let today = visit.today;
    asked.settle(visit.facts.has_lists);
    let (asked, view, saved) = visit
        .run(move |desk, session| {
            let saved = saved_views::saved_views(desk, session)?;
            let view = view_ledger(desk, session, &asked.query(), today)?;
            Ok((asked, view, saved))
        })
        .await?;
    Ok(Rendered(page(&visit, asked, view, saved)))
}

fn page(
    visit: &Visit,
    asked: Asked,
    view: tici_ops::view_ledger::LedgerPage,
    saved: Vec<filters::Saved>,
) -> LedgerPage {
    let t = visit.t;
    let root = "/projects";
    let saved_name = filters::saved_name(&asked, &saved);
    LedgerPage {
        shell: visit.shell_of_period("ledger", t.t("nav-ledger"), (visit.here(), view.lens.period)),
        sub: sub(t, &view),
        tabs: filters::tabs(t, &asked, &view, &saved),
        selects: filters::selects(t, &asked, &view, &visit.facts.chains),
        lights: filters::lights(t, &asked, &view),
        text: asked.text.clone(),
        found: t.t1("ledger-found", &[("n", &t.count(view.totals.projects as i128))]),
        columns: heads(t, &asked),
        chooser: chooser(t, &asked),
        kept: kept(&asked),
        rows: rows::rows(t, &view),
        feet: rows::feet(t, &view.totals),
        foot_label: t.t1("ledger-total", &[("n", &t.count(view.totals.projects as i128))]),
        rule: t.rule(&view.totals.rule),
        rule_line: t.rule_line(&view.totals.rule),
        note: note(t, &view),
        pages: pages(t, &asked, &view),
        clear: format!("{root}?tier=all"),
        reset_columns: asked.with(|asked| asked.columns.clear()).address(root),
        csv: asked.with(|_| {}).address("/projects/export/csv"),
        xlsx: asked.with(|_| {}).address("/projects/export/xlsx"),
        view_query: asked.with(|_| {}).address(""),
        saved_name,
        selected_sum: selected_sum(t, &view),
        may_export: tici_ops::permission::role_has(
            visit.session.actor.role,
            tici_ops::Action::ExportProjects,
        ),
        t,
    }
}

fn sub(t: T, view: &tici_ops::view_ledger::LedgerPage) -> String {
    let year = t.year_to(view.lens.period);
    let unit = match rows::common_currency(&view.totals) {
        Some(currency) => t.unit_phrase(t.column(currency)),
        None => t.t("ledger-mixed-unit"),
    };
    t.t1("ledger-sub", &[("unit", &unit), ("year", &year)])
}

/// Chosen columns in their fixed order.
fn shown(asked: &Asked) -> Vec<Column> {
    let chosen: &[Column] =
        if asked.columns.is_empty() { &Column::DEFAULT } else { &asked.columns };
    Column::ALL.into_iter().filter(|column| chosen.contains(column)).collect()
}

fn heads(t: T, asked: &Asked) -> Vec<Head> {
    let current = asked.sort.unwrap_or_default();
    let head = |column: Column| {
        let is_current = column.sort() == Some(current);
        let sort = column.sort().map_or_else(String::new, |sort| {
            let turned = asked.with(|asked| {
                asked.sort = Some(sort);
                asked.ascending = is_current && !asked.ascending;
            });
            turned.address("/projects")
        });
        let sorted = match (is_current, asked.ascending) {
            (false, _) => "",
            (true, true) => "ascending",
            (true, false) => "descending",
        };
        Head { column, text: column.head(t), is_number: column.is_number(), sort, sorted }
    };
    shown(asked).into_iter().map(head).collect()
}

fn chooser(t: T, asked: &Asked) -> Vec<Choice> {
    let shown = shown(asked);
    let choice = |column: Column| Choice {
        value: column.code().into(),
        name: column.name(t),
        is_set: shown.contains(&column),
    };
    Column::ALL.into_iter().map(choice).collect()
}

fn kept(asked: &Asked) -> Kept {
    let mut look = asked.look_pairs();
    look.extend(asked.column_pairs());
    let lights = asked
        .filter_pairs()
        .into_iter()
        .filter(|(name, _)| matches!(*name, "light" | "start" | "due"));
    look.extend(lights);
    let mut all_but_columns = asked.filter_pairs();
    all_but_columns.extend(asked.look_pairs());
    Kept { look, all_but_columns }
}

fn selected_sum(t: T, view: &tici_ops::view_ledger::LedgerPage) -> String {
    let currency = rows::common_currency(&view.totals);
    currency.map_or_else(String::new, |currency| {
        t.t1("ledger-selected-sum", &[("unit", &t.unit(t.column(currency)))])
    })
}

/// Who is missing from the sums, said beside them.
fn note(t: T, view: &tici_ops::view_ledger::LedgerPage) -> String {
    let period = t.period_short(view.lens.period);
    let name = |id: &i64| {
        let entry = view.snapshot.projects.get(*id)?;
        Some(entry.project.name.get(t.lang).to_owned())
    };
    match view.totals.unreported.as_slice() {
        [] => String::new(),
        [one] => {
            let name = name(one).unwrap_or_default();
            t.t1("ledger-unreported-one", &[("name", &name), ("period", &period)])
        }
        many => t.t1("ledger-unreported-many", &[("n", &many.len()), ("period", &period)]),
    }
}

fn pages(t: T, asked: &Asked, view: &tici_ops::view_ledger::LedgerPage) -> Pages {
    let total = view.totals.projects;
    let first = view.page * view.page_rows;
    let last = (first + view.rows.len()).min(total);
    let at = |page: usize| asked.with(|asked| asked.page = page).address("/projects");
    let args: &[(&str, &dyn std::fmt::Display)] =
        &[("first", &(first + 1).min(total)), ("last", &last), ("total", &t.count(total as i128))];
    let size = |rows: usize| Choice {
        value: asked.with(|asked| asked.rows = rows).address("/projects"),
        name: rows.to_string(),
        is_set: rows == view.page_rows,
    };
    Pages {
        range: t.t1("ledger-range", args),
        previous: if view.page > 0 { at(view.page - 1) } else { String::new() },
        next: if last < total { at(view.page + 1) } else { String::new() },
        sizes: PAGE_ROWS_OFFERED.into_iter().map(size).collect(),
    }
}

async fn save_view(posted: Posted) -> Result<Redirect, Failure> {
    let name = posted.fields.get("name").to_owned();
    let query = posted.fields.get("query").trim_start_matches('?').to_owned();
    let back = format!("/projects?{query}");
    posted
        .visit
        .run(move |desk, session| saved_views::save_view(desk, session, &name, &query))
        .await?;
    Ok(lead_to(&back, "view-saved"))
}

async fn forget_view(posted: Posted) -> Result<Redirect, Failure> {
    let name = posted.fields.get("name").to_owned();
    posted.visit.run(move |desk, session| saved_views::forget_view(desk, session, &name)).await?;
    Ok(lead_to("/projects", "view-forgotten"))
}
