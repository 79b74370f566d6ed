//! A window as a story uses it: find, click, fill. Everything waits until it can be done
//! and says what was missing when it cannot.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::{PrintConfigurationBuilder, PrintSize};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::ask::ask;

/// How long anything may take before a story has failed.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(20);

pub struct Page {
    client: Client,
    /// Address of the driver.
    driver: String,
    base: String,
}

impl Page {
    pub fn new(client: Client, driver: &str, base: String) -> Page {
        Page { client, driver: driver.into(), base }
    }

    /// Goes to an address of the server.
    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.expect(path);
    }

    /// Path and query of where the window is.
    pub async fn at(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        url.as_str().strip_prefix(&self.base).unwrap_or(url.as_str()).to_owned()
    }

    /// Signs in as a post of the sample, by its button.
    pub async fn sign_in(&self, login: &str) {
        self.open("/sign-in").await;
        self.go(&format!("button[name=login][value={login}]")).await;
    }

    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).every(LOOK_EVERY);
        match found.for_element(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!("no {css} at {}: {error}", self.at().await),
        }
    }

    /// What stands there now; may be nothing.
    pub async fn all(&self, css: &str) -> Vec<Element> {
        self.client.find_all(Locator::Css(css)).await.expect(css)
    }

    pub async fn count(&self, css: &str) -> usize {
        self.all(css).await.len()
    }

    /// The text of an element, with blanks as single spaces.
    pub async fn text(&self, css: &str) -> String {
        let text = self.find(css).await.text().await.expect(css);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub async fn texts(&self, css: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.all(css).await {
            texts.push(element.text().await.expect(css));
        }
        texts
    }

    pub async fn attribute(&self, css: &str, name: &str) -> String {
        self.find(css).await.attr(name).await.expect(css).unwrap_or_default()
    }

    /// Fails unless the text of an element holds all of `parts`.
    pub async fn reads(&self, css: &str, parts: &[&str]) {
        let text = self.text(css).await;
        for part in parts {
            assert!(text.contains(part), "{css} at {} lacks {part:?}:\n{text}", self.at().await);
        }
    }

    /// Clicks something that stays on the page.
    pub async fn click(&self, css: &str) {
        self.act(css, async |element| element.click().await).await;
    }

    /// Clicks something that leads to another page, and waits for it.
    pub async fn go(&self, css: &str) {
        self.leave(css, async |element| element.click().await).await;
    }

    pub async fn fill(&self, css: &str, text: &str) {
        let element = self.find(css).await;
        element.clear().await.expect(css);
        element.send_keys(text).await.expect(css);
    }

    /// Types into a field that takes effect on Enter.
    pub async fn enter(&self, css: &str, text: &str) {
        self.fill(css, text).await;
        self.leave(css, async |element| element.send_keys(&Key::Enter.to_string()).await).await;
    }

    /// Chooses a value that takes effect at once.
    pub async fn choose_and_go(&self, css: &str, value: &str) {
        self.leave(css, async |element| element.select_by_value(value).await).await;
    }

    pub async fn choose(&self, css: &str, value: &str) {
        self.find(css).await.select_by_value(value).await.expect(css);
    }

    /// Hands a file to a field. (A file field cannot be cleared first.)
    pub async fn hand_in(&self, css: &str, path: &std::path::Path) {
        let path = path.to_str().expect("a readable path");
        self.find(css).await.send_keys(path).await.expect(css);
    }

    /// Does something that leads to another page and waits until that page is complete.
    pub async fn leave(&self, css: &str, act: impl AsyncFn(Element) -> Result<(), CmdError>) {
        self.run("window.leaving = true", vec![]).await.expect("a script");
        self.act(css, act).await;
        let arrived = "return !window.leaving && document.readyState === 'complete'";
        self.until(&format!("leave the page by {css}"), arrived).await;
    }

    /// Waits until a script says true. A page that is just going answers nothing.
    pub async fn until(&self, what: &str, script: &str) {
        let started = Instant::now();
        while self.run(script, vec![]).await.ok() != Some(Value::Bool(true)) {
            assert!(started.elapsed() < PATIENCE, "did not {what}; at {}", self.at().await);
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn act(&self, css: &str, act: impl AsyncFn(Element) -> Result<(), CmdError>) {
        let element = self.find(css).await;
        // As a person does who sees it half covered by a bar.
        let middle = "arguments[0].scrollIntoView({ block: 'center', inline: 'nearest' })";
        let itself = serde_json::to_value(&element).expect("an element is JSON");
        self.run(middle, vec![itself]).await.expect(css);
        if let Err(error) = act(element).await {
            panic!("{css} at {}: {error}", self.at().await);
        }
    }

    /// Runs a script of the test's own, which works also where the page's may not run.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, CmdError> {
        self.client.execute(script, arguments).await
    }

    /// What the window shows, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.client.screenshot().await.expect("a picture")
    }

    /// The page as it is printed, in the size its style asks for, as PDF.
    pub async fn sheets(&self) -> Vec<u8> {
        let mut how = PrintConfigurationBuilder::default();
        how = how.background(true).size(PrintSize { width: 29.7, height: 21.0 });
        self.client.print(how.build().expect("an A4 sheet")).await.expect("sheets")
    }

    /// The width and height of the window's inside, as a phone or a desk has them.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// A command of the browser's own protocol, for which WebDriver has no word.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let session = self.client.session_id().await.expect("a driver").expect("a session");
        let path = format!("/session/{session}/goog/cdp/execute");
        let body = json!({ "cmd": command, "params": parameters }).to_string();
        let answer = ask(&self.driver, "POST", &path, &[], body.as_bytes());
        assert_eq!(answer.status, 200, "{command}: {}", answer.text());
        serde_json::from_str(&answer.text()).expect("JSON")
    }
}
