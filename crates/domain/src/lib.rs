//! The nouns of a project office and their arithmetic.
//!
//! Nothing here reads a file, a clock or a database: a value either is right or
//! cannot be made, and whatever is wrong becomes a [`Problem`].

pub mod account;
pub mod basis;
pub mod change;
mod codes;
pub mod entry;
pub mod event;
pub mod figure;
pub mod industry;
pub mod intake;
pub mod lang;
pub mod light;
pub mod measure;
pub mod meeting;
pub mod money;
pub mod name;
pub mod period;
pub mod place;
pub mod problem;
pub mod project_code;
pub mod promise;
pub mod ratio;
pub mod returns;
pub mod rule_set;
pub mod scrutiny;
pub mod stage;
pub mod statistics_codes;
pub mod task;
pub mod tier;
pub mod uscc;

pub use account::{Actor, Role};
pub use basis::Basis;
pub use change::{Change, Table};
pub use entry::{Entry, Source};
pub use event::{Event, EventItem, EventKind};
pub use figure::{Figure, FigureKey, Subject, Value};
pub use lang::Lang;
pub use light::Light;
pub use measure::Measure;
pub use meeting::{AgendaItem, Meeting};
pub use money::{Currency, Money};
pub use name::Name;
pub use period::Period;
pub use place::{Place, PlaceCode};
pub use problem::{Problem, Severity};
pub use promise::{Commitment, Excuse};
pub use ratio::{Percent, Points};
pub use returns::{ReturnRound, ReturnSheet, RoundState, SheetState};
pub use rule_set::RuleSet;
pub use scrutiny::{PackageChange, PairDecision, PairVerdict, SideChange};
pub use stage::{SideState, Stage};
pub use task::{Finding, Task, TaskKind, TaskState};
pub use tier::ListTier;
