//! A gzipped file of any of the other formats, unpacked within bounds.

use super::over;
use crate::limits::{RATIO_FREE_BYTES, UNPACKED_BYTES_MAX, UNPACKED_RATIO_MAX};
use flate2::read::MultiGzDecoder;
use std::io::Read;
use tici_domain::Problem;

pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Box<Problem>> {
    let limit = UNPACKED_BYTES_MAX.min(RATIO_FREE_BYTES.max(bytes.len() * UNPACKED_RATIO_MAX));
    let mut unpacked = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(limit as u64 + 1);
    match reader.read_to_end(&mut unpacked) {
        Err(_) => Err(Box::new(Problem::error("file-broken").arg("detail", "gzip"))),
        Ok(_) if unpacked.len() > limit => over("file-unpacks-too-large", "bytes", limit, limit),
        Ok(_) => Ok(unpacked),
    }
}
