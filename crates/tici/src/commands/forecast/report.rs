//! A backtest in words, tables and a diagram.

use tici_engine::forecast::backtest::summary::{CASES_MIN, Gain, Line};
use tici_engine::forecast::backtest::{Method, Summary};
use tici_engine::forecast::scores::Bin;
use tici_web::i18n::T;

use crate::{Context, say};

/// What a project office reads of each step: "of 120 given 60–80%, 71% made it".
pub fn said(t: &T, bins: &[Bin], key: &str) -> Vec<String> {
    let percent = |share: f64| format!("{:.0}", 100.0 * share);
    let one = |bin: &Bin| {
        let rate = percent(bin.rate()?);
        let (low, high) = (percent(bin.low), percent(bin.high));
        Some(t.t1(key, &[("n", &bin.count), ("low", &low), ("high", &high), ("rate", &rate)]))
    };
    bins.iter().filter_map(one).collect()
}

/// The scores as tables on a terminal, with the sentences.
pub fn print(context: &Context, summary: &Summary) {
    let t = &context.t;
    say::line(about(t, summary));
    say::table(head(t), summary.lines.iter().map(|line| cells(t, line)).collect());
    for gain in summary.gains.iter().filter(|gain| gain.horizon == last(summary)) {
        say::line(better(t, gain));
    }
    if let Some(line) = model(summary) {
        said(t, &line.bins, "forecast-said-kept").iter().for_each(say::line);
    }
}

/// The same as a page of Markdown.
pub fn page(t: &T, summary: &Summary) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let title = t.t("forecast-backtest-title");
    let mut text = format!("# {title}\n\n{}\n\n", about(t, summary));
    let head = head(t);
    text += &row(head.clone());
    text += &format!("|---|---{}|\n", "|--:".repeat(head.len() - 2));
    summary.lines.iter().for_each(|line| text += &row(cells(t, line)));
    text += "\n";
    for gain in &summary.gains {
        text += &format!("- {}: {}\n", horizon(t, gain.horizon), better(t, gain));
    }
    let Some(line) = model(summary) else { return text };
    text += &format!("\n## {}\n\n", t.t("forecast-backtest-calibration"));
    text += "![](reliability.svg)\n\n";
    said(t, &line.bins, "forecast-said-kept")
        .iter()
        .for_each(|said| text += &format!("- {said}\n"));
    if line.cases < CASES_MIN {
        text += &format!("\n{}\n", t.t1("forecast-backtest-few", &[("n", &line.cases)]));
    }
    text
}

fn about(t: &T, summary: &Summary) -> String {
    let cases = model(summary).map_or(0, |line| line.cases);
    let (cutoffs, lost) = (summary.cutoffs.len(), summary.lost);
    let none = String::new();
    let first = summary.cutoffs.first().unwrap_or(&none);
    let last = summary.cutoffs.last().unwrap_or(&none);
    t.t1(
        "forecast-backtest-about",
        &[("n", &cases), ("cutoffs", &cutoffs), ("first", first), ("last", last), ("lost", &lost)],
    )
}

/// The horizon that stands for all: all together, or the only one.
fn last(summary: &Summary) -> Option<i32> {
    summary.lines.last().and_then(|line| line.horizon)
}

fn model(summary: &Summary) -> Option<&Line> {
    let all = last(summary);
    summary.lines.iter().find(|line| line.method == Method::Model && line.horizon == all)
}

fn head(t: &T) -> Vec<String> {
    ["horizon", "method", "cases", "kept", "brier", "log", "crps", "error", "covered"]
        .map(|key| t.t(&format!("forecast-col-{key}")))
        .to_vec()
}

fn cells(t: &T, line: &Line) -> Vec<String> {
    vec![
        horizon(t, line.horizon),
        t.t(&format!("forecast-method-{}", line.method.code())),
        line.cases.to_string(),
        format!("{:.1}%", 100.0 * line.held),
        format!("{:.4}", line.brier),
        format!("{:.4}", line.log),
        format!("{:.1}", line.crps),
        format!("{:.3}", line.calibration_error),
        format!("{:.1}%", 100.0 * line.covered),
    ]
}

fn horizon(t: &T, months: Option<i32>) -> String {
    match months {
        Some(months) => t.t1("forecast-backtest-months", &[("n", &months)]),
        None => t.t("forecast-backtest-all"),
    }
}

fn better(t: &T, gain: &Gain) -> String {
    let number = |value: f64, places: usize| format!("{value:+.places$}");
    t.t1(
        "forecast-backtest-better",
        &[
            ("method", &t.t(&format!("forecast-method-{}", gain.over.code()))),
            ("brier", &number(gain.brier, 4)),
            ("briererror", &format!("{:.4}", gain.brier_error)),
            ("crps", &number(gain.crps, 1)),
            ("crpserror", &format!("{:.1}", gain.crps_error)),
        ],
    )
}

/// The reliability diagram: what was given across, what happened upwards, each step a dot as
/// large as its count, the diagonal for perfection.
pub fn svg(summary: &Summary) -> String {
    const SIDE: f64 = 320.0;
    const EDGE: f64 = 36.0;
    let place = |given: f64, rate: f64| (EDGE + SIDE * given, EDGE + SIDE * (1.0 - rate));
    let whole = SIDE + 2.0 * EDGE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" \
         fill=\"#fff\"/>\n<path d=\"M{EDGE} {EDGE}V{far}H{far}\" fill=\"none\" stroke=\"#444\"/>\n\
         <path d=\"M{EDGE} {far}L{far} {EDGE}\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>\n",
        far = EDGE + SIDE,
    );
    for step in 0..=5 {
        let share = f64::from(step) / 5.0;
        let ((x, y), label) = (place(share, share), step * 20);
        svg += &format!(
            "<text x=\"{x}\" y=\"{below}\" text-anchor=\"middle\">{label}%</text>\n\
             <text x=\"{left}\" y=\"{y}\" text-anchor=\"end\">{label}%</text>\n",
            below = EDGE + SIDE + 16.0,
            left = EDGE - 6.0,
        );
    }
    let Some(line) = model(summary) else { return svg + "</svg>\n" };
    let most = line.bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1) as f64;
    for bin in &line.bins {
        let Some(rate) = bin.rate() else { continue };
        let (x, y) = place(bin.given, rate);
        let radius = 3.0 + 9.0 * (bin.count as f64 / most).sqrt();
        svg += &format!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"#2a6f97\" \
             fill-opacity=\"0.8\"/>\n<text x=\"{:.1}\" y=\"{y:.1}\">{}</text>\n",
            x + radius + 4.0,
            bin.count,
        );
    }
    svg + "</svg>\n"
}
