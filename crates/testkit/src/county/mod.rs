//! The fictional county of Yanxi (砚溪县): two years of what its accounts would have
//! written, from one seed. Every place, firm, project and figure is invented.
//!
//! Figures hold whatever the seed; the seed changes names and small figures of the 86
//! projects outside the lists, texts, and the days of returns.
//!
//! **Lights.** A project that has started is red below 80% of what was due by now, amber
//! below 95%. One that has not is judged by the day its own people expect it to start
//! (`Milestone::expected` of `started`) against the deadline, 30 June 2026: more than 7
//! days late is red; less than 5 days early, on time or up to 7 days late is amber; 5 or
//! more days early is green. The thresholds are the setting `rule.lights`. Under this rule
//! the 62 listed projects are 14 red, 21 amber, 26 green and 1 unreported.
//!
//! **Who has not reported.** Luting's return of May (芦汀镇) has not come. The dispatcher
//! asked by telephone and imported what was said; one firm (芦康养老) could not be reached,
//! so its project has no figure for May and the town has not reported in full.
//!
//! **The collective start.** Eighteen projects took part; five of them had only a ceremony,
//! and their claims were rejected. `event.2026-spring-start` names the eighteen.

mod book;
mod copies;
mod dice;
mod dwell;
mod journal;
mod looks;
mod meetings;
mod money;
mod nodes;
mod opening;
mod others;
mod people;
mod picture;
mod places;
mod plot;
mod promises;
mod returns;
mod rounds;
mod side;
mod slips;
mod stages;
mod texts;
mod words;
mod world;
mod yearly;

use jiff::Span;
use jiff::civil::{Date, date};

pub(crate) use book::undated_workbook;
pub use journal::Operation;
pub use people::{SampleAccount, accounts as sample_accounts};
pub use places::SCHEME;
pub use words::{hant, name3, thousands};
pub use yearly::SPRING_EVENT;

use journal::Renumber;
use world::World;

/// The county's day: Thursday 18 June 2026, in Asia/Shanghai.
pub const TODAY: Date = date(2026, 6, 18);

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountySpec {
    pub seed: u64,
    /// How many times the base county's projects and firms; 1 is the county alone. What is
    /// added has 36 months of returns, so that a ledger of more than 1 begins in June 2023.
    pub scale: u32,
    /// The ledger's clock. The story is told up to [`TODAY`]; an earlier day leaves out what
    /// came after it.
    pub today: Date,
}

impl Default for CountySpec {
    fn default() -> Self {
        CountySpec { seed: 1, scale: 1, today: TODAY }
    }
}

/// A county: its journal, and the accounts that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct County {
    /// In journal order; ids count from 1 in every table.
    pub operations: Vec<Operation>,
    pub accounts: Vec<SampleAccount>,
}

/// Generates a county. The same spec gives the same bytes.
pub fn county(spec: &CountySpec) -> County {
    County { operations: operations(spec).collect(), accounts: people::accounts() }
}

/// The operations of a county one after the other, for scales that would not fit in memory
/// at once.
pub fn operations(spec: &CountySpec) -> impl Iterator<Item = Operation> {
    let mut world = World::new(spec.seed, TODAY);
    let opened = if spec.scale > 1 { copies::OPENED } else { world::OPENED };
    opening::open(&mut world, opened, spec.today);
    opening::register(&mut world);
    nodes::plan(&mut world);
    yearly::publish(&mut world);
    stages::claims(&mut world);
    nodes::expect(&mut world);
    returns::returns(&mut world);
    rounds::rounds(&mut world);
    side::stopped(&mut world);
    meetings::meetings(&mut world);
    promises::promises(&mut world);
    let copies = copies::Copies::new(&world).operations(spec.scale);
    let mut renumber = Renumber::default();
    let end = journal::moment(spec.today + Span::new().days(1), 0, 0);
    journal::merge(world.journal.into_sorted(), copies)
        .take_while(move |operation| operation.at < end)
        .map(move |operation| renumber.operation(operation))
}
