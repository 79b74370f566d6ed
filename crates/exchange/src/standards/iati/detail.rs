//! Money and progress of an activity.

use tici_domain::measure::Unit;
use tici_domain::period::Kind;
use tici_domain::{Basis, Lang, Measure, Period, Stage, Value};

use super::xml::Element;
use crate::standards::record::{FigureRecord, ProjectRecord, decimal, hundredths};

/// Annual plans: no budget of the standard may be longer than a year, and months are in
/// their year already.
pub(super) fn budgets(record: &ProjectRecord) -> Vec<Element> {
    let annual = record.plans.iter().filter(|(period, _)| period.kind() == Kind::Year);
    let budget = |(period, amount): &(Period, i64)| {
        Element::new("budget")
            .attribute("type", "1")
            .attribute("status", "1")
            .children(days("period-start", "period-end", *period))
            .child(value(record, *amount, period.first_day().to_string()))
    };
    annual.map(budget).collect()
}

fn days(from: &'static str, to: &'static str, period: Period) -> [Element; 2] {
    let day =
        |name, on: jiff::civil::Date| Element::new(name).attribute("iso-date", on.to_string());
    [day(from, period.first_day()), day(to, period.last_day())]
}

fn value(record: &ProjectRecord, amount: i64, on: String) -> Element {
    let money = record.money(amount);
    Element::new("value")
        .attribute("currency", money.currency.code())
        .attribute("value-date", on)
        .text(decimal(money))
}

/// The total as a commitment (2) on the day of signing, and each month's investment as
/// expenditure (4) on its last day.
pub(super) fn transactions(record: &ProjectRecord, basis: Basis) -> Vec<Element> {
    let one = |kind: &str, on: String, amount: i64, words: &str| {
        Element::new("transaction")
            .child(Element::code("transaction-type", kind))
            .child(Element::new("transaction-date").attribute("iso-date", on.clone()))
            .child(value(record, amount, on))
            .child(Element::new("description").narrative(words))
    };
    let total = record.latest(Measure::TOTAL_INVESTMENT).map(|(_, total)| total);
    let signed = record.reached(Stage::Signed).zip(total);
    let signed = signed.map(|(on, total)| one("2", on.to_string(), total, "total_investment"));
    let words = format!("invest_month, {}", basis.code());
    let months = of(record, Measure::INVEST_MONTH, basis).filter_map(|figure| {
        let on = figure.period.last_day().to_string();
        Some(one("4", on, figure.value.as_int()?, &words))
    });
    signed.into_iter().chain(months).collect()
}

fn of(
    record: &ProjectRecord,
    measure: Measure,
    basis: Basis,
) -> impl Iterator<Item = &FigureRecord> {
    let is_it = move |f: &&FigureRecord| f.measure == measure && f.basis == basis;
    record.figures.iter().filter(is_it)
}

/// Physical progress as an output measured in percent.
pub(super) fn results(record: &ProjectRecord, basis: Basis, lang: Lang) -> Option<Element> {
    let name = match lang {
        Lang::ZhHans => "形象进度",
        Lang::ZhHant => "形象進度",
        Lang::En => "Physical progress",
    };
    let unit = Measure::PROGRESS_PERCENT.spec().unit;
    let periods: Vec<Element> = of(record, Measure::PROGRESS_PERCENT, basis)
        .filter_map(|figure| match (&figure.value, unit) {
            (Value::Int(number), Unit::PercentHundredths) => Some(
                Element::new("period")
                    .children(days("period-start", "period-end", figure.period))
                    .child(Element::new("actual").attribute("value", hundredths(*number))),
            ),
            _ => None,
        })
        .collect();
    let title = || Element::new("title").narrative(name);
    let indicator = Element::new("indicator")
        .attribute("measure", "2")
        .attribute("ascending", "1")
        .child(title());
    (!periods.is_empty()).then(|| {
        Element::new("result")
            .attribute("type", "1")
            .attribute("aggregation-status", "0")
            .child(title())
            .child(indicator.children(periods))
    })
}
