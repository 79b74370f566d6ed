//! Scoring functions of appraisal rules (考核计分): from a figure to points, exactly.
//!
//! Rules are decimal, so points are fractions and not binary numbers: what is 33.333… by
//! two ways is the same number and ties. One function, one file; the table in each file's
//! head is its test. What a rule may leave open (max = min, a base below zero, ties) is an
//! argument of the function and a required word of the scheme.

pub mod best;
pub mod efficacy;
pub mod events;
pub mod goalposts;
pub mod growth;
pub mod levels;
pub mod moderate;
pub mod number;
pub mod over_average;
pub mod per;
pub mod places;
pub mod rank_points;
pub mod steps;
pub mod survey;
pub mod target;
pub mod tiers;
pub mod veto;

pub use number::Number;
