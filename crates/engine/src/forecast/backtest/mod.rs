//! Back-testing: what would have been forecast at earlier moments, and what came of it.
//!
//! A history is what was reported about each project, report by report. At a cutoff only the
//! reports up to that day are looked at ([`History::known_at`]); methods learn from pairs of
//! reports both of which lie before it, forecast how far each project's promised day will have
//! moved some months later, and are then scored against the later report.

pub mod baseline;
pub mod columns;
pub mod day;
pub mod features;
pub mod history;
pub mod leak;
pub mod load;
pub mod logit;
pub mod model;
pub mod pairs;
pub mod run;
pub mod slips;
pub mod summary;

pub use columns::Columns;
pub use history::History;
pub use load::{Sheet, load};
pub use run::{Forecast, Method, Settings, run};
pub use summary::{Summary, summarise};
