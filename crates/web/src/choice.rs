//! A value that a form offers, and the lists of them that several pages have in common.

use tici_domain::Place;
use tici_engine::Snapshot;

use crate::T;

/// A value that may be chosen.
pub struct Choice {
    pub value: String,
    pub name: String,
    pub is_set: bool,
}

/// The places that are `shown`, a place before those in it.
pub fn places(
    t: T,
    snapshot: &Snapshot,
    shown: impl Fn(&Place) -> bool,
    is_set: impl Fn(i64) -> bool,
) -> Vec<Choice> {
    let mut places: Vec<&Place> = snapshot.places.values().filter(|place| shown(place)).collect();
    places.sort_by_key(|place| (place.parent, place.rank, place.id));
    let choice = |place: &Place| Choice {
        value: place.id.to_string(),
        name: place.short.get(t.lang).to_owned(),
        is_set: is_set(place.id),
    };
    places.into_iter().map(choice).collect()
}
