//! Chores of the workspace: style as a test that ratchets.

pub mod tidy;
