//! `tici rules list|show|adopt|check|given`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use jiff::civil::Date;
use tici_domain::{Period, Problem};
use tici_ops::keep_rules::{
    KINDS, NewRules, RulesPage, adopt_rules, check_rules, keep_given, rule_kind, rule_text,
    view_rules,
};
use tici_ops::{Action, OpsError};

use super::rule_args::read_text;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Which version of each kind goes from when
    List {
        /// As known after this many journal entries, or at a moment: 2026-05-31
        #[arg(long, value_name = "ENTRIES|TIME")]
        as_of: Option<String>,
    },
    /// Print the text of a version, a preset, or what goes now
    Show {
        /// Which kind of rules
        #[arg(value_parser = kinds())]
        kind: String,
        /// A version's number, a preset's name, or now
        #[arg(default_value = "now")]
        which: String,
        /// Say the rules in words in place of their text
        #[arg(long)]
        words: bool,
    },
    /// Read a rule file and name every problem by line and column; nothing is written
    Check {
        /// Which kind of rules
        #[arg(value_parser = kinds())]
        kind: String,
        /// A rule file (TOML)
        file: PathBuf,
    },
    /// Adopt a rule file, or a preset by its name, from a day on
    Adopt {
        /// Which kind of rules
        #[arg(value_parser = kinds())]
        kind: String,
        /// A rule file (TOML), or the name of a preset
        #[arg(value_name = "FILE|PRESET")]
        file: String,
        /// The first day it goes by
        #[arg(long, value_name = "DATE")]
        from: Date,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
        /// The post that approved it
        #[arg(long, default_value = "")]
        approver: String,
    },
    /// Keep the figures that other offices give for a month's league: a CSV of
    /// place,key,value,source in place of what was kept
    Given {
        /// The CSV
        file: PathBuf,
        /// Month, such as 2026-05
        #[arg(long, value_parser = |text: &str| Period::parse(text).ok_or("such as 2026-05"))]
        period: Period,
    },
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(KINDS.iter().map(|kind| kind.key))
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.what.run(context))
    }
}

impl What {
    fn run(&self, context: &Context) -> Result<u8, OpsError> {
        match self {
            What::List { as_of } => {
                let page = page(context, as_of.as_deref())?;
                match context.global.json {
                    true => say::json(&tici_web::api::rules::answer(&context.t, &page.kinds)),
                    false => print(context, &page),
                }
            }
            What::Show { kind, which, words } => show(context, (kind, which), *words)?,
            What::Check { kind, file } => {
                let (name, text) = read_text(file)?;
                let (problems, _) = check_rules(kind, &name, &text)?;
                if Problem::any_error(&problems) {
                    return Err(OpsError::Problems(problems));
                }
                say::line(context.t.t("cli-rules-sound"));
            }
            What::Adopt { kind, file, from, reason, approver } => {
                let (name, text) = match rule_kind(kind).and_then(|kind| kind.preset(file)) {
                    Some(text) => (file.clone(), text.to_owned()),
                    None => read_text(&PathBuf::from(file))?,
                };
                let new = NewRules {
                    kind: kind.clone(),
                    name,
                    text,
                    from: *from,
                    reason: reason.clone(),
                    approver: approver.clone(),
                };
                let desk = context.open()?;
                let session = context.session(&desk, Action::KeepRules)?;
                let written = adopt_rules(&desk, &session, &new, context.now())?;
                wrote(context, &written.entries, "cli-rules-adopted");
            }
            What::Given { file, period } => {
                let (name, text) = read_text(file)?;
                let desk = context.open()?;
                let session = context.session(&desk, Action::KeepRules)?;
                let moment = (context.now(), context.today());
                let written = keep_given(&desk, &session, (*period, &name, &text), moment)?;
                wrote(context, &written.entries, "cli-rules-given");
            }
        }
        Ok(exit_code::DONE)
    }
}

fn wrote(context: &Context, entries: &[i64], key: &str) {
    match (context.global.json, entries.first()) {
        (true, _) => say::json(&serde_json::json!({ "entries": entries })),
        (false, Some(entry)) => say::line(context.t.t1(key, &[("entry", entry)])),
        (false, None) => say::line(context.t.t("cli-rules-nothing-new")),
    }
}

fn page(context: &Context, as_of: Option<&str>) -> Result<RulesPage, OpsError> {
    let desk = context.open()?;
    let session = context.session(&desk, Action::ReadLedger)?;
    let (desk, today) = super::rule_args::look(context, desk, as_of)?;
    view_rules(&desk, &session, today)
}

fn show(context: &Context, (kind, which): (&str, &str), words: bool) -> Result<(), OpsError> {
    let page = page(context, None)?;
    let (name, text) = rule_text(&page, kind, which)?;
    let read = rule_kind(kind).map(|kind| kind.read(&text, &name).0).unwrap_or_default();
    let words_of = || read.words.iter().map(|words| context.t.words(words)).collect::<Vec<_>>();
    if context.global.json {
        let value = serde_json::json!({ "name": name, "text": text, "in_words": words_of() });
        say::json(&value);
    } else if words {
        words_of().iter().for_each(|words| say::line(format!("· {words}")));
    } else {
        say::line(text.trim_end());
    }
    Ok(())
}

fn print(context: &Context, page: &RulesPage) {
    let t = &context.t;
    let head = ["kind", "version", "name", "from", "until", "approver"];
    let head = head.map(|key| t.t(&format!("cli-rules-{key}"))).to_vec();
    let mut rows = Vec::new();
    for view in &page.kinds {
        let kind = format!("{} ({})", t.t(&format!("rules-kind-{}", view.kind.key)), view.kind.key);
        if view.versions.iter().all(|version| !version.is_now) {
            let name = format!("{} *", view.now.name);
            let none = || t.t("app-none");
            rows.push(vec![kind.clone(), none(), name, none(), none(), none()]);
        }
        rows.extend(view.versions.iter().map(|version| {
            let day = |day: Option<Date>| day.map_or_else(|| t.t("app-none"), |d| d.to_string());
            let mark = if version.is_now { " *" } else { "" };
            vec![
                kind.clone(),
                version.rules.version.to_string(),
                format!("{}{mark}", version.rules.name),
                day(version.from()),
                day(version.until),
                version.rules.approver.clone().unwrap_or_else(|| t.t("app-none")),
            ]
        }));
    }
    say::table(head, rows);
    say::line(t.t("cli-rules-star"));
}
