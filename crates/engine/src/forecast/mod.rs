//! What will be late, how sure we are, and what would help.
//!
//! One method, one file. Everything is a pure function of rows or numbers: seeds, days and
//! cutoffs are arguments, nothing fails, and what is wrong with the input comes back as
//! problems beside the result.

pub mod counts;
pub mod earned_schedule;
pub mod fan;
pub mod least_squares;
pub mod normal;
pub mod quadrature;
pub mod recalibrate;
pub mod reference_class;
pub mod s_curve;
pub mod scores;
pub mod ziggurat;
