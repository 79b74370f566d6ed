//! What a person said of a layout: kept with the account, and used for the next file whose
//! headers are the same but for month and year.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Desk, OpsError, Session};

/// What was said of the tables of one layout, where it differs from what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// Which of the tables of this layout are read; `None` when nobody chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<Take>,
    /// First and last row of the header, counted from the first row of the header that was
    /// found, or of the table where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<[i32; 2]>,
    /// Field of a column, by its index.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<usize, String>,
    /// Unit of a column, by its index; empty for the one the file states.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub units: BTreeMap<usize, String>,
    /// Unit of every amount whose header states none; empty for the one the file states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Index of the column that says the period of each row; -1 for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_column: Option<i32>,
}

/// Which of the tables of one layout are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Take {
    /// The only one there is; several are asked about.
    Only,
    All,
    First,
    Last,
    None,
}

impl Take {
    /// How the choice of tables of one layout goes on: `chosen` says of each, in the order
    /// of the file, whether it is read. `None` when no rule says so.
    pub fn of(chosen: &[bool]) -> Option<Take> {
        let count = chosen.iter().filter(|is| **is).count();
        match (count, chosen.len()) {
            (0, _) => Some(Take::None),
            (1, 1) => Some(Take::Only),
            (count, all) if count == all => Some(Take::All),
            (1, _) if chosen[chosen.len() - 1] => Some(Take::Last),
            (1, _) if chosen[0] => Some(Take::First),
            _ => None,
        }
    }

    /// Which of `count` tables it chooses; `None` when it has to be asked.
    pub fn choose(self, count: usize) -> Option<Vec<bool>> {
        match self {
            Take::Only if count != 1 => None,
            Take::Only | Take::All => Some(vec![true; count]),
            Take::First => Some((0..count).map(|at| at == 0).collect()),
            Take::Last => Some((0..count).map(|at| at + 1 == count).collect()),
            Take::None => Some(vec![false; count]),
        }
    }
}

impl Said {
    /// Adds what was said later.
    pub fn and(mut self, later: &Said) -> Said {
        self.take = later.take.or(self.take);
        self.header = later.header.or(self.header);
        self.columns.extend(later.columns.clone());
        self.units.extend(later.units.clone());
        self.unit = later.unit.clone().or(self.unit);
        self.period_column = later.period_column.or(self.period_column);
        self
    }
}

/// Layouts kept for one account; past that the one with the least name makes room.
const LAYOUTS_MAX: usize = 200;

const PREFIX: &str = "layout.";

/// Everything an account said of layouts, by their fingerprints.
pub fn recall(desk: &Desk, session: &Session) -> Result<BTreeMap<String, Said>, OpsError> {
    let kept = desk.store.preferences(session.actor.id)?;
    let layouts = kept.iter().filter_map(|(name, text)| {
        let said = serde_json::from_str(text).ok()?;
        Some((name.strip_prefix(PREFIX)?.to_owned(), said))
    });
    Ok(layouts.collect())
}

/// Keeps what a person said of these layouts.
pub fn remember(
    desk: &Desk,
    session: &Session,
    layouts: &BTreeMap<String, Said>,
) -> Result<(), OpsError> {
    let actor = session.actor.id;
    let kept = desk.store.preferences(actor)?;
    let is_new = |name: &String| !kept.contains_key(name);
    let names: Vec<String> = layouts.keys().map(|layout| format!("{PREFIX}{layout}")).collect();
    let known: Vec<&String> = kept.keys().filter(|name| name.starts_with(PREFIX)).collect();
    let added = names.iter().filter(|name| is_new(name)).count();
    let over = (known.len() + added).saturating_sub(LAYOUTS_MAX);
    for name in known.into_iter().filter(|name| !names.contains(name)).take(over) {
        desk.store.delete_preference(actor, name)?;
    }
    for (name, said) in names.iter().zip(layouts.values()) {
        let text = serde_json::to_string(said).expect("numbers and texts");
        desk.store.set_preference(actor, name, &text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_goes_on_next_month() {
        type Case<'a> = (&'a [bool], Option<Take>, usize, Option<&'a [bool]>);
        let cases: [Case; 7] = [
            (&[true], Some(Take::Only), 1, Some(&[true])),
            (&[true], Some(Take::Only), 2, None),
            (&[true, true], Some(Take::All), 3, Some(&[true, true, true])),
            (&[false, true], Some(Take::Last), 3, Some(&[false, false, true])),
            (&[true, false], Some(Take::First), 3, Some(&[true, false, false])),
            (&[false, false], Some(Take::None), 1, Some(&[false])),
            (&[true, false, true], None, 0, None),
        ];
        for (chosen, take, next, expected) in cases {
            assert_eq!(Take::of(chosen), take, "{chosen:?}");
            let next = take.and_then(|take| take.choose(next));
            assert_eq!(next.as_deref(), expected, "{chosen:?}");
        }
    }
}
