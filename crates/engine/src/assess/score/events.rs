//! Bonus and deduction by event (加分扣分): the same matter counts once, at its highest
//! level; each matter and all together have a cap.
//!
//! | matter | points | counted |
//! |---|---|---|
//! | award A | 1 | 1 |
//! | award A | 0.6 | 0, the same matter at a lower level |
//! | award B | 0.8 | 0.8 |
//! | award C | 2.5 | 2, at most 2 each |
//! | together | | 3, at most 3 of 3.8 |

use super::Number;

/// One event: what it was about, and its points (above zero, of deductions too).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub matter: String,
    pub points: Number,
}

/// What counts, and how much at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRule {
    /// The same matter counts once, at its highest level; otherwise every time.
    pub once: bool,
    pub each_max: Option<Number>,
    pub total_max: Option<Number>,
}

/// Points of each event after the rule, and of all.
pub fn events(events: &[Event], rule: &EventRule) -> (Vec<Number>, Number) {
    let counted: Vec<Number> = events
        .iter()
        .enumerate()
        .map(|(at, event)| {
            let beaten = |(other, with): (usize, &Event)| {
                with.matter == event.matter
                    && (with.points > event.points || (with.points == event.points && other < at))
            };
            if rule.once && events.iter().enumerate().any(beaten) {
                return Number::zero();
            }
            event.points.clone().clamped(None, rule.each_max.as_ref())
        })
        .collect();
    let total = Number::sum(&counted).clamped(None, rule.total_max.as_ref());
    (counted, total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_head() {
        let n = |text: &str| Number::parse(text).expect(text);
        let list = [("A", "1"), ("A", "0.6"), ("B", "0.8"), ("C", "2.5")];
        let list = list.map(|(matter, points)| Event { matter: matter.into(), points: n(points) });
        let rule = EventRule { once: true, each_max: Some(n("2")), total_max: Some(n("3")) };
        let (counted, total) = events(&list, &rule);
        assert_eq!(counted, ["1", "0", "0.8", "2"].map(n));
        assert_eq!(total, n("3"));
        let (_, every) = events(&list, &EventRule::default());
        assert_eq!(every, n("4.9"));
        let twice = [list[0].clone(), list[0].clone()];
        assert_eq!(events(&twice, &rule).1, n("1"), "the same twice counts once");
    }
}
