//! What every command shares: where the ledger is, who acts, how to print.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tici_domain::{Lang, Problem};
use tici_ops::{Action, Desk, OpsError, Session};
use tici_store::{Location, Signer, Store};
use tici_web::i18n::T;

/// Options of every command.
#[derive(Args, Clone, Debug)]
pub struct Global {
    /// Folder of the ledger (tici.sqlite and its key)
    #[arg(long, global = true, env = "TICI_DATA", default_value = "tici-data", value_name = "DIR")]
    pub data: PathBuf,
    /// PostgreSQL address; the folder then holds only the key
    #[arg(
        long,
        global = true,
        env = "TICI_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database: Option<String>,
    /// Account that acts, by sign-in name; otherwise the first that may
    #[arg(long = "as", global = true, env = "TICI_AS", value_name = "LOGIN")]
    pub acting: Option<String>,
    /// Day that counts as today, such as 2026-06-18; a kept sample county has its own
    #[arg(long, global = true, value_name = "DAY")]
    pub today: Option<Date>,
    /// Language of messages: zh-Hans, zh-Hant or en
    #[arg(long, global = true, env = "TICI_LANG", value_name = "LANG")]
    pub lang: Option<String>,
    /// Print for machines
    #[arg(long, global = true)]
    pub json: bool,
}

/// The options, resolved.
pub struct Context {
    pub global: Global,
    pub t: T,
    /// The day that a kept sample county goes by.
    pub kept_day: Option<Date>,
}

/// File beside a kept sample county that holds the day its story ends on.
const KEPT_DAY: &str = "today.txt";

/// What that file says.
fn kept_day(folder: &Path) -> Option<Date> {
    std::fs::read_to_string(folder.join(KEPT_DAY)).ok()?.trim().parse().ok()
}

/// Makes the sample county in `folder` go by `day` from now on: months after its story all
/// its returns would be missing and all its projects late.
pub fn keep_day(folder: &Path, day: Date) -> std::io::Result<()> {
    std::fs::write(folder.join(KEPT_DAY), format!("{day}\n"))
}

impl Context {
    pub fn new(global: Global) -> Context {
        let from_environment = || std::env::var("LC_ALL").or_else(|_| std::env::var("LANG")).ok();
        let tag = global.lang.clone().or_else(from_environment).unwrap_or_default();
        let lang = Lang::parse(tag.split('.').next().unwrap_or_default()).unwrap_or(Lang::En);
        let kept_day = kept_day(&global.data);
        Context { global, t: T::new(lang), kept_day }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// The office's clock: UTC+8 unless the machine says otherwise by `TZ`.
    pub fn zone(&self) -> TimeZone {
        match std::env::var("TZ") {
            Ok(name) if !name.is_empty() => TimeZone::system(),
            _ => TimeZone::fixed(jiff::tz::offset(8)),
        }
    }

    pub fn today(&self) -> Date {
        self.set_day().unwrap_or_else(|| self.zone().to_datetime(self.now()).date())
    }

    /// A day other than the machine's: the one asked for, or that of a kept sample county.
    pub fn set_day(&self) -> Option<Date> {
        self.global.today.or(self.kept_day)
    }

    pub fn location(&self) -> Location {
        match &self.global.database {
            Some(url) => Location::Postgres(url.clone()),
            None => Location::Sqlite(self.global.data.join("tici.sqlite")),
        }
    }

    /// The key that signs checkpoints; made on first use. It belongs to the folder, not to
    /// the database, so that whoever alters the database cannot sign for it.
    pub fn signer(&self) -> Result<Signer, OpsError> {
        let folder = &self.global.data;
        std::fs::create_dir_all(folder).map_err(|error| {
            OpsError::Store(tici_store::StoreError::Io { path: folder.clone(), error })
        })?;
        Ok(Signer::load_or_create(&folder.join("tici.key"), "tici")?)
    }

    /// Opens the ledger that is there. A mistyped folder must not become an empty ledger.
    pub fn open(&self) -> Result<Desk, OpsError> {
        if let Location::Sqlite(file) = self.location()
            && !file.exists()
        {
            let folder = self.global.data.display();
            return Err(OpsError::problem(Problem::error("cli-no-ledger").arg("folder", folder)));
        }
        self.open_or_make()
    }

    /// Opens the ledger, or makes an empty one.
    pub fn open_or_make(&self) -> Result<Desk, OpsError> {
        let store = Store::open(&self.location(), self.signer()?)?;
        Desk::open_beside(store, &self.global.data)
    }

    /// The account that acts: the one named, or the first that may do `action`. Whoever
    /// can read the folder can act for its accounts; the journal names the account.
    pub fn session(&self, desk: &Desk, action: Action) -> Result<Session, OpsError> {
        let snapshot = desk.snapshot()?;
        let mut actors = snapshot.actors.values().filter(|actor| actor.active);
        let found = match &self.global.acting {
            Some(login) => actors.find(|actor| actor.login == *login),
            None => actors.find(|actor| tici_ops::permission::role_has(actor.role, action)),
        };
        match (found, &self.global.acting) {
            (Some(actor), _) => Ok(Session::local(actor.clone())),
            (None, Some(login)) => Err(OpsError::not_found("account", login)),
            (None, None) => {
                let problem = Problem::error("cli-no-account").arg("action", action.code());
                Err(OpsError::problem(problem))
            }
        }
    }
}
