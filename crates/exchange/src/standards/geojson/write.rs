//! Writes a feature collection, one point for each project that has one.

use tici_domain::{Lang, Measure, Problem};

use crate::standards::crs::{Crs, from_ledger};
use crate::standards::json_out::{Json, Object};
use crate::standards::record::{ProjectRecord, Publication, decimal};

/// The collection. WGS-84 is what the standard itself means; any other system is stated in
/// `crs`, which the standard has given up and readers of maps still know, and by name in
/// `coordinateSystem`.
pub fn write(publication: &Publication, records: &[ProjectRecord], crs: Crs) -> Vec<u8> {
    let features: Vec<Json> =
        records.iter().map(|record| feature(publication, record, crs).into()).collect();
    let stated = (crs != Crs::Wgs84).then(|| {
        let named = Object::default().put("name", crs.name());
        Object::default().put("type", "name").put("properties", named)
    });
    let collection = Object::default()
        .put("type", "FeatureCollection")
        .opt("crs", stated)
        .put("coordinateSystem", crs.name())
        .put("name", publication.publisher.as_str())
        .put("published", publication.published.to_string())
        .always("features", features);
    let mut out = String::new();
    Json::from(collection).write(&mut out, 0);
    out.push('\n');
    out.into_bytes()
}

/// A project without a site is a feature without a geometry, as the standard has it.
fn feature(publication: &Publication, record: &ProjectRecord, crs: Crs) -> Object {
    let geometry = match record.project.location {
        Some(location) => {
            let coordinates = from_ledger(location, crs).map(Json::Number).to_vec();
            Json::from(Object::default().put("type", "Point").put("coordinates", coordinates))
        }
        None => Json::Null,
    };
    Object::default()
        .put("type", "Feature")
        .put("id", record.project.code.as_str())
        .always("geometry", geometry)
        .always("properties", properties(record, publication.lang))
}

fn properties(record: &ProjectRecord, lang: Lang) -> Object {
    let row = &record.project;
    let money = |measure| {
        let (_, amount) = record.latest(measure)?;
        Some(Json::Number(decimal(record.money(amount))))
    };
    let place = record.place.as_ref();
    Object::default()
        .put("code", row.code.as_str())
        .opt("national_code", row.national_code.as_deref())
        .put("name", row.name.get(lang))
        .opt("enterprise", record.firm.as_ref().map(|party| party.firm.name.get(lang)))
        .opt("place", place.map(|place| place.name.get(lang)))
        .opt("place_code", place.map(|place| place.code.code.as_str()))
        .opt("place_scheme", place.map(|place| place.code.scheme.as_str()))
        .opt("stage", record.stage().map(|stage| stage.code()))
        .put("state", row.state.code())
        .opt("chain", row.chain.as_deref())
        .opt("industry", row.industry.as_deref())
        .put("currency", row.currency.code())
        .opt("total_investment", money(Measure::TOTAL_INVESTMENT))
        .opt("invest_since_start", money(Measure::INVEST_SINCE_START))
        .opt("build_from", row.build_from.map(|day| day.to_string()))
        .opt("build_to", row.build_to.map(|day| day.to_string()))
}

/// What the collection does not hold of the projects.
pub fn losses(records: &[ProjectRecord]) -> Vec<Problem> {
    let without = records.iter().filter(|record| record.project.location.is_none()).count();
    let series: usize = records
        .iter()
        .map(|r| r.figures.len() + r.plans.len() + r.milestones.len() + r.documents.len())
        .sum();
    let counted = [("standard-no-site", without), ("standard-lost-series", series)];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    counted.map(|(key, count)| Problem::warning(key).arg("count", count)).collect()
}
