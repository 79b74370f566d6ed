//! What each side sees of a return: the reporter's warnings and words, who did what, what
//! really changed, and how many have reported.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use tici_domain::{Lang, Problem, Severity};
use tici_ops::as_of::AsOf;
use tici_ops::lens::LensQuery;
use tici_ops::returns::form::MONTHLY;
use tici_ops::returns::{
    Filled, Judgement, PlacePage, SubmitOptions, choose_draft, lock_round, sent_back, stage_return,
    submit_return, unlock_return, view_place, view_round,
};
use tici_ops::view_cockpit::view_cockpit;
use tici_ops::{OpsError, Session};
use tici_testkit::forms::{Typed, reorder, retype};

use crate::desks::{as_account, county, now};
use crate::returns::{FIRST_LINE, Month, error_keys, june, keys, may, read, zone};

fn page(month: &Month, who: &Session) -> PlacePage {
    view_place(month.desk, who, (june(), month.place), Lang::ZhHans).expect("a page")
}

fn warned(problems: &[Problem]) -> Vec<&str> {
    let mut keys = keys(problems);
    keys.retain(|key| *key != "check-amount-missing");
    keys
}

/// The form with a sum that does not add up, why it does not, a formula and a row cut out.
fn odd(month: &Month) -> (i64, Vec<u8>) {
    let blank = month.blank();
    let (project, ytd, cell) = may(&blank, month.desk, 0);
    let (month_cell, ytd_cell, why) = (cell("month"), cell("ytd"), cell("reason"));
    let sum = (ytd + 12).to_string();
    let typed = [
        (month_cell.as_str(), Typed::Formula("3+4", "7")),
        (ytd_cell.as_str(), Typed::Number(&sum)),
        (why.as_str(), Typed::Words("补计4月到货")),
    ];
    let typed = retype(&blank, &typed);
    let count = read(&typed).rows.len() as u32;
    let mut lines: Vec<u32> = (FIRST_LINE..FIRST_LINE + count).collect();
    lines.remove(1);
    (project, reorder(&typed, FIRST_LINE, &lines))
}

#[test]
fn the_office_sees_what_the_reporter_was_warned_of_and_said() {
    let desk = county();
    let month = Month::open(&desk, "jingkai");
    let (project, file) = odd(&month);
    let (problems, entry) = month.send(&file, SubmitOptions::default());
    assert!(entry.is_some());
    assert_eq!(warned(&problems), ["form-formula", "form-row-removed", "check-month-adds"]);
    for who in [&month.reviewer, &month.town] {
        let page = page(&month, who);
        assert!(page.is_said && !page.has_draft);
        assert_eq!(warned(&page.plan.problems), warned(&problems));
        assert!(page.plan.problems.iter().all(|p| p.severity == Severity::Warning));
        assert_eq!(page.filled.text(project, "reason"), "补计4月到货");
    }
    // Only to explain is to hand in as well: nothing but words has changed.
    let reason = Judgement::Return { reason: "说得不清".into() };
    month.judge(&month.reviewer, reason).expect("sent back");
    let mut filled = page(&month, &month.town).filled;
    filled.put(project, "reason", "补计4月到货，合同另附");
    filled.note = "已与统计局核对".into();
    let at = (june(), month.place);
    let (sent, plan) =
        submit_return(&desk, &month.town, at, &filled, None, month.now()).expect("sent");
    assert_eq!((sent.entries.len(), plan.figures.len()), (1, 1));
    let page = page(&month, &month.reviewer);
    assert_eq!(page.filled.text(project, "reason"), "补计4月到货，合同另附");
    assert_eq!(page.filled.note, "已与统计局核对");
    assert_eq!(page.versions[0].sheet.reason.as_deref(), Some("已与统计局核对"));
    // A note as long as a report is none.
    let long = Filled { note: "长".repeat(401), ..filled };
    let refused = submit_return(&desk, &month.town, at, &long, None, month.now());
    let Err(OpsError::Problems(problems)) = refused else { panic!("{refused:?}") };
    assert_eq!(error_keys(&problems), ["return-note-long"]);
}

#[test]
fn what_reading_a_workbook_found_stays_with_the_draft_until_it_is_put_right() {
    let desk = county();
    let month = Month::open(&desk, "jingkai");
    let at = (june(), month.place);
    let (_, file) = odd(&month);
    stage_return(&desk, &month.town, at, "f.xlsx", file, now()).expect("read");
    let staged = page(&month, &month.town);
    assert_eq!(
        warned(&staged.plan.problems),
        ["form-formula", "form-row-removed", "check-month-adds"]
    );
    // The row that was left out is filled in on the page: nothing typed is lost.
    let left_out = staged.form.rows[1].clone();
    let change = |change: &dyn Fn(&mut Filled)| {
        choose_draft(&desk, &month.town, at, Filled::default, |f| change(f), now()).expect("kept");
        page(&month, &month.town)
    };
    let mended = change(&|filled| {
        filled.take_in(&left_out);
        filled.put(left_out.project, "month", "0");
        filled.put(staged.form.rows[0].project, "month", "12");
    });
    assert_eq!(warned(&mended.plan.problems), Vec::<&str>::new());
    assert_eq!(mended.filled.text(left_out.project, "month"), "0");

    // One project in two rows stops the return until one of them is chosen.
    let (_, _, other) = may(&month.blank(), &desk, 1);
    let code = other("total").replace('D', "A");
    let own = staged.form.rows[0].code.clone();
    let twice = retype(&month.blank(), &[(code.as_str(), Typed::Words(&own))]);
    stage_return(&desk, &month.town, at, "f.xlsx", twice, now()).expect("read");
    let twice = page(&month, &month.town);
    assert_eq!(error_keys(&twice.plan.problems), ["form-row-twice"]);
    let refused = submit_return(&desk, &month.town, at, &twice.filled, None, now());
    assert!(matches!(refused, Err(OpsError::Problems(_))), "not written twice");
    let chosen = change(&|filled| filled.keep_line(FIRST_LINE));
    assert_eq!(error_keys(&chosen.plan.problems), Vec::<&str>::new());
}

#[test]
fn who_handed_in_accepted_and_locked_stay_apart() {
    let desk = county();
    let month = Month::open(&desk, "jingkai");
    let line = || {
        let round = view_round(&desk, &month.office, june(), date(2026, 6, 26), &zone());
        let places = round.expect("a round").places;
        places.into_iter().find(|line| line.place.id == month.place).expect("its line")
    };
    let who = || {
        let hands = line().hands;
        [hands.submitted, hands.accepted, hands.locked, hands.returned]
            .map(|meta| meta.map(|meta| meta.by.actor))
    };
    let [town, reviewer, office] =
        [&month.town, &month.reviewer, &month.office].map(|session| Some(session.actor.id));
    assert_eq!(who(), [None; 4]);
    month.send(&month.blank(), SubmitOptions::default());
    assert_eq!(who(), [town, None, None, None]);
    month.judge(&month.reviewer, Judgement::Accept).expect("accepted");
    assert_eq!(who(), [town, reviewer, None, None]);
    lock_round(&desk, &month.office, june(), month.now()).expect("locked");
    assert_eq!(who(), [town, reviewer, office, None]);
    let hands = line().hands;
    let at = [hands.submitted, hands.accepted, hands.locked].map(|meta| meta.expect("done").by.at);
    assert!(at[0] < at[1] && at[1] < at[2], "{at:?}");
    let place = Some(month.place);
    unlock_return(&desk, &month.office, june(), place, "漏报", month.now()).expect("unlocked");
    assert_eq!(who()[3], office);
    let snapshot = desk.snapshot().expect("a snapshot");
    let waiting = |session| sent_back(&desk, session, &snapshot).expect("read");
    let mine = waiting(&month.town);
    assert_eq!((mine.len(), mine[0].meta.sheet.reason.as_deref()), (1, Some("漏报")));
    let others = as_account(&desk, "luting");
    assert_eq!((waiting(&others).len(), waiting(&month.office).len()), (0, 0));
    // A return accepted after the lock is locked by the same hand.
    month.send(&month.blank(), SubmitOptions::default());
    assert_eq!(who(), [town, None, None, None]);
    month.judge(&month.reviewer, Judgement::Accept).expect("accepted");
    assert_eq!(who(), [town, reviewer, reviewer, None]);
}

#[test]
fn a_cell_is_changed_when_its_value_is_not_when_its_text_is() {
    let desk = county();
    let month = Month::open(&desk, "jingkai");
    let at = (june(), month.place);
    let mut first = page(&month, &month.town).filled;
    let project = first.rows[0].project.expect("a project");
    let (_, ytd, _) = may(&month.blank(), &desk, 0);
    let total = ytd + 62_000;
    first.put(project, "month", "62000");
    first.put(project, "ytd", &total.to_string());
    first.put(project, "percent", "36.9");
    first.put(project, "stage", "started");
    submit_return(&desk, &month.town, at, &first, None, month.now()).expect("sent");
    let grouped = format!("{},{:03}", total / 1000, total % 1000);
    let cases: [(&str, &str, bool); 12] = [
        ("month", "62,000", false),
        ("month", " 62000.00 ", false),
        ("month", "６２０００", false),
        ("month", "6.2亿", false),
        ("month", "62000万元", false),
        ("month", "6.3亿", true),
        ("month", "不变", true),
        ("month", "", true),
        ("ytd", &grouped, false),
        ("percent", "36.90", false),
        ("stage", "开工", false),
        ("stage", "在建", true),
    ];
    for (column, text, is_changed) in cases {
        let change = |filled: &mut Filled| filled.put(project, column, text);
        let fresh = || page(&month, &month.town).filled;
        choose_draft(&desk, &month.town, at, fresh, change, now()).expect("kept");
        let changed = page(&month, &month.town).plan.changed;
        let key = format!("{project}.{column}");
        assert_eq!(changed.contains(&key), is_changed, "{column} {text}: {changed:?}");
        tici_ops::returns::drop_draft(&desk, &month.town, at).expect("dropped");
    }
}

#[test]
fn a_correction_after_the_lock_needs_new_words() {
    let desk = county();
    let month = Month::open(&desk, "jingkai");
    let at = (june(), month.place);
    let mut filled = page(&month, &month.town).filled;
    let project = filled.rows[0].project.expect("a project");
    filled.put(project, "workers", "40");
    filled.put(project, "reason", "含分包");
    submit_return(&desk, &month.town, at, &filled, None, month.now()).expect("sent");
    month.judge(&month.reviewer, Judgement::Accept).expect("accepted");
    let back = Judgement::Return { reason: "人数不对".into() };
    month.judge(&month.reviewer, back).expect("sent back");
    let mut filled = page(&month, &month.town).filled;
    filled.put(project, "workers", "52");
    let sent = submit_return(&desk, &month.town, at, &filled, None, month.now());
    let Err(OpsError::Problems(problems)) = sent else { panic!("{sent:?}") };
    assert_eq!(error_keys(&problems), ["return-correction-needs-reason"]);
    filled.put(project, "reason", "漏了夜班");
    submit_return(&desk, &month.town, at, &filled, None, month.now()).expect("sent");
    let corrections = page(&month, &month.office).corrections;
    assert_eq!(corrections.len(), 1, "the words are no correction of their own");
    assert_eq!(corrections[0].figure.reason.as_deref(), Some("漏了夜班"));
}

/// Every page that says how many have reported counts alike, at every moment.
#[test]
fn the_cockpit_and_the_round_count_alike_at_every_moment() {
    assert_eq!(tici_engine::reporters::MONTHLY, MONTHLY);
    let desk = county();
    let mut seen = std::collections::BTreeSet::new();
    for login in ["diaodu", "luting"] {
        let who = as_account(&desk, login);
        let days = std::iter::successors(Some(date(2026, 1, 20)), |day| Some(*day + 3.days()));
        for day in days.take_while(|day| *day <= date(2026, 6, 18)) {
            let Some(counted) = counted_on(&desk, &who, day) else { continue };
            seen.insert(counted);
        }
    }
    assert!(seen.contains(&(12, 13)) && seen.contains(&(13, 13)) && seen.contains(&(0, 1)));
    assert!(seen.len() > 6, "rounds that were filling up: {seen:?}");
}

fn counted_on(desk: &tici_ops::Desk, who: &Session, day: Date) -> Option<(usize, usize)> {
    let night = AsOf::parse(&day.to_string(), &zone()).expect("a day");
    let then = desk.looking_back(night.entries(desk).expect("a head"));
    let newest = tici_ops::returns::rounds(&then, who).expect("rounds").first()?.period;
    let query = LensQuery { period: Some(newest), ..LensQuery::default() };
    let cockpit = view_cockpit(&then, who, query, day).expect("a page");
    let round = view_round(&then, who, newest, day, &zone()).expect("a round");
    let told: Vec<_> = round.places.iter().map(|l| (l.place.id, l.standing, l.told)).collect();
    let reporting = &cockpit.cockpit.reporting;
    assert_eq!(*reporting, round.reporting, "{day}");
    let mut there: Vec<_> =
        reporting.places.iter().map(|p| (p.place, p.standing.expect("a round"), p.told)).collect();
    let mut told = told;
    there.sort();
    told.sort();
    assert_eq!(there, told, "{day}");
    let by_state: usize =
        tici_ops::returns::Standing::ALL.iter().map(|one| reporting.count(*one)).sum();
    assert_eq!(by_state, reporting.places.len(), "the states add up to all places");
    Some((round.received(), reporting.places.len()))
}
