//! What every handler is given: the opened ledger, a clock and a few settings.

use jiff::{
    Timestamp,
    civil::Date,
    tz::{self, TimeZone},
};
use std::sync::{Arc, Mutex};
use tici_ops::Desk;

use crate::{frame::FrameFacts, session::Tries};

/// The clock is an argument: the demonstration and the tests have their own day.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the binary decides and no request can change.
#[derive(Clone, Debug)]
pub struct Config {
    /// Clock of the office: days begin and moments are printed in it.
    pub zone: TimeZone,
    /// Whether cookies travel over HTTPS only.
    pub secure_cookies: bool,
    /// Largest request, in bytes.
    pub upload_bytes_max: usize,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            zone: TimeZone::fixed(tz::offset(8)),
            secure_cookies: false,
            upload_bytes_max: 32 << 20,
        }
    }
}

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub desk: Arc<Desk>,
    pub clock: Clock,
    pub config: Arc<Config>,
    /// Counts for strip and navigation, made once per journal sequence, day and scope.
    pub(crate) frames: Arc<Mutex<Vec<Arc<FrameFacts>>>>,
    pub(crate) tries: Arc<Tries>,
}

impl AppState {
    pub fn new(desk: Arc<Desk>, clock: Clock, config: Config) -> AppState {
        AppState {
            desk,
            clock,
            config: Arc::new(config),
            frames: Arc::default(),
            tries: Arc::default(),
        }
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Today in the office's clock.
    pub fn today(&self) -> Date {
        self.config.zone.to_datetime(self.now()).date()
    }
}
