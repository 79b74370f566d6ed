//! Prints the tables found in files: `cargo run --example show_layout -- FILE…`.

use tici_exchange::{layout, sheet};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        println!("== {path}");
        match sheet::open(&path, &bytes, Default::default()) {
            (Some(workbook), _) => print!("{}", layout::survey(&workbook)),
            (None, problems) => println!("{problems:?}"),
        }
    }
    Ok(())
}
