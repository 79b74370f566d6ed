//! Writes a project package.

use jiff::civil::Date;
use tici_domain::change::{Attachment, Milestone};
use tici_domain::measure::Unit;
use tici_domain::uscc::Uscc;
use tici_domain::{Lang, Measure, Name, Problem, SideState, Stage, Value};

use super::VERSION;
use super::codes::{self, scheme};
use crate::standards::json_out::{Json, Object};
use crate::standards::record::{
    FigureRecord, Party, ProjectRecord, Publication, Related, decimal, degrees, hundredths,
};

/// The package as JSON text, projects in the order given.
pub fn write(publication: &Publication, records: &[ProjectRecord]) -> Vec<u8> {
    let projects: Vec<Json> =
        records.iter().map(|record| project(publication, record).into()).collect();
    let package = Object::default()
        .put("version", VERSION)
        .put("uri", publication.uri.as_str())
        .put("publishedDate", instant(publication.published))
        .put("publisher", Object::default().put("name", publication.publisher.as_str()))
        .put("projects", projects);
    let mut out = String::new();
    Json::from(package).write(&mut out, 0);
    out.push('\n');
    out.into_bytes()
}

/// The standard's identifier of a project of the office's code.
pub fn identifier(publication: &Publication, code: &str) -> String {
    format!("{}-{code}", publication.prefix)
}

fn project(publication: &Publication, record: &ProjectRecord) -> Object {
    let row = &record.project;
    let say = |name: &Name| name.get(publication.lang).to_owned();
    Object::default()
        .put("id", identifier(publication, &row.code))
        .opt("updated", record.updated.map(instant))
        .put("language", language(publication.lang))
        .put("identifiers", identifiers(record))
        .opt("publicAuthority", authority_reference(record, publication.lang))
        .put("title", say(&row.name))
        .opt("description", row.content.as_ref().map(say))
        .put("status", codes::status(record.stage(), row.state))
        .opt("type", row.nature.and_then(codes::project_type))
        .put("sector", codes::sectors(row.sector.as_deref(), row.industry.as_deref()))
        .put("additionalClassifications", classifications(record))
        .put("period", period(row.build_from, row.build_to))
        .put("identificationPeriod", phase(record, Stage::Lead, Stage::Signed))
        .put("preparationPeriod", phase(record, Stage::Signed, Stage::Started))
        .put("implementationPeriod", phase(record, Stage::Started, Stage::Completed))
        .put("completionPeriod", phase(record, Stage::Completed, Stage::InProduction))
        .put("maintenancePeriod", period(record.reached(Stage::InProduction), None))
        .put("locations", locations(record, publication.lang))
        .put("budget", budget(record))
        .put("parties", parties(record, publication.lang))
        .put("milestones", milestones(record, publication.lang))
        .put("forecasts", forecasts(record))
        .put("metrics", metrics(record))
        .put("completion", completion(record))
        .put("documents", record.documents.iter().map(document).collect::<Vec<_>>())
        .put("relatedProjects", related(publication, record))
}

/// Language tag of ISO 639-1; Chinese in either script is `zh`.
fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhHans | Lang::ZhHant => "zh",
        Lang::En => "en",
    }
}

fn identifiers(record: &ProjectRecord) -> Vec<Object> {
    let row = &record.project;
    let one = |scheme: &str, id: &str| Object::default().put("id", id).put("scheme", scheme);
    let national = row.national_code.iter().map(|code| one(scheme::NATIONAL, code));
    let aliases = row.aliases.iter().map(|name| one(scheme::ALIAS, name));
    std::iter::once(one(scheme::CODE, &row.code)).chain(national).chain(aliases).collect()
}

fn classifications(record: &ProjectRecord) -> Vec<Object> {
    let row = &record.project;
    let stopped = (row.state != SideState::Active).then(|| row.state.code().to_owned());
    let nature = row.nature.map(|nature| nature.to_string());
    let single = [
        (scheme::INDUSTRY, row.industry.clone()),
        (scheme::NATURE, nature),
        (scheme::CHAIN, row.chain.clone()),
        (scheme::SECTOR, row.sector.clone()),
        (scheme::STATE, stopped),
    ];
    let single = single.into_iter().filter_map(|(scheme, id)| Some((scheme, id?)));
    let lists = record.lists.iter();
    let lists = lists.map(|(tier, year)| (scheme::LIST, format!("{}/{year}", tier.code())));
    single.chain(lists).map(|(scheme, id)| classification(scheme, &id)).collect()
}

fn classification(scheme: &str, id: &str) -> Object {
    Object::default().put("scheme", scheme).put("id", id)
}

fn period(from: Option<Date>, to: Option<Date>) -> Object {
    Object::default().opt("startDate", from.map(moment)).opt("endDate", to.map(moment))
}

/// From reaching one stage to reaching the next.
fn phase(record: &ProjectRecord, from: Stage, to: Stage) -> Object {
    match record.reached(from) {
        Some(start) => period(Some(start), record.reached(to)),
        None => Object::default(),
    }
}

fn locations(record: &ProjectRecord, lang: Lang) -> Vec<Object> {
    let point = record.project.location.map(|(longitude, latitude)| {
        let coordinates = [longitude, latitude].map(|part| Json::Number(degrees(part)));
        Object::default().put("type", "Point").put("coordinates", coordinates.to_vec())
    });
    if point.is_none() && record.place.is_none() {
        return Vec::new();
    }
    let gazetteer = record.place.as_ref().map(|place| {
        Object::default()
            .put("scheme", place.code.scheme.as_str())
            .put("identifiers", vec![place.code.code.as_str()])
    });
    let locality = record.place.as_ref().map(|place| place.name.get(lang));
    let region = record.above.first().map(|name| name.get(lang));
    let address = Object::default().opt("locality", locality).opt("region", region);
    let location = Object::default()
        .put("id", "site")
        .opt("description", locality)
        .opt("geometry", point)
        .opt("gazetteer", gazetteer)
        .put("address", address);
    vec![location]
}

fn value(record: &ProjectRecord, amount: i64) -> Object {
    let money = record.money(amount);
    Object::default()
        .put("amount", Json::Number(decimal(money)))
        .put("currency", money.currency.code())
}

/// Total investment, and the plans as breakdowns by the length of their periods.
fn budget(record: &ProjectRecord) -> Object {
    let total = record.latest(Measure::TOTAL_INVESTMENT).map(|(_, total)| value(record, total));
    let mut kinds: Vec<_> = record.plans.iter().map(|(period, _)| period.kind()).collect();
    kinds.sort();
    kinds.dedup();
    let breakdowns = kinds.into_iter().map(|kind| {
        let of_kind = record.plans.iter().filter(|(period, _)| period.kind() == kind);
        let items: Vec<Object> = of_kind
            .map(|(of, amount)| {
                Object::default()
                    .put("id", of.to_string())
                    .put("amount", value(record, *amount))
                    .put("period", period(Some(of.first_day()), Some(of.last_day())))
            })
            .collect();
        let id = format!("plan-{kind:?}").to_lowercase();
        Object::default().put("id", id).put("budgetBreakdown", items)
    });
    Object::default().opt("amount", total).put("budgetBreakdowns", breakdowns.collect::<Vec<_>>())
}

/// Who the standard's public authority is: the unit responsible for the project.
fn authority_reference(record: &ProjectRecord, lang: Lang) -> Option<Object> {
    let unit = record.project.lead_unit.as_ref()?;
    Some(Object::default().put("name", unit.get(lang)).put("id", AUTHORITY))
}

const AUTHORITY: &str = "lead-unit";

/// The owner, whose money it is; and the unit responsible, with the post that sponsors.
fn parties(record: &ProjectRecord, lang: Lang) -> Vec<Object> {
    let row = &record.project;
    let owner = record.firm.as_ref().map(|party| owner(party, lang));
    let sponsor = row
        .sponsor
        .as_ref()
        .map(|post| vec![Object::default().put("id", "sponsor").put("jobTitle", post.get(lang))]);
    let is_led = row.lead_unit.is_some() || sponsor.is_some();
    let unit = is_led.then(|| {
        Object::default()
            .opt("name", row.lead_unit.as_ref().map(|unit| unit.get(lang)))
            .put("id", AUTHORITY)
            .put("roles", vec!["publicAuthority", "administrativeEntity"])
            .opt("people", sponsor)
    });
    owner.into_iter().chain(unit).collect()
}

fn owner(Party { firm, place }: &Party, lang: Lang) -> Object {
    let name = firm.name.get(lang);
    let of_register = |code: &String| Uscc::check(code).0.is_some();
    let registered = firm.code.as_ref().filter(|code| of_register(code));
    let id = match (&registered, &firm.code) {
        (Some(code), _) => format!("{}-{code}", scheme::USCC),
        (None, Some(code)) => code.clone(),
        (None, None) => name.to_owned(),
    };
    let identifier = firm.code.as_ref().map(|code| {
        Object::default()
            .opt("scheme", registered.map(|_| scheme::USCC))
            .put("id", code.as_str())
            .put("legalName", name)
    });
    let short = Some(firm.short.get(lang)).filter(|short| !short.is_empty());
    let key = firm.is_key.then_some("true");
    let of = [
        (scheme::INDUSTRY, firm.industry.as_deref()),
        (scheme::CHAIN, firm.chain.as_deref()),
        (scheme::SHORT, short),
        (scheme::KEY_FIRM, key),
    ];
    let of = of.into_iter().filter_map(|(scheme, id)| Some(classification(scheme, id?)));
    let locality = place.as_ref().map(|name| name.get(lang));
    Object::default()
        .put("name", name)
        .put("id", id)
        .opt("identifier", identifier)
        .put("address", Object::default().opt("locality", locality))
        .put("roles", vec!["buyer"])
        .put("classifications", of.collect::<Vec<_>>())
}

/// Stages reached, then the steps of works.
fn milestones(record: &ProjectRecord, lang: Lang) -> Vec<Object> {
    let stages = record.stages.iter().map(|(stage, on)| {
        Object::default()
            .put("id", format!("{}{}", codes::CLAIM, stage.code()))
            .put("title", stage.code())
            .put("type", "delivery")
            .opt("code", codes::milestone_code(stage.code()))
            .put("dateMet", moment(*on))
            .put("status", "met")
    });
    stages.chain(record.milestones.iter().map(|row| milestone(row, lang))).collect()
}

fn milestone(row: &Milestone, lang: Lang) -> Object {
    Object::default()
        .put("id", row.key.as_str())
        .put("title", row.name.get(lang))
        .put("type", "delivery")
        .opt("description", row.reason.as_deref())
        .opt("code", codes::milestone_code(&row.key))
        .opt("dueDate", row.planned.map(moment))
        .opt("dateMet", row.actual.map(moment))
        .put("status", if row.actual.is_some() { "met" } else { "scheduled" })
}

/// Days of milestones that the standard's milestone has no member for, and figures of what
/// is to come.
fn forecasts(record: &ProjectRecord) -> Vec<Object> {
    let days: Vec<Object> = record.milestones.iter().flat_map(milestone_days).collect();
    let days = (!days.is_empty())
        .then(|| Object::default().put("id", codes::MILESTONE_DAYS).put("observations", days));
    days.into_iter().chain(figures(record, true)).collect()
}

fn milestone_days(row: &Milestone) -> impl Iterator<Item = Object> {
    let roles = [
        ("planned_from", row.planned_from),
        ("actual_from", row.actual_from),
        ("expected", row.expected),
    ];
    roles.into_iter().filter_map(|(role, on)| {
        let dimensions = Object::default().put("milestone", row.key.as_str()).put("day", role);
        Some(
            Object::default()
                .put("id", format!("{}/{role}", row.key))
                .put("measure", on?.to_string())
                .put("dimensions", dimensions),
        )
    })
}

fn metrics(record: &ProjectRecord) -> Vec<Object> {
    let share = record.project.parent_share.map(|share| {
        let observation = Object::default()
            .put("id", "1")
            .put("measure", hundredths(share))
            .put("unit", percent());
        Object::default().put("id", codes::SHARE).put("observations", vec![observation])
    });
    share.into_iter().chain(figures(record, false)).collect()
}

/// One metric for each measure, one observation for each figure.
fn figures(record: &ProjectRecord, forecast: bool) -> impl Iterator<Item = Object> {
    let measures = Measure::all().filter(move |m| codes::is_forecast(*m) == forecast);
    measures.filter_map(move |measure| {
        let of = record.figures.iter().filter(|figure| figure.measure == measure);
        let observations: Vec<Object> = of.map(|figure| observation(record, figure)).collect();
        (!observations.is_empty()).then(|| {
            Object::default().put("id", codes::metric(measure)).put("observations", observations)
        })
    })
}

fn observation(record: &ProjectRecord, figure: &FigureRecord) -> Object {
    let FigureRecord { measure, period: of, basis, value: amount } = figure;
    let dimensions = Object::default().put("basis", basis.code());
    let seen = Object::default()
        .put("id", format!("{of}/{}", basis.code()))
        .put("period", period(Some(of.first_day()), Some(of.last_day())));
    let seen = match (amount, measure.spec().unit) {
        (Value::Int(number), Unit::Money) => seen.put("value", value(record, *number)),
        (Value::Int(number), Unit::PercentHundredths) => {
            seen.put("measure", hundredths(*number)).put("unit", percent())
        }
        (Value::Int(number), _) => seen.put("measure", number.to_string()),
        (Value::Date(on), _) => seen.put("measure", on.to_string()),
        (Value::Text(text), _) => seen.put("measure", text.as_str()),
    };
    seen.put("dimensions", dimensions)
}

fn percent() -> Object {
    Object::default().put("name", "percent").put("scheme", scheme::UNIT).put("id", codes::PERCENT)
}

fn completion(record: &ProjectRecord) -> Object {
    let Some(on) = record.reached(Stage::Completed) else { return Object::default() };
    let spent = record.latest(Measure::INVEST_SINCE_START);
    Object::default()
        .put("endDate", moment(on))
        .opt("finalValue", spent.map(|(_, amount)| value(record, amount)))
}

fn document(row: &Attachment) -> Object {
    Object::default()
        .put("id", row.sha256.as_str())
        .opt("documentType", codes::document_type(&row.kind))
        .put("title", row.file.as_str())
        .put("format", row.media_type.as_str())
}

fn related(publication: &Publication, record: &ProjectRecord) -> Vec<Object> {
    let one = |id: String, relationship: &str, to: &Related| {
        Object::default()
            .put("id", id)
            .put("scheme", "oc4ids")
            .put("identifier", identifier(publication, &to.code))
            .put("relationship", relationship)
            .put("title", to.name.get(publication.lang))
    };
    let parent = record.parent.iter().map(|to| one("parent".into(), "parent", to));
    let packages = record.packages.iter().enumerate();
    let packages = packages.map(|(index, to)| one(format!("package-{}", index + 1), "package", to));
    parent.chain(packages).collect()
}

/// A day as the standard has it: a moment, midnight by universal time.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

fn instant(at: jiff::Timestamp) -> String {
    at.round(jiff::Unit::Second).unwrap_or(at).to_string()
}

/// What of the records a package has no place for.
pub fn losses(publication: &Publication, records: &[ProjectRecord]) -> Vec<Problem> {
    let translated = |name: &Name| name.hant.is_some() || name.en.is_some();
    let names = |record: &ProjectRecord| {
        let row = &record.project;
        let own = [Some(&row.name), row.content.as_ref(), row.lead_unit.as_ref()];
        let own = own.into_iter().chain([row.sponsor.as_ref()]).flatten();
        let steps = record.milestones.iter().map(|row| &row.name);
        own.chain(steps).filter(|name| translated(name)).count()
    };
    let translations: usize = records.iter().map(names).sum();
    let files = records.iter().map(|record| record.documents.len()).sum();
    let lists = records.iter().map(|record| record.lists.len()).sum();
    let counted = [
        ("standard-lost-translations", translations),
        ("standard-lost-files", files),
        ("standard-lost-lists", lists),
        ("standard-lost-versions", records.len()),
    ];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    let lang = publication.lang.tag();
    let problem = |(key, count)| Problem::warning(key).arg("count", count).arg("lang", lang);
    counted.map(problem).collect()
}
