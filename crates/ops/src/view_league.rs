//! Reads the league of a month.

use std::sync::Arc;

use jiff::civil::Date;
use tici_domain::ratio::Decimal;
use tici_domain::{Place, Problem};
use tici_engine::league::{Given, League, LeagueInput, LeagueRules, league};
use tici_engine::{Lens, Snapshot};

use crate::lens::{LensQuery, lens};
use crate::rule_files::{league_rules, rules_day};
use crate::{Action, Desk, OpsError, Session};

/// Setting with the figures of a month that the ledger has no measure for, as CSV.
pub(crate) const GIVEN: &str = "league.given.";

/// Lines of given figures that are read.
const GIVEN_LINES_MAX: usize = 20_000;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct LeagueQuery {
    pub lens: LensQuery,
    /// Other rules than the ledger's.
    pub rules: Option<LeagueRules>,
    /// Given figures of the month as CSV with the name of their file, beside the ledger's own.
    pub given: Option<(String, String)>,
}

/// A league with everything needed to read it.
#[derive(Clone, Debug)]
pub struct LeaguePage {
    pub snapshot: Arc<Snapshot>,
    pub lens: Lens,
    pub rules: LeagueRules,
    pub league: League,
    pub problems: Vec<Problem>,
}

/// Reads the league. Everybody sees every place of it: that is what a league is for. The
/// ledger's own is kept until the next write.
pub fn view_league(
    desk: &Desk,
    session: &Session,
    query: LeagueQuery,
    today: Date,
) -> Result<Arc<LeaguePage>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let lens = lens(&snapshot, query.lens, today);
    if query.rules.is_some() || query.given.is_some() {
        return make(desk, snapshot, lens, query).map(Arc::new);
    }
    let key = (snapshot.seq, lens.clone());
    desk.leagues.get_or_make(key, || make(desk, snapshot, lens, query))
}

fn make(
    desk: &Desk,
    snapshot: Arc<Snapshot>,
    lens: Lens,
    query: LeagueQuery,
) -> Result<LeaguePage, OpsError> {
    let table = desk.facts(&snapshot, &lens);
    let before = desk.facts(&snapshot, &month_before(&lens));
    let day = rules_day(lens.period, lens.today);
    let rules = query.rules.unwrap_or_else(|| league_rules(&snapshot, day));
    let mut problems = Vec::new();
    let mut given = kept_given(&snapshot, &rules, &lens, &mut problems);
    if let Some((file, text)) = &query.given {
        let (read, wrong) = read_given(&snapshot, &rules, file, text);
        if Problem::any_error(&wrong) {
            return Err(OpsError::Problems(wrong));
        }
        // What is given now goes before what was kept.
        given.splice(0..0, read);
    }
    let given_before = kept_given(&snapshot, &rules, &before.lens, &mut Vec::new());
    let input = LeagueInput {
        snapshot: &snapshot,
        table: &table,
        before: Some(&before),
        given: &given,
        given_before: &given_before,
        scope: None,
    };
    let (league, wrong) = league(&input, &rules);
    problems.extend(wrong);
    Ok(LeaguePage { snapshot, lens, rules, league, problems })
}

/// The lens at the end of the month before, with what is known now.
fn month_before(lens: &Lens) -> Lens {
    let period = lens.period.previous();
    let today = period.last_day().min(lens.today);
    Lens { period, stock_period: period, today, ..lens.clone() }
}

fn kept_given(
    snapshot: &Snapshot,
    rules: &LeagueRules,
    lens: &Lens,
    problems: &mut Vec<Problem>,
) -> Vec<Given> {
    let key = format!("{GIVEN}{}", lens.period);
    let Some(text) = snapshot.setting(&key) else { return Vec::new() };
    let (given, wrong) = read_given(snapshot, rules, &key, text);
    problems.extend(wrong);
    given
}

/// Reads `place,key,value[,source]`, each place by its name, short name or code. Every
/// problem is named by its line.
pub fn read_given(
    snapshot: &Snapshot,
    rules: &LeagueRules,
    file: &str,
    text: &str,
) -> (Vec<Given>, Vec<Problem>) {
    let (mut given, mut problems) = (Vec::new(), Vec::new());
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let header = lines.next().map_or("", |(_, line)| line);
    let columns: Vec<&str> = header.split(',').map(str::trim).collect();
    if columns.get(..3) != Some(&["place", "key", "value"]) {
        problems.push(Problem::error("league-given-columns").at(file, "", "1:1"));
        return (given, problems);
    }
    let known = rules.given_keys();
    for (index, line) in lines.take(GIVEN_LINES_MAX).filter(|(_, line)| !line.trim().is_empty()) {
        let mut at = |problem: Problem| {
            problems.push(problem.at(file, "", &format!("{}:1", index + 1)));
        };
        let mut cells = line.splitn(4, ',').map(|cell| cell.trim().trim_matches('"'));
        let mut next = || cells.next().unwrap_or("");
        let (place, key, value, source) = (next(), next(), next(), next());
        let found = snapshot.places.values().find(|known| is_called(known, place));
        if found.is_none() {
            at(Problem::error("league-given-unknown-place").arg("place", place));
        }
        if !known.contains(&key) {
            let problem = Problem::error("league-given-unknown-key").arg("key", key);
            at(problem.arg("known", known.join(", ")));
        }
        let number = Decimal::parse(value).and_then(|number| number.scaled(6));
        if number.is_none() {
            at(Problem::error("league-given-not-number").arg("value", value));
        }
        let (Some(place), Some(value)) = (found.map(|place| place.id), number) else { continue };
        let source = if source.is_empty() { file } else { source }.to_owned();
        given.push(Given { place, key: key.to_owned(), value, source });
    }
    (given, problems)
}

fn is_called(place: &Place, text: &str) -> bool {
    place.code.code == text || place.name.text == text || place.short.text == text
}
