//! What was reported about each project, report by report.

/// A report about one project. Texts are numbers into [`History::words`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Day of the report, since 1970.
    pub on: i32,
    /// The day promised for its completion.
    pub end: Option<i32>,
    pub start: Option<i32>,
    pub cost: Option<f64>,
    /// Kind, phase, sponsor and rating: each text may name several, parted by commas.
    pub class: Vec<u32>,
    pub phase: Option<u32>,
    pub sponsor: Option<u32>,
    pub rating: Option<u32>,
    /// Where the rating is colours, how red they are: green 0, amber a half, red 1.
    pub redness: Option<f64>,
}

/// A project with its reports from the first to the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    pub id: String,
    pub reports: Vec<Report>,
    /// The day by which it had left the list with its promised day behind it: the date of the
    /// first report without it.
    pub closed_on: Option<i32>,
}

impl Project {
    /// The promised day as it stood on `day`, one of the history's dates: the report of that
    /// day, or the last promise of a project closed by then.
    pub fn end_on(&self, day: i32) -> Option<i32> {
        if self.closed_on.is_some_and(|closed| closed <= day) {
            return self.reports.last().and_then(|report| report.end);
        }
        let at = self.reports.binary_search_by_key(&day, |report| report.on).ok()?;
        self.reports[at].end
    }
}

/// Projects, the dates of reports, and the words in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    pub projects: Vec<Project>,
    /// Dates of reports, from the first to the last.
    pub dates: Vec<i32>,
    pub words: Vec<String>,
}

impl History {
    /// The history as known on `day`: later reports are gone, and so is what they would tell
    /// about which projects left the list. Forecasts are made from this alone.
    pub fn known_at(&self, day: i32) -> History {
        let dates: Vec<i32> = self.dates.iter().copied().filter(|date| *date <= day).collect();
        let keep = |project: &Project| {
            let reports: Vec<Report> =
                project.reports.iter().filter(|report| report.on <= day).cloned().collect();
            (!reports.is_empty()).then(|| Project {
                id: project.id.clone(),
                reports,
                closed_on: None,
            })
        };
        let projects = self.projects.iter().filter_map(keep).collect();
        let mut known = History { projects, dates, words: self.words.clone() };
        known.close();
        known
    }

    /// Marks projects that left the list once their day was due: a project that is last
    /// reported with a day no later than the next report, and is not in that, was finished. One
    /// that leaves earlier may have been stopped or renamed, and nothing is concluded.
    pub fn close(&mut self) {
        for project in &mut self.projects {
            let Some(last) = project.reports.last() else { continue };
            let next = self.dates.iter().copied().find(|date| *date > last.on);
            project.closed_on = next.filter(|next| last.end.is_some_and(|end| end <= *next));
        }
    }

    /// Whether nobody ever leaves: such a file was cut from the last report backwards, and
    /// knows nothing of what was finished before.
    pub fn survivors_only(&self) -> bool {
        let last = self.dates.last().copied();
        let stays = |project: &Project| project.reports.last().map(|report| report.on) == last;
        self.dates.len() > 2 && self.projects.len() > 1 && self.projects.iter().all(stays)
    }
}
