//! The year's money of the listed projects, month by month.

use tici_engine::cockpit::Month;
use tici_ops::view_cockpit::CockpitPage;

use super::currency;
use crate::{
    charts,
    i18n::{Scale, T},
    ui::Html,
};

/// Panel two: the curve, and its numbers as a table.
pub struct MoneyView {
    pub unit: String,
    pub wide: Html,
    pub narrow: Html,
    pub rows: Vec<MonthView>,
    /// Unit of the rows where it is not the chart's; empty where it is.
    pub rows_unit: String,
    /// Who is missing from the sums; empty when nobody is.
    pub missing: String,
}

/// One month, as printed.
pub struct MonthView {
    pub month: String,
    pub plan: String,
    pub done: String,
    pub plan_sum: String,
    pub done_sum: String,
}

impl MoneyView {
    pub fn new(t: T, page: &CockpitPage) -> MoneyView {
        let scale = t.chart(currency(page));
        let beside = t.beside_chart(currency(page));
        let months = &page.cockpit.months;
        let curve = |room| Html(charts::s_curve(&curve(t, page, scale, room)));
        let missing = page.listed.unreported.len();
        MoneyView {
            unit: t.t1(
                "cockpit-money-unit",
                &[("unit", &t.unit(scale)), ("n", &page.listed.projects)],
            ),
            wide: curve(charts::Room::Wide),
            narrow: curve(charts::Room::Narrow),
            rows: months.iter().zip(sums(months)).map(|row| month_view(t, beside, row)).collect(),
            rows_unit: if beside == scale { String::new() } else { t.unit(beside) },
            missing: match missing {
                0 => String::new(),
                n => t.t1("cockpit-money-missing", &[("n", &n)]),
            },
        }
    }
}

/// Cumulative plan and actual after each month; actual ends where reports end.
fn sums(months: &[Month]) -> Vec<(i128, Option<i128>)> {
    let (mut plan, mut done) = (0, Some(0));
    let add = |month: &Month| {
        plan += month.plan;
        done = done.and_then(|sum: i128| Some(sum + month.done?));
        (plan, done)
    };
    months.iter().map(add).collect()
}

fn curve(t: T, page: &CockpitPage, scale: Scale, room: charts::Room) -> charts::Curve {
    let months = &page.cockpit.months;
    let sums = sums(months);
    let point = |(month, (plan, done)): (&Month, &(i128, Option<i128>))| charts::CurvePoint {
        label: axis_label(t, month),
        plan: Some(scale.value(*plan)),
        actual: done.map(|done| scale.value(done)),
        ..charts::CurvePoint::default()
    };
    let today = page.lens.today;
    let is_this_year = months.first().is_some_and(|m| m.period.calendar_year() == today.year());
    let into_month = f64::from(today.day()) / f64::from(today.days_in_month());
    let at = f64::from(today.month() - 1) + into_month;
    let callout = callout(t, page, scale, &sums);
    let label = format!("{} {}", callout[0], callout[1]);
    charts::Curve {
        room,
        points: months.iter().zip(&sums).map(point).collect(),
        today: is_this_year.then_some(at),
        rows: rows(t, page, scale),
        words: charts::CurveWords {
            plan: t.t("cockpit-plan"),
            forecast: String::new(),
            today: t.t("cockpit-today"),
            callout,
        },
        label,
    }
}

/// 5月末实际 32.3 / 比计划少 4.7，完成计划进度 87.2%
fn callout(t: T, page: &CockpitPage, scale: Scale, sums: &[(i128, Option<i128>)]) -> [String; 2] {
    let last = sums.iter().rposition(|(_, done)| done.is_some());
    let Some((index, plan, done)) = last.and_then(|i| Some((i, sums[i].0, sums[i].1?))) else {
        return [t.t("cockpit-money-none"), String::new()];
    };
    let month = page.cockpit.months[index].period;
    let share = tici_domain::Percent::of(done, plan);
    let gap = plan - done;
    let key = if gap >= 0 { "cockpit-money-short" } else { "cockpit-money-ahead" };
    let first = t.t1(
        "cockpit-money-done",
        &[("month", &t.period_short(month)), ("done", &scale.print(done))],
    );
    let second = t.t1(key, &[("gap", &scale.print(gap.abs())), ("share", &t.percent(share))]);
    [first, second]
}

/// Monthly plan and actual; the month after the reports is being reported, later ones
/// have not come.
fn rows(t: T, page: &CockpitPage, scale: Scale) -> Vec<charts::CurveRow> {
    let months = &page.cockpit.months;
    let reported = months.iter().filter(|month| month.done.is_some()).count();
    let done = |(index, month): (usize, &Month)| match month.done {
        Some(done) => scale.print(done),
        None if index == reported => t.t("cockpit-month-open"),
        None => t.t("app-none"),
    };
    let plan = months.iter().map(|month| scale.print(month.plan)).collect();
    let done = months.iter().enumerate().map(done).collect();
    vec![
        charts::CurveRow { label: t.t("cockpit-month-plan"), cells: plan, is_strong: false },
        charts::CurveRow { label: t.t("cockpit-month-done"), cells: done, is_strong: true },
    ]
}

fn axis_label(t: T, month: &Month) -> String {
    match t.lang {
        tici_domain::Lang::En => t.period_short(month.period).chars().take(3).collect(),
        _ => t.period_short(month.period),
    }
}

fn month_view(
    t: T,
    scale: Scale,
    (month, (plan_sum, done_sum)): (&Month, (i128, Option<i128>)),
) -> MonthView {
    let or_dash =
        |value: Option<i128>| value.map_or_else(|| t.t("app-none"), |value| scale.print(value));
    MonthView {
        month: t.period_short(month.period),
        plan: scale.print(month.plan),
        done: or_dash(month.done),
        plan_sum: scale.print(plan_sum),
        done_sum: or_dash(done_sum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tici_domain::Period;

    #[test]
    fn sums_end_where_reports_end() {
        let month = |index, plan, done| Month {
            period: Period::month(2026, index).expect("a month"),
            plan,
            done,
        };
        let months = [month(1, 5, Some(4)), month(2, 5, Some(7)), month(3, 5, None)];
        assert_eq!(sums(&months), [(5, Some(4)), (10, Some(11)), (15, None)]);
        assert_eq!(sums(&[]), []);
    }
}
