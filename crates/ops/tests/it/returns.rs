//! One month of returns, on both databases: opened, filled in, sent with errors, put right,
//! sent back, accepted, locked, corrected after that, and read as it was before.

use jiff::civil::{Date, date};
use jiff::tz::{TimeZone, offset};
use jiff::{Timestamp, ToSpan};
use tici_domain::{Lang, Measure, Period, Problem, SheetState, Stage};
use tici_ops::returns::form::{COLUMNS, FormRead};
use tici_ops::returns::{
    Filled, FormWords, Judgement, Side, Standing, SubmitOptions, choose_draft, judge_return,
    lock_round, open_round, place_named, read_form, rounds, stage_return, submit_files,
    submit_return, template, unlock_return, view_place, view_round,
};
use tici_ops::{Desk, OpsError, Session};
use tici_testkit::forms::{Typed, reorder, retype};

use crate::desks::{as_account, county, load_county, now, on_both};

pub const OPENED: Date = date(2026, 6, 25);
pub const FIRST_LINE: u32 = 5;

pub fn june() -> Period {
    Period::month(2026, 6).expect("a month")
}

/// The words of a form, as far as a test needs them.
pub fn words() -> FormWords {
    FormWords {
        title: "月报".into(),
        sheet: "月报".into(),
        notes_sheet: "说明".into(),
        headers: COLUMNS.iter().map(|column| column.key.to_owned()).collect(),
        stages: vec![(Stage::Signed, "签约".into()), (Stage::Started, "开工".into())],
        no_change: "不变".into(),
        number_wanted: "数".into(),
        stage_wanted: "阶段".into(),
        ..FormWords::default()
    }
}

pub fn zone() -> TimeZone {
    TimeZone::fixed(offset(8))
}

/// One ledger with its people, and moments one after another.
pub struct Month<'a> {
    pub desk: &'a Desk,
    pub office: Session,
    pub reviewer: Session,
    pub town: Session,
    pub place: i64,
    at: std::cell::Cell<Timestamp>,
}

impl<'a> Month<'a> {
    pub fn open(desk: &'a Desk, login: &str) -> Month<'a> {
        let town = as_account(desk, login);
        let place = town.actor.place.expect("a town");
        let office = as_account(desk, "diaodu");
        open_round(desk, &office, june(), None, now(), OPENED).expect("opened");
        let at = std::cell::Cell::new(now());
        Month { desk, office, reviewer: as_account(desk, "shenhe"), town, place, at }
    }

    pub fn now(&self) -> Timestamp {
        self.at.set(self.at.get() + 1.minute());
        self.at.get()
    }

    pub fn blank(&self) -> Vec<u8> {
        let at = (june(), self.place);
        template(self.desk, &self.town, at, Lang::ZhHans, &words()).expect("a form")
    }

    pub fn send(&self, file: &[u8], options: SubmitOptions) -> (Vec<Problem>, Option<i64>) {
        let files = [("6月月报.xlsx".to_owned(), file.to_vec())];
        let reads = files.iter().map(|(name, bytes)| read_form(name, bytes)).collect();
        let sent = submit_files(self.desk, &self.town, &files, reads, options, self.now());
        let outcome = sent.expect("read").remove(0);
        (outcome.problems, outcome.entry)
    }

    pub fn judge(&self, who: &Session, judgement: Judgement) -> Result<(), OpsError> {
        let at = (june(), self.place);
        judge_return(self.desk, who, at, &judgement, self.now()).map(drop)
    }

    pub fn standing(&self) -> Standing {
        let page = view_place(self.desk, &self.town, (june(), self.place), Lang::ZhHans);
        page.expect("a page").standing
    }

    pub fn ytd(&self, project: i64) -> Option<i64> {
        let snapshot = self.desk.snapshot().expect("a snapshot");
        let (basis, measure) = (tici_domain::Basis::Reported, Measure::INVEST_YTD);
        snapshot.project_figures.get(project, measure, basis, june()).map(|cell| cell.number)
    }
}

pub fn keys(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.key.as_str()).collect()
}

pub fn errors(problems: &[Problem]) -> Vec<(&str, &str)> {
    let errors = problems.iter().filter(|p| p.severity == tici_domain::Severity::Error);
    errors.map(|problem| (problem.key.as_str(), problem.cell.as_str())).collect()
}

pub fn error_keys(problems: &[Problem]) -> Vec<&str> {
    errors(problems).into_iter().map(|(key, _)| key).collect()
}

pub fn refused(result: Result<(), OpsError>) -> Vec<String> {
    match result {
        Err(OpsError::Problems(problems)) => problems.into_iter().map(|p| p.key).collect(),
        other => panic!("problems were expected, not {other:?}"),
    }
}

pub fn read(bytes: &[u8]) -> FormRead {
    let (read, problems) = read_form("f.xlsx", bytes);
    read.unwrap_or_else(|| panic!("not read: {problems:?}"))
}

/// What stands in May, in 万元, and the cells of a row.
pub fn may(bytes: &[u8], desk: &Desk, index: usize) -> (i64, i64, impl Fn(&str) -> String + use<>) {
    let form = read(bytes);
    let row = form.rows[index].clone();
    let project = row.project.expect("a project");
    let snapshot = desk.snapshot().expect("a snapshot");
    let (basis, measure) = (tici_domain::Basis::Reported, Measure::INVEST_YTD);
    let may = june().previous();
    let cell = snapshot.project_figures.get(project, measure, basis, may);
    let ytd = cell.map_or(0, |cell| cell.number / 10_000);
    (project, ytd, move |key: &str| row.cells[key].cell.clone())
}

#[test]
fn one_month_from_opening_to_a_correction_after_the_lock() {
    on_both(|desk| {
        load_county(desk);
        let month = Month::open(desk, "jingkai");
        let again = open_round(desk, &month.office, june(), None, now(), OPENED).map(drop);
        assert_eq!(refused(again), ["round-already-open"]);
        let sent = sent_with_mistakes_then_right(&month);
        let before_lock = sent_back_accepted_and_locked(&month, &sent);
        corrected_after_the_lock(&month);
        read_as_it_was(&month, before_lock);
        assert_eq!(desk.store.verify(None).expect("a report").first_bad, None);
    });
}

fn sent_with_mistakes_then_right(month: &Month) -> Vec<u8> {
    let (desk, blank) = (month.desk, month.blank());
    let (project, ytd, cell) = may(&blank, desk, 0);
    assert!(ytd > 0, "the first project has reported May");
    // Two mistakes: a unit in the cell, and a sum that is none.
    let (month_cell, ytd_cell) = (cell("month"), cell("ytd"));
    let wrong_sum = (ytd + 999).to_string();
    let wrong = [
        (month_cell.as_str(), Typed::Number("100")),
        (ytd_cell.as_str(), Typed::Number(&wrong_sum)),
    ];
    let (problems, entry) = month.send(&retype(&blank, &wrong), SubmitOptions::default());
    assert_eq!(errors(&problems), [("check-month-adds", ytd_cell.as_str())]);
    assert_eq!(entry, None, "nothing was written");
    let unit = [(ytd_cell.as_str(), Typed::Words("6.2亿"))];
    let (problems, _) = month.send(&retype(&blank, &unit), SubmitOptions::default());
    assert_eq!(errors(&problems), [("amount-has-unit", ytd_cell.as_str())]);
    let suggestion = problems[0].args.iter().find(|(name, _)| name == "suggestion");
    assert_eq!(suggestion.map(|(_, value)| value.as_str()), Some("62000"));

    // Put right: written once, and the same file again writes nothing.
    let sum = (ytd + 100).to_string();
    let right =
        [(month_cell.as_str(), Typed::Number("100")), (ytd_cell.as_str(), Typed::Number(&sum))];
    let sent = retype(&blank, &right);
    let (problems, entry) = month.send(&sent, SubmitOptions::default());
    assert_eq!(errors(&problems), []);
    assert!(entry.is_some());
    assert_eq!(month.ytd(project), Some((ytd + 100) * 10_000));
    let head = desk.store.head().expect("a head");
    let (_, again) = month.send(&sent, SubmitOptions::default());
    assert_eq!((again, desk.store.head().expect("a head")), (None, head));
    sent
}

fn sent_back_accepted_and_locked(month: &Month, sent: &[u8]) -> i64 {
    let desk = month.desk;
    let (_, _, cell) = may(sent, desk, 0);
    // Checked: not by the sender, with a reason, then accepted and locked.
    let own = month.judge(&month.town, Judgement::Accept);
    assert!(matches!(own, Err(OpsError::NotPermitted { .. })), "{own:?}");
    let silent = month.judge(&month.reviewer, Judgement::Return { reason: " ".into() });
    assert_eq!(refused(silent), ["return-needs-reason"]);
    let reason = "形象进度没有写".to_owned();
    month.judge(&month.reviewer, Judgement::Return { reason }).expect("sent back");
    assert_eq!(month.standing(), Standing::Returned);
    let waiting = view_round(desk, &month.office, june(), OPENED, &zone());
    let waiting = waiting.expect("a round");
    assert_eq!((waiting.received(), waiting.places.len()), (0, 13));
    assert_eq!(waiting.reminders().len(), 13);
    let text = [(cell("progress"), "主厂房封顶")];
    let text: Vec<(&str, Typed)> =
        text.iter().map(|(cell, text)| (cell.as_str(), Typed::Words(text))).collect();
    let (problems, _) = month.send(&retype(sent, &text), SubmitOptions::default());
    assert_eq!(errors(&problems), []);
    month.judge(&month.reviewer, Judgement::Accept).expect("accepted");
    let before_lock = desk.store.head().expect("a head");
    let lock = || lock_round(desk, &month.office, june(), month.now()).map(drop);
    lock().expect("locked");
    assert_eq!(month.standing(), Standing::Locked);
    assert_eq!(refused(lock()), ["round-locked-already"]);
    before_lock
}

fn corrected_after_the_lock(month: &Month) {
    let desk = month.desk;
    let (_, ytd, cell) = may(&month.blank(), desk, 0);
    let (month_cell, ytd_cell) = (cell("month"), cell("ytd"));
    // After the lock: refused, unlocked with a reason, corrected with a reason, shown.
    let more = (ytd + 150).to_string();
    let late =
        [(month_cell.as_str(), Typed::Number("150")), (ytd_cell.as_str(), Typed::Number(&more))];
    let late = retype(&month.blank(), &late);
    let (problems, _) = month.send(&late, SubmitOptions::default());
    assert!(keys(&problems).contains(&"return-locked"), "{problems:?}");
    let place = Some(month.place);
    let unlock = |reason: &str| {
        unlock_return(desk, &month.office, june(), place, reason, month.now()).map(drop)
    };
    assert_eq!(refused(unlock("")), ["return-needs-reason"]);
    unlock("漏报设备款").expect("unlocked");
    let (problems, _) = month.send(&late, SubmitOptions::default());
    assert!(keys(&problems).contains(&"return-correction-needs-reason"), "{problems:?}");
    let why = cell("reason");
    let late = retype(&late, &[(why.as_str(), Typed::Words("补计设备到货"))]);
    let (problems, entry) = month.send(&late, SubmitOptions::default());
    assert_eq!(errors(&problems), []);
    assert!(entry.is_some());
    month.judge(&month.reviewer, Judgement::Accept).expect("accepted again");
    assert_eq!(month.standing(), Standing::Locked, "with the round");
    let page = view_place(desk, &month.office, (june(), month.place), Lang::ZhHans);
    let page = page.expect("a page");
    let ytd_fixed = page.corrections.iter().find(|c| c.measure == Measure::INVEST_YTD);
    let ytd_fixed = ytd_fixed.expect("the correction is shown as one");
    assert_eq!(ytd_fixed.before.as_ref().and_then(|v| v.as_int()), Some((ytd + 100) * 10_000));
    assert_eq!(ytd_fixed.figure.value.as_int(), Some((ytd + 150) * 10_000));
    assert_eq!(ytd_fixed.figure.reason.as_deref(), Some("补计设备到货"));
}

fn read_as_it_was(month: &Month, before_lock: i64) {
    let desk = month.desk;
    // As it was known before the lock.
    let then = view_round(&desk.looking_back(before_lock), &month.office, june(), OPENED, &zone());
    let then = then.expect("a round");
    let line = then.places.iter().find(|line| line.place.id == month.place);
    assert_eq!(line.map(|line| line.standing), Some(Standing::Accepted));
}

#[test]
fn blank_zero_and_no_change_are_three_things() {
    let desk = county();
    let month = Month::open(&desk, "jingkai");
    let blank = month.blank();
    let (zero, _, zero_cell) = may(&blank, &desk, 0);
    let (same, same_ytd, same_cell) = may(&blank, &desk, 1);
    let (none, _, _) = may(&blank, &desk, 2);
    let cells = [
        (zero_cell("month"), Typed::Number("0")),
        (same_cell("month"), Typed::Words("不变")),
        (same_cell("ytd"), Typed::Words("No change")),
    ];
    let cells: Vec<(&str, Typed)> =
        cells.iter().map(|(cell, typed)| (cell.as_str(), typed.clone())).collect();
    let (problems, entry) = month.send(&retype(&blank, &cells), SubmitOptions::default());
    assert_eq!(errors(&problems), []);
    assert!(entry.is_some());
    let snapshot = desk.snapshot().expect("a snapshot");
    let figure = |project, measure| {
        let basis = tici_domain::Basis::Reported;
        snapshot.project_figures.get(project, measure, basis, june()).map(|cell| cell.number)
    };
    assert_eq!(figure(zero, Measure::INVEST_MONTH), Some(0));
    assert_eq!(figure(zero, Measure::INVEST_YTD), None);
    assert_eq!(figure(same, Measure::INVEST_MONTH), Some(0));
    assert_eq!(figure(same, Measure::INVEST_YTD), Some(same_ytd * 10_000));
    assert_eq!(figure(none, Measure::INVEST_MONTH), None);
}

#[test]
fn rows_may_be_sorted_cut_and_pasted_and_nothing_is_lost() {
    let desk = county();
    let month = Month::open(&desk, "jingkai");
    let blank = month.blank();
    let (first, ytd, cell) = may(&blank, &desk, 0);
    let (second, _, other) = may(&blank, &desk, 1);
    let (sum, plain) = ((ytd + 7).to_string(), cell("ytd"));
    let month_cell = cell("month");
    let typed =
        [(month_cell.as_str(), Typed::Formula("3+4", "7")), (plain.as_str(), Typed::Number(&sum))];
    let typed = retype(&blank, &typed);
    let count = read(&typed).rows.len() as u32;
    let mut lines: Vec<u32> = (FIRST_LINE..FIRST_LINE + count).rev().collect();
    lines.retain(|line| *line != FIRST_LINE + 1);
    let moved = reorder(&typed, FIRST_LINE, &lines);
    let form = read(&moved);
    assert_eq!(form.removed.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [second]);
    assert_eq!(form.rows.last().and_then(|row| row.project), Some(first));
    let (problems, entry) = month.send(&moved, SubmitOptions::default());
    assert_eq!(errors(&problems), []);
    let said = keys(&problems);
    assert!(said.contains(&"form-row-removed") && said.contains(&"form-formula"), "{said:?}");
    assert!(entry.is_some());
    assert_eq!(month.ytd(first), Some((ytd + 7) * 10_000));

    // A row of another town, and one of nobody's.
    let luting = as_account(&desk, "luting").actor.place.expect("a town");
    let snapshot = desk.snapshot().expect("a snapshot");
    let theirs = snapshot.projects.iter().find(|entry| entry.project.place == Some(luting));
    let theirs = theirs.expect("a project of Luting").project.code.clone();
    let (code, unknown) = (other("total").replace('D', "A"), cell("total").replace('D', "A"));
    let pasted =
        [(code.as_str(), Typed::Words(&theirs)), (unknown.as_str(), Typed::Words("XX-999"))];
    let pasted = retype(&month.blank(), &pasted);
    let (problems, entry) = month.send(&pasted, SubmitOptions::default());
    let wrong: Vec<&str> = errors(&problems).into_iter().map(|(key, _)| key).collect();
    assert_eq!(wrong, ["form-row-unknown", "form-row-elsewhere"]);
    assert_eq!(entry, None);
    let lenient = SubmitOptions { leave_out: true, ..SubmitOptions::default() };
    let (problems, _) = month.send(&pasted, lenient);
    assert_eq!(errors(&problems), [], "left out on request");
}

#[test]
fn a_form_of_another_place_period_or_ledger_is_refused_where_it_is_handed_in() {
    let desk = county();
    let month = Month::open(&desk, "jingkai");
    let may = june().previous();
    let at = |period| (period, month.place);
    let stage = |period, bytes: Vec<u8>| {
        stage_return(&desk, &month.town, at(period), "f.xlsx", bytes, now()).map(drop)
    };
    stage(june(), month.blank()).expect("its own form");
    assert_eq!(refused(stage(may, month.blank())), ["form-other-period"]);
    let elsewhere = as_account(&desk, "luting");
    let place = elsewhere.actor.place.expect("a town");
    let theirs = template(&desk, &elsewhere, (june(), place), Lang::ZhHans, &words());
    assert_eq!(refused(stage(june(), theirs.expect("a form"))), ["form-other-place"]);
    // A ledger that has fewer entries than the form was made from.
    let other = county();
    let there = Month::open(&other, "jingkai");
    let (problems, _) = there.send(&month.blank(), SubmitOptions::default());
    assert_eq!(errors(&problems), [], "the same county, the same moment");
    let newer = there.blank();
    assert_eq!(refused(stage(june(), newer)), ["form-other-ledger"]);
    assert_eq!(refused(stage(june(), b"a,b\n1,2\n".to_vec())), ["form-not-ours"]);
}

#[test]
fn two_people_on_one_cell_see_both_values_and_choose() {
    on_both(|desk| {
        load_county(desk);
        let month = Month::open(desk, "jingkai");
        let at = (june(), month.place);
        let blank = month.blank();
        let (project, ytd, cell) = may(&blank, desk, 0);
        let sum = |more: i64| (ytd + more).to_string();
        let (month_cell, ytd_cell) = (cell("month"), cell("ytd"));
        let typed = |more: i64| {
            let (more, sum) = (more.to_string(), sum(more));
            let cells = [
                (month_cell.as_str(), Typed::Number(&more)),
                (ytd_cell.as_str(), Typed::Number(&sum)),
            ];
            retype(&blank, &cells)
        };
        // The office takes the page, the town sends a workbook made before that.
        let page = view_place(desk, &month.office, at, Lang::ZhHans).expect("a page");
        let (problems, _) = month.send(&typed(10), SubmitOptions::default());
        assert_eq!(errors(&problems), []);
        let mut by_hand: Filled = page.filled.clone();
        by_hand.put(project, "month", "20");
        by_hand.put(project, "ytd", &sum(20));
        let submit =
            |filled: &Filled| submit_return(desk, &month.office, at, filled, None, month.now());
        let error = submit(&by_hand).expect_err("two values");
        let OpsError::Problems(problems) = error else { panic!("{error}") };
        assert_eq!(error_keys(&problems), ["form-conflict", "form-conflict"]);
        let args = &problems[0].args;
        assert!(args.contains(&("mine".into(), "20".into())), "{args:?}");
        assert!(args.contains(&("theirs".into(), "10".into())), "{args:?}");
        let keep = |filled: &mut Filled| *filled = by_hand.clone();
        choose_draft(desk, &month.office, at, Filled::default, keep, now()).expect("kept");
        let page = view_place(desk, &month.office, at, Lang::ZhHans).expect("a page");
        assert_eq!(page.plan.conflicts.len(), 2, "side by side on the page");
        assert!(page.has_draft);
        for column in ["month", "ytd"] {
            by_hand.decided.insert(format!("{project}.{column}"), Side::Mine);
        }
        submit(&by_hand).expect("decided");
        assert_eq!(month.ytd(project), Some((ytd + 20) * 10_000));
        // A second workbook from the same old state: decided on the command line.
        let (problems, _) = month.send(&typed(30), SubmitOptions::default());
        assert_eq!(error_keys(&problems), ["form-conflict", "form-conflict"]);
        let theirs = SubmitOptions { conflicts: Some(Side::Theirs), ..SubmitOptions::default() };
        let (problems, _) = month.send(&typed(30), theirs);
        assert_eq!(errors(&problems), []);
        assert_eq!(month.ytd(project), Some((ytd + 20) * 10_000));
    });
}

#[test]
fn the_county_has_its_rounds_with_luting_missing() {
    let desk = county();
    let office = as_account(&desk, "diaodu");
    let all = rounds(&desk, &office).expect("rounds");
    let periods: Vec<String> = all.iter().map(|round| round.period.to_string()).collect();
    assert_eq!(periods, ["2026-05", "2026-04", "2026-03", "2026-02", "2026-01"]);
    let day = tici_testkit::TODAY;
    let may = view_round(&desk, &office, june().previous(), day, &zone()).expect("May");
    assert_eq!((may.received(), may.places.len()), (12, 13));
    let missing: Vec<&str> =
        may.reminders().iter().map(|line| line.place.short.text.as_str()).collect();
    assert_eq!(missing, ["芦汀镇"]);
    assert_eq!(may.reminders()[0].days_late, 15, "3 June to 18 June");
    let snapshot = desk.snapshot().expect("a snapshot");
    let april = snapshot.records.round_of("monthly", june().previous().previous());
    let april = &april.expect("April").row;
    let states = snapshot.records.sheets.values().filter(|kept| kept.row.round == april.series);
    assert!(states.into_iter().all(|kept| kept.row.state == SheetState::Locked));
    let place = place_named(&snapshot, &office, "芦汀镇").expect("a place").id;
    let town = as_account(&desk, "jingkai");
    assert!(place_named(&snapshot, &town, &place.to_string()).is_err(), "not its own");
}
