//! Writes the sample files into `samples/county`.

use std::fs;
use std::path::Path;

use tici_testkit::{CountySpec, county, samples};

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/county");
    fs::create_dir_all(&folder)?;
    for (name, bytes) in samples::files(&county(&CountySpec::default())) {
        println!("{name}: {} bytes", bytes.len());
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
