//! `tici token make|list|revoke`

use std::process::ExitCode;

use clap::Subcommand;
use tici_domain::Scope;
use tici_ops::tokens::{NewToken, TOKEN_DAYS, TokenView, make_token, revoke_token, view_tokens};
use tici_ops::{Action, OpsError};
use tici_web::api::tokens::answer;

use super::choices::choices;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Make a token for the acting account; its secret is printed this once
    Make {
        /// What it is for
        name: String,
        /// What it is good for besides reading; may be given several times
        #[arg(long, value_parser = choices(Scope::ALL, Scope::code))]
        scope: Vec<Scope>,
        /// Days until it ends
        #[arg(long, default_value_t = TOKEN_DAYS)]
        days: u32,
    },
    /// List the acting account's tokens, and when each was last used
    List {
        /// Everybody's, for whoever keeps accounts
        #[arg(long)]
        all: bool,
    },
    /// Revoke a token: it is refused from then on
    Revoke {
        /// Its number, as the list shows it
        series: i64,
    },
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::ReadLedger)?;
            let now = context.now();
            match &self.what {
                What::Make { name, scope, days } => {
                    let (name, scopes, days) = (name.clone(), scope.clone(), *days);
                    let new = NewToken { name, scopes, days };
                    let made = make_token(&desk, &session, &new, now)?;
                    let zone = context.zone();
                    let until = context.t.moment(made.token.expires, &zone);
                    let args: [(&str, &dyn std::fmt::Display); 2] =
                        [("id", &made.token.series), ("until", &until)];
                    say::note(context.t.t1("cli-token-made", &args));
                    say::line(made.secret);
                    say::note(context.t.t("cli-token-once"));
                }
                What::List { all } => {
                    list(context, &view_tokens(&desk, &session, *all, now)?)?;
                }
                What::Revoke { series } => {
                    revoke_token(&desk, &session, *series, now)?;
                    say::line(context.t.t("cli-token-revoked"));
                }
            }
            Ok(exit_code::DONE)
        })
    }
}

fn list(context: &Context, views: &[TokenView]) -> Result<(), OpsError> {
    if context.global.json {
        say::json(&answer(views));
        return Ok(());
    }
    let (t, zone) = (&context.t, context.zone());
    let row = |view: &TokenView| {
        let scopes: Vec<&str> = view.token.scopes.iter().map(|scope| scope.code()).collect();
        vec![
            view.token.series.to_string(),
            view.login.clone(),
            view.token.name.clone(),
            scopes.join(" "),
            t.moment(view.token.expires, &zone),
            view.last_used.map_or_else(|| "—".into(), |used| t.moment(used, &zone)),
            t.t(if view.is_open() { "token-open" } else { "cli-closed" }),
        ]
    };
    let keys = ["name", "scopes", "expires", "used", "state"];
    let words = keys.map(|key| t.t(&format!("programs-{key}")));
    let head = ["#".to_owned(), t.t("cli-user-login")].into_iter().chain(words);
    say::table(head.collect(), views.iter().map(row).collect());
    Ok(())
}
