//! Who has reported: counted and worded as on the page of the returns.

use tici_ops::returns::{PlaceReport, Standing};
use tici_ops::view_cockpit::CockpitPage;

use crate::pages::returns::standing_chip;
use crate::{charts, i18n::T, ui, ui::Html};

/// Places listed at most; those that have not reported come first.
const REPORTS_MAX: usize = 8;

/// Panel of the returns.
pub struct ReportsView {
    /// How many have reported, in words.
    pub note: String,
    pub rows: Vec<ReportView>,
    /// What counts as having reported.
    pub rule: String,
}

/// Return of one place.
pub struct ReportView {
    pub place: String,
    pub href: String,
    pub bar: Html,
    pub counts: String,
    pub state: Html,
}

impl ReportsView {
    pub fn new(t: T, page: &CockpitPage) -> ReportsView {
        let reporting = &page.cockpit.reporting;
        let rank = |row: &PlaceReport| {
            page.snapshot.places.get(&row.place).map_or(i64::MAX, |place| place.rank)
        };
        let mut rows: Vec<&PlaceReport> = reporting.places.iter().collect();
        rows.sort_by_key(|row| (row.is_in(), row.standing, row.told >= row.asked, rank(row)));
        ReportsView {
            note: t.reporting(reporting),
            rule: t.reporting_rule(reporting.counted),
            rows: rows.into_iter().take(REPORTS_MAX).map(|row| report(t, page, row)).collect(),
        }
    }
}

fn report(t: T, page: &CockpitPage, row: &PlaceReport) -> ReportView {
    let place = page.snapshot.places.get(&row.place);
    let bar =
        charts::Bar { value: row.told as f64, max: row.asked as f64, tone: charts::Tone::First };
    ReportView {
        place: place.map_or("", |place| place.short.get(t.lang)).to_owned(),
        href: match row.standing {
            Some(_) => format!("/returns/{}/{}", page.lens.period, row.place),
            None => format!("/projects?tier=listed&place={}", row.place),
        },
        bar: Html(charts::bar(&bar)),
        counts: format!("{} / {}", row.told, row.asked),
        state: state(t, row),
    }
}

/// Where its return stands; without a round, whether all figures are there.
fn state(t: T, row: &PlaceReport) -> Html {
    match row.standing {
        Some(standing) => standing_chip(t, standing),
        None if row.is_in() => Html(ui::escape(&t.t("cockpit-report-done"))),
        None if row.told == 0 => standing_chip(t, Standing::Missing),
        None => {
            let missing = row.asked - row.told;
            Html(ui::escape(&t.t1("cockpit-report-missing", &[("n", &missing)])))
        }
    }
}
