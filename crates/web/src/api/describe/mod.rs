//! What the API says of itself, made from the same list as its routes.
//!
//! An [`Endpoint`] is a handler with its address and a sentence. What it takes and answers is
//! read off the handler's own signature ([`Takes`], [`Answers`]), what it may be asked off its
//! [`Param`]s, which also refuse anything else: the description cannot say less or more than
//! the code does.

mod endpoint;
mod openapi;
mod params;
mod schemas;
mod signature;

pub use endpoint::{Endpoint, get, post};
pub use openapi::{description, markdown};
pub use params::{Kind, PAGE, PERIOD, PLACE, Param, param};
pub use schemas::Schemas;
pub use signature::{Answers, Described, Handles, Takes};
