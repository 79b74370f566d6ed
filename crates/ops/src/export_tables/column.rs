//! Columns of the tables that go out, and what is known of each.

use tici_domain::change::Verdict;
use tici_domain::place::PlaceKind;
use tici_domain::{
    Basis, EventKind, Finding, ListTier, Measure, PairVerdict, Role, RoundState, SheetState,
    SideState, Stage, TaskKind, TaskState,
};
use tici_exchange::flat::Kind;

/// One column. What it means is said by the locales under its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub unit: Unit,
    pub codes: Option<Codes>,
    /// Table and column that hold what its values name.
    pub refers: Option<(&'static str, &'static str)>,
}

/// What a number is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    None,
    /// The smallest unit that is kept of the row's currency: yuan, cents, pence.
    Stored,
    /// Hundredths of a percent.
    PercentHundredths,
    /// Millionths of a degree, CGCS2000.
    Microdegree,
    Bytes,
    /// As the row's measure has it.
    ByMeasure,
}

impl Unit {
    pub const ALL: [Unit; 6] = [
        Unit::None,
        Unit::Stored,
        Unit::PercentHundredths,
        Unit::Microdegree,
        Unit::Bytes,
        Unit::ByMeasure,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Unit::None => "",
            Unit::Stored => "currency_unit",
            Unit::PercentHundredths => "percent_hundredth",
            Unit::Microdegree => "microdegree",
            Unit::Bytes => "byte",
            Unit::ByMeasure => "by_measure",
        }
    }
}

/// Lists of codes that columns take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Codes {
    Stage,
    State,
    Tier,
    Basis,
    Measure,
    Verdict,
    PlaceKind,
    Subject,
    TaskKind,
    TaskState,
    Finding,
    EventKind,
    RoundState,
    SheetState,
    PairVerdict,
    Role,
    Accumulation,
}

impl Codes {
    pub const ALL: [Codes; 17] = [
        Codes::Stage,
        Codes::State,
        Codes::Tier,
        Codes::Basis,
        Codes::Measure,
        Codes::Verdict,
        Codes::PlaceKind,
        Codes::Subject,
        Codes::TaskKind,
        Codes::TaskState,
        Codes::Finding,
        Codes::EventKind,
        Codes::RoundState,
        Codes::SheetState,
        Codes::PairVerdict,
        Codes::Role,
        Codes::Accumulation,
    ];

    /// Name of the list.
    pub fn name(self) -> &'static str {
        match self {
            Codes::Stage => "stage",
            Codes::State => "state",
            Codes::Tier => "tier",
            Codes::Basis => "basis",
            Codes::Measure => "measure",
            Codes::Verdict => "verdict",
            Codes::PlaceKind => "place_kind",
            Codes::Subject => "subject",
            Codes::TaskKind => "task_kind",
            Codes::TaskState => "task_state",
            Codes::Finding => "finding",
            Codes::EventKind => "event_kind",
            Codes::RoundState => "round_state",
            Codes::SheetState => "sheet_state",
            Codes::PairVerdict => "pair_verdict",
            Codes::Role => "role",
            Codes::Accumulation => "accumulation",
        }
    }

    /// Its codes.
    pub fn all(self) -> Vec<&'static str> {
        fn of<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
            all.iter().map(|value| code(*value)).collect()
        }
        match self {
            Codes::Stage => of(&Stage::ALL, Stage::code),
            Codes::State => of(&SideState::ALL, SideState::code),
            Codes::Tier => of(&ListTier::ALL, ListTier::code),
            Codes::Basis => of(&Basis::ALL, Basis::code),
            Codes::Measure => Measure::all().map(Measure::code).collect(),
            Codes::Verdict => {
                of(&[Verdict::Verified, Verdict::Rejected, Verdict::Reversed], Verdict::code)
            }
            Codes::PlaceKind => of(&PlaceKind::ALL, PlaceKind::code),
            Codes::Subject => vec!["project", "enterprise", "place"],
            Codes::TaskKind => of(TaskKind::ALL, TaskKind::code),
            Codes::TaskState => of(TaskState::ALL, TaskState::code),
            Codes::Finding => of(Finding::ALL, Finding::code),
            Codes::EventKind => of(EventKind::ALL, EventKind::code),
            Codes::RoundState => of(RoundState::ALL, RoundState::code),
            Codes::SheetState => of(SheetState::ALL, SheetState::code),
            Codes::PairVerdict => of(PairVerdict::ALL, PairVerdict::code),
            Codes::Role => of(&Role::ALL, Role::code),
            Codes::Accumulation => vec!["periodic", "year_to_date", "since_start", "stock"],
        }
    }
}

pub(super) const fn int(name: &'static str) -> Column {
    column(name, Kind::Integer)
}

pub(super) const fn text(name: &'static str) -> Column {
    column(name, Kind::Text)
}

pub(super) const fn day(name: &'static str) -> Column {
    column(name, Kind::Date)
}

pub(super) const fn moment(name: &'static str) -> Column {
    column(name, Kind::Moment)
}

pub(super) const fn flag(name: &'static str) -> Column {
    column(name, Kind::Flag)
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, unit: Unit::None, codes: None, refers: None }
}

impl Column {
    pub(super) const fn unit(self, unit: Unit) -> Column {
        Column { unit, ..self }
    }

    pub(super) const fn codes(self, codes: Codes) -> Column {
        Column { codes: Some(codes), ..self }
    }

    pub(super) const fn of(self, table: &'static str) -> Column {
        Column { refers: Some((table, "id")), ..self }
    }
}
