//! The working days of a Primavera calendar: a text of nested lists, such as
//! `(0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()((0||0(s|08:00|f|12:00)()))))))`.

use super::Calendar;

/// Lists inside each other at most.
const DEPTH_MAX: usize = 32;

/// Reads what the text says of the days of the week, and counts days that differ.
pub fn read(name: &str, text: &str) -> Calendar {
    let mut calendar = Calendar { name: name.to_owned(), ..Calendar::default() };
    // What each open list is called: behind the two bars after its number.
    let mut open: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        match c {
            '(' => {
                name_last(&mut open, &word);
                word.clear();
                if open.len() == DEPTH_MAX {
                    return calendar;
                }
                open.push(String::new());
                noted(&mut calendar, &open);
            }
            ')' => {
                name_last(&mut open, &word);
                word.clear();
                noted_end(&mut calendar, &open);
                open.pop();
            }
            c => word.push(c),
        }
    }
    calendar
}

/// `0||2` names its list `2`.
fn name_last(open: &mut [String], word: &str) {
    if let (Some((_, name)), Some(last)) = (word.trim().split_once("||"), open.last_mut()) {
        *last = name.trim().to_owned();
    }
}

/// A list inside that of a day is a stretch of work.
fn noted(calendar: &mut Calendar, open: &[String]) {
    let Some(week) = open.iter().position(|name| name == "DaysOfWeek") else { return };
    // DaysOfWeek ( (0||2 ( (0||0(s|08:00…
    let day = open[week + 1..].iter().find_map(|name| name.parse::<usize>().ok());
    let depth = open.len() - week;
    if let Some(day @ 1..=7) = day
        && depth >= 5
    {
        // Sunday is 1.
        calendar.works[(day + 5) % 7] = true;
    }
}

fn noted_end(calendar: &mut Calendar, open: &[String]) {
    let exceptions = open.iter().position(|name| name == "Exceptions");
    // Exceptions ( (0||0(d|43831)…
    if let Some(at) = exceptions
        && open.len() == at + 3
        && open.last().is_some_and(|name| name.starts_with(|c: char| c.is_ascii_digit()))
    {
        calendar.exceptions += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_and_exceptions() {
        let text = "(0||CalendarData()(\n(0||DaysOfWeek()(\n(0||1()())\n\
            (0||2()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))\n\
            (0||7()((0||0(s|08:00|f|12:00)())))\n))\n\
            (0||Exceptions()((0||0(d|43831)())(0||1(d|43832)((0||0(s|08:00|f|10:00)())))))))";
        let calendar = read("Site", text);
        // Monday and Saturday.
        assert_eq!(calendar.works, [true, false, false, false, false, true, false]);
        assert_eq!(calendar.exceptions, 2);
    }

    #[test]
    fn what_is_no_calendar_says_nothing() {
        for text in ["", "(((((", ")))", &"(".repeat(100_000), "0||DaysOfWeek"] {
            assert_eq!(read("x", text), Calendar { name: "x".into(), ..Calendar::default() });
        }
    }
}
