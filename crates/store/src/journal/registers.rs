//! Rows of registers picked out of an entry, without reading all else that it wrote: an
//! import of a year holds many thousand figures.

use crate::StoreError;
use crate::conn::{Conn, Value};
use crate::past::Wanted;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de::DeserializeSeed};
use std::collections::BTreeMap;
use std::fmt;
use tici_domain::change::{Enterprise, Project, Setting};
use tici_domain::{Actor, Change, Place, Table};

/// Gives the rows of an entry that are wanted, each as the entry had it last.
pub(crate) fn read_registers(
    conn: &mut Conn,
    seq: i64,
    wanted: &Wanted,
    each: &mut dyn FnMut(Change),
) -> Result<(), StoreError> {
    let damaged = |detail: String| StoreError::Damaged { seq: Some(seq), detail };
    let sql = "SELECT payload FROM journal WHERE seq = $1";
    let found = conn.query_one(sql, &[Value::Int(seq)], |row| {
        let mut json = serde_json::Deserializer::from_str(row.text(0)?);
        let picked = Pick(wanted).deserialize(&mut json);
        picked.map_err(|error| damaged(format!("a payload cannot be read: {error}")))
    })?;
    let picked = found.ok_or_else(|| damaged("the entry is missing".into()))?;
    if picked.len() != wanted.rows.len() + wanted.settings.len() {
        return Err(damaged("it did not write the rows it is said to have written".into()));
    }
    picked.into_values().for_each(each);
    Ok(())
}

/// What tells rows of registers apart.
type Key = (Table, i64, String);

/// Picks the wanted changes out of a list of changes.
struct Pick<'a>(&'a Wanted);

impl<'de> DeserializeSeed<'de> for Pick<'_> {
    type Value = BTreeMap<Key, Change>;

    fn deserialize<D: Deserializer<'de>>(self, list: D) -> Result<Self::Value, D::Error> {
        list.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Pick<'_> {
    type Value = BTreeMap<Key, Change>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a list of changes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut picked = BTreeMap::new();
        while let Some(Register(change)) = list.next_element()? {
            let Some(change) = change else { continue };
            let (table, id) = (change.table(), change.id().unwrap_or(0));
            let key = match &change {
                Change::Setting(setting) => setting.key.clone(),
                _ => String::new(),
            };
            let is_wanted = match table {
                Table::Setting => self.0.settings.contains(&key),
                table => self.0.rows.contains(&(table, id)),
            };
            if is_wanted {
                picked.insert((table, id, key), change);
            }
        }
        Ok(picked)
    }
}

/// A change, if it is of a register.
struct Register(Option<Change>);

impl<'de> Deserialize<'de> for Register {
    fn deserialize<D: Deserializer<'de>>(change: D) -> Result<Register, D::Error> {
        struct One;
        impl<'de> Visitor<'de> for One {
            type Value = Register;

            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("a change")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Register, A::Error> {
                let Some(kind) = map.next_key::<&str>()? else { return Ok(Register(None)) };
                Ok(Register(match kind {
                    "actor" => Some(Change::Actor(map.next_value::<Actor>()?)),
                    "place" => Some(Change::Place(map.next_value::<Place>()?)),
                    "enterprise" => Some(Change::Enterprise(map.next_value::<Enterprise>()?)),
                    "project" => Some(Change::Project(map.next_value::<Project>()?)),
                    "setting" => Some(Change::Setting(map.next_value::<Setting>()?)),
                    _ => {
                        map.next_value::<IgnoredAny>()?;
                        None
                    }
                }))
            }
        }
        change.deserialize_map(One)
    }
}
