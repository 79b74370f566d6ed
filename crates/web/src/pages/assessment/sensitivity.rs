//! How sure the ranking is: each item left out, effective weights, correlations, items that say
//! the same and items that tell nobody apart.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;
use tici_engine::assess::robustness::redundancy::FlatBecause;
use tici_engine::assess::run::sensitivity::{Asked as Look, Sensitivity, sensitivity};
use tici_ops::OpsError;

use super::figures::name_of;
use super::{Tab, opened, tabs};
use crate::{
    i18n::T,
    shell::Shell,
    visit::{PageResult, Rendered, Visit},
};

/// Recomputations of the part that draws weights; the page shows the run's own elsewhere.
const REPLICATIONS: usize = 200;

#[derive(Deserialize)]
pub struct Asked {
    run: Option<i64>,
}

#[derive(Template)]
#[template(path = "assess_sensitivity.html")]
pub struct SensitivityView {
    shell: Shell,
    t: T,
    tabs: Vec<Tab>,
    sub: String,
    rows: Vec<Row>,
    repeats: Vec<(String, String, String)>,
    flat: Vec<(String, String)>,
}

struct Row {
    name: String,
    weight: String,
    effective: String,
    correlation: String,
    influence: String,
    shift: String,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult<SensitivityView> {
    let page = opened(&visit, asked.run).await?;
    let run = visit.run(move |_, _| {
        let look = Look { replications: REPLICATIONS, ..page.opened.frozen.asked() };
        let inputs = page.opened.frozen.inputs();
        let (found, problems) = sensitivity(&page.opened.rules, &inputs, &look);
        Ok((found.ok_or(OpsError::Problems(problems))?, page))
    });
    let (found, page) = run.await?;
    let t = visit.t;
    let rules = &page.opened.rules;
    let repeats = found.repeats.iter().map(|pair| {
        let (first, second) = (name_of(t, rules, &pair.first), name_of(t, rules, &pair.second));
        (first, second, two(Some(pair.correlation)))
    });
    let flat = found.flat.iter().map(|(key, why)| {
        let key_of = match why {
            FlatBecause::Empty => "assess-flat-empty",
            FlatBecause::Constant => "assess-flat-constant",
            FlatBecause::MostlySame(_) => "assess-flat-share",
            FlatBecause::Close(_) => "assess-flat-small",
        };
        (name_of(t, rules, key), t.t(key_of))
    });
    Ok(Rendered(SensitivityView {
        repeats: repeats.collect(),
        flat: flat.collect(),
        rows: rows(t, &page, &found),
        tabs: tabs(t, Some(page.row.series), "assessment/sensitivity"),
        sub: format!("{} · {}", rules.title.get(t.lang), t.period(page.row.period)),
        shell: visit.shell("scores", t.t("assess-tab-sensitivity")),
        t,
    }))
}

fn rows(t: T, page: &tici_ops::assess::RunPage, found: &Sensitivity) -> Vec<Row> {
    let shift = |node: &str| {
        let left = found.without.iter().find(|left| left.node == node);
        left.and_then(|left| left.mean_abs_shift)
    };
    let row = |say: &tici_engine::assess::run::sensitivity::Say| Row {
        name: name_of(t, &page.opened.rules, &say.node),
        weight: percent(say.weight),
        effective: percent(say.effective_weight),
        correlation: two(say.correlation),
        influence: two(say.influence),
        shift: two(shift(&say.node)),
    };
    found.say.iter().map(row).collect()
}

fn two(number: Option<f64>) -> String {
    let text = number.filter(|n| n.is_finite()).map(|n| format!("{n:.2}").replace('-', "\u{2212}"));
    text.unwrap_or_else(|| "—".to_owned())
}

fn percent(share: f64) -> String {
    match share.is_finite() {
        true => format!("{:.1}%", share * 100.0),
        false => "—".to_owned(),
    }
}
