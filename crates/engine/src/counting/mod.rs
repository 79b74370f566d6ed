//! The one counting function, whole: a total with its rule, by group, with what has to be
//! said beside it. Totals of groups are counted each by itself, and so is the total of all.

pub mod bands;
pub mod cohort;
pub mod starts;
