//! Gives projects as the published standards have them, with what must be said of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::change::Milestone;
use tici_domain::{Basis, Lang, Measure, Name, Problem, SideState, Subject};
use tici_engine::rule::{Packages, StageStatus};
use tici_engine::{Filter, Snapshot};
use tici_exchange::standards::record::FigureRecord;
use tici_exchange::standards::{
    self, Choices, Party, ProjectRecord, Publication, Related, Standard,
};

use crate::lens::key;
use crate::view_ledger::{LedgerQuery, look};
use crate::{Action, Desk, OpsError, Session};

/// Setting of the ledger: the prefix that the keepers of OC4IDS gave its publisher.
pub const PREFIX_SETTING: &str = "standard.oc4ids_prefix";
/// Setting of the ledger: the address its publications have.
pub const URI_SETTING: &str = "standard.uri";
/// A prefix nobody has been given, for files that are not published.
const PREFIX_UNREGISTERED: &str = "oc4ids-000000";
/// Setting of the ledger: its identifier as a publisher of IATI.
pub const ORGANISATION_SETTING: &str = "standard.iati_organisation";
/// Setting of the ledger: ISO 3166 code of the country its projects are in.
pub const COUNTRY_SETTING: &str = "standard.country";
const ORGANISATION_UNREGISTERED: &str = "XX-UNREGISTERED-0";
const URI_UNPUBLISHED: &str = "urn:tici:unpublished";

/// What goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishQuery {
    /// Which projects; terminated ones are among them unless states are named.
    pub ledger: LedgerQuery,
    /// Series of figures; empty for all.
    pub bases: Vec<Basis>,
    /// For the public: no words of reporters, no posts, no files, no counts of workers.
    pub public: bool,
    /// Which claims of stages count; the ledger's own rule when left out.
    pub stages: Option<StageStatus>,
    pub lang: Option<Lang>,
    /// Prefix and address, where they are not the ledger's own.
    pub prefix: Option<String>,
    pub uri: Option<String>,
    /// Identifier of the publisher in IATI.
    pub organisation: Option<String>,
}

/// The records, and what is left out of them or cannot be carried by any standard.
#[derive(Clone, Debug)]
pub struct Published {
    pub publication: Publication,
    pub records: Vec<ProjectRecord>,
    pub notes: Vec<Problem>,
    pub snapshot: Arc<Snapshot>,
}

/// Gathers the projects of a query, packages and whole projects alike, by their codes.
pub fn publish_projects(
    desk: &Desk,
    session: &Session,
    query: &PublishQuery,
    (today, now): (Date, Timestamp),
) -> Result<Published, OpsError> {
    session.need(Action::ExportProjects)?;
    let look = look(desk, session, &query.ledger, today)?;
    let snapshot = look.snapshot.clone();
    let mut filter = look.filter.clone();
    if filter.states.is_empty() {
        filter.states = vec![SideState::Active, SideState::Suspended, SideState::Terminated];
    }
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    for packages in [Packages::Whole, Packages::Split] {
        let filter = Filter { packages, ..filter.clone() };
        chosen.extend(filter.apply(&snapshot, &look.table));
    }
    let gather = Gather {
        snapshot: &snapshot,
        query,
        status: query.stages.unwrap_or(look.lens.stage_status),
        packages: packages_of(&snapshot),
    };
    let mut notes = Notes::default();
    let ids = chosen.into_iter().map(|row| look.table.rows[row].project);
    let mut records: Vec<ProjectRecord> =
        ids.filter_map(|id| gather.record(id, &mut notes)).collect();
    records.sort_by(|a, b| a.project.code.cmp(&b.project.code));
    let publication = publication(&snapshot, query, now);
    notes.withdrawn = withdrawn(&snapshot, session);
    let notes = notes.problems(&snapshot, &records);
    Ok(Published { publication, records, notes, snapshot })
}

fn publication(snapshot: &Snapshot, query: &PublishQuery, now: Timestamp) -> Publication {
    let setting = |key: &str| snapshot.setting(key).map(str::to_owned);
    let prefix = query.prefix.clone().or_else(|| setting(PREFIX_SETTING));
    let uri = query.uri.clone().or_else(|| setting(URI_SETTING));
    let organisation = query.organisation.clone().or_else(|| setting(ORGANISATION_SETTING));
    let lang = query.lang.unwrap_or(Lang::ZhHans);
    let name = match lang {
        Lang::En => setting(key::NAME_EN),
        Lang::ZhHant => setting(key::NAME_HANT),
        Lang::ZhHans => None,
    };
    let name = name.or_else(|| setting(key::NAME)).filter(|name| !name.is_empty());
    Publication {
        uri: uri.unwrap_or_else(|| URI_UNPUBLISHED.into()),
        publisher: name.unwrap_or_else(|| "Tici".into()),
        prefix: prefix.unwrap_or_else(|| PREFIX_UNREGISTERED.into()),
        organisation: organisation.unwrap_or_else(|| ORGANISATION_UNREGISTERED.into()),
        country: setting(COUNTRY_SETTING).unwrap_or_else(|| "CN".into()),
        published: now,
        lang,
    }
}

fn packages_of(snapshot: &Snapshot) -> BTreeMap<i64, Vec<i64>> {
    let mut packages: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for entry in snapshot.projects.iter() {
        if let Some(parent) = entry.project.parent {
            packages.entry(parent).or_default().push(entry.project.id);
        }
    }
    packages
}

fn withdrawn(snapshot: &Snapshot, session: &Session) -> usize {
    let within = |place: Option<i64>| match (session.actor.place, place) {
        (None, _) => true,
        (Some(root), Some(place)) => snapshot.place_within(place, root),
        (Some(_), None) => false,
    };
    let gone = snapshot.projects.iter().map(|entry| &entry.project);
    let gone = gone.filter(|row| row.state == SideState::Withdrawn);
    gone.filter(|row| within(row.place)).count()
}

/// What turns rows of a snapshot into records.
struct Gather<'a> {
    snapshot: &'a Snapshot,
    query: &'a PublishQuery,
    status: StageStatus,
    packages: BTreeMap<i64, Vec<i64>>,
}

impl Gather<'_> {
    fn record(&self, id: i64, notes: &mut Notes) -> Option<ProjectRecord> {
        let entry = self.snapshot.projects.get(id)?;
        let mut project = entry.project.clone();
        if self.query.public && project.sponsor.take().is_some() {
            notes.withheld += 1;
        }
        let counts = |state: &&tici_engine::snapshot::ClaimState| match self.status {
            StageStatus::Verified => state.is_verified(),
            StageStatus::Claimed => state.stands(),
        };
        let pending = entry.claims.iter().filter(|state| state.stands() && !counts(state));
        notes.pending += pending.count();
        let claims: Vec<_> = entry.claims.iter().filter(counts).collect();
        notes.verdicts += claims.iter().filter(|state| state.is_verified()).count();
        let mut stages: Vec<_> = claims.iter().map(|s| (s.claim.stage, s.claim.on)).collect();
        stages.sort();
        let mut evidence: Vec<i64> =
            claims.iter().flat_map(|state| state.claim.evidence.iter().copied()).collect();
        evidence.sort();
        evidence.dedup();
        if self.query.public {
            notes.withheld += evidence.len();
            evidence.clear();
        }
        let attachments = &self.snapshot.attachments;
        let today_lists = entry.lists.iter().filter(|(row, _)| row.until.is_none());
        let mut lists: Vec<_> = today_lists.map(|(row, _)| (row.tier, row.year)).collect();
        lists.sort();
        Some(ProjectRecord {
            firm: project.enterprise.and_then(|id| self.party(id)),
            place: project.place.and_then(|id| self.snapshot.places.get(&id)).cloned(),
            above: self.above(project.place),
            parent: project.parent.and_then(|id| self.related(id)),
            packages: self
                .packages
                .get(&id)
                .into_iter()
                .flatten()
                .filter_map(|id| self.related(*id))
                .collect(),
            lists,
            stages,
            milestones: self.milestones(&entry.milestones),
            plans: self.snapshot.plans_of(id).map(|cell| (cell.period, cell.number)).collect(),
            figures: self.figures(id, notes),
            documents: evidence.iter().filter_map(|id| attachments.get(id)).cloned().collect(),
            updated: None,
            project,
        })
    }

    fn party(&self, id: i64) -> Option<Party> {
        let firm = self.snapshot.enterprises.get(&id)?.clone();
        let place = firm.place.and_then(|id| self.snapshot.places.get(&id));
        Some(Party { place: place.map(|place| place.name.clone()), firm })
    }

    fn related(&self, id: i64) -> Option<Related> {
        let project = &self.snapshot.projects.get(id)?.project;
        let is_gone = project.state == SideState::Withdrawn;
        (!is_gone).then(|| Related { code: project.code.clone(), name: project.name.clone() })
    }

    /// Names of the places above a place, the nearest first.
    fn above(&self, place: Option<i64>) -> Vec<Name> {
        let places = &self.snapshot.places;
        let parent = |id: Option<i64>| places.get(&id?)?.parent;
        let mut names = Vec::new();
        let mut at = parent(place);
        while let Some(above) = at.and_then(|id| places.get(&id)) {
            names.push(above.name.clone());
            // A cycle of parents cannot be written, but costs nothing to stop.
            at = above.parent.filter(|_| names.len() < 16);
        }
        names
    }

    fn milestones(&self, rows: &[(Milestone, i64)]) -> Vec<Milestone> {
        let mut rows: Vec<Milestone> = rows.iter().map(|(row, _)| row.clone()).collect();
        rows.sort_by(|a, b| a.key.cmp(&b.key));
        if self.query.public {
            rows.iter_mut().for_each(|row| row.reason = None);
        }
        rows
    }

    fn figures(&self, project: i64, notes: &mut Notes) -> Vec<FigureRecord> {
        let bases = &self.query.bases;
        let cells = self.snapshot.figures(Subject::Project(project)).of_subject(project);
        let mut figures = Vec::new();
        for cell in cells {
            let public = !self.query.public || is_public(cell.measure);
            if !public || !(bases.is_empty() || bases.contains(&cell.basis)) {
                notes.withheld += 1;
                continue;
            }
            let (measure, period, basis) = (cell.measure, cell.period, cell.basis);
            figures.push(FigureRecord { measure, period, basis, value: cell.value() });
        }
        figures.sort_by_key(|figure| (figure.measure, figure.basis, figure.period));
        figures
    }
}

/// The file of a standard, with everything to be said of it.
pub fn standard_file(
    published: &Published,
    standard: Standard,
    choices: Choices,
) -> (Vec<u8>, Vec<Problem>) {
    let (publication, records) = (&published.publication, &published.records);
    let bytes = standards::write(standard, publication, records, choices);
    (bytes, standard_notes(published, standard, choices))
}

/// What is to be said of a standard's file: what was left out, what the standard cannot
/// carry, and names its keepers give that the ledger has not.
pub fn standard_notes(published: &Published, standard: Standard, choices: Choices) -> Vec<Problem> {
    let (publication, records) = (&published.publication, &published.records);
    let lost = standards::losses(standard, publication, records, choices);
    let unregistered = match standard {
        Standard::Oc4ids if publication.prefix == PREFIX_UNREGISTERED => {
            Some(Problem::warning("standard-no-prefix"))
        }
        Standard::Iati if publication.organisation == ORGANISATION_UNREGISTERED => {
            Some(Problem::warning("standard-no-organisation"))
        }
        _ => None,
    };
    published.notes.iter().cloned().chain(lost).chain(unregistered).collect()
}

/// Measures that are published: money of the project and how far it is.
fn is_public(measure: Measure) -> bool {
    use tici_domain::measure::Unit;
    let is_firms_own = measure == Measure::INVOICED_SALES_YTD;
    let unit = measure.spec().unit;
    !is_firms_own && matches!(unit, Unit::Money | Unit::PercentHundredths | Unit::Date)
}

/// What is counted on the way.
#[derive(Default)]
struct Notes {
    withdrawn: usize,
    pending: usize,
    verdicts: usize,
    withheld: usize,
}

impl Notes {
    fn problems(&self, snapshot: &Snapshot, records: &[ProjectRecord]) -> Vec<Problem> {
        let ids: BTreeSet<i64> = records.iter().map(|record| record.project.id).collect();
        let counted = [
            ("standard-withdrawn", self.withdrawn),
            ("standard-pending", self.pending),
            ("standard-withheld", self.withheld),
            ("standard-verdicts", self.verdicts),
            ("standard-around", around(snapshot, &ids)),
        ];
        let counted = counted.into_iter().filter(|(_, count)| *count > 0);
        counted.map(|(key, count)| Problem::warning(key).arg("count", count)).collect()
    }
}

/// Records of the ledger around the projects for which the standards have no place: tasks,
/// excuses, promises, and what stopped a project and set it going.
fn around(snapshot: &Snapshot, ids: &BTreeSet<i64>) -> usize {
    let records = &snapshot.records;
    let of = |id: &i64| {
        records.tasks_of(*id).count()
            + records.excuses_of(*id).count()
            + records.side_changes_of(*id).count()
            + records.package_changes_of(*id).count()
    };
    ids.iter().map(of).sum()
}
