//! What was known of a project when a report was made, as numbers for a model.

use super::history::{History, Report};

/// Families of features, for saying in words what weighed most.
pub const FAMILIES: [&str; 9] =
    ["remaining", "horizon", "past-slips", "age", "cost", "class", "phase", "sponsor", "rating"];

/// A row of features: place and value, places rising, the rest nought.
pub type Row = Vec<(u32, f32)>;

/// Numbers that every row has, in this order, before the words.
pub const NUMBERS: usize = 19;

/// The family of a feature.
pub fn family(at: usize, words: usize) -> usize {
    const OF_NUMBERS: [usize; NUMBERS] = [0, 0, 0, 0, 1, 1, 0, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 8, 8];
    match at.checked_sub(NUMBERS) {
        None => OF_NUMBERS[at],
        Some(word) => 5 + word / words.max(1),
    }
}

/// How many features a row of this history can have.
pub fn width(history: &History) -> usize {
    NUMBERS + 4 * history.words.len()
}

/// The features of `project` as known at its report number `at`, for a horizon of `gap` days.
/// Nothing after that report is looked at.
pub fn row(history: &History, project: usize, at: usize, gap: i32) -> Row {
    let reports = &history.projects[project].reports[..=at];
    let mut row: Row = numbers(reports, gap).into_iter().zip(0..).map(|(x, k)| (k, x)).collect();
    let words = history.words.len() as u32;
    let now = &reports[at];
    let places = now
        .class
        .iter()
        .map(|word| (0, *word))
        .chain(now.phase.map(|word| (1, word)))
        .chain(now.sponsor.map(|word| (2, word)))
        .chain(now.rating.map(|word| (3, word)));
    let mut places: Vec<u32> =
        places.map(|(group, word)| NUMBERS as u32 + group * words + word).collect();
    places.sort_unstable();
    places.dedup();
    row.extend(places.into_iter().map(|place| (place, 1.0)));
    row
}

fn years(days: i32) -> f64 {
    f64::from(days) / 365.25
}

/// Kept within what a straight line can bear.
fn within(x: f64, most: f64) -> f64 {
    x.clamp(-most, most)
}

fn numbers(reports: &[Report], gap: i32) -> [f32; NUMBERS] {
    let now = &reports[reports.len() - 1];
    let end = now.end.unwrap_or(now.on);
    let (left, ahead) = (years(end - now.on), years(gap));
    let past = Past::of(reports);
    let age = now.start.map(|start| years(now.on - start));
    let cost = now.cost.filter(|cost| *cost > 0.0).map(f64::ln);
    let due = f64::from(u8::from(left <= ahead));
    let overdue = f64::from(u8::from(left <= 0.0));
    [
        within(left, 10.0),
        (left.max(0.0) + 0.1).ln(),
        due,
        overdue,
        ahead,
        (ahead + 0.1).ln(),
        // How much of the way to its day lies within the horizon.
        within(ahead / (left.max(0.0) + 0.25), 4.0),
        past.share,
        within(past.last, 3.0),
        within(past.pace, 2.0),
        f64::from(u8::from(past.known == 0)),
        f64::from(past.known).ln_1p(),
        past.share * due,
        age.map_or(0.0, |age| (age.max(0.0) + 0.5).ln()),
        f64::from(u8::from(age.is_none())),
        cost.unwrap_or_default(),
        f64::from(u8::from(cost.is_none())),
        now.redness.unwrap_or(0.5),
        f64::from(u8::from(now.redness.is_none())),
    ]
    .map(|x| x as f32)
}

/// How the promised day moved from report to report so far.
struct Past {
    /// Intervals between reports that both name a day.
    known: i32,
    /// Share in which it moved later by more than a month, drawn towards three in ten.
    share: f64,
    /// Last move, in years.
    last: f64,
    /// Years moved per year.
    pace: f64,
}

impl Past {
    fn of(reports: &[Report]) -> Past {
        let dated: Vec<(i32, i32)> =
            reports.iter().filter_map(|report| Some((report.on, report.end?))).collect();
        let moves = || dated.windows(2).map(|pair| pair[1].1 - pair[0].1);
        let known = moves().count() as i32;
        let slipped = moves().filter(|days| *days > 30).count() as f64;
        let (first, last) = (dated.first(), dated.last());
        let pace = first
            .zip(last)
            .map_or(0.0, |(first, last)| years(last.1 - first.1) / (years(last.0 - first.0) + 0.5));
        Past {
            known,
            share: (slipped + 0.6) / (f64::from(known) + 2.0),
            last: moves().next_back().map_or(0.0, years),
            pace,
        }
    }
}
