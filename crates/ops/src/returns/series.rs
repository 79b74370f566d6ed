//! The three series of a project's investment side by side. They are never mixed: what one
//! lacks is not taken from another.

use tici_domain::measure::Unit;
use tici_domain::money::print_scaled;
use tici_domain::{Basis, Currency, Measure, Period, Value};
use tici_engine::Snapshot;
use tici_engine::checks::wan;

/// One basis: the month's own, and from the start of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasisLine {
    pub basis: Basis,
    pub month: Option<i64>,
    pub ytd: Option<i64>,
}

/// Reported, verified and statistical investment of a project in a period.
pub fn series_of(snapshot: &Snapshot, project: i64, period: Period) -> [BasisLine; 3] {
    let figures = &snapshot.project_figures;
    Basis::ALL.map(|basis| {
        let number = |measure| figures.get(project, measure, basis, period).map(|cell| cell.number);
        BasisLine { basis, month: number(Measure::INVEST_MONTH), ytd: number(Measure::INVEST_YTD) }
    })
}

/// A value as the form states it: money in 万, shares in percent.
pub(super) fn print(measure: Measure, value: &Value, currency: Currency) -> String {
    match (value, measure.spec().unit) {
        (Value::Int(amount), Unit::Money) => wan(*amount, currency),
        (Value::Int(number), Unit::PercentHundredths) => {
            let text = print_scaled((*number).into(), 2, 2);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        (Value::Int(number), _) => number.to_string(),
        (Value::Date(day), _) => day.to_string(),
        (Value::Text(text), _) => text.clone(),
    }
}
