//! `tici assess check`

use std::process::ExitCode;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// A scheme file, or the name of a preset
    #[arg(value_name = "SCHEME")]
    scheme: String,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let (scheme, problems) = super::scheme_arg::scheme(&self.scheme)?;
            let columns = scheme.columns();
            if context.global.json {
                say::json(&serde_json::json!({
                    "key": scheme.key,
                    "version": scheme.version,
                    "items": scheme.items.iter().map(|item| &item.key).collect::<Vec<_>>(),
                    "figures": columns,
                    "problems": problems,
                }));
                return Ok(exit_code::DONE);
            }
            let t = &context.t;
            say::problems(t, &problems);
            let title = scheme.title.get(t.lang);
            say::line(t.t1(
                "cli-assess-sound",
                &[
                    ("title", &title),
                    ("version", &scheme.version),
                    ("items", &scheme.items.len()),
                    ("figures", &columns.len()),
                ],
            ));
            Ok(exit_code::DONE)
        })
    }
}
