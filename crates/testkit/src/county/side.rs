//! Projects that stopped: one suspended within the 148, one withdrawn this month and one
//! terminated, both outside them.

use jiff::civil::{Date, date};
use tici_domain::change::{ListMembership, Project, StageClaim, Verdict};
use tici_domain::scrutiny::SideChange;
use tici_domain::{Change, ListTier, Measure, Period, SideState, Stage, Table, Value};

use super::journal::moment;
use super::opening;
use super::people::{DISPATCHER, REVIEWER, reporter};
use super::plot::Plot;
use super::stages::verdict;
use super::words::name3;
use super::world::{WAN, World};

pub(crate) fn stopped(world: &mut World) {
    suspended(world);
    restarted(world);
    let withdrawn = Stopped {
        code: "YX26-149",
        town: 8,
        firm: ("陇羽服饰", "Longyu Down"),
        name: ("羽绒服产线", "Down-jacket line"),
        chain: "textiles",
        total: 12_000,
        reached: [(Stage::Signed, date(2025, 8, 12)), (Stage::Landed, date(2025, 12, 3))],
        listed: Some((date(2026, 1, 20), date(2026, 3, 10))),
        state: SideState::Withdrawn,
        on: date(2026, 6, 9),
        reason: "投资方放弃用地，双方解除协议",
    };
    let terminated = Stopped {
        code: "YX26-150",
        town: 12,
        firm: ("渚微电子", "Zhuwei Electronics"),
        name: ("充电器组装", "Charger assembly"),
        chain: "electronics",
        total: 8_000,
        reached: [(Stage::Signed, date(2024, 10, 17)), (Stage::Landed, date(2025, 1, 9))],
        listed: None,
        state: SideState::Terminated,
        on: date(2025, 8, 21),
        reason: "企业注销",
    };
    for project in [withdrawn, terminated] {
        stop(world, &project);
    }
}

/// One project in works has been suspended by its firm.
fn suspended(world: &mut World) {
    let works = |plot: &Plot| {
        plot.tier.is_none()
            && plot.stage == Stage::InProgress
            && plot.days.is_some_and(|days| days > 150)
    };
    let Some(index) = world.plots.iter().position(works) else { return };
    let row = opening::project(world, index);
    let reason = "企业资金链紧张，现场停工";
    state(world, row, SideState::Suspended, (date(2026, 3, 5), reason));
}

/// Another was suspended over the winter and went on in spring.
fn restarted(world: &mut World) {
    let works = |plot: &Plot| {
        plot.tier.is_none()
            && plot.stage == Stage::InProgress
            && plot.days.is_some_and(|days| days > 150)
    };
    let Some((index, _)) = world.plots.iter().enumerate().filter(|(_, p)| works(p)).nth(1) else {
        return;
    };
    let row = opening::project(world, index);
    let reason = "征地补偿未谈妥，施工队退场";
    let row = state(world, row, SideState::Suspended, (date(2026, 1, 19), reason));
    let reason = "补偿协议已签，3月底复工";
    state(world, row, SideState::Active, (date(2026, 3, 30), reason));
}

/// Writes what became of a project, in the afternoon of the day; gives its new row.
fn state(world: &mut World, row: Project, state: SideState, (on, reason): (Date, &str)) -> Project {
    let row = Project { state, ..row };
    let change = SideChange {
        id: world.journal.id(Table::SideChange),
        project: row.id,
        state,
        on,
        reason: reason.to_owned(),
        evidence: Vec::new(),
    };
    let op = match state {
        SideState::Active => "restart_project",
        SideState::Suspended => "suspend_project",
        SideState::Terminated => "terminate_project",
        SideState::Withdrawn => "withdraw_project",
    };
    let changes = vec![Change::Project(row.clone()), Change::SideChange(change)];
    world.journal.push(moment(on, 15, 30), DISPATCHER, op, changes);
    row
}

struct Stopped {
    code: &'static str,
    town: usize,
    firm: (&'static str, &'static str),
    name: (&'static str, &'static str),
    chain: &'static str,
    /// 万元
    total: i64,
    reached: [(Stage, Date); 2],
    /// From and until when it was on the list of 2026.
    listed: Option<(Date, Date)>,
    state: SideState,
    on: Date,
    reason: &'static str,
}

fn stop(world: &mut World, stopped: &Stopped) {
    let id = world.journal.id(Table::Project);
    let like = world.plots.iter().position(|plot| plot.town == stopped.town).unwrap_or(0);
    let owner = world.journal.id(Table::Enterprise);
    let plot = Plot {
        town: stopped.town,
        firm: name3(stopped.firm.0, stopped.firm.1),
        chain: Some(stopped.chain),
        total: stopped.total,
        ..world.plots[like].clone()
    };
    let firm = opening::enterprise(owner, &plot);
    let row = Project {
        id,
        code: stopped.code.to_owned(),
        national_code: None,
        name: name3(stopped.name.0, stopped.name.1),
        enterprise: Some(owner),
        chain: firm.chain.clone(),
        industry: firm.industry.clone(),
        sector: Some(opening::chain_name(stopped.chain).text),
        ..opening::project(world, like)
    };
    let first = stopped.reached[0].1;
    let period = Period::month_of(first);
    let mut total = world.figure(0, Measure::TOTAL_INVESTMENT, period, Value::Int(0));
    total.subject = tici_domain::Subject::Project(id);
    total.value = Value::Int(stopped.total * WAN);
    let changes =
        vec![Change::Enterprise(firm), Change::Project(row.clone()), Change::Figure(total)];
    world.journal.push(moment(first, 9, 0), DISPATCHER, "register_project", changes);
    for (stage, on) in stopped.reached {
        let claim = world.journal.id(Table::StageClaim);
        let change = Change::StageClaim(StageClaim {
            id: claim,
            project: id,
            stage,
            on,
            evidence: Vec::new(),
            note: None,
            sheet: None,
            cell: None,
            replaces: None,
        });
        let actor = reporter(stopped.town);
        world.journal.push(moment(on, 15, 0), actor, "claim_stage", vec![change]);
        let change = verdict(world, claim, Verdict::Verified, None);
        world.journal.push(moment(on, 17, 0), REVIEWER, "verify_stage", vec![change]);
    }
    if let Some((from, until)) = stopped.listed {
        list(world, id, from, until);
    }
    state(world, row, stopped.state, (stopped.on, stopped.reason));
}

fn list(world: &mut World, project: i64, from: Date, until: Date) {
    let row = ListMembership {
        id: world.journal.id(Table::ListMembership),
        project,
        tier: ListTier::City,
        year: 2026,
        version: 1,
        from,
        until: None,
        reason: None,
        replaces: None,
    };
    let off = ListMembership {
        id: world.journal.id(Table::ListMembership),
        version: 2,
        until: Some(until),
        reason: Some("投资方放弃用地，调出名单".to_owned()),
        replaces: Some(row.id),
        ..row.clone()
    };
    for (day, row) in [(from, row), (until, off)] {
        let change = vec![Change::ListMembership(row)];
        world.journal.push(moment(day, 9, 5), DISPATCHER, "publish_list", change);
    }
}
