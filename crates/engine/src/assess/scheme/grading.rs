//! Grades and awards as a scheme states them.

use tici_domain::{Name, Problem};

use super::edges::stated;
use super::value;
use crate::assess::grade::quota::{Boundary, Places};
use crate::assess::score::Number;
use crate::rule_file::{Reader, Tab};

/// How totals become grades.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grading {
    pub by: GradeBy,
    /// Places are counted over all units, not within each group.
    pub over_all: bool,
    pub places: Places,
    pub boundary: Boundary,
    /// Best first.
    pub grades: Vec<Grade>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GradeBy {
    #[default]
    Threshold,
    Quota,
}

/// One grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    pub key: String,
    pub name: Name,
    /// By threshold: the total from which it is given. By quota: the least total.
    pub from: Option<Number>,
    /// By quota: its share of all units, 0 to 1; `None` takes the rest.
    pub share: Option<Number>,
}

/// An award (单项奖).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    pub key: String,
    pub name: Name,
    pub rule: AwardRule,
    /// `total`, or the key of an item or a branch.
    pub of: String,
    /// Over all units, not within each group.
    pub over_all: bool,
}

/// Who gets an award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwardRule {
    /// The first so many by points; those tied with the last are in.
    First { count: u32 },
    /// Who rose the most places since the run before, so many.
    BestRiser { count: u32 },
    /// All from this many points on.
    Threshold { from: Number },
}

pub(super) const PLACES: &[(&str, Places)] =
    &[("floor", Places::Floor), ("half", Places::Half), ("ceil", Places::Ceil)];

pub(super) const BOUNDARIES: &[(&str, Boundary)] =
    &[("all_in", Boundary::AllIn), ("all_out", Boundary::AllOut)];

/// `[grading]` and the grades; none where there is neither.
pub(super) fn grading(reader: &mut Reader, tab: &mut Tab) -> Option<Grading> {
    let table = reader.table(tab, "grading");
    let tables = reader.tables(tab, "grade");
    let Some(mut table) = table else {
        if !tables.is_empty() {
            reader.problem_of(tab, Problem::error("rules-missing-key").arg("key", "grading"));
        }
        return None;
    };
    let by = [("threshold", GradeBy::Threshold), ("quota", GradeBy::Quota)];
    let by = reader.choice(&mut table, "by", &by);
    let by = reader.needed(&table, "by", by).unwrap_or_default();
    let over_all = over_all(reader, &mut table);
    let places = reader.choice(&mut table, "places", PLACES);
    let boundary = reader.choice(&mut table, "boundary", BOUNDARIES);
    if by == GradeBy::Quota {
        stated(reader, &table, ("grading", "places"), places);
        stated(reader, &table, ("grading", "boundary"), boundary);
    }
    reader.end(&table);
    if tables.is_empty() {
        reader.problem_of(&table, Problem::error("rules-empty").arg("key", "grade"));
    }
    let grades = grades(reader, tables, by);
    let (places, boundary) = (places.unwrap_or_default(), boundary.unwrap_or_default());
    Some(Grading { by, over_all, places, boundary, grades })
}

fn grades(reader: &mut Reader, tables: Vec<Tab>, by: GradeBy) -> Vec<Grade> {
    let mut grades = Vec::<Grade>::new();
    let mut shares = Number::zero();
    for mut table in tables {
        let known: Vec<&str> = grades.iter().map(|grade| grade.key.as_str()).collect();
        let named = super::sections::keyed(reader, &mut table, &known);
        let from = value::number(reader, &mut table, "from");
        let share = value::number(reader, &mut table, "share");
        reader.end(&table);
        let Some((key, name)) = named else { continue };
        let before = grades.last().and_then(|last| last.from.as_ref());
        let rises = before.zip(from.as_ref()).is_some_and(|(before, from)| before <= from);
        if rises {
            reader.problem_of(&table, Problem::error("league-grade-order").arg("grade", &key));
        }
        if let Some(share) = &share {
            shares = &shares + share;
            let is_share = share.is_positive() && shares <= Number::one();
            if by == GradeBy::Threshold || !is_share {
                let problem = Problem::error("assess-grade-share").arg("grade", &key);
                reader.problem_at_key(&table, "share", problem.arg("sum", &shares));
            }
        }
        grades.push(Grade { key, name, from, share });
    }
    grades
}

/// `within = "group"` or `"all"`; the group where nothing is said.
fn over_all(reader: &mut Reader, tab: &mut Tab) -> bool {
    reader.choice(tab, "within", &[("group", false), ("all", true)]).unwrap_or(false)
}

#[derive(Clone, Copy)]
enum Rule {
    First,
    Riser,
    Threshold,
}

pub(super) fn awards(reader: &mut Reader, tab: &mut Tab, nodes: &[&str]) -> Vec<Award> {
    let mut awards = Vec::<Award>::new();
    for mut table in reader.tables(tab, "award") {
        let known: Vec<&str> = awards.iter().map(|award| award.key.as_str()).collect();
        let named = super::sections::keyed(reader, &mut table, &known);
        let rules =
            [("first", Rule::First), ("best_riser", Rule::Riser), ("threshold", Rule::Threshold)];
        let rule = reader.choice(&mut table, "rule", &rules);
        let rule = reader.needed(&table, "rule", rule);
        let of = reader.text(&mut table, "of").unwrap_or_else(|| "total".into());
        if of != "total" && !nodes.contains(&of.as_str()) {
            let problem = Problem::error("assess-unknown-node").arg("name", &of);
            reader.problem_at_key(&table, "of", problem);
        }
        let over_all = over_all(reader, &mut table);
        let count = value::count(reader, &mut table, "count", 1000).unwrap_or(1);
        let from = value::number(reader, &mut table, "from");
        let rule = rule.and_then(|rule| match rule {
            Rule::First => Some(AwardRule::First { count }),
            Rule::Riser => Some(AwardRule::BestRiser { count }),
            Rule::Threshold => {
                let from = reader.needed(&table, "from", from)?;
                Some(AwardRule::Threshold { from })
            }
        });
        reader.end(&table);
        if let (Some((key, name)), Some(rule)) = (named, rule) {
            awards.push(Award { key, name, rule, of, over_all });
        }
    }
    awards
}
