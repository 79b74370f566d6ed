//! One month as a project office lives it, on the sample county and on both databases: June
//! is opened, two towns report with errors and put them right, a start is claimed and
//! verified by somebody else, the month is locked, lit, ranked, talked over, a promise is
//! moved and a figure corrected. Then everything is read as it was known on 20 July.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use tici_domain::change::Verdict;
use tici_domain::{Basis, Lang, Light, Measure, Period, Problem, Stage, TaskState};
use tici_engine::agenda::Why;
use tici_ops::as_of::AsOf;
use tici_ops::claim_stage::{EvidenceFile, NewClaim, claim_stage};
use tici_ops::hold_meeting::{
    NewDecision, NewMeeting, close_meeting, decide, prepare_meeting, view_meeting,
};
use tici_ops::judge_claim::judge_claim;
use tici_ops::keep_promises::{Revision, revise_promise, view_promise, view_promises};
use tici_ops::keep_tasks::{Close, TaskUpdate, update_task};
use tici_ops::lens::LensQuery;
use tici_ops::read_totals::{TotalsAsk, read_totals};
use tici_ops::returns::{
    Judgement, Standing, SubmitOptions, judge_return, lock_round, open_round, read_form,
    submit_files, template, unlock_return, view_place, view_round,
};
use tici_ops::verify_ledger::verify_ledger;
use tici_ops::view_league::{LeagueQuery, view_league};
use tici_ops::view_ledger::LedgerQuery;
use tici_ops::view_lights::{LightsQuery, view_lights};
use tici_ops::view_project::project_by_code;
use tici_ops::{Desk, OpsError, Session};
use tici_testkit::forms::{Typed, retype};
use tici_testkit::photo::{Says, jpeg};

use crate::desks::{as_account, load_county, on_both};
use crate::returns::{error_keys, june, refused, words, zone};

/// A project that has landed and not started, in the port park.
const LANDED: &str = "YX26-016";

/// The ledger with its people.
struct County<'a> {
    desk: &'a Desk,
    office: Session,
    reviewer: Session,
}

/// A town with its account.
struct Town<'a> {
    county: &'a County<'a>,
    account: Session,
    place: i64,
}

/// Nine in the morning of a day, by the county's clock.
fn on(day: Date) -> Timestamp {
    let zone: TimeZone = zone();
    zone.to_timestamp(day.at(9, 0, 0, 0)).expect("a day of the calendar")
}

fn july(day: i8) -> Date {
    date(2026, 7, day)
}

impl<'a> County<'a> {
    fn of(desk: &'a Desk) -> County<'a> {
        County { desk, office: as_account(desk, "diaodu"), reviewer: as_account(desk, "shenhe") }
    }

    fn town(&'a self, login: &str) -> Town<'a> {
        let account = as_account(self.desk, login);
        let place = account.actor.place.expect("a town");
        Town { county: self, account, place }
    }

    /// Investment of the year up to June of every listed project, in yuan.
    fn done(&self, desk: &Desk, today: Date) -> i64 {
        let answer = read_totals(desk, &self.office, &listed(), &TotalsAsk::default(), today);
        let all = answer.expect("totals").count.all;
        i64::try_from(all.totals.sums[&tici_domain::Currency::CNY].done_ytd)
            .expect("a county's money")
    }

    fn lights(&self, desk: &Desk, today: Date) -> [usize; 4] {
        let asked = LightsQuery::default();
        let page = view_lights(desk, &self.office, &listed(), asked, today).expect("lights");
        let count = |light| page.counts.get(&light).copied().unwrap_or(0);
        [Light::Red, Light::Amber, Light::Green, Light::Unreported].map(count)
    }

    fn received(&self, desk: &Desk, today: Date) -> (usize, usize) {
        let page = view_round(desk, &self.office, june(), today, &zone()).expect("June");
        (page.received(), page.places.len())
    }
}

fn listed() -> LedgerQuery {
    let mut query = LedgerQuery::default();
    query.filter.listed = true;
    query.lens.period = Some(june());
    query
}

impl Town<'_> {
    /// The form of June with figures in its first row.
    fn form(&self, typed: &[(&str, Typed)]) -> Vec<u8> {
        let at = (june(), self.place);
        let blank = template(self.county.desk, &self.account, at, Lang::ZhHans, &words());
        let blank = blank.expect("a form");
        let form = read_form("f.xlsx", &blank).0.expect("its own form");
        let cells: Vec<(&str, Typed)> = typed
            .iter()
            .map(|(key, typed)| (form.rows[0].cells[*key].cell.as_str(), typed.clone()))
            .collect();
        retype(&blank, &cells)
    }

    /// The first project of the form, and what it had done by a month, in 万元.
    fn first(&self, desk: &Desk, period: Period) -> (i64, i64) {
        let page = view_place(desk, &self.account, (june(), self.place), Lang::ZhHans);
        let project = page.expect("a page").form.rows[0].project;
        let snapshot = desk.snapshot().expect("a snapshot");
        let (basis, measure) = (Basis::Reported, Measure::INVEST_YTD);
        let cell = snapshot.project_figures.get(project, measure, basis, period);
        (project, cell.map_or(0, |cell| cell.number / 10_000))
    }

    fn send(&self, file: &[u8], day: Date) -> (Vec<Problem>, bool) {
        let files = [("6月月报.xlsx".to_owned(), file.to_vec())];
        let reads = vec![read_form("6月月报.xlsx", file)];
        let options = SubmitOptions::default();
        let sent = submit_files(self.county.desk, &self.account, &files, reads, options, on(day));
        let outcome = sent.expect("read").remove(0);
        (outcome.problems, outcome.entry.is_some())
    }

    fn judge(&self, judgement: Judgement, day: Date) -> Result<(), OpsError> {
        let at = (june(), self.place);
        judge_return(self.county.desk, &self.county.reviewer, at, &judgement, on(day)).map(drop)
    }

    fn standing(&self) -> Standing {
        let at = (june(), self.place);
        view_place(self.county.desk, &self.account, at, Lang::ZhHans).expect("a page").standing
    }
}

#[test]
fn a_month_is_lived_through_and_read_as_it_was_known_on_the_20th() {
    on_both(|desk| {
        load_county(desk);
        let county = County::of(desk);
        let (zone_park, luting) = (county.town("jingkai"), county.town("luting"));
        june_is_opened(&county);
        two_towns_report(&county, &zone_park, &luting);
        the_office_looks_and_accepts(&county, &zone_park, &luting);
        let series = the_promise(&county);
        a_start_is_verified_by_another(&county);
        june_is_locked_lit_and_ranked(&county);
        the_meeting_decides(&county);
        the_promise_is_moved(&county, series);
        a_figure_is_corrected(&county, &zone_park);
        as_known_on_the_20th(&county, &zone_park, series);
        verify_ledger(desk, &county.office, None).expect("the journal proves itself");
    });
}

fn june_is_opened(county: &County) {
    let opened = date(2026, 6, 25);
    open_round(county.desk, &county.office, june(), None, on(opened), opened).expect("opened");
    assert_eq!(county.received(county.desk, opened), (0, 13));
    assert_eq!(county.done(county.desk, opened), 0, "nobody has reported June");
}

fn two_towns_report(county: &County, park: &Town, luting: &Town) {
    let day = date(2026, 6, 28);
    let (_, may) = park.first(county.desk, june().previous());
    let sum = (may + 620).to_string();
    // The park: a unit in a cell of numbers, then a sum that is none, then right.
    let unit = park.form(&[("month", Typed::Words("0.062亿")), ("ytd", Typed::Number(&sum))]);
    let (problems, written) = park.send(&unit, day);
    assert_eq!((error_keys(&problems), written), (vec!["amount-has-unit"], false));
    let wrong = park.form(&[("month", Typed::Number("62")), ("ytd", Typed::Number(&sum))]);
    assert_eq!(error_keys(&park.send(&wrong, day).0), ["check-month-adds"]);
    let right = park.form(&[("month", Typed::Number("620")), ("ytd", Typed::Number(&sum))]);
    let sent = park.send(&right, day);
    assert_eq!((error_keys(&sent.0), sent.1), (vec![], true));
    assert!(!park.send(&right, day).1, "the same workbook again writes nothing");
    assert_eq!(park.standing(), Standing::Submitted);

    // Luting, which never reported May: no change, and a share beyond a hundred.
    let over = luting.form(&[("month", Typed::Number("0")), ("percent", Typed::Number("369"))]);
    assert_eq!(error_keys(&luting.send(&over, day).0), ["check-progress-over"]);
    let right = luting.form(&[("month", Typed::Number("0")), ("ytd", Typed::Words("不变"))]);
    let (problems, written) = luting.send(&right, date(2026, 6, 30));
    assert_eq!((error_keys(&problems), written), (vec![], true));
    assert_eq!(county.received(county.desk, day), (2, 13));
}

fn the_office_looks_and_accepts(county: &County, park: &Town, luting: &Town) {
    let silent = luting.judge(Judgement::Return { reason: " ".into() }, july(1));
    assert_eq!(refused(silent), ["return-needs-reason"]);
    let reason = "请写明停工原因".to_owned();
    luting.judge(Judgement::Return { reason }, july(1)).expect("sent back");
    assert_eq!(luting.standing(), Standing::Returned);
    let early = lock_round(county.desk, &county.office, june(), on(july(1))).map(drop);
    assert_eq!(refused(early), ["round-not-judged"], "the park's still waits");
    let why = luting
        .form(&[("month", Typed::Number("0")), ("issue", Typed::Words("汛期停工，7月15日复工"))]);
    let (problems, written) = luting.send(&why, july(2));
    assert_eq!((error_keys(&problems), written), (vec![], true));
    luting.judge(Judgement::Accept, july(2)).expect("accepted");
    park.judge(Judgement::Accept, july(2)).expect("accepted");
    assert_eq!(county.received(county.desk, july(2)), (2, 13));
}

/// The promise of the half-year, by its series: 62 to start by the end of June.
fn the_promise(county: &County) -> i64 {
    let page = view_promises(county.desk, &county.office, LensQuery::default(), july(2));
    let lines = page.expect("promises").lines;
    let all = lines.iter().max_by_key(|line| line.standing.cohort).expect("a promise");
    assert_eq!((all.standing.cohort, all.standing.done.len()), (62, 41));
    assert!(all.standing.is_broken, "its day was 30 June");
    all.promise.series
}

fn a_start_is_verified_by_another(county: &County) {
    let desk = county.desk;
    let town = as_account(desk, "lingang");
    let project = project_by_code(desk, &town, LANDED).expect("in the port park");
    let snapshot = desk.snapshot().expect("a snapshot");
    let place = snapshot.projects.get(project).and_then(|entry| entry.project.location);
    let says = Says { taken: Some(july(1).at(9, 30, 0, 0)), location: place };
    let file = |kind: &str, file: &str, bytes: Vec<u8>| EvidenceFile {
        kind: kind.into(),
        file: file.into(),
        media_type: "application/octet-stream".into(),
        bytes,
    };
    let evidence = vec![
        file("photo", "破土.jpg", jpeg(says, 2, 7)),
        file("permit", "施工许可.pdf", b"permit".to_vec()),
    ];
    let claim = NewClaim { project, stage: Stage::Started, on: july(1), note: None, evidence };
    let claimed = claim_stage(desk, &town, &claim, on(july(2)), july(2)).expect("claimed").claim;
    let judge = |who: &Session| {
        judge_claim(desk, who, claimed, Verdict::Verified, None, on(july(3)), july(3)).map(drop)
    };
    assert!(matches!(judge(&town), Err(OpsError::NotPermitted { .. })));
    judge(&county.reviewer).expect("verified by another");
    let snapshot = desk.snapshot().expect("a snapshot");
    let entry = snapshot.projects.get(project).expect("a project");
    let state = entry.claim(Stage::Started).expect("a start");
    assert_eq!((state.claim.on, state.stands()), (july(1), true));
}

fn june_is_locked_lit_and_ranked(county: &County) {
    let desk = county.desk;
    lock_round(desk, &county.office, june(), on(july(5))).expect("locked");
    let page = view_round(desk, &county.office, june(), july(5), &zone()).expect("June");
    assert_eq!(page.reminders().len(), 11, "those that have not reported stay shown");
    // 7,220 and 400 of 万元 reported; 40 of the 62 listed projects did not report.
    assert_eq!(county.done(desk, july(6)), 76_200_000);
    assert_eq!(county.lights(desk, july(6)), [10, 6, 6, 40]);
    let query = LeagueQuery {
        lens: LensQuery { period: Some(june()), ..LensQuery::default() },
        ..LeagueQuery::default()
    };
    let page = view_league(desk, &county.office, query, july(6)).expect("a league");
    let rows = &page.league.groups[0].rows;
    let ranked: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let place = &page.snapshot.places[&row.place].short.text;
            Some((row.rank?, place.as_str(), row.total?.0 / 100_000, row.rank_before))
        })
        .collect();
    let expected = [(1, "芦汀镇", 324, Some(12)), (2, "经开区", 306, Some(2))];
    assert_eq!(ranked, expected, "those that did not report have no rank");
    assert!(rows.iter().filter(|row| row.rank.is_none()).all(|row| row.is_incomplete));
}

fn the_meeting_decides(county: &County) {
    let (desk, day) = (county.desk, july(10));
    let office = &county.office;
    let project = project_by_code(desk, office, "YX26-024").expect("on the city's list");
    let meeting = NewMeeting {
        title: "7月调度会".into(),
        on: day,
        chair: String::new(),
        items: vec![(project, Why::RedLight)],
    };
    let (_, series) = prepare_meeting(desk, office, &meeting, on(day)).expect("prepared");
    let decision = NewDecision {
        title: "一周内拿到环评批复".into(),
        owner: "县生态环境分局".into(),
        due: Some(july(17)),
    };
    decide(desk, office, (series, 0), &[decision], on(day), day).expect("taken down");
    close_meeting(desk, office, series, "议毕。", on(day)).expect("closed");
    let read = |day| view_meeting(desk, office, series, day).expect("the meeting");
    let task = read(day).items[0].decisions[0].task.clone();
    assert_eq!(
        (task.state, task.due, task.project),
        (TaskState::Open, Some(july(17)), Some(project))
    );
    let done = TaskUpdate { close: Some(Close::Done(july(16))), ..TaskUpdate::default() };
    update_task(desk, office, task.series, &done, on(july(16)), july(16)).expect("done");
    assert_eq!(read(july(16)).items[0].decisions[0].task.state, TaskState::Kept);
}

fn the_promise_is_moved(county: &County, series: i64) {
    let (desk, office, day) = (county.desk, &county.office, july(12));
    let silent = Revision { due: Some(july(31)), ..Revision::default() };
    let revise = |revision: &Revision| {
        revise_promise(desk, office, series, revision, on(day), day).map(drop)
    };
    assert_eq!(refused(revise(&silent)), ["promise-needs-reason"]);
    revise(&Revision { reason: "汛期，21 个项目顺延一个月".into(), ..silent }).expect("moved");
    let page = view_promise(desk, office, series, LensQuery::default(), day).expect("a promise");
    assert_eq!(page.line.promise.due_original, date(2026, 6, 30), "the first day stays");
    assert_eq!(page.line.promise.due, july(31));
    assert_eq!(page.line.standing.done.len(), 42, "with the start of 1 July");
}

fn a_figure_is_corrected(county: &County, park: &Town) {
    let (desk, day) = (county.desk, july(22));
    let (_, may) = park.first(desk, june().previous());
    let sum = (may + 700).to_string();
    let place = Some(park.place);
    let late = |why: Option<&str>| {
        let mut cells = vec![("month", Typed::Number("700")), ("ytd", Typed::Number(&sum))];
        cells.extend(why.map(|why| ("reason", Typed::Words(why))));
        park.send(&park.form(&cells), day)
    };
    assert_eq!(error_keys(&late(Some("补计")).0), ["return-locked"]);
    let office = &county.office;
    unlock_return(desk, office, june(), place, "园区漏报设备款", on(day)).expect("unlocked");
    let (problems, _) = late(None);
    assert_eq!(
        error_keys(&problems),
        ["return-correction-needs-reason", "return-correction-needs-reason"]
    );
    let (problems, written) = late(Some("补计设备到货 80 万元"));
    assert_eq!((error_keys(&problems), written), (vec![], true));
    park.judge(Judgement::Accept, day).expect("accepted again");
    assert_eq!(park.standing(), Standing::Locked, "with its month");
    let at = (june(), park.place);
    let page = view_place(desk, office, at, Lang::ZhHans).expect("a page");
    let shown: Vec<_> = page
        .corrections
        .iter()
        .map(|c| {
            let number = |value: Option<&tici_domain::Value>| {
                value.and_then(|v| v.as_int()).map(|yuan| yuan / 10_000)
            };
            (c.measure, number(c.before.as_ref()), number(Some(&c.figure.value)))
        })
        .collect();
    assert!(shown.contains(&(Measure::INVEST_MONTH, Some(620), Some(700))), "{shown:?}");
    let ytd = (Measure::INVEST_YTD, Some(may + 620), Some(may + 700));
    assert!(shown.contains(&ytd), "{shown:?}");
}

fn as_known_on_the_20th(county: &County, park: &Town, series: i64) {
    let desk = county.desk;
    let as_of = AsOf::parse("2026-07-20", &zone()).expect("a day");
    let then = desk.looking_back(as_of.entries(desk).expect("counted"));
    let today = as_of.day().expect("a day");
    let (_, may) = park.first(desk, june().previous());
    // The figure before its correction, and the county's sum with it.
    assert_eq!(park.first(&then, june()).1, may + 620);
    assert_eq!(park.first(desk, june()).1, may + 700);
    let (was, is) = (county.done(&then, today), county.done(desk, july(25)));
    assert_eq!((was, is), (76_200_000, 77_000_000), "80 万元 more since");
    // The promise was moved on the 12th, and lights of starts go by its new day.
    assert_eq!(county.lights(&then, july(6)), [3, 0, 19, 40]);
    let before = AsOf::parse("2026-07-11", &zone()).expect("a day");
    let before = desk.looking_back(before.entries(desk).expect("counted"));
    assert_eq!(county.lights(&before, july(6)), [10, 6, 6, 40]);
    // What had been decided by then is known, what came later is not.
    let page = view_promise(&then, &county.office, series, LensQuery::default(), today);
    let page = page.expect("a promise");
    assert_eq!((page.line.promise.due, page.line.standing.done.len()), (july(31), 42));
    let at = (june(), park.place);
    let page = view_place(&then, &county.office, at, Lang::ZhHans).expect("a page");
    assert_eq!((page.standing, page.corrections.len()), (Standing::Locked, 0));
    assert_eq!(county.received(&then, today), (2, 13));
    // On the last of June neither the start nor the move of the promise was known.
    let as_of = AsOf::parse("2026-06-30", &zone()).expect("a day");
    let then = desk.looking_back(as_of.entries(desk).expect("counted"));
    let day = date(2026, 6, 30);
    let page = view_promise(&then, &county.office, series, LensQuery::default(), day);
    let page = page.expect("a promise");
    assert_eq!((page.line.promise.due, page.line.standing.done.len()), (day, 41));
    let refused = unlock_return(&then, &county.office, june(), None, "x", on(july(25)));
    assert!(refused.is_err(), "nobody writes into the past");
}
