//! Days in text, in the order its column uses.

use jiff::civil::{Date, date};

/// Days since 1970-01-01.
pub fn number(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

/// The day of a number.
pub fn of_number(number: i32) -> Date {
    date(1970, 1, 1).saturating_add(jiff::Span::new().days(i64::from(number)))
}

/// In which order a column writes the parts of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    YearMonthDay,
    MonthDayYear,
    DayMonthYear,
}

impl Order {
    /// The order that fits most of a column's texts: a part above 12 can be no month. `None`
    /// where every text fits both, as reports of the first of each month do.
    pub fn of_column<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Order> {
        let (mut month_first, mut day_first, mut year_first) = (0, 0, 0);
        for text in texts {
            match parts(text) {
                Some([year, ..]) if year > 31 => year_first += 1,
                Some([_, day, _]) if day > 12 => month_first += 1,
                Some([day, ..]) if day > 12 => day_first += 1,
                _ => {}
            }
        }
        match () {
            () if year_first > month_first.max(day_first) => Some(Order::YearMonthDay),
            () if month_first > day_first => Some(Order::MonthDayYear),
            () if day_first > month_first => Some(Order::DayMonthYear),
            () => None,
        }
    }

    /// The day a text names: `03/31/2024`, `31.03.24`, `2024-03-31 00:00`, `202403` or `2024`
    /// (the first day of the month or year).
    pub fn parse(self, text: &str) -> Option<i32> {
        let text = text.trim();
        if let Some(day) = whole(text) {
            return Some(number(day));
        }
        let parts = parts(text)?;
        let [year, month, day] = match self {
            _ if parts[0] > 31 => parts,
            Order::MonthDayYear => [parts[2], parts[0], parts[1]],
            _ => [parts[2], parts[1], parts[0]],
        };
        // Two digits: the years of our time.
        let year = match year {
            0..=68 => year + 2000,
            69..=99 => year + 1900,
            _ => year,
        };
        let (year, month, day) =
            (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
        Date::new(year, month, day).ok().map(number)
    }
}

/// `2024` or `202403`, as reports are named.
fn whole(text: &str) -> Option<Date> {
    let number: i32 = text.parse().ok()?;
    let (year, month) = match text.len() {
        4 => (number, 1),
        6 => (number / 100, number % 100),
        _ => return None,
    };
    if !(1900..2200).contains(&year) {
        return None;
    }
    Date::new(year as i16, month as i8, 1).ok()
}

/// The three numbers a day is written with; what follows a space is a time.
fn parts(text: &str) -> Option<[i32; 3]> {
    let day = text.trim().split([' ', 'T']).next()?;
    let mut numbers = day.split(['/', '-', '.']).map(|part| part.parse::<i32>().ok());
    let found = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_keeps_its_order() {
        for (texts, text, day) in [
            (&["05/01/2014 12:00:00 AM", "01/31/2020"][..], "02/03/2015", "2015-02-03"),
            (&["01/09/2015", "31/05/2010"], "02/03/2015", "2015-03-02"),
            (&["31.12.18"], "30.06.08", "2008-06-30"),
            (&["2015-03-02"], "2015-03-02T00:00", "2015-03-02"),
            (&["2015"], "2015", "2015-01-01"),
            (&["202305"], "202305", "2023-05-01"),
        ] {
            let order = Order::of_column(texts.iter().copied()).unwrap_or(Order::DayMonthYear);
            let found = order.parse(text).map(|number| of_number(number).to_string());
            assert_eq!(found.as_deref(), Some(day), "{text}");
        }
        assert_eq!(Order::of_column(["05/01/2014", "09/01/2013"].into_iter()), None);
        let order = Order::DayMonthYear;
        assert_eq!(order.parse("Exempt under section 43"), None);
        assert_eq!(order.parse("31/02/2015"), None);
        assert_eq!(order.parse("TBD"), None);
    }
}
