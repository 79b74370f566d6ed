//! Reads Microsoft Project XML. No entity but the five of XML and numbers is known, nothing
//! outside the file is looked for, and the depth and length of everything is bounded.

use std::collections::HashMap;

use jiff::civil::Date;
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use tici_domain::Problem;

use super::mspdi_write::{EXPECTED_FIELD, FIELDS, KEY_FIELD, PROJECT_FIELD};
use super::{Calendar, LINKS_MAX, Link, LinkKind, Losses, Schedule, TASKS_MAX, Task, TaskKind};
use crate::limits::TEXT_BYTES_MAX;
use crate::sheet::encoding::sniff;

/// Elements inside each other at most; the format has ten.
const DEPTH_MAX: usize = 64;

/// Reads one project with what could not be kept; an error says why nothing was read.
pub fn read(file: &str, bytes: &[u8]) -> Result<(Schedule, Vec<Problem>), Box<Problem>> {
    let at = |problem: Problem| Box::new(problem.at(file, "", ""));
    let text = decode(bytes).ok_or_else(|| at(broken()))?;
    let mut reading = Reading::default();
    let mut reader = Reader::from_str(&text);
    loop {
        let event = reader.read_event().map_err(|_| at(broken()))?;
        match event {
            Event::Start(tag) => {
                let name = String::from(tag.local_name().as_ref());
                reading.open(name).map_err(|problem| at(*problem))?;
            }
            Event::Empty(tag) => {
                let name = String::from(tag.local_name().as_ref());
                reading.open(name).map_err(|problem| at(*problem))?;
                reading.close().map_err(|problem| at(*problem))?;
            }
            Event::End(_) => reading.close().map_err(|problem| at(*problem))?,
            Event::Text(text) => {
                let text = text.xml_content(XmlVersion::Implicit1_0);
                reading.text(&text).map_err(|problem| at(*problem))?;
            }
            Event::CData(text) => reading.text(&text).map_err(|problem| at(*problem))?,
            Event::GeneralRef(entity) => {
                let known = entity.resolve_char_ref().ok().flatten().or(named(&entity));
                // An entity of the file's own is left out: following it is how such files bite.
                if let Some(c) = known {
                    let text = c.encode_utf8(&mut [0; 4]).to_owned();
                    reading.text(&text).map_err(|problem| at(*problem))?;
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !reading.is_project || !reading.path.is_empty() {
        return Err(at(Problem::error("schedule-not-mspdi")));
    }
    let losses = reading.losses.problems(file);
    Ok((reading.settled(), losses))
}

fn named(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn broken() -> Problem {
    Problem::error("schedule-not-mspdi")
}

fn decode(bytes: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    sniff(bytes).decode(bytes).ok()
}

#[derive(Default)]
struct Reading {
    /// Names of the elements that are open.
    path: Vec<String>,
    text: String,
    is_project: bool,
    schedule: Schedule,
    task: Option<Found>,
    link: HashMap<String, String>,
    attribute: HashMap<String, String>,
    baseline: HashMap<String, String>,
    calendar: Option<Calendar>,
    week_day: HashMap<String, String>,
    losses: Losses,
}

/// A task as its elements say.
#[derive(Default)]
struct Found {
    values: HashMap<String, String>,
    own: HashMap<String, String>,
    baseline: Option<(Option<Date>, Option<Date>)>,
    links: Vec<Link>,
}

impl Reading {
    fn open(&mut self, name: String) -> Result<(), Box<Problem>> {
        if self.path.len() == DEPTH_MAX {
            return Err(Box::new(broken()));
        }
        if self.path.is_empty() {
            self.is_project |= name == "Project";
        }
        self.path.push(name);
        self.text.clear();
        match self.names()[..] {
            ["Project", "Tasks", "Task"] => {
                if self.schedule.tasks.len() == TASKS_MAX {
                    let problem = Problem::error("schedule-too-long").arg("limit", TASKS_MAX);
                    return Err(Box::new(problem));
                }
                self.task = Some(Found::default());
            }
            ["Project", "Calendars", "Calendar"] => self.calendar = Some(Calendar::default()),
            _ => {}
        }
        Ok(())
    }

    fn names(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    fn text(&mut self, text: &str) -> Result<(), Box<Problem>> {
        self.text.push_str(text);
        if self.text.len() > TEXT_BYTES_MAX {
            let problem = Problem::error("cell-too-long");
            let problem = problem.arg("bytes", self.text.len()).arg("limit", TEXT_BYTES_MAX);
            return Err(Box::new(problem));
        }
        Ok(())
    }
}

impl Reading {
    fn close(&mut self) -> Result<(), Box<Problem>> {
        let text = self.text.trim().to_owned();
        self.text.clear();
        let path = std::mem::take(&mut self.path);
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["Project", name] => self.of_project(name, text),
            ["Project", "Resources", "Resource"] => self.lose("schedule-loss-resources"),
            ["Project", "Assignments", "Assignment"] => self.lose("schedule-loss-assignments"),
            ["Project", "Calendars", "Calendar", rest @ ..] => self.of_calendar(rest, text),
            ["Project", "Tasks", "Task", rest @ ..] => self.of_task(rest, text)?,
            _ => {}
        }
        self.path = path;
        if self.path.pop().is_none() {
            return Err(Box::new(broken()));
        }
        Ok(())
    }

    fn lose(&mut self, key: &'static str) {
        let task = self.task.as_ref().and_then(|task| task.values.get("Name"));
        let example = task.cloned().unwrap_or_default();
        self.losses.add(key, &example);
    }

    fn of_project(&mut self, name: &str, text: String) {
        match name {
            "Name" => self.schedule.code = text,
            "Title" => self.schedule.name = text,
            "StatusDate" => self.schedule.status = date(&text),
            _ => {}
        }
    }

    fn of_calendar(&mut self, rest: &[&str], text: String) {
        let Some(calendar) = &mut self.calendar else { return };
        match rest {
            [] => self.schedule.calendars.extend(self.calendar.take()),
            ["Name"] => calendar.name = text,
            ["Exceptions", "Exception"] => calendar.exceptions += 1,
            ["WeekDays", "WeekDay"] => {
                let (day, works) = (self.week_day.get("DayType"), self.week_day.get("DayWorking"));
                let day: usize = day.and_then(|day| day.parse().ok()).unwrap_or(0);
                match day {
                    // Sunday is 1.
                    1..=7 => calendar.works[(day + 5) % 7] = works.is_some_and(|on| on == "1"),
                    _ => calendar.exceptions += 1,
                }
                self.week_day.clear();
            }
            ["WeekDays", "WeekDay", name] => {
                self.week_day.insert((*name).to_owned(), text);
            }
            _ => {}
        }
    }

    fn of_task(&mut self, rest: &[&str], text: String) -> Result<(), Box<Problem>> {
        match rest {
            [] => return self.end_task(),
            ["ExtendedAttribute", name] => {
                self.attribute.insert((*name).to_owned(), text);
            }
            ["ExtendedAttribute"] => self.end_attribute(),
            ["Baseline", name] => {
                self.baseline.insert((*name).to_owned(), text);
            }
            ["Baseline"] => self.end_baseline(),
            ["PredecessorLink", name] => {
                self.link.insert((*name).to_owned(), text);
            }
            ["PredecessorLink"] => self.end_link(),
            ["TimephasedData"] => self.lose("schedule-loss-timephased"),
            [name] => {
                if let Some(task) = &mut self.task {
                    task.values.insert((*name).to_owned(), text);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_attribute(&mut self) {
        let mut said = std::mem::take(&mut self.attribute);
        let (Some(field), Some(value)) = (said.remove("FieldID"), said.remove("Value")) else {
            return;
        };
        let is_ours = FIELDS.iter().any(|(id, _, _)| *id == field);
        match &mut self.task {
            Some(task) if is_ours => {
                task.own.insert(field, value);
            }
            _ => self.lose("schedule-loss-fields"),
        }
    }

    fn end_baseline(&mut self) {
        let said = std::mem::take(&mut self.baseline);
        if said.get("Number").is_some_and(|number| number != "0") {
            return self.lose("schedule-loss-baselines");
        }
        let day = |name| said.get(name).and_then(|text| date(text));
        if let Some(task) = &mut self.task {
            task.baseline = Some((day("Start"), day("Finish")));
        }
    }

    fn end_link(&mut self) {
        let said = std::mem::take(&mut self.link);
        let number = |name| said.get(name).and_then(|text| text.parse::<i64>().ok());
        let Some(task) = &mut self.task else { return };
        let kind = usize::try_from(number("Type").unwrap_or(1)).unwrap_or(1);
        let kind = LinkKind::ALL.get(kind).copied().unwrap_or(LinkKind::FinishStart);
        let lag_minutes = number("LinkLag").unwrap_or(0) / 10;
        if let Some(from) = number("PredecessorUID")
            && self.schedule.links.len() + task.links.len() < LINKS_MAX
        {
            task.links.push(Link { from, to: 0, kind, lag_minutes });
        }
    }

    fn end_task(&mut self) -> Result<(), Box<Problem>> {
        for (name, key) in LOSSES {
            let said = self.task.as_ref().and_then(|task| task.values.get(*name));
            if said.is_some_and(|text| says_something(text)) {
                self.lose(key);
            }
        }
        let Some(found) = self.task.take() else { return Ok(()) };
        let is = |name: &str| found.values.get(name).is_some_and(|text| text == "1");
        // A blank row of the sheet, or a task that was struck out.
        if is("IsNull") || !found.values.contains_key("UID") {
            return Ok(());
        }
        if found.values.get("Active").is_some_and(|text| text == "0") {
            self.losses.add("schedule-loss-inactive", name_of(&found));
            return Ok(());
        }
        let task = found.task();
        let links = found.links.iter().map(|link| Link { to: task.uid, ..*link });
        self.schedule.links.extend(links);
        self.schedule.tasks.push(task);
        Ok(())
    }

    fn settled(mut self) -> Schedule {
        let first = self.schedule.tasks.first().filter(|task| task.level == 0);
        if self.schedule.name.is_empty() {
            self.schedule.name = first.map(|task| task.name.clone()).unwrap_or_default();
        }
        let known: std::collections::HashSet<i64> =
            self.schedule.tasks.iter().map(|task| task.uid).collect();
        self.schedule.links.retain(|link| known.contains(&link.from));
        self.schedule
    }
}

/// Elements of a task that a ledger has no place for.
const LOSSES: &[(&str, &str)] = &[
    ("Cost", "schedule-loss-cost"),
    ("Work", "schedule-loss-work"),
    ("Deadline", "schedule-loss-deadline"),
    ("ConstraintDate", "schedule-loss-constraint"),
];

fn says_something(text: &str) -> bool {
    // Zero, or no time at all: `PT0H0M0S`.
    text.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0')
}

fn name_of(found: &Found) -> &str {
    found.values.get("Name").map_or("", String::as_str)
}

impl Found {
    fn task(&self) -> Task {
        let text = |name: &str| self.values.get(name).map(String::as_str).unwrap_or_default();
        let day = |name: &str| date(text(name));
        let is_point = text("Milestone") == "1" || no_time(text("Duration"));
        let kind = match (text("Summary") == "1", is_point) {
            (true, _) => TaskKind::Summary,
            (false, true) => TaskKind::Milestone,
            (false, false) => TaskKind::Work,
        };
        let is_work = kind != TaskKind::Milestone;
        let own = self.own.get(KEY_FIELD).filter(|key| !key.is_empty());
        let uid = text("UID").parse().unwrap_or(0);
        let (planned_from, planned) = self.baseline.unwrap_or_default();
        let actual = day("ActualFinish");
        // What the schedule says now is news where it says other than the baseline.
        let said = self.own.get(EXPECTED_FIELD).and_then(|text| date(text));
        let finish = day("Finish").filter(|_| actual.is_none());
        let moved = finish.filter(|day| planned.is_some_and(|planned| planned != *day));
        let first = finish.filter(|_| planned.is_none() && own.is_none());
        let percent: Option<i64> = text("PercentComplete").parse().ok();
        Task {
            uid,
            name: text("Name").to_owned(),
            kind,
            level: text("OutlineLevel").parse().unwrap_or(0),
            wbs: text("WBS").to_owned(),
            key: own.cloned().unwrap_or_else(|| format!("ms-{uid}")),
            is_own: own.is_some(),
            project: self.own.get(PROJECT_FIELD).cloned(),
            planned_from: planned_from.filter(|_| is_work),
            planned,
            actual_from: day("ActualStart").filter(|_| is_work),
            actual,
            expected: moved.or(said.filter(|_| finish.is_some())).or(first),
            percent: percent.map(|percent| percent.clamp(0, 100) * 100),
            note: Some(text("Notes")).filter(|note| !note.is_empty()).map(str::to_owned),
        }
    }
}

fn no_time(duration: &str) -> bool {
    duration.starts_with("PT") && !says_something(duration)
}

/// The day of `2026-05-13T17:00:00`.
fn date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
