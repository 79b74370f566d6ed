//! Published results kept beside the repository, in `../shared`: read where they are, never
//! copied here. A test that needs one says aloud that it was skipped where there are none.

use std::path::PathBuf;

use serde_json::Value;

/// The file `path` under `../shared`, or `None` after saying that it is absent. With
/// `TICI_TEST_REQUIRE_ALL=1` its absence is a failure.
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if file.exists() {
        return Some(file);
    }
    let required = std::env::var("TICI_TEST_REQUIRE_ALL").is_ok_and(|value| value == "1");
    assert!(!required, "../shared/{path} is absent, and TICI_TEST_REQUIRE_ALL is set");
    println!("skipped: ../shared/{path} absent");
    None
}

/// A JSON file under `../shared`.
pub fn json(path: &str) -> Option<Value> {
    let text = std::fs::read_to_string(shared(path)?).expect("a golden file can be read");
    Some(serde_json::from_str(&text).expect("a golden file is JSON"))
}

/// The numbers of a JSON array.
pub fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("an array").iter().map(number).collect()
}

/// A JSON number.
pub fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// Fails unless `found` is within `relative` of `expected`, or within `absolute`.
pub fn close(what: &str, found: f64, expected: f64, relative: f64, absolute: f64) {
    let allowed = relative * expected.abs() + absolute;
    let off = (found - expected).abs();
    assert!(off <= allowed, "{what}: {found} where {expected} was expected (off by {off:e})");
}
