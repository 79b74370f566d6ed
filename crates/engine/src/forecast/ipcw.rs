//! Scores of predicted survival where some outcomes are not known yet: those that are count
//! for the others too, by the inverse chance of still being watched (IPCW).

use serde::Serialize;
use tici_domain::Problem;

use super::cox::concordance;
use super::events::Events;
use super::km::{KmOptions, kaplan_meier, risk_table};

/// A predictor's scores at some times, and over them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IpcwScores {
    pub times: Vec<f64>,
    /// Mean squared error of the predicted survival at each time.
    pub brier: Vec<f64>,
    /// Its average from the first time to the last.
    pub brier_integrated: f64,
    /// How well the risk tells those with the event by each time from those still without.
    pub auc: Vec<f64>,
    /// Its average, by how much happens at each time.
    pub auc_mean: f64,
    /// Share of pairs in the right order (Harrell), and the same with pairs weighted (Uno), of
    /// events before the last of the times.
    pub concordance: f64,
    pub concordance_weighted: f64,
}

/// The chance of still being watched, learnt where events come before those who leave at the
/// same time.
struct Watched {
    times: Vec<f64>,
    share: Vec<f64>,
}

impl Watched {
    fn of(events: &Events) -> Watched {
        let rows: Vec<u32> = (0..events.len() as u32).collect();
        let (mut times, mut shares, mut share) = (Vec::new(), Vec::new(), 1.0);
        for here in risk_table(events, &rows, None) {
            let at_risk = here.at_risk - here.events;
            if here.censored > 0.0 && at_risk > 0.0 {
                share *= 1.0 - here.censored / at_risk;
                times.push(here.time);
                shares.push(share);
            }
        }
        Watched { times, share: shares }
    }

    /// One over the chance at `time`; 0 where nobody would be watched any more.
    fn weight(&self, time: f64) -> f64 {
        let after = self.times.partition_point(|at| *at <= time);
        let share = after.checked_sub(1).map_or(1.0, |index| self.share[index]);
        if share > 0.0 { 1.0 / share } else { 0.0 }
    }
}

/// Scores on `test` of `survival[row][time]` and `risk[row]` (higher comes sooner); `train`
/// says who is watched for how long.
pub fn ipcw_scores(
    train: &Events,
    test: &Events,
    times: &[f64],
    survival: &[Vec<f64>],
    risk: &[f64],
) -> (Option<IpcwScores>, Vec<Problem>) {
    let ((train, mut problems), (checked, of_test)) = (train.checked(), test.checked());
    let whole = checked.len() == test.len()
        && survival.len() == test.len()
        && risk.len() == test.len()
        && survival.iter().all(|row| row.len() == times.len());
    problems.extend(of_test);
    if !whole || Problem::any_error(&problems) {
        problems.push(Problem::error("forecast-columns-differ"));
        return (None, problems);
    }
    if (0..test.len()).all(|row| !test.happened(row, None)) {
        problems.push(Problem::error("forecast-no-events").arg("count", test.len()));
        return (None, problems);
    }
    let watched = Watched::of(&train);
    let at = |index: usize| brier(test, &watched, times[index], survival, index);
    let brier: Vec<f64> = (0..times.len()).map(at).collect();
    let auc: Vec<f64> = times.iter().map(|time| auc(test, &watched, *time, risk)).collect();
    // Beyond the last time asked about weights would rest on very few.
    let last = times.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let squared = |row: usize| match test.exit[row] < last {
        true => watched.weight(test.exit[row]).powi(2),
        false => 0.0,
    };
    let scores = IpcwScores {
        times: times.to_vec(),
        brier_integrated: integrated(times, &brier),
        auc_mean: auc_mean(test, times, &auc),
        concordance: concordance(test, None, risk, |_| 1.0).share,
        concordance_weighted: concordance(test, None, risk, squared).share,
        brier,
        auc,
    };
    (Some(scores), problems)
}

fn brier(test: &Events, watched: &Watched, time: f64, survival: &[Vec<f64>], index: usize) -> f64 {
    let of = |row: usize| {
        let predicted = survival[row][index];
        if test.exit[row] > time {
            return (1.0 - predicted).powi(2) * watched.weight(time);
        }
        match test.happened(row, None) {
            true => predicted * predicted * watched.weight(test.exit[row]),
            false => 0.0,
        }
    };
    (0..test.len()).map(of).sum::<f64>() / test.len() as f64
}

fn integrated(times: &[f64], values: &[f64]) -> f64 {
    let (Some(first), Some(last)) = (times.first(), times.last()) else { return 0.0 };
    if first == last {
        return values[0];
    }
    let pairs = times.windows(2).zip(values.windows(2));
    let area: f64 = pairs.map(|(t, v)| (t[1] - t[0]) * (v[0] + v[1]) / 2.0).sum();
    area / (last - first)
}

/// A half where there is nobody to compare with.
fn auc(test: &Events, watched: &Watched, time: f64, risk: &[f64]) -> f64 {
    let mut later: Vec<f64> =
        (0..test.len()).filter(|row| test.exit[*row] > time).map(|row| risk[row]).collect();
    later.sort_by(f64::total_cmp);
    let (mut right, mut all) = (0.0, 0.0);
    for row in (0..test.len()).filter(|row| test.exit[*row] <= time && test.happened(*row, None)) {
        let weight = watched.weight(test.exit[row]);
        let below = later.partition_point(|other| *other < risk[row]);
        let with = later.partition_point(|other| *other <= risk[row]);
        right += weight * (below as f64 + 0.5 * (with - below) as f64);
        all += weight * later.len() as f64;
    }
    if all > 0.0 { right / all } else { 0.5 }
}

fn auc_mean(test: &Events, times: &[f64], auc: &[f64]) -> f64 {
    let plain = Events { stratum: Vec::new(), ..test.clone() };
    let (curves, _) = kaplan_meier(&plain, &KmOptions::default());
    let Some(curve) = curves.first() else { return 0.5 };
    let (mut before, mut sum) = (1.0, 0.0);
    for (time, auc) in times.iter().zip(auc) {
        let now = curve.survival(*time);
        sum += auc * (before - now);
        before = now;
    }
    if before < 1.0 { sum / (1.0 - before) } else { 0.5 }
}
