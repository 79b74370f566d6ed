//! Where the rows come from: a snapshot, the tables behind it, and who wrote each entry.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::{Change, Name, Table};
use tici_engine::Snapshot;
use tici_exchange::flat::Datum;
use tici_store::{EntryFilter, EntryMeta, Scope};

use super::TablesAt;
use crate::{Desk, OpsError, Session};

/// Whom a row is about, which decides who sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Everybody who may read the ledger.
    All,
    Project(i64),
    Place(Option<i64>),
    Enterprise(i64),
}

/// The ledger at one moment, for one account.
pub struct Source<'a> {
    pub desk: &'a Desk,
    pub snapshot: Arc<Snapshot>,
    pub metas: Vec<EntryMeta>,
    session: &'a Session,
}

/// A row of a table with what is known of its writing.
pub struct Written<'a, T> {
    pub row: &'a T,
    pub entry: i64,
    pub replaced_by: Option<i64>,
}

impl<'a> Source<'a> {
    pub fn open(desk: &'a Desk, session: &'a Session) -> Result<Source<'a>, OpsError> {
        let snapshot = desk.snapshot()?;
        // The journal only grows: what it holds below a number never changes.
        let known = EntryFilter { below: Some(snapshot.seq), ..EntryFilter::default() };
        let mut metas = desk.store.entry_list(&known, 0, i64::MAX)?;
        metas.reverse();
        Ok(Source { desk, snapshot, metas, session })
    }

    pub fn at(&self) -> TablesAt {
        let last_written = self.metas.last().map(|meta| meta.at);
        TablesAt { entries: self.snapshot.seq, last_written }
    }

    pub fn sees(&self, about: About) -> bool {
        if self.session.actor.place.is_none() {
            return true;
        }
        let snapshot = &*self.snapshot;
        let place = match about {
            About::All => return true,
            About::Place(place) => place,
            About::Project(id) => snapshot.projects.get(id).and_then(|known| known.project.place),
            About::Enterprise(id) => snapshot.enterprises.get(&id).and_then(|firm| firm.place),
        };
        self.session.covers(snapshot, place)
    }

    /// Every row of an append-only table that was known at the moment, in order of id.
    pub fn scan<T>(
        &self,
        table: Table,
        take: fn(&Change) -> Option<&T>,
        replaces: fn(&T) -> Option<i64>,
        mut each: impl FnMut(Written<'_, T>),
    ) -> Result<(), OpsError> {
        let seq = self.snapshot.seq;
        let mut replaced = HashMap::<i64, i64>::new();
        self.desk.store.scan(table, Scope::All, &mut |entry, change| {
            let row = take(&change).filter(|_| entry < seq);
            if let Some((earlier, id)) = row.and_then(replaces).zip(change.id()) {
                replaced.insert(earlier, id);
            }
        })?;
        self.desk.store.scan(table, Scope::All, &mut |entry, change| {
            let (row, id) = (take(&change).filter(|_| entry < seq), change.id());
            if let Some((row, id)) = row.zip(id) {
                each(Written { row, entry, replaced_by: replaced.get(&id).copied() });
            }
        })?;
        Ok(())
    }

    /// Who wrote an entry and from which file: [`PROVENANCE`](super::money::PROVENANCE).
    pub fn provenance(&self, entry: i64) -> [Datum; 6] {
        let meta = usize::try_from(entry).ok().and_then(|at| self.metas.get(at));
        let Some(meta) = meta else {
            let mut none: [Datum; 6] = Default::default();
            none[0] = Datum::Integer(entry);
            return none;
        };
        let actor = self.snapshot.actors.get(&meta.actor);
        let source = meta.source.as_ref();
        [
            Datum::Integer(entry),
            Datum::Moment(meta.at),
            Datum::from(actor.map(|actor| &actor.login)),
            Datum::from(actor.map(|actor| &actor.title.text)),
            Datum::from(source.map(|source| &source.file)),
            Datum::from(source.map(|source| &source.sha256)),
        ]
    }

    /// The office's number of a project.
    pub fn project_code(&self, id: i64) -> Datum {
        Datum::from(self.snapshot.projects.get(id).map(|known| &known.project.code))
    }

    pub fn place_code(&self, id: Option<i64>) -> Datum {
        let place = id.and_then(|id| self.snapshot.places.get(&id));
        Datum::from(place.map(|place| &place.code.code))
    }

    pub fn currency(&self, project: i64) -> Datum {
        let known = self.snapshot.projects.get(project);
        known.map_or(Datum::Missing, |known| Datum::Text(known.project.currency.to_string()))
    }
}

pub fn int(value: i64) -> Datum {
    Datum::Integer(value)
}

pub fn day(value: Date) -> Datum {
    Datum::Date(value)
}

/// A name as first given, and as it is in traditional characters and English.
pub fn names(name: Option<&Name>) -> [Datum; 3] {
    [
        Datum::from(name.map(|name| &name.text)),
        Datum::from(name.and_then(|name| name.hant.as_ref())),
        Datum::from(name.and_then(|name| name.en.as_ref())),
    ]
}

/// Several values in one cell, one after another.
pub fn several(values: impl IntoIterator<Item = impl ToString>) -> Datum {
    let words: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    if words.is_empty() { Datum::Missing } else { Datum::Text(words.join(";")) }
}
