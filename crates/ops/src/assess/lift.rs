//! What would lift a place one grade: real, open things with what each brings. A project's
//! start is tried on a ledger in memory and counted by the one counting function.

use jiff::civil::Date;
use tici_domain::change::StageClaim;
use tici_domain::{Change, Stage};
use tici_engine::assess::run::frozen::Frozen;
use tici_engine::assess::run::ledger::count;
use tici_engine::assess::run::ledger::number;
use tici_engine::assess::run::lift::{Does, Lift, Reached, Thing, lift, reach};
use tici_engine::assess::scheme::{FigureFrom, Scheme as Rules, Source};
use tici_engine::assess::score::Number;
use tici_engine::{FactsTable, Lens, Snapshot};

use super::draw::lens_of;
use super::open_run::RunPage;
use crate::{Desk, OpsError, Session};

/// Projects that are tried.
const PROJECTS_MAX: usize = 12;

/// What an open thing is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenWhat {
    /// A listed project starts by the period's end.
    Start { project: i64 },
    /// A project's missing return comes, with what was due.
    Report { project: i64 },
    /// So many more are done of what a department counted as due.
    Close { item: String, count: i64 },
    /// A department's figure that is missing comes, as it was in the period before.
    Bring { figure: String },
}

/// One open thing with the points it brings by itself.
#[derive(Clone, Debug)]
pub struct OpenThing {
    pub what: OpenWhat,
    pub does: Thing,
    pub points: Number,
}

/// The answer for one place.
#[derive(Debug, Default)]
pub struct LiftView {
    pub things: Vec<OpenThing>,
    /// `None` where the place is in the best grade, or has no total.
    pub lift: Option<Lift>,
    /// The set that was asked for, or the first of the smallest ones.
    pub chosen: Option<Reached>,
}

/// Looks for the smallest set of open things that lifts a unit of a run.
pub fn view_lift(
    desk: &Desk,
    session: &Session,
    (page, unit): (&RunPage, usize),
    chosen: Option<&[usize]>,
    today: Date,
) -> Result<LiftView, OpsError> {
    session.need(crate::Action::ReadLedger)?;
    let (rules, frozen) = (&page.opened.rules, &page.opened.frozen);
    let Some(code) = frozen.units.get(unit).map(|unit| unit.code.as_str()) else {
        return Ok(LiftView::default());
    };
    let places = &page.snapshot.places;
    let Some(place) = places.values().find(|place| place.code.code == code).map(|p| p.id) else {
        return Ok(LiftView::default());
    };
    let lens = lens_of(&page.snapshot, page.row.period, today);
    let mut found = starts(desk, (rules, &page.snapshot), &lens, place);
    found.extend(closing(rules, frozen, unit));
    found.extend(missing(rules, frozen, unit));
    let things: Vec<Thing> = found.iter().map(|(_, thing)| thing.clone()).collect();
    let inputs = frozen.inputs();
    let lift = lift(rules, &inputs, &page.opened.run, (unit, &things));
    let points =
        |at: usize| lift.as_ref().and_then(|lift| lift.alone.get(at)).cloned().unwrap_or_default();
    let thing = |(at, (what, does)): (usize, (OpenWhat, Thing))| OpenThing {
        points: points(at),
        what,
        does,
    };
    let first = || lift.as_ref().and_then(|lift| lift.sets.first()).cloned();
    let chosen = match chosen {
        Some(set) => reach(rules, &inputs, (unit, &things), set),
        None => first(),
    };
    Ok(LiftView { things: found.into_iter().enumerate().map(thing).collect(), lift, chosen })
}

type Found = (OpenWhat, Thing);

/// Projects of the place that have not started, each counted as if it had; and projects
/// without a return of the month, as if what was due had been done.
fn starts(
    desk: &Desk,
    (rules, snapshot): (&Rules, &Snapshot),
    lens: &Lens,
    place: i64,
) -> Vec<Found> {
    let table = desk.facts(snapshot, lens);
    let now = counted(rules, snapshot, &table, place);
    let own = |facts: &&tici_engine::Facts| {
        facts.is_live() && facts.place.is_some_and(|at| snapshot.place_within(at, place))
    };
    let open = table
        .rows
        .iter()
        .filter(own)
        .filter(|facts| !facts.has_started() && facts.tier.is_some() && !facts.has_packages);
    let mut found = Vec::new();
    for facts in open.take(PROJECTS_MAX) {
        let started = StageClaim {
            id: snapshot.projects.last_claim() + 1,
            project: facts.project,
            stage: Stage::Started,
            on: lens.period.last_day(),
            evidence: Vec::new(),
            note: None,
            sheet: None,
            cell: None,
            replaces: None,
        };
        let claim = Change::StageClaim(started);
        let then = snapshot.advance([(snapshot.seq, &claim)], snapshot.seq + 1);
        let after = counted(rules, &then, &FactsTable::new(&then, lens), place);
        let does = gained(&now, &after);
        if !does.is_empty() {
            found.push((OpenWhat::Start { project: facts.project }, Thing { does, chance: None }));
        }
    }
    let silent = table.rows.iter().filter(own).filter(|facts| facts.done_ytd.is_none());
    for facts in silent.filter(|facts| facts.tier.is_some()).take(PROJECTS_MAX) {
        let Some(due) = facts.due_ytd.filter(|due| *due > 0) else { continue };
        let money = rules.figures.iter().filter(|figure| is_done(figure));
        let does = money.map(|figure| (figure.key.clone(), Does::Add(Number::whole(due))));
        let does: Vec<_> = does.collect();
        if !does.is_empty() {
            found.push((OpenWhat::Report { project: facts.project }, Thing { does, chance: None }));
        }
    }
    found
}

fn is_done(figure: &tici_engine::assess::scheme::Figure) -> bool {
    use tici_engine::league::{Amount, Quantity};
    let FigureFrom::Ledger { of, .. } = &figure.from else { return false };
    matches!(of, Quantity::Money(Amount::DoneYtd))
}

/// A counted figure with its key.
type Counted = (String, Option<Number>);

/// The counted figures of one place, by key.
fn counted(rules: &Rules, snapshot: &Snapshot, table: &FactsTable, place: i64) -> Vec<Counted> {
    let cells = count(rules, snapshot, table, &[place]);
    let value = |cells: &Vec<Option<tici_engine::league::Cell>>| number(cells.first()?.as_ref()?);
    cells.iter().map(|(key, cells)| (key.clone(), value(cells))).collect()
}

fn gained(now: &[Counted], after: &[Counted]) -> Vec<(String, Does)> {
    let gain = |((key, now), (_, after)): (&Counted, &Counted)| {
        let more = after.as_ref()? - &now.clone().unwrap_or_default();
        (!more.is_zero()).then(|| (key.clone(), Does::Add(more)))
    };
    now.iter().zip(after).filter_map(gain).collect()
}

/// Items that divide what was done by what was due, both delivered by departments in whole
/// numbers, with less done than due: all that is open is closed.
fn closing(rules: &Rules, frozen: &Frozen, unit: usize) -> Vec<Found> {
    let value = |key: &str| {
        let text = frozen.figures.get(key)?.values.get(unit)?.as_deref()?;
        text.parse::<i64>().ok()
    };
    let close = |item: &tici_engine::assess::scheme::Item| {
        let (done, due) = ratio_of(rules, item)?;
        let count = value(due)? - value(done)?;
        (count > 0 && value(due)? <= 10_000).then(|| {
            let does = vec![(done.to_owned(), Does::Add(Number::whole(count)))];
            let what = OpenWhat::Close { item: item.key.clone(), count };
            (what, Thing { does, chance: None })
        })
    };
    rules.items.iter().filter_map(close).collect()
}

/// The two delivered figures of an item that is one over the other.
pub fn ratio_of<'a>(
    rules: &'a Rules,
    item: &'a tici_engine::assess::scheme::Item,
) -> Option<(&'a str, &'a str)> {
    let Source::Formula(formula) = &item.source else { return None };
    let (above, below) = formula.text.split_once('/')?;
    let delivered = |key: &str| {
        let figure = rules.figures.iter().find(|figure| figure.key == key);
        figure.is_some_and(|figure| matches!(figure.from, FigureFrom::Department { .. }))
    };
    let (above, below) = (above.trim(), below.trim());
    (delivered(above) && delivered(below)).then_some((above, below))
}

/// Delivered figures that have not come, as they were in the period before.
fn missing(rules: &Rules, frozen: &Frozen, unit: usize) -> Vec<Found> {
    let bring = |key: &&str| {
        let column = frozen.figures.get(*key)?;
        if column.values.get(unit)?.is_some() {
            return None;
        }
        let before = frozen.before.as_ref()?.figures.get(*key)?.get(unit)?.as_deref()?;
        let does = vec![((*key).to_owned(), Does::Put(Number::read_exact(before)?))];
        Some((OpenWhat::Bring { figure: (*key).to_owned() }, Thing { does, chance: None }))
    };
    rules.columns().iter().filter_map(bring).collect()
}
