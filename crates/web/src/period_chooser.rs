//! The strip's period as a form: the months that have returns, in the address like
//! everything else that a page looks through.

use tici_domain::Period;

use crate::{i18n::T, looking_back::AS_OF, visit::read_pairs};

/// A GET form that leads to the same page for another month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeriodChooser {
    /// Path of the page.
    pub action: String,
    /// What else the address asks for, carried along.
    pub kept: Vec<(String, String)>,
    pub choices: Vec<PeriodChoice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodChoice {
    pub value: String,
    pub name: String,
    pub is_set: bool,
}

impl PeriodChooser {
    /// For the page at `here` seen through `period`; `months` are those with returns, the
    /// newest first. A period without returns, or longer than a month, stands among them.
    pub fn new(t: T, here: &str, months: &[Period], period: Period) -> PeriodChooser {
        let (action, query) = here.split_once('?').unwrap_or((here, ""));
        // Another month has another number of rows: it begins at the first page. A moment
        // looked back to is carried along by every form of the page.
        let kept = read_pairs(query.as_bytes())
            .into_iter()
            .filter(|(name, _)| !matches!(name.as_str(), "period" | "page" | AS_OF))
            .collect();
        let mut periods: Vec<Period> = months.to_vec();
        if !periods.contains(&period) {
            let place = periods.iter().position(|month| month.last_day() < period.last_day());
            periods.insert(place.unwrap_or(periods.len()), period);
        }
        let choice = |each: Period| PeriodChoice {
            value: each.to_string(),
            name: t.period(each),
            is_set: each == period,
        };
        PeriodChooser {
            action: action.to_owned(),
            kept,
            choices: periods.into_iter().map(choice).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tici_domain::Lang;

    fn values(chooser: &PeriodChooser) -> Vec<(&str, bool)> {
        chooser.choices.iter().map(|choice| (choice.value.as_str(), choice.is_set)).collect()
    }

    #[test]
    fn the_rest_of_the_address_goes_along() {
        let month = |month| Period::month(2026, month).expect("a month");
        let (t, months) = (T::new(Lang::En), [month(5), month(4), month(2)]);
        let here = "/projects?tier=city&period=2026-05&page=3&text=%E7%9F%B3";
        let chooser = PeriodChooser::new(t, here, &months, month(4));
        assert_eq!(chooser.action, "/projects");
        let kept = [("tier", "city"), ("text", "石")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(chooser.kept, kept);
        assert_eq!(values(&chooser), [("2026-05", false), ("2026-04", true), ("2026-02", false)]);

        let chooser = PeriodChooser::new(t, "/", &months, month(3));
        assert_eq!(
            values(&chooser),
            [("2026-05", false), ("2026-04", false), ("2026-03", true), ("2026-02", false)]
        );
    }
}
