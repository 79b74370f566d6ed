//! What is shipped, and how long it takes to build it from nothing.

use std::process::Command;

use crate::{Bench, machine, seconds, timed};

pub fn measure(bench: &Bench) {
    let bytes = std::fs::metadata(&bench.tici).map_or(0, |file| file.len());
    println!("| | |\n|---|--:|");
    println!("| binary | {:.1} MiB |", bytes as f64 / 1024.0 / 1024.0);
    if !bench.args.build {
        return;
    }
    let target = tempfile::tempdir().expect("a temporary folder");
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--release", "--package", "tici", "--bin", "tici"]);
    build.current_dir(env!("CARGO_MANIFEST_DIR")).env("CARGO_TARGET_DIR", target.path());
    let load = machine::load();
    let (time, _) = timed(&mut build);
    println!("| release build from nothing, load average {load} before | {} |", seconds(time));
}
