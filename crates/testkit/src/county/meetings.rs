//! What stands in the way of the latest starts, as tasks; a meeting in May whose decisions
//! were kept or broken; and the meeting of the county's day, three of its ten spoken of.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use tici_domain::{AgendaItem, Change, Meeting, Name, Table, Task, TaskKind, TaskState};

use super::journal::moment;
use super::people::DISPATCHER;
use super::words::name3;
use super::world::World;

/// A unit, in simplified characters and English.
type Unit = (&'static str, &'static str);

const LAND: Unit = ("县自然资源局", "Natural Resources");
const REFORM: Unit = ("县发改委", "Development and Reform");
const POWER: Unit = ("县供电公司", "Power Company");
const HOUSING: Unit = ("县住建局", "Housing and Construction");
const SAFETY: Unit = ("县应急管理局", "Emergency Management");
const ECOLOGY: Unit = ("县生态环境局", "Ecology");
const TRANSPORT: Unit = ("县交通局", "Transport");
const INDUSTRY: Unit = ("县工信局", "Industry");
const FINANCE: Unit = ("县财政局", "Finance");
const WATER: Unit = ("县水利局", "Water");

/// How a blocker stands on the county's day.
enum Now {
    /// Open; what was said of it last, and when.
    Said(&'static str, (i8, i8)),
    /// Done on that day.
    Done((i8, i8)),
}

/// Something that stands in a project's way: code, title, unit, opened, promised; days are
/// month and day of 2026.
struct Blocker {
    code: &'static str,
    title: Unit,
    owner: Unit,
    opened: (i8, i8),
    due: (i8, i8),
    now: Now,
}

const fn blocker(
    code: &'static str,
    title: Unit,
    owner: Unit,
    (opened, due): ((i8, i8), (i8, i8)),
    now: Now,
) -> Blocker {
    Blocker { code, title, owner, opened, due, now }
}

use Now::{Done, Said};

/// The blockers of the projects whose start is expected too late.
const BLOCKERS: [Blocker; 17] = [
    blocker(
        "YX26-024",
        ("安评批复", "Safety review"),
        SAFETY,
        ((4, 2), (6, 5)),
        Said("专家意见待改", (6, 15)),
    ),
    blocker(
        "YX26-024",
        ("用地批复，62 亩", "Land approval, 62 mu"),
        LAND,
        ((4, 2), (7, 10)),
        Said("补充材料一次收齐", (6, 12)),
    ),
    blocker(
        "YX26-007",
        ("能耗指标，3.4 万吨", "Energy quota, 34 kt"),
        REFORM,
        ((3, 20), (6, 15)),
        Said("已报市里平衡", (6, 16)),
    ),
    blocker(
        "YX26-036",
        ("土地挂牌，48 亩", "Land listing, 48 mu"),
        LAND,
        ((4, 10), (6, 12)),
        Said("公告期未满", (6, 17)),
    ),
    blocker(
        "YX26-016",
        ("用地批复，186 亩", "Land approval, 186 mu"),
        LAND,
        ((3, 26), (6, 10)),
        Said("在市级会签", (6, 16)),
    ),
    blocker(
        "YX26-016",
        ("能评批复，1.2 万吨", "Energy review, 12 kt"),
        REFORM,
        ((4, 8), (6, 20)),
        Said("意见待改", (6, 17)),
    ),
    blocker("YX26-016", ("临时用电", "Temporary power"), POWER, ((5, 12), (6, 5)), Done((6, 3))),
    blocker(
        "YX26-019",
        ("岸线许可", "Shoreline permit"),
        TRANSPORT,
        ((3, 16), (6, 15)),
        Said("退回补正", (6, 17)),
    ),
    blocker("YX26-019", ("进场道路", "Access road"), TRANSPORT, ((4, 20), (5, 31)), Done((5, 29))),
    blocker(
        "YX26-047",
        ("采矿证变更", "Mining licence change"),
        LAND,
        ((3, 30), (6, 16)),
        Said("报件在省厅", (6, 16)),
    ),
    blocker(
        "YX26-059",
        ("设备款，600 万元", "Equipment payment, CNY 6m"),
        FINANCE,
        ((5, 6), (6, 25)),
        Said("银企对接一次", (6, 11)),
    ),
    blocker(
        "YX26-039",
        ("双回路供电", "Dual power feed"),
        POWER,
        ((4, 15), (6, 17)),
        Said("线路走向待定", (6, 17)),
    ),
    blocker(
        "YX26-005",
        ("环评公示", "Environmental notice"),
        ECOLOGY,
        ((5, 18), (6, 22)),
        Said("公示第 6 天", (6, 17)),
    ),
    blocker("YX26-005", ("供水接入", "Water connection"), WATER, ((4, 27), (5, 25)), Done((5, 25))),
    blocker(
        "YX26-054",
        ("施工图审查", "Drawing review"),
        HOUSING,
        ((5, 20), (6, 24)),
        Said("一审意见已回", (6, 15)),
    ),
    blocker(
        "YX26-060",
        ("排污总量", "Discharge quota"),
        ECOLOGY,
        ((5, 11), (6, 26)),
        Said("市内调剂", (6, 10)),
    ),
    blocker(
        "YX26-062",
        ("设施农用地备案", "Farm-land filing"),
        LAND,
        ((5, 25), (6, 28)),
        Said("村组已公示", (6, 12)),
    ),
];

/// What the development zone's firm asked for while it builds.
const REQUESTS: [Blocker; 3] = [
    blocker(
        "YX26-001",
        ("进园道路夜间照明", "Street lights on the park road"),
        HOUSING,
        ((4, 20), (5, 10)),
        Done((5, 8)),
    ),
    blocker(
        "YX26-001",
        ("能耗指标缺 3.4 万吨标煤", "Energy quota short of 34 kt"),
        REFORM,
        ((5, 14), (6, 12)),
        Said("可从第二批指标解决 2.0 万吨，余 1.4 万吨需市级平衡", (6, 10)),
    ),
    blocker(
        "YX26-001",
        ("220 千伏专线路径压占农田", "220 kV line crosses farmland"),
        LAND,
        ((6, 5), (6, 27)),
        Said("两条路径在比选", (6, 16)),
    ),
];

/// A decision: project, title, unit, promised, and the day it was done.
struct Decision {
    code: &'static str,
    title: Unit,
    owner: Unit,
    due: (i8, i8),
    done: Option<(i8, i8)>,
}

const fn decision(
    code: &'static str,
    title: Unit,
    owner: Unit,
    due: (i8, i8),
    done: Option<(i8, i8)>,
) -> Decision {
    Decision { code, title, owner, due, done }
}

/// Decided on 21 May: five kept, two broken, two still open and late.
const MAY: [Decision; 9] = [
    decision(
        "YX26-024",
        ("安评专家组一次到位", "Expert panel on site"),
        SAFETY,
        (5, 29),
        Some((5, 28)),
    ),
    decision("YX26-024", ("用地组卷报市", "Land file to the city"), LAND, (6, 5), Some((6, 12))),
    decision(
        "YX26-007",
        ("能耗指标报市", "Quota request to the city"),
        REFORM,
        (5, 29),
        Some((5, 29)),
    ),
    decision("YX26-007", ("能耗替代方案", "Energy substitution plan"), INDUSTRY, (6, 12), None),
    decision("YX26-036", ("挂牌方案过会", "Listing plan approved"), LAND, (5, 29), Some((6, 8))),
    decision(
        "YX26-019",
        ("岸线许可专人跟办", "One person on the permit"),
        TRANSPORT,
        (6, 10),
        None,
    ),
    decision(
        "YX26-019",
        ("进场道路先通后硬化", "Road open before paving"),
        TRANSPORT,
        (5, 31),
        Some((5, 29)),
    ),
    decision(
        "YX26-005",
        ("供水接入到红线", "Water to the boundary"),
        WATER,
        (5, 25),
        Some((5, 25)),
    ),
    decision(
        "YX26-034",
        ("施工许可当日办结", "Permit within the day"),
        HOUSING,
        (6, 15),
        Some((6, 12)),
    ),
];

/// Decided this morning on the first three of the ten.
const JUNE: [Decision; 4] = [
    decision(
        "YX26-024",
        ("安评意见三日内改毕", "Review comments settled in 3 days"),
        SAFETY,
        (6, 22),
        None,
    ),
    decision(
        "YX26-024",
        ("用地、安评同步报审", "Land and safety in parallel"),
        LAND,
        (6, 26),
        None,
    ),
    decision(
        "YX26-007",
        ("能耗替代方案报市", "Substitution plan to the city"),
        REFORM,
        (6, 24),
        None,
    ),
    decision(
        "YX26-036",
        ("公告期满次日挂牌", "List the day after the notice"),
        LAND,
        (6, 25),
        None,
    ),
];

/// The ten of 18 June, by days late.
const QUEUE: [&str; 10] = [
    "YX26-024", "YX26-007", "YX26-036", "YX26-016", "YX26-019", "YX26-047", "YX26-059", "YX26-039",
    "YX26-005", "YX26-054",
];

fn day((month, day): (i8, i8)) -> Date {
    date(2026, month, day)
}

fn name((hans, en): Unit) -> Name {
    name3(hans, en)
}

pub(crate) fn meetings(world: &mut World) {
    for blocker in &BLOCKERS {
        block(world, TaskKind::Blocker, blocker);
    }
    for request in &REQUESTS {
        block(world, TaskKind::Request, request);
    }
    may(world);
    june(world);
}

fn block(world: &mut World, kind: TaskKind, blocker: &Blocker) {
    let opened = task(
        world,
        blocker.code,
        (kind, None),
        (blocker.title, blocker.owner),
        (day(blocker.opened), day(blocker.due)),
    );
    let at = moment(day(blocker.opened), 10, 20);
    world.journal.push(at, DISPATCHER, "open_task", vec![Change::Task(opened.clone())]);
    let (at, row) = match blocker.now {
        Said(note, on) => {
            (moment(day(on), 16, 5), Task { note: Some(note.to_owned()), ..opened.clone() })
        }
        Done(on) => (moment(day(on), 16, 5), closed(&opened, day(on))),
    };
    replace(world, at, &opened, row);
}

/// Kept when done by the promised day.
fn closed(task: &Task, on: Date) -> Task {
    let is_late = task.due.is_some_and(|due| on > due);
    let state = if is_late { TaskState::Broken } else { TaskState::Kept };
    Task { state, closed_on: Some(on), ..task.clone() }
}

fn replace(world: &mut World, at: Timestamp, old: &Task, row: Task) {
    let id = world.journal.id(Table::Task);
    let row = Task { id, replaces: Some(old.id), ..row };
    world.journal.push(at, DISPATCHER, "update_task", vec![Change::Task(row)]);
}

fn task(
    world: &mut World,
    code: &str,
    (kind, meeting): (TaskKind, Option<i64>),
    (title, owner): (Unit, Unit),
    (opened, due): (Date, Date),
) -> Task {
    let id = world.journal.id(Table::Task);
    let project = world.projects[world.index(code)];
    Task {
        id,
        series: id,
        kind,
        project: Some(project),
        meeting,
        commitment: None,
        claim: None,
        title: name(title),
        owner: Some(name(owner)),
        opened,
        due: Some(due),
        due_original: Some(due),
        state: TaskState::Open,
        closed_on: None,
        note: None,
        finding: None,
        evidence: Vec::new(),
        replaces: None,
    }
}

/// 21 May: a meeting held to its end.
fn may(world: &mut World) {
    let on = date(2026, 5, 21);
    let codes = ["YX26-024", "YX26-007", "YX26-036", "YX26-019", "YX26-005", "YX26-034"];
    let title = name3("上半年开工倒排", "Counting down to the June starts");
    let mut row = prepare(world, on, title, &codes);
    for (index, code) in codes.iter().enumerate() {
        let at = moment(on, 9, 10 + index as i8 * 6);
        decide(world, at, &mut row, (index, code, &MAY));
    }
    let id = world.journal.id(Table::Meeting);
    let minutes = "逐项过堂，责任到单位，下次会前先核对承诺。".to_owned();
    let closed =
        Meeting { id, closed: true, minutes: Some(minutes), replaces: Some(row.id), ..row.clone() };
    world.journal.push(
        moment(on, 10, 40),
        DISPATCHER,
        "close_meeting",
        vec![Change::Meeting(closed)],
    );
}

/// 18 June: the meeting that is being held.
fn june(world: &mut World) {
    let on = date(2026, 6, 18);
    let title = name3(
        "6月30日前开工，最可能误期的 10 个",
        "To start by 30 June: the ten likeliest to miss",
    );
    let mut row = prepare(world, on, title, &QUEUE);
    for (index, code) in QUEUE.iter().enumerate().take(3) {
        let at = moment(on, 8, 5 + index as i8 * 6);
        decide(world, at, &mut row, (index, code, &JUNE));
    }
}

/// The agenda, written the afternoon before.
fn prepare(world: &mut World, on: Date, title: Name, codes: &[&str]) -> Meeting {
    let id = world.journal.id(Table::Meeting);
    let item = |code: &&str| AgendaItem {
        project: world.projects[world.index(code)],
        why: "red_light".to_owned(),
        done: false,
    };
    let row = Meeting {
        id,
        series: id,
        title,
        on,
        chair: Some(name3("县重点办主任岗", "Head of the Projects Office")),
        agenda: codes.iter().map(item).collect(),
        closed: false,
        minutes: None,
        replaces: None,
    };
    let at = moment(on.yesterday().unwrap_or(on), 16, 40);
    world.journal.push(at, DISPATCHER, "prepare_meeting", vec![Change::Meeting(row.clone())]);
    row
}

/// One item spoken of: its decisions and the meeting's row in one entry; later, what was
/// done by its day or after it.
fn decide(
    world: &mut World,
    at: Timestamp,
    row: &mut Meeting,
    (index, code, decisions): (usize, &str, &[Decision]),
) {
    let mut next = Meeting { id: world.journal.id(Table::Meeting), ..row.clone() };
    next.replaces = Some(row.id);
    next.agenda[index].done = true;
    *row = next;
    let mut changes = vec![Change::Meeting(row.clone())];
    let mut done = Vec::new();
    for decision in decisions.iter().filter(|decision| decision.code == code) {
        let of = (TaskKind::Decision, Some(row.series));
        let words = (decision.title, decision.owner);
        let opened = task(world, code, of, words, (row.on, day(decision.due)));
        changes.push(Change::Task(opened.clone()));
        done.extend(decision.done.map(|on| (opened, day(on))));
    }
    world.journal.push(at, DISPATCHER, "decide", changes);
    for (opened, on) in done {
        let row = closed(&opened, on);
        replace(world, moment(on, 17, 15), &opened, row);
    }
}
