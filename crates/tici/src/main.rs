//! The binary: commands. The only place that reads the environment, files and the clock.

mod commands;
mod context;
mod exit_code;
mod say;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

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
    log_to_stderr();
    let cli = Cli::parse();
    let context = Context::new(cli.global);
    cli.command.run(&context)
}

/// Errors only, or what `TICI_LOG` says: `info`, `tici_web=debug`.
fn log_to_stderr() {
    let errors = Targets::new().with_default(LevelFilter::ERROR);
    let wanted = std::env::var("TICI_LOG").ok().and_then(|wanted| wanted.parse().ok());
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let layer = layer.with_filter(wanted.unwrap_or(errors));
    tracing_subscriber::registry().with(layer).init();
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::Cli;

    /// Every command and argument of the tree that says nothing of itself.
    fn silent(command: &Command, path: &str, found: &mut Vec<String>) {
        let path = format!("{path} {}", command.get_name());
        if command.get_about().is_none() {
            found.push(path.clone());
        }
        for arg in command.get_arguments() {
            if arg.get_help().is_none_or(|help| help.to_string().trim().is_empty()) {
                found.push(format!("{path} {}", arg.get_id()));
            }
        }
        for below in command.get_subcommands() {
            silent(below, &path, found);
        }
    }

    #[test]
    fn every_command_and_argument_has_a_help_text() {
        let mut found = Vec::new();
        silent(&Cli::command(), "", &mut found);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn the_tree_of_commands_is_sound() {
        Cli::command().debug_assert();
    }
}
