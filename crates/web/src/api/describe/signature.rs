//! What a handler takes and answers, read off its arguments.

use std::future::Future;

use axum::{Json, body::Bytes, extract::RawQuery, extract::State, response::Response};
use schemars::JsonSchema;
use serde_json::{Value, json};

use super::Schemas;
use crate::api::{At, Sent};
use crate::{AppState, Failure, Visit};

/// What a signature says.
#[derive(Default)]
pub struct Described {
    /// An account has to be signed in.
    pub signed_in: bool,
    /// Content of the body, by its type.
    pub body: Option<Value>,
    /// Schema of the answer, where it is JSON.
    pub answer: Option<Value>,
}

/// An argument of a handler.
pub trait Takes {
    fn describe(_: &mut Described, _: &mut Schemas) {}
}

impl Takes for Visit {
    fn describe(of: &mut Described, _: &mut Schemas) {
        of.signed_in = true;
    }
}

impl Takes for State<AppState> {}
impl Takes for RawQuery {}
impl Takes for crate::reader::Reader {}
impl<T> Takes for At<T> {}

impl<T: JsonSchema> Takes for Sent<T> {
    fn describe(of: &mut Described, schemas: &mut Schemas) {
        of.body = Some(json!({ "application/json": { "schema": schemas.sent::<T>() } }));
    }
}

impl Takes for Bytes {
    fn describe(of: &mut Described, _: &mut Schemas) {
        let schema = json!({ "type": "string", "format": "binary" });
        of.body = Some(json!({ "application/octet-stream": { "schema": schema } }));
    }
}

/// What a handler gives when it succeeds.
pub trait Answers {
    fn describe(_: &mut Described, _: &mut Schemas) {}
}

impl<T: JsonSchema> Answers for Json<T> {
    fn describe(of: &mut Described, schemas: &mut Schemas) {
        of.answer = Some(schemas.given::<T>());
    }
}

/// A file; the endpoint says of which type.
impl Answers for Response {}

/// A handler whose signature can be read.
pub trait Handles<D> {
    fn describe(of: &mut Described, schemas: &mut Schemas);
}

macro_rules! handles {
    ($($arg:ident)*) => {
        impl<F, Answer, Given, $($arg,)*> Handles<(Given, $($arg,)*)> for F
        where
            F: Fn($($arg),*) -> Answer,
            Answer: Future<Output = Result<Given, Failure>>,
            Given: Answers,
            $($arg: Takes,)*
        {
            fn describe(of: &mut Described, schemas: &mut Schemas) {
                $($arg::describe(of, schemas);)*
                Given::describe(of, schemas);
            }
        }
    };
}

handles!();
handles!(A);
handles!(A B);
handles!(A B C);
handles!(A B C D);
