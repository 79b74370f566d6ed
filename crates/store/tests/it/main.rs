//! One story on both databases, and everything that may be tampered with.

mod accounts;
mod copies;
mod month;
mod note;
mod places;
mod story;
mod tamper;
mod tree;
mod words;
mod world;
