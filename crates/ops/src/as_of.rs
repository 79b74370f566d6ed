//! A moment to look back to: so many entries, or a time. What was written after it is not
//! known, and the day that counts as today is its day.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use tici_store::EntryFilter;

use crate::{Desk, OpsError};

/// How far back to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// After this many entries of the journal.
    Entries(i64),
    /// At a moment, with its day by the office's clock.
    At(Timestamp, Date),
}

impl AsOf {
    /// Reads a number of entries, `2026-05-31` (to its end), `2026-06-05T16:42` by the clock
    /// of `zone`, or `2026-06-05T08:42:00Z`; `None` for anything else.
    pub fn parse(text: &str, zone: &TimeZone) -> Option<AsOf> {
        let text = text.trim();
        if let Ok(entries) = text.parse::<i64>() {
            return (entries >= 0).then_some(AsOf::Entries(entries));
        }
        if let Ok(at) = text.parse::<Timestamp>() {
            return Some(AsOf::At(at, zone.to_datetime(at).date()));
        }
        let (civil, day) = match text.parse::<Date>() {
            // A day is known when it is over.
            Ok(day) if text.len() == 10 => (day.to_datetime(jiff::civil::time(23, 59, 59, 0)), day),
            _ => {
                let civil: DateTime = text.replace(' ', "T").parse().ok()?;
                (civil, civil.date())
            }
        };
        let at = zone.to_ambiguous_timestamp(civil).compatible().ok()?;
        Some(AsOf::At(at, day))
    }

    /// How many entries had been written by then.
    pub fn entries(self, desk: &Desk) -> Result<i64, OpsError> {
        match self {
            AsOf::Entries(entries) => Ok(entries),
            AsOf::At(at, _) => {
                // The filter leaves out its end; an entry of that very second had been written.
                let until = at.checked_add(Span::new().seconds(1)).ok();
                Ok(desk.store.entry_count(&EntryFilter { until, ..EntryFilter::default() })?)
            }
        }
    }

    /// The day that counts as today.
    pub fn day(self) -> Option<Date> {
        match self {
            AsOf::Entries(_) => None,
            AsOf::At(_, day) => Some(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_by_the_clock_of_the_office() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let cases = [
            ("2026-05-31", "2026-05-31T15:59:59Z"),
            ("2026-06-05T16:42", "2026-06-05T08:42:00Z"),
            ("2026-06-05 16:42", "2026-06-05T08:42:00Z"),
            ("2026-06-05T08:42:00Z", "2026-06-05T08:42:00Z"),
        ];
        for (text, at) in cases {
            let Some(AsOf::At(found, _)) = AsOf::parse(text, &zone) else { panic!("{text}") };
            assert_eq!(found.to_string(), at, "{text}");
        }
        assert_eq!(AsOf::parse("12", &zone), Some(AsOf::Entries(12)));
        for text in ["", "-1", "May", "2026-13-01"] {
            assert_eq!(AsOf::parse(text, &zone), None, "{text}");
        }
    }
}
