//! Which column of a history file says what: named by the person, or guessed by its head.

use tici_domain::Problem;

/// Columns by their heads; `None` is to be guessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    pub id: Option<String>,
    pub report: Option<String>,
    pub end: Option<String>,
    pub start: Option<String>,
    pub cost: Option<String>,
    pub class: Option<String>,
    pub phase: Option<String>,
    pub sponsor: Option<String>,
    pub rating: Option<String>,
    /// Columns to be left out, such as those that leak.
    pub drop: Vec<String>,
    /// Link projects by a name that is written differently from report to report: small and
    /// capital letters, brackets and punctuation do not count.
    pub link_names: bool,
}

/// What a column can be, with the heads it is known by, the surest first.
const KNOWN: [(&str, &[&str]); 9] = [
    (
        "id",
        &[
            "project id",
            "projectid",
            "pid",
            "fms id",
            "project code",
            "code",
            "number",
            "id",
            "project name",
            "name",
        ],
    ),
    (
        "report",
        &[
            "date reported as of",
            "report date",
            "reporting period",
            "report",
            "reported",
            "as of",
            "period",
            "snapshot",
            "year",
        ],
    ),
    (
        "end",
        &[
            "forecast completion",
            "forecast end",
            "current end",
            "planned completion",
            "planned end",
            "completion date",
            "end date",
            "end",
        ],
    ),
    ("start", &["design start", "planned start", "start date", "start"]),
    (
        "cost",
        &[
            "budget forecast",
            "total budget",
            "whole life cost",
            "wlc",
            "total investment",
            "cost",
            "budget",
        ],
    ),
    ("class", &["category", "project type", "sector", "kind", "class", "type", "department"]),
    ("phase", &["current phase", "phase", "stage", "status"]),
    ("sponsor", &["managing agency", "agency", "sponsor", "department", "owner", "borough"]),
    ("rating", &["dca", "delivery confidence", "rating", "rag", "light"]),
];

/// Positions of the columns found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Found {
    pub id: usize,
    pub report: usize,
    pub end: usize,
    pub start: Option<usize>,
    pub cost: Option<usize>,
    pub class: Option<usize>,
    pub phase: Option<usize>,
    pub sponsor: Option<usize>,
    pub rating: Option<usize>,
}

impl Columns {
    /// Finds the columns in a head. `full` tells whether a column is filled in every row,
    /// which one that identifies projects must be.
    pub fn find(
        &self,
        head: &[String],
        full: &dyn Fn(usize) -> bool,
    ) -> Result<Found, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut place = |what: &str, named: &Option<String>| {
            let found = self.place(what, named.as_deref(), head, full);
            if found.is_none() && (named.is_some() || matches!(what, "id" | "report" | "end")) {
                let wanted = named.clone().unwrap_or_else(|| what.into());
                let problem = Problem::error("forecast-backtest-no-column").arg("column", wanted);
                problems.push(problem.arg("what", what));
            }
            found
        };
        let found = Found {
            id: place("id", &self.id).unwrap_or_default(),
            report: place("report", &self.report).unwrap_or_default(),
            end: place("end", &self.end).unwrap_or_default(),
            start: place("start", &self.start),
            cost: place("cost", &self.cost),
            class: place("class", &self.class),
            phase: place("phase", &self.phase),
            sponsor: place("sponsor", &self.sponsor),
            rating: place("rating", &self.rating),
        };
        if problems.is_empty() { Ok(found) } else { Err(problems) }
    }

    fn place(
        &self,
        what: &str,
        named: Option<&str>,
        head: &[String],
        full: &dyn Fn(usize) -> bool,
    ) -> Option<usize> {
        let at = |name: &str| head.iter().position(|head| folded(head) == folded(name));
        if let Some(named) = named {
            return at(named);
        }
        let (_, names) = KNOWN.iter().find(|(known, _)| *known == what)?;
        let usable = |at: &usize| !self.dropped(&head[*at]) && (what != "id" || full(*at));
        names.iter().find_map(|name| at(name).filter(usable))
    }

    /// Whether the person asked for this column to be left out.
    pub fn dropped(&self, head: &str) -> bool {
        self.drop.iter().any(|drop| folded(drop) == folded(head))
    }
}

/// A head without capitals, underscores and marks of the encoding.
pub fn folded(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace(['_', '-'], " ").to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
