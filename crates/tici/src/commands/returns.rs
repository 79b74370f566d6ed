//! `tici returns open | list | remind | submit FILE… | accept | return | lock | unlock`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;
use tici_domain::{Period, Problem};
use tici_ops::returns::{
    FileOutcome, Judgement, RoundPage, SheetMeta, Side, Standing, SubmitOptions, judge_return,
    lock_round, open_round, place_named, read_forms, rounds, submit_files, unlock_return,
    view_round,
};
use tici_ops::{Action, OpsError};
use tici_store::StoreError;

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Open a month for all places
    Open {
        /// Month of the round, such as 2026-06
        #[arg(long, value_parser = period)]
        period: Period,
        /// Last day in time, such as 2026-07-03; by the ledger's setting when left out
        #[arg(long)]
        due: Option<Date>,
    },
    /// Who has reported, who is late, whom to remind
    List {
        /// The newest round when left out
        #[arg(long, value_parser = period)]
        period: Option<Period>,
        /// As it stood at an earlier moment: a day, a time, or so many entries
        #[arg(long)]
        as_of: Option<String>,
    },
    /// Whom to remind, one line for each place, to copy and send
    Remind {
        /// The newest round when left out
        #[arg(long, value_parser = period)]
        period: Option<Period>,
    },
    /// Hand in filled workbooks, each whole or not at all
    Submit {
        /// Filled workbooks (.xlsx)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Whose value stays where somebody else changed a cell since the form was taken
        #[arg(long)]
        conflicts: Option<Whose>,
        /// Leave out rows that are not the place's
        #[arg(long)]
        leave_out_bad_rows: bool,
        /// Say what would be written, and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Accept a place's return
    Accept(At),
    /// Send a place's return back
    Return {
        #[command(flatten)]
        at: At,
        /// What has to be put right
        #[arg(long)]
        reason: String,
    },
    /// Close a round
    Lock {
        /// Month of the round, such as 2026-06
        #[arg(long, value_parser = period)]
        period: Period,
    },
    /// Open a round again, or one place's return
    Unlock {
        /// Month of the round, such as 2026-06
        #[arg(long, value_parser = period)]
        period: Period,
        /// Only this place's return, by code or name
        #[arg(long)]
        place: Option<String>,
        /// Why it is opened again
        #[arg(long)]
        reason: String,
    },
}

#[derive(clap::Args, Debug)]
struct At {
    /// Month of the round, such as 2026-06
    #[arg(long, value_parser = period)]
    period: Period,
    /// Place by code or name
    #[arg(long)]
    place: String,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Mine,
    Theirs,
}

fn period(text: &str) -> Result<Period, &'static str> {
    Period::parse(text).ok_or("such as 2026-06")
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        let t = context.t;
        say::run(context, || self.act(context).map_err(|error| in_words(t, error)))
    }

    fn act(&self, context: &Context) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let session = |action| context.session(&desk, action);
        let now = context.now();
        let (t, runs) = (context.t, Action::RunReturns);
        match &self.what {
            What::Open { period, due } => {
                let session = session(runs)?;
                let done = open_round(&desk, &session, *period, *due, now, context.today())?;
                let round = done.snapshot.records.round_of("monthly", *period);
                let due = round.map_or_else(String::new, |kept| kept.row.due.to_string());
                let args: [(&str, &dyn std::fmt::Display); 2] =
                    [("period", &t.period(*period)), ("due", &due)];
                done_line(context, t.t1("cli-returns-opened", &args), &done.entries)
            }
            What::List { period, as_of } => {
                let session = session(Action::ReadLedger)?;
                let (then, _) = super::rule_args::look(context, desk, as_of.as_deref())?;
                list(context, &newest(context, &then, &session, *period)?)
            }
            What::Remind { period } => {
                let session = session(Action::ReadLedger)?;
                remind(context, &newest(context, &desk, &session, *period)?)
            }
            What::Submit { files, conflicts, leave_out_bad_rows, dry_run } => {
                let options = SubmitOptions {
                    leave_out: *leave_out_bad_rows,
                    conflicts: conflicts.map(|whose| match whose {
                        Whose::Mine => Side::Mine,
                        Whose::Theirs => Side::Theirs,
                    }),
                    dry_run: *dry_run,
                };
                submit(context, &desk, &session(Action::SubmitReturn)?, files, options)
            }
            What::Accept(at) => {
                let session = session(runs)?;
                let snapshot = desk.snapshot()?;
                let place = place_named(&snapshot, &session, &at.place)?;
                let judgement = Judgement::Accept;
                let done = judge_return(&desk, &session, (at.period, place.id), &judgement, now)?;
                let line = about(context, "cli-returns-accepted", place, at.period);
                done_line(context, line, &done.entries)
            }
            What::Return { at, reason } => {
                let session = session(runs)?;
                let snapshot = desk.snapshot()?;
                let place = place_named(&snapshot, &session, &at.place)?;
                let judgement = Judgement::Return { reason: reason.clone() };
                let done = judge_return(&desk, &session, (at.period, place.id), &judgement, now)?;
                let line = about(context, "cli-returns-returned", place, at.period);
                done_line(context, line, &done.entries)
            }
            What::Lock { period } => {
                let done = lock_round(&desk, &session(runs)?, *period, now)?;
                let line = t.t1("cli-returns-locked", &[("period", &t.period(*period))]);
                done_line(context, line, &done.entries)
            }
            What::Unlock { period, place, reason } => {
                let session = session(runs)?;
                let snapshot = desk.snapshot()?;
                let place = match place {
                    Some(name) => Some(place_named(&snapshot, &session, name)?.id),
                    None => None,
                };
                let done = unlock_return(&desk, &session, *period, place, reason, now)?;
                let line = t.t1("cli-returns-unlocked", &[("period", &t.period(*period))]);
                done_line(context, line, &done.entries)
            }
        }
    }
}

/// The round asked for, or the newest.
fn newest(
    context: &Context,
    desk: &tici_ops::Desk,
    session: &tici_ops::Session,
    period: Option<Period>,
) -> Result<RoundPage, OpsError> {
    let all = rounds(desk, session)?;
    let newest = all.first().map(|round| round.period);
    let period = period.or(newest).ok_or_else(|| OpsError::not_found("round", "-"))?;
    let (today, zone) = (context.today(), context.zone());
    view_round(desk, session, period, today, &zone)
}

/// The lines of the page's own list, with nothing around them.
fn remind(context: &Context, page: &RoundPage) -> Result<u8, OpsError> {
    let words = |line| context.t.reminder(&page.round, line, context.today());
    if context.global.json {
        let lines: Vec<_> = page
            .reminders()
            .into_iter()
            .map(|line| {
                serde_json::json!({
                    "place": line.place.code.code,
                    "name": line.place.short.text,
                    "state": line.standing.code(),
                    "days_late": line.days_late,
                    "reason": line.last.as_ref().and_then(|meta| meta.sheet.reason.clone()),
                    "words": words(line),
                })
            })
            .collect();
        say::json(&serde_json::json!({ "period": page.round.period, "reminders": lines }));
        return Ok(exit_code::DONE);
    }
    match page.reminders() {
        due if due.is_empty() => say::line(context.t.t("returns-reminders-none")),
        due => due.into_iter().for_each(|line| say::line(words(line))),
    }
    Ok(exit_code::DONE)
}

fn about(context: &Context, key: &str, place: &tici_domain::Place, period: Period) -> String {
    let t = context.t;
    let args: [(&str, &dyn std::fmt::Display); 2] =
        [("place", &place.short.get(t.lang)), ("period", &t.period(period))];
    t.t1(key, &args)
}

fn done_line(context: &Context, line: String, entries: &[i64]) -> Result<u8, OpsError> {
    if context.global.json {
        say::json(&serde_json::json!({ "entries": entries }));
    } else {
        say::line(line);
    }
    Ok(exit_code::DONE)
}

fn list(context: &Context, page: &RoundPage) -> Result<u8, OpsError> {
    let t = context.t;
    if context.global.json {
        let places: Vec<_> = page
            .places
            .iter()
            .map(|line| {
                serde_json::json!({
                    "place": line.place.code.code,
                    "name": line.place.short.text,
                    "state": line.standing.code(),
                    "projects_asked": line.asked,
                    "projects_told": line.told,
                    "days_late": line.days_late,
                    "received_at": line.first.as_ref().map(|meta| meta.by.at.to_string()),
                    "reason": line.hands.returned.as_ref().map(|meta| &meta.sheet.reason),
                    "submitted": step(line.hands.submitted.as_ref()),
                    "accepted": step(line.hands.accepted.as_ref()),
                    "locked": step(line.hands.locked.as_ref()),
                })
            })
            .collect();
        say::json(&serde_json::json!({
            "period": page.round.period,
            "due": page.round.due,
            "state": page.round.state.code(),
            "received": page.received(),
            "counted_by": page.reporting.counted.code(),
            "places": places,
        }));
        return Ok(exit_code::DONE);
    }
    let head = ["place", "state", "told", "late", "handed-in", "accepted-by", "locked-by"];
    let who = |meta: Option<&SheetMeta>| {
        meta.map_or_else(
            || t.t("app-none"),
            |meta| {
                let at = t.moment(meta.by.at, &context.zone());
                t.t1("trace-by", &[("post", &meta.by.title.get(t.lang)), ("at", &at)])
            },
        )
    };
    let rows = page.places.iter().map(|line| {
        vec![
            line.place.short.get(t.lang).to_owned(),
            t.standing(line.standing),
            format!("{} / {}", line.told, line.asked),
            match line.days_late {
                0 => String::new(),
                days => t.t1("returns-late-days", &[("n", &days)]),
            },
            who(line.hands.submitted.as_ref()),
            who(line.hands.accepted.as_ref()),
            who(line.hands.locked.as_ref()),
        ]
    });
    say::table(head.map(|key| t.t(&format!("returns-{key}"))).to_vec(), rows.collect());
    let args: [(&str, &dyn std::fmt::Display); 4] = [
        ("period", &t.period(page.round.period)),
        ("due", &page.round.due),
        ("n", &page.received()),
        ("all", &page.places.len()),
    ];
    say::line(t.t1("cli-returns-list", &args));
    let states = Standing::ALL.into_iter().rev();
    let states = states.map(|one| format!("{} {}", t.standing(one), page.reporting.count(one)));
    say::line(format!("  {}", states.collect::<Vec<_>>().join(t.separator())));
    for line in page.reminders() {
        let back = line.hands.returned.as_ref();
        let why = back.and_then(|meta| meta.sheet.reason.clone()).unwrap_or_default();
        let place = line.place.short.get(t.lang);
        say::line(format!("  {place} {} {why}", t.standing(line.standing)).trim_end());
    }
    Ok(exit_code::DONE)
}

fn step(meta: Option<&SheetMeta>) -> Option<serde_json::Value> {
    let meta = meta?;
    Some(serde_json::json!({ "by": meta.by.title.text, "at": meta.by.at, "entry": meta.by.seq }))
}

fn submit(
    context: &Context,
    desk: &tici_ops::Desk,
    session: &tici_ops::Session,
    paths: &[PathBuf],
    options: SubmitOptions,
) -> Result<u8, OpsError> {
    let files = paths.iter().map(|path| file(path)).collect::<Result<Vec<_>, _>>()?;
    let reads = read_forms(&files);
    let outcomes = submit_files(desk, session, &files, reads, options, context.now())?;
    print(context, &outcomes, options.dry_run);
    let any_refused = outcomes.iter().any(FileOutcome::is_refused);
    Ok(if any_refused { exit_code::INPUT } else { exit_code::DONE })
}

fn print(context: &Context, outcomes: &[FileOutcome], dry_run: bool) {
    let t = context.t;
    if context.global.json {
        let files: Vec<_> = outcomes
            .iter()
            .map(|outcome| {
                serde_json::json!({
                    "file": outcome.file,
                    "period": outcome.period,
                    "place": outcome.place,
                    "figures": outcome.plan.figures.len(),
                    "entry": outcome.entry,
                    "refused": outcome.is_refused(),
                    "problems": outcome.problems,
                })
            })
            .collect();
        say::json(&serde_json::json!({ "files": files, "dry_run": dry_run }));
        return;
    }
    let (mut written, mut refused) = (0, 0);
    for outcome in outcomes {
        let problems: Vec<Problem> =
            outcome.problems.iter().map(|problem| t.return_problem(problem)).collect();
        say::problems(&t, &problems);
        let entry = outcome.entry.map_or_else(String::new, |entry| t.entry_number(entry));
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("file", &outcome.file), ("n", &outcome.plan.figures.len()), ("entry", &entry)];
        let key = match outcome.entry {
            _ if outcome.is_refused() => "cli-returns-refused",
            Some(_) => "cli-returns-written",
            None if dry_run => "cli-returns-dry",
            None => "cli-returns-same",
        };
        refused += usize::from(outcome.is_refused());
        written += usize::from(outcome.entry.is_some());
        say::line(t.t1(key, &args));
    }
    if outcomes.len() > 1 {
        let same = outcomes.len() - written - refused;
        let args: [(&str, &dyn std::fmt::Display); 4] =
            [("n", &outcomes.len()), ("written", &written), ("same", &same), ("refused", &refused)];
        say::line(t.t1("cli-returns-sum", &args));
    }
}

/// Problems name columns and stages by code; people read their words.
fn in_words(t: tici_web::i18n::T, error: OpsError) -> OpsError {
    match error {
        OpsError::Problems(problems) => {
            OpsError::Problems(problems.iter().map(|problem| t.return_problem(problem)).collect())
        }
        other => other,
    }
}

fn file(path: &Path) -> Result<(String, Vec<u8>), OpsError> {
    let io = |error| OpsError::Store(StoreError::Io { path: path.to_owned(), error });
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let size = std::fs::metadata(path).map_err(io)?.len();
    let limit = tici_exchange::limits::FILE_BYTES_MAX as u64;
    if size > limit {
        let problem = Problem::error("file-too-large").at(&name, "", "");
        return Err(OpsError::problem(problem.arg("bytes", size).arg("limit", limit)));
    }
    Ok((name, std::fs::read(path).map_err(io)?))
}
