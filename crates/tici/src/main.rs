//! The binary: commands. The only place that reads the environment, files and the clock.

mod commands;
mod context;
mod exit_code;
mod say;

use std::process::ExitCode;

use clap::Parser;

use crate::commands::Command;
use crate::context::Context;

/// 梯次: one ledger of major projects; a forecast, a score and a bulletin from it.
#[derive(Parser, Debug)]
#[command(name = "tici", version, about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: context::Global,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("TICI_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let cli = Cli::parse();
    let context = Context::new(cli.global);
    cli.command.run(&context)
}
