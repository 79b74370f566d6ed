//! The towns tile the county: every edge is shared by two of them or lies on its outline.

use std::collections::BTreeMap;

use tici_domain::place::PlaceKind;

use crate::base;
use crate::replay::ledger;

type Point = (i64, i64);

/// The ring of a GeoJSON polygon, in millionths of a degree.
fn ring(geojson: &str) -> Vec<Point> {
    let shape: serde_json::Value = serde_json::from_str(geojson).expect("JSON");
    assert_eq!(shape["type"], "Polygon");
    let points = shape["coordinates"][0].as_array().expect("a ring");
    let whole = |value: &serde_json::Value| (value.as_f64().expect("degrees") * 1e6).round() as i64;
    points.iter().map(|point| (whole(&point[0]), whole(&point[1]))).collect()
}

fn doubled_area(ring: &[Point]) -> i128 {
    let cross = |(a, b): (&Point, &Point)| {
        i128::from(a.0) * i128::from(b.1) - i128::from(b.0) * i128::from(a.1)
    };
    ring.iter().zip(&ring[1..]).map(cross).sum()
}

#[test]
fn towns_tile_the_county() {
    let ledger = ledger(base());
    let mut edges = BTreeMap::<(Point, Point), i32>::new();
    let (mut towns, mut county) = (0, 0);
    for place in ledger.places.values() {
        let ring = ring(place.boundary.as_deref().expect("a boundary"));
        assert_eq!(ring.first(), ring.last(), "{} is closed", place.short.text);
        assert!(doubled_area(&ring) > 0, "{} runs against the clock", place.short.text);
        if place.kind == PlaceKind::County {
            county += doubled_area(&ring);
            continue;
        }
        towns += doubled_area(&ring);
        for (from, to) in ring.iter().zip(&ring[1..]) {
            let edge = edges.entry((*from, *to)).or_default();
            *edge += 1;
            assert_eq!(*edge, 1, "two towns on one side of an edge");
        }
    }
    assert_eq!(towns, county);
    let outline = edges.keys().filter(|(from, to)| !edges.contains_key(&(*to, *from))).count();
    assert_eq!(outline, 200);
}
