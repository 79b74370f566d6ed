//! The commands of lights, league, board, tasks, meeting and rules, in three languages.

use std::path::Path;

use crate::run::{Ran, tici};

/// Runs a command on the sample county's day.
fn run(folder: &Path, args: &[&str]) -> Ran {
    let args: Vec<&str> = args.iter().copied().chain(["--today", "2026-06-18"]).collect();
    tici(folder, &args)
}

#[test]
fn the_month_is_told_by_command_in_every_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a readable path");
    run(folder.path(), &["demo", "--no-serve", "--keep", path]).ends(0);
    let cases: [(&[&str], [&str; 3]); 6] = [
        (&["lights", "--listed"], ["进度：", "進度：", "Progress:"]),
        (&["league"], ["石鹿镇", "石鹿鎮", "Shilu"]),
        (&["board"], ["签约", "簽約", "Signed"]),
        (&["tasks", "list"], ["超期", "超期", "overdue"]),
        (&["meeting", "minutes"], ["三日内改毕", "三日內改畢", "Review comments"]),
        (&["rules", "list"], ["调度会议题", "調度會議題", "Meeting agenda"]),
    ];
    for (args, words) in cases {
        for (lang, word) in ["zh-Hans", "zh-Hant", "en"].iter().zip(words) {
            let in_lang: Vec<&str> = args.iter().copied().chain(["--lang", lang]).collect();
            let text = run(folder.path(), &in_lang).ends(0).text();
            assert!(text.contains(word), "{args:?} {lang}: no {word} in {text}");
        }
        let json: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        let value = run(folder.path(), &json).ends(0).json();
        assert!(value.is_object() || value.is_array(), "{args:?}: {value}");
    }
    adopts(folder.path());
    closes(folder.path());
}

fn adopts(folder: &Path) {
    let file = folder.join("ours.toml");
    let path = file.to_str().expect("a readable path");
    let preset = run(folder, &["rules", "show", "lights", "yinchuan"]).ends(0).text();
    std::fs::write(&file, format!("{preset}\nrain = 1\n")).expect("written");
    let wrong = ["rules", "adopt", "lights", path, "--from", "2026-06-01"];
    run(folder, &wrong).ends(1);
    run(folder, &["rules", "check", "lights", path]).ends(1);
    std::fs::write(&file, &preset).expect("written");
    run(folder, &["rules", "check", "lights", path]).ends(0);
    run(folder, &wrong).ends(0);
    let listed = run(folder, &["rules", "list", "--json"]).ends(0).json();
    assert_eq!(listed["kinds"][0]["now"], "ours.toml");
    assert_eq!(listed["kinds"][0]["versions"][0]["from"], "2026-06-01");
    assert_eq!(run(folder, &["lights", "--json"]).ends(0).json()["rules"], "yinchuan");
    let april = run(folder, &["lights", "--period", "2026-04", "--json"]).ends(0).json();
    assert_eq!(april["rules"], "yanxi");
}

fn closes(folder: &Path) {
    let out = folder.join("minutes.xlsx");
    let path = out.to_str().expect("a readable path");
    run(folder, &["meeting", "minutes", "--out", path]).ends(0);
    let bytes = std::fs::read(&out).expect("a workbook");
    assert_eq!(&bytes[..2], b"PK", "a workbook is a zip");
    let prepare = ["meeting", "agenda", "--prepare", "周调度", "--json"];
    run(folder, &prepare).ends(0);
    let closed = run(folder, &["meeting", "close", "散会", "--json"]).ends(0).json();
    assert!(closed["meeting"].as_i64().is_some_and(|series| series > 0), "{closed}");
    // What is closed is not closed again.
    let again = closed["meeting"].to_string();
    run(folder, &["meeting", "close", "--meeting", &again]).ends(1);
}
