//! The ledger views a person has named.

use tici_domain::Problem;
pub use tici_store::SavedView;

use crate::{Action, Desk, OpsError, Session};

/// Named views of one account at most.
pub const SAVED_VIEWS_MAX: usize = 50;

/// Characters of a view's name at most.
pub const VIEW_NAME_CHARS_MAX: usize = 40;

/// The account's views, by name.
pub fn saved_views(desk: &Desk, session: &Session) -> Result<Vec<SavedView>, OpsError> {
    session.need(Action::ReadLedger)?;
    Ok(desk.store.saved_views(session.actor.id)?)
}

/// Keeps the query of a page's address under a name.
pub fn save_view(desk: &Desk, session: &Session, name: &str, query: &str) -> Result<(), OpsError> {
    session.need(Action::SaveView)?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > VIEW_NAME_CHARS_MAX {
        let problem = Problem::error("view-name-wrong").arg("max", VIEW_NAME_CHARS_MAX);
        return Err(OpsError::problem(problem));
    }
    if desk.store.saved_views(session.actor.id)?.len() >= SAVED_VIEWS_MAX {
        return Err(OpsError::problem(Problem::error("view-too-many").arg("max", SAVED_VIEWS_MAX)));
    }
    let view = SavedView { name: name.to_owned(), query: query.to_owned() };
    Ok(desk.store.set_saved_view(session.actor.id, &view)?)
}

/// Forgets a view.
pub fn forget_view(desk: &Desk, session: &Session, name: &str) -> Result<(), OpsError> {
    session.need(Action::SaveView)?;
    Ok(desk.store.delete_saved_view(session.actor.id, name)?)
}
