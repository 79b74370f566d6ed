//! `tici openapi`

use std::process::ExitCode;

use tici_web::api::{describe::markdown, gate::description};

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// As a list to read instead of OpenAPI 3.1
    #[arg(long)]
    markdown: bool,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            match self.markdown {
                true => say::line(markdown()),
                false => say::json(description()),
            }
            Ok(exit_code::DONE)
        })
    }
}
