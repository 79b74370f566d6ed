//! 梯次看板: columns by stage, what moved this month, and whether enough is coming.

mod ask;
mod pipeline;

use askama::Template;
use axum::{Router, extract::RawQuery, routing::get};
use tici_domain::{Currency, Light, Name};
use tici_engine::board::{Board, Card, Column};
use tici_ops::view_board::{BoardPage, view_board};

pub use ask::Ask;
pub use pipeline::PipelineView;

use super::{Nav, Page};
use crate::{
    charts,
    i18n::{Scale, T},
    shell::Shell,
    ui::{self, Html},
    visit::{PageResult, Rendered, Visit},
};

pub const PAGE: Page = Page {
    id: "board",
    nav: Some(Nav { group: "nav-projects", href: "/board", icon: "board" }),
    routes: || Router::new().route("/board", get(show)),
};

/// What the page shows, in the reader's language.
#[derive(Template)]
#[template(path = "board.html")]
pub struct BoardView {
    pub shell: Shell,
    pub t: T,
    pub sub: String,
    pub selects: Vec<ask::Select>,
    pub kept: Vec<(&'static str, String)>,
    pub lights: Vec<Html>,
    pub columns: Vec<ColumnView>,
    pub before_first: String,
    pub pipeline: PipelineView,
}

/// One stage: its head, the arrow to the next, its cards.
pub struct ColumnView {
    pub id: &'static str,
    pub name: String,
    pub href: String,
    pub count: String,
    pub total: String,
    /// Share of the largest total, in percent, for the bar under the head.
    pub bar: u32,
    /// New in the first column this month; empty elsewhere.
    pub entered: String,
    pub ended: String,
    /// Arrow to the next column, and its number; none behind the last.
    pub arrow: Option<(Html, String)>,
    pub dwell: String,
    pub limit: String,
    pub over: String,
    pub cards: Vec<CardView>,
    pub rest: String,
    pub rest_href: String,
}

/// One project.
pub struct CardView {
    pub href: String,
    pub mark: Html,
    pub tier: Html,
    pub firm: String,
    pub name: String,
    pub total: String,
    pub place: String,
    pub days: String,
    pub is_over: bool,
    pub is_new: bool,
    /// What stands in the way, and how late the start is; shown for the late ones.
    pub blockers: String,
    pub late: String,
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> PageResult<BoardView> {
    let ask = Ask::read(query.as_deref().unwrap_or_default())?;
    let (today, query) = (visit.today, ask.query());
    let page = visit.run(move |desk, session| view_board(desk, session, &query, today)).await?;
    let shell = visit.shell("board", visit.t.t("nav-board"));
    Ok(Rendered(BoardView::new(shell, visit.t, &page, &ask, &visit.facts.chains)))
}

impl BoardView {
    pub fn new(shell: Shell, t: T, page: &BoardPage, ask: &Ask, chains: &[String]) -> BoardView {
        let board = &page.board;
        let scale = t.column(currency(board));
        let most = Most::of(board);
        let columns = board.columns.iter().enumerate();
        let columns = columns.map(|(index, _)| column(t, page, ask, (index, scale, most)));
        BoardView {
            sub: sub(t, page),
            selects: ask.selects(t, &page.snapshot, chains),
            kept: ask.kept(),
            lights: [Light::Red, Light::Amber, Light::Green].map(|l| ui::light(&t, &l)).to_vec(),
            columns: columns.collect(),
            before_first: match board.before_first {
                0 => String::new(),
                n => t.t1("cockpit-stages-before", &[("n", &n)]),
            },
            pipeline: PipelineView::new(t, page),
            shell,
            t,
        }
    }
}

/// The largest of what is drawn to scale.
#[derive(Clone, Copy)]
struct Most {
    total: i128,
    moved: usize,
}

impl Most {
    fn of(board: &Board) -> Most {
        let totals = board.columns.iter().map(|column| total(board, column));
        Most {
            total: totals.max().unwrap_or(0),
            moved: board.columns.iter().map(|column| column.arrived).max().unwrap_or(0),
        }
    }
}

/// Total investment of a stage in the board's currency.
fn total(board: &Board, column: &Column) -> i128 {
    column.sums.get(&currency(board)).copied().unwrap_or(0)
}

/// The currency most of the money is in.
fn currency(board: &Board) -> Currency {
    let most = board.sums.iter().max_by_key(|(_, sum)| **sum);
    most.map_or(Currency::CNY, |(currency, _)| *currency)
}

fn sub(t: T, page: &BoardPage) -> String {
    let board = &page.board;
    let scale = t.chart(currency(board));
    let sum = board.sums.get(&currency(board)).copied().unwrap_or(0);
    let total = format!("{} {}", scale.print(sum), t.unit_phrase(scale));
    let from = t.day_short(board.month.0, board.month.1);
    let n = t.count(board.projects as i128);
    t.t1("board-sub", &[("n", &n), ("total", &total), ("from", &from)])
}

fn column(
    t: T,
    page: &BoardPage,
    ask: &Ask,
    (index, scale, most): (usize, Scale, Most),
) -> ColumnView {
    let columns = &page.board.columns;
    let column = &columns[index];
    let chart = t.chart(currency(&page.board));
    let sum = total(&page.board, column);
    let stage = t.stage(column.stage);
    let count = |key: &str, n: usize| match n {
        0 => String::new(),
        n => t.t1(key, &[("n", &n)]),
    };
    let next = columns.get(index + 1);
    let arrow = next.map(|next| {
        let label = t.t1(
            "board-moved",
            &[("n", &next.arrived), ("from", &stage), ("to", &t.stage(next.stage))],
        );
        let arrow = charts::FlowArrow { moved: next.arrived, most: most.moved, label };
        (Html(charts::flow_arrow(&arrow)), next.arrived.to_string())
    });
    ColumnView {
        id: column.stage.code(),
        href: format!("/projects?tier=all&stage={}{}", column.stage.code(), ask.ledger_query()),
        name: stage,
        count: t.count(column.projects as i128),
        total: format!("{} {}", chart.print(sum), t.unit(chart)),
        bar: (sum * 100 / most.total.max(1)).clamp(0, 100) as u32,
        entered: if index == 0 { count("board-entered", column.arrived) } else { String::new() },
        ended: count("board-ended", column.ended),
        arrow,
        dwell: match (column.limit, column.dwell_median) {
            (None, _) => t.t1("board-no-limit", &[("stage", &t.stage(column.stage))]),
            (_, None) => t.t("app-none"),
            (_, Some(days)) => t.t1("board-dwell", &[("n", &days)]),
        },
        limit: column.limit.map_or_else(String::new, |days| t.t1("board-limit", &[("n", &days)])),
        over: count("board-over", column.over_limit),
        cards: column.cards.iter().filter_map(|c| card(t, page, c, (column, scale))).collect(),
        rest: count("board-rest", column.rest),
        rest_href: ask.all_of(column.stage),
    }
}

fn card(
    t: T,
    page: &BoardPage,
    card: &Card,
    (column, scale): (&Column, Scale),
) -> Option<CardView> {
    let row = page.rows.get(&card.project)?;
    let facts = &row.facts;
    let own = if facts.currency == scale.currency { scale } else { t.column(facts.currency) };
    let name = |name: Option<&Name>| name.map_or("", |name| name.get(t.lang)).to_owned();
    let total = facts.total.map(|total| own.print(i128::from(total)));
    let days = match (card.days, column.limit) {
        (Some(0), _) => t.t("board-today"),
        (Some(days), Some(_)) => t.t1("board-days", &[("n", &days)]),
        // The last stage is no stay: only what has just come is dated.
        (Some(days), None) if card.is_new => t.t1("board-days", &[("n", &days)]),
        _ => String::new(),
    };
    let is_late = facts.light == Light::Red && card.days_late.is_some_and(|days| days > 0);
    let late = card.days_late.filter(|_| is_late);
    Some(CardView {
        href: format!("/projects/{}", card.project),
        mark: Html(charts::light(facts.light, &t.light(facts.light))),
        tier: ui::tier(&t, &facts.tier.filter(|tier| *tier == tici_domain::ListTier::Province)),
        firm: name(row.enterprise.as_ref().map(|firm| &firm.short)),
        name: name(Some(&row.entry.project.name)),
        total: total.unwrap_or_else(|| t.t("app-none")),
        place: name(row.place.as_ref().map(|place| &place.short)),
        days,
        is_over: card.is_over,
        is_new: card.is_new,
        blockers: if is_late { blockers(t, page, card) } else { String::new() },
        late: late.map_or_else(String::new, |days| t.t1("days-late", &[("n", &days)])),
    })
}

/// The tasks that stand in the way, else what was last reported.
fn blockers(t: T, page: &BoardPage, card: &Card) -> String {
    let tasks = card.blockers.iter().filter_map(|series| page.snapshot.records.tasks.get(series));
    let names: Vec<String> = tasks.map(|kept| short(&kept.row.title, t).to_owned()).collect();
    match names.is_empty() {
        true => card.issue.clone().unwrap_or_default(),
        false => t.list(&names),
    }
}

/// The words of a title before its first comma: 用地批复 of 用地批复，186 亩.
pub fn short(title: &Name, t: T) -> &str {
    let text = title.get(t.lang);
    text.split(['，', ',']).next().unwrap_or(text).trim()
}
