//! `fields=rows.id,rows.code,totals.projects`: only these parts of an answer. A name after a
//! list is looked for in each of its rows; a name that the answer cannot have is refused.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Names, and what is wanted within each; nothing within is all of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wanted(BTreeMap<String, Wanted>);

impl Wanted {
    /// Reads a list of paths; `None` when one of them has an empty name.
    pub fn read(text: &str) -> Option<Wanted> {
        let mut wanted = Wanted::default();
        for path in text.split(',') {
            let mut at = &mut wanted;
            for name in path.trim().split('.') {
                if name.is_empty() {
                    return None;
                }
                at = at.0.entry(name.to_owned()).or_default();
            }
        }
        Some(wanted)
    }

    /// The first path that no answer of this schema has.
    pub fn unknown(&self, description: &Value, schema: &Value) -> Option<String> {
        self.0.iter().find_map(|(name, within)| {
            let found = property(description, schema, name, 0);
            if found.is_empty() {
                return Some(name.clone());
            }
            let deeper: Vec<_> =
                found.iter().map(|schema| within.unknown(description, schema)).collect();
            // It is enough that one of several shapes has it.
            let missing = deeper.into_iter().reduce(|a, b| a.and(b)).flatten();
            missing.map(|missing| format!("{name}.{missing}"))
        })
    }

    /// Only what is wanted.
    pub fn pick(&self, value: Value) -> Value {
        if self.0.is_empty() {
            return value;
        }
        match value {
            Value::Array(rows) => rows.into_iter().map(|row| self.pick(row)).collect(),
            Value::Object(mut map) => {
                let mut picked = Map::new();
                for (name, within) in &self.0 {
                    if let Some(value) = map.remove(name) {
                        picked.insert(name.clone(), within.pick(value));
                    }
                }
                Value::Object(picked)
            }
            other => other,
        }
    }
}

/// No schema refers as deep.
const DEPTH_MAX: usize = 12;

/// Every schema that a property of this name can have.
fn property<'a>(
    description: &'a Value,
    schema: &'a Value,
    name: &str,
    depth: usize,
) -> Vec<&'a Value> {
    if depth > DEPTH_MAX {
        return Vec::new();
    }
    let deeper = |schema: &'a Value| property(description, schema, name, depth + 1);
    let mut found = Vec::new();
    if let Some(target) = schema["$ref"].as_str() {
        let target = target.strip_prefix('#').and_then(|path| description.pointer(path));
        found.extend(target.map(deeper).unwrap_or_default());
    }
    found.extend(schema["properties"].get(name));
    if let Some(more @ Value::Object(_)) = schema.get("additionalProperties") {
        found.push(more);
    }
    if let Some(Value::Bool(true)) = schema.get("additionalProperties") {
        found.push(&Value::Null);
    }
    found.extend(schema.get("items").map(deeper).unwrap_or_default());
    for several in ["anyOf", "oneOf", "allOf"] {
        let all = schema[several].as_array().into_iter().flatten();
        found.extend(all.flat_map(deeper));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_wanted_comes() {
        let answer = json!({
            "page": 1,
            "rows": [{ "id": 1, "name": { "text": "a", "en": "b" } }, { "id": 2, "name": null }],
        });
        let cases = [
            ("page", json!({ "page": 1 })),
            ("rows.id", json!({ "rows": [{ "id": 1 }, { "id": 2 }] })),
            (
                "rows.name.en,page",
                json!({ "page": 1, "rows": [
                { "name": { "en": "b" } }, { "name": null }
            ] }),
            ),
            ("none", json!({})),
        ];
        for (text, expected) in cases {
            assert_eq!(Wanted::read(text).unwrap().pick(answer.clone()), expected, "{text}");
        }
        for text in ["", "a,", ".a", "a..b"] {
            assert_eq!(Wanted::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_no_answer_has_is_told() {
        let schema = json!({ "properties": {
            "rows": { "type": "array", "items": { "$ref": "#/row" } },
            "sums": { "additionalProperties": { "properties": { "total": {} } } },
        } });
        let description = json!({ "row": { "anyOf": [
            { "properties": { "id": {} } }, { "type": "null" },
        ] } });
        let cases = [
            ("rows.id", None),
            ("sums.CNY.total", None),
            ("rows.code", Some("rows.code")),
            ("page", Some("page")),
            ("sums.CNY.count", Some("sums.CNY.count")),
        ];
        for (text, expected) in cases {
            let wanted = Wanted::read(text).unwrap();
            assert_eq!(wanted.unknown(&description, &schema).as_deref(), expected, "{text}");
        }
    }
}
