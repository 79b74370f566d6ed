//! What will be late, how sure we are, and what would help.
//!
//! One method, one file. Everything is a pure function of rows or numbers: seeds, days and
//! cutoffs are arguments, nothing fails, and what is wrong with the input comes back as
//! problems beside the result.

pub mod aalen_johansen;
pub mod aft;
pub mod backtest;
pub mod counts;
pub mod cox;
pub mod dense;
pub mod earned_schedule;
pub mod empirical_bayes;
pub mod events;
pub mod fan;
pub mod gram;
pub mod hazard;
pub mod ipcw;
pub mod km;
pub mod least_squares;
pub mod log_rank;
pub mod mixed;
pub mod msm;
pub mod normal;
pub mod optimise;
pub mod path;
pub mod quadrature;
pub mod recalibrate;
pub mod reference_class;
pub mod s_curve;
pub mod scores;
pub mod special;
pub mod ziggurat;
