//! The county, its thirteen towns and parks, and their invented boundaries.

use serde_json::json;
use tici_domain::place::PlaceKind;
use tici_domain::{Name, Place, PlaceCode};

use super::plot::{number, rows};
use super::words::name3;

/// Name, full name, English short and full names, kind, code, of each town and park as
/// the office lists them. The codes begin with 999, which no division has.
const TOWNS: [(&str, &str, &str, &str, PlaceKind, &str); 13] = [
    (
        "经开区",
        "砚溪经济开发区",
        "Econ. Zone",
        "Yanxi Economic Development Zone",
        PlaceKind::Zone,
        "999021401",
    ),
    (
        "临港园",
        "砚溪临港产业园",
        "Port Park",
        "Yanxi Port Industry Park",
        PlaceKind::Park,
        "999021402",
    ),
    ("澄湾镇", "澄湾镇", "Chengwan", "Chengwan Town", PlaceKind::Town, "999021101"),
    ("柘浦镇", "柘浦镇", "Zhepu", "Zhepu Town", PlaceKind::Town, "999021102"),
    ("云埠镇", "云埠镇", "Yunbu", "Yunbu Town", PlaceKind::Town, "999021103"),
    ("石鹿镇", "石鹿镇", "Shilu", "Shilu Town", PlaceKind::Town, "999021104"),
    ("芦汀镇", "芦汀镇", "Luting", "Luting Town", PlaceKind::Town, "999021105"),
    ("望陇镇", "望陇镇", "Wanglong", "Wanglong Town", PlaceKind::Town, "999021106"),
    ("鲤桥镇", "鲤桥镇", "Liqiao", "Liqiao Town", PlaceKind::Town, "999021107"),
    ("桐墩镇", "桐墩镇", "Tongdun", "Tongdun Town", PlaceKind::Town, "999021108"),
    ("枫砚镇", "枫砚镇", "Fengyan", "Fengyan Town", PlaceKind::Town, "999021109"),
    ("禾渚镇", "禾渚镇", "Hezhu", "Hezhu Town", PlaceKind::Town, "999021110"),
    ("茗岗乡", "茗岗乡", "Minggang", "Minggang Township", PlaceKind::Township, "999021201"),
];

/// Scheme of the county's codes: invented, so that no lookup takes them for real ones.
pub const SCHEME: &str = "sample";
/// Short names of the county.
pub(crate) const COUNTY: (&str, &str) = ("砚溪县", "Yanxi");

/// Id of the county before renumbering, and of town `n` (1..=13): `COUNTY_ID + n`.
pub(crate) const COUNTY_ID: i64 = 1;

/// Short name of town 1..=13.
pub(crate) fn town_name(town: usize) -> &'static str {
    TOWNS[town - 1].0
}

/// The county and its towns, parent first.
pub(crate) fn places() -> Vec<Place> {
    let from = "2019-01-01".parse().ok();
    let county = Place {
        id: COUNTY_ID,
        code: code("999021"),
        kind: PlaceKind::County,
        name: name3(COUNTY.0, "Yanxi County"),
        short: name3(COUNTY.0, COUNTY.1),
        parent: None,
        rank: 0,
        valid_from: from,
        valid_to: None,
        boundary: boundary(COUNTY.0),
    };
    let towns =
        TOWNS.iter().enumerate().map(|(index, (short, name, short_en, en, kind, digits))| Place {
            id: COUNTY_ID + index as i64 + 1,
            code: code(digits),
            kind: *kind,
            name: name3(name, en),
            short: name3(short, short_en),
            parent: Some(COUNTY_ID),
            rank: index as i64 + 1,
            valid_from: from,
            valid_to: None,
            boundary: boundary(short),
        });
    std::iter::once(county.clone()).chain(towns).collect()
}

fn code(digits: &str) -> PlaceCode {
    PlaceCode::other(SCHEME, digits).expect("neither part is blank")
}

/// Millionths of a degree per unit of the drawing, and its north-west corner. One unit is
/// about a tenth of a kilometre; the place is in the open sea, where no county is.
const UNIT: (i64, i64) = (1_170, 1_000);
const CORNER: (i64, i64) = (124_200_000, 31_600_000);

/// Longitude and latitude in millionths of a degree of a point of the drawing.
pub(crate) fn locate(at: (i64, i64)) -> (i64, i64) {
    (CORNER.0 + at.0 * UNIT.0, CORNER.1 - at.1 * UNIT.1)
}

fn degrees(at: (i64, i64)) -> [f64; 2] {
    let (longitude, latitude) = locate(at);
    [longitude as f64 / 1e6, latitude as f64 / 1e6]
}

fn shapes() -> impl Iterator<Item = (&'static str, &'static str, Vec<(i64, i64)>)> {
    rows(include_str!("../../data/shapes.tsv")).map(|cells| {
        let points = cells[2].split(' ').filter_map(|point| point.split_once(','));
        (cells[0], cells[1], points.map(|(x, y)| (number(x), number(y))).collect())
    })
}

/// GeoJSON polygon of a place, its ring against the clock and closed.
fn boundary(short: &str) -> Option<String> {
    let (.., points) =
        shapes().find(|(kind, name, _)| matches!(*kind, "town" | "county") && *name == short)?;
    let mut ring: Vec<_> = points.iter().map(|point| degrees(*point)).collect();
    ring.push(ring[0]);
    Some(json!({ "type": "Polygon", "coordinates": [ring] }).to_string())
}

/// A point in the middle of a town's drawing, for projects without one of their own.
pub(crate) fn centre(town: usize) -> (i64, i64) {
    let points = shapes().find(|(kind, name, _)| *kind == "town" && *name == town_name(town));
    let points = points.map(|(.., points)| points).unwrap_or_default();
    let count = points.len().max(1) as i64;
    let sum = points.iter().fold((0, 0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    (sum.0 / count, sum.1 / count)
}

/// River, roads and bridges as a GeoJSON feature collection.
pub(crate) fn lines() -> String {
    let features: Vec<_> = shapes()
        .filter(|(kind, ..)| !matches!(*kind, "town" | "county"))
        .map(|(kind, name, points)| {
            let path: Vec<_> = points.iter().map(|point| degrees(*point)).collect();
            let name = line_name(kind, name);
            json!({
                "type": "Feature",
                "properties": { "kind": kind, "name": name.text, "hant": name.hant, "en": name.en },
                "geometry": { "type": "LineString", "coordinates": path },
            })
        })
        .collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn line_name(kind: &str, name: &str) -> Name {
    let en = match kind {
        "river" => "Yan River",
        "planned_bridge" => "Second Yan River Bridge (planned)",
        "bridge" => "Yan River Bridge",
        _ => "Road",
    };
    name3(name, en)
}
