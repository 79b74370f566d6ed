//! A name that no task has had yet: asked about once, before it becomes another office.

use tici_domain::Problem;
use tici_ops::keep_tasks::new_offices;
use tici_ops::{Desk, Session};

use crate::{Failure, Fields, visit::Visit};

/// Key of the question.
const IS_NEW: &str = "office-is-new";
/// Field of the box that answers it.
const FIELD: &str = "new_office";

/// The question about names that are new; none when the form has answered it.
pub async fn ask(
    visit: &Visit,
    fields: &Fields,
    typed: Vec<String>,
) -> Result<Option<Problem>, Failure> {
    if fields.get(FIELD) == "1" {
        return Ok(None);
    }
    let run = move |desk: &Desk, session: &Session| new_offices(desk, session, &typed);
    let new = visit.run(run).await?;
    let question = || Problem::error(IS_NEW).arg("office", visit.t.list(&new));
    Ok((!new.is_empty()).then(question))
}

/// Whether the form has to offer the box.
pub fn is_asked(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.key == IS_NEW)
}
