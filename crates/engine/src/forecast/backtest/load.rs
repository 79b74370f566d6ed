//! From a table of text to a history.

use std::collections::BTreeMap;

use tici_domain::Problem;

use super::columns::{Columns, Found};
use super::day::Order;
use super::history::{History, Project, Report};
use super::leak::{Numbers, leaks};

/// Rows a history may have; more belongs into a database.
pub const ROWS_MAX: usize = 5_000_000;

/// A table as a file gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    fn cell(&self, row: usize, column: usize) -> &str {
        self.rows[row].get(column).map_or("", |text| text.trim())
    }

    /// The order a column's days are written in. One that fits both, such as the first of
    /// each month, is read as the promised days are; day first, where those do not tell.
    fn order(&self, column: usize, found: Found) -> Order {
        let own = |at: usize| Order::of_column((0..self.rows.len()).map(|row| self.cell(row, at)));
        own(column).or_else(|| own(found.end)).unwrap_or(Order::DayMonthYear)
    }
}

/// The history in a table. A column that leaks the future is refused, by name; so are a
/// missing column and a file without two report dates. Rows without a report date are left
/// out and counted.
pub fn load(sheet: &Sheet, columns: &Columns) -> (History, Vec<Problem>) {
    let full = |at: usize| (0..sheet.rows.len()).all(|row| !sheet.cell(row, at).is_empty());
    let found = match columns.find(&sheet.head, &full) {
        Ok(found) => found,
        Err(problems) => return (History::default(), problems),
    };
    let mut reading = Reading::new(sheet, found, columns.link_names);
    let history = reading.read();
    let mut problems = reading.problems;
    problems.extend(refused(sheet, columns, &reading.rows, found));
    if history.dates.len() < 2 {
        problems.push(Problem::error("forecast-backtest-one-report"));
    }
    if history.survivors_only() {
        problems.push(Problem::warning("forecast-backtest-survivors"));
    }
    (history, problems)
}

/// One problem for each column that leaks and was not left out.
fn refused(
    sheet: &Sheet,
    columns: &Columns,
    rows: &BTreeMap<String, BTreeMap<i32, usize>>,
    found: Found,
) -> Vec<Problem> {
    let number = |at: usize| -> Vec<Option<f64>> {
        let order = sheet.order(at, found);
        let value = |text: &str| money(text).or_else(|| order.parse(text).map(f64::from));
        (0..sheet.rows.len()).map(|row| value(sheet.cell(row, at))).collect()
    };
    let all: Vec<Vec<Option<f64>>> = (0..sheet.head.len()).map(number).collect();
    let projects: Vec<Vec<usize>> =
        rows.values().map(|of| of.values().copied().collect()).collect();
    let numbers = Numbers { columns: &all, projects: &projects };
    let mut later = vec![found.end];
    later.extend(found.cost);
    let leaking = |at: &usize| {
        let kept = !columns.dropped(&sheet.head[*at]) && ![found.id, found.report].contains(at);
        kept && leaks(&numbers, *at, &later)
    };
    let problem = |at: usize| {
        Problem::error("forecast-backtest-leaking-column").arg("column", &sheet.head[at])
    };
    (0..sheet.head.len()).filter(leaking).map(problem).collect()
}

struct Reading<'a> {
    sheet: &'a Sheet,
    found: Found,
    link_names: bool,
    words: BTreeMap<String, u32>,
    /// Row of each project and report date.
    rows: BTreeMap<String, BTreeMap<i32, usize>>,
    problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    fn new(sheet: &'a Sheet, found: Found, link_names: bool) -> Reading<'a> {
        Reading {
            sheet,
            found,
            link_names,
            words: BTreeMap::new(),
            rows: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    fn order(&self, column: usize) -> Order {
        self.sheet.order(column, self.found)
    }

    fn read(&mut self) -> History {
        self.sort_rows();
        let rows = std::mem::take(&mut self.rows);
        let end = self.order(self.found.end);
        let start = self.found.start.map(|at| (at, self.order(at)));
        let mut history = History::default();
        for (id, of) in &rows {
            let report = |(on, row): (&i32, &usize)| self.report(*on, *row, end, start);
            let reports = of.iter().map(report).collect();
            history.projects.push(Project { id: id.clone(), reports, closed_on: None });
        }
        history.dates = rows.values().flat_map(|of| of.keys().copied()).collect();
        history.dates.sort_unstable();
        history.dates.dedup();
        sort_words(&mut history, &self.words);
        self.rows = rows;
        history.close();
        history
    }

    fn sort_rows(&mut self) {
        let order = self.order(self.found.report);
        let (mut undated, mut twice) = (Vec::new(), Vec::new());
        for row in 0..self.sheet.rows.len().min(ROWS_MAX) {
            let Some(on) = order.parse(self.sheet.cell(row, self.found.report)) else {
                undated.push(row);
                continue;
            };
            let id = self.sheet.cell(row, self.found.id);
            let id = if self.link_names { plain_name(id) } else { id.to_owned() };
            if self.rows.entry(id).or_default().insert(on, row).is_some() {
                twice.push(row);
            }
        }
        for (key, rows) in
            [("forecast-backtest-undated", undated), ("forecast-backtest-twice", twice)]
        {
            if let Some(first) = rows.first() {
                let problem = Problem::warning(key).arg("count", rows.len());
                self.problems.push(problem.arg("row", first + 2));
            }
        }
    }

    fn report(&mut self, on: i32, row: usize, end: Order, start: Option<(usize, Order)>) -> Report {
        let sheet = self.sheet;
        let word_at = |words: &mut BTreeMap<String, u32>, at: Option<usize>| {
            let text = word(sheet.cell(row, at?))?;
            Some(number_of(words, text))
        };
        let class = self.found.class.map_or("", |at| sheet.cell(row, at));
        let class = class.split(',').filter_map(word).collect::<Vec<_>>();
        Report {
            on,
            end: end.parse(sheet.cell(row, self.found.end)),
            start: start.and_then(|(at, order)| order.parse(sheet.cell(row, at))),
            cost: self.found.cost.and_then(|at| money(sheet.cell(row, at))),
            class: class.into_iter().map(|text| number_of(&mut self.words, text)).collect(),
            phase: word_at(&mut self.words, self.found.phase),
            sponsor: word_at(&mut self.words, self.found.sponsor),
            rating: word_at(&mut self.words, self.found.rating),
            redness: self.found.rating.and_then(|at| redness(sheet.cell(row, at))),
        }
    }
}

/// Numbers the words by the alphabet: a word first used later must not change the order, and
/// with it the rounding, of what was known before.
fn sort_words(history: &mut History, words: &BTreeMap<String, u32>) {
    let mut place = vec![0; words.len()];
    for (sorted, number) in words.values().enumerate() {
        place[*number as usize] = sorted as u32;
    }
    for report in history.projects.iter_mut().flat_map(|project| &mut project.reports) {
        let texts = [&mut report.phase, &mut report.sponsor, &mut report.rating];
        let single = texts.into_iter().flatten();
        for word in report.class.iter_mut().chain(single) {
            *word = place[*word as usize];
        }
    }
    history.words = words.keys().cloned().collect();
}

fn number_of(words: &mut BTreeMap<String, u32>, text: String) -> u32 {
    let next = words.len() as u32;
    *words.entry(text).or_insert(next)
}

/// A word that may name a group; sentences (such as why a rating is withheld) do not.
fn word(text: &str) -> Option<String> {
    const LETTERS_MAX: usize = 40;
    let folded = text.trim().to_lowercase().replace(" /", "/").replace("/ ", "/");
    let withheld = folded.starts_with("exempt") || folded.starts_with("data exempt");
    let fits = !folded.is_empty() && !withheld && folded.chars().count() <= LETTERS_MAX;
    fits.then_some(folded)
}

/// How red a rating in colours is: green 0, amber a half, red 1, two of them in between.
fn redness(text: &str) -> Option<f64> {
    const COLOURS: [(&str, f64); 7] = [
        ("green", 0.0),
        ("绿", 0.0),
        ("amber", 0.5),
        ("yellow", 0.5),
        ("黄", 0.5),
        ("red", 1.0),
        ("红", 1.0),
    ];
    let colour = |part: &str| {
        let part = part.trim().to_lowercase();
        COLOURS.iter().find(|(name, _)| *name == part).map(|(_, red)| *red)
    };
    let parts: Vec<f64> = text.split('/').map(colour).collect::<Option<_>>()?;
    Some(parts.iter().sum::<f64>() / parts.len() as f64)
}

/// An amount, without its currency's mark and thousands' commas.
fn money(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|letter| !"£$€¥￥, ".contains(*letter)).collect();
    plain.trim_end_matches('m').parse().ok().filter(|amount: &f64| amount.is_finite())
}

/// A name as it links from report to report.
fn plain_name(text: &str) -> String {
    let mut depth = 0;
    let outside = text.chars().filter(|letter| {
        depth += i32::from(matches!(letter, '(' | '[')) - i32::from(matches!(letter, ')' | ']'));
        depth <= 0
    });
    let folded = outside.flat_map(char::to_lowercase).collect::<String>();
    let plain = folded.replace('&', " and ");
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
