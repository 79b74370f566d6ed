//! Grades (等次): by thresholds, or by places that each grade has within a group.

pub mod quota;
pub mod threshold;
