//! The leaves: one figure each, and how it becomes points.

use tici_domain::{Name, Problem};

use super::edges::MISSINGS;
use super::formula::{Formula, FormulaError, FormulaFault};
use super::method::{self, Method};
use super::{Kind, Missing, Scheme, branch, index, value};
use crate::assess::score::Number;
use crate::assess::score::efficacy::ZeroRange;
use crate::rule_file::{Reader, Tab};

/// One item of a scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub key: String,
    pub name: Name,
    /// The branch it is part of; the total where not stated.
    pub parent: Option<String>,
    /// Its weight where its parent weighs.
    pub weight: Option<Number>,
    pub source: Source,
    pub polarity: Polarity,
    pub method: Method,
    /// Its own words where they differ from `[edges]`.
    pub zero_range: Option<ZeroRange>,
    pub alone: Option<ZeroRange>,
    pub missing: Option<Missing>,
    /// Decimals of its points, where they differ from `[rounding]`.
    pub decimals: Option<u32>,
    /// Of an index: the figure it is divided by, the value aimed at, whether outliers of it
    /// are treated.
    pub per: Option<String>,
    pub target: Option<Number>,
    pub treat: bool,
    /// `line:column` in the file.
    pub place: String,
}

/// Where an item's figure comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    Figure(String),
    Formula(Formula),
}

/// Which way is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Polarity {
    #[default]
    More,
    Less,
    /// Neither too much nor too little.
    Middle,
}

impl Polarity {
    pub fn code(self) -> &'static str {
        match self {
            Polarity::More => "more",
            Polarity::Less => "less",
            Polarity::Middle => "middle",
        }
    }
}

pub(super) fn read(reader: &mut Reader, tab: &mut Tab, kind: Kind) -> Option<Item> {
    let key = reader.text(tab, "key");
    let key = reader.needed(tab, "key", key);
    let name = reader.name(tab, "name");
    let name = reader.needed(tab, "name", name);
    let parent = reader.text(tab, "parent");
    let weight = branch::weight(reader, tab);
    let source = source(reader, tab, key.as_deref());
    let polarities =
        [("more", Polarity::More), ("less", Polarity::Less), ("middle", Polarity::Middle)];
    let polarity = reader.choice(tab, "polarity", &polarities).unwrap_or_default();
    let zero_range = method::zero_range(reader, tab, "zero_range");
    let alone = method::zero_range(reader, tab, "alone");
    let missing = reader.choice(tab, "missing", MISSINGS);
    let decimals = value::count(reader, tab, "decimals", 12);
    let (mut per, mut target, mut treat) = (None, None, true);
    let method = if kind == Kind::Index {
        per = reader.text(tab, "per");
        target = value::number(reader, tab, "target");
        treat = reader.truth(tab, "treat").unwrap_or(true);
        Some(Method::Normalise(index::method(reader, tab)))
    } else {
        method::read(reader, tab, polarity)
    };
    // Which keys there may be is only known with the method.
    let is_known = tab.peek("method").is_none_or(|word| match kind {
        Kind::Index => index::WAYS.iter().any(|(known, _)| *known == word),
        Kind::Points => method::WORDS.iter().any(|(known, _)| *known == word),
    });
    if is_known {
        reader.end(tab);
    }
    let place = reader.place(tab.at_key("key"));
    let (key, name, source, method) = (key?, name?, source?, method?);
    Some(Item {
        key,
        name,
        parent,
        weight,
        source,
        polarity,
        method,
        zero_range,
        alone,
        missing,
        decimals,
        per,
        target,
        treat,
        place,
    })
}

/// `figure`, `formula`, or a figure of the item's own key.
fn source(reader: &mut Reader, tab: &mut Tab, key: Option<&str>) -> Option<Source> {
    let figure = reader.text(tab, "figure");
    let text = reader.text(tab, "formula");
    if figure.is_some() && text.is_some() {
        let problem = Problem::error("assess-two-sources").arg("keys", "figure, formula");
        reader.problem_at_key(tab, "formula", problem);
    }
    let Some(text) = text else {
        return figure.or_else(|| key.map(str::to_owned)).map(Source::Figure);
    };
    match Formula::parse(&text) {
        Ok(formula) => Some(Source::Formula(formula)),
        Err(error) => {
            // The quote stands before the formula's first character.
            let bytes: usize = text.chars().take(error.at).map(char::len_utf8).sum();
            reader.problem(tab.at_key("formula") + 1 + bytes, fault(&error));
            None
        }
    }
}

fn fault(error: &FormulaError) -> Problem {
    let problem = match error.what {
        FormulaFault::Operand => Problem::error("assess-formula-operand"),
        FormulaFault::Operator => Problem::error("assess-formula-operator"),
        FormulaFault::UnknownFunction => {
            let names: Vec<&str> = super::formula::FUNCTIONS.iter().map(|known| known.0).collect();
            Problem::error("assess-formula-function").arg("known", names.join(", "))
        }
        FormulaFault::Arguments => Problem::error("assess-formula-arguments"),
        FormulaFault::TooDeep => Problem::error("assess-formula-deep"),
    };
    problem.arg("found", if error.found.is_empty() { "…" } else { &error.found })
}

impl Item {
    /// Keys of figures it needs, its own first; other items in its formula left out.
    pub fn columns<'s>(&'s self, scheme: &'s Scheme) -> Vec<&'s str> {
        let mut columns: Vec<&str> = match &self.source {
            _ if self.method.is_of_several() => Vec::new(),
            Source::Figure(key) => vec![key],
            Source::Formula(formula) => {
                let (now, last) = formula.names();
                now.into_iter()
                    .chain(last)
                    .filter(|name| scheme.item_named(name).is_none())
                    .collect()
            }
        };
        columns.extend(self.method.figures());
        columns.extend(self.per.as_deref());
        let mut seen = Vec::new();
        columns.retain(|key| {
            !seen.contains(key) && {
                seen.push(*key);
                true
            }
        });
        columns
    }
}

impl Scheme {
    /// The item a formula's name means; a figure of that key goes before it.
    pub fn item_named(&self, name: &str) -> Option<usize> {
        if self.figures.iter().any(|figure| figure.key == name) {
            return None;
        }
        let at = self.item(name)?;
        let is_own = matches!(&self.items[at].source, Source::Figure(key) if key == name);
        (!is_own).then_some(at)
    }
}
