//! How often the model puts the earlier of two first.

use serde::Serialize;

use crate::forecast::events::Events;

/// Pairs whose order in time is known, by whether the risk says the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Concordance {
    pub concordant: f64,
    pub discordant: f64,
    /// Pairs of equal risk; they count half.
    pub tied: f64,
    /// Share of pairs in the right order; a half where there are none.
    pub share: f64,
    /// By what leaving out each row would change.
    pub std_err: f64,
}

/// Counts pairs within strata: one with the event, the other still without it then. Higher
/// `risk` should come sooner. `weight` of the event's time weighs its pairs (Uno's), 1 as a
/// rule.
pub fn concordance(
    events: &Events,
    cause: Option<u32>,
    risk: &[f64],
    weight: impl Fn(usize) -> f64,
) -> Concordance {
    let rank = ranks(risk);
    let mut score = vec![[0.0; 3]; events.len()];
    for (_, rows) in crate::forecast::km::by_stratum(events) {
        let rows: Vec<usize> = rows.into_iter().map(|row| row as usize).collect();
        Pairs { events, cause, rank: &rank }.count(&rows, &weight, &mut score);
    }
    // Every pair was written down at both its rows.
    let sum = |kind: usize| 0.5 * score.iter().map(|score| score[kind]).sum::<f64>();
    let (concordant, discordant, tied) = (sum(0), sum(1), sum(2));
    let pairs = concordant + discordant + tied;
    if pairs == 0.0 {
        return Concordance { share: 0.5, ..Concordance::default() };
    }
    let share = (concordant + tied / 2.0) / pairs;
    let change = |[concordant, discordant, tied]: &[f64; 3]| {
        (concordant + tied / 2.0 - share * (concordant + discordant + tied)) / pairs
    };
    let variance: f64 = score.iter().map(|score| change(score).powi(2)).sum();
    Concordance { concordant, discordant, tied, share, std_err: variance.sqrt() }
}

/// Ranks from 0, equal values alike.
fn ranks(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0; values.len()];
    for pair in order.windows(2) {
        let step = usize::from(values[pair[0]] != values[pair[1]]);
        ranks[pair[1]] = ranks[pair[0]] + step;
    }
    ranks
}

struct Pairs<'a> {
    events: &'a Events,
    cause: Option<u32>,
    rank: &'a [usize],
}

impl Pairs<'_> {
    fn count(&self, rows: &[usize], weight: &impl Fn(usize) -> f64, score: &mut [[f64; 3]]) {
        let size = self.rank.iter().max().map_or(0, |rank| rank + 1);
        self.events_look_at_the_rest(rows, size, weight, score);
        self.the_rest_look_at_events(rows, size, weight, score);
    }

    fn happened(&self, row: usize) -> bool {
        self.events.happened(row, self.cause)
    }

    /// From the last time to the first: for each event, those still at risk after it.
    fn events_look_at_the_rest(
        &self,
        rows: &[usize],
        size: usize,
        weight: &impl Fn(usize) -> f64,
        score: &mut [[f64; 3]],
    ) {
        let mut by_exit = rows.to_vec();
        // At one time the censored come first: they outlive the events.
        by_exit.sort_by(|a, b| {
            let (at, bt) = (self.events.exit[*a], self.events.exit[*b]);
            bt.total_cmp(&at).then(self.happened(*a).cmp(&self.happened(*b)))
        });
        let mut by_entry = by_exit.clone();
        by_entry.sort_by(|a, b| self.events.entry(*b).total_cmp(&self.events.entry(*a)));
        let (mut seen, mut left, mut index) = (Counts::new(size), 0, 0);
        while index < by_exit.len() {
            let (time, happened) =
                (self.events.exit[by_exit[index]], self.happened(by_exit[index]));
            let alike =
                |row: &&usize| self.events.exit[**row] == time && self.happened(**row) == happened;
            let group = &by_exit[index..];
            let group = &group[..group.iter().take_while(alike).count()];
            while let Some(row) = by_entry.get(left) {
                if self.events.entry(*row) < time {
                    break;
                }
                seen.add(self.rank[*row], -1.0);
                left += 1;
            }
            for row in group.iter().filter(|_| happened) {
                let (below, same, above) = seen.around(self.rank[*row]);
                let weight = weight(*row);
                add(&mut score[*row], [below * weight, above * weight, same * weight]);
            }
            group.iter().for_each(|row| seen.add(self.rank[*row], 1.0));
            index += group.len();
        }
    }

    /// From the first time to the last: for each row, the events it was at risk of.
    fn the_rest_look_at_events(
        &self,
        rows: &[usize],
        size: usize,
        weight: &impl Fn(usize) -> f64,
        score: &mut [[f64; 3]],
    ) {
        let mut happened: Vec<usize> =
            rows.iter().copied().filter(|row| self.happened(*row)).collect();
        happened.sort_by(|a, b| self.events.exit[*a].total_cmp(&self.events.exit[*b]));
        // A row asks twice: for the events up to its exit, less those up to its entry.
        let mut asked: Vec<(f64, bool, f64, usize)> = Vec::with_capacity(rows.len() * 2);
        for row in rows {
            asked.push((self.events.exit[*row], !self.happened(*row), 1.0, *row));
            if self.events.entry(*row).is_finite() {
                asked.push((self.events.entry(*row), true, -1.0, *row));
            }
        }
        asked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.3.cmp(&b.3)));
        let (mut seen, mut next) = (Counts::new(size), 0);
        for (time, inclusive, sign, row) in asked {
            while let Some(event) = happened.get(next) {
                let at = self.events.exit[*event];
                if at > time || (at == time && !inclusive) {
                    break;
                }
                seen.add(self.rank[*event], weight(*event));
                next += 1;
            }
            let (below, same, above) = seen.around(self.rank[row]);
            add(&mut score[row], [above * sign, below * sign, same * sign]);
        }
    }
}

fn add(into: &mut [f64; 3], what: [f64; 3]) {
    into.iter_mut().zip(what).for_each(|pair| *pair.0 += pair.1);
}

/// Weights by rank, with their running sums (a Fenwick tree).
struct Counts {
    tree: Vec<f64>,
    total: f64,
}

impl Counts {
    fn new(size: usize) -> Counts {
        Counts { tree: vec![0.0; size + 1], total: 0.0 }
    }

    fn add(&mut self, rank: usize, weight: f64) {
        self.total += weight;
        let mut index = rank + 1;
        while index < self.tree.len() {
            self.tree[index] += weight;
            index += index & index.wrapping_neg();
        }
    }

    fn up_to(&self, rank: usize) -> f64 {
        let (mut index, mut sum) = (rank, 0.0);
        while index > 0 {
            sum += self.tree[index];
            index -= index & index.wrapping_neg();
        }
        sum
    }

    /// Weight below the rank, at it, above it.
    fn around(&self, rank: usize) -> (f64, f64, f64) {
        let (below, with) = (self.up_to(rank), self.up_to(rank + 1));
        (below, with - below, self.total - with)
    }
}
