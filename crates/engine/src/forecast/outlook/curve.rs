//! The days on which a stage may come, from today on.

use jiff::{Span, civil::Date};

use super::due::{Band, STEP_DAYS};
use super::learn::{Learnt, Traits};
use super::spells::{BLOCKERS_MAX, Seen};

/// A thing in the way, and how it is expected to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InTheWay {
    /// As promised.
    pub due: Option<Date>,
    /// Taken as cleared on this day: a decision that is kept.
    pub cleared_on: Option<Date>,
}

/// How a project stands before a stage.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Start {
    pub seen: Seen,
    pub own_day: Option<Date>,
    pub in_the_way: Vec<InTheWay>,
    pub traits: Traits,
}

/// Probability that the stage has not come, day by day.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    today: Date,
    /// At the end of each day, today first.
    not_yet: Vec<f64>,
}

impl Curve {
    /// Probability that the stage has come by the end of a day; nil before today.
    pub fn by(&self, day: Date) -> f64 {
        let days = (day - self.today).get_days();
        let Ok(index) = usize::try_from(days) else { return 0.0 };
        1.0 - self.not_yet[index.min(self.not_yet.len() - 1)]
    }

    /// The first day by which the stage has come with probability `p`; none within the horizon.
    pub fn day_at(&self, p: f64) -> Option<Date> {
        let index = self.not_yet.partition_point(|left| 1.0 - left < p);
        let days = i32::try_from(index).ok().filter(|_| index < self.not_yet.len())?;
        self.today.checked_add(Span::new().days(days)).ok()
    }

    /// A stage that cannot come while the project stands still.
    pub(super) fn never(today: Date) -> Curve {
        Curve { today, not_yet: vec![1.0] }
    }
}

/// The curve of a stage over `steps` of ten days.
///
/// What stands in the way is cleared at the pace of the ledger, each thing by itself; the
/// mass that is left is kept for every set of things still open, so nothing is drawn.
pub(super) fn curve(
    learnt: &Learnt,
    start: &Start,
    clearing: (f64, f64),
    today: Date,
    steps: usize,
) -> Curve {
    let things = &start.in_the_way[..start.in_the_way.len().min(BLOCKERS_MAX)];
    let mut mass = vec![0.0; 1 << things.len()];
    *mass.last_mut().expect("one set at least") = 1.0;
    clear_by(&mut mass, things, today);
    let levels = learnt.levels(&start.traits);
    let mut not_yet = Vec::with_capacity(steps * STEP_DAYS as usize + 1);
    not_yet.push(1.0);
    let mut at = today;
    for step in 0..steps {
        let mut hazards =
            Hazards { learnt, start, levels: &levels, step: step as i32, known: Vec::new() };
        for _ in 0..STEP_DAYS {
            let chances = hazards.of_day(at, things.len());
            for (set, mass) in mass.iter_mut().enumerate() {
                *mass *= 1.0 - chances[set.count_ones() as usize];
            }
            at = at.tomorrow().unwrap_or(at);
            clear(&mut mass, things, clearing, at);
            clear_by(&mut mass, things, at);
            not_yet.push(mass.iter().sum());
        }
    }
    Curve { today, not_yet }
}

/// Chances by how many things are in the way.
type Chances = [f64; BLOCKERS_MAX + 1];

/// The hazards of one step, by where it lies against the promised day.
struct Hazards<'a> {
    learnt: &'a Learnt,
    start: &'a Start,
    levels: &'a [u32],
    step: i32,
    known: Vec<(Option<Band>, Chances)>,
}

impl Hazards<'_> {
    /// The chances of a day: the mean over the ten steps it can belong to. The steps that
    /// were learnt from began on any day, and so a promised day draws events to itself and
    /// not to the first day of whichever step it falls in.
    fn of_day(&mut self, day: Date, things: usize) -> Chances {
        let Some(due) = self.start.own_day else { return self.of_band(None, things) };
        let mut sum = Chances::default();
        for back in 0..STEP_DAYS {
            let from = day.checked_sub(Span::new().days(back)).unwrap_or(day);
            let chances = self.of_band(Some(Band::of(from, due)), things);
            for (sum, chance) in sum.iter_mut().zip(chances) {
                *sum += chance / f64::from(STEP_DAYS);
            }
        }
        sum
    }

    fn of_band(&mut self, band: Option<Band>, things: usize) -> Chances {
        if let Some((_, chances)) = self.known.iter().find(|(known, _)| *known == band) {
            return *chances;
        }
        let mut chances = Chances::default();
        for (blockers, chance) in chances.iter_mut().enumerate().take(things + 1) {
            let waited = self.start.seen.waited + self.step;
            let seen = Seen { band, blockers, waited, ..self.start.seen };
            let values = self.learnt.values(&seen, &self.start.traits);
            *chance = daily(self.learnt.fit.p(&values, self.levels));
        }
        self.known.push((band, chances));
        chances
    }
}

/// The chance of a day where a step's is `p`.
fn daily(p: f64) -> f64 {
    1.0 - (1.0 - p).powf(1.0 / f64::from(STEP_DAYS))
}

/// Lets things be cleared in the day that ends at `at`.
fn clear(mass: &mut [f64], things: &[InTheWay], (in_time, overdue): (f64, f64), at: Date) {
    for (index, thing) in things.iter().enumerate() {
        let is_late = thing.due.is_some_and(|due| due < at);
        move_out(mass, index, daily(if is_late { overdue } else { in_time }));
    }
}

/// Clears what is taken as cleared by a day.
fn clear_by(mass: &mut [f64], things: &[InTheWay], at: Date) {
    for (index, thing) in things.iter().enumerate() {
        if thing.cleared_on.is_some_and(|on| on <= at) {
            move_out(mass, index, 1.0);
        }
    }
}

/// Moves a share of the mass of every set with a thing to the set without it.
fn move_out(mass: &mut [f64], index: usize, share: f64) {
    let bit = 1 << index;
    for set in (0..mass.len()).filter(|set| set & bit != 0) {
        let moved = mass[set] * share;
        mass[set] -= moved;
        mass[set & !bit] += moved;
    }
}
