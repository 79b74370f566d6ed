//! Canonical JSON: keys sorted, no spaces, numbers whole. The same data always gives the
//! same bytes, so that a hash of them means something (the integer and text part of
//! RFC 8785).

use serde::Serialize;
use serde_json::Value;
use tici_domain::Change;

/// The canonical JSON of an entry's changes.
pub(crate) fn payload(changes: &[Change]) -> String {
    let mut out = String::with_capacity(changes.len() * 200 + 2);
    out.push('[');
    for (index, change) in changes.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(&to_value(change), &mut out);
    }
    out.push(']');
    out
}

/// The canonical JSON of anything else.
pub(crate) fn to_string(data: &impl Serialize) -> String {
    let mut out = String::new();
    write(&to_value(data), &mut out);
    out
}

fn to_value(data: &impl Serialize) -> Value {
    serde_json::to_value(data).expect("the ledger's types have text keys and whole numbers")
}

/// Sorts keys itself: whether the JSON library keeps them sorted depends on features that
/// another crate may turn on.
fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| key.as_str());
            out.push('{');
            for (index, (key, value)) in fields.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        Value::String(text) => write_text(text, out),
        Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).expect("any text is JSON"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use tici_domain::change::Setting;

    #[test]
    fn keys_are_sorted_and_spaces_absent() {
        let data = serde_json::json!({"b": [1, null, true], "a": {"z": "x\ty", "é": "名"}});
        assert_eq!(to_string(&data), r#"{"a":{"z":"x\ty","é":"名"},"b":[1,null,true]}"#);
    }

    #[test]
    fn a_payload_is_a_list_of_changes() {
        let setting = Setting { key: "name".into(), value: "示例县".into() };
        assert_eq!(
            payload(&[Change::Setting(setting)]),
            r#"[{"setting":{"key":"name","value":"示例县"}}]"#
        );
    }
}
