//! `tici export tables --dir DIR [--format csv|parquet|xlsx] [--table NAME]… [--as-of …]`

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;
use tici_ops::export_tables::files::TableFormat;
use tici_ops::export_tables::{failed, table_named, tables_for};
use tici_ops::{Action, OpsError};
use tici_web::export_tables::{DATAPACKAGE, write_tables};

use super::choices::choices;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder for the files; made where there is none
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Kind of files; xlsx is one workbook of all tables
    #[arg(long, default_value = "csv",
          value_parser = choices(&TableFormat::ALL, TableFormat::code))]
    format: TableFormat,
    /// Only this table (repeatable); all when left out
    #[arg(long)]
    table: Vec<String>,
    /// As known after this many journal entries, or at a moment: 2026-05-31, 2026-06-05T16:42
    #[arg(long, value_name = "ENTRIES|TIME")]
    as_of: Option<String>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.write(context))
    }

    fn write(&self, context: &Context) -> Result<u8, OpsError> {
        let desk = context.open()?;
        // The journal is among the tables: of those who may export, one who may read it.
        let session = context.session_for(&desk, &[Action::ExportProjects, Action::ReadJournal])?;
        let (desk, _) = super::rule_args::look(context, desk, self.as_of.as_deref())?;
        let tables = match self.table.as_slice() {
            [] => tables_for(&session)?,
            names => {
                let table = |name: &String| table_named(&session, name);
                names.iter().map(table).collect::<Result<_, _>>()?
            }
        };
        std::fs::create_dir_all(&self.dir).map_err(failed)?;
        let mut open = |name: &str| -> std::io::Result<Box<dyn Write>> {
            Ok(Box::new(std::fs::File::create(self.dir.join(name))?))
        };
        let (written, at) = write_tables(&desk, &session, (&tables, self.format), &mut open)?;
        if context.global.json {
            let tables = written.iter().map(|table| {
                json!({ "table": table.name, "file": table.path, "rows": table.rows,
                        "bytes": table.bytes, "sha256": table.sha256 })
            });
            let tables: Vec<_> = tables.collect();
            say::json(&json!({ "entries": at.entries, "tables": tables }));
            return Ok(exit_code::DONE);
        }
        let t = context.t;
        let head = ["data-tables-table", "data-tables-file", "data-tables-rows"];
        let row = |table: &tici_exchange::flat::package::TableWords| {
            vec![table.name.clone(), table.path.clone(), t.count(i128::from(table.rows))]
        };
        say::table(head.map(|key| t.t(key)).to_vec(), written.iter().map(row).collect());
        let file = self.dir.join(DATAPACKAGE);
        let args: [(&str, &dyn std::fmt::Display); 2] =
            [("entries", &at.entries), ("file", &file.display())];
        say::note(t.t1("data-tables-done", &args));
        Ok(exit_code::DONE)
    }
}
