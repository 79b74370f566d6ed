//! Composite indicators: from a panel of numbers and a tree to scores and ranks.
//!
//! [`chain::run`] is the whole way (denominate, impute, screen, treat, normalise, weigh,
//! aggregate, rank); each step is a module that can be used alone, on slices of numbers.
//! Formulas follow the handbook of OECD and JRC on composite indicators. Everything here is
//! the same on any machine and with any number of threads, and nothing depends on the order
//! of the units, save what is documented to.
//!
//! A missing cell is [`panel::MISSING`]; no function returns it other than for "no value
//! can be said", each says when.

pub mod aggregate;
pub mod chain;
pub mod components;
pub mod denominate;
pub mod grade;
pub mod impute;
pub mod lean;
mod math;
pub mod normalise;
pub mod options;
pub mod outcome;
pub mod panel;
pub mod rank;
pub mod robustness;
pub mod roll_up;
pub mod run;
pub mod scheme;
pub mod score;
pub mod screen;
pub mod stats;
pub mod treat;
pub mod tree;
pub mod weigh;

pub use options::{Bounds, Options, ZeroRange};
pub use outcome::{How, Outcome, Step, Touched};
pub use panel::{MISSING, Panel, Unit};
pub use tree::{Direction, Node, Tree, Weight};
