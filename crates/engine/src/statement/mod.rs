//! Figures put into sentences as bulletins print them: as data, with rules for digits.

pub mod explain;
pub mod printed;
pub mod words;
