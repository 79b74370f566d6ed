//! Where a figure comes from: who, when, which cell, what it replaced, and the proof.

use tici_domain::{
    Basis, Currency, Figure, Measure, Percent, Period, Value,
    measure::{Accumulation, Unit},
};
use tici_ops::view_project::{EntryMeta, Provenance};

use crate::{Failure, T, Visit, ui::short_hash, visit::encode};

/// A figure as an address names it: `invest_ytd.2026-05.reported`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureName {
    pub measure: Measure,
    pub period: Period,
    pub basis: Basis,
}

impl FigureName {
    pub fn parse(text: &str) -> Result<FigureName, Failure> {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().unwrap_or_default();
        let read = || {
            Some(FigureName {
                measure: Measure::parse(part())?,
                period: Period::parse(part())?,
                basis: Basis::parse(part())?,
            })
        };
        let mut read = read;
        read().ok_or_else(|| Failure::bad(format!("figure={text}")))
    }

    /// Whether the table of months has a column for it.
    pub fn is_monthly(self) -> bool {
        [Measure::INVEST_MONTH, Measure::INVEST_YTD, Measure::WORKERS].contains(&self.measure)
    }

    pub fn code(self) -> String {
        format!("{}.{}.{}", self.measure.code(), self.period, self.basis.code())
    }
}

/// The opened figure.
pub struct Trace {
    pub value: String,
    pub unit: String,
    /// `1—5月累计完成投资`.
    pub what: String,
    pub basis: String,
    pub by: String,
    pub at: String,
    pub file: String,
    /// Address of the kept file.
    pub file_href: String,
    pub sheet: String,
    pub cell: String,
    pub raw: String,
    /// What it replaced, newest first.
    pub replaced: Vec<Replaced>,
    /// Why it was changed, in the reporter's words.
    pub reason: String,
    /// Who accepted the return, and when; empty when nobody has.
    pub accepted: String,
    /// The verified value with who verified it; empty when nobody has.
    pub verified: String,
    pub seq: String,
    pub entry_href: String,
    pub root: String,
    pub tree_size: String,
    pub proof_holds: bool,
    /// The page without the figure opened.
    pub close: String,
}

/// An earlier value.
pub struct Replaced {
    pub value: String,
    pub by: String,
    pub entry_href: String,
}

pub fn trace(visit: &Visit, project: i64, currency: Currency, found: &Provenance) -> Option<Trace> {
    let t = visit.t;
    let (figure, meta) = found.history.first()?;
    let name =
        FigureName { measure: found.key.measure, period: found.key.period, basis: found.key.basis };
    let (value, unit) = value(t, figure, currency);
    let source = meta.source.as_ref();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    // A file that has been erased since answers that it is not there.
    let file_href = format!("/projects/{project}/source?figure={}", encode(&name.code()));
    Some(Trace {
        value,
        unit,
        what: what(t, name),
        basis: t.basis(name.basis),
        by: meta.title.get(t.lang).to_owned(),
        at: moment(visit, meta),
        file: source.map_or_else(String::new, |source| source.file.clone()),
        file_href,
        sheet: text(&figure.sheet),
        cell: text(&figure.cell),
        raw: text(&figure.raw),
        replaced: found.history.iter().skip(1).map(|old| replaced(visit, old, currency)).collect(),
        reason: text(&figure.reason),
        accepted: found.accepted.as_ref().map_or_else(String::new, |meta| {
            t.t1("trace-by", &[("post", &meta.title.get(t.lang)), ("at", &moment(visit, meta))])
        }),
        verified: found
            .verified
            .as_ref()
            .map_or_else(String::new, |verified| verified_by(visit, verified, currency)),
        seq: t.entry_number(meta.seq),
        entry_href: format!("/journal/{}", meta.seq),
        root: short_hash(&found.root),
        tree_size: t.count(i128::from(found.tree_size)),
        proof_holds: found.proof_holds,
        close: format!("/projects/{project}#months"),
    })
}

/// `1—5月累计完成投资`, `5月当月完成投资`, `2026年5月形象进度`.
fn what(t: T, name: FigureName) -> String {
    let span = match name.measure.spec().accumulation {
        Accumulation::YearToDate => t.year_to(name.period),
        _ => t.period(name.period),
    };
    t.t1("trace-what", &[("span", &span), ("measure", &t.measure(name.measure))])
}

fn replaced(visit: &Visit, (figure, meta): &(Figure, EntryMeta), currency: Currency) -> Replaced {
    let t = visit.t;
    let (number, unit) = value(t, figure, currency);
    let title = meta.title.get(t.lang);
    Replaced {
        value: spaced(&number, &unit),
        by: t.t1("trace-by", &[("post", &title), ("at", &moment(visit, meta))]),
        entry_href: format!("/journal/{}", meta.seq),
    }
}

fn verified_by(visit: &Visit, (figure, meta): &(Figure, EntryMeta), currency: Currency) -> String {
    let t = visit.t;
    let (number, unit) = value(t, figure, currency);
    let by = t.t1("trace-by", &[("post", &meta.title.get(t.lang)), ("at", &moment(visit, meta))]);
    t.t1("trace-verified-value", &[("value", &spaced(&number, &unit)), ("by", &by)])
}

fn moment(visit: &Visit, meta: &EntryMeta) -> String {
    visit.t.moment(meta.at, &visit.state.config.zone)
}

/// A value and its unit in words.
pub fn value(t: T, figure: &Figure, currency: Currency) -> (String, String) {
    match (&figure.value, figure.measure.spec().unit) {
        (Value::Int(amount), Unit::Money) => {
            let amount = t.amount(i128::from(*amount), currency);
            (amount.number, amount.unit)
        }
        (Value::Int(hundredths), Unit::PercentHundredths) => {
            let share = Percent::of(i128::from(*hundredths), 10_000);
            (t.percent(share), String::new())
        }
        (Value::Int(count), _) => (t.count(i128::from(*count)), String::new()),
        (Value::Date(day), _) => (day.to_string(), String::new()),
        (Value::Text(text), _) => (text.clone(), String::new()),
    }
}

fn spaced(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_a_name_that_reads_back() {
        for code in ["invest_ytd.2026-05.reported", "workers.2026-01+02.verified"] {
            assert_eq!(FigureName::parse(code).unwrap().code(), code);
        }
        for code in ["", "invest_ytd", "invest_ytd.2026-05", "x.2026-05.reported"] {
            assert!(FigureName::parse(code).is_err(), "{code}");
        }
    }
}
