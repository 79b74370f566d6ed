//! Reading a league file from TOML.

mod method;

use tici_domain::place::PlaceKind;
use tici_domain::{ListTier, Name, Problem};

use super::{
    Amount, Class, Cohort, Grade, Item, LeagueRules, Method, Missing, MissingRank, Only, PeerGroup,
    Pick, Quantity, RankRule, Score, Ties, Unreported,
};
use crate::rule::Packages;
use crate::rule_file::{self, Reader, Tab};
use method::{METHODS, method};

/// Items of one file; more are a mistake.
const ITEMS_MAX: usize = 100;

const TIERS: &[(&str, ListTier)] =
    &[("province", ListTier::Province), ("city", ListTier::City), ("county", ListTier::County)];

const KINDS: &[(&str, PlaceKind)] = &[
    ("province", PlaceKind::Province),
    ("city", PlaceKind::City),
    ("county", PlaceKind::County),
    ("zone", PlaceKind::Zone),
    ("park", PlaceKind::Park),
    ("town", PlaceKind::Town),
    ("township", PlaceKind::Township),
    ("subdistrict", PlaceKind::Subdistrict),
    ("area", PlaceKind::Area),
];

/// What may stand behind `of` and `by`, but for `given.…`.
pub(super) const QUANTITIES: &[(&str, Quantity)] = &[
    ("projects.all", Quantity::Projects(Pick::All)),
    ("projects.new_start", Quantity::Projects(Pick::NewStart)),
    ("projects.continuing", Quantity::Projects(Pick::Continuing)),
    ("projects.started", Quantity::Projects(Pick::Started)),
    ("projects.planned_start", Quantity::Projects(Pick::PlannedStart)),
    ("projects.due_start", Quantity::Projects(Pick::DueStart)),
    ("projects.planned_started", Quantity::Projects(Pick::PlannedStarted)),
    ("projects.due_started", Quantity::Projects(Pick::DueStarted)),
    ("projects.late_start", Quantity::Projects(Pick::LateStart)),
    ("projects.late_entry", Quantity::Projects(Pick::LateEntry)),
    ("projects.late_start_or_entry", Quantity::Projects(Pick::LateStartOrEntry)),
    ("projects.completed", Quantity::Projects(Pick::Completed)),
    ("projects.producing", Quantity::Projects(Pick::Producing)),
    ("projects.suspended", Quantity::Projects(Pick::Suspended)),
    ("projects.event_start", Quantity::Projects(Pick::EventStart)),
    ("money.total", Quantity::Money(Amount::Total)),
    ("money.plan_year", Quantity::Money(Amount::PlanYear)),
    ("money.done_ytd", Quantity::Money(Amount::DoneYtd)),
    ("money.due_ytd", Quantity::Money(Amount::DueYtd)),
    ("money.done_month", Quantity::Money(Amount::DoneMonth)),
    ("events.start", Quantity::StartEvents),
    ("percent", Quantity::Percent),
];

/// Decimals of a score in a file.
const SCORE_DECIMALS: i32 = 6;

impl LeagueRules {
    /// Reads a league file. `file` is its name, for the messages. What could be read comes
    /// back beside the problems; with an error among them it must not be used.
    pub fn parse(text: &str, file: &str) -> (LeagueRules, Vec<Problem>) {
        let (root, mut reader) = rule_file::parse(file, text);
        let mut tab = Tab::root(&root);
        let rules = read(&mut reader, &mut tab);
        (rules, reader.problems)
    }
}

fn read(reader: &mut Reader, tab: &mut Tab) -> LeagueRules {
    let key = reader.text(tab, "key");
    let key = reader.needed(tab, "key", key).unwrap_or_default();
    let title = reader.name(tab, "title");
    let title = reader.needed(tab, "title", title).unwrap_or_default();
    let source = reader.text(tab, "source").unwrap_or_default();
    let unreported = [("nothing_done", Unreported::NothingDone), ("left_out", Unreported::LeftOut)];
    let unreported = reader.choice(tab, "unreported", &unreported);
    let unreported = reader.needed(tab, "unreported", unreported);
    let rules = LeagueRules {
        key,
        title,
        source,
        cohort: cohort(reader, tab),
        groups: groups(reader, tab),
        classes: classes(reader, tab),
        unreported: unreported.unwrap_or(Unreported::NothingDone),
        rank: rank(reader, tab),
        items: items(reader, tab),
        grades: grades(reader, tab),
    };
    reader.end(tab);
    for (item, key) in rules.unknown_classes() {
        let problem = Problem::error("league-unknown-class").arg("class", key);
        reader.problem_of(tab, problem.arg("item", item));
    }
    rules
}

impl LeagueRules {
    /// Classes that an item names and the file does not have, with the item.
    fn unknown_classes(&self) -> Vec<(String, String)> {
        let mut unknown = Vec::new();
        for item in &self.items {
            let of_method = match &item.method {
                Method::EachClass { points } => points.as_slice(),
                _ => &[],
            };
            let named = item.only.classes.iter().chain(of_method.iter().map(|(key, _)| key));
            for key in named.filter(|key| !self.classes.iter().any(|class| class.key == **key)) {
                unknown.push((item.key.clone(), key.clone()));
            }
        }
        unknown
    }
}

fn cohort(reader: &mut Reader, tab: &mut Tab) -> Cohort {
    let Some(mut table) = reader.table(tab, "cohort") else { return Cohort::default() };
    let listed = reader.truth(&mut table, "listed").unwrap_or(false);
    let tiers = reader.choices(&mut table, "tiers", TIERS);
    let packages = [("whole", Packages::Whole), ("split", Packages::Split)];
    let packages = reader.choice(&mut table, "packages", &packages).unwrap_or_default();
    reader.end(&table);
    Cohort { listed, tiers, packages }
}

/// Key and name of a table of a list; a key may come once.
fn keyed(reader: &mut Reader, tab: &mut Tab, known: &[&str]) -> Option<(String, Name)> {
    let key = reader.text(tab, "key");
    let key = reader.needed(tab, "key", key);
    let name = reader.name(tab, "name");
    let name = reader.needed(tab, "name", name);
    if let Some(key) = key.as_deref().filter(|key| known.contains(key)) {
        reader.problem_of(tab, Problem::error("rules-twice").arg("key", key));
    }
    key.zip(name)
}

fn groups(reader: &mut Reader, tab: &mut Tab) -> Vec<PeerGroup> {
    let mut groups = Vec::<PeerGroup>::new();
    let tables = reader.tables(tab, "group");
    if tables.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", "group"));
    }
    for mut table in tables {
        let known: Vec<&str> = groups.iter().map(|group| group.key.as_str()).collect();
        let named = keyed(reader, &mut table, &known);
        let kinds = reader.choices(&mut table, "kinds", KINDS);
        let places = reader.texts(&mut table, "places").into_iter().map(|(text, _)| text).collect();
        reader.end(&table);
        if let Some((key, name)) = named {
            groups.push(PeerGroup { key, name, kinds, places });
        }
    }
    groups
}

fn classes(reader: &mut Reader, tab: &mut Tab) -> Vec<Class> {
    let mut classes = Vec::<Class>::new();
    for mut table in reader.tables(tab, "class") {
        let known: Vec<&str> = classes.iter().map(|class| class.key.as_str()).collect();
        let named = keyed(reader, &mut table, &known);
        let industries = reader.texts(&mut table, "industries").into_iter().map(|(t, _)| t);
        let industries = industries.collect();
        let sectors = reader.texts(&mut table, "sectors").into_iter().map(|(t, _)| t).collect();
        let others = reader.truth(&mut table, "others").unwrap_or(false);
        reader.end(&table);
        if let Some((key, name)) = named {
            classes.push(Class { key, name, industries, sectors, others });
        }
    }
    classes
}

fn rank(reader: &mut Reader, tab: &mut Tab) -> RankRule {
    let none = RankRule { ties: Ties::Skip, missing: MissingRank::Unranked, decimals: 2 };
    let table = reader.table(tab, "rank");
    let Some(mut table) = reader.needed(tab, "rank", table) else { return none };
    let ties = reader.choice(&mut table, "ties", &[("skip", Ties::Skip), ("dense", Ties::Dense)]);
    let ties = reader.needed(&table, "ties", ties);
    let missing = [
        ("unranked", MissingRank::Unranked),
        ("last", MissingRank::Last),
        ("by_rest", MissingRank::ByRest),
    ];
    let missing = reader.choice(&mut table, "missing", &missing);
    let missing = reader.needed(&table, "missing", missing);
    let decimals = decimals(reader, &mut table);
    let decimals = reader.needed(&table, "decimals", decimals);
    reader.end(&table);
    RankRule {
        ties: ties.unwrap_or(none.ties),
        missing: missing.unwrap_or(none.missing),
        decimals: decimals.unwrap_or(none.decimals),
    }
}

fn decimals(reader: &mut Reader, tab: &mut Tab) -> Option<u8> {
    let decimals = reader.number(tab, "decimals", 0)?;
    if !(0..=6).contains(&decimals) {
        let problem = Problem::error("rules-range").arg("key", "decimals");
        reader.problem_of(tab, problem.arg("value", decimals).arg("min", 0).arg("max", 6));
    }
    u8::try_from(decimals).ok().filter(|decimals| *decimals <= 6)
}

fn grades(reader: &mut Reader, tab: &mut Tab) -> Vec<Grade> {
    let mut grades = Vec::<Grade>::new();
    for mut table in reader.tables(tab, "grade") {
        let known: Vec<&str> = grades.iter().map(|grade| grade.key.as_str()).collect();
        let named = keyed(reader, &mut table, &known);
        let from = score(reader, &mut table, "from");
        let from = reader.needed(&table, "from", from);
        reader.end(&table);
        let (Some((key, name)), Some(from)) = (named, from) else { continue };
        if grades.last().is_some_and(|last| last.from <= from) {
            reader.problem_of(&table, Problem::error("league-grade-order").arg("grade", &key));
        }
        grades.push(Grade { key, name, from });
    }
    grades
}

fn items(reader: &mut Reader, tab: &mut Tab) -> Vec<Item> {
    let mut items = Vec::<Item>::new();
    let tables = reader.tables(tab, "item");
    if tables.is_empty() {
        reader.problem_of(tab, Problem::error("rules-empty").arg("key", "item"));
    }
    if tables.len() > ITEMS_MAX {
        let problem = Problem::error("rules-too-many").arg("count", tables.len());
        reader.problem_of(tab, problem.arg("limit", ITEMS_MAX));
    }
    for mut table in tables.into_iter().take(ITEMS_MAX) {
        let known: Vec<&str> = items.iter().map(|item| item.key.as_str()).collect();
        let named = keyed(reader, &mut table, &known);
        let rest = item(reader, &mut table);
        reader.end(&table);
        if let (Some((key, name)), Some(rest)) = (named, rest) {
            items.push(Item { key, name, ..rest });
        }
    }
    items
}

/// An item without its key and name.
fn item(reader: &mut Reader, tab: &mut Tab) -> Option<Item> {
    let of = quantity(reader, tab, "of");
    let of = reader.needed(tab, "of", of);
    let by = quantity(reader, tab, "by");
    let only = Only {
        tiers: reader.choices(tab, "tiers", TIERS),
        classes: reader.texts(tab, "classes").into_iter().map(|(text, _)| text).collect(),
    };
    let missing = missing(reader, tab);
    let (min, max) = (score(reader, tab, "min"), score(reader, tab, "max"));
    let decimals = decimals(reader, tab);
    let kind = reader.choice(tab, "method", METHODS);
    let method = reader.needed(tab, "method", kind).and_then(|kind| method(reader, tab, kind));
    let (key, name) = (String::new(), Name::default());
    Some(Item { key, name, of: of?, by, only, method: method?, missing, min, max, decimals })
}

/// `missing = "missing"`, or the score that stands in its place.
fn missing(reader: &mut Reader, tab: &mut Tab) -> Missing {
    match score(reader, tab, "missing_score") {
        Some(score) => Missing::Score(score),
        None => Missing::Missing,
    }
}

fn quantity(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<Quantity> {
    let text = reader.text(tab, key)?;
    if let Some(given) = text.strip_prefix("given.").filter(|given| !given.is_empty()) {
        return Some(Quantity::Given(given.to_owned()));
    }
    if let Some((_, found)) = QUANTITIES.iter().find(|(name, _)| *name == text) {
        return Some(found.clone());
    }
    let names: Vec<&str> = QUANTITIES.iter().map(|(name, _)| *name).collect();
    let choices = format!("{}, given.…", names.join(", "));
    let problem = Problem::error("rules-choice").arg("value", text).arg("choices", choices);
    reader.problem_of(tab, problem.arg("key", key));
    None
}

fn score(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<Score> {
    reader.number(tab, key, SCORE_DECIMALS).map(Score)
}

fn needed_score(reader: &mut Reader, tab: &mut Tab, key: &'static str) -> Option<Score> {
    let read = score(reader, tab, key);
    reader.needed(tab, key, read)
}
