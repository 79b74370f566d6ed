//! Real data that stands beside the repository on some machines and is never copied in.

use std::path::Path;

/// The text of a file of real data, or `None`, said aloud, where there is none.
pub fn read(path: &str) -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let text = std::fs::read_to_string(root.join(path));
    if text.is_err() {
        println!("skipped: shared data {path} absent");
    }
    text.ok()
}
