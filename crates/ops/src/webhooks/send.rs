//! Sends what is due, again and again with growing pauses, and gives an address up that has
//! not answered for days.

use jiff::{SignedDuration, Timestamp};
use tici_domain::{Change, Table, Webhook};
use tici_store::{Attempted, Delivery};

use super::address::{Networks, PRIVATE_SETTING};
use super::sign::signature;
use crate::write::write;
use crate::{Desk, OpsError};

/// Pauses before the second attempt and those after it, in seconds: about four days in all.
const PAUSES: [i64; 9] = [10, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, 172_800];

/// An address that nothing has reached for so long is stopped.
const GIVE_UP_DAYS: i64 = 3;

/// Messages sent in one go.
const SEND_MAX: i64 = 20;

/// Nobody else sends a message that was taken so short a time ago.
const TAKEN_SECONDS: i64 = 60;

/// How long the log keeps a message.
const LOG_DAYS: i64 = 30;

/// Longest account of what went wrong that is kept.
const ERROR_CHARS_MAX: usize = 300;

/// A request to be made. It follows no redirect, whatever the answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    /// Private networks that may be written to.
    pub private: Networks,
}

/// Whoever reaches the network: the binary, or a test.
pub trait Sender {
    /// Posts a message; gives the status of the answer, or why there was none.
    fn post(&self, outgoing: &Outgoing) -> Result<u16, String>;
}

/// Sends messages that are due; says how many arrived.
pub fn send_due(desk: &Desk, sender: &dyn Sender, now: Timestamp) -> Result<usize, OpsError> {
    let mut arrived = 0;
    for message in desk.store.deliveries_due(now, SEND_MAX)? {
        let until = now + SignedDuration::from_secs(TAKEN_SECONDS);
        if desk.store.take_delivery(&message, until)? {
            arrived += usize::from(send(desk, sender, &message, now)?);
        }
    }
    Ok(arrived)
}

/// Forgets messages that are long done.
pub(super) fn tidy(desk: &Desk, now: Timestamp) -> Result<(), OpsError> {
    let before = now - SignedDuration::from_hours(24 * LOG_DAYS);
    desk.store.drop_deliveries_before(before)?;
    Ok(())
}

fn send(
    desk: &Desk,
    sender: &dyn Sender,
    message: &Delivery,
    now: Timestamp,
) -> Result<bool, OpsError> {
    let snapshot = desk.snapshot()?;
    let hook = snapshot.records.webhooks.get(&message.webhook).map(|kept| kept.row.clone());
    let state = desk.store.webhook_state(message.webhook)?;
    let (Some(hook), Some(state)) = (hook, state) else {
        desk.store.stop_deliveries(message.webhook)?;
        return Ok(false);
    };
    let private = snapshot.setting(PRIVATE_SETTING).unwrap_or_default();
    let private = Networks::parse(private).unwrap_or_default();
    let seconds = now.as_second();
    let signed = signature(&state.secret, &message.id, seconds, &message.body);
    let answer = match signed {
        None => Err("no secret".to_owned()),
        Some(signed) => sender.post(&Outgoing {
            url: hook.url.clone(),
            headers: vec![
                ("webhook-id", message.id.clone()),
                ("webhook-timestamp", seconds.to_string()),
                ("webhook-signature", signed),
            ],
            body: message.body.clone(),
            private,
        }),
    };
    let came_to = judge(message, answer, state.failing_since, now);
    desk.store.delivery_attempted(message, &came_to)?;
    let long_ago = SignedDuration::from_hours(24 * GIVE_UP_DAYS);
    let is_dead = came_to.failing_since.is_some_and(|since| now.duration_since(since) > long_ago);
    if hook.active && (is_dead || came_to.status == Some(410)) {
        stop(desk, &hook, &came_to, now)?;
    }
    tidy(desk, now)?;
    Ok(came_to.state == "delivered")
}

/// What an attempt came to. Anything but 2xx is a failure.
fn judge(
    message: &Delivery,
    answer: Result<u16, String>,
    failing_since: Option<Timestamp>,
    now: Timestamp,
) -> Attempted {
    let (status, error) = match answer {
        Ok(status @ 200..=299) => {
            return Attempted {
                state: "delivered".into(),
                next: None,
                status: Some(status.into()),
                error: None,
                done: Some(now),
                failing_since: None,
            };
        }
        Ok(status) => (Some(i64::from(status)), None),
        Err(error) => (None, Some(error.chars().take(ERROR_CHARS_MAX).collect())),
    };
    let pause = usize::try_from(message.attempts).ok().and_then(|n| PAUSES.get(n));
    let next = pause.map(|seconds| now + SignedDuration::from_secs(*seconds));
    let state = if next.is_some() { "waiting" } else { "failed" };
    let failing_since = failing_since.or(Some(now));
    Attempted { state: state.into(), next, status, error, done: None, failing_since }
}

/// Stops an address that is not there any more: the ledger itself acts, and says why.
fn stop(desk: &Desk, hook: &Webhook, came_to: &Attempted, now: Timestamp) -> Result<(), OpsError> {
    let since = came_to.failing_since.unwrap_or(now);
    let what = came_to.status.map(|status| status.to_string());
    let what = what.or_else(|| came_to.error.clone()).unwrap_or_default();
    let reason = Some(format!("{since}: {what}"));
    write(desk, 0, "stop_webhook", now, |snapshot, ids| {
        let current = snapshot.records.webhooks.get(&hook.series).map(|kept| &kept.row);
        let Some(current) = current.filter(|row| row.active) else { return Ok(Vec::new()) };
        let (id, replaces) = (ids.next(Table::Webhook), Some(current.id));
        let stopped = Webhook { id, replaces, active: false, reason, ..current.clone() };
        Ok(vec![Change::Webhook(stopped)])
    })?;
    Ok(desk.store.stop_deliveries(hook.series)?)
}
