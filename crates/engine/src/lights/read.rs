//! Reading the rules of lights from TOML.

use tici_domain::{Name, Problem};

use super::{Against, Applies, Bound, Kind, LightRule, LightRules, Side, Unreported};
use crate::rule_file::{self, Reader, Tab};

const UNREPORTED: &[(&str, Unreported)] = &[
    ("worst", Unreported::Worst),
    ("before_green", Unreported::BeforeGreen),
    ("last", Unreported::Last),
];

const APPLIES: &[(&str, Applies)] =
    &[("started", Applies::Started), ("not_started", Applies::NotStarted), ("all", Applies::All)];

const KINDS: &[(&str, Kind)] = &[
    ("start_expected", Kind::StartExpected),
    ("start_months", Kind::StartMonths),
    ("behind_time", Kind::Behind(Against::Time)),
    ("behind_plan", Kind::Behind(Against::Plan)),
    ("behind_plan_else_time", Kind::Behind(Against::PlanElseTime)),
    ("share_of_due", Kind::ShareOfDue),
    ("report", Kind::Report),
    ("entry", Kind::Entry { total_min: 0 }),
    ("funds", Kind::Funds),
    ("growth", Kind::Growth),
];

const SIDES: &[(&str, Side)] =
    &[("from", Side::From), ("above", Side::Above), ("up_to", Side::UpTo), ("below", Side::Below)];

/// Rules of one file; more are a mistake.
const RULES_MAX: usize = 64;

impl LightRules {
    /// Reads a rule file. `file` is its name, for the messages. What could be read comes
    /// back beside the problems; with an error among them it must not be used.
    pub fn parse(text: &str, file: &str) -> (LightRules, Vec<Problem>) {
        let (root, mut reader) = rule_file::parse(file, text);
        let mut tab = Tab::root(&root);
        let rules = read(&mut reader, &mut tab);
        (rules, reader.problems)
    }
}

fn read(reader: &mut Reader, tab: &mut Tab) -> LightRules {
    let key = reader.text(tab, "key");
    let key = reader.needed(tab, "key", key).unwrap_or_default();
    let title = reader.name(tab, "title");
    let title = reader.needed(tab, "title", title).unwrap_or_default();
    let source = reader.text(tab, "source").unwrap_or_default();
    let unreported = reader.choice(tab, "unreported", UNREPORTED);
    let unreported = reader.needed(tab, "unreported", unreported).unwrap_or(Unreported::Worst);
    let jan_feb_together = reader.truth(tab, "jan_feb_together").unwrap_or(false);
    let mut rules = Vec::<LightRule>::new();
    let tables = reader.tables(tab, "rule");
    if tables.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", "rule"));
    }
    if tables.len() > RULES_MAX {
        let problem = Problem::error("rules-too-many").arg("count", tables.len());
        reader.problem_of(tab, problem.arg("limit", RULES_MAX));
    }
    for mut table in tables.into_iter().take(RULES_MAX) {
        let Some(rule) = read_rule(reader, &mut table) else { continue };
        if rules.iter().any(|known| known.key == rule.key) {
            reader.problem_of(&table, Problem::error("rules-twice").arg("key", &rule.key));
        }
        rules.push(rule);
    }
    reader.end(tab);
    LightRules { key, title, source, unreported, jan_feb_together, rules }
}

fn read_rule(reader: &mut Reader, tab: &mut Tab) -> Option<LightRule> {
    let key = reader.text(tab, "key");
    let key = reader.needed(tab, "key", key);
    let name = reader.name(tab, "name");
    let kind = reader.choice(tab, "kind", KINDS);
    let kind = reader.needed(tab, "kind", kind);
    let applies = reader.choice(tab, "applies", APPLIES);
    let listed = reader.truth(tab, "listed").unwrap_or(false);
    let total_min = match kind {
        Some(Kind::Entry { .. }) => reader.number(tab, "total_min_yuan", 0).unwrap_or(0),
        _ => 0,
    };
    let (amber, red) = match kind {
        Some(kind) if !kind.has_bounds() => (None, None),
        kind => (bound(reader, tab, "amber", kind), bound(reader, tab, "red", kind)),
    };
    reader.end(tab);
    let (key, kind) = (key?, kind?);
    if kind.has_bounds() && !tab.has("amber") && !tab.has("red") {
        reader.problem_of(tab, Problem::error("rules-no-threshold").arg("rule", &key));
    }
    if let (Some(amber), Some(red)) = (amber, red)
        && !is_ordered(kind, amber, red)
    {
        reader.problem_of(tab, Problem::error("rules-light-order").arg("rule", &key));
    }
    let kind = match kind {
        Kind::Entry { .. } => Kind::Entry { total_min },
        kind => kind,
    };
    Some(LightRule {
        name: name.unwrap_or_else(|| Name::new(key.as_str())),
        key,
        kind,
        applies: applies.unwrap_or(default_applies(kind)),
        listed,
        amber,
        red,
    })
}

/// Whom a rule is about where the file does not say.
fn default_applies(kind: Kind) -> Applies {
    match kind {
        Kind::StartExpected | Kind::StartMonths => Applies::NotStarted,
        Kind::Behind(_) | Kind::ShareOfDue | Kind::Entry { .. } => Applies::Started,
        Kind::Report | Kind::Funds | Kind::Growth => Applies::All,
    }
}

fn bound(
    reader: &mut Reader,
    tab: &mut Tab,
    key: &'static str,
    kind: Option<Kind>,
) -> Option<Bound> {
    let mut table = reader.table(tab, key)?;
    let mut found = None;
    let mut count = 0;
    for (name, side) in SIDES {
        if let Some(at) = reader.number(&mut table, name, 2) {
            found = Some(Bound { at, side: *side });
            count += 1;
        }
    }
    reader.end(&table);
    if count > 1 || table.keys().is_empty() {
        reader.problem_of(&table, Problem::error("rules-one-threshold").arg("key", key));
    }
    let found = found?;
    let worse = matches!(found.side, Side::From | Side::Above);
    if kind.is_some_and(|kind| kind.grows_worse() != worse) {
        let (wanted, found) = match worse {
            true => ("up_to, below", "from, above"),
            false => ("from, above", "up_to, below"),
        };
        let problem = Problem::error("rules-threshold-side").arg("wanted", wanted);
        reader.problem_of(&table, problem.arg("found", found).arg("key", key));
    }
    Some(found)
}

/// Whether a worsening figure meets amber before red.
fn is_ordered(kind: Kind, amber: Bound, red: Bound) -> bool {
    if kind.grows_worse() { amber.at <= red.at } else { amber.at >= red.at }
}
