//! `tici assess presets`

use std::process::ExitCode;

use tici_engine::assess::scheme::{PRESETS, preset};
use tici_ops::OpsError;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Print this one, to begin a scheme of your own with
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let Some(name) = &self.name else {
                for (name, _) in PRESETS {
                    let scheme = preset(name);
                    let title = scheme.map(|scheme| scheme.title.get(context.t.lang).to_owned());
                    say::line(format!("{name}\t{}", title.unwrap_or_default()));
                }
                return Ok(exit_code::DONE);
            };
            let found = PRESETS.iter().find(|(known, _)| known == name);
            let (_, text) = found.ok_or_else(|| OpsError::not_found("rules", name))?;
            say::line(text.trim_end());
            Ok(exit_code::DONE)
        })
    }
}
