//! Figures of published bulletins, where they lie beside the repository, and ledgers whose
//! projects have the same counts and amounts. No figure and no name of them is kept here.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use tici_domain::change::{Milestone, Project, StageClaim};
use tici_domain::{Change, ListTier, Measure, Period, Stage};

use crate::builders as b;

/// One row of `progress_facts.csv`, as text: blank is not stated.
#[derive(Clone, Debug)]
pub struct Fact {
    /// From 1, the header left out.
    pub row: usize,
    cells: Vec<(String, String)>,
}

impl Fact {
    /// The text of a column; `None` when it is blank.
    ///
    /// # Panics
    /// When there is no such column.
    pub fn get(&self, column: &str) -> Option<&str> {
        let found = self.cells.iter().find(|(name, _)| name == column);
        let (_, text) = found.unwrap_or_else(|| panic!("no column {column}"));
        Some(text.as_str()).filter(|text| !text.is_empty())
    }

    /// A count under a column.
    pub fn count(&self, column: &str) -> Option<usize> {
        self.get(column).and_then(|text| text.parse().ok())
    }
}

/// A quotation with its address.
#[derive(Clone, Debug)]
pub struct Quote {
    pub url: String,
    pub text: String,
}

/// The folder's files, read.
#[derive(Clone, Debug)]
pub struct Bulletins {
    pub facts: Vec<Fact>,
    pub sums: Vec<Fact>,
    pub league: Vec<Fact>,
    pub quotes: Vec<Quote>,
}

/// What a test says that does without them.
pub const ABSENT: &str = "skipped: shared/data/cn-bulletins absent";

/// Reads the bulletins; `None` where they are absent.
pub fn bulletins() -> Option<Bulletins> {
    let folder = folder();
    if !folder.is_dir() {
        return None;
    }
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a readable file");
    let quote = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("one JSON value a line");
        let field = |name: &str| value[name].as_str().expect("a text").to_owned();
        Quote { url: field("url"), text: field("text") }
    };
    Some(Bulletins {
        facts: facts(&text("progress_facts.csv")),
        sums: facts(&text("sum_facts.csv")),
        league: facts(&text("luan_league_2022-09.csv")),
        quotes: text("quotes.jsonl").lines().filter(|l| !l.is_empty()).map(quote).collect(),
    })
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cn-bulletins")
}

fn facts(text: &str) -> Vec<Fact> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).map(cells);
    let header = lines.next().expect("a header");
    let fact = |(index, cells): (usize, Vec<String>)| Fact {
        row: index + 1,
        cells: header.iter().cloned().zip(cells).collect(),
    };
    lines.enumerate().map(fact).collect()
}

/// Cells of one line of CSV; a quoted cell may hold commas and doubled quotes.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.trim_end().chars().peekable();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut().expect("there is always one");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cell.push(other),
        }
    }
    cells
}

/// A cohort to be made into projects: so many, with so much, of which so many start.
#[derive(Clone, Debug, Default)]
pub struct Cohort {
    pub projects: usize,
    /// Yuan, shared out among the projects without rest; `None` is not reported.
    pub total: Option<i128>,
    pub plan: Option<i128>,
    pub done: Option<i128>,
    /// The first so many are planned to start this year, all of them by the day but the
    /// last `planned_later`.
    pub planned: usize,
    pub planned_later: usize,
    /// The first so many have started; those not planned started last year.
    pub started: usize,
    /// Signed this year, so many days in.
    pub signed: bool,
    /// All of one size; otherwise their sizes differ.
    pub even: bool,
    pub sector: Option<String>,
    pub place: Option<i64>,
    /// Lists besides the first, for projects that are on several.
    pub lists: Vec<ListTier>,
}

/// Makes changes, with ids that go on from cohort to cohort.
#[derive(Clone, Debug)]
pub struct Maker {
    pub month: Period,
    pub today: Date,
    next: i64,
    pub changes: Vec<Change>,
}

impl Maker {
    /// Figures are of `month`; `today` is the day by which starts count.
    pub fn new(month: Period, today: Date) -> Maker {
        Maker { month, today, next: 0, changes: Vec::new() }
    }

    fn id(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    /// Adds the projects of a cohort and gives their ids.
    pub fn add(&mut self, cohort: &Cohort) -> Vec<i64> {
        let ids: Vec<i64> = (0..cohort.projects).map(|_| self.project(cohort)).collect();
        let year = self.month.calendar_year();
        for (index, id) in ids.iter().enumerate() {
            for tier in &cohort.lists {
                let row = b::list(self.id(), *id, *tier, year);
                self.changes.push(Change::ListMembership(row));
            }
            if index < cohort.planned {
                let later = index >= cohort.planned - cohort.planned_later;
                self.planned(*id, later);
            }
            if index < cohort.started {
                self.started(*id, index < cohort.planned || cohort.signed);
            }
        }
        self.money(cohort, &ids);
        ids
    }

    fn project(&mut self, cohort: &Cohort) -> i64 {
        let id = self.id();
        let project = Project {
            sector: cohort.sector.clone(),
            place: cohort.place,
            ..b::project(id, &format!("B{id:04}"))
        };
        self.changes.push(Change::Project(project));
        if cohort.signed {
            let on = jiff::civil::date(self.month.calendar_year(), 1, 15);
            self.claim(id, Stage::Signed, on);
        }
        id
    }

    fn claim(&mut self, project: i64, stage: Stage, on: Date) {
        let row = StageClaim { on, ..b::claim(self.id(), project, stage, "2000-01-01") };
        self.changes.push(Change::StageClaim(row));
    }

    fn planned(&mut self, project: i64, later: bool) {
        let year = self.month.calendar_year();
        let day = match later {
            true => jiff::civil::date(year, 12, 31),
            false => jiff::civil::date(year, 1, 31).min(self.today),
        };
        let row = Milestone {
            planned: Some(day),
            ..b::milestone(self.id(), project, Stage::Started.code(), "2000-01-01")
        };
        self.changes.push(Change::Milestone(row));
    }

    fn started(&mut self, project: i64, this_year: bool) {
        let year = self.month.calendar_year();
        let on = if this_year {
            jiff::civil::date(year, 1, 20).min(self.today)
        } else {
            jiff::civil::date(year - 1, 9, 1)
        };
        self.claim(project, Stage::Started, on);
    }

    fn money(&mut self, cohort: &Cohort, ids: &[i64]) {
        let year = self.month.calendar_year();
        let month = self.month.to_string();
        let amounts = [
            (cohort.total, Some(Measure::TOTAL_INVESTMENT)),
            (cohort.done, Some(Measure::INVEST_YTD)),
            (cohort.plan, None),
        ];
        for (amount, measure) in amounts {
            let Some(amount) = amount else { continue };
            for (id, part) in ids.iter().zip(parts(amount, ids.len(), cohort.even)) {
                let row = self.id();
                self.changes.push(match measure {
                    Some(measure) => Change::Figure(b::figure(row, *id, measure, &month, part)),
                    None => Change::Plan(b::plan(row, *id, &year.to_string(), part)),
                });
            }
        }
    }
}

/// `amount` in `count` parts that add up to it.
fn parts(amount: i128, count: usize, even: bool) -> Vec<i64> {
    let weight = |index: usize| if even { 1 } else { (index % 5 + 1) as i128 };
    let all: i128 = (0..count).map(weight).sum();
    let mut before = 0;
    let part = |index| {
        let from = amount * before / all;
        before += weight(index);
        (amount * before / all - from) as i64
    };
    (0..count).map(part).collect()
}
