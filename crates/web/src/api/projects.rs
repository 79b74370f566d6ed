//! Projects: a page of the ledger, one project, one figure with where it comes from.

use axum::{
    Json,
    extract::{Path, RawQuery},
};
use jiff::civil::Date;
use serde::Serialize;
use tici_domain::{Figure, Name};
use tici_engine::totals::Totals;
use tici_ops::{
    view_ledger::{LedgerRow, view_ledger},
    view_project::{
        ClaimView, EntryMeta, MonthRow, ProjectPage, Stair, StairState, trace_figure, view_project,
    },
};

use crate::{
    Failure, Fields, Visit,
    pages::{ledger::Asked, project::FigureName},
    visit::read_pairs,
};

/// A page of rows with the totals of all of them.
#[derive(Serialize)]
pub struct List {
    /// From 1.
    page: usize,
    page_rows: usize,
    period: String,
    basis: &'static str,
    rows: Vec<Row>,
    totals: Totals,
}

/// A project in brief.
#[derive(Serialize)]
pub struct Row {
    id: i64,
    code: String,
    national_code: Option<String>,
    name: Name,
    enterprise: Option<Name>,
    place: Option<Name>,
    chain: Option<String>,
    currency: String,
    state: &'static str,
    tier: Option<&'static str>,
    stage: Option<&'static str>,
    stage_since: Option<Date>,
    light: &'static str,
    light_reason: Reason,
    total: Option<i64>,
    plan_year: Option<i64>,
    due_ytd: Option<i64>,
    done_ytd: Option<i64>,
    done_since_start: Option<i64>,
    /// Hundredths of a percent.
    progress: Option<i64>,
    next_milestone: Option<Next>,
    last_report: Option<String>,
}

#[derive(Serialize)]
struct Reason {
    key: &'static str,
    value: i64,
    text: String,
}

#[derive(Serialize)]
struct Next {
    name: Name,
    on: Option<Date>,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<List>, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let mut asked = Asked::read(&fields)?;
    // A program says what it means: without a list it means every project.
    asked.settle(false);
    let (t, today) = (visit.t, visit.today);
    let page =
        visit.run(move |desk, session| view_ledger(desk, session, &asked.query(), today)).await?;
    Ok(Json(List {
        page: page.page + 1,
        page_rows: page.page_rows,
        period: page.lens.period.to_string(),
        basis: page.lens.basis.code(),
        rows: page.rows.iter().map(|found| row(t, found)).collect(),
        totals: page.totals,
    }))
}

fn row(t: crate::T, row: &LedgerRow) -> Row {
    let (facts, project) = (&row.facts, &row.entry.project);
    Row {
        id: project.id,
        code: project.code.clone(),
        national_code: project.national_code.clone(),
        name: project.name.clone(),
        enterprise: row.enterprise.as_ref().map(|firm| firm.name.clone()),
        place: row.place.as_ref().map(|place| place.name.clone()),
        chain: project.chain.clone(),
        currency: facts.currency.to_string(),
        state: facts.state.code(),
        tier: facts.tier.map(|tier| tier.code()),
        stage: facts.stage.map(|stage| stage.code()),
        stage_since: facts.stage_since,
        light: facts.light.code(),
        light_reason: Reason {
            key: facts.lit.key,
            value: facts.lit.values[0],
            text: t.words(&facts.lit.words()),
        },
        total: facts.total,
        plan_year: facts.plan_year,
        due_ytd: facts.due_ytd,
        done_ytd: facts.done_ytd,
        done_since_start: facts.done_since_start,
        progress: facts.progress,
        next_milestone: row.next.clone().map(|(name, on)| Next { name, on }),
        last_report: facts.last_report.map(|period| period.to_string()),
    }
}

/// One project in full.
#[derive(Serialize)]
pub struct One {
    #[serde(flatten)]
    row: Row,
    content: Option<Name>,
    lead_unit: Option<Name>,
    sponsor: Option<Name>,
    build_from: Option<Date>,
    build_to: Option<Date>,
    parent: Option<i64>,
    packages: Vec<i64>,
    stairs: Vec<Step>,
    milestones: Vec<tici_domain::change::Milestone>,
    lists: Vec<tici_domain::change::ListMembership>,
    plans: Vec<tici_domain::change::Plan>,
    claims: Vec<Claim>,
    months: Vec<Month>,
}

#[derive(Serialize)]
struct Step {
    stage: &'static str,
    state: &'static str,
    pending: bool,
    planned: Option<Date>,
    actual: Option<Date>,
    expected: Option<Date>,
}

#[derive(Serialize)]
struct Claim {
    id: i64,
    stage: &'static str,
    on: Date,
    verdict: Option<&'static str>,
    note: Option<String>,
    entry: i64,
    by: Option<Who>,
    judged_by: Option<Who>,
    evidence: Vec<tici_domain::change::Attachment>,
}

#[derive(Serialize)]
struct Month {
    period: String,
    plan: Option<i64>,
    done: Option<i64>,
    due_ytd: Option<i64>,
    done_ytd: Option<i64>,
    progress: Option<i64>,
    workers: Option<i64>,
    progress_text: Option<String>,
    issue: Option<String>,
    verified: bool,
    reported_by: Option<Who>,
}

/// Who wrote an entry, by post.
#[derive(Serialize)]
struct Who {
    entry: i64,
    at: String,
    post: Name,
    op: String,
    source: Option<tici_domain::Source>,
}

pub async fn one(visit: Visit, Path(id): Path<String>) -> Result<Json<One>, Failure> {
    let id: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    let (t, today) = (visit.t, visit.today);
    let page = visit
        .run(move |desk, session| view_project(desk, session, id, Default::default(), today))
        .await?;
    Ok(Json(whole(t, page)))
}

fn whole(t: crate::T, page: ProjectPage) -> One {
    let project = page.row.entry.project.clone();
    One {
        content: project.content,
        lead_unit: project.lead_unit,
        sponsor: project.sponsor,
        build_from: project.build_from,
        build_to: project.build_to,
        parent: project.parent,
        packages: page.packages.iter().map(|row| row.facts.project).collect(),
        stairs: page.stairs.iter().map(step).collect(),
        milestones: page.row.entry.milestones.iter().map(|(row, _)| row.clone()).collect(),
        lists: page.row.entry.lists.iter().map(|(row, _)| row.clone()).collect(),
        plans: page.plans.iter().map(|(plan, _)| plan.clone()).collect(),
        claims: page.claims.into_iter().map(claim).collect(),
        months: page.months.into_iter().map(month).collect(),
        row: row(t, &page.row),
    }
}

fn step(stair: &Stair) -> Step {
    Step {
        stage: stair.stage.code(),
        state: match stair.state {
            StairState::Reached => "reached",
            StairState::Current => "current",
            StairState::Ahead => "ahead",
        },
        pending: stair.pending,
        planned: stair.planned,
        actual: stair.actual,
        expected: stair.expected,
    }
}

fn claim(view: ClaimView) -> Claim {
    Claim {
        id: view.state.claim.id,
        stage: view.state.claim.stage.code(),
        on: view.state.claim.on,
        verdict: view.state.verdict.map(|(verdict, _)| verdict.code()),
        note: view.state.claim.note,
        entry: view.state.entry,
        by: view.by.map(who),
        judged_by: view.judged.map(who),
        evidence: view.evidence,
    }
}

fn month(row: MonthRow) -> Month {
    Month {
        period: row.period.to_string(),
        plan: row.plan,
        done: row.done,
        due_ytd: row.due_ytd,
        done_ytd: row.done_ytd,
        progress: row.progress_percent,
        workers: row.workers,
        progress_text: row.progress,
        issue: row.issue,
        verified: row.is_verified,
        reported_by: row.reported.map(who),
    }
}

fn who(meta: EntryMeta) -> Who {
    Who {
        entry: meta.seq,
        at: meta.at.to_string(),
        post: meta.title,
        op: meta.op,
        source: meta.source,
    }
}

/// A figure with its past and its proof.
#[derive(Serialize)]
pub struct Traced {
    /// Newest first.
    history: Vec<Value>,
    verified: Option<Value>,
    root: String,
    tree_size: i64,
    proof_holds: bool,
}

#[derive(Serialize)]
struct Value {
    figure: Figure,
    by: Who,
}

/// `name` is `measure.period.basis`, such as `invest_ytd.2026-05.reported`.
pub async fn figure(
    visit: Visit,
    Path((id, name)): Path<(String, String)>,
) -> Result<Json<Traced>, Failure> {
    let id: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    let FigureName { measure, period, basis } = FigureName::parse(&name)?;
    let found = visit
        .run(move |desk, session| trace_figure(desk, session, id, measure, period, basis))
        .await?;
    let value = |(figure, meta): (Figure, EntryMeta)| Value { figure, by: who(meta) };
    Ok(Json(Traced {
        history: found.history.into_iter().map(value).collect(),
        verified: found.verified.map(value),
        root: found.root,
        tree_size: found.tree_size,
        proof_holds: found.proof_holds,
    }))
}
