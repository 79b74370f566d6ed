//! Addresses made, changed, stopped, tried and listed.

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use tici_domain::change::Setting;
use tici_domain::{Change, HookEvent, Problem, Table, Webhook};
use tici_store::{Delivery, WebhookState};

use super::address::{Networks, PRIVATE_SETTING};
use super::messages::News;
use super::sign::SECRET_PREFIX;
use super::tell::message;
use crate::write::{Written, write};
use crate::{Action, Desk, OpsError, Session};

/// Addresses that a ledger tells at most.
pub const WEBHOOKS_MAX: usize = 50;

/// Longest name and address.
const NAME_CHARS_MAX: usize = 60;
const URL_CHARS_MAX: usize = 500;

/// Messages on a page of the log.
const LOG_ROWS: i64 = 50;

/// An address as it shall be; with `series`, another shape of one that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWebhook {
    pub series: Option<i64>,
    pub name: String,
    pub url: String,
    pub events: Vec<HookEvent>,
}

/// What was written; the secret of a new address, shown this once.
#[derive(Clone, Debug)]
pub struct PutWebhook {
    pub webhook: Webhook,
    pub secret: Option<String>,
    pub written: Written,
}

/// An address, and how it is doing.
#[derive(Clone, Debug)]
pub struct WebhookView {
    pub webhook: Webhook,
    /// Entries it has not been told of.
    pub behind: i64,
    pub failing_since: Option<Timestamp>,
    pub last: Option<Delivery>,
}

/// One address with a page of its log, the newest message first.
#[derive(Clone, Debug)]
pub struct WebhookPage {
    pub view: WebhookView,
    pub log: Vec<Delivery>,
    pub found: i64,
    /// From 0.
    pub page: i64,
    pub pages: i64,
}

/// Makes or changes an address. A new one is told what happens from now on.
pub fn put_webhook(
    desk: &Desk,
    session: &Session,
    new: &NewWebhook,
    now: Timestamp,
    today: Date,
) -> Result<PutWebhook, OpsError> {
    session.need(Action::KeepWebhooks)?;
    check(new)?;
    let mut events = new.events.clone();
    events.sort();
    events.dedup();
    let (name, url) = (new.name.trim().to_owned(), new.url.trim().to_owned());
    let written = write(desk, session.actor.id, "put_webhook", now, |snapshot, ids| {
        let hooks = &snapshot.records.webhooks;
        let id = ids.next(Table::Webhook);
        let before = match new.series {
            None if hooks.len() >= WEBHOOKS_MAX => {
                let problem = Problem::error("webhook-too-many").arg("max", WEBHOOKS_MAX);
                return Err(OpsError::problem(problem));
            }
            None => None,
            Some(series) => {
                let kept = hooks.get(&series);
                Some(&kept.ok_or_else(|| OpsError::not_found("webhook", series))?.row)
            }
        };
        let wanted = Webhook {
            id,
            series: before.map_or(id, |row| row.series),
            actor: before.map_or(session.actor.id, |row| row.actor),
            name,
            url,
            events,
            active: before.is_none_or(|row| row.active),
            reason: before.and_then(|row| row.reason.clone()),
            replaces: before.map(|row| row.id),
        };
        let is_same = before.is_some_and(|row| {
            (&row.name, &row.url, &row.events) == (&wanted.name, &wanted.url, &wanted.events)
        });
        Ok(if is_same { Vec::new() } else { vec![Change::Webhook(wanted)] })
    })?;
    let hooks = &written.snapshot.records.webhooks;
    let kept = match new.series {
        Some(series) => hooks.get(&series),
        None => hooks.values().next_back(),
    };
    let webhook = kept.map(|kept| kept.row.clone());
    let webhook = webhook.ok_or_else(|| OpsError::not_found("webhook", &new.name))?;
    let is_known = desk.store.webhook_state(webhook.series)?.is_some();
    let secret = if is_known { None } else { Some(begin(desk, &webhook, &written, today)?) };
    Ok(PutWebhook { webhook, secret, written })
}

/// Begins to tell an address, from the entries that there are now; gives its new secret.
fn begin(
    desk: &Desk,
    webhook: &Webhook,
    written: &Written,
    today: Date,
) -> Result<String, OpsError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| OpsError::problem(Problem::error("account-no-randomness")))?;
    let secret = format!("{SECRET_PREFIX}{}", STANDARD.encode(bytes));
    desk.store.set_webhook_state(&WebhookState {
        webhook: webhook.series,
        secret: secret.clone(),
        entries: written.snapshot.seq,
        light_entries: written.snapshot.seq,
        light_day: today.to_string(),
        failing_since: None,
    })?;
    Ok(secret)
}

fn check(new: &NewWebhook) -> Result<(), OpsError> {
    let mut problems = Vec::new();
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        problems.push(Problem::error("webhook-name").arg("max", NAME_CHARS_MAX));
    }
    if !is_address(new.url.trim()) {
        problems.push(Problem::error("webhook-url").arg("url", new.url.trim()));
    }
    if new.events.is_empty() {
        problems.push(Problem::error("webhook-no-events"));
    }
    if problems.is_empty() { Ok(()) } else { Err(OpsError::Problems(problems)) }
}

/// `http` or `https`, a host, no name or password in it.
fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let is_plain = url.len() <= URL_CHARS_MAX
        && url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    is_plain && host.is_some_and(|host| !host.is_empty() && !host.contains('@'))
}

/// Stops an address, or sets it going again from where it stopped.
pub fn set_active(
    desk: &Desk,
    session: &Session,
    series: i64,
    active: bool,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::KeepWebhooks)?;
    let written = write(desk, session.actor.id, "put_webhook", now, |snapshot, ids| {
        let kept = snapshot.records.webhooks.get(&series);
        let row = &kept.ok_or_else(|| OpsError::not_found("webhook", series))?.row;
        if row.active == active {
            return Ok(Vec::new());
        }
        let (id, replaces) = (ids.next(Table::Webhook), Some(row.id));
        Ok(vec![Change::Webhook(Webhook { id, replaces, active, reason: None, ..row.clone() })])
    })?;
    match desk.store.webhook_state(series)? {
        Some(state) if active => {
            desk.store.set_webhook_state(&WebhookState { failing_since: None, ..state })?;
        }
        Some(_) => desk.store.stop_deliveries(series)?,
        None => {}
    }
    Ok(written)
}

/// Puts down a message that only says that messages arrive.
pub fn send_test(
    desk: &Desk,
    session: &Session,
    series: i64,
    now: Timestamp,
) -> Result<String, OpsError> {
    session.need(Action::KeepWebhooks)?;
    let snapshot = desk.snapshot()?;
    let missing = || OpsError::not_found("webhook", series);
    let hook = &snapshot.records.webhooks.get(&series).ok_or_else(missing)?.row;
    let state = desk.store.webhook_state(series)?.ok_or_else(missing)?;
    let data = json!({ "name": hook.name });
    let news = News { event: HookEvent::Stage, kind: "test", data };
    let message = message(hook, (&now.to_string(), None), news, (now, now));
    desk.store.tell(&state, &state, std::slice::from_ref(&message))?;
    Ok(message.id)
}

/// Has a message sent again.
pub fn send_again(
    desk: &Desk,
    session: &Session,
    (series, id): (i64, &str),
    now: Timestamp,
) -> Result<(), OpsError> {
    session.need(Action::KeepWebhooks)?;
    match desk.store.send_again(series, id, now)? {
        true => Ok(()),
        false => Err(OpsError::not_found("delivery", id)),
    }
}

/// Says which private networks may be written to; the administrator alone.
pub fn allow_private(
    desk: &Desk,
    session: &Session,
    networks: &str,
    now: Timestamp,
) -> Result<Written, OpsError> {
    session.need(Action::ManageAccounts)?;
    if let Err(part) = Networks::parse(networks) {
        return Err(OpsError::problem(Problem::error("webhook-network").arg("part", part)));
    }
    let (key, value) = (PRIVATE_SETTING.to_owned(), networks.trim().to_owned());
    write(desk, session.actor.id, "put_webhook", now, |snapshot, _| {
        let is_same = snapshot.setting(&key).unwrap_or_default() == value;
        Ok(if is_same { Vec::new() } else { vec![Change::Setting(Setting { key, value })] })
    })
}

/// All addresses, in the order they were made.
pub fn view_webhooks(desk: &Desk, session: &Session) -> Result<Vec<WebhookView>, OpsError> {
    session.need(Action::KeepWebhooks)?;
    let snapshot = desk.snapshot()?;
    let hooks = snapshot.records.webhooks.values();
    hooks.map(|kept| view(desk, &kept.row, snapshot.seq)).collect()
}

fn view(desk: &Desk, webhook: &Webhook, head: i64) -> Result<WebhookView, OpsError> {
    let state = desk.store.webhook_state(webhook.series)?;
    let last = desk.store.deliveries(webhook.series, 0, 1)?.pop();
    Ok(WebhookView {
        webhook: webhook.clone(),
        behind: state.as_ref().map_or(0, |state| (head - state.entries).max(0)),
        failing_since: state.and_then(|state| state.failing_since),
        last,
    })
}

/// One address with its log.
pub fn view_webhook(
    desk: &Desk,
    session: &Session,
    series: i64,
    page: i64,
) -> Result<WebhookPage, OpsError> {
    session.need(Action::KeepWebhooks)?;
    let snapshot = desk.snapshot()?;
    let kept = snapshot.records.webhooks.get(&series);
    let hook = &kept.ok_or_else(|| OpsError::not_found("webhook", series))?.row;
    let found = desk.store.delivery_count(series)?;
    let pages = (found + LOG_ROWS - 1) / LOG_ROWS;
    let page = page.clamp(0, (pages - 1).max(0));
    let log = desk.store.deliveries(series, page * LOG_ROWS, LOG_ROWS)?;
    Ok(WebhookPage { view: view(desk, hook, snapshot.seq)?, log, found, page, pages })
}
