//! Tables of a run as CSV, at full precision: a number reads back as the same double.

use tici_engine::assess::outcome::Step;
use tici_engine::assess::run::{Run, UnitRun};
use tici_engine::assess::scheme::Scheme;
use tici_engine::assess::score::Number;
use tici_web::i18n::T;

/// Name of a file and its text.
pub type File = (String, Vec<u8>);

/// One table: a head and rows of texts.
pub struct Table {
    name: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(name: impl Into<String>, head: &[&str]) -> Table {
        let head = head.iter().map(|name| (*name).to_owned()).collect();
        Table { name: name.into(), head, rows: Vec::new() }
    }

    pub fn add(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    pub fn file(self) -> File {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        for row in std::iter::once(&self.head).chain(&self.rows) {
            writer.write_record(row).expect("a vector takes any record");
        }
        (format!("{}.csv", self.name), writer.into_inner().expect("a vector takes any record"))
    }
}

/// Every stage's table of runs over one or more periods.
pub fn tables(t: &T, scheme: &Scheme, runs: &[Run]) -> Vec<File> {
    let mut all = vec![values(scheme, runs)];
    all.extend(stages(runs));
    all.extend(levels(scheme, runs));
    all.push(scores(scheme, runs));
    all.push(node_ranks(scheme, runs));
    all.push(ranks(t, scheme, runs));
    all.push(grades(scheme, runs));
    all.push(sheet(t, scheme, runs));
    all.push(events(scheme, runs));
    all.push(awards(t, scheme, runs));
    let is_series = runs.iter().any(|run| !run.period.is_empty());
    let mut files = Vec::new();
    for mut table in all.into_iter().filter(|table| !table.head.is_empty()) {
        // One period needs no column that is empty throughout.
        if !is_series {
            table.head.remove(0);
            table.rows.iter_mut().for_each(|row| drop(row.remove(0)));
        }
        files.push(table.file());
    }
    files
}

fn shown(number: &Option<Number>) -> String {
    number.as_ref().map(Number::to_string).unwrap_or_default()
}

/// A table of one number for each unit and key.
fn wide(
    name: &str,
    keys: &[&str],
    runs: &[Run],
    of: impl Fn(&Run, usize, usize) -> String,
) -> Table {
    let mut table = Table::new(name, &["period", "code"]);
    table.head.extend(keys.iter().map(|key| (*key).to_owned()));
    for run in runs {
        for (at, unit) in run.units.iter().enumerate() {
            let mut row = vec![run.period.clone(), unit.code.clone()];
            row.extend((0..keys.len()).map(|key| of(run, at, key)));
            table.rows.push(row);
        }
    }
    table
}

fn item_keys(scheme: &Scheme) -> Vec<&str> {
    scheme.items.iter().map(|item| item.key.as_str()).collect()
}

fn node_keys(scheme: &Scheme) -> Vec<&str> {
    let branches = scheme.branches.iter().map(|branch| branch.key.as_str());
    item_keys(scheme).into_iter().chain(branches).collect()
}

/// Points of an item, or of a branch behind the items.
fn points(unit: &UnitRun, node: usize) -> String {
    match unit.items.get(node) {
        Some(item) => shown(&item.points),
        None => shown(&unit.branches[node - unit.items.len()].points),
    }
}

fn values(scheme: &Scheme, runs: &[Run]) -> Table {
    wide("values", &item_keys(scheme), runs, |run, unit, item| {
        shown(&run.units[unit].items[item].value)
    })
}

/// The tables between figures and scores, of an index.
fn stages(runs: &[Run]) -> Vec<Table> {
    let Some(first) = runs.first() else { return Vec::new() };
    let stage = |(at, (step, panel)): (usize, &(Step, _))| {
        let panel: &tici_engine::assess::Panel = panel;
        let name = match step {
            Step::Denominated => "denominated",
            Step::Imputed => "imputed",
            Step::Screened => "screened",
            Step::Treated => "treated",
            Step::Normalised => "normalised",
        };
        let keys: Vec<&str> = panel.columns().iter().map(String::as_str).collect();
        wide(name, &keys, runs, |run, unit, column| {
            let value = run.stages[at].1.value(0, column, unit);
            value.map(|value| value.to_string()).unwrap_or_default()
        })
    };
    first.stages.iter().enumerate().map(stage).collect()
}

/// The items, then the branches above them level by level.
fn levels(scheme: &Scheme, runs: &[Run]) -> Vec<Table> {
    let levels = scheme.levels();
    let top = levels.iter().max().copied().unwrap_or(1);
    let mut tables = vec![wide("level-1", &item_keys(scheme), runs, |run, unit, item| {
        points(&run.units[unit], item)
    })];
    for level in 2..=top {
        let of: Vec<usize> = (0..levels.len()).filter(|at| levels[*at] == level).collect();
        let keys: Vec<&str> = of.iter().map(|at| scheme.branches[*at].key.as_str()).collect();
        tables.push(wide(&format!("level-{level}"), &keys, runs, |run, unit, at| {
            shown(&run.units[unit].branches[of[at]].points)
        }));
    }
    tables
}

fn scores(scheme: &Scheme, runs: &[Run]) -> Table {
    wide("scores", &node_keys(scheme), runs, |run, unit, node| points(&run.units[unit], node))
}

fn node_ranks(scheme: &Scheme, runs: &[Run]) -> Table {
    let places: Vec<Vec<Vec<Option<Number>>>> = runs.iter().map(Run::places).collect();
    let period = |run: &Run| runs.iter().position(|other| std::ptr::eq(other, run)).unwrap_or(0);
    wide("node-ranks", &node_keys(scheme), runs, |run, unit, node| {
        shown(&places[period(run)][node][unit])
    })
}

fn ranks(t: &T, scheme: &Scheme, runs: &[Run]) -> Table {
    let head = [
        "period",
        "code",
        "name",
        "group",
        "scored",
        "bonus",
        "deduction",
        "total",
        "published",
        "rank",
        "rank_of_all",
        "incomplete",
        "vetoes",
        "note",
    ];
    let mut table = Table::new("ranks", &head);
    for run in runs {
        for unit in &run.units {
            let vetoes: Vec<&str> =
                unit.vetoes.iter().map(|veto| scheme.vetoes[veto.veto].key.as_str()).collect();
            table.add(vec![
                run.period.clone(),
                unit.code.clone(),
                unit.name.clone(),
                run.groups[unit.group].key.clone(),
                shown(&unit.scored),
                unit.bonus.to_string(),
                unit.deduction.to_string(),
                shown(&unit.total),
                shown(&unit.published),
                shown(&unit.rank),
                shown(&unit.rank_of_all),
                unit.is_incomplete.to_string(),
                vetoes.join(" "),
                unit.tie.as_ref().map(|tie| t.words(tie)).unwrap_or_default(),
            ]);
        }
    }
    table
}

/// Empty where the scheme has no grades.
fn grades(scheme: &Scheme, runs: &[Run]) -> Table {
    let Some(grading) = &scheme.grading else { return Table::new("grades", &[]) };
    let mut table = Table::new("grades", &["period", "code", "grade", "before", "reason"]);
    let key = |grade: Option<usize>| {
        grade.map_or(String::new(), |grade| grading.grades[grade].key.clone())
    };
    for run in runs {
        for unit in &run.units {
            let changed = unit.overridden.as_ref();
            table.add(vec![
                run.period.clone(),
                unit.code.clone(),
                key(unit.grade),
                changed.map(|(before, _)| key(*before)).unwrap_or_default(),
                changed.map(|(_, reason)| reason.clone()).unwrap_or_default(),
            ]);
        }
    }
    table
}

/// Every number with what it was made of.
fn sheet(t: &T, scheme: &Scheme, runs: &[Run]) -> Table {
    let head = [
        "period",
        "code",
        "item",
        "value",
        "source",
        "treated",
        "lo",
        "hi",
        "lo_by",
        "hi_by",
        "points",
        "missing",
        "weight",
        "contribution",
        "how",
    ];
    let mut table = Table::new("sheet", &head);
    for run in runs {
        for unit in &run.units {
            for (item, of) in scheme.items.iter().zip(&unit.items) {
                let bounds = of.bounds.as_ref();
                table.add(vec![
                    run.period.clone(),
                    unit.code.clone(),
                    item.key.clone(),
                    shown(&of.value),
                    of.source.clone(),
                    shown(&of.treated),
                    bounds.map(|bounds| bounds.lo.to_string()).unwrap_or_default(),
                    bounds.map(|bounds| bounds.hi.to_string()).unwrap_or_default(),
                    bounds.map(|bounds| bounds.lo_by.join(" ")).unwrap_or_default(),
                    bounds.map(|bounds| bounds.hi_by.join(" ")).unwrap_or_default(),
                    shown(&of.points),
                    of.is_missing.to_string(),
                    shown(&of.weight),
                    shown(&of.contribution),
                    t.words(&of.how),
                ]);
            }
        }
    }
    table
}

/// Empty where the scheme knows no events.
fn events(scheme: &Scheme, runs: &[Run]) -> Table {
    if scheme.bonuses.is_empty() && scheme.vetoes.is_empty() {
        return Table::new("events", &[]);
    }
    let head = ["period", "code", "item", "matter", "points", "counted", "document", "source"];
    let mut table = Table::new("events", &head);
    for run in runs {
        for unit in &run.units {
            for bonus in &unit.bonuses {
                for event in &bonus.events {
                    table.add(vec![
                        run.period.clone(),
                        unit.code.clone(),
                        scheme.bonuses[bonus.bonus].key.clone(),
                        event.matter.clone(),
                        event.points.to_string(),
                        event.counted.to_string(),
                        event.document.clone(),
                        event.source.clone(),
                    ]);
                }
            }
            for veto in &unit.vetoes {
                table.add(vec![
                    run.period.clone(),
                    unit.code.clone(),
                    scheme.vetoes[veto.veto].key.clone(),
                    veto.matter.clone(),
                    String::new(),
                    String::new(),
                    veto.document.clone(),
                    veto.source.clone(),
                ]);
            }
        }
    }
    table
}

/// Empty where the scheme has no awards.
fn awards(t: &T, scheme: &Scheme, runs: &[Run]) -> Table {
    if scheme.awards.is_empty() {
        return Table::new("awards", &[]);
    }
    let mut table = Table::new("awards", &["period", "award", "code", "by"]);
    for run in runs {
        for award in &run.awards {
            for winner in &award.winners {
                table.add(vec![
                    run.period.clone(),
                    scheme.awards[award.award].key.clone(),
                    run.units[winner.unit].code.clone(),
                    t.words(&winner.by),
                ]);
            }
        }
    }
    table
}
