//! Groups of a count: by place, list, stage, chain, sector, size band or light.

use std::collections::BTreeMap;

use serde::Serialize;
use tici_domain::Name;

use super::bands::SizeBands;
use super::cohort::Lists;
use super::{Tally, tally};
use crate::facts::{Facts, FactsTable};
use crate::filter::Filter;
use crate::snapshot::Snapshot;

/// What a count is split by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Place,
    Tier,
    Stage,
    Chain,
    Sector,
    Size,
    Light,
}

impl By {
    pub const ALL: [By; 7] =
        [By::Place, By::Tier, By::Stage, By::Chain, By::Sector, By::Size, By::Light];

    pub fn code(self) -> &'static str {
        match self {
            By::Place => "place",
            By::Tier => "tier",
            By::Stage => "stage",
            By::Chain => "chain",
            By::Sector => "sector",
            By::Size => "size",
            By::Light => "light",
        }
    }

    pub fn parse(code: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.code() == code)
    }
}

/// One group, counted by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Code of the group: of a tier, stage or light, of a chain or sector as the ledger has
    /// it, the ends of a size band, the id of a place. Blank is none stated.
    pub key: String,
    /// A place has a name; other keys are words of the locales, or speak for themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    #[serde(flatten)]
    pub tally: Tally,
}

/// Order among groups, then key; what has no group comes last.
type Place = (bool, i64, String);

pub(super) fn groups(
    snapshot: &Snapshot,
    table: &FactsTable,
    filter: &Filter,
    rows: &[usize],
    (by, bands): (By, &SizeBands),
) -> Vec<Group> {
    let mut found = BTreeMap::<Place, Vec<usize>>::new();
    for index in rows {
        for place in places(snapshot, table, filter, &table.rows[*index], (by, bands)) {
            found.entry(place).or_default().push(*index);
        }
    }
    let group = |((_, _, key), rows): (Place, Vec<usize>)| {
        let place = (by == By::Place).then(|| key.parse().ok()).flatten();
        let place = place.and_then(|id: i64| snapshot.places.get(&id));
        let name = place.map(|place| place.short.clone());
        Group { name, tally: tally(snapshot, table, filter, &rows), key }
    };
    found.into_iter().map(group).collect()
}

/// The groups of one project: one, but for lists that are read each by itself.
fn places(
    snapshot: &Snapshot,
    table: &FactsTable,
    filter: &Filter,
    facts: &Facts,
    (by, bands): (By, &SizeBands),
) -> Vec<Place> {
    let entry = snapshot.projects.get(facts.project);
    let at = |order: i64, key: String| (key.is_empty(), order, key);
    let word = |text: Option<String>| vec![at(0, text.unwrap_or_default())];
    match by {
        By::Place => {
            let place = facts.place.and_then(|id| snapshot.places.get(&id));
            let key = place.map_or_else(String::new, |place| place.id.to_string());
            vec![at(place.map_or(0, |place| place.rank), key)]
        }
        By::Tier if filter.list_reading == Lists::Each => {
            let parent = facts.parent.and_then(|id| snapshot.projects.get(id));
            let tiers = entry.into_iter().chain(parent).flat_map(|e| table.lists.tiers(e));
            let asked = tiers.filter(|tier| filter.tiers.is_empty() || filter.tiers.contains(tier));
            let mut found: Vec<Place> =
                asked.map(|tier| at(tier as i64, tier.code().to_owned())).collect();
            found.sort();
            found.dedup();
            if found.is_empty() { word(None) } else { found }
        }
        By::Tier => match facts.tier {
            Some(tier) => vec![at(tier as i64, tier.code().to_owned())],
            None => word(None),
        },
        By::Stage => match facts.stage {
            Some(stage) => vec![at(stage.number().into(), stage.code().to_owned())],
            None => word(None),
        },
        By::Chain => word(entry.and_then(|entry| entry.project.chain.clone())),
        By::Sector => word(entry.and_then(|entry| entry.project.sector.clone())),
        By::Size => vec![size(table, facts, bands)],
        By::Light => vec![at(facts.light as i64, facts.light.code().to_owned())],
    }
}

/// The band of a project in the bands' currency; any other currency has no band there.
fn size(table: &FactsTable, facts: &Facts, bands: &SizeBands) -> Place {
    let total = facts.total.or_else(|| packages_total(table, facts));
    match total.filter(|_| facts.currency == bands.currency) {
        // The largest first, as bulletins have them.
        Some(total) => {
            let band = bands.band(total);
            (false, -band.from.unwrap_or(0), band.code())
        }
        None => (true, 0, String::new()),
    }
}

/// The packages' total of a parent that has none of its own.
fn packages_total(table: &FactsTable, facts: &Facts) -> Option<i64> {
    if !facts.has_packages {
        return None;
    }
    let packages = table.rows.iter().filter(|part| part.parent == Some(facts.project));
    let known: Vec<i64> =
        packages.filter(|part| part.is_live()).filter_map(|part| part.total).collect();
    (!known.is_empty()).then(|| known.iter().sum())
}
