//! Whatever a page does, a program can do: every form of the pages has its address in the
//! API.

use std::{collections::BTreeSet, fs, path::Path};

use crate::app::Client;

/// Where a page's form goes, and the operation of the API that does the same. `-` stands for
/// what only a browser needs.
const SAME: &[(&str, &str)] = &[
    ("/account/calendar", "keepCalendar"),
    ("/account/password", "changePassword"),
    ("/account/preferences", "keepPreferences"),
    ("/claims/rechecks/{series}", "recordFinding"),
    ("/claims/{claim}/verdicts", "judgeClaim"),
    ("/events", "putEvent"),
    ("/events/{series}", "withdrawEvent"),
    ("/excuses", "excuse"),
    ("/excuses/end", "endExcuse"),
    ("/imports", "import"),
    ("/imports/{id}/commit", "commitImport"),
    ("/imports/{id}/fix", "decideImport"),
    ("/imports/{id}/forget", "forgetImport"),
    ("/imports/{id}/map", "decideImport"),
    ("/imports/{id}/tables", "decideImport"),
    ("/journal/verify", "verifyJournal"),
    ("/league/given", "giveFigures"),
    ("/lists", "changeList"),
    ("/meetings", "prepareMeeting"),
    ("/meetings/{id}/close", "closeMeeting"),
    ("/meetings/{id}/items", "addItem"),
    ("/meetings/{id}/{n}", "decide"),
    ("/pairs", "judgePair"),
    ("/plans", "setPlans"),
    ("/programs/networks", "allowNetworks"),
    ("/programs/tokens", "makeToken"),
    ("/programs/tokens/{series}/revoke", "revokeToken"),
    ("/programs/webhooks", "putWebhook"),
    ("/programs/webhooks/{series}", "testWebhook"),
    ("/projects/views", "saveView"),
    ("/projects/views/forget", "forgetView"),
    ("/projects/{id}/claims", "claimStage"),
    ("/projects/{id}/claims/{claim}/verdicts", "judgeClaim"),
    ("/projects/{id}/package", "setPackage"),
    ("/projects/{id}/state", "changeState"),
    ("/promises", "makePromise"),
    ("/promises/{series}", "revisePromise"),
    ("/returns", "openRound"),
    ("/returns/{period}/lock", "changeRound"),
    ("/returns/{period}/unlock", "changeRound"),
    ("/returns/{period}/{place}", "fillReturn"),
    ("/returns/{period}/{place}/file", "sendReturn"),
    ("/returns/{period}/{place}/verdict", "judgeReturn"),
    ("/rules/{kind}", "adoptRules"),
    ("/sign-in", "beginSession"),
    ("/sign-in/sample", "-"),
    ("/sign-out", "endSession"),
    ("/standards", "import"),
    ("/tasks", "openTask"),
    ("/tasks/{series}", "updateTask"),
];

/// The addresses under `.route(` that take a form.
fn forms(text: &str, into: &mut BTreeSet<String>) {
    for route in text.split(".route(").skip(1) {
        let Some(path) = route.split('"').nth(1) else { continue };
        // The handler ends where the next route or the router does.
        let handler = route.split(';').next().unwrap_or_default();
        let handler = handler.split("\n}").next().unwrap_or_default();
        if handler.contains("post(") {
            into.insert(path.to_owned());
        }
    }
}

fn walk(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder of pages") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => walk(&path, into),
            false => forms(&fs::read_to_string(&path).expect("a page"), into),
        }
    }
}

#[tokio::test]
#[ignore = "forms of the assessment and exchange have no operation yet"]
async fn every_form_has_its_operation() {
    let mut client = Client::stranger();
    let description = client.get("/api/openapi.json").await.text().to_owned();
    let mut pages = BTreeSet::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages"), &mut pages);
    assert!(pages.len() > 30, "the routes of the pages are not found: {pages:?}");
    for page in &pages {
        let same = SAME.iter().find(|(path, _)| path == page);
        let (_, operation) = same.unwrap_or_else(|| panic!("no operation is named for {page}"));
        let named = format!("\"operationId\":\"{operation}\"");
        assert!(*operation == "-" || description.contains(&named), "{page}: no {operation}");
    }
}
