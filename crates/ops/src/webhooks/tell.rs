//! Makes messages of what the journal has that an address has not been told of.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};
use tici_domain::{HookEvent, Webhook};
use tici_store::{Delivery, WebhookState};

use super::messages::{News, of_entry, of_lights};
use crate::view_ledger::LedgerQuery;
use crate::view_lights::{LightsQuery, view_lights};
use crate::{Desk, OpsError, Session};

/// Entries read at once.
const ENTRIES_MAX: i64 = 500;

/// Tells every active address what is new; says how many messages were made.
pub fn tell(desk: &Desk, now: Timestamp, today: Date) -> Result<usize, OpsError> {
    let snapshot = desk.snapshot()?;
    let hooks = snapshot.records.webhooks.values().map(|kept| &kept.row);
    let mut made = 0;
    for hook in hooks.filter(|hook| hook.active) {
        made += tell_one(desk, hook, now, today)?;
    }
    Ok(made)
}

fn tell_one(desk: &Desk, hook: &Webhook, now: Timestamp, today: Date) -> Result<usize, OpsError> {
    // A copy restored without its secrets tells nobody until the address is set again.
    let Some(before) = desk.store.webhook_state(hook.series)? else { return Ok(0) };
    let snapshot = desk.snapshot()?;
    let actor = snapshot.actors.get(&hook.actor).filter(|actor| actor.active);
    let Some(session) = actor.map(|actor| Session::local(actor.clone())) else { return Ok(0) };
    let until = snapshot.seq.min(before.entries + ENTRIES_MAX);
    let mut after = WebhookState { entries: before.entries.max(until), ..before.clone() };
    let mut messages = Vec::new();
    if before.entries < until {
        desk.store.each_entry(before.entries, until, &mut |entry| {
            let news = of_entry(&snapshot, &session, &entry);
            let wanted = news.into_iter().filter(|news| hook.events.contains(&news.event));
            let name = entry.seq.to_string();
            messages.extend(
                wanted.map(|news| message(hook, (&name, Some(entry.seq)), news, (entry.at, now))),
            );
        })?;
    }
    let looked_at = (before.light_entries, before.light_day.clone());
    let light_now = (snapshot.seq, today.to_string());
    if hook.events.contains(&HookEvent::Light) && looked_at != light_now {
        messages.extend(lights(desk, hook, &session, &before, (now, today))?);
        (after.light_entries, after.light_day) = light_now;
    }
    if after == before {
        return Ok(0);
    }
    let told = desk.store.tell(&before, &after, &messages)?;
    Ok(if told { messages.len() } else { 0 })
}

/// Lights change by the day as well as by entries: they are compared with those told last.
fn lights(
    desk: &Desk,
    hook: &Webhook,
    session: &Session,
    before: &WebhookState,
    (now, today): (Timestamp, Date),
) -> Result<Option<Delivery>, OpsError> {
    let day = before.light_day.parse().unwrap_or(today);
    let since = Some((before.light_entries, day));
    let asked = LightsQuery { since, ..LightsQuery::default() };
    let page = view_lights(desk, session, &LedgerQuery::default(), asked, today)?;
    let news = of_lights(&page.snapshot, &page.changes);
    let name = format!("{}-{today}", page.snapshot.seq);
    Ok(news.map(|news| message(hook, (&name, None), news, (now, now))))
}

/// A message. The same news has the same id, whoever makes it and how often.
pub(super) fn message(
    hook: &Webhook,
    (name, entry): (&str, Option<i64>),
    news: News,
    (at, now): (Timestamp, Timestamp),
) -> Delivery {
    let seed = format!("{}/{name}/{}", hook.series, news.kind);
    let id = format!("msg_{}", hex::encode(&Sha256::digest(seed)[..16]));
    let body = json!({
        "id": id, "type": news.kind, "timestamp": at, "entry": entry, "data": news.data,
    });
    Delivery {
        id,
        webhook: hook.series,
        kind: news.kind.to_owned(),
        entry,
        body: body.to_string(),
        made: now,
        state: "waiting".into(),
        attempts: 0,
        next: Some(now),
        status: None,
        error: None,
        done: None,
    }
}
