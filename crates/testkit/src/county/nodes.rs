//! Milestones: the seven stages and the next node of works, planned, expected, reached.

use jiff::Span;
use jiff::civil::{Date, date};
use tici_domain::change::Milestone;
use tici_domain::{Change, Name, Stage, Table};

use super::dice::Dice;
use super::journal::moment;
use super::opening::registered_on;
use super::people::{DISPATCHER, reporter};
use super::plot::{Plot, weekday};
use super::words::name3;
use super::world::{OPENED, World};

/// Day by which the listed projects of 2026 must have started.
pub(crate) const START_DEADLINE: Date = date(2026, 6, 30);

/// Writes the milestones of every project as first planned, and the later news of those
/// that have not started.
pub(crate) fn plan(world: &mut World) {
    for plot in 0..world.plots.len() {
        let day = registered_on(world.seed, &world.plots[plot]).max(OPENED);
        let mut changes = Vec::new();
        for (key, name, planned) in planned(world, plot) {
            let row = blank(world, plot, &key, name, planned);
            changes.push(Change::Milestone(row.clone()));
            world.milestones.insert((plot, key), row);
        }
        world.journal.push(moment(day, 10, 20), DISPATCHER, "plan_milestones", changes);
    }
    first_news(world);
}

fn blank(
    world: &mut World,
    plot: usize,
    key: &str,
    name: Name,
    planned: Option<Date>,
) -> Milestone {
    Milestone {
        id: world.journal.id(Table::Milestone),
        project: world.projects[plot],
        key: key.to_owned(),
        name,
        planned_from: None,
        planned,
        actual_from: None,
        actual: None,
        expected: None,
        reason: None,
        replaces: None,
    }
}

/// Name of a stage as a milestone.
fn stage_name(stage: Stage) -> Name {
    match stage {
        Stage::Signed => name3("签约", "Signed"),
        Stage::Landed => name3("落地", "Landed"),
        Stage::Started => name3("开工", "Start"),
        Stage::InProgress => name3("在建", "Building"),
        Stage::Completed => name3("竣工", "Completion"),
        Stage::InProduction => name3("投产", "Production"),
        _ => name3("达效", "At capacity"),
    }
}

pub(crate) fn works_name(key: &str) -> Name {
    match key {
        "main_roof" => name3("主体封顶", "Topping out"),
        "utilities" => name3("公用工程", "Utilities"),
        "trial" => name3("试生产", "Trial run"),
        "land_approval" => name3("用地批复", "Land approval"),
        "environment_approval" => name3("环评批复", "Environmental approval"),
        "permit" => name3("施工许可", "Construction permit"),
        "piling" => name3("桩基施工", "Piling"),
        _ => name3("设备安装", "Equipment in"),
    }
}

/// Key, name and planned day of the milestones of one project.
fn planned(world: &World, index: usize) -> Vec<(String, Name, Option<Date>)> {
    let plot = &world.plots[index];
    if plot.code == "YX26-001" {
        return first_planned();
    }
    let mut dice = Dice::new(world.seed, &format!("nodes {}", plot.code));
    let mut out = Vec::new();
    let mut last = world.today;
    let next = works(plot, &mut dice);
    for stage in Stage::STAIRS {
        let planned = match plot.on(stage) {
            Some(on) => Some(weekday(on - Span::new().days(dice.between(-6, 20)))),
            None => ahead(plot, stage, &mut last, &mut dice, next),
        };
        if stage == Stage::Completed
            && let Some((key, on)) = next.filter(|(key, _)| Stage::parse(key).is_none())
        {
            out.push((key.to_owned(), works_name(key), Some(on)));
        }
        out.push((stage.code().to_owned(), stage_name(stage), planned));
    }
    out
}

/// Planned day of a stage not reached yet.
fn ahead(
    plot: &Plot,
    stage: Stage,
    last: &mut Date,
    dice: &mut Dice,
    next: Option<(&'static str, Date)>,
) -> Option<Date> {
    let listed_start = plot.tier.is_some() && stage == Stage::Started;
    let named = next.filter(|(key, _)| *key == stage.code()).map(|(_, on)| on);
    let day = match stage {
        _ if listed_start => START_DEADLINE,
        // A stage on the way to a later deadline has no day of its own.
        Stage::Landed if plot.tier.is_some() => return None,
        Stage::InProgress => return None,
        Stage::Landed => *last + Span::new().days(dice.between(20, 90)),
        Stage::Started => *last + Span::new().days(dice.between(45, 150)),
        Stage::Completed => *last + Span::new().days(dice.between(300, 520)),
        Stage::InProduction => *last + Span::new().days(dice.between(40, 100)),
        _ => *last + Span::new().days(dice.between(180, 380)),
    };
    let day = weekday(named.unwrap_or(day));
    let day = if listed_start { START_DEADLINE } else { named.unwrap_or(day) };
    *last = day;
    Some(day)
}

/// The next node: the one the tables name, or one that is usual at the stage.
fn works(plot: &Plot, dice: &mut Dice) -> Option<(&'static str, Date)> {
    let usual = |key, from, days| Some((key, weekday(from + Span::new().days(days))));
    match plot.stage {
        _ if plot.next.is_some() => plot.next,
        Stage::Started => usual("main_roof", date(2026, 8, 10), dice.between(0, 90)),
        Stage::InProgress => usual("equipment", date(2026, 7, 20), dice.between(0, 130)),
        Stage::Completed => usual("in_production", date(2026, 7, 10), dice.between(0, 60)),
        Stage::InProduction => usual("at_capacity", date(2026, 9, 1), dice.between(0, 200)),
        _ => None,
    }
}

/// The change that marks a stage's milestone as reached.
pub(crate) fn reached(world: &mut World, plot: usize, stage: Stage, on: Date) -> Option<Change> {
    let key = (plot, stage.code().to_owned());
    let old = world.milestones.get(&key)?.clone();
    let id = world.journal.id(Table::Milestone);
    let row = Milestone { id, actual: Some(on), replaces: Some(old.id), ..old };
    world.milestones.insert(key, row.clone());
    Some(Change::Milestone(row))
}

/// What the people of the 21 listed projects that have not started say now.
pub(crate) fn expect(world: &mut World) {
    for plot in 0..world.plots.len() {
        let Some(expected) = world.plots[plot].expected else { continue };
        let mut dice = Dice::new(world.seed, &format!("expect {}", world.plots[plot].code));
        let reason = world.plots[plot].blocker.as_ref().map(|blocker| blocker.text.clone());
        let earlier = expected - Span::new().days(dice.between(6, 18));
        let days = [date(2026, 4, 27), date(2026, 6, 12)];
        for (day, expected) in days.into_iter().zip([earlier, expected]) {
            let key = (plot, Stage::Started.code().to_owned());
            let Some(old) = world.milestones.get(&key).cloned() else { continue };
            let id = world.journal.id(Table::Milestone);
            let expected = Some(expected);
            let row =
                Milestone { id, expected, reason: reason.clone(), replaces: Some(old.id), ..old };
            world.milestones.insert(key, row.clone());
            let day = day + Span::new().days(dice.between(0, 3));
            let actor = reporter(world.plots[plot].town);
            let mut at = moment(day, 14, dice.between(0, 59) as i8);
            // Yesterday's news: the shoreline permit came back.
            if world.plots[plot].code == "YX26-019" && day > date(2026, 6, 1) {
                at = moment(date(2026, 6, 17), 17, 30);
            }
            world.journal.push(at, actor, "update_milestone", vec![Change::Milestone(row)]);
        }
    }
}

/// The eight nodes of YX26-001 as its page has them: key, planned from and to, actual from
/// and to, expected.
const FIRST: [(&str, [Option<&str>; 5]); 8] = [
    (
        "land_approval",
        [Some("2025-03-01"), Some("2025-05-20"), Some("2025-03-01"), Some("2025-05-11"), None],
    ),
    (
        "environment_approval",
        [Some("2025-04-10"), Some("2025-06-30"), Some("2025-04-15"), Some("2025-07-12"), None],
    ),
    (
        "permit",
        [Some("2025-07-01"), Some("2025-08-22"), Some("2025-07-14"), Some("2025-09-09"), None],
    ),
    (
        "piling",
        [Some("2025-09-01"), Some("2025-12-15"), Some("2025-09-20"), Some("2026-01-17"), None],
    ),
    (
        "main_roof",
        [Some("2025-12-20"), Some("2026-07-15"), Some("2026-01-20"), None, Some("2026-07-20")],
    ),
    (
        "utilities",
        [Some("2026-04-20"), Some("2026-10-31"), Some("2026-05-12"), None, Some("2026-11-15")],
    ),
    ("equipment", [Some("2026-08-01"), Some("2026-12-31"), None, None, Some("2027-03-02")]),
    ("trial", [Some("2027-03-01"), Some("2027-05-31"), None, None, Some("2027-06-30")]),
];

/// Stages of YX26-001, planned.
const FIRST_STAGES: [(&str, &str); 6] = [
    ("signed", "2025-01-16"),
    ("landed", "2025-04-30"),
    ("started", "2025-08-31"),
    ("completed", "2027-03-31"),
    ("in_production", "2027-06-30"),
    ("at_capacity", "2028-06-30"),
];

/// The first plan of YX26-001: its works before its completion.
fn first_planned() -> Vec<(String, Name, Option<Date>)> {
    let stage = |(code, planned): (&str, &str)| {
        let stage = Stage::parse(code).unwrap_or(Stage::Signed);
        (code.to_owned(), stage_name(stage), planned.parse().ok())
    };
    let node = |(key, days): (&str, [Option<&str>; 5])| {
        (key.to_owned(), first_name(key), days[1].and_then(|day| day.parse().ok()))
    };
    let (before, after) = FIRST_STAGES.split_at(3);
    let before = before.iter().copied().map(stage);
    let after = after.iter().copied().map(stage);
    before.chain(FIRST.iter().copied().map(node)).chain(after).collect()
}

fn first_name(key: &str) -> Name {
    match key {
        "main_roof" => name3("主厂房封顶", "Main plant topped out"),
        _ => works_name(key),
    }
}

/// Where the works of YX26-001 stand, as its town reported with the return of May.
fn first_news(world: &mut World) {
    let plot = world.index("YX26-001");
    let day = |text: &str| text.parse::<Date>().ok();
    let mut news = Vec::new();
    for (key, [from, _, actual_from, actual, expected]) in FIRST {
        news.extend(revise(world, plot, key, |row| {
            row.planned_from = from.and_then(day);
            row.actual_from = actual_from.and_then(day);
            row.actual = actual.and_then(day);
            row.expected = expected.and_then(day);
        }));
    }
    let at = moment(date(2026, 6, 5), 17, 0);
    world.journal.push(at, reporter(1), "update_milestone", news);
}

/// Replaces the current row of a milestone by one that `change` has changed.
fn revise(
    world: &mut World,
    plot: usize,
    key: &str,
    change: impl FnOnce(&mut Milestone),
) -> Option<Change> {
    let key = (plot, key.to_owned());
    let old = world.milestones.get(&key)?.clone();
    let id = world.journal.id(Table::Milestone);
    let mut row = Milestone { id, replaces: Some(old.id), ..old };
    change(&mut row);
    world.milestones.insert(key, row.clone());
    Some(Change::Milestone(row))
}
