//! Figures and plans read as bare values, several shares of a table at the same time. A
//! snapshot wants millions of them and neither their remarks nor their cells.

use crate::conn::Row;
use crate::read::ReadTx;
use crate::tables::figure_value;
use crate::{Store, StoreError};
use tici_domain::figure::Value;
use tici_domain::{Basis, FigureKey, Measure, Period, Subject};

/// How often [`Store::read_together`] tries before it is content with one moment.
const TOGETHER_TRIES: usize = 4;

/// One of `of` equal shares of a table, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub index: usize,
    pub of: usize,
}

impl Share {
    /// All shares of a table.
    pub fn all(of: usize) -> impl Iterator<Item = Share> {
        (0..of).map(move |index| Share { index, of })
    }
}

/// A current figure as a snapshot keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureCell {
    pub id: i64,
    pub entry: i64,
    pub key: FigureKey,
    pub value: Value,
}

/// A current plan as a snapshot keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanCell {
    pub id: i64,
    pub entry: i64,
    pub project: i64,
    pub period: Period,
    /// In stored units of the project's currency.
    pub amount: i64,
    pub version: i64,
}

impl Store {
    /// As many as `count` readers of one and the same moment, to read with at the same
    /// time. Where others write so often that no two agree, there is one.
    pub fn read_together(&self, count: usize) -> Result<Vec<ReadTx>, StoreError> {
        for _ in 0..TOGETHER_TRIES {
            let mut moments = Vec::with_capacity(count);
            let mut heads = Vec::with_capacity(count);
            for _ in 0..count {
                let mut moment = self.read()?;
                // The first question fixes the moment; tables change with the journal only.
                heads.push(moment.head()?);
                moments.push(moment);
            }
            if heads.windows(2).all(|pair| pair[0] == pair[1]) {
                return Ok(moments);
            }
        }
        Ok(vec![self.read()?])
    }
}

impl ReadTx {
    /// The highest row id of the figures, past ones too: how much there is to read.
    pub fn last_figure(&mut self) -> Result<i64, StoreError> {
        self.conn().query_int("SELECT MAX(id) FROM figure", &[])
    }

    /// The current figures of a share of the table, in no order.
    pub fn figure_cells(
        &mut self,
        share: Share,
        each: &mut dyn FnMut(FigureCell),
    ) -> Result<(), StoreError> {
        let from = self.conn().share_of("figure", share)?;
        let sql = format!(
            "SELECT t.id, t.entry, t.subject_kind, t.subject_id, t.measure, t.period, t.basis, \
             t.value_int, t.value_text FROM {from} AND t.superseded_by IS NULL"
        );
        let mut codes = Codes::default();
        self.conn().query(&sql, &[], &mut |row| {
            let measure = codes.measure(row.text(4)?)?;
            let subject = Subject::from_parts(row.text(2)?, row.int(3)?);
            let key = FigureKey {
                subject: subject.ok_or_else(|| unknown(row, 2))?,
                measure,
                period: codes.period(row.text(5)?)?,
                basis: Basis::parse(row.text(6)?).ok_or_else(|| unknown(row, 6))?,
            };
            let value = figure_value(measure, row.opt_int(7)?, row.opt_text(8)?)?;
            each(FigureCell { id: row.int(0)?, entry: row.int(1)?, key, value });
            Ok(())
        })
    }

    /// The current plans of a share of the table, in no order.
    pub fn plan_cells(
        &mut self,
        share: Share,
        each: &mut dyn FnMut(PlanCell),
    ) -> Result<(), StoreError> {
        let from = self.conn().share_of("plan", share)?;
        let sql = format!(
            "SELECT t.id, t.entry, t.project, t.period, t.amount, t.version \
             FROM {from} AND t.superseded_by IS NULL"
        );
        let mut codes = Codes::default();
        self.conn().query(&sql, &[], &mut |row| {
            each(PlanCell {
                id: row.int(0)?,
                entry: row.int(1)?,
                project: row.int(2)?,
                period: codes.period(row.text(3)?)?,
                amount: row.int(4)?,
                version: row.int(5)?,
            });
            Ok(())
        })
    }
}

/// The code read last and what it means: neighbouring rows mostly have the same.
#[derive(Default)]
struct Codes {
    measure: Option<(String, Measure)>,
    period: Option<(String, Period)>,
}

impl Codes {
    fn measure(&mut self, code: &str) -> Result<Measure, StoreError> {
        remembered(&mut self.measure, code, Measure::parse)
    }

    fn period(&mut self, code: &str) -> Result<Period, StoreError> {
        remembered(&mut self.period, code, Period::parse)
    }
}

fn remembered<T: Copy>(
    last: &mut Option<(String, T)>,
    code: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, StoreError> {
    if let Some((known, value)) = last
        && known == code
    {
        return Ok(*value);
    }
    let value = parse(code).ok_or_else(|| StoreError::damaged(format!("unknown code {code:?}")))?;
    *last = Some((code.to_owned(), value));
    Ok(value)
}

fn unknown(row: &Row<'_>, column: usize) -> StoreError {
    StoreError::damaged(format!("unknown code {:?}", row.opt_text(column).ok().flatten()))
}
