//! Every page, in light and dark, in three languages, on a desk and on a phone, under the
//! rules of WCAG 2.2 A and AA that a machine can check (`accessibility.js`).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::browser::{Scripts, tell};
use crate::county::{Served, own, shared};
use crate::page::Page;
use crate::stories::{IMPORT, sample};

const RULES: &str = include_str!("accessibility.js");
const OVERLAP: &str = include_str!("overlap.js");
pub const LANGUAGES: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];
pub const THEMES: [&str; 2] = ["light", "dark"];
pub const WIDTHS: [u32; 3] = [1440, 1024, 390];
/// Between the three: nothing runs out of the window there either.
const WIDTHS_BETWEEN: [u32; 3] = [1280, 1200, 768];

/// Rule and element, with what was wrong and where it was seen.
type Findings = BTreeMap<(String, String), (String, Vec<String>)>;

#[test]
fn every_page_can_be_read_and_used_by_everybody() {
    let served = own();
    tell(&served, Scripts::On, async |page| {
        page.sign_in("diaodu").await;
        let mut findings = Findings::new();
        for (name, path) in pages(page, &served).await {
            for language in LANGUAGES {
                look(page, (&name, &path, language), &mut findings).await;
            }
        }
        report(&findings);
    });
}

/// What can be opened, by a name for the report.
pub async fn pages(page: &Page, served: &Served) -> Vec<(String, String)> {
    upload(page, "county/芦汀镇5月月报.csv").await;
    page.go("form.cbar button").await;
    let done = page.at().await;
    upload(page, "county/经开区6月旬报.xlsx").await;
    let check = page.at().await;
    let project = served.project("YX26-001");
    let waiting = waiting_claim(served);
    let head = served.desk.store.head().expect("a head") - 1;
    let paths = [
        ("cockpit", "/".to_owned()),
        ("menu, open", "/#menu".into()),
        ("ledger", "/projects".into()),
        ("ledger, nothing found", "/projects?text=%E6%B2%A1%E6%9C%89&tier=all".into()),
        ("project", format!("/projects/{project}")),
        ("figure", format!("/projects/{project}?figure=invest_ytd.2026-05.reported")),
        ("project with a claim to judge", format!("/projects/{waiting}")),
        ("import", IMPORT.into()),
        ("import, check", check),
        ("import, done", done),
        ("board", "/board".into()),
        ("meetings", "/meetings".into()),
        ("meeting, one item", "/meetings/9/4".into()),
        ("minutes", "/meetings/9/minutes".into()),
        ("tasks", "/tasks".into()),
        ("journal", "/journal".into()),
        ("entry", format!("/journal/{head}")),
        ("components", "/components".into()),
        ("account", "/account".into()),
        ("sign-in", "/sign-in".into()),
        ("no such page", "/nothing/here".into()),
    ];
    let mut pages = paths.map(|(name, path)| (name.to_owned(), path)).to_vec();
    // Whatever else the menu leads to, so that a new page is looked at as soon as it exists.
    for link in page.all(".nav a[href^='/']").await {
        let path = link.attr("href").await.expect("an element").unwrap_or_default();
        if pages.iter().all(|(_, known)| *known != path) {
            pages.push((path.trim_start_matches('/').to_owned(), path));
        }
    }
    pages
}

async fn upload(page: &Page, file: &str) {
    page.open(IMPORT).await;
    page.hand_in("#file", &sample(file)).await;
    page.go(&format!("form[action='{IMPORT}'] button")).await;
}

/// The address of a page in a language.
pub fn address(path: &str, language: &str) -> String {
    let (path, place) = path.split_once('#').map_or((path, ""), |(path, place)| (path, place));
    let sign = if path.contains('?') { '&' } else { '?' };
    let hash = if place.is_empty() { "" } else { "#" };
    format!("{path}{sign}lang={language}{hash}{place}")
}

/// The project whose newest claim has no verdict yet.
fn waiting_claim(served: &Served) -> i64 {
    let snapshot = served.desk.snapshot().expect("a snapshot");
    let mut entries = snapshot.projects.iter();
    let waiting = entries.find(|entry| entry.claims.iter().any(|claim| claim.verdict.is_none()));
    waiting.expect("a claim that waits").project.id
}

async fn look(page: &Page, (name, path, language): (&str, &str, &str), findings: &mut Findings) {
    page.resize(WIDTHS[0], 900).await;
    page.open(&address(path, language)).await;
    for theme in THEMES {
        let set = "document.documentElement.dataset.theme = arguments[0]";
        page.run(set, vec![json!(theme)]).await.expect("a theme");
        for width in WIDTHS {
            page.resize(width, 900).await;
            let first = theme == THEMES[0] && width == WIDTHS[0];
            let parts = match (first, language) {
                (true, "zh-Hans") => json!(["structure", "looks", "focus"]),
                (true, _) => json!(["structure", "looks"]),
                (false, _) => json!(["looks"]),
            };
            let found = page.run(RULES, vec![parts]).await.expect("the rules run");
            let place = format!("{name}, {theme}, {language}, {width}");
            take(findings, &found, &place);
            // Colours move nothing: once is enough.
            if theme == THEMES[0] {
                let found = page.run(OVERLAP, vec![]).await.expect("the rules run");
                take(findings, &found, &place);
            }
        }
    }
    for width in WIDTHS_BETWEEN {
        page.resize(width, 900).await;
        let found = page.run(RULES, vec![json!(["scrolling"])]).await.expect("the rules run");
        take(findings, &found, &format!("{name}, {language}, {width}"));
    }
}

fn take(findings: &mut Findings, found: &Value, place: &str) {
    for finding in found.as_array().expect("a list") {
        let part = |index: usize| finding[index].as_str().unwrap_or_default().to_owned();
        let kept = findings.entry((part(0), part(1))).or_insert((part(2), Vec::new()));
        kept.1.push(place.to_owned());
    }
}

fn report(findings: &Findings) {
    const PLACES_SHOWN: usize = 3;
    let mut lines = Vec::new();
    for ((rule, element), (detail, places)) in findings {
        let more = places.len().saturating_sub(PLACES_SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let places = places[..places.len().min(PLACES_SHOWN)].join(" | ");
        lines.push(format!("{rule}: {element}  {detail}\n    {places}{more}"));
    }
    assert!(lines.is_empty(), "{} findings\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn a_refused_password_is_tied_to_its_field() {
    tell(shared(), Scripts::On, async |page| {
        page.open("/sign-in?lang=en").await;
        page.fill("#login", "nobody").await;
        page.fill("#password", "not a password").await;
        page.go("form[action='/sign-in'] button").await;
        let tied = page.attribute("#password", "aria-describedby").await;
        assert_eq!(page.attribute("#password", "aria-invalid").await, "true");
        page.reads(&format!("#{tied}[role=alert]"), &["password"]).await;
        let mut findings = Findings::new();
        let parts = vec![json!(["structure", "looks", "focus"])];
        let found = page.run(RULES, parts).await.expect("the rules run");
        take(&mut findings, &found, "sign-in, refused");
        report(&findings);
    });
}
