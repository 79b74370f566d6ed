//! Money, plans and figures over time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tici_domain::intake::{At, ProjectRow};
use tici_domain::measure::Unit;
use tici_domain::money::{Magnitude, Money};
use tici_domain::ratio::Decimal;
use tici_domain::{Basis, Currency, Measure, Period, Problem, Value};

use super::codes;
use super::read_project::ProjectReader;
use crate::standards::json_in::Node;
use crate::standards::period_of;
use crate::standards::record::decimal;

/// A row of figures: its period and series.
type RowOf = (Option<Period>, Option<Basis>);

/// Figures by period and series, each a row of its own.
pub(super) struct FigureRows {
    by_period: BTreeMap<RowOf, Vec<(Measure, At<Value>)>>,
    currency: Currency,
}

impl FigureRows {
    pub fn read(reader: &mut ProjectReader<'_, '_, '_>, currency: Currency) -> FigureRows {
        let mut figures = FigureRows { by_period: BTreeMap::new(), currency };
        for list in ["metrics", "forecasts"] {
            for node in reader.node.list(list) {
                figures.metric(reader, &node, list == "forecasts");
            }
        }
        figures.budget(reader);
        figures.completion(reader);
        figures
    }

    /// A row for each period and series, with what makes the planner find the project again.
    pub fn rows(self, base: &ProjectRow) -> impl Iterator<Item = ProjectRow> {
        let head = ProjectRow {
            cell: base.cell.clone(),
            code: base.code.clone(),
            place: base.place.clone(),
            place_code: base.place_code.clone(),
            currency: base.currency,
            ..ProjectRow::default()
        };
        self.by_period.into_iter().map(move |((period, basis), figures)| ProjectRow {
            period,
            basis,
            figures,
            ..head.clone()
        })
    }

    fn put(&mut self, key: (Option<Period>, Option<Basis>), measure: Measure, at: At<Value>) {
        let figures = self.by_period.entry(key).or_default();
        figures.retain(|(known, _)| *known != measure);
        figures.push((measure, at));
    }

    fn has(&self, measure: Measure) -> bool {
        self.by_period.values().flatten().any(|(known, _)| *known == measure)
    }

    fn metric(
        &mut self,
        reader: &mut ProjectReader<'_, '_, '_>,
        node: &Node<'_, '_>,
        forecast: bool,
    ) {
        let Some(id) = node.get("id").and_then(|id| id.value.as_str()) else { return };
        if id == codes::SHARE && reader.is_ours {
            let share = node.list("observations").first().and_then(|node| node.text("measure"));
            reader.row.parent_share = share.and_then(|at| {
                let value = Decimal::parse(&at.value)?.scaled(2)?;
                Some(At { value, cell: at.cell, raw: at.raw })
            });
            node.take();
            return;
        }
        let measure = codes::measure_of_metric(id);
        // How far a project was to be by now is no figure of the ledger.
        let Some(measure) = measure.filter(|m| codes::is_forecast(*m) == forecast) else { return };
        if let Some(id) = node.get("id") {
            id.take();
        }
        node.text("title");
        for seen in node.list("observations") {
            self.observation(measure, &seen);
        }
    }

    fn observation(&mut self, measure: Measure, node: &Node<'_, '_>) {
        if let Some(id) = node.get("id") {
            id.take();
        }
        let period = node.get("period");
        let days = period.as_ref().map(|node| (node.date("startDate"), node.date("endDate")));
        let Some((Some(from), Some(to))) = days else {
            node.say(Problem::warning("standard-observation-undated"));
            return;
        };
        let Some(period) = seen_in(from.value, to.value) else {
            let problem = Problem::warning("standard-period-odd");
            node.say(problem.arg("from", from.value).arg("to", to.value));
            return;
        };
        let basis = node.find(&["dimensions", "basis"]);
        let basis = basis.and_then(|node| Basis::parse(&node.as_text()?.value));
        let Some(value) = self.value(measure, node) else { return };
        let key = (Some(period), basis);
        let known = self.by_period.get(&key).into_iter().flatten();
        if known.into_iter().any(|(known, _)| *known == measure) {
            let problem = Problem::warning("standard-observation-twice");
            node.say(problem.arg("period", period));
        }
        self.put(key, measure, value);
    }

    fn value(&self, measure: Measure, node: &Node<'_, '_>) -> Option<At<Value>> {
        let unit = measure.spec().unit;
        if unit == Unit::Money {
            let money = self.money(&node.get("value")?)?;
            return Some(At { value: Value::Int(money.value), cell: money.cell, raw: money.raw });
        }
        if let Some(unit) = node.get("unit") {
            unit.take();
        }
        let measured = node.get("measure")?;
        let at = match unit {
            Unit::Text | Unit::Date => measured.as_text()?,
            _ => node.get("measure").and_then(|_| digits(node))?,
        };
        let value = match unit {
            Unit::Text => Some(Value::Text(at.value.clone())),
            Unit::Date => at.value.parse().ok().map(Value::Date),
            Unit::PercentHundredths => {
                Decimal::parse(&at.value).and_then(|number| number.scaled(2)).map(Value::Int)
            }
            _ => Decimal::parse(&at.value).and_then(|number| number.scaled(0)).map(Value::Int),
        };
        if value.is_none() {
            node.say(Problem::warning("standard-not-number").arg("found", &at.value));
        }
        Some(At { value: value?, cell: at.cell, raw: at.raw })
    }

    /// An amount in the project's currency, in stored units.
    fn money(&self, node: &Node<'_, '_>) -> Option<At<i64>> {
        let stated = node.text("currency").and_then(|at| Currency::parse(&at.value));
        if let Some(other) = stated.filter(|stated| *stated != self.currency) {
            let problem = Problem::warning("standard-other-currency");
            node.say(problem.arg("found", other).arg("currency", self.currency));
            return None;
        }
        let at = node.number("amount")?;
        let Ok(money) = Money::parse(&at.value, Magnitude::ONE, self.currency) else {
            node.say(Problem::warning("standard-not-number").arg("found", &at.value));
            return None;
        };
        let exact = Decimal::parse(&at.value).and_then(|number| number.scaled(6));
        let kept = Decimal::parse(&decimal(money)).and_then(|number| number.scaled(6));
        if exact.is_some() && exact != kept {
            let problem = Problem::warning("standard-rounded").arg("found", &at.value);
            node.say(problem.arg("kept", decimal(money)));
        }
        Some(At { value: money.amount, cell: at.cell, raw: at.raw })
    }

    /// Total investment, where no metric tells it period by period; and the breakdowns whose
    /// items are of a year, quarter or month, as plans.
    fn budget(&mut self, reader: &mut ProjectReader<'_, '_, '_>) {
        let Some(budget) = reader.node.get("budget") else { return };
        let total = budget.get("amount").and_then(|node| self.money(&node));
        if let Some(total) = total.filter(|_| !self.has(Measure::TOTAL_INVESTMENT)) {
            let approved = budget.date("approvalDate").map(|at| Period::month_of(at.value));
            let updated = reader.node.date("updated").map(|at| Period::month_of(at.value));
            let at = At { value: Value::Int(total.value), cell: total.cell, raw: total.raw };
            self.put((updated.or(approved), None), Measure::TOTAL_INVESTMENT, at);
        }
        let older = budget.list("budgetBreakdown");
        let newer = budget.list("budgetBreakdowns").into_iter().flat_map(|node| {
            if let Some(id) = node.get("id") {
                id.take();
            }
            node.list("budgetBreakdown")
        });
        let mut plans: BTreeMap<Period, At<i64>> = BTreeMap::new();
        for node in older.into_iter().chain(newer) {
            let Some((period, amount)) = self.plan(&node) else { continue };
            match plans.get_mut(&period) {
                Some(known) => {
                    node.say(Problem::warning("standard-plans-added").arg("period", period));
                    known.value = known.value.saturating_add(amount.value);
                }
                None => {
                    plans.insert(period, amount);
                }
            }
        }
        reader.row.plans.extend(plans);
    }

    fn plan(&self, node: &Node<'_, '_>) -> Option<(Period, At<i64>)> {
        let amount = node.get("amount").and_then(|node| self.money(&node))?;
        let days = node.get("period").map(|node| (node.date("startDate"), node.date("endDate")));
        if let Some(id) = node.get("id") {
            id.take();
        }
        let Some((Some(from), Some(to))) = days else {
            node.say(Problem::warning("standard-observation-undated"));
            return None;
        };
        let period = period_of(from.value, to.value);
        if period.is_none() {
            let problem = Problem::warning("standard-period-odd");
            node.say(problem.arg("from", from.value).arg("to", to.value));
        }
        Some((period?, amount))
    }

    /// The final value is all that was invested by the day of completion.
    fn completion(&mut self, reader: &mut ProjectReader<'_, '_, '_>) {
        let Some(node) = reader.node.get("completion") else { return };
        let on = node.date("endDate");
        let Some(at) = node.get("finalValue").and_then(|node| self.money(&node)) else { return };
        if self.has(Measure::INVEST_SINCE_START) {
            return;
        }
        let period = on.map(|on| Period::month_of(on.value));
        let at = At { value: Value::Int(at.value), cell: at.cell, raw: at.raw };
        self.put((period, None), Measure::INVEST_SINCE_START, at);
    }
}

impl ProjectReader<'_, '_, '_> {
    /// The project's currency: the budget's, or that of the first amount of its figures.
    pub(super) fn currency(&self) -> Option<Currency> {
        let of = |node: &Node<'_, '_>| {
            let code = node.get("currency")?;
            Currency::parse(code.value.as_str()?)
        };
        let budget = self.node.find(&["budget", "amount"]).and_then(|node| of(&node));
        let plan = || {
            let lists = self.node.find(&["budget"])?.list("budgetBreakdowns");
            let item = lists.first()?.list("budgetBreakdown").first()?.find(&["amount"])?;
            of(&item)
        };
        let metric = || {
            self.node.list("metrics").iter().find_map(|node| {
                let seen = node.list("observations");
                seen.first().and_then(|node| of(&node.find(&["value"])?))
            })
        };
        let last = || self.node.find(&["completion", "finalValue"]).and_then(|node| of(&node));
        budget.or_else(plan).or_else(metric).or_else(last)
    }
}

/// Digits of a measure, which the standard lets be words or a number.
fn digits(node: &Node<'_, '_>) -> Option<At<String>> {
    let measured = node.get("measure")?;
    match measured.value {
        serde_json::Value::String(_) => measured.as_text(),
        _ => node.number("measure"),
    }
}

/// The period of an observation: one of the ledger's, or the month in which it was made.
fn seen_in(from: Date, to: Date) -> Option<Period> {
    let month = Period::month_of(to);
    period_of(from, to).or_else(|| month.contains(from).then_some(month))
}
