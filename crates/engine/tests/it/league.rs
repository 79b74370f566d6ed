//! The league: every preset with a table worked by hand, then ties, gaps, the month before,
//! the constant cohort, and what a bad file is told.

use tici_domain::change::Project;
use tici_domain::event::{EventItem, EventKind};
use tici_domain::{Change, Event, ListTier, Measure, Name, SideState, Stage};
use tici_engine::league::{
    Given, League, LeagueInput, LeagueRules, PRESETS, Row, Score, league, preset, rules_or_preset,
};
use tici_engine::{FactsTable, Lens, Snapshot};
use tici_testkit::{builders as b, table};

use crate::ledger;

/// Millions of yuan to yuan.
const MILLION: i64 = 1_000_000;

/// Reads `id | place | tier | sector | state | started | completed | producing | entered |
/// planned | plan | ytd | april`; money in millions of yuan, `ytd` to May 2026 and `april`
/// to April. Places 2 to 6 are towns A to E of county 1.
fn changes(text: &str) -> Vec<Change> {
    let mut changes = vec![Change::Place(b::place(1, "county", None))];
    for (id, name) in (2..).zip(["A", "B", "C", "D", "E"]) {
        changes.push(Change::Place(b::place(id, name, Some(1))));
    }
    let mut ids = 0;
    let mut next = || {
        ids += 1;
        ids
    };
    for row in table::parse(text).rows() {
        let id = row.int("id");
        changes.push(Change::Project(Project {
            place: row.some("place").map(|name| 2 + i64::from(name.as_bytes()[0] - b'A')),
            sector: row.some("sector").map(str::to_owned),
            state: row.some("state").and_then(SideState::parse).unwrap_or(SideState::Active),
            ..b::project(id, &format!("P{id}"))
        }));
        if let Some(tier) = row.some("tier").and_then(ListTier::parse) {
            changes.push(Change::ListMembership(b::list(next(), id, tier, 2026)));
        }
        let stages = [
            ("started", Stage::Started),
            ("completed", Stage::Completed),
            ("producing", Stage::InProduction),
            ("entered", Stage::StatEntered),
        ];
        for (column, stage) in stages {
            if let Some(day) = row.some(column) {
                changes.push(Change::StageClaim(b::claim(next(), id, stage, day)));
            }
        }
        if let Some(day) = row.some("planned") {
            changes.push(Change::Milestone(b::milestone(next(), id, "started", day)));
        }
        if let Some(plan) = row.some_int("plan") {
            changes.push(Change::Plan(b::plan(next(), id, "2026", plan * MILLION)));
        }
        for (column, month) in [("april", "2026-04"), ("ytd", "2026-05")] {
            if let Some(done) = row.some_int(column) {
                let done = done * MILLION;
                let figure = b::figure(next(), id, Measure::INVEST_YTD, month, done);
                changes.push(Change::Figure(figure));
            }
        }
    }
    changes
}

fn start_event(id: i64, place: i64, projects: &[i64]) -> Change {
    let item =
        |project: &i64| EventItem { project: *project, total: None, plan_year: None, sector: None };
    Change::Event(Event {
        id,
        series: id,
        kind: EventKind::Start,
        name: Name::new("start"),
        on: b::day("2026-03-28"),
        site: None,
        place: Some(place),
        items: projects.iter().map(item).collect(),
        withdrawn: false,
        reason: None,
        replaces: None,
    })
}

/// Reads `key | A | B | …`: figures from beside the ledger, in thousandths.
fn given(text: &str) -> Vec<Given> {
    let table = table::parse(text);
    let mut given = Vec::new();
    for row in table.rows() {
        for (place, name) in (2..).zip(&table.header()[1..]) {
            if let Some(value) = row.some_int(name) {
                let key = row.text("key").to_owned();
                let source = "office".to_owned();
                given.push(Given { place, key, value: value * 1_000, source });
            }
        }
    }
    given
}

fn lens(month: &str) -> Lens {
    let period = b::period(month);
    let today = period.last_day();
    Lens { period, stock_period: period, today, start_deadline: None, ..ledger::lens() }
}

fn run(rules: &LeagueRules, changes: &[Change], given: &[Given]) -> League {
    let snapshot = ledger::snapshot(changes);
    run_on(rules, &snapshot, given)
}

fn run_on(rules: &LeagueRules, snapshot: &Snapshot, given: &[Given]) -> League {
    let table = FactsTable::new(snapshot, &lens("2026-05"));
    let before = FactsTable::new(snapshot, &lens("2026-04"));
    let input = LeagueInput {
        snapshot,
        table: &table,
        before: Some(&before),
        given,
        given_before: given,
        scope: None,
    };
    league(&input, rules).0
}

fn name(row: &Row) -> String {
    char::from(b'A' + (row.place - 2) as u8).to_string()
}

/// Compares one group with `place | rank | total | item…`; a blank score is missing.
fn check(rules: &LeagueRules, league: &League, text: &str) {
    let expected = table::parse(text);
    let rows = &league.groups[0].rows;
    let print = |score: Option<Score>| {
        let text = score.map_or(String::new(), |score| score.print(6).replace('−', "-"));
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    };
    assert_eq!(rows.len(), expected.len(), "{league:#?}");
    for (row, expected) in rows.iter().zip(expected.rows()) {
        let rank = row.rank.map_or(String::new(), |rank| rank.to_string());
        let found = [name(row), rank, print(row.total)];
        let wanted = ["place", "rank", "total"].map(|column| expected.text(column).to_owned());
        let cells = rules.items.iter().zip(&row.cells);
        for (item, cell) in cells {
            assert_eq!(print(cell.score), expected.text(&item.key), "{} of {found:?}", item.key);
        }
        assert_eq!(found, wanted);
    }
}

/// A: new 1 × 5; carried over 1 × 2; size 12亿 → 20, 3亿 → 6, 0.8亿 → 3 = 29; type 15 + 8 + 15
/// = 38; progress 60 × (700 + 150 + 0) ÷ (1200 + 300 + 80) = 51,000 ÷ 1,580 = 32.278481; one
/// project of the province 20; month (700 − 400) + (150 − 100) = 350 million, below 10亿;
/// criticised once by the city, −5. Together 121.278481, printed 121.28.
///
/// B: new 5; carried over 2; exactly 10亿 → 20 and exactly 1亿 → 6 = 26; type 15 + 6 = 21;
/// progress 60 × 1,160 ÷ 1,100 = 63.272727; production 20, operation 10; month 1,050 million
/// → 30; five start events 150, at most 120. Together 297.27.
///
/// C has not reported: progress and month are missing, the rest is 5 + 6 + 15 = 26, and it
/// comes behind. D and E have no projects that count: a share of no plan is missing too.
#[test]
fn yanan_by_hand() {
    const LEDGER: &str = "
    id|place|tier|sector|state|started|completed|producing|entered|planned|plan|ytd|april
    1|A|province|产业类||2026-02-10|||||1200|700|400
    2|A|city|民生类||2024-06-01|||||300|150|100
    3|A|city||||||||80|0|0
    4|B|city|产业类||2025-03-01||2026-04-20|||1000|1100|50
    5|B|county|基本功能类||2026-01-15||2026-05-02|||100|60|60
    6|C|city|产业类||2026-03-01|||||100||
    7|C||产业类||2026-03-01|||||900|900|
    8|D|city|产业类|terminated|2026-03-01|||||900|900|
    ";
    let mut ledger = changes(LEDGER);
    ledger.extend((1..=5).map(|id| start_event(id, 3, &[4])));
    let given = given("key | A | B\n criticism_city | 5000 |");
    let rules = preset("yanan").expect("a preset");
    let league = run(&rules, &ledger, &given);
    let expected = "
    place|rank|total|new|continuing|scale|type|progress|province|production|operation|month\
    |events|city_criticism|province_criticism
    B|1|297.27|5|2|26|21|63.272727|0|20|10|30|120|0|0
    A|2|121.28|5|2|29|38|32.278481|20|0|0|0|0|-5|0
    C|3|26|5|0|6|15||0|0|0||0|0|0
    D|4|0|0|0|0|0||0|0|0|0|0|0|0
    E|4|0|0|0|0|0||0|0|0|0|0|0|0
    ";
    check(&rules, &league, expected);
    let silent = &league.groups[0].rows[2];
    assert!(silent.is_incomplete);
    let progress = &silent.cells[4];
    assert_eq!((progress.score, progress.unreported.as_slice()), (None, &[6][..]));
    let best = &league.groups[0].rows[0];
    assert_eq!(best.cells[0].projects, [5], "a cell leads to its projects");
    assert_eq!(best.cells[4].projects, [4, 5]);
    assert_eq!(league.groups[0].rows[1].cells[10].sources, ["office"]);
}

/// Foreign capital 500, 300, 100: (300 − 100) ÷ 400 × 40 + 60 = 80 of 100, so 15, 12, 9.
/// Cash 50 each: max = min, each 100 of 100. Outside capital 80% and 90%, C's not known: 60
/// and 100 of 100 among two. Projects 1/2, 1/2, 0/2: 15, 15, 9. Signings 0.5, 0.75, 1: 60, 80
/// and 100 of 100. A 15+15+9+15+6 = 60, B 12+15+15+15+8 = 65, C 9+15+9+10 = 43.
#[test]
fn gaoan_by_hand() {
    let given = given(
        "
        key                     | A      | B      | C      | D | E
        foreign_capital_total   | 500000 | 300000 | 100000 |   |
        foreign_capital_cash    | 50000  | 50000  | 50000  |   |
        outside_amount_done     | 80000  | 45000  |        |   |
        outside_amount_target   | 100000 | 50000  | 70000  |   |
        outside_projects_done   | 1000   | 1000   | 0      |   |
        outside_projects_target | 2000   | 2000   | 2000   |   |
        signed_done             | 2000   | 3000   | 1000   |   |
        signed_target           | 4000   | 4000   | 1000   |   |
        ",
    );
    let rules = preset("gaoan").expect("a preset");
    let league = run(&rules, &changes("id | place"), &given);
    let expected = "
    place | rank | total | foreign_total | foreign_cash | outside_amount | outside_projects | signed
    B     | 1    | 65    | 12            | 15           | 15             | 15               | 8
    A     | 2    | 60    | 15            | 15           | 9              | 15               | 6
    C     | 3    | 43    | 9             | 15           |                | 9                | 10
    D     |      |       |               |              |                |                  |
    E     |      |       |               |              |                |                  |
    ";
    check(&rules, &league, expected);
    let words = &league.groups[0].rows[0].cells[0].formula;
    assert_eq!(words.key, "league-cell-efficacy");
}

/// Each has a plan of 1,200, so 500 is due by May.
///
/// Rate A 650 ÷ 500 = 130%: 25 + 30 × 0.2 = 31. B 140%: 25 + 6 + 10 × 0.1 = 32. C 462 ÷ 500 =
/// 92.4%: 7 whole points short, 25 − 0.7 = 24.3. D 0%: 10 at most is taken, 15. E 240%: 6 +
/// 110 × 0.1 = 17, at most 10, 35. Ladders: E, B, A are 1 to 3; C, D are 4 and 5.
///
/// Starts: A 4 of 5 = 80%, met, 5. B 3 of 5 = 60%, two tens short, 3. C 7 of 10 = 70%, met, 5.
/// D none planned, 2. E 12 of 12 = 100%, three tens over 70, at most 2: 7; for 12 at most 10.
/// B has one project in a start event that was not planned to start this year, +2, and one
/// start late, −3.
#[test]
fn city_r4_by_hand() {
    let mut text = "id | place | tier | sector | state | started | completed | producing | \
                    entered | planned | plan | ytd | april\n"
        .to_owned();
    let done = [("A", 650), ("B", 700), ("C", 462), ("D", 0), ("E", 1200)];
    for (id, (place, done)) in (1..).zip(done) {
        text += &format!(
            "{id} | {place} | city | | | 2025-01-01 | | | 2025-01-01 | | 1200 | {done} |\n"
        );
    }
    let starts = [("A", 4, 1), ("B", 3, 2), ("C", 7, 3), ("E", 12, 0)];
    let mut id = 10;
    for (place, started, open) in starts {
        for index in 0..started + open {
            let day = if index < started { "2026-04-10" } else { "" };
            let planned =
                if place == "B" && index == started { "2026-04-01" } else { "2026-11-01" };
            text += &format!("{id} | {place} | city | | | {day} | | | | {planned} | | |\n");
            id += 1;
        }
    }
    let mut ledger = changes(&text);
    ledger.push(start_event(1, 3, &[2, 14]));
    let rules = preset("city-r4").expect("a preset");
    let league = run(&rules, &ledger, &[]);
    let expected = "
    place|rank|total|plan|plan_rank|scale_rank|hightech_rank|starts|start_rate|events|late
    E|1|64|35|7|5|0|10|7|0|0
    A|2|52|31|7|5|0|4|5|0|0
    B|3|49|32|7|5|0|3|3|2|-3
    C|4|44.3|24.3|5|3|0|7|5|0|0
    D|5|25|15|5|3|0|0|2|0|0
    ";
    check(&rules, &league, expected);
}

/// Done 60 of 100 and 20 of 100, together 80 of 200 = 40%. A is 20 points over: 40 × (10/20 +
/// 10/40) = 30 more. B the same under. Started 2 of 2 and 1 of 2, together 75%: 25 points,
/// 30 × (10/20 + 10/40 + 5/60) = 25. Growth +15%: 30 × (10/60 + 5/80) = 6.875; −40%: 30 ×
/// (10/60 + 10/80 + 10/100 + 10/120) = 14.25 less. One of B's stands still, −0.33.
/// A 70 + 55 + 36.875 = 161.875, printed 161.88; B 10 + 5 + 15.75 − 0.33 = 30.42.
#[test]
fn province_r5_by_hand() {
    const LEDGER: &str = "
    id|place|tier|sector|state|started|completed|producing|entered|planned|plan|ytd|april
    1|A|city|||2026-02-10|||||100|60|
    2|A|city|||2026-02-10|||||||
    3|B|city|||2026-02-10|||||100|20|
    4|B|city||suspended||||||||
    ";
    let given = given("key | A | B\n investment_growth | 15000 | -40000");
    let rules = preset("province-r5").expect("a preset");
    let mut ledger = changes(LEDGER);
    // Only A and B are there.
    ledger.retain(|change| !matches!(change, Change::Place(place) if place.id > 3));
    let league = run(&rules, &ledger, &given);
    let expected = "
    place | rank | total  | rate | starts | growth | idle
    A     | 1    | 161.88 | 70   | 55     | 36.875 | 0
    B     | 2    | 30.42  | 10   | 5      | 15.75  | -0.33
    ";
    check(&rules, &league, expected);
    let grades: Vec<_> = league.groups[0]
        .rows
        .iter()
        .map(|row| row.grade.map(|grade| rules.grades[grade].key.as_str()))
        .collect();
    assert_eq!(grades, [Some("excellent"), Some("failed")]);
}

/// 60 × 600 ÷ 500 is 72, at most 60; 1 of 2 started is 20. B: 60 × 400 ÷ 500 = 48, and 40.
#[test]
fn yanxi_by_hand() {
    const LEDGER: &str = "
    id|place|tier|sector|state|started|completed|producing|entered|planned|plan|ytd|april
    1|A|city|||2026-02-10|||||1200|600|400
    2|A|city||||||||||
    3|B|city|||2026-02-10|||||1200|400|400
    ";
    let mut ledger = changes(LEDGER);
    ledger.retain(|change| !matches!(change, Change::Place(place) if place.id > 3));
    let rules = preset("yanxi").expect("a preset");
    let league = run(&rules, &ledger, &[]);
    let expected = "
    place | rank | total | progress | starts
    B     | 1    | 88    | 48       | 40
    A     | 2    | 80    | 60       | 20
    ";
    check(&rules, &league, expected);
    // In April 400 was due: both had 60, B was first all the same.
    let [best, second] = league.groups[0].rows.as_slice() else { panic!("two rows") };
    assert_eq!((best.rank_before, best.change()), (Some(1), Some(0)));
    assert_eq!(second.grade.map(|grade| rules.grades[grade].key.as_str()), Some("good"));
    // Project 2 has never reported: the constant cohort is 1 and 3.
    let constant = second.constant.expect("a month before");
    assert_eq!((constant.projects, constant.total), (1, Some(Score::points(100))));
    assert_eq!(
        (constant.rank, constant.rank_before, constant.change()),
        (Some(1), Some(1), Some(0))
    );
}

const BARE: &str = r#"
key = "bare"
title = "bare"
unreported = "nothing_done"
[[group]]
key = "towns"
name = "towns"
kinds = ["town"]
[rank]
ties = "TIES"
missing = "MISSING"
decimals = 0
[[item]]
key = "x"
name = "x"
method = "per"
of = "given.x"
points = 1
[[item]]
key = "y"
name = "y"
method = "per"
of = "given.y"
points = 1
"#;

fn ranks(ties: &str, missing: &str, given: &[Given]) -> String {
    let text = BARE.replace("TIES", ties).replace("MISSING", missing);
    let (rules, problems) = LeagueRules::parse(&text, "bare");
    assert_eq!(problems, []);
    let league = run(&rules, &changes("id | place"), given);
    let rank = |row: &Row| {
        let mark = if row.is_tied { "=" } else { "" };
        let rank = row.rank.map_or("-".to_owned(), |rank| rank.to_string());
        format!("{}{rank}{mark}", name(row))
    };
    league.groups[0].rows.iter().map(rank).collect::<Vec<_>>().join(" ")
}

#[test]
fn ties_and_gaps_are_as_stated() {
    // B and C are 4.4 and 3.6, both 4 when rounded; D has only x; E has nothing.
    let given = given(
        "
        key | A    | B    | C    | D    | E
        x   | 9000 | 4400 | 3600 | 5000 |
        y   | 0    | 0    | 0    |      |
        ",
    );
    assert_eq!(ranks("skip", "unranked", &given), "A1 B2= C2= D- E-");
    assert_eq!(ranks("dense", "last", &given), "A1 B2= C2= D3 E-");
    assert_eq!(ranks("skip", "last", &given), "A1 B2= C2= D4 E-");
    assert_eq!(ranks("skip", "by_rest", &given), "A1 D2 B3= C3= E-");
}

#[test]
fn a_group_of_one_and_all_alike_are_as_stated() {
    let text = |extra: &str| {
        BARE.replace("TIES", "skip").replace("MISSING", "last").replace(
            "method = \"per\"\nof = \"given.x\"\npoints = 1",
            &format!(
                "method = \"efficacy\"\nof = \"given.x\"\npoints = 10\nlow = 60\nspan = 40\n\
                 equal = 80\nalone = 70\n{extra}"
            ),
        )
    };
    let score = |extra: &str, values: &str| {
        let rules = LeagueRules::parse(&text(extra), "bare").0;
        let given = given(&format!("key | A | B | C | D | E\n x | {values}"));
        let league = run(&rules, &changes("id | place"), &given);
        let mut rows: Vec<&Row> = league.groups[0].rows.iter().collect();
        rows.sort_by_key(|row| row.place);
        let cells = rows.iter().map(|row| row.cells[0].score.map(|score| score.print(1)));
        cells.map(|score| score.unwrap_or("-".into())).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(score("", "5000 | | | |"), "7.0 - - - -");
    assert_eq!(score("", "5000 | 5000 | | |"), "8.0 8.0 - - -");
    assert_eq!(score("", "1000 | 2000 | 5000 | |"), "6.0 7.0 10.0 - -");
    assert_eq!(score("reverse = true\n", "1000 | 2000 | 5000 | |"), "10.0 9.0 6.0 - -");
    assert_eq!(score("max = 8\nmin = 6.5\n", "1000 | 2000 | 5000 | |"), "6.5 7.0 8.0 - -");
}

#[test]
fn places_are_compared_with_their_like() {
    let text = BARE
        .replace("TIES", "skip")
        .replace("MISSING", "last")
        .replace("kinds = [\"town\"]", "kinds = [\"county\", \"town\"]")
        + "[[group]]\nkey = \"special\"\nname = \"special\"\nplaces = [\"B\"]\n";
    let (rules, problems) = LeagueRules::parse(&text, "bare");
    assert_eq!(problems, []);
    let mut ledger = changes("id | place");
    ledger.push(Change::Place(b::place(7, "part of A", Some(2))));
    let league = run(&rules, &ledger, &[]);
    let places = |group: usize| -> Vec<i64> {
        league.groups[group].rows.iter().map(|row| row.place).collect()
    };
    // Not the county, which is the region itself, and not what lies in A.
    assert_eq!(places(0), [2, 4, 5, 6]);
    assert_eq!(places(1), [3]);
}

#[test]
fn changes_are_against_the_month_before() {
    const LEDGER: &str = "
    id|place|tier|sector|state|started|completed|producing|entered|planned|plan|ytd|april
    1|A|city|||2025-02-10|||||1200|200|100
    2|B|city|||2025-02-10|||||1200|150|140
    3|B|city|||2025-02-10|||||1200|900|
    ";
    let rules = BARE
        .replace("TIES", "skip")
        .replace("MISSING", "last")
        .replace("of = \"given.x\"\npoints = 1", "of = \"money.done_ytd\"\npoints = 0.00001")
        .replace("of = \"given.y\"\npoints = 1", "of = \"money.done_month\"\npoints = 0")
        + "[cohort]\nlisted = true\n";
    let (rules, problems) = LeagueRules::parse(&rules, "bare");
    assert_eq!(problems, []);
    let league = run(&rules, &changes(LEDGER), &[]);
    let find = |name: &str| {
        let place = 2 + i64::from(name.as_bytes()[0] - b'A');
        league.groups[0].rows.iter().find(|row| row.place == place).expect("a row")
    };
    // In May B has 1,050 and leads, in April it led as well; over 1 and 2 alone A has passed it.
    let (a, b) = (find("A"), find("B"));
    assert_eq!((a.rank, a.rank_before, a.change()), (Some(2), Some(2), Some(0)));
    assert_eq!((b.rank, b.rank_before), (Some(1), Some(1)));
    let constant = a.constant.expect("a month before");
    assert_eq!((constant.rank, constant.change()), (Some(1), Some(1)));
    assert_eq!(b.constant.map(|row| row.projects), Some(1));
    // In January there is no month before.
    let snapshot = ledger::snapshot(&changes(LEDGER));
    let (january, december) = (lens("2026-01"), lens("2025-12"));
    let table = FactsTable::new(&snapshot, &january);
    let before = FactsTable::new(&snapshot, &december);
    let input = LeagueInput {
        snapshot: &snapshot,
        table: &table,
        before: Some(&before),
        given: &[],
        given_before: &[],
        scope: None,
    };
    let (league, _) = tici_engine::league::league(&input, &rules);
    assert_eq!(league.before, None);
    assert!(league.groups[0].rows.iter().all(|row| row.change().is_none()));
}

#[test]
fn presets_are_sound_and_say_themselves() {
    for (name, text) in PRESETS {
        let (rules, problems) = LeagueRules::parse(text, name);
        assert_eq!(problems, [], "{name}");
        assert_eq!(rules.key, *name);
        assert!(rules.title.hant.is_some() && rules.title.en.is_some(), "{name}");
        assert!(rules.words().len() > rules.items.len() + 3, "{name}");
        assert_eq!(rules_or_preset(name), (Some(rules.clone()), Vec::new()));
        assert_eq!(rules_or_preset(text).0, Some(rules), "{name} as text");
    }
}

#[test]
fn a_bad_file_is_told_everything_at_once() {
    let text = r#"key = "x"
title = "x"
unreported = "zero"
colour = 1
[rank]
ties = "skip"
decimals = 9
[[group]]
key = "towns"
name = "towns"
kinds = ["village"]
[[item]]
key = "a"
name = "a"
method = "per"
of = "money.spent"
points = "many"
[[item]]
key = "a"
name = "a"
method = "each_class"
of = "projects.all"
points = { industry = 15 }
[[item]]
key = "a"
name = "b"
method = "steps"
of = "money.total"
steps = [{ from = 1, points = 1 }, { from = 2, points = 2 }]
[[item]]
key = "c"
name = "c"
method = "efficacy"
of = "given.c"
points = 1
low = 60
span = 40
[[grade]]
key = "good"
name = "good"
from = 80
[[grade]]
key = "best"
name = "best"
from = 90
"#;
    let (_, problems) = LeagueRules::parse(text, "league.toml");
    let mut found: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
    found.sort_unstable();
    let expected = [
        "league-grade-order",
        "league-step-order",
        "league-unknown-class",
        "rules-choice",
        "rules-choice",
        "rules-choice",
        "rules-missing-key",
        "rules-missing-key",
        "rules-missing-key",
        "rules-not-number",
        "rules-range",
        "rules-twice",
        "rules-unknown-key",
    ];
    assert_eq!(found, expected, "{problems:#?}");
    assert!(problems.iter().all(|p| p.file == "league.toml" && p.cell.contains(':')));
    assert!(rules_or_preset("nothing = 1").0.is_none());
}

/// A published table: starts over signings of eight counties in September 2022. Read from
/// beside the repository; its figures are facts of the bulletin.
#[test]
fn a_published_table_ranks_as_published() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");
    let path = format!("{root}/shared/data/cn-bulletins/luan_league_2022-09.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: cn-bulletins/luan_league_2022-09.csv is absent");
        return;
    };
    let rules = BARE.replace("TIES", "skip").replace("MISSING", "last").replace(
        "of = \"given.x\"\npoints = 1",
        "of = \"given.started\"\nby = \"given.signed\"\npoints = 100",
    );
    let rules = rules.replace("of = \"given.y\"", "of = \"given.y\"\nmissing_score = 0");
    let rules = LeagueRules::parse(&rules.replace("decimals = 0", "decimals = 1"), "").0;
    let lines: Vec<Vec<&str>> =
        text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let mut ledger = vec![Change::Place(b::place(1, "city", None))];
    let mut given = Vec::new();
    for (id, line) in (2..).zip(lines.iter().rev()) {
        ledger.push(Change::Place(b::place(id, line[1], Some(1))));
        for (key, number) in [("started", line[2]), ("signed", line[3])] {
            let value = number.parse::<i64>().expect("a count") * 1_000_000;
            given.push(Given { place: id, key: key.into(), value, source: "bulletin".into() });
        }
    }
    let snapshot = ledger::snapshot(&ledger);
    let league = run_on(&rules, &snapshot, &given);
    assert_eq!(league.groups[0].rows.len(), lines.len());
    for (row, line) in league.groups[0].rows.iter().zip(&lines) {
        let total = row.total.map(|total| total.print(1));
        let name = snapshot.places[&row.place].short.text.as_str();
        let rank = row.rank.map(|rank| rank.to_string());
        assert_eq!((name, rank.as_deref()), (line[1], Some(line[0])));
        assert_eq!(total.as_deref(), Some(line[4]));
    }
}
