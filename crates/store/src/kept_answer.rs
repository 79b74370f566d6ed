//! Answers kept under the key a program gave its request: sent twice, it is done once.
//!
//! The row is begun before the work. The transaction that writes the ledger writes its
//! entries into the row as well ([`WriteTx::mark_kept`]), so that after a crash it is known
//! whether the work was done.

use crate::conn::Value;
use crate::journal::read_time;
use crate::write::WriteTx;
use crate::{Store, StoreError};
use jiff::Timestamp;

/// A request that is being done, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Hash of what was asked.
    pub request: String,
    /// Names the attempt that may write.
    pub attempt: String,
    pub begun: Timestamp,
    /// Entries it wrote, as JSON; known as soon as they are durable.
    pub entries: Option<String>,
    /// The answer, once it is known: status, content type, body.
    pub answer: Option<(u16, String, Vec<u8>)>,
}

impl Store {
    /// The request of a key.
    pub fn kept_answer(&self, actor: i64, name: &str) -> Result<Option<KeptAnswer>, StoreError> {
        let sql = "SELECT request, attempt, begun, entries, status, content_type, body \
                   FROM kept_answer WHERE actor = $1 AND name = $2";
        let params = [Value::Int(actor), Value::from(name)];
        self.reader()?.query_one(sql, &params, |row| {
            let answer = match row.opt_int(4)? {
                Some(status) => Some((
                    u16::try_from(status).unwrap_or(500),
                    row.text(5)?.to_owned(),
                    row.bytes(6)?.to_vec(),
                )),
                None => None,
            };
            Ok(KeptAnswer {
                request: row.text(0)?.to_owned(),
                attempt: row.text(1)?.to_owned(),
                begun: read_time(row.int(2)?)?,
                entries: row.opt_text(3)?.map(str::to_owned),
                answer,
            })
        })
    }

    /// Begins a request under a key; false when the key has one already. An attempt that
    /// began before `given_up` and neither wrote nor answered is taken over; what began
    /// before `old` is forgotten.
    pub fn begin_kept(
        &self,
        (actor, name): (i64, &str),
        (request, attempt): (&str, &str),
        now: Timestamp,
        (given_up, old): (Timestamp, Timestamp),
    ) -> Result<bool, StoreError> {
        let over = "UPDATE kept_answer SET request = $1, attempt = $2, begun = $3 \
                    WHERE actor = $4 AND name = $5 AND begun < $6 \
                    AND status IS NULL AND entries IS NULL";
        let fresh = "INSERT INTO kept_answer (actor, name, request, attempt, begun) \
                     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (actor, name) DO NOTHING";
        let key = [Value::Int(actor), Value::from(name)];
        let begun = Value::Int(now.as_microsecond());
        let attempted = [Value::from(request), Value::from(attempt), begun];
        self.write(|conn| {
            let forget = "DELETE FROM kept_answer WHERE begun < $1";
            conn.execute(forget, &[Value::Int(old.as_microsecond())])?;
            let params = [&key[..], &attempted].concat();
            if conn.execute(fresh, &params)? == 1 {
                return Ok(true);
            }
            let before = [Value::Int(given_up.as_microsecond())];
            let params = [&attempted[..], &key, &before].concat();
            Ok(conn.execute(over, &params)? == 1)
        })
    }

    /// Keeps the answer of an attempt.
    pub fn keep_answer(
        &self,
        (actor, name): (i64, &str),
        attempt: &str,
        (status, content_type, body): (u16, &str, &[u8]),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE kept_answer SET status = $1, content_type = $2, body = $3 \
                   WHERE actor = $4 AND name = $5 AND attempt = $6";
        let params = [
            Value::Int(i64::from(status)),
            Value::from(content_type),
            Value::from(body),
            Value::Int(actor),
            Value::from(name),
            Value::from(attempt),
        ];
        self.write(|conn| conn.execute(sql, &params).map(|_| ()))
    }

    /// Forgets an attempt that came to nothing, so that its key is free again.
    pub fn drop_kept(&self, (actor, name): (i64, &str), attempt: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM kept_answer WHERE actor = $1 AND name = $2 AND attempt = $3 \
                   AND entries IS NULL";
        let params = [Value::Int(actor), Value::from(name), Value::from(attempt)];
        self.write(|conn| conn.execute(sql, &params).map(|_| ()))
    }
}

impl WriteTx<'_> {
    /// Says in this transaction that an attempt writes these entries; false when another
    /// attempt has taken its place.
    pub fn mark_kept(
        &mut self,
        (actor, name): (i64, &str),
        attempt: &str,
        entries: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE kept_answer SET entries = $1 \
                   WHERE actor = $2 AND name = $3 AND attempt = $4";
        let params =
            [Value::from(entries), Value::Int(actor), Value::from(name), Value::from(attempt)];
        Ok(self.conn_mut().execute(sql, &params)? == 1)
    }
}
