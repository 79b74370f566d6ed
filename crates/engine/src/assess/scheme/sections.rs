//! The smaller sections of a scheme: groups, figures, counting rules, events, vetoes.

use tici_domain::{ListTier, Name, Problem};

use super::grading::Grading;
use super::value;
use super::{Adjust, Bonus, Counting, Figure, FigureFrom, Group, GroupBy, Groups, Objection, Veto};
use crate::assess::score::veto::VetoEffect;
use crate::league::Quantity;
use crate::rule::Packages;
use crate::rule_file::{Reader, Tab};

const TIERS: &[(&str, ListTier)] =
    &[("province", ListTier::Province), ("city", ListTier::City), ("county", ListTier::County)];

/// Key and name of a table of a list; a key may come once.
pub(super) fn keyed(reader: &mut Reader, tab: &mut Tab, known: &[&str]) -> Option<(String, Name)> {
    let key = reader.text(tab, "key");
    let key = reader.needed(tab, "key", key);
    let name = reader.name(tab, "name");
    let name = reader.needed(tab, "name", name);
    if let Some(key) = key.as_deref().filter(|key| known.contains(key)) {
        reader.problem_at_key(tab, "key", Problem::error("rules-twice").arg("key", key));
    }
    key.zip(name)
}

pub(super) fn groups(reader: &mut Reader, tab: &mut Tab) -> Groups {
    let mut groups = Groups::default();
    if let Some(mut table) = reader.table(tab, "groups") {
        let ways = [("none", 0), ("column", 1), ("listed", 2)];
        let by = reader.choice(&mut table, "by", &ways);
        let by = reader.needed(&table, "by", by);
        let column = reader.text(&mut table, "column");
        let bounds = [("group", false), ("all", true)];
        groups.bounds_of_all = reader.choice(&mut table, "bounds", &bounds).unwrap_or(false);
        groups.by = match by {
            Some(1) => match reader.needed(&table, "column", column) {
                Some(column) => GroupBy::Column(column),
                None => GroupBy::None,
            },
            Some(2) => GroupBy::Listed,
            _ => GroupBy::None,
        };
        reader.end(&table);
    }
    for mut table in reader.tables(tab, "group") {
        let known: Vec<&str> = groups.groups.iter().map(|group| group.key.as_str()).collect();
        let named = keyed(reader, &mut table, &known);
        let units = reader.texts(&mut table, "units");
        for (unit, at) in &units {
            if groups.groups.iter().any(|group| group.units.contains(unit)) {
                reader.problem(*at, Problem::error("rules-twice").arg("key", unit));
            }
        }
        reader.end(&table);
        let units = units.into_iter().map(|(unit, _)| unit).collect();
        if let Some((key, name)) = named {
            groups.groups.push(Group { key, name, units });
        }
    }
    if groups.by == GroupBy::Listed && groups.groups.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", "group"));
    }
    groups
}

pub(super) fn figures(reader: &mut Reader, tab: &mut Tab, counting: &[Counting]) -> Vec<Figure> {
    let mut figures = Vec::<Figure>::new();
    for mut table in reader.tables(tab, "figure") {
        let known: Vec<&str> = figures.iter().map(|figure| figure.key.as_str()).collect();
        let named = keyed(reader, &mut table, &known);
        let unit = reader.text(&mut table, "unit").unwrap_or_default();
        let from = figure_from(reader, &mut table, counting);
        reader.end(&table);
        if let (Some((key, name)), Some(from)) = (named, from) {
            figures.push(Figure { key, name, unit, from });
        }
    }
    figures
}

/// A quantity of the ledger by a counting rule, or a department with its day.
fn figure_from(reader: &mut Reader, tab: &mut Tab, rules: &[Counting]) -> Option<FigureFrom> {
    let department = reader.text(tab, "department");
    let due_days = reader.number(tab, "due_days", 0);
    let counting = reader.text(tab, "counting");
    if let Some(rule) = counting.as_ref().filter(|key| rules.iter().all(|rule| rule.key != **key)) {
        let names: Vec<&str> = rules.iter().map(|rule| rule.key.as_str()).collect();
        let problem = Problem::error("rules-choice").arg("value", rule).arg("key", "counting");
        reader.problem_at_key(tab, "counting", problem.arg("choices", names.join(", ")));
    }
    let Some(named) = reader.text(tab, "ledger") else {
        return Some(FigureFrom::Department { name: department.unwrap_or_default(), due_days });
    };
    if department.is_some() {
        let problem = Problem::error("assess-two-sources").arg("keys", "ledger, department");
        reader.problem_at_key(tab, "ledger", problem);
    }
    let known = Quantity::of_ledger();
    if let Some((_, of)) = known.iter().find(|(name, _)| *name == named) {
        return Some(FigureFrom::Ledger { of: of.clone(), counting });
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let problem = Problem::error("rules-choice").arg("value", named).arg("key", "ledger");
    reader.problem_at_key(tab, "ledger", problem.arg("choices", names.join(", ")));
    None
}

pub(super) fn counting(reader: &mut Reader, tab: &mut Tab) -> Vec<Counting> {
    let mut counting = Vec::<Counting>::new();
    for mut table in reader.tables(tab, "counting") {
        let key = reader.text(&mut table, "key");
        let key = reader.needed(&table, "key", key);
        let listed = reader.truth(&mut table, "listed").unwrap_or(false);
        let tiers = reader.choices(&mut table, "tiers", TIERS);
        let packages = [("whole", Packages::Whole), ("split", Packages::Split)];
        let packages = reader.choice(&mut table, "packages", &packages).unwrap_or_default();
        reader.end(&table);
        let Some(key) = key else { continue };
        if counting.iter().any(|known| known.key == key) {
            reader.problem_at_key(&table, "key", Problem::error("rules-twice").arg("key", &key));
        }
        counting.push(Counting { key, listed, tiers, packages });
    }
    counting
}

pub(super) fn adjust(reader: &mut Reader, tab: &mut Tab) -> Adjust {
    let Some(mut table) = reader.table(tab, "adjust") else { return Adjust::default() };
    let bonus_max = value::number(reader, &mut table, "bonus_max");
    let deduction_max = value::number(reader, &mut table, "deduction_max");
    reader.end(&table);
    Adjust { bonus_max, deduction_max }
}

pub(super) fn bonuses(reader: &mut Reader, tab: &mut Tab) -> Vec<Bonus> {
    let mut bonuses = Vec::<Bonus>::new();
    for mut table in reader.tables(tab, "bonus") {
        let known: Vec<&str> = bonuses.iter().map(|bonus| bonus.key.as_str()).collect();
        let named = keyed(reader, &mut table, &known);
        let signs = [("bonus", false), ("deduction", true)];
        let sign = reader.choice(&mut table, "sign", &signs);
        let sign = reader.needed(&table, "sign", sign);
        let once = reader.truth(&mut table, "once");
        let once = reader.needed(&table, "once", once);
        let each_max = value::number(reader, &mut table, "each_max");
        let total_max = value::number(reader, &mut table, "total_max");
        let document = reader.truth(&mut table, "document").unwrap_or(true);
        reader.end(&table);
        let (Some((key, name)), Some(is_deduction), Some(once)) = (named, sign, once) else {
            continue;
        };
        let needs_document = document;
        bonuses.push(Bonus { key, name, is_deduction, once, each_max, total_max, needs_document });
    }
    bonuses
}

pub(super) fn vetoes(
    reader: &mut Reader,
    tab: &mut Tab,
    grading: Option<&Grading>,
    bonuses: &[Bonus],
) -> Vec<Veto> {
    let mut vetoes = Vec::<Veto>::new();
    for mut table in reader.tables(tab, "veto") {
        let mut known: Vec<&str> = vetoes.iter().map(|veto| veto.key.as_str()).collect();
        known.extend(bonuses.iter().map(|bonus| bonus.key.as_str()));
        let named = keyed(reader, &mut table, &known);
        let effects = [("exclude", 0), ("cap", 1), ("zero", 2)];
        let effect = reader.choice(&mut table, "effect", &effects);
        let effect = reader.needed(&table, "effect", effect);
        let grade = reader.text(&mut table, "grade");
        let effect = match effect {
            Some(1) => cap(reader, &table, grade, grading),
            Some(2) => Some(VetoEffect::Zero),
            Some(_) => Some(VetoEffect::Exclude),
            None => None,
        };
        reader.end(&table);
        if let (Some((key, name)), Some(effect)) = (named, effect) {
            vetoes.push(Veto { key, name, effect });
        }
    }
    vetoes
}

/// The best grade that is left under a veto.
fn cap(
    reader: &mut Reader,
    tab: &Tab,
    grade: Option<String>,
    grading: Option<&Grading>,
) -> Option<VetoEffect> {
    let grade = reader.needed(tab, "grade", grade)?;
    let grades = grading.map_or(&[][..], |grading| &grading.grades);
    if let Some(at) = grades.iter().position(|known| known.key == grade) {
        return Some(VetoEffect::Cap(at));
    }
    let names: Vec<&str> = grades.iter().map(|grade| grade.key.as_str()).collect();
    let problem = Problem::error("rules-choice").arg("value", grade).arg("key", "grade");
    reader.problem_at_key(tab, "grade", problem.arg("choices", names.join(", ")));
    None
}

pub(super) fn objection(reader: &mut Reader, tab: &mut Tab) -> Option<Objection> {
    let mut table = reader.table(tab, "objection")?;
    let days = value::count(reader, &mut table, "days", 366);
    let days = reader.needed(&table, "days", days);
    let kinds = [("working", true), ("calendar", false)];
    let working_days = reader.choice(&mut table, "count", &kinds);
    let working_days = reader.needed(&table, "count", working_days);
    reader.end(&table);
    Some(Objection { days: i64::from(days?), working_days: working_days? })
}
