//! The rows of one record with their past: who wrote each, when, from which file.

use crate::conn::{Conn, Value};
use crate::journal::{META_COLUMNS, read_meta};
use crate::tables::{self, In};
use crate::{EntryMeta, Scope, Store, StoreError};
use tici_domain::change::{ListMembership, Milestone, Plan, StageClaim, StageVerdict};
use tici_domain::{Actor, Change, Figure, FigureKey, Subject, Table};

/// A row, the entry that wrote it, and the row that superseded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    pub row: T,
    pub entry: EntryMeta,
    pub superseded_by: Option<i64>,
}

impl Store {
    /// One row of a table by its id, with the entry that wrote it.
    pub fn row(&self, table: Table, id: i64) -> Result<Option<Dated<Change>>, StoreError> {
        let mut conn = self.reader()?;
        Ok(dated(&mut conn, table, "t.id = $1", &[Value::Int(id)], Scope::All)?.pop())
    }

    /// The account that signs in under a name.
    pub fn actor_by_login(&self, login: &str) -> Result<Option<Actor>, StoreError> {
        let mut conn = self.reader()?;
        let condition = "t.login = $1";
        let rows = dated(&mut conn, Table::Actor, condition, &[Value::from(login)], Scope::All)?;
        Ok(rows.into_iter().find_map(|row| match row.row {
            Change::Actor(actor) => Some(actor),
            _ => None,
        }))
    }

    /// A figure and every figure it supersedes, newest first.
    pub fn figure_history(&self, key: &FigureKey) -> Result<Vec<(Figure, EntryMeta)>, StoreError> {
        let mut conn = self.reader()?;
        let condition = "t.subject_kind = $1 AND t.subject_id = $2 AND t.measure = $3 \
                         AND t.period = $4 AND t.basis = $5";
        let period = key.period.to_string();
        let params = [
            Value::from(key.subject.kind()),
            Value::Int(key.subject.id()),
            Value::from(key.measure.code()),
            Value::from(period.as_str()),
            Value::from(key.basis.code()),
        ];
        let current = dated(&mut conn, Table::Figure, condition, &params, Scope::Current)?;
        let mut history = Vec::new();
        let mut next = current.into_iter().next();
        while let Some(Dated { row: Change::Figure(figure), entry, .. }) = next {
            next = match figure.replaces {
                Some(earlier) => {
                    let params = [Value::Int(earlier)];
                    dated(&mut conn, Table::Figure, "t.id = $1", &params, Scope::All)?.pop()
                }
                None => None,
            };
            history.push((figure, entry));
        }
        Ok(history)
    }

    /// Figures of a subject, newest first.
    pub fn figures_of(
        &self,
        subject: Subject,
        scope: Scope,
    ) -> Result<Vec<Dated<Figure>>, StoreError> {
        let mut conn = self.reader()?;
        let params = [Value::from(subject.kind()), Value::Int(subject.id())];
        let of_subject = "t.subject_kind = $1 AND t.subject_id = $2";
        let mut rows = dated(&mut conn, Table::Figure, of_subject, &params, Scope::Current)?;
        if scope == Scope::All {
            // Said apart, because each half has an index of its own.
            let past = format!("{of_subject} AND t.superseded_by IS NOT NULL");
            rows.extend(dated(&mut conn, Table::Figure, &past, &params, Scope::All)?);
            rows.sort_by_key(|row| std::cmp::Reverse(row.row.id()));
        }
        Ok(pick(rows, |change| match change {
            Change::Figure(row) => Some(row),
            _ => None,
        }))
    }

    /// Stage claims of a project, superseded ones too, newest first.
    pub fn claims_of(&self, project: i64) -> Result<Vec<Dated<StageClaim>>, StoreError> {
        self.of_project(Table::StageClaim, project, |change| match change {
            Change::StageClaim(row) => Some(row),
            _ => None,
        })
    }

    /// Verdicts on a project's claims, newest first.
    pub fn verdicts_of(&self, project: i64) -> Result<Vec<Dated<StageVerdict>>, StoreError> {
        let mut conn = self.reader()?;
        let condition = "t.claim IN (SELECT id FROM stage_claim WHERE project = $1)";
        let params = [Value::Int(project)];
        let rows = dated(&mut conn, Table::StageVerdict, condition, &params, Scope::All)?;
        Ok(pick(rows, |change| match change {
            Change::StageVerdict(row) => Some(row),
            _ => None,
        }))
    }

    /// Plans of a project, superseded ones too, newest first.
    pub fn plans_of(&self, project: i64) -> Result<Vec<Dated<Plan>>, StoreError> {
        self.of_project(Table::Plan, project, |change| match change {
            Change::Plan(row) => Some(row),
            _ => None,
        })
    }

    /// Milestones of a project, superseded ones too, newest first.
    pub fn milestones_of(&self, project: i64) -> Result<Vec<Dated<Milestone>>, StoreError> {
        self.of_project(Table::Milestone, project, |change| match change {
            Change::Milestone(row) => Some(row),
            _ => None,
        })
    }

    /// Lists a project is or was on, newest first.
    pub fn lists_of(&self, project: i64) -> Result<Vec<Dated<ListMembership>>, StoreError> {
        self.of_project(Table::ListMembership, project, |change| match change {
            Change::ListMembership(row) => Some(row),
            _ => None,
        })
    }

    fn of_project<T>(
        &self,
        table: Table,
        project: i64,
        take: impl Fn(Change) -> Option<T>,
    ) -> Result<Vec<Dated<T>>, StoreError> {
        let mut conn = self.reader()?;
        let params = [Value::Int(project)];
        Ok(pick(dated(&mut conn, table, "t.project = $1", &params, Scope::All)?, take))
    }
}

/// Rows that meet a condition, with the entries that wrote them, newest first.
fn dated(
    conn: &mut Conn,
    table: Table,
    condition: &str,
    params: &[Value<'_>],
    scope: Scope,
) -> Result<Vec<Dated<Change>>, StoreError> {
    let ledger = tables::of(table);
    let spec = &ledger.spec;
    let supersedes = spec.supersedes();
    let sql = format!(
        "SELECT {}, {META_COLUMNS}{} FROM {} t JOIN journal j ON j.seq = t.entry \
         WHERE {condition}{} ORDER BY t.id DESC",
        spec.select_columns(),
        if supersedes { ", t.superseded_by" } else { "" },
        spec.name,
        if supersedes && scope == Scope::Current { " AND t.superseded_by IS NULL" } else { "" },
    );
    // The data columns, `entry`, then the eight of the entry itself.
    let meta = spec.data.len() + 1;
    conn.query_vec(&sql, params, |row| {
        Ok(Dated {
            row: (ledger.decode)(&mut In::new(row))?,
            entry: read_meta(row, meta)?,
            superseded_by: if supersedes { row.opt_int(meta + 8)? } else { None },
        })
    })
}

fn pick<T>(rows: Vec<Dated<Change>>, take: impl Fn(Change) -> Option<T>) -> Vec<Dated<T>> {
    let picked = rows.into_iter().filter_map(|Dated { row, entry, superseded_by }| {
        take(row).map(|row| Dated { row, entry, superseded_by })
    });
    picked.collect()
}
