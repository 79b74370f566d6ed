//! `tici tasks list|add|close`

use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Date;
use tici_ops::keep_tasks::{
    Close, NewTask, TaskQuery, TaskUpdate, Which, open_task, update_task, view_tasks,
};
use tici_ops::view_project::project_by_code;
use tici_ops::{Action, OpsError};
use tici_web::pages::dispatch::standing_words;

use super::choices::choices;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// List tasks by how they stand
    List {
        /// Which tasks, by how they stand
        #[arg(long, default_value = "open", value_parser = choices(&Which::ALL, Which::code))]
        which: Which,
        /// The unit that has to do it
        #[arg(long, default_value = "")]
        owner: String,
        /// Only of the project of this code
        #[arg(long)]
        project: Option<String>,
    },
    /// Put down a task
    Add {
        /// What is to be done
        title: String,
        /// Project code; a task with one stands in its way
        #[arg(long)]
        project: Option<String>,
        /// The unit that does it
        #[arg(long, default_value = "")]
        owner: String,
        /// The day by which it is done, such as 2026-06-24
        #[arg(long)]
        due: Option<Date>,
        /// How it stands, in words
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Close a task: done, or with --give-up or --drop
    Close {
        /// Its number, as the list shows it
        series: i64,
        /// The day it was done; today when left out
        #[arg(long)]
        on: Option<Date>,
        /// How it ended, in words
        #[arg(long, default_value = "")]
        note: String,
        /// It will not be done
        #[arg(long, conflicts_with = "on")]
        give_up: bool,
        /// It is no longer needed
        #[arg(long, conflicts_with_all = ["on", "give_up"])]
        drop: bool,
    },
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || self.what.run(context))
    }
}

impl What {
    fn run(&self, context: &Context) -> Result<u8, OpsError> {
        let desk = context.open()?;
        let (now, today) = (context.now(), context.today());
        match self {
            What::List { which, owner, project } => {
                let session = context.session(&desk, Action::ReadLedger)?;
                let code = |code: &String| project_by_code(&desk, &session, code);
                let project = project.as_ref().map(code).transpose()?;
                let query = TaskQuery {
                    which: *which,
                    owner: owner.clone(),
                    project,
                    ..Default::default()
                };
                list(context, &desk, &session, query)?;
            }
            What::Add { title, project, owner, due, note } => {
                let session = context.session(&desk, Action::UpdateTask)?;
                let code = |code: &String| project_by_code(&desk, &session, code);
                let project = project.as_ref().map(code).transpose()?;
                let new = NewTask {
                    is_blocker: project.is_some(),
                    project,
                    title: title.clone(),
                    owner: owner.clone(),
                    due: *due,
                    note: note.clone(),
                };
                let (_, series) = open_task(&desk, &session, &new, now, today)?;
                done(context, series, context.t.t1("cli-tasks-opened", &[("series", &series)]));
            }
            What::Close { series, on, note, give_up, drop } => {
                let session = context.session(&desk, Action::UpdateTask)?;
                let close = match (give_up, drop) {
                    (true, _) => Close::GivenUp,
                    (_, true) => Close::Dropped,
                    _ => Close::Done(on.unwrap_or(today)),
                };
                let update = TaskUpdate { due: None, note: note.clone(), close: Some(close) };
                update_task(&desk, &session, *series, &update, now, today)?;
                done(context, *series, context.t.t("cli-tasks-done"));
            }
        }
        Ok(exit_code::DONE)
    }
}

fn done(context: &Context, series: i64, words: String) {
    if context.global.json {
        say::json(&serde_json::json!({ "series": series }));
    } else {
        say::line(words);
    }
}

/// Every page of the list, one after the other.
fn list(
    context: &Context,
    desk: &tici_ops::Desk,
    session: &tici_ops::Session,
    mut query: TaskQuery,
) -> Result<(), OpsError> {
    let (t, today) = (&context.t, context.today());
    let mut views = Vec::new();
    loop {
        let page = view_tasks(desk, session, &query, today)?;
        views.extend(page.rows);
        query.page += 1;
        if query.page >= page.pages {
            break;
        }
    }
    if context.global.json {
        let tasks: Vec<_> = views.iter().map(|view| &view.task).collect();
        say::json(&tasks);
        return Ok(());
    }
    let name = |name: Option<&tici_domain::Name>| name.map_or("", |n| n.get(t.lang)).to_owned();
    let rows = views.iter().map(|view| {
        let row = view.project.as_ref();
        vec![
            view.task.series.to_string(),
            standing_words(*t, view.standing, today),
            view.task.title.get(t.lang).to_owned(),
            row.map_or_else(String::new, |row| row.entry.project.code.clone()),
            name(view.task.owner.as_ref()),
            view.task.due.map_or_else(|| t.t("app-none"), |due| due.to_string()),
            view.task.note.clone().unwrap_or_default(),
        ]
    });
    let head = [
        "cli-tasks-series",
        "task-now",
        "task-what",
        "task-code",
        "task-who",
        "task-when",
        "task-note",
    ];
    say::table(head.map(|key| t.t(key)).to_vec(), rows.collect());
    Ok(())
}
