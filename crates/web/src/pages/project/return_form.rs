//! The way from a project to its lines in the return that is open.

use tici_domain::RoundState;
use tici_engine::reporters::{MONTHLY, asked_of};
use tici_ops::view_project::ProjectPage;
use tici_ops::{Action, permission};

use crate::Visit;

/// Address of the project's lines in the newest open return; empty where the reader may not
/// fill it in, or it does not ask about the project.
pub fn href(visit: &Visit, page: &ProjectPage) -> String {
    let place = page.row.facts.place;
    let may_fill = permission::role_has(visit.session.actor.role, Action::SubmitReturn)
        && visit.session.covers(&page.snapshot, place);
    let rounds = page.snapshot.records.rounds.values().map(|kept| &kept.row);
    let open = rounds.filter(|round| round.form == MONTHLY && round.state == RoundState::Open);
    let newest = open.max_by_key(|round| round.period);
    let (Some(place), Some(round), true) = (place, newest, may_fill) else { return String::new() };
    let id = page.row.facts.project;
    match asked_of(&page.snapshot, place, round.period).contains(&id) {
        true => format!("/returns/{}/{place}#p-{id}", round.period),
        false => String::new(),
    }
}
