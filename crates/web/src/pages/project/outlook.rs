//! What is to be expected of a project's next stage, and why.

use tici_ops::view_project::ProjectPage;

use crate::{forecast_words as words, i18n::T};

/// The panel: sentences, then reasons.
pub struct ForecastPart {
    pub lines: Vec<String>,
    pub reasons: Vec<String>,
    pub learnt: String,
}

/// None for a project at the top of the stairs, and for one that has ended.
pub fn part(t: T, page: &ProjectPage) -> Option<ForecastPart> {
    let forecast = &page.forecast;
    let (next, today) = (forecast.next.as_ref()?, page.lens.today);
    let learnt = words::learnt(t, &forecast.learnt, today);
    if next.is_suspended {
        let lines = vec![t.t("project-forecast-suspended")];
        return Some(ForecastPart { lines, reasons: Vec::new(), learnt });
    }
    let day = |day| words::day(t, day, today);
    let mut lines = vec![t.t1(
        "project-forecast-next",
        &[
            ("stage", &t.stage(next.stage)),
            ("day", &day(next.mid)),
            ("low", &day(next.low)),
            ("high", &day(next.high)),
        ],
    )];
    if let (Some(own), Some(p)) = (next.own_day, next.by_own_day) {
        let args: &[(&str, &dyn std::fmt::Display)] =
            &[("day", &t.day(own, today)), ("p", &words::chance(p))];
        lines.push(t.t1("project-forecast-own", args));
    }
    if let Some((due, p)) = forecast.by_deadline.filter(|(due, _)| *due >= today) {
        let args: &[(&str, &dyn std::fmt::Display)] =
            &[("day", &t.day(due, today)), ("p", &words::chance(p))];
        lines.push(t.t1("project-forecast-deadline", args));
    }
    let reasons = forecast.reasons.iter().map(|one| words::reason(t, one, today)).collect();
    Some(ForecastPart { lines, reasons, learnt })
}
