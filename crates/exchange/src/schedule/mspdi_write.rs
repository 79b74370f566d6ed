//! A schedule as Microsoft Project XML (the schema `http://schemas.microsoft.com/project`).
//!
//! Tasks are placed by hand and the calendar works every day: the ledger's days are days of
//! the calendar, and a planning program must not move them when it opens the file. The
//! ledger's own keys travel in three text fields, so that the file comes back to the
//! milestones it was made of.

use quick_xml::escape::escape;

use super::{Link, LinkKind, Schedule, Task, TaskKind};
use jiff::civil::Date;

/// Fields that carry the ledger's own keys: number of the field, and what it is called.
pub(super) const KEY_FIELD: &str = "188743731";
pub(super) const PROJECT_FIELD: &str = "188743734";
pub(super) const EXPECTED_FIELD: &str = "188743737";

/// What the three fields are called in the program.
pub(super) const FIELDS: [(&str, &str, &str); 3] = [
    (KEY_FIELD, "Text1", "Tici key"),
    (PROJECT_FIELD, "Text2", "Tici project"),
    (EXPECTED_FIELD, "Text3", "Tici expected"),
];

/// The file's text.
pub fn write(schedule: &Schedule) -> String {
    let mut out = Xml::default();
    out.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    out.text.push_str("<Project xmlns=\"http://schemas.microsoft.com/project\">\n");
    head(&mut out, schedule);
    out.open("ExtendedAttributes");
    for (id, field, alias) in FIELDS {
        out.open("ExtendedAttribute");
        out.line("FieldID", id);
        out.line("FieldName", field);
        out.line("Alias", alias);
        out.close("ExtendedAttribute");
    }
    out.close("ExtendedAttributes");
    calendar(&mut out);
    out.open("Tasks");
    for (at, each) in schedule.tasks.iter().enumerate() {
        task(&mut out, schedule, at, each);
    }
    out.close("Tasks");
    out.text.push_str("</Project>\n");
    out.text
}

fn head(out: &mut Xml, schedule: &Schedule) {
    let starts = schedule.tasks.iter().filter_map(start_of);
    let ends = schedule.tasks.iter().filter_map(finish_of);
    out.line("SaveVersion", "14");
    out.line("Name", &schedule.code);
    out.line("Title", &schedule.name);
    out.line("ScheduleFromStart", "1");
    if let (Some(start), Some(end)) = (starts.min(), ends.max()) {
        out.line("StartDate", &morning(start));
        out.line("FinishDate", &evening(end));
    }
    out.line("CalendarUID", "1");
    out.line("DefaultStartTime", "08:00:00");
    out.line("DefaultFinishTime", "17:00:00");
    out.line("MinutesPerDay", "480");
    out.line("MinutesPerWeek", "3360");
    out.line("DaysPerMonth", "30");
    if let Some(status) = schedule.status {
        out.line("StatusDate", &evening(status));
    }
    out.line("NewTasksAreManual", "1");
}

/// Every day from 8 to 12 and from 13 to 17.
fn calendar(out: &mut Xml) {
    out.open("Calendars");
    out.open("Calendar");
    out.line("UID", "1");
    out.line("Name", "Every day");
    out.line("IsBaseCalendar", "1");
    out.line("BaseCalendarUID", "-1");
    out.open("WeekDays");
    for day in 1..=7 {
        out.open("WeekDay");
        out.line("DayType", &day.to_string());
        out.line("DayWorking", "1");
        out.open("WorkingTimes");
        for (from, to) in [("08:00:00", "12:00:00"), ("13:00:00", "17:00:00")] {
            out.open("WorkingTime");
            out.line("FromTime", from);
            out.line("ToTime", to);
            out.close("WorkingTime");
        }
        out.close("WorkingTimes");
        out.close("WeekDay");
    }
    out.close("WeekDays");
    out.close("Calendar");
    out.close("Calendars");
}

fn task(out: &mut Xml, schedule: &Schedule, at: usize, task: &Task) {
    let is_point = task.kind == TaskKind::Milestone;
    out.open("Task");
    out.line("UID", &task.uid.to_string());
    out.line("ID", &at.to_string());
    out.line("Name", &task.name);
    out.line("Active", "1");
    out.line("Manual", "1");
    out.line("Type", "1");
    out.line("IsNull", "0");
    out.line("WBS", &task.wbs);
    out.line("OutlineNumber", &task.wbs);
    out.line("OutlineLevel", &task.level.to_string());
    let (start, finish) = (start_of(task), finish_of(task));
    let from = |day: Date| if is_point { evening(day) } else { morning(day) };
    out.maybe("Start", start.map(from));
    out.maybe("Finish", finish.map(evening));
    if let (Some(start), Some(finish)) = (start, finish) {
        let days = (finish - start).get_days().max(0) + 1;
        let hours = if is_point { 0 } else { days * 8 };
        out.line("Duration", &format!("PT{hours}H0M0S"));
        out.line("ManualStart", &from(start));
        out.line("ManualFinish", &evening(finish));
        out.line("ManualDuration", &format!("PT{hours}H0M0S"));
        out.line("DurationFormat", "7");
    }
    out.line("Milestone", if is_point { "1" } else { "0" });
    out.line("Summary", if task.kind == TaskKind::Summary { "1" } else { "0" });
    let percent = task.percent.unwrap_or(if task.actual.is_some() { 10_000 } else { 0 });
    out.line("PercentComplete", &((percent + 50) / 100).clamp(0, 100).to_string());
    // A milestone that is reached began as it ended.
    let began = task.actual_from.or(task.actual.filter(|_| is_point));
    out.maybe("ActualStart", began.map(from));
    out.maybe("ActualFinish", task.actual.map(evening));
    out.line("CalendarUID", "-1");
    if let Some(note) = &task.note {
        out.line("Notes", note);
    }
    schedule.links.iter().filter(|link| link.to == task.uid).for_each(|link| waits(out, link));
    own_fields(out, task);
    if task.planned_from.is_some() || task.planned.is_some() {
        out.open("Baseline");
        out.line("Number", "0");
        let begun = task.planned_from.or(task.planned.filter(|_| is_point));
        out.maybe("Start", begun.map(from));
        out.maybe("Finish", task.planned.map(evening));
        out.close("Baseline");
    }
    out.close("Task");
}

/// Where the task stands now: as it was, or else as expected, or else as planned.
fn start_of(task: &Task) -> Option<Date> {
    let from = task.actual_from.or(task.planned_from);
    match (from, finish_of(task)) {
        (Some(from), Some(end)) => Some(from.min(end)),
        (from, end) => from.or(end),
    }
}

fn finish_of(task: &Task) -> Option<Date> {
    let end = task.actual.or(task.expected).or(task.planned);
    end.or(task.actual_from).or(task.planned_from)
}

fn own_fields(out: &mut Xml, task: &Task) {
    let expected = task.expected.map(|day| day.to_string());
    let key = task.is_own.then(|| task.key.clone());
    let values =
        [(KEY_FIELD, key), (PROJECT_FIELD, task.project.clone()), (EXPECTED_FIELD, expected)];
    for (field, value) in values {
        let Some(value) = value else { continue };
        out.open("ExtendedAttribute");
        out.line("FieldID", field);
        out.line("Value", &value);
        out.close("ExtendedAttribute");
    }
}

fn waits(out: &mut Xml, link: &Link) {
    let kind = LinkKind::ALL.iter().position(|kind| *kind == link.kind).unwrap_or(1);
    out.open("PredecessorLink");
    out.line("PredecessorUID", &link.from.to_string());
    out.line("Type", &kind.to_string());
    out.line("CrossProject", "0");
    // In tenths of a minute.
    out.line("LinkLag", &(link.lag_minutes * 10).to_string());
    out.line("LagFormat", "7");
    out.close("PredecessorLink");
}

fn morning(day: Date) -> String {
    format!("{day}T08:00:00")
}

fn evening(day: Date) -> String {
    format!("{day}T17:00:00")
}

/// Elements, indented by how deep they are.
#[derive(Default)]
struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    fn open(&mut self, name: &str) {
        self.indent();
        self.text.push_str(&format!("<{name}>\n"));
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.indent();
        self.text.push_str(&format!("</{name}>\n"));
    }

    fn line(&mut self, name: &str, value: &str) {
        self.indent();
        // Controls but line ends and tabs may not stand in XML at all.
        let plain: String =
            value.chars().filter(|c| !c.is_control() || "\n\r\t".contains(*c)).collect();
        self.text.push_str(&format!("<{name}>{}</{name}>\n", escape(plain.as_str())));
    }

    fn maybe(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value {
            self.line(name, &value);
        }
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n(' ', self.depth * 2 + 2));
    }
}
