//! Writes activities, one for each project and package.

use jiff::civil::Date;
use tici_domain::{Basis, Lang, Measure, Name, Problem, Stage};

use super::codes;
use super::detail::{budgets, results, transactions};
use super::xml::Element;
use crate::standards::record::{ProjectRecord, Publication, degrees};

/// The activities as XML. Money spent is of one series: `basis`, which its words name.
pub fn write(publication: &Publication, records: &[ProjectRecord], basis: Basis) -> Vec<u8> {
    let activities = records.iter().map(|record| activity(publication, record, basis));
    let root = Element::new("iati-activities")
        .attribute("version", "2.03")
        .attribute("generated-datetime", publication.published.to_string())
        .children(activities);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    root.write(&mut out, 0);
    out.into_bytes()
}

/// An activity's identifier: the publisher's own, and the project's code.
pub fn identifier(publication: &Publication, code: &str) -> String {
    format!("{}-{code}", publication.organisation)
}

/// The elements in the order of the schema.
fn activity(publication: &Publication, record: &ProjectRecord, basis: Basis) -> Element {
    let row = &record.project;
    let lang = publication.lang;
    let say = |name: &Name| name.get(lang).to_owned();
    let level = if record.parent.is_some() { "2" } else { "1" };
    let description = row.content.as_ref().unwrap_or(&row.name);
    Element::new("iati-activity")
        .attribute("default-currency", row.currency.code())
        .attribute("xml:lang", language(lang))
        .attribute("hierarchy", level)
        .child(Element::new("iati-identifier").text(identifier(publication, &row.code)))
        .child(reporter(publication))
        .child(Element::new("title").narrative(&say(&row.name)))
        .child(Element::new("description").attribute("type", "1").narrative(&say(description)))
        .children(participants(publication, record))
        .children(other_identifiers(record))
        .child(Element::code("activity-status", codes::status(record.stage(), row.state)))
        .children(dates(record))
        .child(Element::code("recipient-country", &publication.country))
        .children(location(record, lang))
        .children(sectors(record))
        .children(budgets(record))
        .children(transactions(record, basis))
        .children(related(publication, record))
        .children(results(record, basis, lang))
}

pub(super) fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhHans | Lang::ZhHant => "zh",
        Lang::En => "en",
    }
}

/// Local government, in the list of kinds of organisation.
const LOCAL_GOVERNMENT: &str = "11";
const PRIVATE_SECTOR: &str = "70";

fn reporter(publication: &Publication) -> Element {
    Element::new("reporting-org")
        .attribute("ref", publication.organisation.as_str())
        .attribute("type", LOCAL_GOVERNMENT)
        .narrative(&publication.publisher)
}

/// The owner funds (1) and implements (4); the responsible unit is accountable (2).
fn participants(publication: &Publication, record: &ProjectRecord) -> Vec<Element> {
    let lang = publication.lang;
    let party = |name: &str, role: &str, kind: &str, code: Option<String>| {
        Element::new("participating-org")
            .attribute_opt("ref", code)
            .attribute("type", kind)
            .attribute("role", role)
            .narrative(name)
    };
    let firm = record.firm.as_ref().map(|party| &party.firm);
    let code = firm.and_then(|firm| firm.code.as_ref()).map(|code| format!("CN-SAIC-{code}"));
    let firm = firm.map(|firm| firm.name.get(lang));
    let owner = firm
        .into_iter()
        .flat_map(|name| ["1", "4"].map(|role| party(name, role, PRIVATE_SECTOR, code.clone())));
    let unit = record.project.lead_unit.as_ref().map(|unit| unit.get(lang));
    // Somebody must be accountable: where the ledger names nobody, the publisher.
    let unit = party(unit.unwrap_or(&publication.publisher), "2", LOCAL_GOVERNMENT, None);
    owner.chain([unit]).collect()
}

fn other_identifiers(record: &ProjectRecord) -> Vec<Element> {
    let row = &record.project;
    let one = |code: &str, kind: &str| {
        Element::new("other-identifier").attribute("ref", code).attribute("type", kind)
    };
    let national = row.national_code.as_ref().map(|code| one(code, "A3"));
    [one(&row.code, "A1")].into_iter().chain(national).collect()
}

/// Planned start (1), actual start (2), planned end (3), actual end (4).
fn dates(record: &ProjectRecord) -> Vec<Element> {
    let row = &record.project;
    let milestone = |stage: Stage| record.milestones.iter().find(|m| m.key == stage.code());
    let planned = |stage: Stage| milestone(stage).and_then(|row| row.planned);
    let started = record.reached(Stage::Started);
    let start = row.build_from.or(planned(Stage::Started));
    let end = row.build_to.or(planned(Stage::Completed));
    let known = [("1", start), ("2", started), ("3", end), ("4", record.reached(Stage::Completed))];
    let date = |(kind, on): (&str, Option<Date>)| {
        let date = Element::new("activity-date").attribute("iso-date", on?.to_string());
        Some(date.attribute("type", kind))
    };
    known.into_iter().filter_map(date).collect()
}

fn location(record: &ProjectRecord, lang: Lang) -> Option<Element> {
    let (longitude, latitude) = record.project.location?;
    let pos = format!("{} {}", degrees(latitude), degrees(longitude));
    let point = Element::new("point")
        .attribute("srsName", "http://www.opengis.net/def/crs/EPSG/0/4326")
        .child(Element::new("pos").text(pos));
    let name = record.place.as_ref().map(|place| place.name.get(lang));
    let name = name.map(|name| Element::new("name").narrative(name));
    Some(
        Element::new("location")
            .child(Element::code("location-reach", "1"))
            .children(name)
            .child(point)
            .child(Element::code("exactness", "1")),
    )
}

/// One sector of the donors' list (vocabulary 2), and the industry of our own (99).
fn sectors(record: &ProjectRecord) -> Vec<Element> {
    let industry = record.project.industry.as_deref();
    let whole = |vocabulary: &str, code: &str| {
        Element::new("sector")
            .attribute("vocabulary", vocabulary)
            .attribute("code", code)
            .attribute("percentage", "100")
    };
    let own = industry.map(|code| whole("99", code).narrative("GB/T 4754-2017"));
    [whole("2", codes::sector(industry))].into_iter().chain(own).collect()
}

/// Parent (1) and child (2).
fn related(publication: &Publication, record: &ProjectRecord) -> Vec<Element> {
    let one = |code: &str, kind: &str| {
        Element::new("related-activity")
            .attribute("ref", identifier(publication, code))
            .attribute("type", kind)
    };
    let parent = record.parent.iter().map(|to| one(&to.code, "1"));
    parent.chain(record.packages.iter().map(|to| one(&to.code, "2"))).collect()
}

/// What an activity has no place for.
pub fn losses(records: &[ProjectRecord], basis: Basis) -> Vec<Problem> {
    use tici_domain::measure::Unit;
    let is_carried =
        |measure: Measure| matches!(measure, Measure::INVEST_MONTH | Measure::PROGRESS_PERCENT);
    let figures = records.iter().flat_map(|record| &record.figures);
    let lost = figures.filter(|figure| !(is_carried(figure.measure) && figure.basis == basis));
    let (words, numbers): (Vec<_>, Vec<_>) =
        lost.partition(|figure| figure.measure.spec().unit == Unit::Text);
    let milestones = records.iter().map(|record| record.milestones.len()).sum();
    let files = records.iter().map(|record| record.documents.len()).sum();
    let undated = records.iter().filter(|record| dates(record).is_empty()).count();
    let counted = [
        ("standard-lost-figures", numbers.len()),
        ("standard-lost-words", words.len()),
        ("standard-lost-milestones", milestones),
        ("standard-lost-files", files),
        ("standard-iati-no-date", undated),
    ];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    counted.map(|(key, count)| Problem::warning(key).arg("count", count)).collect()
}
