//! Renamed projects: proposed by rule, confirmed by a person, never merged unasked.

use crate::map::{Link, fold_header};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tici_domain::intake::ProjectRow;

/// Confidence from which names count as near, in hundredths.
const NEAR_MIN: u8 = 72;
/// Names compared letter by letter at most; above that only shared words make a pair.
const WORD_NAMES_MAX: usize = 400;

/// Proposes links from names in `rows` to names in `known`, best first. A row's own name
/// known as it is needs none. Reasons: `formerly` (the row says so), `spelling` (equal but
/// for case, blanks, marks and small words), `near` (most words or letters are shared).
pub fn propose_links(rows: &[ProjectRow], known: &[String]) -> Vec<Link> {
    let names = rows.iter().filter_map(|row| Some(row.name.as_ref()?.value.text.as_str()));
    let names: BTreeSet<&str> = names.collect();
    let known: Vec<Known<'_>> = known.iter().map(|name| Known::new(name)).collect();
    let exact: BTreeSet<&str> = known.iter().map(|known| known.folded.as_str()).collect();
    let by_core: HashMap<&str, usize> =
        known.iter().enumerate().map(|(index, known)| (known.core.as_str(), index)).collect();
    let index = WordIndex::new(&known);
    let mut links = Vec::new();
    for name in names {
        let own = Known::new(name);
        if exact.contains(own.folded.as_str()) {
            continue;
        }
        links.extend(best(&own, &known, &by_core, &index));
    }
    links.sort_by(|a, b| b.confidence.cmp(&a.confidence).then_with(|| a.old.cmp(&b.old)));
    links
}

/// A name and the forms it is compared in.
struct Known<'n> {
    name: &'n str,
    folded: String,
    /// Without remarks in brackets, marks and words that say nothing.
    core: String,
    /// The name it says it had before, as a core.
    former: Option<String>,
    words: BTreeSet<String>,
}

impl<'n> Known<'n> {
    fn new(name: &'n str) -> Known<'n> {
        let folded = fold_header(name);
        let former = former_name(&folded).map(|former| core(&former));
        let core = core(&without_acronym(&without_former(&folded)));
        let words = words(&core);
        Known { name, folded, core, former, words }
    }
}

fn best(
    own: &Known<'_>,
    known: &[Known<'_>],
    by_core: &HashMap<&str, usize>,
    index: &WordIndex,
) -> Option<Link> {
    let link = |to: &Known<'_>, reason: &str, confidence| Link {
        old: own.name.into(),
        new: to.name.into(),
        reason: reason.into(),
        confidence,
        confirmed: false,
    };
    if let Some(at) = own.former.as_ref().and_then(|former| by_core.get(former.as_str())) {
        return Some(link(&known[*at], "formerly", 97));
    }
    if let Some(to) = known.iter().find(|to| to.former.as_deref() == Some(own.core.as_str())) {
        return Some(link(to, "formerly", 97));
    }
    if let Some(at) = by_core.get(own.core.as_str()).filter(|_| !own.core.is_empty()) {
        return Some(link(&known[*at], "spelling", 95));
    }
    let candidates = index.sharing(&own.words);
    let scored = candidates.into_iter().map(|at| (likeness(own, &known[at]), at));
    let (score, at) = scored.max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at)))?;
    (score >= NEAR_MIN).then(|| link(&known[at], "near", score))
}

/// Names by the words in them, so that not every pair is compared.
struct WordIndex(BTreeMap<String, Vec<usize>>);

impl WordIndex {
    fn new(known: &[Known<'_>]) -> WordIndex {
        let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, known) in known.iter().enumerate() {
            for word in &known.words {
                index.entry(word.clone()).or_default().push(at);
            }
        }
        WordIndex(index)
    }

    fn sharing(&self, words: &BTreeSet<String>) -> BTreeSet<usize> {
        let lists = words.iter().filter_map(|word| self.0.get(word));
        // A word in every name singles nobody out.
        lists.filter(|list| list.len() <= WORD_NAMES_MAX).flatten().copied().collect()
    }
}

/// 0 to 99: the better of shared words and shared letter pairs. Different numbers make
/// different projects: phase 1 is not phase 2.
fn likeness(a: &Known<'_>, b: &Known<'_>) -> u8 {
    if numbers(&a.core) != numbers(&b.core) {
        return 0;
    }
    let shared = a.words.intersection(&b.words).count();
    let all = a.words.union(&b.words).count().max(1);
    let words = shared as f64 / all as f64;
    let (pairs_a, pairs_b) = (pairs(&a.core), pairs(&b.core));
    let common = pairs_a.iter().filter(|pair| pairs_b.contains(*pair)).count();
    let dice = 2.0 * common as f64 / (pairs_a.len() + pairs_b.len()).max(1) as f64;
    (words.max(dice) * 99.0).floor() as u8
}

fn numbers(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| !run.is_empty()).map(String::from).collect()
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
    chars.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

const FORMERLY: [&str; 9] = [
    "formerly known as",
    "formerly",
    "previously known as",
    "previously",
    "was known as",
    "原名",
    "曾用名",
    "原称",
    "原稱",
];

/// The name behind "(formerly …)", in a folded name.
fn former_name(folded: &str) -> Option<String> {
    let (at, mark) = FORMERLY.iter().find_map(|mark| Some((folded.find(mark)?, mark)))?;
    let rest = folded[at + mark.len()..].trim_start_matches([':', ' ', '-']);
    let end = rest.find([')', ';']).unwrap_or(rest.len());
    let former = rest[..end].trim();
    (!former.is_empty()).then(|| former.to_string())
}

fn without_former(folded: &str) -> String {
    let Some(at) = FORMERLY.iter().filter_map(|mark| folded.find(mark)).min() else {
        return folded.to_string();
    };
    let from = folded[..at].rfind('(').unwrap_or(at);
    let behind = folded[at..].find(')').map_or("", |end| &folded[at + end + 1..]);
    format!("{} {behind}", folded[..from].trim_end_matches([' ', '-', ',']))
}

/// Words that come and go between two spellings of one name.
const SMALL_WORDS: [&str; 12] = [
    "the",
    "a",
    "of",
    "and",
    "for",
    "programme",
    "program",
    "project",
    "projects",
    "scheme",
    "项目",
    "工程",
];

/// An acronym in brackets beside the name is the same name again: its letters begin
/// words of the name, in this order. `(north)` and `(2)` stay.
fn without_acronym(folded: &str) -> String {
    let Some((before, rest)) = folded.split_once('(') else { return folded.to_string() };
    let Some((inside, behind)) = rest.split_once(')') else { return folded.to_string() };
    let short = (2..=8).contains(&inside.len());
    let mut initials = before.split([' ', '-']).filter_map(|word| word.chars().next());
    let same = inside
        .chars()
        .all(|letter| letter.is_ascii_lowercase() && initials.any(|initial| initial == letter));
    if short && same { format!("{before} {behind}") } else { folded.to_string() }
}

fn core(folded: &str) -> String {
    let mut plain = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '&' => plain.push_str(" and "),
            c if c.is_alphanumeric() => plain.push(c),
            _ => plain.push(' '),
        }
    }
    let kept = plain.split_whitespace().filter(|word| !SMALL_WORDS.contains(word));
    let mut core = kept.collect::<Vec<_>>().join(" ");
    for word in ["项目", "工程"] {
        if let Some(rest) = core.strip_suffix(word) {
            core = rest.to_string();
        }
    }
    core
}

/// Words of a Latin name; pairs of characters of a Chinese one.
fn words(core: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for piece in core.split(' ').filter(|piece| !piece.is_empty()) {
        if piece.is_ascii() {
            words.insert(piece.to_string());
        } else {
            let chars: Vec<char> = piece.chars().collect();
            words.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
        }
    }
    words
}
