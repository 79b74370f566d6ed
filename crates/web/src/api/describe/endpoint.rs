//! One operation of the API.

use axum::{
    handler::Handler,
    http::Method,
    routing::{self, MethodRouter},
};

use super::{Described, Handles, Param, Schemas};
use crate::AppState;

/// A handler at an address, and what is said of it.
pub struct Endpoint {
    pub method: Method,
    pub path: &'static str,
    /// Names the operation in the description, and in programs made from it.
    pub id: &'static str,
    /// One sentence.
    pub about: &'static str,
    pub params: Vec<Param>,
    /// What the answer is made of besides the ledger: it cannot be told from the journal
    /// alone whether it has changed.
    pub is_live: bool,
    /// Content types of an answer that is a file; none for JSON.
    pub files: &'static [&'static str],
    /// The record of which a write may say what it knew: its table, and the place of its id
    /// in the path.
    pub record: Option<(&'static str, &'static str)>,
    /// Whether the same key may be sent again with the same body.
    pub takes_key: bool,
    pub(super) described: fn(&mut Described, &mut Schemas),
    pub route: MethodRouter<AppState>,
}

/// Something to be read.
pub fn get<H, T, D>(path: &'static str, id: &'static str, about: &'static str, of: H) -> Endpoint
where
    H: Handler<T, AppState> + Handles<D>,
    T: 'static,
{
    Endpoint::new(Method::GET, (path, id, about), routing::get(of), H::describe)
}

/// Something to be done.
pub fn post<H, T, D>(path: &'static str, id: &'static str, about: &'static str, of: H) -> Endpoint
where
    H: Handler<T, AppState> + Handles<D>,
    T: 'static,
{
    Endpoint::new(Method::POST, (path, id, about), routing::post(of), H::describe)
}

impl Endpoint {
    fn new(
        method: Method,
        (path, id, about): (&'static str, &'static str, &'static str),
        route: MethodRouter<AppState>,
        described: fn(&mut Described, &mut Schemas),
    ) -> Endpoint {
        Endpoint {
            takes_key: method == Method::POST,
            method,
            path,
            id,
            about,
            params: Vec::new(),
            is_live: false,
            files: &[],
            record: None,
            described,
            route,
        }
    }

    /// What its address may ask.
    pub fn asks(mut self, params: &[Param]) -> Endpoint {
        self.params.extend_from_slice(params);
        self
    }

    /// Its answer shows more than the ledger.
    pub fn live(mut self) -> Endpoint {
        self.is_live = true;
        self
    }

    /// Its answer is a file of one of these types.
    pub fn gives(mut self, types: &'static [&'static str]) -> Endpoint {
        self.files = types;
        self
    }

    /// `If-Match` guards the record of `table` whose id stands at `{name}` of the path.
    pub fn guards(mut self, table: &'static str, name: &'static str) -> Endpoint {
        self.record = Some((table, name));
        self
    }

    /// Its answer is a secret that must not be kept to be given again.
    pub fn once(mut self) -> Endpoint {
        self.takes_key = false;
        self
    }
}
