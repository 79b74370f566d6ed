//! `tici serve`

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use tici_domain::Problem;
use tici_ops::webhooks::{send_due, tell};
use tici_ops::{Desk, OpsError};
use tici_web::{AppState, Clock, Config, router};

use crate::post::Network;
use crate::{Context, exit_code, say};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Address to listen on
    #[arg(long, env = "TICI_LISTEN", default_value = "127.0.0.1:8470")]
    listen: SocketAddr,
    /// Cookies travel over HTTPS only; for use behind a proxy that ends TLS
    #[arg(long, env = "TICI_SECURE_COOKIES")]
    secure_cookies: bool,
    /// Requests of the API that one account may make in a minute; 1200 when left out, or what
    /// TICI_API_PER_MINUTE says
    #[arg(long)]
    api_per_minute: Option<u32>,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let desk = context.open()?;
            if desk.snapshot()?.actors.is_empty() {
                return Err(OpsError::problem(Problem::error("cli-no-accounts-yet")));
            }
            let kept = config(context);
            let api_per_minute = self.api_per_minute.unwrap_or(kept.api_per_minute);
            let config = Config { secure_cookies: self.secure_cookies, api_per_minute, ..kept };
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
    let kept = Config::default();
    let wanted = std::env::var("TICI_API_PER_MINUTE").ok().and_then(|text| text.parse().ok());
    let api_per_minute = wanted.unwrap_or(kept.api_per_minute);
    Config { zone: context.zone(), api_per_minute, ..kept }
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
    let _messages = Messages::start(&state);
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

/// How often it is looked whether there is anything to tell.
const LOOK_SECONDS: u64 = 2;

/// Tells webhooks what happens, beside the server, until it is dropped.
struct Messages {
    stop: Arc<AtomicBool>,
    worker: Option<JoinHandle<()>>,
}

impl Messages {
    fn start(state: &AppState) -> Messages {
        let stop = Arc::new(AtomicBool::new(false));
        let (state, stopped) = (state.clone(), stop.clone());
        let work = move || {
            let network = Network::default();
            while !stopped.load(Ordering::Relaxed) {
                let told = tell(&state.desk, state.now(), state.today());
                let sent = told.and_then(|_| send_due(&state.desk, &network, state.now()));
                if let Err(error) = sent {
                    tracing::error!(%error, "webhooks are not told");
                }
                std::thread::park_timeout(Duration::from_secs(LOOK_SECONDS));
            }
        };
        Messages { stop, worker: Some(std::thread::spawn(work)) }
    }
}

impl Drop for Messages {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(worker) = self.worker.take() {
            worker.thread().unpark();
            // A panic there has been reported; the server ends all the same.
            let _ = worker.join();
        }
    }
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
