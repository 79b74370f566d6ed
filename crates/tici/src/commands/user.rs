//! `tici user add|list|password|close`

use std::io::BufRead;
use std::process::ExitCode;

use clap::Subcommand;
use tici_domain::{Actor, Name, Role};
use tici_ops::accounts::{put_account, set_password, set_up};
use tici_ops::{Action, Desk, OpsError};

use super::choices::choices;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Make an account, or change the one of that name; the password is read from the
    /// first line of standard input
    Add {
        /// Sign-in name
        login: String,
        /// What the account may do
        #[arg(long, value_parser = choices(&Role::ALL, Role::code))]
        role: Role,
        /// The post, never a person's name; the sign-in name when left out
        #[arg(long)]
        title: Option<String>,
        /// Place whose subtree the account works in, by code or name; everywhere when left out
        #[arg(long)]
        place: Option<String>,
        /// No password: the account acts on this machine's command line only
        #[arg(long)]
        no_password: bool,
    },
    /// List accounts
    List,
    /// Set a password, read from the first line of standard input
    Password {
        /// Sign-in name
        login: String,
    },
    /// Close an account; what it wrote stays
    Close {
        /// Sign-in name
        login: String,
    },
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            // The first account makes the ledger.
            let desk = match &self.verb {
                Verb::Add { .. } => context.open_or_make()?,
                _ => context.open()?,
            };
            match &self.verb {
                Verb::Add { login, role, title, place, no_password } => {
                    let title = Name::new(title.as_ref().unwrap_or(login));
                    let place = place.as_deref().map(|text| find_place(&desk, text)).transpose()?;
                    let (login, role) = (login.clone(), *role);
                    let wanted = Actor { id: 0, login, title, role, place, active: true };
                    add(context, &desk, wanted, *no_password)
                }
                Verb::List => list(context, &desk),
                Verb::Password { login } => {
                    let session = context.session(&desk, Action::ManageAccounts)?;
                    let id = find(&desk, login)?.id;
                    set_password(
                        &desk,
                        &session,
                        id,
                        (None, &read_password(context)),
                        context.now(),
                    )?;
                    Ok(exit_code::DONE)
                }
                Verb::Close { login } => {
                    let session = context.session(&desk, Action::ManageAccounts)?;
                    let closed = Actor { active: false, ..find(&desk, login)? };
                    put_account(&desk, &session, closed, context.now())?;
                    Ok(exit_code::DONE)
                }
            }
        })
    }
}

fn add(context: &Context, desk: &Desk, wanted: Actor, no_password: bool) -> Result<u8, OpsError> {
    let now = context.now();
    let first = desk.snapshot()?.actors.is_empty();
    let password = (!no_password).then(|| read_password(context));
    let made = if first {
        set_up(desk, wanted, password.as_deref(), now)?
    } else {
        let session = context.session(desk, Action::ManageAccounts)?;
        let made = put_account(desk, &session, wanted, now)?;
        if let Some(password) = &password {
            set_password(desk, &session, made.id, (None, password), now)?;
        }
        made
    };
    let role = context.t.role(made.role);
    let args: [(&str, &dyn std::fmt::Display); 2] = [("login", &made.login), ("role", &role)];
    say::line(context.t.t1("cli-user-made", &args));
    if first && made.role != Role::Administrator {
        say::line(context.t.t("cli-user-first"));
    }
    Ok(exit_code::DONE)
}

fn list(context: &Context, desk: &Desk) -> Result<u8, OpsError> {
    let snapshot = desk.snapshot()?;
    if context.global.json {
        say::json(&snapshot.actors.values().collect::<Vec<_>>());
        return Ok(exit_code::DONE);
    }
    let t = &context.t;
    let row = |actor: &Actor| {
        let place = actor.place.and_then(|id| snapshot.places.get(&id));
        let place = place.map(|place| place.short.get(t.lang).to_owned());
        vec![
            actor.login.clone(),
            actor.title.get(t.lang).to_owned(),
            t.role(actor.role),
            place.unwrap_or_else(|| t.t("cli-everywhere")),
            t.t(if actor.active { "cli-open" } else { "cli-closed" }),
        ]
    };
    let head =
        ["login", "title", "role", "place", "state"].map(|key| t.t(&format!("cli-user-{key}")));
    say::table(head.to_vec(), snapshot.actors.values().map(row).collect());
    Ok(exit_code::DONE)
}

fn find(desk: &Desk, login: &str) -> Result<Actor, OpsError> {
    let snapshot = desk.snapshot()?;
    let found = snapshot.actors.values().find(|actor| actor.login == login);
    found.cloned().ok_or_else(|| OpsError::not_found("account", login))
}

fn find_place(desk: &Desk, text: &str) -> Result<i64, OpsError> {
    let snapshot = desk.snapshot()?;
    let found = snapshot.places.values().find(|place| {
        place.code.code == text || place.name.text == text || place.short.text == text
    });
    found.map(|place| place.id).ok_or_else(|| OpsError::not_found("place", text))
}

/// The first line of standard input, so that no password stands in a command's history.
fn read_password(context: &Context) -> String {
    say::note(context.t.t("cli-user-ask-password"));
    let mut line = String::new();
    // An input that cannot be read is an empty password, which is refused as too short.
    let _ = std::io::stdin().lock().read_line(&mut line);
    line.trim_end_matches(['\r', '\n']).to_owned()
}
