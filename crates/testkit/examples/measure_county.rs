//! Generates a county of any size and says what it holds and how long that took:
//! `cargo run --release -p tici-testkit --example measure_county -- 338`.

use std::time::Instant;

use tici_domain::{Change, Table};
use tici_testkit::{CountySpec, operations};

fn main() {
    let mut given = std::env::args().skip(1).filter_map(|text| text.parse().ok());
    let scale = given.next().unwrap_or(1);
    let start = Instant::now();
    let mut rows = [0_usize; Table::ALL.len()];
    let (mut entries, mut bytes) = (0, 0);
    for operation in operations(&CountySpec { scale, ..CountySpec::default() }) {
        entries += 1;
        bytes += operation.blobs.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
        for change in &operation.changes {
            rows[Change::table(change) as usize] += 1;
        }
    }
    println!("{:?}: {entries} operations, {bytes} bytes of files", start.elapsed());
    for table in Table::ALL {
        println!("{:>10} {}", rows[table as usize], table.name());
    }
}
