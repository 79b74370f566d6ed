//! Chromium, driven through its own driver: one driver for the binary, one browser with an
//! empty profile for each story.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use serde_json::json;
use tempfile::TempDir;

use crate::county::{Served, runtime};
use crate::page::Page;

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

const ARGUMENTS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--window-size=1440,900",
    "--accept-lang=zh-CN",
];

/// Tells one story in a browser of its own, or says that there is none. Whatever happens,
/// the browser is closed after; a story that fails leaves a picture of its last page.
pub fn tell(served: &Served, scripts: Scripts, story: impl AsyncFnOnce(&Page)) {
    let Some(driver) = Driver::shared() else { return };
    let profile = TempDir::new_in(&driver.folder).expect("a profile");
    let client = driver.open(scripts, profile.path());
    let page = Page::new(client.clone(), &driver.address, served.url(""));
    let told = catch_unwind(AssertUnwindSafe(|| runtime().block_on(story(&page))));
    if told.is_err() {
        runtime().block_on(keep_picture(&client));
    }
    // A browser that does not close is ended with its driver.
    let _ = runtime().block_on(client.close());
    if let Err(panic) = told {
        resume_unwind(panic);
    }
}

async fn keep_picture(client: &Client) {
    let name = std::thread::current().name().unwrap_or("story").replace("::", "-");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
    let Ok(png) = client.screenshot().await else { return };
    let kept = File::create(&path).and_then(|mut file| file.write_all(&png));
    if kept.is_ok() {
        eprintln!("the last page is in {}", path.display());
    }
}

/// The driver and what ends it.
struct Driver {
    /// Host and port.
    address: String,
    chromium: PathBuf,
    /// Profiles lie in here; it goes with the process.
    folder: PathBuf,
    /// Closed by the system when this process ends, however it ends.
    _watch: ChildStdin,
    _driver: (Child, BufReader<ChildStdout>),
}

impl Driver {
    fn shared() -> Option<&'static Driver> {
        static DRIVER: OnceLock<Option<Driver>> = OnceLock::new();
        let driver = DRIVER.get_or_init(|| {
            let found = on_path(&["chromedriver"]).zip(on_path(&["chromium", "google-chrome"]));
            found.map(|(driver, chromium)| start(&driver, chromium))
        });
        let must = std::env::var_os("TICI_TEST_REQUIRE_ALL").is_some_and(|value| value == "1");
        assert!(driver.is_some() || !must, "Chromium or chromedriver not found on PATH");
        if driver.is_none() {
            // Written past the capture of tests, so that it is heard.
            let _ = writeln!(std::io::stderr(), "skipped: Chromium not found");
        }
        driver.as_ref()
    }

    fn open(&self, scripts: Scripts, profile: &Path) -> Client {
        let mut args: Vec<String> = ARGUMENTS.map(str::to_owned).to_vec();
        args.push(format!("--user-data-dir={}", profile.display()));
        if scripts == Scripts::Off {
            args.push("--blink-settings=scriptEnabled=false".into());
        }
        let options = json!({ "binary": self.chromium, "args": args });
        let mut wanted = Capabilities::new();
        wanted.insert("browserName".into(), "chrome".into());
        wanted.insert("goog:chromeOptions".into(), options);
        let opened = runtime().block_on(async {
            let connector = hyper_util::client::legacy::connect::HttpConnector::new();
            ClientBuilder::new(connector)
                .capabilities(wanted)
                .connect(&format!("http://{}", self.address))
                .await
        });
        opened.expect("chromedriver opens Chromium")
    }
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut all = names
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)));
    all.find(|file| file.is_file())
}

fn start(driver: &Path, chromium: PathBuf) -> Driver {
    let folder = TempDir::with_prefix("tici-browser-").expect("a folder").keep();
    let mut command = Command::new(driver);
    command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    // A group of its own: the browsers it starts end with it.
    let mut child = command.process_group(0).spawn().expect("chromedriver starts");
    let watch = watch(child.id(), &folder);
    let mut said = BufReader::new(child.stdout.take().expect("piped"));
    let port = port(&mut said);
    let address = format!("127.0.0.1:{port}");
    Driver { address, chromium, folder, _watch: watch, _driver: (child, said) }
}

/// A process that waits for the end of this one, then ends driver and browsers and removes
/// their folder: statics are not dropped, and a test may be killed.
fn watch(group: u32, folder: &Path) -> ChildStdin {
    const WAIT: &str = r#"read -r _; kill -s KILL -- "-$0"; rm -rf -- "$1""#;
    let mut command = Command::new("sh");
    command.args(["-c", WAIT, &group.to_string()]).arg(folder).stdin(Stdio::piped());
    command.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    command.spawn().expect("a shell").stdin.take().expect("piped")
}

/// The driver takes a free port and says which.
fn port(said: &mut impl BufRead) -> u16 {
    let ports = said.lines().map_while(Result::ok).filter_map(|line| {
        let (_, after) = line.split_once("started successfully on port ")?;
        after.trim_end_matches('.').parse().ok()
    });
    ports.take(1).next().expect("chromedriver says its port")
}

#[test]
fn the_watch_ends_what_it_watches() {
    let folder = TempDir::new().expect("a folder").keep();
    let mut sleeper = Command::new("sleep");
    let mut sleeper = sleeper.arg("600").process_group(0).spawn().expect("a process");
    drop(watch(sleeper.id(), &folder));
    // Without the watch this would wait for the sleeper to wake.
    let ended = sleeper.wait().expect("it ends");
    assert_eq!(ended.code(), None, "ended by a signal");
    let patience = std::time::Instant::now();
    while folder.exists() {
        assert!(patience.elapsed().as_secs() < 20, "{} is left", folder.display());
        std::thread::yield_now();
    }
}
