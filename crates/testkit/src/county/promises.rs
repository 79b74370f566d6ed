//! What the county promised of its listed projects, and the spring's ceremony with its sums.

use jiff::civil::{Date, date};
use tici_domain::{Change, Commitment, Event, EventItem, EventKind, ListTier, Name, Stage, Table};

use super::journal::moment;
use super::nodes::START_DEADLINE;
use super::people::DISPATCHER;
use super::words::name3;
use super::world::{WAN, World};

/// The day after the list's second version: its projects are the cohort.
const PROMISED: Date = date(2026, 4, 11);

/// Promises of the year.
pub(crate) fn promises(world: &mut World) {
    all_started(world);
    province_started(world);
}

/// Every listed project started by 30 June.
fn all_started(world: &mut World) {
    let name = name3("列省列市项目6月30日前全部开工", "All listed projects started by 30 June");
    let cohort = vec![("listed".to_owned(), String::new())];
    let row = promise(world, name, |_| true, cohort);
    let at = moment(PROMISED, 9, 30);
    world.journal.push(at, DISPATCHER, "make_promise", vec![Change::Commitment(row)]);
}

/// The province's four, promised for the end of May and moved once.
fn province_started(world: &mut World) {
    let name = name3("列省项目全部开工", "All projects of the province's list started");
    let cohort = vec![("tier".to_owned(), ListTier::Province.code().to_owned())];
    let first = date(2026, 5, 31);
    let row = promise(world, name, |tier| tier == ListTier::Province, cohort);
    let row = Commitment { due_original: first, due: first, ..row };
    let moved = Commitment {
        id: world.journal.id(Table::Commitment),
        due: START_DEADLINE,
        reason: Some("用地批复须市级会签，县重大项目领导小组办公室同意顺延".to_owned()),
        replaces: Some(row.id),
        ..row.clone()
    };
    let at = moment(PROMISED, 9, 40);
    world.journal.push(at, DISPATCHER, "make_promise", vec![Change::Commitment(row)]);
    let at = moment(date(2026, 5, 27), 17, 10);
    world.journal.push(at, DISPATCHER, "revise_promise", vec![Change::Commitment(moved)]);
}

fn promise(
    world: &mut World,
    name: Name,
    is_in: impl Fn(ListTier) -> bool,
    cohort: Vec<(String, String)>,
) -> Commitment {
    let plots = world.plots.iter().zip(&world.projects);
    let listed = plots.filter(|(plot, _)| plot.tier.is_some_and(&is_in));
    let projects = listed.map(|(_, id)| *id).collect();
    let id = world.journal.id(Table::Commitment);
    Commitment {
        id,
        series: id,
        name,
        stage: Some(Stage::Started),
        milestone: None,
        projects,
        cohort,
        frozen: PROMISED,
        due_original: START_DEADLINE,
        due: START_DEADLINE,
        owner: Some(name3("县重大项目领导小组办公室", "County office of major projects")),
        place: None,
        withdrawn: false,
        reason: None,
        replaces: None,
    }
}

/// The spring's collective start, with the amounts as announced.
pub(crate) fn spring(world: &mut World, name: Name, on: Date, codes: &[String]) {
    let item = |code: &String| {
        let plot = world.index(code);
        let row = &world.plots[plot];
        EventItem {
            project: world.projects[plot],
            total: Some(row.total * WAN),
            plan_year: Some(row.plan * WAN),
            sector: row.chain.map(str::to_owned),
        }
    };
    let items = codes.iter().map(item).collect();
    let id = world.journal.id(Table::Event);
    let event = Event {
        id,
        series: id,
        kind: EventKind::Start,
        name,
        on,
        site: Some(name3("经开区标准厂房四期工地", "Site of the fourth phase, development zone")),
        place: None,
        items,
        withdrawn: false,
        reason: None,
        replaces: None,
    };
    world.journal.push(moment(on, 12, 5), DISPATCHER, "put_event", vec![Change::Event(event)]);
}
