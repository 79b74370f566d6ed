//! Reads Primavera XER: PROJECT, PROJWBS, TASK, TASKPRED and CALENDAR, in whichever code page
//! the file was written. Every project of the file becomes a schedule.

use std::collections::HashMap;

use jiff::civil::Date;
use tici_domain::Problem;

use super::xer_tables::{Row, Tables, read as tables};
use super::{
    Calendar, LINKS_MAX, Link, LinkKind, Losses, Schedule, TASKS_MAX, Task, TaskKind, xer_calendar,
};

/// Levels of a work breakdown at most; a cycle ends there.
const LEVELS_MAX: usize = 50;

/// Reads all projects of a file, and what could not be kept.
pub fn read(file: &str, bytes: &[u8]) -> Result<(Vec<Schedule>, Vec<Problem>), Box<Problem>> {
    let tables = tables(bytes).map_err(|problem| Box::new(problem.at(file, "", "")))?;
    let mut losses = Losses::default();
    let mut others: Vec<(&String, &usize)> = tables.others.iter().collect();
    others.sort();
    for (name, rows) in others {
        (0..*rows).for_each(|_| losses.add(key_of(name), name));
    }
    let calendars = calendars(&tables);
    let schedules: Vec<Schedule> = tables
        .rows("PROJECT")
        .map(|row| schedule(&tables, &calendars, &row, &mut losses))
        .collect();
    if schedules.is_empty() {
        return Err(Box::new(Problem::error("schedule-empty").at(file, "", "")));
    }
    if let Some(long) = schedules.iter().find(|schedule| schedule.tasks.len() > TASKS_MAX) {
        let problem = Problem::error("schedule-too-long").arg("limit", TASKS_MAX);
        return Err(Box::new(problem.at(file, &long.code, "")));
    }
    Ok((schedules, losses.problems(file)))
}

/// What the rows of a table that is not read are.
fn key_of(table: &str) -> &'static str {
    match table {
        "RSRC" | "ROLES" | "RSRCRATE" | "RSRCROLE" => "schedule-loss-resources",
        "TASKRSRC" | "TRSRCFIN" => "schedule-loss-assignments",
        "UDFTYPE" | "UDFVALUE" | "ACTVTYPE" | "ACTVCODE" | "TASKACTV" => "schedule-loss-fields",
        "PROJCOST" => "schedule-loss-cost",
        _ => "schedule-loss-tables",
    }
}

fn calendars(tables: &Tables) -> HashMap<String, Calendar> {
    let read = |row: Row<'_>| {
        let calendar = xer_calendar::read(row.get("clndr_name"), row.get("clndr_data"));
        (row.get("clndr_id").to_owned(), calendar)
    };
    tables.rows("CALENDAR").map(read).collect()
}

fn schedule(
    tables: &Tables,
    calendars: &HashMap<String, Calendar>,
    project: &Row<'_>,
    losses: &mut Losses,
) -> Schedule {
    let id = project.get("proj_id");
    let nodes = Nodes::read(tables, id);
    let mut out = Schedule {
        name: nodes.root_name().unwrap_or(project.get("proj_short_name")).to_owned(),
        code: project.get("proj_short_name").to_owned(),
        status: date(project.get("last_recalc_date")),
        ..Schedule::default()
    };
    let mut used = std::collections::BTreeSet::new();
    for row in tables.rows("TASK").filter(|row| row.get("proj_id") == id) {
        used.insert(row.get("clndr_id"));
        count_losses(&row, losses);
        out.tasks.extend(task(&row, &nodes, losses));
    }
    out.calendars = used.into_iter().filter_map(|id| calendars.get(id).cloned()).collect();
    let known: std::collections::HashSet<i64> = out.tasks.iter().map(|task| task.uid).collect();
    let links = tables.rows("TASKPRED").filter_map(|row| link(&row));
    let links = links.filter(|link| known.contains(&link.to) && known.contains(&link.from));
    out.links = links.take(LINKS_MAX).collect();
    out
}

/// The work breakdown of a project.
struct Nodes<'a> {
    /// Name, short name and parent by number.
    by_id: HashMap<&'a str, (&'a str, &'a str, &'a str)>,
    root: Option<&'a str>,
}

impl<'a> Nodes<'a> {
    fn read(tables: &'a Tables, project: &str) -> Nodes<'a> {
        let mut nodes = Nodes { by_id: HashMap::new(), root: None };
        for row in tables.rows("PROJWBS").filter(|row| row.get("proj_id") == project) {
            let id = row.get("wbs_id");
            if row.get("proj_node_flag") == "Y" {
                nodes.root = Some(id);
            }
            let parent = row.get("parent_wbs_id");
            nodes.by_id.insert(id, (row.get("wbs_name"), row.get("wbs_short_name"), parent));
        }
        nodes
    }

    fn root_name(&self) -> Option<&'a str> {
        let name = self.by_id.get(self.root?)?.0;
        (!name.is_empty()).then_some(name)
    }

    /// Short names from the project's own node down, and how many there are.
    fn path(&self, mut id: &'a str) -> (String, u32) {
        let mut parts = Vec::new();
        while let Some((_, short, parent)) = self.by_id.get(id)
            && parts.len() < LEVELS_MAX
        {
            parts.push(*short);
            id = parent;
        }
        parts.reverse();
        let depth = parts.len() as u32;
        (parts.join("."), depth)
    }
}

fn count_losses(row: &Row<'_>, losses: &mut Losses) {
    let name = row.get("task_name");
    if !row.get("cstr_type").is_empty() {
        losses.add("schedule-loss-constraint", name);
    }
    let has_work = ["target_work_qty", "target_equip_qty"]
        .iter()
        .any(|column| row.get(column).parse::<f64>().is_ok_and(|quantity| quantity > 0.0));
    if has_work {
        losses.add("schedule-loss-work", name);
    }
}

fn task<'a>(row: &Row<'a>, nodes: &Nodes<'a>, losses: &mut Losses) -> Option<Task> {
    let uid: i64 = row.get("task_id").parse().ok()?;
    let name = row.get("task_name").to_owned();
    let kind = match row.get("task_type") {
        "TT_Mile" | "TT_FinMile" => TaskKind::Milestone,
        "TT_WBS" | "TT_LOE" => TaskKind::Summary,
        _ => TaskKind::Work,
    };
    let is_start = row.get("task_type") == "TT_Mile";
    let (wbs, level) = nodes.path(row.get("wbs_id"));
    let code = row.get("task_code");
    if code.is_empty() {
        losses.add("schedule-loss-codes", &name);
    }
    let day = |column: &str| date(row.get(column));
    let is_work = kind != TaskKind::Milestone;
    // A start milestone has only starts.
    let end = |ends: &str, starts: &str| {
        let (first, second) = if is_start { (starts, ends) } else { (ends, starts) };
        day(first).or(day(second).filter(|_| !is_work))
    };
    let planned = end("target_end_date", "target_start_date");
    let actual = end("act_end_date", "act_start_date");
    let early = end("early_end_date", "early_start_date");
    let key = if code.is_empty() { uid.to_string() } else { code.to_owned() };
    Some(Task {
        uid,
        name,
        kind,
        level: level + 1,
        wbs,
        key: format!("p6-{key}"),
        planned_from: day("target_start_date").filter(|_| is_work),
        planned,
        actual_from: day("act_start_date").filter(|_| is_work),
        actual,
        expected: early.filter(|day| actual.is_none() && planned != Some(*day)),
        percent: percent(row),
        ..Task::default()
    })
}

/// By whichever way of counting the task says it has.
fn percent(row: &Row<'_>) -> Option<i64> {
    if row.get("status_code") == "TK_Complete" {
        return Some(10_000);
    }
    let number = |column: &str| row.get(column).parse::<f64>().ok().filter(|n| n.is_finite());
    let share = match row.get("complete_pct_type") {
        "CP_Drtn" => {
            let whole = number("target_drtn_hr_cnt").filter(|hours| *hours > 0.0)?;
            (1.0 - number("remain_drtn_hr_cnt")? / whole) * 100.0
        }
        _ => number("phys_complete_pct")?,
    };
    Some((share.clamp(0.0, 100.0) * 100.0).round() as i64)
}

fn link(row: &Row<'_>) -> Option<Link> {
    let kind = match row.get("pred_type") {
        "PR_FF" => LinkKind::FinishFinish,
        "PR_SF" => LinkKind::StartFinish,
        "PR_SS" => LinkKind::StartStart,
        _ => LinkKind::FinishStart,
    };
    let hours: f64 = row.get("lag_hr_cnt").parse().unwrap_or(0.0);
    Some(Link {
        from: row.get("pred_task_id").parse().ok()?,
        to: row.get("task_id").parse().ok()?,
        kind,
        lag_minutes: (hours * 60.0) as i64,
    })
}

/// The day of `2026-05-13 17:00`.
fn date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
