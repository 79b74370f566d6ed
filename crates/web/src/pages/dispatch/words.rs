//! How tasks read: light, words and dates, the same on every page.

use jiff::civil::Date;
use tici_domain::{Light, Name, Task};
use tici_engine::agenda::Standing;
use tici_engine::{Facts, Lens};
use tici_ops::keep_tasks::TaskView;

use crate::{
    api::lights::reason,
    i18n::T,
    ui::{self, Html},
};

/// One task as a row.
#[derive(Clone, Debug)]
pub struct TaskLine {
    pub series: i64,
    /// The words before the first comma, and those after it with the comma.
    pub head: String,
    pub tail: String,
    pub kind: String,
    /// The meeting that decided it: title with its day, and its address.
    pub meeting: Option<(String, String)>,
    pub owner: String,
    pub due: String,
    /// `6月24日前`.
    pub due_by: String,
    /// As promised first, where that is another day: `原定 6月10日`.
    pub due_first: String,
    /// Light and words of how it stands.
    pub now: Html,
    pub project: String,
    pub project_href: String,
    pub firm: String,
    pub is_open: bool,
}

/// A task in the reader's language.
pub fn task_line(t: T, view: &TaskView, today: Date) -> TaskLine {
    let task = &view.task;
    let title = task.title.get(t.lang);
    let cut = title.find(['，', ',']).unwrap_or(title.len());
    let (head, tail) = title.split_at(cut);
    let day = |day: Option<Date>| day.map_or_else(|| t.t("app-none"), |d| t.day_short(d, today));
    let is_moved = task.due_original.is_some() && task.due_original != task.due;
    let meeting = view.meeting.as_ref().zip(task.meeting).map(|((_, on), series)| {
        let on = t.day_short(*on, today);
        (t.t1("task-meeting", &[("on", &on)]), format!("/meetings/{series}"))
    });
    let row = view.project.as_ref();
    let name = |name: Option<&Name>| name.map_or("", |name| name.get(t.lang)).to_owned();
    TaskLine {
        series: task.series,
        head: head.to_owned(),
        tail: tail.to_owned(),
        kind: t.code("task-kind", task.kind.code()),
        meeting,
        owner: task.owner.as_ref().map_or_else(|| t.t("app-none"), |o| o.get(t.lang).to_owned()),
        due: day(task.due),
        due_by: t.t1("meeting-by", &[("day", &day(task.due))]),
        due_first: match is_moved {
            true => t.t1("task-first", &[("day", &day(task.due_original))]),
            false => String::new(),
        },
        now: now(t, view, today),
        project: name(row.map(|row| &row.entry.project.name)),
        project_href: row.map_or_else(String::new, |r| format!("/projects/{}", r.facts.project)),
        firm: name(row.and_then(|row| row.enterprise.as_ref()).map(|firm| &firm.short)),
        is_open: view.standing.is_open(),
    }
}

/// Why a red light brings a project: the rule and its figures in a sentence, also where the
/// light has changed since the agenda was made.
pub fn red_light(t: T, lens: &Lens, facts: &Facts) -> String {
    let reason = reason(&t, &lens.lights, &facts.lit);
    match facts.light {
        Light::Red => reason,
        _ => t.t1("meeting-why-was-red", &[("reason", &reason)]),
    }
}

/// Light and words: ◆ 超期 8 天，在市级会签.
fn now(t: T, view: &TaskView, today: Date) -> Html {
    let words = with_note(t, view.standing, &view.task, today);
    match view.light {
        Some(light) => {
            let letter = match light {
                Light::Red => 'r',
                Light::Amber => 'a',
                Light::Green => 'g',
                _ => 'x',
            };
            let mark = crate::charts::light(light, "");
            let words = ui::escape(&words);
            Html(format!("<span class=\"light {letter}\">{mark}<span>{words}</span></span>"))
        }
        None => Html(format!("<span class=\"mut\">{}</span>", ui::escape(&words))),
    }
}

fn with_note(t: T, standing: Standing, task: &Task, today: Date) -> String {
    let words = standing_words(t, standing, today);
    match &task.note {
        Some(note) => format!("{words}{}{note}", t.t("board-comma")),
        None => words,
    }
}

/// `超期 8 天`, `剩 2 天`, `6月3日办结`.
pub fn standing_words(t: T, standing: Standing, today: Date) -> String {
    let day = |on: Option<Date>| on.map_or_else(String::new, |on| t.day(on, today));
    match standing {
        Standing::Kept { on } => t.t1("task-kept", &[("day", &day(on))]),
        Standing::Broken { on, days_late: Some(days) } if days > 0 => {
            t.t1("task-broken-late", &[("day", &day(on)), ("n", &days)])
        }
        Standing::Broken { on, .. } => t.t1("task-broken", &[("day", &day(on))]),
        Standing::Dropped => t.t("task-dropped"),
        Standing::Late { days } => t.t1("task-late", &[("n", &days)]),
        Standing::Left { days: 0 } => t.t("task-due-today"),
        Standing::Left { days } => t.t1("task-left", &[("n", &days)]),
        Standing::NoDay => t.t("task-no-day"),
    }
}
