//! Whether a value is as its schema says: as much of JSON Schema as the description uses.

use serde_json::Value;

/// What is wrong with a value, with its place; `None` when nothing is.
pub fn fault(description: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    if let Some(target) = schema["$ref"].as_str() {
        let target = description.pointer(target.trim_start_matches('#'));
        let target = target.unwrap_or_else(|| panic!("{schema} leads nowhere"));
        return fault(description, target, value, at);
    }
    let deeper = |schema: &Value| fault(description, schema, value, at);
    let all = |key: &str| schema[key].as_array().into_iter().flatten();
    let any_of: Vec<Option<String>> = all("anyOf").chain(all("oneOf")).map(deeper).collect();
    if !any_of.is_empty() && any_of.iter().all(Option::is_some) {
        return any_of.into_iter().flatten().next();
    }
    all("allOf")
        .find_map(deeper)
        .or_else(|| kind_fault(schema, value, at))
        .or_else(|| object_fault(description, schema, value, at))
        .or_else(|| {
            let items = schema.get("items")?;
            let rows = value.as_array()?.iter().enumerate();
            let mut rows =
                rows.map(|(n, row)| fault(description, items, row, &format!("{at}[{n}]")));
            rows.find_map(|fault| fault)
        })
}

fn kind_fault(schema: &Value, value: &Value, at: &str) -> Option<String> {
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |kind: &&str| match *kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    if !kinds.is_empty() && !kinds.iter().any(is) {
        return Some(format!("{at}: {value} is not {kinds:?}"));
    }
    let listed = schema["enum"].as_array();
    if listed.is_some_and(|listed| !listed.contains(value)) {
        return Some(format!("{at}: {value} is none of {}", schema["enum"]));
    }
    let constant = schema.get("const");
    constant.filter(|constant| *constant != value).map(|_| format!("{at}: {value} is another"))
}

fn object_fault(description: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    let map = value.as_object()?;
    let required = schema["required"].as_array().into_iter().flatten();
    let missing = required.filter_map(Value::as_str).find(|name| !map.contains_key(*name));
    if let Some(missing) = missing {
        return Some(format!("{at}: no {missing}"));
    }
    let properties = &schema["properties"];
    map.iter().find_map(|(name, value)| {
        let at = format!("{at}.{name}");
        match (properties.get(name), schema.get("additionalProperties")) {
            (Some(schema), _) => fault(description, schema, value, &at),
            (None, Some(Value::Bool(false))) => Some(format!("{at} is not described")),
            (None, Some(schema @ Value::Object(_))) => fault(description, schema, value, &at),
            _ => None,
        }
    })
}
