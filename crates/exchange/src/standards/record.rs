//! A project as the exporters of this folder are given it: the ledger's own rows of it,
//! with the records they point to. Whoever makes it has decided what may be published.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::{Attachment, Enterprise, Milestone, Project};
use tici_domain::{Basis, Lang, ListTier, Measure, Money, Name, Period, Place, Stage, Value};

/// Who publishes, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Address the file will have; the standards ask for one.
    pub uri: String,
    /// The ledger's name, as its title page has it.
    pub publisher: String,
    /// Prefix of project identifiers, registered with the keepers of the standard:
    /// `oc4ids-` and six letters or digits.
    pub prefix: String,
    /// Identifier of the publishing organisation, as the register of IATI has it.
    pub organisation: String,
    /// ISO 3166 code of the country the projects are in.
    pub country: String,
    pub published: Timestamp,
    /// Language of names; a name without it stands as first given.
    pub lang: Lang,
}

/// Another project a project hangs together with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub code: String,
    pub name: Name,
}

/// A firm with the name of its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub firm: Enterprise,
    pub place: Option<Name>,
}

/// A figure of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRecord {
    pub measure: Measure,
    pub period: Period,
    pub basis: Basis,
    pub value: Value,
}

/// Everything of one project that goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectRecord {
    pub project: Project,
    pub firm: Option<Party>,
    pub place: Option<Place>,
    /// Names of the places above it, the nearest first.
    pub above: Vec<Name>,
    pub parent: Option<Related>,
    pub packages: Vec<Related>,
    /// Tier and year of the lists it stands on.
    pub lists: Vec<(ListTier, i64)>,
    /// Stages reached with their days, in the order of stages.
    pub stages: Vec<(Stage, Date)>,
    pub milestones: Vec<Milestone>,
    /// In stored units of the project's currency, by period.
    pub plans: Vec<(Period, i64)>,
    /// By measure, basis and period.
    pub figures: Vec<FigureRecord>,
    /// Files handed in as evidence of its stages.
    pub documents: Vec<Attachment>,
    pub updated: Option<Timestamp>,
}

impl ProjectRecord {
    /// The highest stage reached.
    pub fn stage(&self) -> Option<Stage> {
        self.stages.iter().map(|(stage, _)| *stage).max()
    }

    /// The day a stage was reached.
    pub fn reached(&self, stage: Stage) -> Option<Date> {
        self.stages.iter().find(|(reached, _)| *reached == stage).map(|(_, on)| *on)
    }

    /// The latest value of a money measure, and its period.
    pub fn latest(&self, measure: Measure) -> Option<(Period, i64)> {
        let of = self.figures.iter().filter(|figure| figure.measure == measure);
        let numbers = of.filter_map(|figure| Some((figure.period, figure.value.as_int()?)));
        numbers.max_by_key(|(period, _)| *period)
    }

    pub fn money(&self, amount: i64) -> Money {
        Money { amount, currency: self.project.currency }
    }
}

/// The exact decimal of an amount in main units, with a point and no separators.
pub fn decimal(money: Money) -> String {
    let digits = money.currency.stored_digits();
    let text = tici_domain::money::print_scaled(i128::from(money.amount), digits, digits);
    let text = text.replace(',', "").replace('−', "-");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// A decimal of hundredths: 3690 is `36.9`.
pub fn hundredths(value: i64) -> String {
    let text = tici_domain::money::print_scaled(i128::from(value), 2, 2);
    let text = text.replace(',', "").replace('−', "-");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Degrees of millionths, without zeros at the end.
pub fn degrees(millionths: i64) -> String {
    let text = tici_domain::money::print_scaled(i128::from(millionths), 6, 6);
    let text = text.replace(',', "").replace('−', "-");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
