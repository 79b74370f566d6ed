//! What a person said the columns of a layout are: kept with the account, and used for the
//! next file whose headers are the same but for month and year.

use std::collections::BTreeMap;

use tici_exchange::guess::Guess;
use tici_exchange::layout::fingerprint;

use crate::{Desk, OpsError, Session};

/// Field of a column, by its index.
pub type Columns = BTreeMap<usize, String>;

/// Layouts kept for one account; past that the one with the least name makes room.
const LAYOUTS_MAX: usize = 200;

const PREFIX: &str = "layout.";

fn name_of(guess: &Guess) -> String {
    let headers: Vec<String> =
        guess.columns.iter().map(|c| format!("{} {}", c.index, c.header)).collect();
    let shape = if guess.map.transposed { "turned" } else { "list" };
    format!("{PREFIX}{}", fingerprint(shape, &headers))
}

/// What was said of this layout before; nothing when it is new to the account.
pub fn recall(desk: &Desk, session: &Session, guess: &Guess) -> Result<Columns, OpsError> {
    let kept = desk.store.preferences(session.actor.id)?;
    let text = kept.get(&name_of(guess)).map(String::as_str).unwrap_or_default();
    Ok(serde_json::from_str(text).unwrap_or_default())
}

/// Keeps what a person said of this layout. Nothing said keeps nothing.
pub fn remember(
    desk: &Desk,
    session: &Session,
    guess: &Guess,
    said: &Columns,
) -> Result<(), OpsError> {
    if said.is_empty() {
        return Ok(());
    }
    let name = name_of(guess);
    let kept = desk.store.preferences(session.actor.id)?;
    let layouts = kept.keys().filter(|known| known.starts_with(PREFIX));
    if !kept.contains_key(&name) && layouts.count() >= LAYOUTS_MAX {
        let first = kept.keys().find(|known| known.starts_with(PREFIX));
        if let Some(first) = first {
            desk.store.delete_preference(session.actor.id, first)?;
        }
    }
    let text = serde_json::to_string(said).expect("numbers and texts");
    Ok(desk.store.set_preference(session.actor.id, &name, &text)?)
}
