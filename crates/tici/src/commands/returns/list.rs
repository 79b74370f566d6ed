//! `tici returns list | remind`: who has reported, who is late, whom to remind.

use tici_domain::Period;
use tici_ops::OpsError;
use tici_ops::returns::{RoundPage, SheetMeta, Standing, rounds, view_round};

use crate::{Context, exit_code, say};

/// The round asked for, or the newest.
pub fn newest(
    context: &Context,
    desk: &tici_ops::Desk,
    session: &tici_ops::Session,
    period: Option<Period>,
) -> Result<RoundPage, OpsError> {
    let all = rounds(desk, session)?;
    let newest = all.first().map(|round| round.period);
    let period = period.or(newest).ok_or_else(|| OpsError::not_found("round", "-"))?;
    let (today, zone) = (context.today(), context.zone());
    view_round(desk, session, period, today, &zone)
}

/// Who has reported, and where each return stands.
pub fn list(context: &Context, page: &RoundPage) -> Result<u8, OpsError> {
    if context.global.json {
        print_json(page);
        return Ok(exit_code::DONE);
    }
    print_table(context, page);
    let t = context.t;
    let args: [(&str, &dyn std::fmt::Display); 4] = [
        ("period", &t.period(page.round.period)),
        ("due", &page.round.due),
        ("n", &page.received()),
        ("all", &page.places.len()),
    ];
    say::line(t.t1("cli-returns-list", &args));
    let states = Standing::ALL.into_iter().rev();
    let states = states.map(|one| format!("{} {}", t.standing(one), page.reporting.count(one)));
    say::line(format!("  {}", states.collect::<Vec<_>>().join(t.separator())));
    for line in page.reminders() {
        let back = line.hands.returned.as_ref();
        let why = back.and_then(|meta| meta.sheet.reason.clone()).unwrap_or_default();
        let place = line.place.short.get(t.lang);
        say::line(format!("  {place} {} {why}", t.standing(line.standing)).trim_end());
    }
    Ok(exit_code::DONE)
}

fn print_json(page: &RoundPage) {
    let places: Vec<_> = page
        .places
        .iter()
        .map(|line| {
            serde_json::json!({
                "place": line.place.code.code,
                "name": line.place.short.text,
                "state": line.standing.code(),
                "projects_asked": line.asked,
                "projects_told": line.told,
                "days_late": line.days_late,
                "received_at": line.first.as_ref().map(|meta| meta.by.at.to_string()),
                "reason": line.hands.returned.as_ref().map(|meta| &meta.sheet.reason),
                "submitted": step(line.hands.submitted.as_ref()),
                "accepted": step(line.hands.accepted.as_ref()),
                "locked": step(line.hands.locked.as_ref()),
            })
        })
        .collect();
    say::json(&serde_json::json!({
        "period": page.round.period,
        "due": page.round.due,
        "state": page.round.state.code(),
        "received": page.received(),
        "counted_by": page.reporting.counted.code(),
        "places": places,
    }));
}

fn print_table(context: &Context, page: &RoundPage) {
    let t = context.t;
    let head = ["place", "state", "told", "late", "handed-in", "accepted-by", "locked-by"];
    let who = |meta: Option<&SheetMeta>| {
        meta.map_or_else(
            || t.t("app-none"),
            |meta| {
                let at = t.moment(meta.by.at, &context.zone());
                t.t1("trace-by", &[("post", &meta.by.title.get(t.lang)), ("at", &at)])
            },
        )
    };
    let rows = page.places.iter().map(|line| {
        vec![
            line.place.short.get(t.lang).to_owned(),
            t.standing(line.standing),
            format!("{} / {}", line.told, line.asked),
            match line.days_late {
                0 => String::new(),
                days => t.t1("returns-late-days", &[("n", &days)]),
            },
            who(line.hands.submitted.as_ref()),
            who(line.hands.accepted.as_ref()),
            who(line.hands.locked.as_ref()),
        ]
    });
    say::table(head.map(|key| t.t(&format!("returns-{key}"))).to_vec(), rows.collect());
}

fn step(meta: Option<&SheetMeta>) -> Option<serde_json::Value> {
    let meta = meta?;
    Some(serde_json::json!({ "by": meta.by.title.text, "at": meta.by.at, "entry": meta.by.seq }))
}

/// The lines of the page's own list, with nothing around them.
pub fn remind(context: &Context, page: &RoundPage) -> Result<u8, OpsError> {
    let words = |line| context.t.reminder(&page.round, line, context.today());
    if context.global.json {
        let lines: Vec<_> = page
            .reminders()
            .into_iter()
            .map(|line| {
                serde_json::json!({
                    "place": line.place.code.code,
                    "name": line.place.short.text,
                    "state": line.standing.code(),
                    "days_late": line.days_late,
                    "reason": line.last.as_ref().and_then(|meta| meta.sheet.reason.clone()),
                    "words": words(line),
                })
            })
            .collect();
        say::json(&serde_json::json!({ "period": page.round.period, "reminders": lines }));
        return Ok(exit_code::DONE);
    }
    match page.reminders() {
        due if due.is_empty() => say::line(context.t.t("returns-reminders-none")),
        due => due.into_iter().for_each(|line| say::line(words(line))),
    }
    Ok(exit_code::DONE)
}
