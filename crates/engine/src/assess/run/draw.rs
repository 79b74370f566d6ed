//! Drawing the inputs of a run from the ledger: counted figures through the one counting
//! function, figures that departments delivered, events of the period, and the run before.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use tici_domain::place::PlaceKind;
use tici_domain::{IndicatorFigure, Period, Place};

use super::frozen::{FORMAT, Frozen, FrozenBefore, FrozenColumn, FrozenEvent, FrozenUnit, Trace};
use super::ledger;
use crate::FactsTable;
use crate::assess::scheme::{Figure, FigureFrom, GroupBy, Scheme};
use crate::assess::score::Number;
use crate::league::Cell;
use crate::snapshot::{Kept, Snapshot};

/// Recomputations for the intervals of the ranks.
pub const REPLICATIONS: usize = 10_000;
/// How far every weight moves in them.
pub const NOISE: f64 = 0.2;
/// What they begin with; the same for every run, so that nobody can try for a better one.
pub const SEED: u64 = 20_260_101;

/// The inputs of a scheme for a period, on the facts of `table`. `before` is how the period
/// before came out.
pub fn draw(
    scheme: &Scheme,
    snapshot: &Snapshot,
    table: &FactsTable,
    (period, before): (Period, Option<FrozenBefore>),
) -> Frozen {
    let units = units(scheme, snapshot, period);
    let ids: Vec<i64> = units.iter().map(|place| place.id).collect();
    let counted = ledger::count(scheme, snapshot, table, &ids);
    let mut figures = BTreeMap::new();
    for figure in &scheme.figures {
        let column = match &figure.from {
            FigureFrom::Ledger { .. } => match counted.get(&figure.key) {
                Some(cells) => counted_column(snapshot, cells),
                None => continue,
            },
            FigureFrom::Department { .. } => delivered(snapshot, figure, period, &ids),
        };
        figures.insert(figure.key.clone(), column);
    }
    let earlier = period.previous();
    let before = before.map(|mut before| {
        let departments = scheme.figures.iter().filter(|f| is_delivered(f));
        for figure in departments {
            let column = delivered(snapshot, figure, earlier, &ids);
            before.figures.insert(figure.key.clone(), column.values);
        }
        before
    });
    Frozen {
        format: FORMAT,
        period: period.to_string(),
        month: table.lens.period.to_string(),
        units: units.iter().map(|place| frozen_unit(place)).collect(),
        figures,
        events: events(scheme, snapshot, period),
        overrides: Vec::new(),
        before,
        noise: NOISE,
        replications: REPLICATIONS,
        seed: SEED,
    }
}

/// The places a scheme assesses in a period, in the order of their register: those its groups
/// list, or every zone, park, town, township and sub-district.
pub fn units<'a>(scheme: &Scheme, snapshot: &'a Snapshot, period: Period) -> Vec<&'a Place> {
    let day = period.last_day();
    let listed = |place: &Place| match scheme.groups.by {
        GroupBy::Listed => {
            scheme.groups.groups.iter().flat_map(|group| &group.units).any(|named| {
                *named == place.code.code || *named == place.short.text || *named == place.name.text
            })
        }
        _ => is_unit(place.kind),
    };
    let mut units: Vec<&Place> =
        snapshot.places.values().filter(|place| listed(place) && place.valid_on(day)).collect();
    units.sort_by_key(|place| (place.rank, place.id));
    units
}

fn is_unit(kind: PlaceKind) -> bool {
    use PlaceKind as K;
    matches!(kind, K::Zone | K::Park | K::Town | K::Township | K::Subdistrict)
}

fn is_delivered(figure: &Figure) -> bool {
    matches!(figure.from, FigureFrom::Department { .. })
}

fn frozen_unit(place: &Place) -> FrozenUnit {
    let texts = BTreeMap::from([("kind".to_owned(), place.kind.code().to_owned())]);
    FrozenUnit { code: place.code.code.clone(), name: place.short.text.clone(), texts }
}

/// Money is in whole yuan, everything else in pieces.
fn counted_column(snapshot: &Snapshot, cells: &[Option<Cell>]) -> FrozenColumn {
    let code = |id: &i64| {
        let project = snapshot.projects.get(*id).map(|entry| entry.project.code.clone());
        project.unwrap_or_else(|| id.to_string())
    };
    let trace = |cell: &Option<Cell>| match cell {
        Some(cell) => Trace {
            projects: cell.projects.iter().map(code).collect(),
            unreported: cell.unreported.iter().map(code).collect(),
            ..Trace::default()
        },
        None => Trace::default(),
    };
    let value = |cell: &Option<Cell>| Some(ledger::number(cell.as_ref()?)?.exact());
    FrozenColumn {
        values: cells.iter().map(value).collect(),
        traces: cells.iter().map(trace).collect(),
    }
}

fn delivered(snapshot: &Snapshot, figure: &Figure, period: Period, ids: &[i64]) -> FrozenColumn {
    let kept = |place: &i64| current(snapshot, &figure.key, period, *place);
    let value = |place: &i64| kept(place).and_then(|kept| kept.row.value.clone());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let trace = |place: &i64| match kept(place) {
        Some(Kept { row, .. }) => Trace {
            sheet: text(&row.sheet),
            cell: text(&row.cell),
            raw: text(&row.raw),
            ..Trace::default()
        },
        None => Trace::default(),
    };
    FrozenColumn {
        values: ids.iter().map(value).collect(),
        traces: ids.iter().map(trace).collect(),
    }
}

/// The figure as it stands, one that was taken back among them.
pub fn current<'a>(
    snapshot: &'a Snapshot,
    key: &str,
    period: Period,
    place: i64,
) -> Option<&'a Kept<IndicatorFigure>> {
    snapshot.records.indicators.get(&(key.to_owned(), period, place))
}

fn events(scheme: &Scheme, snapshot: &Snapshot, period: Period) -> Vec<FrozenEvent> {
    let all = snapshot.records.assessed_events.values().map(|kept| &kept.row);
    let of_run = all
        .filter(|event| !event.withdrawn && event.scheme == scheme.key && event.period == period);
    let event = |event: &tici_domain::AssessedEvent| {
        Some(FrozenEvent {
            unit: snapshot.places.get(&event.place)?.code.code.clone(),
            item: event.item.clone(),
            matter: event.matter.clone(),
            points: event.points.clone(),
            document: event.document.clone(),
            series: event.series,
        })
    };
    of_run.filter_map(event).collect()
}

/// One figure that a department has to deliver for a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Index into the scheme's figures.
    pub figure: usize,
    /// As the scheme names it; blank where it names none.
    pub department: String,
    pub due: Option<Date>,
    /// Places with a figure, and without one.
    pub have: Vec<i64>,
    pub lack: Vec<i64>,
}

impl Due {
    pub fn is_late(&self, today: Date) -> bool {
        !self.lack.is_empty() && self.due.is_some_and(|due| due < today)
    }
}

/// Who has to deliver what by when for a period, and for which places nobody has.
pub fn deliverables(scheme: &Scheme, snapshot: &Snapshot, period: Period) -> Vec<Due> {
    let units = units(scheme, snapshot, period);
    let needed = scheme.columns();
    let figures = scheme.figures.iter().enumerate();
    let due = |(at, figure): (usize, &Figure)| {
        let FigureFrom::Department { name, due_days } = &figure.from else { return None };
        let is_there = |place: &i64| {
            let kept = current(snapshot, &figure.key, period, *place);
            kept.is_some_and(|kept| kept.row.value.is_some())
        };
        let ids = units.iter().map(|place| place.id);
        let (have, lack) = ids.partition(is_there);
        let day =
            due_days.and_then(|days| period.last_day().checked_add(Span::new().days(days)).ok());
        needed.contains(&figure.key.as_str()).then(|| Due {
            figure: at,
            department: name.clone(),
            due: day,
            have,
            lack,
        })
    };
    figures.filter_map(due).collect()
}

/// A delivered text as a number: `94.4`, `94.4%` (in percent), `1,234`.
pub fn read_delivered(text: &str) -> Option<Number> {
    Number::parse(text.trim().trim_end_matches(['%', '％']))
}
