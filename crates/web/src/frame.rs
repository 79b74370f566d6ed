//! Numbers for the strip and the navigation: read on every page, so made only once for
//! each journal sequence, day and scope.

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::civil::Date;
use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError},
};
use tici_domain::{Name, Period};
use tici_engine::{Facts, Snapshot};
use tici_ops::returns::{Reporting, SentBack, reporting, sent_back};
use tici_ops::{Action, OpsError, Session, lens, verify_ledger::newest_checkpoint};

use crate::{
    AppState,
    i18n::{T, days_from},
    pages::tabs_of,
    shell::{Returns, Shell},
    ui::short_hash,
};

const FRAMES_KEPT_MAX: usize = 32;

/// What strip and navigation count.
#[derive(Clone, Debug)]
pub struct FrameFacts {
    seq: i64,
    today: Date,
    scope: Option<i64>,
    region: Name,
    sample: bool,
    reporting: Reporting,
    /// Places that have not reported.
    missing: Vec<Name>,
    /// Returns of the account's place that wait to be mended, and when they were sent back.
    sent_back: Vec<(SentBack, String)>,
    deadline: Option<Date>,
    /// Root of the newest signed checkpoint, hex; empty before the first.
    root: String,
    live: usize,
    /// Whether any project stands on a list: what the ledger page opens with.
    pub has_lists: bool,
    /// The month the pages show when none is asked for.
    period: Period,
    /// Months with returns, the newest first.
    pub months: Vec<Period>,
    /// Chains that occur, for filters.
    pub chains: Vec<String>,
}

impl FrameFacts {
    /// Of the ledger as it stands, for what `session` may see.
    pub fn of(
        state: &AppState,
        session: &Session,
        today: Date,
    ) -> Result<Arc<FrameFacts>, OpsError> {
        let snapshot = state.desk.snapshot()?;
        let scope = session.actor.place;
        let mut kept = state.frames.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |frame: &&Arc<FrameFacts>| {
            frame.seq == snapshot.seq && frame.today == today && frame.scope == scope
        };
        if let Some(frame) = kept.iter().find(same) {
            return Ok(frame.clone());
        }
        let root = root(state, session)?;
        let zone = &state.config.zone;
        let dated = sent_back(&state.desk, session, &snapshot)?.into_iter().map(|one| {
            let at = T::new(tici_domain::Lang::ZhHans).moment(one.meta.by.at, zone);
            (one, at)
        });
        let sent_back = dated.collect();
        let counted = count(state, &snapshot, session, today);
        let frame = Arc::new(FrameFacts { root, sent_back, ..counted });
        if kept.len() == FRAMES_KEPT_MAX {
            kept.remove(0);
        }
        kept.push(frame.clone());
        Ok(frame)
    }

    /// Fills the strip and the foot of a shell.
    pub fn fill(&self, shell: &mut Shell, session: &Session) {
        let t = shell.t;
        shell.region = self.region.get(t.lang).to_owned();
        shell.sample = self.sample;
        shell.period = t.period(self.period);
        shell.today = t.day_of_week(self.today);
        shell.post = session.actor.title.get(t.lang).to_owned();
        shell.csrf = session.csrf.clone();
        let rights = [("journal", Action::ReadJournal), ("import", Action::ImportProjects)];
        shell.tabs = tabs_of(session.actor.role).to_vec();
        shell.hidden = rights
            .into_iter()
            .filter(|(_, action)| session.need(*action).is_err())
            .map(|(page, _)| page)
            .collect();
        shell.deadline =
            self.deadline.map_or_else(String::new, |day| countdown(t, self.today, day));
        let due = self.reporting.places.len();
        shell.returns = (due > 0).then(|| Returns {
            received: self.reporting.received(),
            due,
            missing: missing(t, &self.missing),
        });
        let may_mend = session.need(Action::SubmitReturn).is_ok();
        let waiting = self.sent_back.iter().filter(|_| may_mend);
        shell.sent_back = waiting.map(|(one, at)| t.sent_back(one, at)).collect();
        shell.badges = vec![("ledger", t.count(self.live as i128))];
        shell.root = short_hash(&self.root);
        shell.foot = vec![t.t1("nav-foot-records", &[("n", &t.count(i128::from(self.seq)))])];
        if !self.root.is_empty() {
            shell.foot.push(t.t1("nav-foot-root", &[("root", &shell.root)]));
        }
    }
}

/// Counts once; the facts of the default lens are kept by the desk.
fn count(state: &AppState, snapshot: &Snapshot, session: &Session, today: Date) -> FrameFacts {
    let lens = lens::lens(snapshot, lens::LensQuery::default(), today);
    let table = state.desk.facts(snapshot, &lens);
    let counted = |facts: &&Facts| {
        facts.is_live() && facts.parent.is_none() && session.covers(snapshot, facts.place)
    };
    let live = table.rows.iter().filter(counted).count();
    let reporting = reporting(snapshot, lens.period, |place| session.covers(snapshot, Some(place)));
    let name = |id: &i64| snapshot.places.get(id).map(|place| place.short.clone());
    FrameFacts {
        seq: snapshot.seq,
        today,
        scope: session.actor.place,
        region: region(snapshot),
        sample: snapshot.setting(lens::key::SAMPLE) == Some("true"),
        missing: reporting.missing().filter_map(|report| name(&report.place)).collect(),
        reporting,
        sent_back: Vec::new(),
        deadline: lens.start_deadline,
        root: String::new(),
        live,
        has_lists: snapshot.projects.iter().any(|entry| !entry.lists.is_empty()),
        period: lens.period,
        months: months(snapshot, today),
        chains: chains(snapshot),
    }
}

/// No more than a page can offer; older ones are reached by their address.
const MONTHS_MAX: usize = 120;

fn months(snapshot: &Snapshot, today: Date) -> Vec<Period> {
    let newest = snapshot.last_reported_month(Period::month_of(today));
    let older = |month: &Period| snapshot.last_reported_month(month.previous());
    std::iter::successors(newest, older).take(MONTHS_MAX).collect()
}

fn chains(snapshot: &Snapshot) -> Vec<String> {
    let all = snapshot.projects.iter().filter_map(|entry| entry.project.chain.as_deref());
    let all: BTreeSet<&str> = all.collect();
    all.into_iter().map(str::to_owned).collect()
}

/// The third line of a checkpoint's note, as the other pages print hashes.
fn root(state: &AppState, session: &Session) -> Result<String, OpsError> {
    let note = newest_checkpoint(&state.desk, session)?.unwrap_or_default();
    let root = note.lines().nth(2).and_then(|line| BASE64_STANDARD.decode(line).ok());
    Ok(hex::encode(root.unwrap_or_default()))
}

/// The region's name as the settings give it.
pub fn region(snapshot: &Snapshot) -> Name {
    let setting = |key| snapshot.setting(key).map(str::to_owned);
    Name {
        text: setting(lens::key::NAME).unwrap_or_default(),
        hant: setting(lens::key::NAME_HANT),
        en: setting(lens::key::NAME_EN),
    }
}

fn missing(t: T, names: &[Name]) -> String {
    match names {
        [] => String::new(),
        [one] => t.t1("strip-missing-one", &[("place", &one.get(t.lang))]),
        many => t.t1("strip-missing-many", &[("n", &many.len())]),
    }
}

fn countdown(t: T, today: Date, deadline: Date) -> String {
    match days_from(today, deadline) {
        days if days >= 0 => t.t1("strip-days-left", &[("n", &days)]),
        days => t.t1("strip-days-over", &[("n", &-days)]),
    }
}
