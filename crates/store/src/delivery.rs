//! Messages to addresses that are told what happens, and how far each has been told.

use crate::conn::{Row, Value};
use crate::journal::read_time;
use crate::{Store, StoreError};
use jiff::Timestamp;

/// How far an address has been told, and what messages to it are signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookState {
    pub webhook: i64,
    pub secret: String,
    /// Entries it has been told of.
    pub entries: i64,
    /// Entries and day of the lights it has been told of.
    pub light_entries: i64,
    pub light_day: String,
    /// Since when nothing has reached it.
    pub failing_since: Option<Timestamp>,
}

/// A message, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub id: String,
    pub webhook: i64,
    /// `stage.claimed`, `figure.written`, …
    pub kind: String,
    pub entry: Option<i64>,
    pub body: String,
    pub made: Timestamp,
    /// `waiting`, `delivered` or `failed`.
    pub state: String,
    pub attempts: i64,
    /// When it is sent, or sent again.
    pub next: Option<Timestamp>,
    /// Status of the last answer.
    pub status: Option<i64>,
    pub error: Option<String>,
    pub done: Option<Timestamp>,
}

/// What an attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempted {
    pub state: String,
    pub next: Option<Timestamp>,
    pub status: Option<i64>,
    pub error: Option<String>,
    pub done: Option<Timestamp>,
    pub failing_since: Option<Timestamp>,
}

const COLUMNS: &str = "id, webhook, kind, entry, body, made, state, attempts, next, status, \
                       error, done";

impl Store {
    /// How far an address has been told.
    pub fn webhook_state(&self, webhook: i64) -> Result<Option<WebhookState>, StoreError> {
        let sql = "SELECT secret, entries, light_entries, light_day, failing_since \
                   FROM webhook_state WHERE webhook = $1";
        self.reader()?.query_one(sql, &[Value::Int(webhook)], |row| {
            Ok(WebhookState {
                webhook,
                secret: row.text(0)?.to_owned(),
                entries: row.int(1)?,
                light_entries: row.int(2)?,
                light_day: row.text(3)?.to_owned(),
                failing_since: row.opt_int(4)?.map(read_time).transpose()?,
            })
        })
    }

    /// Begins, or begins again, to tell an address.
    pub fn set_webhook_state(&self, state: &WebhookState) -> Result<(), StoreError> {
        let columns =
            ["webhook", "secret", "entries", "light_entries", "light_day", "failing_since"];
        self.write(|conn| {
            conn.upsert_rows("webhook_state", &columns, [state], |state, values| {
                values.extend([
                    Value::Int(state.webhook),
                    Value::from(state.secret.as_str()),
                    Value::Int(state.entries),
                    Value::Int(state.light_entries),
                    Value::from(state.light_day.as_str()),
                    Value::from(state.failing_since.map(Timestamp::as_microsecond)),
                ]);
            })?;
            Ok(())
        })
    }

    /// Puts messages down and says how far the address has been told, both or neither; false
    /// when another server has done so since `before` was read.
    pub fn tell(
        &self,
        before: &WebhookState,
        after: &WebhookState,
        messages: &[Delivery],
    ) -> Result<bool, StoreError> {
        let moved = "UPDATE webhook_state SET entries = $1, light_entries = $2, light_day = $3 \
                     WHERE webhook = $4 AND entries = $5 AND light_entries = $6 \
                     AND light_day = $7";
        let params = [
            Value::Int(after.entries),
            Value::Int(after.light_entries),
            Value::from(after.light_day.as_str()),
            Value::Int(before.webhook),
            Value::Int(before.entries),
            Value::Int(before.light_entries),
            Value::from(before.light_day.as_str()),
        ];
        let put = "INSERT INTO delivery (id, webhook, kind, entry, body, made, state, attempts, \
                   next) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                   ON CONFLICT (id) DO NOTHING";
        self.write(|conn| {
            if conn.execute(moved, &params)? != 1 {
                return Ok(false);
            }
            for message in messages {
                let params = [
                    Value::from(message.id.as_str()),
                    Value::Int(message.webhook),
                    Value::from(message.kind.as_str()),
                    Value::from(message.entry),
                    Value::from(message.body.as_str()),
                    Value::Int(message.made.as_microsecond()),
                    Value::from(message.state.as_str()),
                    Value::Int(message.attempts),
                    Value::from(message.next.map(Timestamp::as_microsecond)),
                ];
                conn.execute(put, &params)?;
            }
            Ok(true)
        })
    }

    /// Messages that are to be sent by now, the oldest first.
    pub fn deliveries_due(&self, now: Timestamp, most: i64) -> Result<Vec<Delivery>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM delivery WHERE next IS NOT NULL AND next <= $1 \
             ORDER BY next, made LIMIT $2"
        );
        let params = [Value::Int(now.as_microsecond()), Value::Int(most)];
        self.reader()?.query_vec(&sql, &params, read)
    }

    /// Messages of an address, the newest first.
    pub fn deliveries(
        &self,
        webhook: i64,
        offset: i64,
        most: i64,
    ) -> Result<Vec<Delivery>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM delivery WHERE webhook = $1 ORDER BY made DESC, id \
             LIMIT $2 OFFSET $3"
        );
        let params = [Value::Int(webhook), Value::Int(most), Value::Int(offset)];
        self.reader()?.query_vec(&sql, &params, read)
    }

    /// How many messages of an address there are.
    pub fn delivery_count(&self, webhook: i64) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) FROM delivery WHERE webhook = $1";
        self.reader()?.query_int(sql, &[Value::Int(webhook)])
    }

    /// Takes a message for sending until `until`; false when another server has it.
    pub fn take_delivery(&self, message: &Delivery, until: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE delivery SET next = $1, attempts = attempts + 1 \
                   WHERE id = $2 AND next = $3 AND attempts = $4";
        let params = [
            Value::Int(until.as_microsecond()),
            Value::from(message.id.as_str()),
            Value::from(message.next.map(Timestamp::as_microsecond)),
            Value::Int(message.attempts),
        ];
        self.write(|conn| Ok(conn.execute(sql, &params)? == 1))
    }

    /// Writes down what an attempt came to.
    pub fn delivery_attempted(
        &self,
        message: &Delivery,
        came_to: &Attempted,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE delivery SET state = $1, next = $2, status = $3, error = $4, done = $5 \
                   WHERE id = $6";
        let params = [
            Value::from(came_to.state.as_str()),
            Value::from(came_to.next.map(Timestamp::as_microsecond)),
            Value::from(came_to.status),
            Value::from(came_to.error.as_deref()),
            Value::from(came_to.done.map(Timestamp::as_microsecond)),
            Value::from(message.id.as_str()),
        ];
        let failing = "UPDATE webhook_state SET failing_since = $1 WHERE webhook = $2";
        let since = Value::from(came_to.failing_since.map(Timestamp::as_microsecond));
        self.write(|conn| {
            conn.execute(sql, &params)?;
            conn.execute(failing, &[since, Value::Int(message.webhook)]).map(|_| ())
        })
    }

    /// Has a message sent again at once; false when there is none.
    pub fn send_again(&self, webhook: i64, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE delivery SET state = 'waiting', next = $1 WHERE id = $2 \
                   AND webhook = $3";
        let params = [Value::Int(now.as_microsecond()), Value::from(id), Value::Int(webhook)];
        self.write(|conn| Ok(conn.execute(sql, &params)? == 1))
    }

    /// Takes the waiting messages of an address out of the queue.
    pub fn stop_deliveries(&self, webhook: i64) -> Result<(), StoreError> {
        let sql = "UPDATE delivery SET state = 'failed', next = NULL \
                   WHERE webhook = $1 AND next IS NOT NULL";
        self.write(|conn| conn.execute(sql, &[Value::Int(webhook)]).map(|_| ()))
    }

    /// Forgets messages made before; says how many.
    pub fn drop_deliveries_before(&self, before: Timestamp) -> Result<u64, StoreError> {
        let sql = "DELETE FROM delivery WHERE made < $1 AND next IS NULL";
        self.write(|conn| conn.execute(sql, &[Value::Int(before.as_microsecond())]))
    }
}

fn read(row: &Row<'_>) -> Result<Delivery, StoreError> {
    let time = |at: Option<i64>| at.map(read_time).transpose();
    Ok(Delivery {
        id: row.text(0)?.to_owned(),
        webhook: row.int(1)?,
        kind: row.text(2)?.to_owned(),
        entry: row.opt_int(3)?,
        body: row.text(4)?.to_owned(),
        made: read_time(row.int(5)?)?,
        state: row.text(6)?.to_owned(),
        attempts: row.int(7)?,
        next: time(row.opt_int(8)?)?,
        status: row.opt_int(9)?,
        error: row.opt_text(10)?.map(str::to_owned),
        done: time(row.opt_int(11)?)?,
    })
}
