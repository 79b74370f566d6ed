//! How many requests an account may make: a bucket that fills again all the time.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// Accounts remembered at most; past this those are forgotten that are not short of anything.
const KEYS_MAX: usize = 10_000;

/// Requests left by account, 0 for everybody who is not signed in. Kept in memory: each
/// server counts for itself.
#[derive(Debug, Default)]
pub struct Buckets(Mutex<HashMap<i64, Bucket>>);

#[derive(Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Buckets {
    /// Takes one request; or says in how many seconds the next may come. A minute's worth may
    /// come at once.
    pub fn take(&self, key: i64, per_minute: u32, now: Instant) -> Result<(), u32> {
        let full = f64::from(per_minute.max(1));
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = |bucket: &Bucket| {
            let since = now.saturating_duration_since(bucket.at).as_secs_f64();
            (bucket.left + since * full / 60.0).min(full)
        };
        if buckets.len() >= KEYS_MAX {
            buckets.retain(|_, bucket| left(bucket) < full);
        }
        let bucket = buckets.entry(key).or_insert(Bucket { left: full, at: now });
        let now_left = left(bucket);
        if now_left < 1.0 {
            return Err(((1.0 - now_left) * 60.0 / full).ceil() as u32);
        }
        *bucket = Bucket { left: now_left - 1.0, at: now };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_minutes_worth_and_then_one_by_one() {
        let (buckets, start) = (Buckets::default(), Instant::now());
        for _ in 0..6 {
            assert_eq!(buckets.take(1, 6, start), Ok(()));
        }
        assert_eq!(buckets.take(1, 6, start), Err(10));
        assert_eq!(buckets.take(2, 6, start), Ok(()), "others are not kept waiting");
        assert_eq!(buckets.take(1, 6, start + Duration::from_secs(10)), Ok(()));
        assert_eq!(buckets.take(1, 6, start + Duration::from_secs(11)), Err(9));
    }
}
