//! The staircase over all projects.

use tici_domain::Stage;
use tici_engine::cockpit::StageLine;
use tici_ops::view_cockpit::CockpitPage;

use super::currency;
use crate::{
    charts,
    i18n::{Scale, T},
    ui::{self, Html},
};

/// Panel three.
pub struct StagesView {
    pub sub: String,
    pub unit: String,
    pub lines: Vec<StageView>,
    pub projects: String,
    pub total: String,
    pub signed: String,
    /// How many projects stand on no step yet; empty when all do.
    pub before_first: String,
}

/// One step.
pub struct StageView {
    pub name: Html,
    pub href: String,
    pub count_bar: Html,
    pub count: String,
    pub total_bar: Html,
    pub total: String,
    pub dwell: String,
    pub moves: String,
}

impl StagesView {
    pub fn new(t: T, page: &CockpitPage) -> StagesView {
        let scale = t.beside_chart(currency(page));
        let lines = &page.cockpit.stages;
        let projects: usize = lines.iter().map(|line| line.projects).sum();
        let total: i128 = lines.iter().map(|line| line.total).sum();
        let most = lines.iter().map(|line| line.projects).max().unwrap_or(0);
        let largest = lines.iter().map(|line| line.total).max().unwrap_or(0);
        let signed = lines.iter().find(|line| line.stage == Stage::Signed);
        let before_first = page.views.all.saturating_sub(projects);
        StagesView {
            before_first: match before_first {
                0 => String::new(),
                n => t.t1("cockpit-stages-before", &[("n", &n)]),
            },
            sub: t.t1("cockpit-stages-sub", &[("n", &page.views.all)]),
            unit: t.t1("cockpit-stages-total", &[("unit", &t.unit(scale))]),
            lines: lines.iter().map(|line| stage_view(t, line, scale, most, largest)).collect(),
            projects: t.count(projects as i128),
            total: scale.print(total),
            signed: t.t1("cockpit-stages-signed", &[("n", &signed.map_or(0, |l| l.entered))]),
        }
    }
}

fn stage_view(t: T, line: &StageLine, scale: Scale, most: usize, largest: i128) -> StageView {
    let bar = |value, max, tone| Html(charts::bar(&charts::Bar { value, max, tone }));
    StageView {
        name: ui::stairs(&t, &Some(line.stage)),
        href: format!("/projects?tier=all&stage={}", line.stage.code()),
        count_bar: bar(line.projects as f64, most as f64, charts::Tone::First),
        count: t.count(line.projects as i128),
        total_bar: bar(scale.value(line.total), scale.value(largest), charts::Tone::Second),
        total: scale.print(line.total),
        dwell: line.dwell_days_median.map_or_else(|| t.t("app-none"), |days| days.to_string()),
        moves: moves(line.entered, line.left),
    }
}

/// `+4 −3`; nothing where nothing moved.
fn moves(entered: usize, left: usize) -> String {
    let entered = (entered > 0).then(|| format!("+{entered}"));
    let left = (left > 0).then(|| format!("−{left}"));
    [entered, left].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::moves;

    #[test]
    fn moves_are_signed_and_zero_is_left_out() {
        let cases = [((4, 3), "+4 −3"), ((1, 0), "+1"), ((0, 2), "−2"), ((0, 0), "")];
        for ((entered, left), text) in cases {
            assert_eq!(moves(entered, left), text);
        }
    }
}
