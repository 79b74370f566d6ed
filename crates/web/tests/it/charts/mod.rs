//! Charts: pictures kept as snapshots, and no input that breaks one.

mod any_input;
mod pictures;
mod sound;
