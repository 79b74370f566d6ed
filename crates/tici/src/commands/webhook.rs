//! `tici webhook set|list|log|test|again|stop|start|networks`

use std::process::ExitCode;

use clap::Subcommand;
use tici_domain::HookEvent;
use tici_ops::webhooks::{
    NewWebhook, WebhookView, allow_private, put_webhook, send_again, send_due, send_test,
    set_active, tell, view_webhook, view_webhooks,
};
use tici_ops::{Action, Desk, OpsError, Session};
use tici_web::api::webhooks::{answer, message};

use super::choices::choices;
use crate::post::Network;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Set an address to tell; the secret of a new one is printed this once
    Set {
        /// Who receives the messages
        name: String,
        /// Whole address that messages are posted to
        url: String,
        /// What it is told of; may be given several times
        #[arg(long = "event", required = true,
              value_parser = choices(HookEvent::ALL, HookEvent::code))]
        events: Vec<HookEvent>,
        /// Number of the address to change; a new one when left out
        #[arg(long)]
        series: Option<i64>,
    },
    /// List the addresses, and how each is doing
    List,
    /// Print the messages to an address, the newest first
    Log {
        /// Number of the address
        series: i64,
        /// Page, from 1
        #[arg(long, default_value_t = 1)]
        page: i64,
    },
    /// Put down a test message, and send what is due
    Test {
        /// Number of the address
        series: i64,
    },
    /// Send a message again
    Again {
        /// Number of the address
        series: i64,
        /// Id of the message, as the log shows it
        id: String,
    },
    /// Stop telling an address
    Stop {
        /// Number of the address
        series: i64,
    },
    /// Tell an address again, from where it stopped
    Start {
        /// Number of the address
        series: i64,
    },
    /// Say which private networks may be written to, such as 10.0.0.0/8; none when blank
    Networks {
        /// Networks, parted by commas
        networks: String,
    },
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            let session = context.session(&desk, Action::KeepWebhooks)?;
            self.what.act(context, &desk, &session)?;
            Ok(exit_code::DONE)
        })
    }
}

impl What {
    fn act(&self, context: &Context, desk: &Desk, session: &Session) -> Result<(), OpsError> {
        let now = context.now();
        match self {
            What::Set { name, url, events, series } => {
                let (name, url, events) = (name.clone(), url.clone(), events.clone());
                let new = NewWebhook { series: *series, name, url, events };
                let made = put_webhook(desk, session, &new, now, context.today())?;
                say::line(context.t.t1("cli-webhook-set", &[("id", &made.webhook.series)]));
                if let Some(secret) = made.secret {
                    say::note(context.t.t("cli-webhook-secret"));
                    say::line(secret);
                }
                return Ok(());
            }
            What::List => return list(context, &view_webhooks(desk, session)?),
            What::Log { series, page } => return log(context, desk, session, (*series, *page)),
            What::Test { series } => {
                send_test(desk, session, *series, now)?;
                tell(desk, now, context.today())?;
                send_due(desk, &Network::default(), now)?;
                return log(context, desk, session, (*series, 1));
            }
            What::Again { series, id } => send_again(desk, session, (*series, id), now)?,
            What::Stop { series } => drop(set_active(desk, session, *series, false, now)?),
            What::Start { series } => drop(set_active(desk, session, *series, true, now)?),
            What::Networks { networks } => drop(allow_private(desk, session, networks, now)?),
        }
        say::line(context.t.t("cli-webhook-done"));
        Ok(())
    }
}

fn list(context: &Context, views: &[WebhookView]) -> Result<(), OpsError> {
    if context.global.json {
        say::json(&answer(views));
        return Ok(());
    }
    let t = &context.t;
    let row = |view: &WebhookView| {
        let hook = &view.webhook;
        let events: Vec<&str> = hook.events.iter().map(|event| event.code()).collect();
        vec![
            hook.series.to_string(),
            hook.name.clone(),
            hook.url.clone(),
            events.join(" "),
            t.t(tici_web::pages::journal::webhook_state(hook.active)),
            view.last.as_ref().map_or_else(|| "—".into(), |last| t.code("delivery", &last.state)),
        ]
    };
    let keys = ["name", "url", "events", "state", "last"];
    let words = keys.map(|key| t.t(&format!("programs-{key}")));
    let head = ["#".to_owned()].into_iter().chain(words);
    say::table(head.collect(), views.iter().map(row).collect());
    Ok(())
}

fn log(
    context: &Context,
    desk: &Desk,
    session: &Session,
    (series, page): (i64, i64),
) -> Result<(), OpsError> {
    let view = view_webhook(desk, session, series, page - 1)?;
    if context.global.json {
        say::json(&view.log.iter().map(message).collect::<Vec<_>>());
        return Ok(());
    }
    let (t, zone) = (&context.t, context.zone());
    let row = |one: &tici_ops::webhooks::Delivery| {
        let answer = one.status.map(|status| status.to_string());
        vec![
            one.id.clone(),
            t.moment(one.made, &zone),
            one.kind.clone(),
            t.code("delivery", &one.state),
            one.attempts.to_string(),
            answer.or_else(|| one.error.clone()).unwrap_or_default(),
        ]
    };
    let keys = ["made", "kind", "state", "attempts", "last"];
    let words = keys.map(|key| t.t(&format!("programs-{key}")));
    let head = ["#".to_owned()].into_iter().chain(words);
    say::table(head.collect(), view.log.iter().map(row).collect());
    Ok(())
}
