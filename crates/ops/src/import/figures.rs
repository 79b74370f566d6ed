//! Figures and plans of a row against the ledger's.

use tici_domain::change::Plan;
use tici_domain::intake::At;
use tici_domain::{
    Change, Currency, Figure, FigureKey, Measure, Period, Problem, Subject, Table, Value,
};

use super::late::{Late, LateKey};
use super::plan::Planner;
use super::row::RowWork;
use super::{CellChange, Fix};
use crate::uploads::cell_key;

impl Planner<'_> {
    pub(super) fn figures(&mut self, work: &mut RowWork, period: Option<Period>) {
        let row = work.row;
        if row.figures.is_empty() {
            return;
        }
        let Some(period) = period else {
            let problem = Problem::error("import-needs-period");
            self.say(problem, work.file, &row.sheet, &row.cell);
            return;
        };
        self.check_month(work, period);
        for (measure, at) in &row.figures {
            let key = FigureKey {
                subject: Subject::Project(work.project),
                measure: *measure,
                period,
                basis: self.options.basis,
            };
            self.figure(work, key, at);
        }
    }

    fn figure(&mut self, work: &mut RowWork, key: FigureKey, at: &At<Value>) {
        let before = match self.seen_figure(work.from, &key) {
            Some(seen) => Some((seen.value.clone(), seen.id)),
            None => self.snapshot.figure(&key).map(|cell| (cell.value(), cell.id)),
        };
        if before.as_ref().is_some_and(|(value, _)| *value == at.value) {
            return;
        }
        let id = self.ids.next(Table::Figure);
        let replaces = before.as_ref().map(|(_, id)| *id);
        if let Some((old, _)) = &before {
            let currency = self.currency(work.project);
            work.cells.push(CellChange {
                cell: at.cell.clone(),
                field: key.measure.code().into(),
                old: Some(print_value(key.measure, old, currency)),
                new: print_value(key.measure, &at.value, currency),
            });
        }
        let row = work.row;
        let fixed = self.fixed(&row.sheet, &at.cell);
        let raw = fixed.map_or(&at.raw, |fix| &fix.before).clone();
        let figure = Figure {
            id,
            subject: key.subject,
            measure: key.measure,
            period: key.period,
            basis: key.basis,
            value: at.value.clone(),
            raw: Some(raw),
            sheet: (!row.sheet.is_empty()).then(|| row.sheet.clone()),
            cell: Some(at.cell.clone()),
            replaces,
            reason: self.reason(&row.sheet, &at.cell, replaces.is_some()),
        };
        self.push(row, Change::Figure(figure));
    }

    /// The figure that this import has written already, in the row whose changes begin at
    /// `from` or in an earlier one of the project.
    fn seen_figure(&self, from: usize, key: &FigureKey) -> Option<&Figure> {
        let changes = &self.plan.changes;
        let is_it = |change: &Change| matches!(change, Change::Figure(row) if row.key() == *key);
        let spans = self.seen.spans.get(&key.subject.id());
        // What a row with an error would have written is not there any more.
        let earlier = spans.into_iter().flatten().rev();
        let earlier = earlier.filter_map(|span| changes.get(span.clone())).flatten();
        match changes[from..].iter().rev().chain(earlier).find(|change| is_it(change))? {
            Change::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// What a person put into a cell on the way in.
    fn fixed(&self, sheet: &str, cell: &str) -> Option<&Fix> {
        let fixed = &self.options.fixed;
        if fixed.is_empty() { None } else { fixed.get(&cell_key(sheet, cell)) }
    }

    /// A cell put right on the way in says so; else a changed value has the import's reason.
    fn reason(&self, sheet: &str, cell: &str, replaces: bool) -> Option<String> {
        let fixed =
            self.fixed(sheet, cell).map(|fix| format!("{cell}: {} → {}", fix.before, fix.after));
        fixed.or_else(|| self.options.reason.clone().filter(|_| replaces))
    }

    /// A cumulative figure must not fall within its year, and should be the one before
    /// plus the month's own.
    fn check_month(&mut self, work: &RowWork, period: Period) {
        let number = |measure| {
            let cell = work.row.figures.iter().find(|(m, _)| *m == measure)?;
            Some((cell.1.value.as_int()?, &cell.1))
        };
        let currency = self.currency(work.project);
        let print = |value| print_value(Measure::INVEST_YTD, &Value::Int(value), currency);
        let sheet = &work.row.sheet;
        // Money taken back corrects an earlier month, and needs its reason.
        if let Some((month, at)) = number(Measure::INVEST_MONTH).filter(|(month, _)| *month < 0)
            && self.reason(sheet, &at.cell, true).is_none()
        {
            let problem = Problem::error("import-month-negative").arg("found", print(month));
            self.say(problem, work.file, sheet, &at.cell);
        }
        let Some((ytd, at)) = number(Measure::INVEST_YTD) else { return };
        let Some(before) = self.ytd_before(work, period) else { return };
        if ytd < before {
            let key = "import-cumulative-falls";
            let problem = match self.reason(sheet, &at.cell, true) {
                Some(_) => Problem::warning(key),
                None => Problem::error(key),
            };
            let problem = problem.arg("found", print(ytd)).arg("before", print(before));
            self.say(problem, work.file, sheet, &at.cell);
            return;
        }
        if let Some((month, _)) = number(Measure::INVEST_MONTH)
            && before + month != ytd
        {
            let problem = Problem::warning("import-month-does-not-add")
                .arg("found", print(ytd - before))
                .arg("month", print(month));
            self.say(problem, work.file, sheet, &at.cell);
        }
    }

    /// The cumulative figure of the latest earlier period of the same year, from this
    /// import or the ledger; nothing before January.
    fn ytd_before(&self, work: &RowWork, period: Period) -> Option<i64> {
        let (project, from) = (work.project, work.from);
        let basis = self.options.basis;
        let measure = Measure::INVEST_YTD;
        let figures = &self.snapshot.project_figures;
        let mut earlier = period.previous();
        for _ in 0..36 {
            if earlier.calendar_year() != period.calendar_year() {
                break;
            }
            let subject = Subject::Project(project);
            let key = FigureKey { subject, measure, period: earlier, basis };
            let seen = self.seen_figure(from, &key).and_then(|figure| figure.value.as_int());
            let kept = || figures.get(project, measure, basis, earlier).map(|c| c.number);
            if let Some(value) = seen.or_else(kept) {
                return Some(value);
            }
            earlier = earlier.previous();
        }
        None
    }

    pub(super) fn plans(&mut self, work: &mut RowWork) {
        let row = work.row;
        for (period, at) in &row.plans {
            let key = (work.project, *period);
            let kept = self.snapshot.plan(work.project, *period);
            let kept = kept.map(|cell| (cell.number, cell.id, 1));
            let before = self.seen.plans.get(&key).copied().or(kept);
            if before.is_some_and(|(amount, _, _)| amount == at.value) {
                continue;
            }
            let late_key = LateKey::Plan(work.project, *period);
            let id = self.late_id(&late_key).unwrap_or_else(|| self.ids.next(Table::Plan));
            // What the ledger has is replaced once, by the last word on it.
            let replaced = kept.or(before);
            let version = replaced.map_or(1, |(_, _, version)| version + 1);
            let cell = before.map(|(old, _, _)| {
                let currency = self.currency(work.project);
                let print = |v| print_value(Measure::INVEST_YTD, &Value::Int(v), currency);
                let old = kept.map_or(old, |(kept, _, _)| kept);
                CellChange {
                    cell: at.cell.clone(),
                    field: "plan".into(),
                    old: Some(print(old)),
                    new: print(at.value),
                }
            });
            self.seen.plans.insert(key, (at.value, id, version));
            let change = Change::Plan(Plan {
                id,
                project: work.project,
                period: *period,
                amount: at.value,
                version,
                reason: self.options.reason.clone(),
                approver: None,
                sheet: (!row.sheet.is_empty()).then(|| row.sheet.clone()),
                cell: Some(at.cell.clone()),
                replaces: replaced.map(|(_, id, _)| id),
            });
            match kept {
                Some((amount, _, _)) => {
                    let differs = amount != at.value;
                    self.put_late(late_key, row, Late { change, cell, differs });
                }
                None => {
                    work.cells.extend(cell);
                    self.push(row, change);
                }
            }
        }
    }

    fn currency(&self, project: i64) -> Currency {
        self.lookup.project(project).map_or(Currency::CNY, |project| project.currency)
    }
}

/// A value as the import page shows it: money in 万 of the currency's main unit for yuan,
/// in main units for others.
fn print_value(measure: Measure, value: &Value, currency: Currency) -> String {
    use tici_domain::measure::Unit;
    use tici_domain::money::{Magnitude, Money};
    match (value, measure.spec().unit) {
        (Value::Int(amount), Unit::Money) => {
            let money = Money { amount: *amount, currency };
            let magnitude = if currency == Currency::CNY { Magnitude::WAN } else { Magnitude::ONE };
            money.print(magnitude, 0)
        }
        (Value::Int(hundredths), Unit::PercentHundredths) => {
            tici_domain::money::print_scaled(i128::from(*hundredths), 2, 1) + "%"
        }
        (Value::Int(number), _) => number.to_string(),
        (Value::Date(date), _) => date.to_string(),
        (Value::Text(text), _) => text.clone(),
    }
}
