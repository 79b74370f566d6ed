//! The lists of 2025 and 2026, and the plans of the year: the list's workbook gives every
//! listed project its annual and monthly plans.

use jiff::civil::{Date, date};
use rust_xlsxwriter::{Format, XlsxError};
use serde_json::json;
use tici_domain::change::{ListMembership, Plan};
use tici_domain::{Change, ListTier, Period, Stage, Table};

use super::book::undated_workbook;
use super::journal::{blob, moment, source};
use super::nodes::START_DEADLINE;
use super::opening::{registered_on, setting};
use super::others;
use super::people::DISPATCHER;
use super::promises;
use super::world::{WAN, World, month};

/// Body that approves lists and plans.
const APPROVER: &str = "县重大项目领导小组办公室";
const PLAN_SHEET: &str = "投资计划";

/// Lists, plans, the deadline and the spring's collective start.
pub(crate) fn publish(world: &mut World) {
    list_2025(world);
    list_2026(world);
    revised(world);
    spring(world);
}

fn membership(world: &mut World, plot: usize, tier: ListTier, from: Date) -> ListMembership {
    ListMembership {
        id: world.journal.id(Table::ListMembership),
        project: world.projects[plot],
        tier,
        year: from.year().into(),
        version: 1,
        from,
        until: None,
        reason: None,
        replaces: None,
    }
}

/// The list of the year before: what had been signed by its first day.
fn list_2025(world: &mut World) {
    let from = date(2025, 1, 22);
    let mut changes = Vec::new();
    for plot in 0..world.plots.len() {
        let Some(tier) = world.plots[plot].tier else { continue };
        let signed = world.plots[plot].on(Stage::Signed);
        if signed.is_some_and(|on| on < date(2024, 12, 20)) || plot == 0 {
            changes.push(Change::ListMembership(membership(world, plot, tier, from)));
            let done = world.flows[plot].year_to_date(2025, 12);
            let amount = (done + done / 20).max(100) / 100 * 100;
            let period = Period::year(2025);
            changes.push(Change::Plan(plan(world, plot, period, amount)));
        }
    }
    world.journal.push(moment(from, 9, 0), DISPATCHER, "publish_list", changes);
}

fn plan(world: &mut World, plot: usize, period: Period, amount: i64) -> Plan {
    Plan {
        id: world.journal.id(Table::Plan),
        project: world.projects[plot],
        period,
        amount: amount * WAN,
        version: 1,
        reason: None,
        approver: Some(APPROVER.to_owned()),
        sheet: None,
        cell: None,
        replaces: None,
    }
}

/// Two projects that were known in January joined the list in spring all the same.
const JOINED: [&str; 2] = ["YX26-058", "YX26-062"];

/// The list and the plans of 2026, from one workbook, and what was added to them later.
fn list_2026(world: &mut World) {
    let from = date(2026, 1, 20);
    let (known, later): (Vec<usize>, Vec<usize>) = (0..world.plots.len())
        .partition(|plot| registered_on(world.seed, &world.plots[*plot]) < from);
    let (changes, bytes) = list_rows(world, &known, from);
    let blob = blob(bytes);
    let source = source("2026年重大项目名单和投资计划.xlsx", &blob);
    let at = moment(from, 9, 30);
    world.journal.push_with(at, DISPATCHER, "publish_list", changes, vec![blob], Some(source));
    let deadline = setting("deadline.start", START_DEADLINE.to_string());
    world.journal.push(moment(from, 10, 0), DISPATCHER, "set_deadline", vec![deadline]);
    // Those signed in June have no plan of the year yet, and owe no return before June's.
    let signed = |plot: &&usize| {
        world.plots[**plot].on(Stage::Signed).is_some_and(|on| on < date(2026, 6, 1))
    };
    let planned: Vec<usize> = later.iter().filter(signed).copied().collect();
    for plot in &planned {
        let changes = plans(world, *plot, 0).into_iter().map(Change::Plan).collect();
        let day = registered_on(world.seed, &world.plots[*plot]);
        world.journal.push(moment(day, 10, 40), DISPATCHER, "set_plan", changes);
    }
    let from = date(2026, 4, 10);
    let mut joined: Vec<usize> = JOINED.iter().map(|code| world.index(code)).collect();
    joined.extend(later);
    let mut changes = Vec::new();
    for plot in joined {
        let Some(tier) = world.plots[plot].tier else { continue };
        let mut row = membership(world, plot, tier, from);
        row.version = 2;
        row.reason = Some("年中调整增列".to_owned());
        changes.push(Change::ListMembership(row));
    }
    world.journal.push(moment(from, 9, 0), DISPATCHER, "publish_list", changes);
}

/// The plan of the year and of its months; December is planned `extra` 万元 higher.
fn plans(world: &mut World, plot: usize, extra: i64) -> Vec<Plan> {
    let year = world.plots[plot].plan + extra;
    let mut months = world.flows[plot].plan;
    months[11] += extra;
    let mut out = vec![plan(world, plot, Period::year(2026), year)];
    for (index, amount) in months.into_iter().enumerate() {
        out.push(plan(world, plot, month(2026, index as i8 + 1), amount));
    }
    out
}

/// How much the first plan of YX26-023 exceeded the one in force, 万元.
const CUT: i64 = 2_000;
const REVISED: &str = "YX26-023";

fn list_rows(world: &mut World, order: &[usize], from: Date) -> (Vec<Change>, Vec<u8>) {
    let (mut changes, mut lines) = (Vec::new(), Vec::new());
    for (row, &plot) in order.iter().enumerate() {
        let code = world.plots[plot].code.clone();
        if let Some(tier) = world.plots[plot].tier
            && !JOINED.contains(&code.as_str())
        {
            changes.push(Change::ListMembership(membership(world, plot, tier, from)));
        }
        let extra = if code == REVISED { CUT } else { 0 };
        let mut amounts = Vec::new();
        for (index, mut plan) in plans(world, plot, extra).into_iter().enumerate() {
            amounts.push(plan.amount / WAN);
            plan.sheet = Some(PLAN_SHEET.to_owned());
            plan.cell = Some(format!("{}{}", char::from(b'D' + index as u8), row + 4));
            changes.push(Change::Plan(plan));
        }
        let plot = &world.plots[plot];
        lines.push((code, plot.firm.text.clone(), plot.name.text.clone(), amounts));
    }
    (changes, plan_book(&lines).expect("short texts and whole numbers cannot be refused"))
}

type PlanLine = (String, String, String, Vec<i64>);

fn plan_book(lines: &[PlanLine]) -> Result<Vec<u8>, XlsxError> {
    let mut book = undated_workbook();
    let sheet = book.add_worksheet();
    sheet.set_name(PLAN_SHEET)?;
    sheet.write(0, 0, "砚溪县2026年重大项目投资计划（示例数据）")?;
    sheet.write(1, 0, "单位：万元")?;
    let months = (1..=12).map(|month| format!("{month}月"));
    let heads = ["代码", "建设单位", "项目名称", "全年"].map(str::to_owned);
    for (column, head) in heads.into_iter().chain(months).enumerate() {
        sheet.write(2, column as u16, head)?;
    }
    let whole = Format::new().set_num_format("#,##0");
    for (row, (code, firm, name, amounts)) in lines.iter().enumerate() {
        let row = row as u32 + 3;
        for (column, text) in [code, firm, name].into_iter().enumerate() {
            sheet.write(row, column as u16, text)?;
        }
        for (column, amount) in amounts.iter().enumerate() {
            sheet.write_with_format(row, column as u16 + 3, *amount as f64, &whole)?;
        }
    }
    book.save_to_buffer()
}

/// The plan of one project is cut in mid-year, with reason and approver.
fn revised(world: &mut World) {
    let plot = world.index(REVISED);
    let old: Vec<Plan> = world
        .journal
        .plans()
        .filter(|plan| plan.project == world.projects[plot])
        .filter(|plan| plan.period == Period::year(2026) || plan.period == month(2026, 12))
        .cloned()
        .collect();
    let mut changes = Vec::new();
    for old in old {
        changes.push(Change::Plan(Plan {
            id: world.journal.id(Table::Plan),
            amount: old.amount - CUT * WAN,
            version: 2,
            reason: Some("蒸汽管网改由供热企业投资，核减年度计划".to_owned()),
            sheet: None,
            cell: None,
            replaces: Some(old.id),
            ..old
        }));
    }
    world.journal.push(moment(date(2026, 4, 20), 15, 0), DISPATCHER, "revise_plan", changes);
}

/// Members of the collective start that are on the lists.
const SPRING: [&str; 10] = [
    "YX26-002", "YX26-005", "YX26-007", "YX26-016", "YX26-019", "YX26-024", "YX26-025", "YX26-029",
    "YX26-033", "YX26-047",
];

/// Setting key of the collective start of spring.
pub const SPRING_EVENT: &str = "event.2026-spring-start";

fn spring(world: &mut World) {
    let mut codes: Vec<String> = SPRING.map(str::to_owned).to_vec();
    codes.extend(others::spring_codes(&world.plots));
    let name = super::words::name3("2026年春季重大项目集中开工", "Collective start, spring 2026");
    let on = date(2026, 4, 18);
    let event = json!({
        "kind": "collective_start",
        "on": on,
        "name": name,
        "projects": codes,
    });
    let change = setting(SPRING_EVENT, event.to_string());
    world.journal.push(moment(on, 12, 0), DISPATCHER, "record_event", vec![change]);
    promises::spring(world, name, on, &codes);
}
