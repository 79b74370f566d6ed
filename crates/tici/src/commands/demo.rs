//! `tici demo`: the sample county, served.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use tici_domain::Problem;
use tici_ops::accounts::hash_password;
use tici_ops::load_operations::{LoadedOperation, load_operations};
use tici_ops::{Desk, OpsError};
use tici_store::{Location, Signer, Store};
use tici_testkit::{CountySpec, SampleAccount};

use super::serve;
use crate::{Context, context, say};

/// Reporters whose whole line is printed.
const REPORTERS_SHOWN: usize = 2;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8470")]
    listen: SocketAddr,
    /// Times the county's 148 projects, for load tests
    #[arg(long, default_value_t = 1)]
    scale: u32,
    /// Which county is made up: another number gives other figures
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Make the ledger in this empty folder and keep it; what is served from there later
    /// goes by the county's day, 2026-06-18
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Make the ledger and leave; needs --keep or --database
    #[arg(long)]
    no_serve: bool,
}

impl Args {
    pub fn run(&self, context: &Context) -> ExitCode {
        say::run(context, || {
            let folder = tempfile::Builder::new().prefix("tici-demo-").tempdir().map_err(cannot)?;
            let place = self.keep.clone().unwrap_or_else(|| folder.path().to_owned());
            std::fs::create_dir_all(&place).map_err(cannot)?;
            let today = context.global.today.unwrap_or(tici_testkit::TODAY);
            let global = context::Global { today: Some(today), ..context.global.clone() };
            let context = Context { global, t: context.t, kept_day: None };
            let location = match &context.global.database {
                Some(url) => Location::Postgres(url.clone()),
                None => Location::Sqlite(place.join("tici.sqlite")),
            };
            let signer = Signer::load_or_create(&place.join("tici.key"), "tici")?;
            let desk = Desk::open(Store::open(&location, signer)?)?;
            if desk.store.head()? > 0 {
                let full = Problem::error("cli-demo-holds-a-ledger").arg("place", place.display());
                return Err(OpsError::problem(full));
            }
            let accounts = load(&context, &desk, self)?;
            if self.keep.is_some() {
                context::keep_day(&place, today).map_err(cannot)?;
            }
            if self.no_serve {
                return Ok(crate::exit_code::DONE);
            }
            let config = serve::config(&context);
            serve::serve(desk, serve::clock(&context), config, self.listen, &|address| {
                welcome(&context, address, &accounts);
            })
        })
    }
}

fn cannot(error: std::io::Error) -> OpsError {
    OpsError::problem(Problem::error("cli-cannot-make-folder").arg("detail", error))
}

/// Writes the county and its passwords.
fn load(context: &Context, desk: &Desk, args: &Args) -> Result<Vec<SampleAccount>, OpsError> {
    let spec = CountySpec {
        seed: args.seed,
        scale: args.scale,
        today: context.global.today.unwrap_or(tici_testkit::TODAY),
    };
    let bar = say::progress(&context.t, "cli-demo-making");
    let operations = tici_testkit::operations(&spec).map(|operation| {
        bar.inc(1);
        LoadedOperation {
            at: operation.at,
            actor: operation.actor,
            op: operation.op,
            source: operation.source,
            blobs: operation.blobs.into_iter().map(|(_, bytes)| bytes).collect(),
            changes: operation.changes,
        }
    });
    load_operations(desk, operations)?;
    bar.finish_and_clear();
    let accounts = tici_testkit::sample_accounts();
    for account in &accounts {
        let hash = hash_password(&account.password)?;
        desk.store.set_credential(account.actor, &hash, context.now())?;
    }
    Ok(accounts)
}

fn welcome(context: &Context, address: SocketAddr, accounts: &[SampleAccount]) {
    let t = &context.t;
    let today = context.today();
    say::line(t.t1("cli-demo-ready", &[("address", &address), ("today", &today)]));
    let row = |account: &SampleAccount| {
        vec![
            account.login.clone(),
            account.password.clone(),
            t.role(account.role),
            account.sees.get(t.lang).to_owned(),
        ]
    };
    // The reporters of the other towns are like the first two: their names are enough.
    let mut reporters = 0;
    let (shown, alike): (Vec<_>, Vec<_>) = accounts.iter().partition(|account| {
        reporters += usize::from(account.role == tici_domain::Role::Reporter);
        account.role != tici_domain::Role::Reporter || reporters <= REPORTERS_SHOWN
    });
    let head = ["login", "password", "role", "sees"].map(|key| t.t(&format!("cli-demo-{key}")));
    say::table(head.to_vec(), shown.into_iter().map(row).collect());
    if !alike.is_empty() {
        let names: Vec<String> = alike.iter().map(|account| account.login.clone()).collect();
        let args: [(&str, &dyn std::fmt::Display); 2] =
            [("count", &alike.len()), ("names", &t.list(&names))];
        say::line(t.t1("cli-demo-more", &args));
    }
    say::line(t.t("cli-demo-stop"));
}
