//! A writer that counts and hashes what goes through it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// Passes bytes on.
pub struct Hashed<W> {
    inner: W,
    sum: Arc<Mutex<(Sha256, u64)>>,
}

/// What has gone through, read when all has.
pub struct Sum(Arc<Mutex<(Sha256, u64)>>);

impl<W: Write> Hashed<W> {
    pub fn new(inner: W) -> (Hashed<W>, Sum) {
        let sum = Arc::new(Mutex::new((Sha256::new(), 0)));
        (Hashed { inner, sum: sum.clone() }, Sum(sum))
    }
}

impl Sum {
    /// Bytes, and their SHA-256 in lower-case hex.
    pub fn read(&self) -> (u64, String) {
        let sum = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (sum.1, hex::encode(sum.0.clone().finalize()))
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(bytes)?;
        let mut sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner);
        sum.0.update(&bytes[..taken]);
        sum.1 += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
