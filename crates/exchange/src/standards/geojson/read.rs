//! Reads the sites of projects from a feature collection.

use serde_json::Value;
use tici_domain::intake::{At, Intake, ProjectRow};
use tici_domain::{Name, PlaceCode, Problem};

use crate::standards::crs::{Crs, Point, to_ledger};
use crate::standards::json_in::{Item, Node, Reading, items, open};

/// Names under which a feature's properties give a project's code and name.
const CODES: [&str; 4] = ["code", "项目代码", "代码", "編號"];
const NATIONAL_CODES: [&str; 2] = ["national_code", "国家代码"];
const NAMES: [&str; 5] = ["name", "项目名称", "名称", "項目名稱", "title"];
const PLACES: [&str; 4] = ["place", "属地", "屬地", "建设地点"];

/// Reads a collection, one feature alone, or features line by line. The system is the one
/// the file states, else the one given, else WGS-84 as the standard has it.
pub fn read(name: &str, bytes: &[u8], given: Option<Crs>) -> (Intake, Vec<Problem>) {
    let (file, content) = open(name, bytes);
    let mut intake = Intake { files: vec![file], rows: Vec::new() };
    let reading = Reading::of(name);
    let mut features = Vec::new();
    let read = content.and_then(|content| {
        // What states the system may stand behind the features.
        let mut each = |(list, index, value, twice): Item<'_>| {
            let at = if list.is_empty() { format!("/{index}") } else { format!("/{list}/{index}") };
            features.push((at, slim(value), twice));
        };
        items(&content, &["features"], &mut each)
    });
    match read {
        Err(problem) => reading.say((*problem).clone(), &problem.cell),
        Ok(rest) => {
            if rest.get("type").and_then(Value::as_str) == Some("Feature") {
                features.push((String::new(), rest.clone(), None));
            } else if features.is_empty() {
                reading.say(Problem::error("geojson-no-features"), "");
            }
            let crs = system(&reading, &rest, given);
            let rows = features.iter().filter_map(|(at, value, twice)| {
                let node = Node::new(value, at, &reading);
                if let Some(member) = twice {
                    node.say(Problem::warning("json-member-twice").arg("member", member));
                }
                let row = feature(&node, crs);
                reading.leave(value, at);
                row
            });
            intake.rows = rows.collect();
        }
    }
    (intake, reading.finish())
}

/// A feature with its geometry brought down to what is needed of it: boundaries of thousands
/// of points are not kept until the last feature has been read.
fn slim(mut value: Value) -> Value {
    let middle = value.get("geometry").and_then(middle);
    if let (Some((longitude, latitude)), Some(geometry)) = (middle, value.get_mut("geometry")) {
        let kind = geometry.get("type").cloned().unwrap_or_default();
        *geometry = serde_json::json!({ "type": kind, "coordinates": [longitude, latitude] });
    }
    value
}

fn system(reading: &Reading, rest: &Value, given: Option<Crs>) -> Crs {
    let node = Node::new(rest, "", reading);
    let own = node.text("coordinateSystem");
    let old = || node.find(&["crs", "properties"]).and_then(|node| node.text("name"));
    let Some(stated) = own.or_else(old) else {
        if given.is_none() {
            reading.say(Problem::warning("geojson-no-system"), "");
        }
        return given.unwrap_or(Crs::Wgs84);
    };
    let Some(known) = Crs::named(&stated.value) else {
        let problem = Problem::error("geojson-unknown-system").arg("found", &stated.value);
        reading.say(problem, &stated.cell);
        return Crs::Wgs84;
    };
    if let Some(given) = given.filter(|given| *given != known) {
        let problem = Problem::warning("geojson-other-system").arg("found", &stated.value);
        reading.say(problem.arg("given", given.name()), &stated.cell);
    }
    known
}

fn feature(node: &Node<'_, '_>, crs: Crs) -> Option<ProjectRow> {
    let properties = node.get("properties")?;
    node.text("type");
    let first = |names: &[&str]| names.iter().find_map(|name| properties.text(name));
    let code = first(&CODES).or_else(|| node.text("id"));
    if let Some(id) = node.get("id") {
        id.take();
    }
    let name = first(&NAMES);
    if code.is_none() && name.is_none() {
        node.say(Problem::warning("geojson-nameless"));
        return None;
    }
    let scheme = properties.text("place_scheme");
    let place_code = properties.text("place_code");
    let scheme = scheme.map_or_else(|| PlaceCode::GBT2260.to_owned(), |at| at.value);
    Some(ProjectRow {
        cell: node.at.clone(),
        code,
        national_code: first(&NATIONAL_CODES),
        name: name.map(|at| At { value: Name::new(at.value), cell: at.cell, raw: at.raw }),
        place: first(&PLACES),
        place_code: place_code.and_then(|at| PlaceCode::other(&scheme, &at.value)),
        location: location(node, crs),
        ..ProjectRow::default()
    })
}

fn location(node: &Node<'_, '_>, crs: Crs) -> Option<At<(i64, i64)>> {
    let geometry = node.get("geometry")?;
    geometry.take();
    let kind = geometry.value.get("type").and_then(Value::as_str).unwrap_or_default();
    let point = middle(geometry.value).and_then(|point| to_ledger(point, crs));
    match point {
        None => geometry.say(Problem::warning("standard-not-coordinates")),
        Some(_) if kind != "Point" => {
            geometry.say(Problem::warning("geojson-middle").arg("found", kind));
        }
        Some(_) => {}
    }
    point.map(|point| geometry.cell(point))
}

/// A point as it is, of anything else the middle of its corners.
fn middle(geometry: &Value) -> Option<Point> {
    let mut corners = (0.0, 0.0, 0_usize);
    if let Some(parts) = geometry.get("geometries").and_then(Value::as_array) {
        return parts.iter().find_map(middle);
    }
    gather(geometry.get("coordinates")?, &mut corners);
    let (longitude, latitude, count) = corners;
    (count > 0).then(|| (longitude / count as f64, latitude / count as f64))
}

fn gather(value: &Value, corners: &mut (f64, f64, usize)) {
    let Some(list) = value.as_array() else { return };
    match (list.first().and_then(Value::as_f64), list.get(1).and_then(Value::as_f64)) {
        (Some(longitude), Some(latitude)) => {
            *corners = (corners.0 + longitude, corners.1 + latitude, corners.2 + 1);
        }
        _ => list.iter().for_each(|inner| gather(inner, corners)),
    }
}
