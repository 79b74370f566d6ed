//! What can be wrong with a return that comes in, one case after another: which problem is
//! said of which cell, in three languages, and that nothing of it is written.

use jiff::civil::date;
use tici_domain::{Lang, Period, Problem, Severity};
use tici_ops::returns::form::FormRead;
use tici_ops::returns::{
    SubmitOptions, open_round, read_form, stage_return, submit_files, template,
};
use tici_ops::{OpsError, Session};
use tici_testkit::forms::{Typed, reorder, retype, retype_on};
use tici_web::i18n::T;

use crate::county::{Served, now, own};

const FIRST_LINE: u32 = 5;
/// The hidden sheet is the last of three.
const HIDDEN: usize = 3;

fn june() -> Period {
    Period::month(2026, 6).expect("a month")
}

/// A county with June open, and the forms that are spoiled below.
struct Spoil {
    served: Served,
    town: Session,
    place: i64,
    blank: Vec<u8>,
    form: FormRead,
}

impl Spoil {
    fn new() -> Spoil {
        let served = own();
        let office = served.session("diaodu");
        let opened = date(2026, 6, 25);
        open_round(&served.desk, &office, june(), None, now(), opened).expect("opened");
        let town = served.session("jingkai");
        let place = town.actor.place.expect("a town");
        let blank = form_of(&served, &town, (june(), place));
        let form = read_form("f.xlsx", &blank).0.expect("its own form");
        Spoil { served, town, place, blank, form }
    }

    /// Where a column of a row stands, such as `H5`.
    fn cell(&self, row: usize, key: &str) -> String {
        self.form.rows[row].cells[key].cell.clone()
    }

    /// Where the code of a row stands.
    fn code_cell(&self, row: usize) -> String {
        format!("A{}", self.form.rows[row].line)
    }

    fn typed(&self, cells: &[(String, Typed)]) -> Vec<u8> {
        let cells: Vec<(&str, Typed)> =
            cells.iter().map(|(cell, typed)| (cell.as_str(), typed.clone())).collect();
        retype(&self.blank, &cells)
    }

    /// What is said of a workbook that is handed in; nothing is written.
    fn said(&self, file: &[u8]) -> Vec<Problem> {
        let files = [("f.xlsx".to_owned(), file.to_vec())];
        let reads = vec![read_form("f.xlsx", file)];
        let head = self.head();
        let options = SubmitOptions::default();
        let sent = submit_files(&self.served.desk, &self.town, &files, reads, options, now());
        let outcome = sent.expect("read").remove(0);
        assert_eq!(outcome.entry.is_none(), outcome.is_refused(), "{:?}", outcome.problems);
        if outcome.is_refused() {
            assert_eq!(self.head(), head, "a refused workbook writes nothing");
        }
        outcome.problems
    }

    /// What is said where it is handed in on the page of one place and period.
    fn said_on_page(&self, at: (Period, i64), file: &[u8]) -> Vec<Problem> {
        let head = self.head();
        let staged =
            stage_return(&self.served.desk, &self.town, at, "f.xlsx", file.to_vec(), now());
        assert_eq!(self.head(), head, "a draft is not in the journal");
        match staged {
            Ok(problems) | Err(OpsError::Problems(problems)) => problems,
            Err(error) => panic!("{error}"),
        }
    }

    fn head(&self) -> i64 {
        self.served.desk.store.head().expect("a head")
    }
}

fn form_of(served: &Served, who: &Session, at: (Period, i64)) -> Vec<u8> {
    let words = T::new(Lang::ZhHans).form_words("镇", at.0);
    template(&served.desk, who, at, Lang::ZhHans, &words).expect("a form")
}

/// The first problem of a key, where it is, how severe, and in words of three languages.
fn expect(case: &str, said: &[Problem], key: &str, severity: Severity, cell: &str, words: &str) {
    let found = said.iter().find(|problem| problem.key == key);
    let found = found.unwrap_or_else(|| panic!("{case}: no {key} in {said:?}"));
    assert_eq!((found.severity, found.cell.as_str()), (severity, cell), "{case}");
    let mut told = Vec::new();
    for lang in Lang::ALL {
        let t = T::new(lang);
        let problem = t.return_problem(found);
        let (what, fix) = (t.problem(&problem), t.problem_fix(&problem));
        for text in [&what, &fix] {
            assert!(!text.is_empty() && !text.contains(key), "{case} in {lang:?}: {text}");
            assert!(!text.contains('{'), "{case} in {lang:?}: {text}");
        }
        told.push((what, fix));
    }
    assert!(told[0].0.contains(words), "{case}: {} lacks {words}", told[0].0);
    let [hans, hant, en] = [0, 1, 2].map(|lang| format!("{}{}", told[lang].0, told[lang].1));
    assert!(hans != en && hant != en, "{case}: {told:?}");
    let errors = said.iter().filter(|problem| problem.severity == Severity::Error).count();
    assert_eq!(errors, usize::from(severity == Severity::Error), "{case}: {said:?}");
}

#[test]
fn a_cell_that_cannot_be_taken_is_named_with_its_address() {
    let spoil = Spoil::new();
    let long = "长".repeat(1_001);
    let cases: &[(&str, &str, Typed, &str, Severity, &str)] = &[
        ("unit", "month", Typed::Words("6.2亿"), "amount-has-unit", Severity::Error, "6.2亿"),
        ("words", "ytd", Typed::Words("约三千"), "amount-unreadable", Severity::Error, "约三千"),
        ("dollars", "month", Typed::Words("US$300"), "amount-other-currency", Severity::Error, "$"),
        ("absurd", "ytd", Typed::Number("1e16"), "amount-absurd", Severity::Error, "当月累计"),
        ("minus", "month", Typed::Number("-5"), "check-month-negative", Severity::Error, "小于 0"),
        ("percent", "percent", Typed::Number("369"), "check-progress-over", Severity::Error, "369"),
        ("stage", "stage", Typed::Words("快了"), "form-stage-unknown", Severity::Error, "快了"),
        ("people", "workers", Typed::Words("很多"), "number-unreadable", Severity::Error, "很多"),
        ("long", "progress", Typed::Words(&long), "form-text-long", Severity::Error, "1000"),
        (
            "dead",
            "month",
            Typed::Formula("'[x]1'!A1", ""),
            "formula-without-value",
            Severity::Error,
            "",
        ),
        ("error", "month", Typed::Words("#REF!"), "cell-error", Severity::Error, "#REF!"),
        (
            "total",
            "total",
            Typed::Number("1"),
            "check-plan-over-total",
            Severity::Error,
            "大于总投资",
        ),
    ];
    for (case, column, typed, key, severity, words) in cases {
        let cell = spoil.cell(0, column);
        let said = spoil.said(&spoil.typed(&[(cell.clone(), typed.clone())]));
        let words = if *case == "absurd" { "" } else { words };
        expect(case, &said, key, *severity, &cell, words);
    }
    // One click puts the unit right.
    let said = spoil.said(&spoil.typed(&[(spoil.cell(0, "month"), Typed::Words("6.2亿"))]));
    assert!(said[0].args.contains(&("suggestion".into(), "62000".into())), "{said:?}");
}

#[test]
fn rows_that_went_or_came_are_named() {
    let spoil = Spoil::new();
    let count = spoil.form.rows.len() as u32;
    let all: Vec<u32> = (FIRST_LINE..FIRST_LINE + count).collect();
    let desk = &spoil.served.desk;
    let luting = spoil.served.session("luting").actor.place;
    let snapshot = desk.snapshot().expect("a snapshot");
    let theirs = snapshot.projects.iter().find(|entry| entry.project.place == luting);
    let theirs = theirs.expect("a project of theirs").project.code.clone();
    let own = spoil.form.rows[0].code.clone();
    let code = |row: usize, code: &str| {
        let cells = [(spoil.code_cell(row), Typed::Words(code))];
        spoil.typed(&cells)
    };
    let cell = spoil.code_cell(1);
    let elsewhere = spoil.said(&code(1, &theirs));
    expect("pasted", &elsewhere, "form-row-elsewhere", Severity::Error, &cell, "芦汀镇");
    let unknown = spoil.said(&code(1, "XX-999"));
    expect("added", &unknown, "form-row-unknown", Severity::Error, &cell, "XX-999");
    let twice = spoil.said(&code(1, &own));
    expect("twice", &twice, "form-row-twice", Severity::Error, &cell, "两行");
    let restored = spoil.said(&code(1, ""));
    expect("no code", &restored, "form-code-restored", Severity::Warning, &cell, "按名称");
    // Removed: said, and what the ledger has stays; sorted the other way round: nothing.
    let removed = spoil.said(&reorder(&spoil.blank, FIRST_LINE, &all[1..]));
    expect("removed", &removed, "form-row-removed", Severity::Warning, "", &own);
    let turned: Vec<u32> = all.iter().rev().copied().collect();
    let formula = [(spoil.cell(0, "workers"), Typed::Formula("40+2", "42"))];
    let sorted = spoil.said(&reorder(&spoil.typed(&formula), FIRST_LINE, &turned));
    let at = format!("S{}", FIRST_LINE + count - 1);
    expect("formula", &sorted, "form-formula", Severity::Warning, &at, "42");
    let keys: Vec<&str> = sorted.iter().map(|problem| problem.key.as_str()).collect();
    assert!(!keys.iter().any(|key| key.starts_with("form-row")), "{keys:?}");
}

#[test]
fn a_workbook_for_something_else_is_refused_as_a_whole() {
    let spoil = Spoil::new();
    let (served, place) = (&spoil.served, spoil.place);
    let may = june().previous();
    let luting = served.session("luting");
    let there = luting.actor.place.expect("a town");
    let theirs = form_of(served, &luting, (june(), there));
    let error = Severity::Error;
    let said = spoil.said_on_page((may, place), &spoil.blank);
    expect("period", &said, "form-other-period", error, "", "2026年6月");
    let said = spoil.said_on_page((june(), place), &theirs);
    expect("place", &said, "form-other-place", error, "", "芦汀镇");
    expect("not his", &spoil.said(&theirs), "return-not-yours", error, "", "芦汀镇");
    let april = form_of(served, &spoil.town, (may.previous(), place));
    expect("locked", &spoil.said(&april), "return-locked", error, "", "锁定");
    let hidden = |cell, text| retype_on(&spoil.blank, HIDDEN, &[(cell, Typed::Words(text))]);
    expect("layout", &spoil.said(&hidden("B1", "9")), "form-other-layout", error, "", "9");
    expect("no mark", &spoil.said(&hidden("A1", "x")), "form-not-ours", error, "", "对照页");
    expect("keys", &spoil.said(&hidden("B4", "soon")), "form-keys-broken", error, "", "对照页");
    expect("round", &spoil.said(&hidden("B4", "2027-01")), "form-no-round", error, "", "2027年1月");
    expect("ledger", &spoil.said(&hidden("B6", "99999")), "form-other-ledger", error, "", "99999");
    let above = (1..FIRST_LINE).flat_map(|line| ('A'..='U').map(move |at| format!("{at}{line}")));
    let marks: Vec<(String, Typed)> = above.map(|cell| (cell, Typed::Nothing)).collect();
    expect("no marks", &spoil.said(&spoil.typed(&marks)), "form-no-columns", error, "", "标记");
    // Files that are no workbooks at all fail as files, with a way forward.
    for bytes in [&b"code,month\n1,2\n"[..], b"", &spoil.blank[..200]] {
        let said = spoil.said(bytes);
        assert!(Problem::any_error(&said), "{said:?}");
    }
}
