//! `tici serve`

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;
use tici_domain::Problem;
use tici_ops::{Desk, OpsError};
use tici_web::{AppState, Clock, Config, router};

use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Address to listen on
    #[arg(long, env = "TICI_LISTEN", default_value = "127.0.0.1:8470")]
    listen: SocketAddr,
    /// Cookies travel over HTTPS only; for use behind a proxy that ends TLS
    #[arg(long, env = "TICI_SECURE_COOKIES")]
    secure_cookies: bool,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            if desk.snapshot()?.actors.is_empty() {
                return Err(OpsError::problem(Problem::error("cli-no-accounts-yet")));
            }
            let config = Config { secure_cookies: self.secure_cookies, ..config(context) };
            serve(desk, clock(context), config, self.listen, &|address| {
                say::note(context.t.t1("cli-serving", &[("address", &address)]));
                if let Some(today) = context.set_day() {
                    say::note(context.t.t1("cli-serving-day", &[("today", &today)]));
                }
            })
        })
    }
}

/// What the binary decides for the pages.
pub fn config(context: &Context) -> Config {
    Config { zone: context.zone(), ..Config::default() }
}

/// The machine's clock, moved so that today is `--today`.
pub fn clock(context: &Context) -> Clock {
    let Some(today) = context.set_day() else { return Arc::new(Timestamp::now) };
    let started = Timestamp::now();
    let zone = context.zone();
    let time = zone.to_datetime(started).time();
    let base = zone.to_timestamp(today.to_datetime(time)).unwrap_or(started);
    Arc::new(move || base + (Timestamp::now() - started))
}

/// Serves until interrupted; `ready` is told the address that was bound.
pub fn serve(
    desk: Desk,
    clock: Clock,
    config: Config,
    listen: SocketAddr,
    ready: &dyn Fn(SocketAddr),
) -> Result<u8, OpsError> {
    let state = AppState::new(Arc::new(desk), clock, config);
    let io = |error: std::io::Error| {
        let problem = Problem::error("cli-cannot-listen").arg("address", listen);
        OpsError::problem(problem.arg("detail", error))
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(io)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(io)?;
        ready(listener.local_addr().map_err(io)?);
        tici_web::serve(listener, router(state), interrupted()).await.map_err(io)
    })?;
    Ok(exit_code::DONE)
}

/// Until somebody at the keyboard, or the system that runs the service, asks for the end.
async fn interrupted() {
    let keyboard = tokio::signal::ctrl_c();
    // Without a handler the process ends at once, which is what was asked for.
    #[cfg(unix)]
    if let Ok(mut service) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    {
        tokio::select! {
            _ = keyboard => {}
            _ = service.recv() => {}
        }
        return;
    }
    let _ = keyboard.await;
}
