//! Figures of a scheme that the ledger counts: through the one counting function, with what
//! each was counted from.

use std::collections::BTreeMap;

use super::inputs::Column;
use crate::FactsTable;
use crate::assess::scheme::{Counting, Figure, FigureFrom, Scheme};
use crate::assess::score::Number;
use crate::league::{
    Cell, Cohort, Item, LeagueInput, LeagueRules, Method, Missing, MissingRank, Only, PeerGroup,
    RankRule, Score, Ties, Unreported, league,
};
use crate::snapshot::Snapshot;

/// By the figure's key, what was counted for each place, in the order asked; none for a place
/// that is not known.
pub type Counted = BTreeMap<String, Vec<Option<Cell>>>;

/// Counts the scheme's ledger figures for places, on the facts of a month.
pub fn count(scheme: &Scheme, snapshot: &Snapshot, table: &FactsTable, places: &[i64]) -> Counted {
    let codes: Vec<String> = (places.iter())
        .filter_map(|place| Some(snapshot.places.get(place)?.code.code.clone()))
        .collect();
    let mut counted = Counted::new();
    let rules = scheme.counting.iter().map(Some).chain([None]);
    for counting in rules {
        let figures: Vec<&Figure> = scheme.figures.iter().filter(|f| is_by(f, counting)).collect();
        if figures.is_empty() {
            continue;
        }
        let rules = rules_of(counting, &figures, codes.clone());
        let input = LeagueInput {
            snapshot,
            table,
            before: None,
            given: &[],
            given_before: &[],
            scope: None,
        };
        let (found, _) = league(&input, &rules);
        let rows = || found.groups.iter().flat_map(|group| &group.rows);
        for (at, figure) in figures.iter().enumerate() {
            let cell = |place: &i64| {
                rows().find(|row| row.place == *place).map(|row| row.cells[at].clone())
            };
            counted.insert(figure.key.clone(), places.iter().map(cell).collect());
        }
    }
    counted
}

/// What was counted, as columns of a run.
pub fn columns(counted: &Counted) -> BTreeMap<String, Column> {
    let column = |(key, cells): (&String, &Vec<Option<Cell>>)| {
        let values = cells.iter().map(|cell| number(cell.as_ref()?));
        let sources = vec![key.clone(); cells.len()];
        (key.clone(), Column { values: values.collect(), sources })
    };
    counted.iter().map(column).collect()
}

/// Money is in whole yuan, everything else in pieces.
fn number(cell: &Cell) -> Option<Number> {
    let value = cell.value?;
    Number::parse(&value.num.to_string())?.over(&Number::parse(&value.den.to_string())?)
}

fn is_by(figure: &Figure, counting: Option<&Counting>) -> bool {
    match &figure.from {
        FigureFrom::Ledger { counting: by, .. } => {
            by.as_deref() == counting.map(|counting| counting.key.as_str())
        }
        FigureFrom::Department { .. } => false,
    }
}

/// A league that only counts: nothing in it is scored.
fn rules_of(counting: Option<&Counting>, figures: &[&Figure], places: Vec<String>) -> LeagueRules {
    let item = |figure: &&Figure| {
        let FigureFrom::Ledger { of, .. } = &figure.from else { return None };
        Some(Item {
            key: figure.key.clone(),
            name: figure.name.clone(),
            of: of.clone(),
            by: None,
            only: Only::default(),
            method: Method::Per { points: Score::points(1) },
            missing: Missing::Missing,
            min: None,
            max: None,
            decimals: None,
        })
    };
    let cohort = counting.map_or_else(Cohort::default, |counting| Cohort {
        listed: counting.listed,
        tiers: counting.tiers.clone(),
        packages: counting.packages,
    });
    LeagueRules {
        key: "assess".into(),
        cohort,
        groups: vec![PeerGroup {
            key: "all".into(),
            name: Default::default(),
            kinds: vec![],
            places,
        }],
        classes: Vec::new(),
        unreported: Unreported::NothingDone,
        rank: RankRule { ties: Ties::Skip, missing: MissingRank::Unranked, decimals: 0 },
        items: figures.iter().filter_map(item).collect(),
        grades: Vec::new(),
        title: Default::default(),
        source: String::new(),
    }
}
