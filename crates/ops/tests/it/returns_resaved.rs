//! A form that another program opened and saved reads back as the same form.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tici_domain::Lang;
use tici_ops::returns::{SubmitOptions, open_round, read_form, submit_files, template};
use tici_testkit::forms::{Typed, retype};

use crate::desks::{as_account, county, now};
use crate::returns::{june, keys, words};

/// Opens and saves with LibreOffice; `None` where it is not installed.
fn resaved(bytes: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (folder.path().join("form.xlsx"), folder.path().join("out"));
    std::fs::write(&from, bytes).expect("written");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("p").display());
    let run = |program: &str| {
        let mut command = Command::new(program);
        command.args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"]);
        command.arg(&to).arg(&from).stdout(Stdio::null()).stderr(Stdio::null()).status()
    };
    let found = ["soffice", "libreoffice"].into_iter().find_map(|name| run(name).ok())?;
    assert!(found.success(), "LibreOffice saves the form");
    Some(std::fs::read(Path::new(&to).join("form.xlsx")).expect("a saved form"))
}

#[test]
fn a_form_saved_by_libreoffice_is_still_the_form() {
    let desk = county();
    let (office, town) = (as_account(&desk, "diaodu"), as_account(&desk, "jingkai"));
    open_round(&desk, &office, june(), None, now(), jiff::civil::date(2026, 6, 25)).expect("open");
    let at = (june(), town.actor.place.expect("a town"));
    let blank = template(&desk, &town, at, Lang::ZhHans, &words()).expect("a form");
    let cells = read_form("f.xlsx", &blank).0.expect("a form").rows[0].cells.clone();
    let typed = [
        (cells["month"].cell.as_str(), Typed::Number("0")),
        (cells["ytd"].cell.as_str(), Typed::Words("不变")),
        (cells["progress"].cell.as_str(), Typed::Words("主厂房封顶 <95%>")),
        (cells["workers"].cell.as_str(), Typed::Formula("400+18", "418")),
        (cells["percent"].cell.as_str(), Typed::Number("38.5")),
    ];
    let sent = retype(&blank, &typed);
    let Some(saved) = resaved(&sent) else {
        // Written past the capture of tests, so that it is heard.
        let _ = writeln!(std::io::stderr(), "skipped: LibreOffice absent");
        return;
    };
    assert_ne!(saved, sent, "another program wrote it");
    let (ours, _) = read_form("f.xlsx", &sent);
    let (theirs, problems) = read_form("f.xlsx", &saved);
    let (ours, theirs) = (ours.expect("a form"), theirs.unwrap_or_else(|| panic!("{problems:?}")));
    assert_eq!(theirs.head, ours.head);
    assert_eq!(theirs.removed, ours.removed);
    assert_eq!(theirs.rows.len(), ours.rows.len());
    for (mine, other) in ours.rows.iter().zip(&theirs.rows) {
        assert_eq!((mine.project, &mine.base), (other.project, &other.base));
        for (key, cell) in &mine.cells {
            assert_eq!(cell.text, other.cells[key].text, "{} {key}", mine.code);
        }
    }
    let files = [("6月.xlsx".to_owned(), saved)];
    let reads = vec![read_form("6月.xlsx", &files[0].1)];
    let outcome = submit_files(&desk, &town, &files, reads, SubmitOptions::default(), now());
    let outcome = outcome.expect("sent").remove(0);
    assert!(!outcome.is_refused(), "{:?}", keys(&outcome.problems));
    assert_eq!(outcome.plan.figures.len(), 5);
    assert!(outcome.entry.is_some());
}
