//! Satisfaction (满意度测评): answers by their values, and raters with the ends dropped.
//!
//! very 120 × 100, fairly 200 × 80, fair 60 × 60, not 15 × 0, do not know 35 left out: 80.
//!
//! 90, 85, 99, 60, 88, 92: six raters, 99 and 60 dropped, 88.75; of the first five nothing
//! is dropped, 84.4.

use super::Number;

/// One possible answer: how many gave it, and its value; `None` is left out of the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub count: Number,
    pub value: Option<Number>,
}

/// `Σ value × count ÷ Σ count` over answers that have a value. Nobody answered is missing,
/// not zero.
pub fn survey(answers: &[Answer]) -> Option<Number> {
    let valued =
        || answers.iter().filter_map(|answer| Some((&answer.count, answer.value.as_ref()?)));
    let asked = Number::sum(valued().map(|(count, _)| count));
    let sum = valued().fold(Number::zero(), |sum, (count, value)| &sum + &(count * value));
    asked.is_positive().then(|| sum.over(&asked)).flatten()
}

/// Mean of ratings; from `drop_from` raters on, one highest and one lowest are dropped.
pub fn trimmed(ratings: &[Number], drop_from: usize) -> Option<Number> {
    let mut sorted: Vec<&Number> = ratings.iter().collect();
    sorted.sort();
    let is_dropped = sorted.len() >= drop_from.max(3);
    let kept = if is_dropped { &sorted[1..sorted.len() - 1] } else { &sorted[..] };
    Number::mean(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let counts = [("120", "100"), ("200", "80"), ("60", "60"), ("15", "0"), ("35", "")];
        let answers =
            counts.map(|(count, value)| Answer { count: n(count), value: Number::parse(value) });
        assert_eq!(survey(&answers), Some(n("80")));
        assert_eq!(survey(&answers[4..]), None);
        let raters = ["90", "85", "99", "60", "88", "92"].map(n);
        assert_eq!(trimmed(&raters, 6), Some(n("88.75")));
        assert_eq!(trimmed(&raters[..5], 6), Some(n("84.4")));
        assert_eq!(trimmed(&[], 6), None);
    }
}
