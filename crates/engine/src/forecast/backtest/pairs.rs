//! Pairs of a report and a later one: what methods learn from, and what they are judged by.

use super::history::History;

/// A project's report with what became of its promised day by a later date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub project: usize,
    /// The earlier report, by its place among the project's.
    pub report: usize,
    /// Days between the two.
    pub gap: i32,
    /// Days by which the promised day had moved; more is later.
    pub slip: i32,
}

/// All pairs within a history, with gaps of up to `gap_max` days.
pub fn all(history: &History, gap_max: i32) -> Vec<Pair> {
    let mut found = Vec::new();
    for (project, of) in history.projects.iter().enumerate() {
        for (report, earlier) in of.reports.iter().enumerate() {
            let Some(end) = earlier.end else { continue };
            let after = history.dates.partition_point(|date| *date <= earlier.on);
            for date in &history.dates[after..] {
                let gap = date - earlier.on;
                if gap > gap_max {
                    break;
                }
                if let Some(later) = of.end_on(*date) {
                    found.push(Pair { project, report, gap, slip: later - end });
                }
            }
        }
    }
    found
}

/// The report date that a horizon of `days` after `cutoff` is judged by: the nearest, no
/// further off than a quarter of the horizon or a month and a half.
pub fn target(history: &History, cutoff: i32, days: i32) -> Option<i32> {
    let aim = cutoff + days;
    let later = history.dates.iter().copied().filter(|date| *date > cutoff);
    let nearest = later.min_by_key(|date| (date - aim).abs())?;
    ((nearest - aim).abs() <= (days / 4).max(46)).then_some(nearest)
}
