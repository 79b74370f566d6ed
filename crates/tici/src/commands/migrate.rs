//! `tici migrate`

use std::process::ExitCode;

use tici_store::Store;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            // The key makes the folder; a database without its folder has no owner.
            context.signer()?;
            let (before, after) = Store::migrate(&context.location())?;
            if context.global.json {
                say::json(&serde_json::json!({ "before": before, "after": after }));
            } else {
                let args: [(&str, &dyn std::fmt::Display); 2] =
                    [("before", &before), ("after", &after)];
                say::line(context.t.t1("cli-migrate-done", &args));
            }
            Ok(exit_code::DONE)
        })
    }
}
