//! `tici claim`, `verify-claim`, `recheck` and `state`, one after the other.

use serde_json::{Value, json};
use tici_testkit::photo::{Says, jpeg};

use crate::run::tici;

#[test]
fn a_start_is_claimed_verified_looked_at_and_the_project_suspended() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a readable path");
    tici(folder.path(), &["demo", "--no-serve", "--keep", path]).ends(0);
    let run = |acting: &str, args: &[&str]| {
        let day = ["--today", "2026-06-18", "--as", acting, "--json"];
        tici(folder.path(), &[args, &day].concat())
    };
    let taken = "2026-06-15T09:00:00".parse().ok();
    let photo = folder.path().join("site.jpg");
    std::fs::write(&photo, jpeg(Says { taken, location: None }, 2, 5)).expect("written");
    let evidence = format!("photo={}", photo.display());
    let add = ["claim", "add", "YX26-016", "started", "--on", "2026-06-15"];

    run("diaodu", &add).ends(1).says(&["claim-lacks"]);
    run("diaodu", &[&add[..], &["--evidence", "photo"]].concat()).ends(1);
    run("diaodu", &[&add[..], &["--evidence", "photo=nowhere.jpg"]].concat()).ends(1);
    let claimed = run("diaodu", &[&add[..], &["--evidence", &evidence]].concat()).ends(0).json();
    assert_eq!(claimed["warnings"][0]["key"], "claim-lacks");
    let id = claimed["claim"].to_string();

    run("diaodu", &["verify-claim", &id]).ends(1).says(&["verdict-on-own-claim"]);
    run("lingdao", &["verify-claim", &id]).ends(3);
    run("shenhe", &["verify-claim", &id]).ends(0);
    let list = ["claim", "list", "--which", "verified", "--project", "YX26-016"];
    let list = run("shenhe", &list).ends(0).json();
    assert_eq!(list["rechecks_open"], 3);
    let stage = |row: &Value| row["stage"] == "started" && row["files"][0]["taken"].is_string();
    assert!(list["claims"].as_array().is_some_and(|rows| rows.iter().any(stage)), "{list}");

    let look = list["rechecks"][0]["series"].to_string();
    run("shenhe", &["recheck", &look, "stopped"]).ends(1).says(&["finding-needs-words"]);
    run("shenhe", &["recheck", &look, "stopped", "--note", "nobody there"]).ends(0);
    run("shenhe", &["verify-claim", &id, "--reverse", "no works"]).ends(0);

    run("diaodu", &["state", "YX26-016", "suspended"]).ends(2);
    run("diaodu", &["state", "YX26-016", "suspended", "--reason", "no funds"]).ends(0);
    let state = run("diaodu", &["state", "YX26-016"]).ends(0).json();
    assert_eq!(
        (&state["state"], &state["history"][0]["reason"]),
        (&json!("suspended"), &json!("no funds"))
    );
    run("diaodu", &["state", "YX26-016", "suspended", "--reason", "x"]).ends(1);
}
