//! Reading a scheme from its file: everything that is wrong at once, each with its place.

use std::collections::BTreeSet;

use tici_domain::Problem;

use super::{Kind, Scheme, branch, check, edges, grading, index, item, sections};
use crate::rule_file::{self, Reader, Tab};

/// Items and branches of one scheme; more are a mistake.
const NODES_MAX: usize = 1000;

impl Scheme {
    /// Reads a scheme. `file` is its name, for the messages. With an error among the
    /// problems what was read must not be used.
    pub fn parse(text: &str, file: &str) -> (Scheme, Vec<Problem>) {
        let (root, mut reader) = rule_file::parse(file, text);
        let mut tab = Tab::root(&root);
        let scheme = read(&mut reader, &mut tab);
        if !Problem::any_error(&reader.problems) {
            check::check(&scheme, &mut reader);
        }
        (scheme, reader.problems)
    }
}

fn read(reader: &mut Reader, tab: &mut Tab) -> Scheme {
    let key = reader.text(tab, "key");
    let key = reader.needed(tab, "key", key).unwrap_or_default();
    let version = reader.text(tab, "version");
    let version = reader.needed(tab, "version", version).unwrap_or_default();
    let title = reader.name(tab, "title");
    let title = reader.needed(tab, "title", title).unwrap_or_default();
    let source = reader.text(tab, "source").unwrap_or_default();
    let kind = reader.choice(tab, "kind", &[("points", Kind::Points), ("index", Kind::Index)]);
    let kind = reader.needed(tab, "kind", kind).unwrap_or_default();
    let counting = sections::counting(reader, tab);
    let (branches, items) = nodes(reader, tab, kind);
    let mut names: Vec<&str> = branches.iter().map(|branch| branch.key.as_str()).collect();
    names.extend(items.iter().map(|item| item.key.as_str()));
    let grading = grading::grading(reader, tab);
    let bonuses = sections::bonuses(reader, tab);
    let scheme = Scheme {
        key,
        version,
        title,
        source,
        kind,
        edges: edges::edges(reader, tab),
        rounding: edges::rounding(reader, tab),
        rank: edges::rank(reader, tab, &names),
        groups: sections::groups(reader, tab),
        figures: sections::figures(reader, tab, &counting),
        counting,
        index: if kind == Kind::Index { index::read(reader, tab) } else { None },
        adjust: sections::adjust(reader, tab),
        vetoes: sections::vetoes(reader, tab, grading.as_ref(), &bonuses),
        awards: grading::awards(reader, tab, &names),
        objection: sections::objection(reader, tab),
        branches,
        items,
        bonuses,
        grading,
    };
    reader.end(tab);
    scheme
}

/// Branches and items; a key may come once among both.
fn nodes(reader: &mut Reader, tab: &mut Tab, kind: Kind) -> (Vec<branch::Branch>, Vec<item::Item>) {
    let (mut branches, mut items, mut keys) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut once = |reader: &mut Reader, tab: &Tab, key: &str| {
        if !keys.insert(key.to_owned()) {
            reader.problem_at_key(tab, "key", Problem::error("rules-twice").arg("key", key));
        }
    };
    for mut table in limited(reader, tab, "branch") {
        if let Some(branch) = branch::read(reader, &mut table, kind) {
            once(reader, &table, &branch.key);
            branches.push(branch);
        }
    }
    for mut table in limited(reader, tab, "item") {
        if let Some(item) = item::read(reader, &mut table, kind) {
            once(reader, &table, &item.key);
            items.push(item);
        }
    }
    (branches, items)
}

/// The tables of a list that must not be empty, nor longer than makes sense.
fn limited<'a>(reader: &mut Reader, tab: &mut Tab<'a>, key: &'static str) -> Vec<Tab<'a>> {
    let mut tables = reader.tables(tab, key);
    if tables.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", key));
    }
    if tables.len() > NODES_MAX {
        let problem = Problem::error("rules-too-many").arg("count", tables.len());
        reader.problem_of(tab, problem.arg("limit", NODES_MAX));
        tables.truncate(NODES_MAX);
    }
    tables
}
