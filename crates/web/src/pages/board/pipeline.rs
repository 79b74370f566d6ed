//! 梯次够不够: the estimate in words, with every number it rests on.

use tici_domain::Money;
use tici_engine::board::{NextYear, Pipeline, Thin};
use tici_ops::view_board::BoardPage;

use crate::i18n::T;

/// The panel below the columns.
pub struct PipelineView {
    pub sub: String,
    /// Title and text of each part.
    pub parts: Vec<Part>,
    /// How it is made, and from what.
    pub method: Vec<String>,
    pub numbers: Vec<(String, String)>,
}

pub struct Part {
    pub title: String,
    pub text: String,
    /// Words and address of a way on.
    pub link: Option<(String, &'static str)>,
}

impl PipelineView {
    pub fn new(t: T, page: &BoardPage) -> PipelineView {
        let found = &page.board.pipeline;
        let mut parts = vec![dwell(t, found)];
        match found.thin {
            Some(thin) => parts.push(Part {
                title: t.t("board-thin-title"),
                text: thin_text(t, page, thin),
                link: None,
            }),
            None => {
                parts.push(starts(t, page));
                parts.push(next_year(t, found));
            }
        }
        parts.push(over(t, page));
        PipelineView {
            sub: t.t("board-pipeline-sub"),
            parts,
            method: method(t, page),
            numbers: numbers(t, found),
        }
    }
}

fn money(t: T, found: &Pipeline, amount: i128) -> String {
    match i64::try_from(amount) {
        Ok(amount) => t.money(Money { amount, currency: found.currency }),
        Err(_) => t.t("app-none"),
    }
}

fn dwell(t: T, found: &Pipeline) -> Part {
    let mut text = match found.dwell.now {
        Some(days) => t.t1("board-dwell-now", &[("n", &days)]),
        None => t.t("board-dwell-none"),
    };
    match found.dwell.now.zip(found.dwell.before).map(|(now, before)| now - before) {
        Some(0) => text += &t.t("board-dwell-same"),
        Some(more) if more > 0 => text += &t.t1("board-dwell-slower", &[("n", &more)]),
        Some(less) => text += &t.t1("board-dwell-faster", &[("n", &-less)]),
        None => {}
    }
    if let Some(slower) = found.dwell.slower {
        let stage = t.stage(slower.stage);
        let args: [(&str, &dyn std::fmt::Display); 2] =
            [("stage", &stage), ("n", &slower.days_more)];
        text += &t.t1("board-dwell-where", &args);
    }
    Part { title: t.t("board-dwell-title"), text: text + &t.t("board-stop"), link: None }
}

fn starts(t: T, page: &BoardPage) -> Part {
    let found = &page.board.pipeline;
    let window = half(t, found);
    let title = t.t1("board-starts-title", &[("half", &window)]);
    let Some(starts) = found.starts else {
        return Part { title, text: t.t("app-none"), link: None };
    };
    let total = money(t, found, found.starts_total.unwrap_or(0));
    let enough = match found.ripe > starts.high {
        true => t.t1("board-starts-enough", &[("n", &found.ripe)]),
        false => t.t1("board-starts-short", &[("n", &found.ripe)]),
    };
    let args: [(&str, &dyn std::fmt::Display); 5] = [
        ("n", &starts.mid),
        ("total", &total),
        ("percent", &page.rules.interval),
        ("low", &starts.low),
        ("high", &starts.high),
    ];
    let text = t.t1("board-starts", &args) + &enough;
    Part { title, text, link: None }
}

/// 下半年, `H2 2026`.
fn half(t: T, found: &Pipeline) -> String {
    let first = found.window.0;
    let index = if first.month() == 1 { 1 } else { 2 };
    match tici_domain::Period::half(first.year(), index) {
        Some(period) => t.period(period),
        None => first.to_string(),
    }
}

fn next_year(t: T, found: &Pipeline) -> Part {
    let title = |year: i16| t.t1("board-gap-title", &[("year", &year.to_string().as_str())]);
    let Some(next) = found.next_year else {
        let year = found.history.1.year() + 1;
        return Part { title: title(year), text: t.t("board-gap-unknown"), link: None };
    };
    let mut text = match next.gap {
        0 => t.t1("board-gap-none", &[("n", &next.needed)]),
        gap => {
            let total = money(t, found, next.gap_total);
            t.t1("board-gap", &[("n", &gap), ("total", &total)])
        }
    };
    text += &deadline(t, found, &next);
    if let Some(short) = &found.chain_short {
        let chain = t.chain(&short.chain);
        let n = short.started - short.waiting;
        text += &t.t1("board-gap-chain", &[("chain", &chain), ("n", &n)]);
    }
    Part { title: title(next.year), text: text + &t.t("board-stop"), link: None }
}

fn deadline(t: T, found: &Pipeline, next: &NextYear) -> String {
    let today = found.history.1;
    let (sign, start) = (t.day(next.sign_by, today), t.day(next.start_by, today));
    t.t1("board-gap-by", &[("sign", &sign), ("start", &start)])
}

fn thin_text(t: T, page: &BoardPage, thin: Thin) -> String {
    let today = page.lens.today;
    match thin {
        Thin::Young(None) => t.t("board-thin-empty"),
        Thin::Young(Some(first)) => t.t1("board-thin-young", &[("day", &t.day(first, today))]),
        Thin::FewStarts(count) => {
            let min = page.rules.starts_min;
            t.t1("board-thin-few", &[("n", &count), ("min", &min)])
        }
    }
}

fn over(t: T, page: &BoardPage) -> Part {
    let mut over: Vec<_> =
        page.board.columns.iter().filter(|column| column.over_limit > 0).collect();
    over.sort_by_key(|column| std::cmp::Reverse(column.over_limit));
    let lines: Vec<String> = over
        .iter()
        .map(|column| {
            let (stage, limit) = (t.stage(column.stage), column.limit.unwrap_or(0));
            let args: [(&str, &dyn std::fmt::Display); 3] =
                [("stage", &stage), ("limit", &limit), ("n", &column.over_limit)];
            t.t1("board-over-stage", &args)
        })
        .collect();
    let text = match lines.is_empty() {
        true => t.t("board-over-none"),
        false => lines.join(t.separator()) + &t.t("board-stop"),
    };
    let link = (!lines.is_empty()).then(|| (t.t("board-over-link"), "/meetings#next"));
    Part { title: t.t("board-over-title"), text, link }
}

/// The method in sentences.
fn method(t: T, page: &BoardPage) -> Vec<String> {
    let found = &page.board.pipeline;
    let mut lines = vec![t.t("board-method-estimate")];
    if found.thin.is_some() {
        return lines;
    }
    lines.push(t.t1("board-method-pace", &[("percent", &page.rules.interval)]));
    lines.push(t.t("board-method-ripe"));
    if let Some(next) = &found.next_year {
        let key = if next.is_stand_in { "board-method-stand-in" } else { "board-method-plan" };
        let (year, this) = (next.year.to_string(), (next.year - 1).to_string());
        lines.push(t.t1(key, &[("year", &year.as_str()), ("this", &this.as_str())]));
        lines.push(t.t1("board-method-gap", &[("year", &year.as_str())]));
    }
    lines
}

/// Every number that went in.
fn numbers(t: T, found: &Pipeline) -> Vec<(String, String)> {
    let count = |n: usize| t.count(n as i128);
    let mut out = vec![
        ("board-n-signed", count(found.pace.signed)),
        ("board-n-landed", count(found.pace.landed)),
        ("board-n-started", count(found.pace.started)),
        ("board-n-waiting", count(found.waiting)),
        ("board-n-waiting-total", money(t, found, found.waiting_total)),
    ];
    if found.thin.is_none() {
        out.push(("board-n-ripe", count(found.ripe)));
    }
    if let Some(next) = &found.next_year {
        out.extend([
            ("board-n-plan", money(t, found, next.plan)),
            ("board-n-carried", money(t, found, next.carried)),
            ("board-n-per-start", money(t, found, next.per_start)),
            ("board-n-needed", count(next.needed)),
            ("board-n-left", count(next.left)),
            ("board-n-to-sign", count(next.to_sign)),
        ]);
    }
    out.into_iter().map(|(key, value)| (t.t(key), value)).collect()
}
