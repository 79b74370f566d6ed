//! Sums over whatever a ledger address lets through, each with its counting rule.

use axum::{Json, extract::RawQuery};
use serde::Serialize;
use tici_domain::Lang;
use tici_ops::read_totals::{By, TotalsAnswer, read_totals};

use crate::{Failure, Fields, Visit, pages::ledger::Asked, visit::read_pairs};

#[derive(Serialize)]
pub struct Answer {
    #[serde(flatten)]
    totals: TotalsAnswer,
    /// The rule of `all`, in the words of the reader's language.
    rule_in_words: String,
    lang: &'static str,
}

/// `by=place|tier|stage|chain|sector|light` splits them.
pub async fn totals(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<Answer>, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let by = match fields.get("by") {
        "" => None,
        code => Some(By::parse(code).ok_or_else(|| Failure::bad(format!("by={code}")))?),
    };
    let mut asked = Asked::read(&fields)?;
    // A program says what it means: without a list it means every project.
    asked.settle(false);
    let (t, today) = (visit.t, visit.today);
    let totals = visit
        .run(move |desk, session| read_totals(desk, session, &asked.query(), by, today))
        .await?;
    let rule_in_words = t.rule_line(&totals.all.rule);
    let lang: Lang = t.lang;
    Ok(Json(Answer { totals, rule_in_words, lang: lang.tag() }))
}
