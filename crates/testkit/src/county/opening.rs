//! Setting up the ledger, and registering firms and projects as they come.

use jiff::Span;
use jiff::civil::Date;
use serde_json::json;
use tici_domain::change::{Enterprise, Project, Setting};
use tici_domain::{Change, Currency, Measure, Name, Period, SideState, Stage, Table, Value};

use super::dice::Dice;
use super::journal::moment;
use super::people::{self, ADMINISTRATOR, DISPATCHER};
use super::places::{self, COUNTY_ID};
use super::plot::{Plot, weekday};
use super::words::{hant, name3};
use super::world::{OPENED, WAN, World, month};
use crate::uscc;

/// Settings, places and accounts: the first entry of the journal.
pub(crate) fn open(world: &mut World, opened: Date, clock: Date) {
    let mut changes: Vec<Change> = places::places().into_iter().map(Change::Place).collect();
    changes.extend(people::actors().into_iter().map(Change::Actor));
    let lights = json!({
        "red_below_percent": 80, "amber_below_percent": 95,
        "red_over_days": 7, "amber_over_days": -5,
    });
    let settings = [
        ("ledger.name", places::COUNTY.0.to_owned()),
        ("ledger.name.hant", hant(places::COUNTY.0)),
        ("ledger.name.en", "Yanxi County".to_owned()),
        ("ledger.sample", "true".to_owned()),
        ("ledger.clock", clock.to_string()),
        ("ledger.time_zone", "Asia/Shanghai".to_owned()),
        ("ledger.currency", "CNY".to_owned()),
        ("return.due_day", "3".to_owned()),
        ("rule.stage_status", "claimed".to_owned()),
        ("rule.lights", lights.to_string()),
        ("chains", chains()),
        ("map.lines", places::lines()),
    ];
    changes.extend(settings.map(|(key, value)| setting(key, value)));
    world.journal.push(moment(opened, 8, 0), 0, "open_ledger", changes);
}

pub(crate) fn setting(key: &str, value: String) -> Change {
    Change::Setting(Setting { key: key.to_owned(), value })
}

/// The chains 2+2+4, and what belongs to none of them.
fn chains() -> String {
    let all = [
        ("new_materials", "leading", "新材料", "Materials"),
        ("equipment", "leading", "高端装备", "Equipment"),
        ("electronics", "emerging", "电子信息", "Electronics"),
        ("storage", "emerging", "新型储能", "Storage"),
        ("biopharma", "specialty", "生物医药", "Biopharma"),
        ("logistics", "specialty", "港航物流", "Logistics"),
        ("food", "specialty", "绿色食品", "Green food"),
        ("textiles", "specialty", "高端纺织", "Textiles"),
        ("park_utilities", "supporting", "园区配套", "Park utilities"),
    ];
    let entries = all.map(
        |(code, group, hans, en)| json!({ "code": code, "group": group, "name": name3(hans, en) }),
    );
    serde_json::Value::from(entries.to_vec()).to_string()
}

/// Name of a chain in three languages.
pub(crate) fn chain_name(code: &str) -> Name {
    let all: Vec<serde_json::Value> = serde_json::from_str(&chains()).unwrap_or_default();
    let found = all.iter().find(|chain| chain["code"] == code);
    found
        .and_then(|chain| serde_json::from_value(chain["name"].clone()).ok())
        .unwrap_or_else(|| Name::new(code))
}

/// Registers every firm and project: those of before the ledger together on its first day.
pub(crate) fn register(world: &mut World) {
    let mut first = Vec::new();
    // By day, so that a firm is registered with the first of its projects.
    let mut order: Vec<_> = (0..world.plots.len())
        .map(|index| (registered_on(world.seed, &world.plots[index]).max(OPENED), index))
        .collect();
    order.sort_unstable();
    for (_, index) in order {
        let day = registered_on(world.seed, &world.plots[index]);
        let changes = registration(world, index, day);
        if day < OPENED {
            first.extend(changes);
        } else {
            world.journal.push(moment(day, 10, 15), DISPATCHER, "register_project", changes);
        }
    }
    world.journal.push(moment(OPENED, 9, 0), ADMINISTRATOR, "import_register", first);
}

/// A project is registered as a lead some weeks before it is signed.
pub(crate) fn registered_on(seed: u64, plot: &Plot) -> Date {
    let mut dice = Dice::new(seed, &format!("registered {}", plot.code));
    let signed = plot.on(Stage::Signed).unwrap_or(OPENED);
    let day = weekday(signed - Span::new().days(dice.between(24, 40)));
    // What enters in June was in negotiation by May, when its total became known.
    day.min(jiff::civil::date(2026, 5, 29))
}

fn registration(world: &mut World, index: usize, day: Date) -> Vec<Change> {
    let mut changes = Vec::new();
    let plot = world.plots[index].clone();
    let firm = plot.firm.text.clone();
    if !world.enterprises.contains_key(&firm) {
        let id = world.journal.id(Table::Enterprise);
        world.enterprises.insert(firm.clone(), id);
        changes.push(Change::Enterprise(enterprise(id, &plot)));
    }
    let project = project(world, index);
    changes.push(Change::Project(project));
    let known = day.max(OPENED - Span::new().days(1));
    let period = Period::month_of(known);
    let total = Value::Int(plot.total * WAN);
    let figure = world.figure(index, Measure::TOTAL_INVESTMENT, period, total);
    changes.push(Change::Figure(figure));
    let before = world.flows[index].before;
    if before > 0 {
        let value = Value::Int(before * WAN);
        let figure = world.figure(index, Measure::INVEST_SINCE_START, month(2024, 6), value);
        changes.push(Change::Figure(figure));
    }
    changes
}

/// Numbers of the base county's firms in their codes, beyond those of any copy.
const FIRST_FIRM: u32 = 900_000;

pub(crate) fn enterprise(id: i64, plot: &Plot) -> Enterprise {
    let company = name3(
        &format!("砚溪{}有限公司", plot.firm.text.trim_end_matches("公司")),
        &format!("Yanxi {} Co., Ltd.", plot.firm.en.as_deref().unwrap_or("")),
    );
    Enterprise {
        id,
        code: Some(uscc::fictional(FIRST_FIRM + id as u32)),
        name: company,
        short: plot.firm.clone(),
        place: Some(COUNTY_ID + plot.town as i64),
        chain: plot.chain.filter(|chain| *chain != "park_utilities").map(str::to_owned),
        industry: industry(plot.chain).map(str::to_owned),
        is_key: plot.total >= 50_000,
    }
}

/// A GB/T 4754-2017 class that firms of a chain usually have.
fn industry(chain: Option<&str>) -> Option<&'static str> {
    Some(match chain? {
        "new_materials" => "C2651",
        "equipment" => "C3484",
        "electronics" => "C3982",
        "storage" => "C3841",
        "biopharma" => "C2761",
        "logistics" => "G5990",
        "food" => "C1499",
        "textiles" => "C1751",
        _ => return None,
    })
}

/// The register row of a plot.
pub(crate) fn project(world: &World, index: usize) -> Project {
    let plot = &world.plots[index];
    let mut dice = Dice::new(world.seed, &format!("project {}", plot.code));
    let centre = places::centre(plot.town);
    let near = (centre.0 + dice.between(-18, 18), centre.1 + dice.between(-18, 18));
    let at = if plot.at == (0, 0) { near } else { plot.at };
    let sector = plot.chain.map_or_else(|| "其他".to_owned(), |chain| chain_name(chain).text);
    let works = dice.between(16, 26);
    let start = plot.on(Stage::Started).or(plot.expected);
    let from = start.unwrap_or(world.today + Span::new().days(dice.between(60, 200)));
    let (from, to) = match index {
        0 => (jiff::civil::date(2025, 9, 1), jiff::civil::date(2027, 3, 31)),
        _ => (from, from + Span::new().months(works)),
    };
    let unit = if plot.chain == Some("logistics") { "县交通局" } else { "县工信局" };
    let unit_en = if plot.chain == Some("logistics") { "Transport" } else { "Industry" };
    Project {
        id: world.projects[index],
        code: plot.code.clone(),
        national_code: plot.on(Stage::Landed).map(|on| {
            format!(
                "{:02}{:02}-999021-04-01-{:06}",
                on.year() % 100,
                on.month(),
                dice.between(100_000, 999_999)
            )
        }),
        name: plot.name.clone(),
        parent: None,
        parent_share: None,
        enterprise: world.enterprises.get(&plot.firm.text).copied(),
        place: Some(COUNTY_ID + plot.town as i64),
        currency: Currency::CNY,
        chain: plot.chain.map(str::to_owned),
        industry: industry(plot.chain).map(str::to_owned),
        sector: Some(sector),
        nature: Some(if plot.name.text.contains('扩') { 2 } else { 1 }),
        content: Some(content(plot)),
        build_from: Some(from),
        build_to: Some(to),
        lead_unit: Some(name3(unit, unit_en)),
        sponsor: Some(name3("县级领导岗", "County leader")),
        state: SideState::Active,
        location: Some(places::locate(at)),
        aliases: Vec::new(),
    }
}

fn content(plot: &Plot) -> Name {
    let area = plot.total / 60 * 10;
    name3(
        &format!("新建厂房及配套约{area}平方米，建设{}（示例）", plot.name.text),
        &format!(
            "About {area} m² of plant and services for: {} (sample)",
            plot.name.en.as_deref().unwrap_or("")
        ),
    )
}
