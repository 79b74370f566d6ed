//! Canonical JSON: keys sorted, no spaces, numbers whole. The same data always gives the
//! same bytes, so that a hash of them means something (the integer and text part of
//! RFC 8785).

use super::json::Writer;
use serde::Serialize;
use tici_domain::Change;

/// The canonical JSON of an entry's changes.
pub(crate) fn payload(changes: &[Change]) -> String {
    let mut writer = Writer::with_capacity(changes.len() * 160 + 2);
    writer.write(changes);
    writer.finish()
}

/// The canonical JSON of anything else.
pub(crate) fn to_string(data: &impl Serialize) -> String {
    let mut writer = Writer::with_capacity(128);
    writer.write(data);
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use serde_json::Value;
    use std::collections::HashMap;
    use tici_domain::change::Setting;

    /// The same by way of a tree of values, which is how the first ledgers were written.
    fn by_tree(value: &Value, out: &mut String) {
        let text = |text: &str| serde_json::to_string(text).unwrap();
        match value {
            Value::Array(items) => {
                let items = items.iter().map(tree_text).collect::<Vec<_>>();
                out.push_str(&format!("[{}]", items.join(",")));
            }
            Value::Object(fields) => {
                let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
                fields.sort_unstable_by_key(|(key, _)| key.as_str());
                let fields: Vec<String> = fields
                    .into_iter()
                    .map(|(key, value)| format!("{}:{}", text(key), tree_text(value)))
                    .collect();
                out.push_str(&format!("{{{}}}", fields.join(",")));
            }
            other => out.push_str(&other.to_string()),
        }
    }

    fn tree_text(value: &Value) -> String {
        let mut out = String::new();
        by_tree(value, &mut out);
        out
    }

    fn check(data: &impl Serialize, expected: &str) {
        assert_eq!(to_string(data), expected);
        assert_eq!(tree_text(&serde_json::to_value(data).unwrap()), expected);
    }

    /// Every shape that serde's derive can give.
    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Shape {
        Unit,
        One(i64),
        Two(i64, &'static str),
        Named { z: Option<i64>, a: Vec<Shape> },
    }

    #[test]
    fn keys_are_sorted_and_spaces_absent() {
        let data = serde_json::json!({"b": [1, null, true], "a": {"z": "x\ty", "é": "名"}});
        check(&data, r#"{"a":{"z":"x\ty","é":"名"},"b":[1,null,true]}"#);
        check(&serde_json::json!({}), "{}");
        check(&serde_json::json!([{}, [], ""]), r#"[{},[],""]"#);
    }

    #[test]
    fn every_shape_has_its_form() {
        let inner = vec![Shape::Unit, Shape::One(-7), Shape::Two(1, "q\"\\\u{1}/")];
        check(
            &Shape::Named { z: None, a: inner },
            r#"{"named":{"a":["unit",{"one":-7},{"two":[1,"q\"\\\u0001/"]}],"z":null}}"#,
        );
        let map: HashMap<&str, u64> = HashMap::from([("b", u64::MAX), ("", 0), ("B", 1)]);
        check(&map, r#"{"":0,"B":1,"b":18446744073709551615}"#);
        check(&(i64::MIN, 'x', Some("y")), r#"[-9223372036854775808,"x","y"]"#);
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
