//! `tici template return --place PLACE --period PERIOD | --all --out DIR`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use tici_domain::{Period, Place};
use tici_ops::returns::{place_named, template, templates};
use tici_ops::{Action, Desk, OpsError, Session};
use tici_store::StoreError;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Which form
    kind: Kind,
    /// Period of the round, such as 2026-06
    #[arg(long, value_parser = |text: &str| Period::parse(text).ok_or("such as 2026-06"))]
    period: Period,
    /// Place by code or name
    #[arg(long, required_unless_present = "all")]
    place: Option<String>,
    /// One workbook for each place that is asked
    #[arg(long, conflicts_with = "place", requires = "out")]
    all: bool,
    /// Folder for the workbooks; a single one may be named as a file
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Return,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let Kind::Return = self.kind;
            let desk = context.open()?;
            let session = context.session(&desk, Action::SubmitReturn)?;
            if self.all {
                self.every(context, &desk, &session)
            } else {
                self.one(context, &desk, &session)
            }
        })
    }

    fn one(&self, context: &Context, desk: &Desk, session: &Session) -> Result<u8, OpsError> {
        let snapshot = desk.snapshot()?;
        let name = self.place.as_deref().unwrap_or_default();
        let place = place_named(&snapshot, session, name)?;
        let (file, bytes) = self.form(context, desk, session, place)?;
        let to = match &self.out {
            Some(out) if out.is_dir() => out.join(file),
            Some(out) => out.clone(),
            None => PathBuf::from(file),
        };
        write(&to, &bytes)?;
        if context.global.json {
            say::json(&serde_json::json!({ "files": [to.display().to_string()] }));
        } else {
            say::line(context.t.t1("cli-template-one", &[("file", &to.display())]));
        }
        Ok(exit_code::DONE)
    }

    fn every(&self, context: &Context, desk: &Desk, session: &Session) -> Result<u8, OpsError> {
        let t = context.t;
        let out = self.out.clone().unwrap_or_default();
        std::fs::create_dir_all(&out).map_err(|error| io(&out, error))?;
        let name = |place: &Place| place.short.get(t.lang).to_owned();
        let words = |place: &Place| t.form_words(&name(place), self.period);
        let forms = templates(desk, session, self.period, t.lang, words)?;
        let mut files = BTreeSet::new();
        for (place, bytes) in &forms {
            let file = t.form_file(&name(place), self.period);
            // Two places may share a name; their codes differ.
            let to = match out.join(&file) {
                taken if files.contains(&taken) => out.join(format!("{} {file}", place.code.code)),
                free => free,
            };
            write(&to, bytes)?;
            files.insert(to);
        }
        if context.global.json {
            let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            say::json(&serde_json::json!({ "files": files }));
        } else {
            let args: [(&str, &dyn std::fmt::Display); 2] =
                [("n", &files.len()), ("folder", &out.display())];
            say::line(t.t1("cli-template-written", &args));
        }
        Ok(exit_code::DONE)
    }

    fn form(
        &self,
        context: &Context,
        desk: &Desk,
        session: &Session,
        place: &Place,
    ) -> Result<(String, Vec<u8>), OpsError> {
        let t = context.t;
        let name = place.short.get(t.lang);
        let words = t.form_words(name, self.period);
        let bytes = template(desk, session, (self.period, place.id), t.lang, &words)?;
        Ok((t.form_file(name, self.period), bytes))
    }
}

fn write(to: &Path, bytes: &[u8]) -> Result<(), OpsError> {
    std::fs::write(to, bytes).map_err(|error| io(to, error))
}

fn io(path: &Path, error: std::io::Error) -> OpsError {
    OpsError::Store(StoreError::Io { path: path.to_owned(), error })
}
