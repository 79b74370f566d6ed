//! Figures of a month that other departments count, for the league: kept as the CSV they
//! came in, one for each month.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::Setting;
use tici_domain::{Change, Period, Problem};
use tici_engine::Snapshot;
use tici_engine::league::Given;

use crate::rule_files::{league_rules, rules_day};
use crate::view_league::{GIVEN, read_given};
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Longest file that is kept, in bytes.
const GIVEN_BYTES_MAX: usize = 256 * 1024;

/// What a month's league needs, and what it has.
pub struct GivenPage {
    pub snapshot: Arc<Snapshot>,
    pub period: Period,
    /// Keys that the rules of the month ask for.
    pub needed: Vec<String>,
    pub text: String,
    pub given: Vec<Given>,
    pub problems: Vec<Problem>,
}

/// Keeps the figures of a month in place of what was kept before. An empty text takes
/// them away. The same text again writes nothing.
pub fn keep_given(
    desk: &Desk,
    session: &Session,
    (period, file, text): (Period, &str, &str),
    (now, today): (Timestamp, Date),
) -> Result<Written, OpsError> {
    session.need(Action::KeepRules)?;
    if session.actor.place.is_some() {
        return Err(OpsError::NotPermitted { action: Action::KeepRules, place: None });
    }
    let key = format!("{GIVEN}{period}");
    write(desk, session.actor.id, "keep_given", now, |snapshot, _| {
        if text.len() > GIVEN_BYTES_MAX {
            let problem = Problem::error("league-given-large").arg("limit", GIVEN_BYTES_MAX);
            return Err(OpsError::problem(problem.at(file, "", "")));
        }
        if !text.trim().is_empty() {
            let rules = league_rules(snapshot, rules_day(period, today));
            let (_, problems) = read_given(snapshot, &rules, file, text);
            if Problem::any_error(&problems) {
                return Err(OpsError::Problems(problems));
            }
        }
        if snapshot.setting(&key).unwrap_or_default() == text {
            return Ok(Vec::new());
        }
        Ok(vec![Change::Setting(Setting { key: key.clone(), value: text.to_owned() })])
    })
}

/// Reads what is kept for a month.
pub fn view_given(
    desk: &Desk,
    session: &Session,
    period: Period,
    today: Date,
) -> Result<GivenPage, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let rules = league_rules(&snapshot, rules_day(period, today));
    let key = format!("{GIVEN}{period}");
    let text = snapshot.setting(&key).unwrap_or_default().to_owned();
    let (given, problems) = match text.trim() {
        "" => (Vec::new(), Vec::new()),
        _ => read_given(&snapshot, &rules, &key, &text),
    };
    let needed = rules.given_keys().into_iter().map(str::to_owned).collect();
    Ok(GivenPage { snapshot, period, needed, text, given, problems })
}
