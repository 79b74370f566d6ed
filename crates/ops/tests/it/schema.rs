//! As much of JSON Schema, draft 4, as the schema of OC4IDS uses, to check what is written.

use std::path::PathBuf;

use serde_json::Value;

/// A file beside the repository; said aloud when it is absent.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = root.join(path);
    if !path.exists() {
        let all = std::env::var_os("TICI_TEST_REQUIRE_ALL").is_some();
        assert!(!all, "{} is absent", path.display());
        println!("skipped: {} absent", path.display());
        return None;
    }
    Some(std::fs::read(path).expect("readable"))
}

/// The schema of a package, and that of its projects.
pub struct Schema {
    package: Value,
    project: Value,
}

pub fn project_package() -> Option<Schema> {
    let read = |name: &str| {
        let bytes = shared(&format!("oc4ids/schema/{name}"))?;
        Some(serde_json::from_slice(&bytes).expect("a schema"))
    };
    Some(Schema {
        package: read("project-package-schema.json")?,
        project: read("project-schema.json")?,
    })
}

impl Schema {
    /// Everything that is wrong with a package, each with its pointer.
    pub fn check(&self, package: &Value) -> Vec<String> {
        let mut wrong = Vec::new();
        self.value(package, &self.package, "", &mut wrong);
        wrong
    }

    fn value(&self, value: &Value, schema: &Value, at: &str, wrong: &mut Vec<String>) {
        if let Some(to) = schema.get("$ref").and_then(Value::as_str) {
            let target = match to.split_once("#/definitions/") {
                Some((_, name)) => &self.project["definitions"][name],
                None => &self.project,
            };
            assert!(target.is_object(), "{to} leads nowhere");
            return self.value(value, target, at, wrong);
        }
        let mut say = |words: &str| wrong.push(format!("{at}: {words}"));
        if !fits_type(value, &schema["type"]) {
            return say("of another type");
        }
        if let Some(codes) = schema.get("enum").and_then(Value::as_array)
            && !codes.contains(value)
        {
            say("not in the list of codes");
        }
        match value {
            Value::String(text) => {
                if text.chars().count() < minimum(schema, "minLength") {
                    say("too short");
                }
                if !fits_format(text, schema["format"].as_str()) {
                    say("not of its format");
                }
            }
            Value::Array(list) => {
                if list.len() < minimum(schema, "minItems") {
                    say("too few items");
                }
                let twice = (1..list.len()).any(|index| list[..index].contains(&list[index]));
                if schema["uniqueItems"] == true && list.len() < 400 && twice {
                    say("an item twice");
                }
                let items = schema.get("items");
                for (index, item) in list.iter().enumerate() {
                    items.into_iter().for_each(|schema| {
                        self.value(item, schema, &format!("{at}/{index}"), wrong);
                    });
                }
            }
            Value::Object(members) => {
                if members.len() < minimum(schema, "minProperties") {
                    say("too few members");
                }
                let required = schema["required"].as_array().into_iter().flatten();
                for key in required.filter_map(Value::as_str) {
                    if !members.contains_key(key) {
                        say(&format!("without {key}"));
                    }
                }
                for (key, member) in members {
                    match schema["properties"].get(key) {
                        Some(schema) => {
                            self.value(member, schema, &format!("{at}/{key}"), wrong);
                        }
                        // The ledger puts nothing of its own beside the standard.
                        None if schema.get("properties").is_some() => {
                            wrong.push(format!("{at}/{key}: unknown"));
                        }
                        None => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn minimum(schema: &Value, key: &str) -> usize {
    schema[key].as_u64().unwrap_or(0) as usize
}

fn fits_type(value: &Value, kinds: &Value) -> bool {
    let fits = |kind: &str| match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => false,
    };
    match kinds {
        Value::String(kind) => fits(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(fits),
        _ => true,
    }
}

fn fits_format(text: &str, format: Option<&str>) -> bool {
    match format {
        Some("date-time") => text.parse::<jiff::Timestamp>().is_ok(),
        Some("uri") => {
            let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
            !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
        _ => true,
    }
}
