//! What an entry wrote, row by row, in words.

use tici_domain::{Change, Currency, Figure, Lang, Measure, Money, Name, Subject, Value};
use tici_engine::Snapshot;

use crate::i18n::T;

/// Subjects named in a line at most.
const SUBJECTS_MAX: usize = 3;

/// One written row.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ChangeLine {
    /// The table, in words.
    pub table: String,
    /// Row id; empty for settings.
    pub id: String,
    pub object: String,
    pub href: String,
    /// Field and period, or what else tells rows apart.
    pub what: String,
    pub value: String,
    /// As it stood in the file, where that differs from the value.
    pub raw: String,
    pub cell: String,
    /// The row it takes the place of.
    pub replaces: String,
    pub reason: String,
}

pub fn lines(t: T, snapshot: &Snapshot, changes: &[Change], max: usize) -> Vec<ChangeLine> {
    changes.iter().take(max).map(|change| line(t, snapshot, change)).collect()
}

/// `经开区 生物基尼龙一体化一期、… 等 12 个`
pub fn subjects(t: T, snapshot: &Snapshot, subjects: &[String]) -> String {
    let named = subjects.iter().filter(|subject| !subject.starts_with('+'));
    // Projects say more than the files and claims that came with them.
    let mut ordered: Vec<&String> = named.collect();
    ordered.sort_by_key(|subject| !subject.starts_with("project:"));
    if ordered.first().is_some_and(|subject| subject.starts_with("project:")) {
        ordered.retain(|subject| !matches!(kind_of(subject), "attachment" | "claim"));
    }
    let names: Vec<String> =
        ordered.iter().take(SUBJECTS_MAX).map(|code| subject(t, snapshot, code)).collect();
    let more = subjects.iter().find_map(|code| code.strip_prefix('+')?.parse::<usize>().ok());
    let count = ordered.len() + more.unwrap_or(0);
    let listed = t.list(&names);
    match count > SUBJECTS_MAX {
        true => t.t1("journal-subjects-more", &[("names", &listed), ("n", &count)]),
        false => listed,
    }
}

fn kind_of(subject: &str) -> &str {
    subject.split(':').next().unwrap_or_default()
}

fn subject(t: T, snapshot: &Snapshot, code: &str) -> String {
    let Some((kind, id)) = code.split_once(':') else { return code.to_owned() };
    let Ok(id) = id.parse::<i64>() else { return code.to_owned() };
    let name = match kind {
        "project" => project(t, snapshot, id).map(|(name, _)| name),
        "enterprise" => snapshot.enterprises.get(&id).map(|row| row.short.get(t.lang).to_owned()),
        "place" => snapshot.places.get(&id).map(|row| row.short.get(t.lang).to_owned()),
        "actor" => snapshot.actors.get(&id).map(|row| row.title.get(t.lang).to_owned()),
        _ => None,
    };
    name.unwrap_or_else(|| format!("{} {id}", t.code("table", kind)))
}

/// Code and name of a project, and its address.
fn project(t: T, snapshot: &Snapshot, id: i64) -> Option<(String, String)> {
    let project = &snapshot.projects.get(id)?.project;
    let name = format!("{} {}", project.code, project.name.get(t.lang));
    Some((name, format!("/projects/{id}")))
}

fn line(t: T, snapshot: &Snapshot, change: &Change) -> ChangeLine {
    let base = ChangeLine {
        table: t.code("table", change.table().name()),
        id: change.id().map_or_else(String::new, |id| id.to_string()),
        ..ChangeLine::default()
    };
    let on_project = |id: i64| {
        let (object, href) = project(t, snapshot, id).unwrap_or_default();
        ChangeLine { object, href, ..base_of(&base) }
    };
    let named = |name: &Name| name.get(t.lang).to_owned();
    match change {
        Change::Figure(row) => figure(t, snapshot, row, base),
        Change::Plan(row) => ChangeLine {
            what: t.period(row.period),
            value: money(t, snapshot, row.project, row.amount),
            cell: cell(&row.sheet, &row.cell),
            replaces: row.replaces.map_or_else(String::new, |id| id.to_string()),
            reason: row.reason.clone().unwrap_or_default(),
            ..on_project(row.project)
        },
        Change::StageClaim(row) => ChangeLine {
            what: t.stage(row.stage),
            value: row.on.to_string(),
            cell: cell(&row.sheet, &row.cell),
            replaces: row.replaces.map_or_else(String::new, |id| id.to_string()),
            reason: row.note.clone().unwrap_or_default(),
            ..on_project(row.project)
        },
        Change::StageVerdict(row) => ChangeLine {
            what: t.t1("journal-claim-number", &[("id", &row.claim)]),
            value: t.verdict(row.verdict),
            reason: row.reason.clone().unwrap_or_default(),
            ..snapshot
                .projects
                .project_of_claim(row.claim)
                .map_or_else(|| base_of(&base), on_project)
        },
        Change::Milestone(row) => ChangeLine {
            what: named(&row.name),
            value: milestone_days(t, row),
            replaces: row.replaces.map_or_else(String::new, |id| id.to_string()),
            reason: row.reason.clone().unwrap_or_default(),
            ..on_project(row.project)
        },
        Change::ListMembership(row) => ChangeLine {
            what: t.t1("journal-list-of", &[("year", &row.year.to_string().as_str())]),
            value: match row.until {
                Some(until) => format!("{} – {until}", t.tier(row.tier)),
                None => t.tier(row.tier),
            },
            reason: row.reason.clone().unwrap_or_default(),
            ..on_project(row.project)
        },
        other => {
            let mut line = register(t, other, base_of(&base));
            if let Some(id) = project_of(other) {
                (line.object, line.href) = project(t, snapshot, id).unwrap_or_default();
            }
            line
        }
    }
}

/// A row of a register, or what came with one.
fn register(t: T, change: &Change, base: ChangeLine) -> ChangeLine {
    let named = |name: &Name| name.get(t.lang).to_owned();
    match change {
        Change::Project(row) => ChangeLine { value: named(&row.name), ..base },
        Change::Enterprise(row) => ChangeLine { value: named(&row.name), ..base },
        Change::Place(row) => {
            ChangeLine { what: row.code.code.clone(), value: named(&row.name), ..base }
        }
        Change::Actor(row) => {
            ChangeLine { what: t.role(row.role), value: named(&row.title), ..base }
        }
        Change::Attachment(row) => {
            ChangeLine { what: row.file.clone(), value: row.sha256.clone(), ..base }
        }
        Change::Setting(row) => {
            ChangeLine { what: row.key.clone(), value: row.value.clone(), ..base }
        }
        _ => record(t, change, base),
    }
}

/// The project a row is about, where it is about one.
fn project_of(change: &Change) -> Option<i64> {
    match change {
        Change::Project(row) => Some(row.id),
        Change::SideChange(row) => Some(row.project),
        Change::PackageChange(row) => Some(row.project),
        Change::PairDecision(row) => Some(row.first),
        Change::Excuse(row) => Some(row.project),
        Change::Task(row) => row.project,
        _ => None,
    }
}

/// Returns, promises, ceremonies, meetings and tasks.
fn record(t: T, change: &Change, base: ChangeLine) -> ChangeLine {
    let named = |name: &Name| name.get(t.lang).to_owned();
    let said = |reason: &Option<String>| reason.clone().unwrap_or_default();
    match change {
        Change::RuleSet(row) => ChangeLine {
            what: row.kind.clone(),
            value: format!("{} {}", row.name, row.version),
            reason: said(&row.reason),
            ..base
        },
        Change::ReturnRound(row) => ChangeLine {
            what: t.period(row.period),
            value: format!("{} {}", t.code("round-state", row.state.code()), row.due),
            reason: said(&row.reason),
            ..base
        },
        Change::ReturnSheet(row) => ChangeLine {
            value: t.code("sheet-state", row.state.code()),
            reason: said(&row.reason),
            ..base
        },
        Change::SideChange(row) => ChangeLine {
            what: t.code("state", row.state.code()),
            value: row.on.to_string(),
            reason: row.reason.clone(),
            ..base
        },
        Change::PackageChange(row) => ChangeLine {
            what: row.share.map_or_else(String::new, |share| t.share(share)),
            value: row.parent.map_or_else(|| t.t("package-alone"), |id| id.to_string()),
            reason: row.reason.clone(),
            ..base
        },
        Change::PairDecision(row) => ChangeLine {
            what: row.second.to_string(),
            value: t.code("pair-verdict", row.verdict.code()),
            reason: row.reason.clone(),
            ..base
        },
        Change::Excuse(row) => ChangeLine {
            what: row.rule.clone(),
            value: format!("{} – {}", row.from, row.until),
            reason: row.reason.clone(),
            ..base
        },
        Change::Commitment(row) => ChangeLine {
            what: named(&row.name),
            value: row.due.to_string(),
            reason: said(&row.reason),
            ..base
        },
        Change::Event(row) => ChangeLine {
            what: named(&row.name),
            value: row.on.to_string(),
            reason: said(&row.reason),
            ..base
        },
        Change::Meeting(row) => {
            ChangeLine { what: named(&row.title), value: row.on.to_string(), ..base }
        }
        Change::Task(row) => ChangeLine {
            what: named(&row.title),
            value: t.code("task-state", row.state.code()),
            reason: said(&row.note),
            ..base
        },
        _ => base,
    }
}

fn base_of(base: &ChangeLine) -> ChangeLine {
    ChangeLine { table: base.table.clone(), id: base.id.clone(), ..ChangeLine::default() }
}

fn figure(t: T, snapshot: &Snapshot, row: &Figure, base: ChangeLine) -> ChangeLine {
    let (object, href) = match row.subject {
        Subject::Project(id) => project(t, snapshot, id).unwrap_or_default(),
        other => {
            let code = format!("{}:{}", other.kind(), other.id());
            (subject(t, snapshot, &code), String::new())
        }
    };
    ChangeLine {
        what: format!(
            "{} · {} · {}",
            t.measure(row.measure),
            t.period(row.period),
            t.basis(row.basis)
        ),
        value: value(t, currency(snapshot, row.subject), row.measure, &row.value),
        raw: row.raw.clone().unwrap_or_default(),
        cell: cell(&row.sheet, &row.cell),
        replaces: row.replaces.map_or_else(String::new, |id| id.to_string()),
        reason: row.reason.clone().unwrap_or_default(),
        object,
        href,
        ..base
    }
}

/// A value in its measure's unit.
pub fn value(t: T, currency: Currency, measure: Measure, value: &Value) -> String {
    use tici_domain::measure::Unit;
    match (value, measure.spec().unit) {
        (Value::Int(amount), Unit::Money) => t.money(Money { amount: *amount, currency }),
        (Value::Int(hundredths), Unit::PercentHundredths) => {
            format!("{}%", tici_domain::money::print_scaled(i128::from(*hundredths), 2, 1))
        }
        (Value::Int(count), _) => t.count(i128::from(*count)),
        (Value::Date(day), _) => day.to_string(),
        (Value::Text(text), _) => text.clone(),
    }
}

fn currency(snapshot: &Snapshot, subject: Subject) -> Currency {
    let project = match subject {
        Subject::Project(id) => snapshot.projects.get(id),
        _ => None,
    };
    project.map_or(Currency::CNY, |entry| entry.project.currency)
}

fn money(t: T, snapshot: &Snapshot, project: i64, amount: i64) -> String {
    t.money(Money { amount, currency: currency(snapshot, Subject::Project(project)) })
}

fn cell(sheet: &Option<String>, cell: &Option<String>) -> String {
    match (sheet.as_deref(), cell.as_deref()) {
        (Some(sheet), Some(cell)) if !sheet.is_empty() => format!("{sheet}!{cell}"),
        (_, Some(cell)) => cell.to_owned(),
        _ => String::new(),
    }
}

/// `计划 2026-06-30，预计 2026-07-24`
fn milestone_days(t: T, row: &tici_domain::change::Milestone) -> String {
    let days = [
        ("journal-day-planned", row.planned),
        ("journal-day-actual", row.actual),
        ("journal-day-expected", row.expected),
    ];
    let given = days.into_iter().filter_map(|(key, day)| Some((key, day?)));
    let parts: Vec<String> = given.map(|(key, day)| t.t1(key, &[("day", &day)])).collect();
    let separator = if t.lang == Lang::En { ", " } else { "，" };
    parts.join(separator)
}
