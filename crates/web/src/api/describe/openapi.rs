//! The description: OpenAPI 3.1, and the same as a page to read.

use std::fmt::Write;

use axum::http::Method;
use serde_json::{Map, Value, json};
use tici_domain::Period;

use super::{Described, Endpoint, Param, Schemas};
use crate::api::{COMMON, FIELDS, GROUPS};

/// The whole API, as OpenAPI 3.1.
pub fn description() -> Value {
    let mut schemas = Schemas::new();
    let mut paths: Map<String, Value> = Map::new();
    let problem = schemas.given::<crate::error::ProblemBody>();
    for (tag, endpoints) in GROUPS {
        for endpoint in endpoints() {
            let operation = operation(tag, &endpoint, &mut schemas);
            let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
            path[endpoint.method.as_str().to_ascii_lowercase()] = operation;
        }
    }
    let mut paths = Value::Object(paths);
    let components = schemas.settle(&mut paths);
    let tags: Vec<Value> = GROUPS.iter().map(|(tag, _)| json!({ "name": tag })).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tici",
            "version": env!("CARGO_PKG_VERSION"),
            "description": include_str!("about.md"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": responses(&problem),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": "tici_session" },
            },
        },
    })
}

/// Status, name and meaning of every refusal.
const REFUSALS: &[(u16, &str, &str)] = &[
    (400, "BadRequest", "A part of the request cannot be read."),
    (401, "SignIn", "No token, or one that has ended."),
    (403, "Forbidden", "The account, or its token, may not do this."),
    (404, "NotFound", "No such record, or outside the account's places."),
    (409, "Conflict", "Somebody else wrote at the same moment: ask again."),
    (412, "Changed", "The record has changed since the answer that `If-Match` names."),
    (413, "TooLarge", "The request is larger than the server takes."),
    (415, "MediaType", "The body is of a type that is not taken here."),
    (422, "Problems", "The input has problems, all of them listed; nothing was written."),
    (429, "TooMany", "Too many requests; `Retry-After` says when to come again."),
    (500, "Internal", "A fault of the server, logged under the number in `detail`."),
];

fn responses(problem: &Value) -> Value {
    let one = |(_, name, about): &(u16, &str, &str)| {
        let content = json!({ "application/problem+json": { "schema": problem } });
        ((*name).to_owned(), json!({ "description": about, "content": content }))
    };
    REFUSALS.iter().map(one).collect::<Map<String, Value>>().into()
}

/// The refusals an operation can give.
fn refusals(endpoint: &Endpoint, of: &Described) -> Vec<u16> {
    let writes = endpoint.method == Method::POST;
    let mut all = vec![400, 422, 429, 500];
    if of.signed_in {
        all.extend([401, 403]);
    }
    if writes && !of.signed_in {
        all.push(401);
    }
    if endpoint.path.contains('{') || of.signed_in {
        all.push(404);
    }
    if writes {
        all.push(409);
    }
    if endpoint.record.is_some() {
        all.push(412);
    }
    if of.body.is_some() {
        all.extend([413, 415]);
    }
    all
}

fn operation(tag: &str, endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let mut of = Described::default();
    (endpoint.described)(&mut of, schemas);
    let mut answers = Map::new();
    answers.insert("200".into(), done(endpoint, &of));
    if endpoint.method == Method::GET {
        let same = "Unchanged since the answer that `If-None-Match` names.";
        answers.insert("304".into(), json!({ "description": same }));
    }
    let possible = refusals(endpoint, &of);
    for (status, name, _) in REFUSALS.iter().filter(|(status, ..)| possible.contains(status)) {
        let target = format!("#/components/responses/{name}");
        answers.insert(status.to_string(), json!({ "$ref": target }));
    }
    let mut operation = json!({
        "operationId": endpoint.id,
        "summary": endpoint.about,
        "tags": [tag],
        "parameters": parameters(endpoint, &of),
        "responses": answers,
    });
    if of.signed_in {
        operation["security"] = json!([{ "token": [] }, { "session": [] }]);
    }
    if let Some(content) = of.body {
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    operation
}

fn done(endpoint: &Endpoint, of: &Described) -> Value {
    let tag = json!({ "description": "Names this answer.", "schema": { "type": "string" } });
    let headers = match endpoint.method {
        Method::GET => json!({ "ETag": tag }),
        _ => json!({}),
    };
    let mut content = Map::new();
    if let Some(schema) = &of.answer {
        content.insert("application/json".into(), json!({ "schema": schema }));
        if endpoint.method == Method::GET {
            let part = json!({ "schema": { "type": ["object", "array"] } });
            content.insert(super::super::gate::PART.into(), part);
        }
    }
    for kind in endpoint.files {
        content.insert((*kind).into(), json!({}));
    }
    json!({ "description": "Done.", "headers": headers, "content": content })
}

fn parameters(endpoint: &Endpoint, of: &Described) -> Vec<Value> {
    let mut all: Vec<Value> = names(endpoint.path).map(path_parameter).collect();
    all.extend(endpoint.params.iter().map(Param::value));
    if of.signed_in {
        all.extend(COMMON.iter().map(Param::value));
    }
    if endpoint.method == Method::GET && of.answer.is_some() {
        all.push(FIELDS.value());
    }
    let header = |name: &str, about: &str| {
        let schema = json!({ "type": "string" });
        json!({ "name": name, "in": "header", "required": false, "description": about,
            "schema": schema })
    };
    if endpoint.takes_key && of.signed_in {
        let mut key = header(
            "Idempotency-Key",
            "The same key with the same request is done once; its answer is kept for a day.",
        );
        key["schema"] = json!({ "type": "string", "pattern": "^[!-~]{1,200}$" });
        all.push(key);
    }
    if endpoint.record.is_some() {
        all.push(header("If-Match", "Tag of the answer the change rests on, or `*`."));
    }
    all
}

/// Names in the braces of a path.
pub fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn path_parameter(name: &str) -> Value {
    let schema = match name {
        "period" => json!({ "type": "string", "pattern": Period::PATTERN }),
        "id" | "series" | "claim" | "project" | "place" | "n" | "seq" | "attachment" => {
            json!({ "type": "integer", "format": "int64", "minimum": 0 })
        }
        _ => json!({ "type": "string", "minLength": 1 }),
    };
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

/// The operations as a table of words.
pub fn markdown() -> String {
    let mut out = String::new();
    for (tag, endpoints) in GROUPS {
        let _ = writeln!(out, "### {tag}\n");
        for endpoint in endpoints() {
            let params: Vec<String> =
                endpoint.params.iter().map(|param| format!("`{}`", param.name)).collect();
            let asks = match params.is_empty() {
                true => String::new(),
                false => format!(" Asks: {}.", params.join(", ")),
            };
            let (method, path) = (&endpoint.method, endpoint.path);
            let _ = writeln!(out, "- `{method} {path}` {}{asks}", endpoint.about);
        }
        out.push('\n');
    }
    out
}
