//! Chores of the workspace: style as a test that ratchets.

pub mod licences;
pub mod tidy;
