//! The staircase over all projects, and who has reported.

use tici_domain::{Light, Stage};
use tici_engine::cockpit::{PlaceReport, StageLine};
use tici_ops::view_cockpit::CockpitPage;

use super::currency;
use crate::{
    charts,
    i18n::{Scale, T},
    ui::{self, Html},
};

/// Places listed at most; those with returns missing come first.
const REPORTS_MAX: usize = 8;

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

/// Returns of one place.
pub struct ReportView {
    pub place: String,
    pub href: String,
    pub bar: Html,
    pub counts: String,
    pub state: Html,
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

/// Places that were to report, the incomplete ones first.
pub fn reports(t: T, page: &CockpitPage) -> Vec<ReportView> {
    let mut rows: Vec<&PlaceReport> = page.cockpit.reporting.iter().collect();
    rows.sort_by_key(|row| (row.reported >= row.expected, row.reported, rank(page, row.place)));
    rows.into_iter().take(REPORTS_MAX).map(|row| report_view(t, page, row)).collect()
}

fn rank(page: &CockpitPage, place: i64) -> i64 {
    page.snapshot.places.get(&place).map_or(i64::MAX, |place| place.rank)
}

fn report_view(t: T, page: &CockpitPage, row: &PlaceReport) -> ReportView {
    let place = page.snapshot.places.get(&row.place);
    let (light, words) = match row.reported {
        n if n >= row.expected => (Light::Green, t.t("cockpit-report-done")),
        0 => (Light::Unreported, t.light(Light::Unreported)),
        n => {
            let missing = row.expected - n;
            (Light::Amber, t.t1("cockpit-report-missing", &[("n", &missing)]))
        }
    };
    let bar = charts::Bar {
        value: row.reported as f64,
        max: row.expected as f64,
        tone: charts::Tone::First,
    };
    ReportView {
        place: place.map_or("", |place| place.short.get(t.lang)).to_owned(),
        href: format!("/projects?tier=listed&place={}", row.place),
        bar: Html(charts::bar(&bar)),
        counts: format!("{} / {}", row.reported, row.expected),
        state: light_saying(light, &words),
    }
}

/// A light with words of its own in a list.
fn light_saying(light: Light, words: &str) -> Html {
    let letter = match light {
        Light::Red => 'r',
        Light::Amber => 'a',
        Light::Green => 'g',
        Light::Unreported | Light::Excused => 'x',
    };
    let mark = charts::light(light, "");
    Html(format!("<span class=\"light {letter}\">{mark}{}</span>", ui::escape(words)))
}

pub fn reports_note(t: T, page: &CockpitPage) -> String {
    let rows = &page.cockpit.reporting;
    let complete = rows.iter().filter(|row| row.reported >= row.expected).count();
    t.t1(
        "cockpit-reports-note",
        &[("period", &t.period_short(page.lens.period)), ("done", &complete), ("all", &rows.len())],
    )
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
