//! The workspace's own chores: `cargo xtask tidy`, `cargo xtask licences`.

use std::path::Path;
use std::process::ExitCode;
use xtask::licences;
use xtask::tidy::{self, Repository};

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  tidy          check the house rules; every finding says where and what to do
  tidy --lower  first write shorter lengths into the ratchet; it is never raised here
  licences      check the licence of every package against deny.toml
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = tidy::root();
    match arguments.as_slice() {
        ["tidy"] => report(&root),
        ["tidy", "--lower"] => match tidy::ratchet::lower(&root) {
            Ok(count) => {
                println!("ratchet: {count} entries lowered or dropped");
                report(&root)
            }
            Err(error) => {
                eprintln!("failed to write the ratchet: {error}");
                ExitCode::from(4)
            }
        },
        ["licences"] => report_licences(&root),
        _ => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn report_licences(root: &Path) -> ExitCode {
    match licences::check(root) {
        Ok(findings) => {
            findings.iter().for_each(|finding| println!("{finding}"));
            println!("licences: {} findings", findings.len());
            if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
        }
        Err(error) => {
            eprintln!("failed to read the packages: {error}");
            ExitCode::from(4)
        }
    }
}

fn report(root: &Path) -> ExitCode {
    let repository = match Repository::read(root) {
        Ok(repository) => repository,
        Err(error) => {
            eprintln!("failed to read the repository: {error}");
            return ExitCode::from(4);
        }
    };
    let findings = tidy::run(&repository);
    for finding in &findings {
        println!("{finding}");
    }
    let (checks, files) = (tidy::CHECKS.len(), repository.files.len());
    println!("tidy: {checks} checks, {files} files, {} findings", findings.len());
    if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
