//! A calendar as iCalendar (RFC 5545), of days only.
//!
//! Written here and not by a library: the crates for it bring a second library of time and
//! stamp what they write by the machine's clock, while a feed of the ledger has to be the
//! same bytes until the ledger changes. What is needed is folding and escaping.

use jiff::Timestamp;
use jiff::civil::Date;

/// Octets of a line, its end left out (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// A calendar to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub name: String,
    pub events: Vec<DayEvent>,
}

/// Something that falls on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayEvent {
    /// The same for the same thing, for ever.
    pub uid: String,
    /// When it was written down as it is now.
    pub stamp: Timestamp,
    pub on: Date,
    pub summary: String,
    /// May have several lines.
    pub description: String,
    /// Address of its page; blank where there is none.
    pub url: String,
    pub categories: String,
}

/// The calendar's text, lines ended by CR LF and folded.
pub fn write(calendar: &Calendar) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| fold(&mut out, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Tici//Calendar//EN");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", "PUBLISH");
    line("X-WR-CALNAME", &escaped(&calendar.name));
    line("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
    for event in &calendar.events {
        line("BEGIN", "VEVENT");
        line("UID", &escaped(&event.uid));
        let stamp = event.stamp.strftime("%Y%m%dT%H%M%SZ").to_string();
        line("DTSTAMP", &stamp);
        line("LAST-MODIFIED", &stamp);
        line("DTSTART;VALUE=DATE", &event.on.strftime("%Y%m%d").to_string());
        line("SUMMARY", &escaped(&event.summary));
        if !event.description.is_empty() {
            line("DESCRIPTION", &escaped(&event.description));
        }
        if !event.url.is_empty() {
            line("URL", &event.url.replace(char::is_control, ""));
        }
        if !event.categories.is_empty() {
            line("CATEGORIES", &escaped(&event.categories));
        }
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    out
}

/// A text value (RFC 5545, 3.3.11). Controls that no text may hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One content line, in pieces of at most [`LINE_OCTETS_MAX`] octets; no character is cut.
fn fold(out: &mut String, line: &str) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE_OCTETS_MAX {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(summary: &str, description: &str) -> DayEvent {
        DayEvent {
            uid: "task-7@1234".into(),
            stamp: "2026-06-18T01:02:03Z".parse().expect("a moment"),
            on: "2026-06-30".parse().expect("a day"),
            summary: summary.into(),
            description: description.into(),
            url: "https://tici.example/tasks".into(),
            categories: String::new(),
        }
    }

    /// What a reader gets back: folded lines joined, escapes undone.
    fn read(text: &str, name: &str) -> String {
        let whole = text.replace("\r\n ", "");
        let line = whole.lines().find_map(|line| line.strip_prefix(name)).expect("the line");
        line.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
    }

    #[test]
    fn a_day_is_written_as_the_standard_has_it() {
        let calendar = Calendar { name: "砚溪县".into(), events: vec![event("开工", "")] };
        let expected = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Tici//Calendar//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "X-WR-CALNAME:砚溪县",
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            "BEGIN:VEVENT",
            "UID:task-7@1234",
            "DTSTAMP:20260618T010203Z",
            "LAST-MODIFIED:20260618T010203Z",
            "DTSTART;VALUE=DATE:20260630",
            "SUMMARY:开工",
            "URL:https://tici.example/tasks",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert_eq!(write(&calendar), expected.join("\r\n"));
    }

    #[test]
    fn long_and_strange_texts_come_back_whole() {
        let long = "年产30万吨新材料项目，一期；二期".repeat(12);
        let texts = ["a,b;c\\d", "第一行\n第二行", "", "\u{1F3D7}\u{FE0F}", long.as_str()];
        for text in texts {
            let calendar = Calendar { name: String::new(), events: vec![event(text, text)] };
            let written = write(&calendar);
            for line in written.split("\r\n") {
                assert!(line.len() <= LINE_OCTETS_MAX, "{} octets: {line}", line.len());
                assert!(!line.contains('\n') && !line.contains('\r'));
            }
            assert_eq!(read(&written, "SUMMARY:"), text);
        }
    }

    #[test]
    fn nobody_writes_a_line_of_its_own() {
        let calendar =
            Calendar { name: String::new(), events: vec![event("x\r\nEND:VCALENDAR\u{0}", "")] };
        let written = write(&calendar);
        assert_eq!(written.matches("\r\nEND:VCALENDAR").count(), 1);
        assert!(!written.contains('\u{0}'));
    }
}
