//! A few results kept for reuse, the one asked for last at the end.

use std::sync::{Arc, Mutex, PoisonError};

/// Results by key, at most `max` of them.
pub(crate) struct Kept<K, V> {
    slots: Mutex<Vec<Arc<Slot<K, V>>>>,
    max: usize,
}

struct Slot<K, V> {
    key: K,
    /// Held while the result is made: whoever asks for the same waits for it, and nobody
    /// else does.
    value: Mutex<Option<Arc<V>>>,
}

impl<K: PartialEq, V> Kept<K, V> {
    pub fn new(max: usize) -> Kept<K, V> {
        Kept { slots: Mutex::new(Vec::new()), max }
    }

    /// The result for a key; `make` is called where there is none yet. An error is not kept.
    pub fn get_or_make<E>(&self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        let slot = self.slot(key);
        let mut value = slot.value.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*value {
            return Ok(known.clone());
        }
        let made = Arc::new(make()?);
        *value = Some(made.clone());
        Ok(made)
    }

    /// The latest finished result whose key passes.
    pub fn find(&self, passes: impl Fn(&K) -> bool) -> Option<Arc<V>> {
        let slots = self.lock();
        let found = slots.iter().rev().filter(|slot| passes(&slot.key));
        // A result in the making is not waited for.
        found.filter_map(|slot| slot.value.try_lock().ok()?.clone()).next()
    }

    pub fn clear(&self) {
        self.lock().clear();
    }

    fn slot(&self, key: K) -> Arc<Slot<K, V>> {
        let mut slots = self.lock();
        let slot = match slots.iter().position(|slot| slot.key == key) {
            Some(index) => slots.remove(index),
            None => Arc::new(Slot { key, value: Mutex::new(None) }),
        };
        if slots.len() == self.max {
            slots.remove(0);
        }
        slots.push(slot.clone());
        slot
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Slot<K, V>>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ones_asked_for_stay() {
        let kept = Kept::<i32, i32>::new(2);
        let ask = |key, value| *kept.get_or_make(key, || Ok::<_, ()>(value)).expect("made");
        assert_eq!([ask(1, 10), ask(2, 20), ask(1, 11)], [10, 20, 10]);
        // A third takes the place of the one asked for longest ago.
        assert_eq!([ask(3, 30), ask(1, 12), ask(2, 21)], [30, 10, 21]);
        assert_eq!(kept.find(|key| *key > 1).as_deref(), Some(&21));
        kept.clear();
        assert_eq!(ask(1, 13), 13);
    }

    #[test]
    fn an_error_is_not_kept() {
        let kept = Kept::<i32, i32>::new(2);
        assert_eq!(kept.get_or_make(1, || Err("no")).err(), Some("no"));
        assert_eq!(kept.find(|_| true), None);
        assert_eq!(kept.get_or_make(1, || Ok::<_, &str>(5)).as_deref(), Ok(&5));
    }
}
