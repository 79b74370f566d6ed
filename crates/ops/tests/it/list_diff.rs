//! Real lists of several dates beside each other. The counts were taken from the files by a
//! script of its own, written without this code; docs/list-diff.md tells them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tici_ops::compare_lists::{
    Comparison, DiffOptions, ReadAs, RenameReason, compare_files, read_list,
};
use tici_ops::files::map::{DateOrder, Links, Map};

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} absent", path.display());
    assert!(std::env::var_os("TICI_TEST_REQUIRE_ALL").is_none(), "{} is absent", path.display());
    None
}

fn options(key: &[&str]) -> DiffOptions {
    let key = key.iter().map(|name| (*name).to_owned()).collect();
    DiffOptions { key, ..DiffOptions::default() }
}

fn counts(compared: &Comparison) -> [usize; 4] {
    let diff = &compared.diff;
    [diff.new.len(), diff.vanished.len(), diff.changed.len(), diff.unchanged]
}

type Record = Vec<String>;

fn records(text: &[u8]) -> (Record, Vec<Record>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let mut rows = reader
        .records()
        .map(|row| row.expect("a record").iter().map(String::from).collect::<Record>());
    (rows.next().expect("a header"), rows.collect())
}

fn to_csv(header: &Record, rows: &[Record]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).expect("a vector takes it");
    rows.iter().for_each(|row| writer.write_record(row).expect("a vector takes it"));
    writer.into_inner().expect("a vector")
}

/// Fifteen dates of one list: rows new, gone, changed and the same from each to the next.
const NEW_YORK: [[usize; 4]; 14] = [
    [4, 0, 45, 0],
    [6, 1, 48, 0],
    [6, 1, 53, 0],
    [7, 0, 59, 0],
    [9, 0, 66, 0],
    [21, 0, 75, 0],
    [12, 0, 94, 2],
    [10, 0, 106, 2],
    [51, 0, 116, 2],
    [45, 2, 162, 5],
    [36, 1, 207, 4],
    [36, 0, 242, 5],
    [24, 7, 269, 7],
    [78, 0, 284, 16],
];

#[test]
fn fifteen_dates_of_new_york() {
    let name = "nyc-capital-projects/NYC_capital_projects_20190901.csv";
    let Some(path) = shared(name) else { return };
    let (header, rows) = records(&std::fs::read(path).expect("the list"));
    let mut dates: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for row in rows {
        let day = &row[0];
        let key = format!("{}{}{}", &day[6..10], &day[..2], &day[3..5]);
        dates.entry(key).or_default().push(row);
    }
    let lists: Vec<(String, Vec<Record>)> = dates.into_iter().collect();
    assert_eq!(lists.len(), 15);
    let options = DiffOptions { ignore: vec!["Date Reported As Of".into()], ..options(&["PID"]) };
    let how = ReadAs::default();
    for (pair, expected) in lists.windows(2).zip(NEW_YORK) {
        let [(a, before), (b, after)] = pair else { continue };
        let (before, after) = (to_csv(&header, before), to_csv(&header, after));
        let compared = compare_files((a, &before, &how), (b, &after, &how), &options);
        let compared = compared.expect("two lists");
        assert_eq!(counts(&compared), expected, "{a} to {b}");
        assert_eq!(compared.diff.restated(), 0);
    }
    cumulative(&header, &lists);
}

/// The list as it grows: what it said of an earlier date stays, but for what is edited here.
fn cumulative(header: &Record, lists: &[(String, Vec<Record>)]) {
    let until = |count: usize| -> Vec<Record> {
        lists.iter().take(count).flat_map(|(_, rows)| rows.clone()).collect()
    };
    let (before, mut after) = (until(14), until(15));
    let budget = header.iter().position(|name| name == "Budget Forecast").expect("a column");
    let (mut edited, mut filled) = (0, 0);
    for row in after.iter_mut().take(before.len()).step_by(97) {
        filled += usize::from(row[budget].is_empty());
        row[budget] = format!("{}1", row[budget]);
        edited += 1;
    }
    let period = Some("Date Reported As Of".to_owned());
    let how = ReadAs { period, dates: vec![DateOrder::Mdy], ..ReadAs::default() };
    let options = DiffOptions { by_period: true, ..options(&["PID"]) };
    let (before, after) = (to_csv(header, &before), to_csv(header, &after));
    let compared = compare_files(("a.csv", &before, &how), ("b.csv", &after, &how), &options);
    let compared = compared.expect("two lists");
    assert_eq!(compared.diff.new.len(), lists[14].1.len());
    assert_eq!(compared.diff.changed.len(), edited);
    assert_eq!(compared.diff.restated(), edited - filled);
    assert!(compared.diff.vanished.is_empty());
}

/// Five years of the British portfolio, by name: new, gone, changed, the same.
const BRITISH: [[usize; 4]; 4] =
    [[61, 72, 127, 0], [74, 119, 68, 1], [38, 38, 105, 0], [44, 54, 89, 0]];

#[test]
fn five_years_of_the_british_portfolio() {
    let Some(path) = shared("uk-gmpp/gmpp_long_2014-2018.csv") else { return };
    let (header, rows) = records(&std::fs::read(path).expect("the list"));
    let year = |year: i32| -> Vec<u8> {
        let of_year = rows.iter().filter(|row| row[0] == year.to_string());
        to_csv(&header, &of_year.cloned().collect::<Vec<_>>())
    };
    let links = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/maps/uk-gmpp-links.toml");
    let links = std::fs::read_to_string(links).expect("the links");
    let links = Links::parse("links.toml", &links).expect("sound links");
    let options = DiffOptions { ignore: vec!["year".into()], ..options(&["name"]) };
    let how = ReadAs::default();
    let mut renames = Vec::new();
    for (from, expected) in (2014..).zip(BRITISH) {
        let (before, after) = (year(from), year(from + 1));
        let compared = compare_files(("a.csv", &before, &how), ("b.csv", &after, &how), &options);
        let compared = compared.expect("two lists");
        assert_eq!(counts(&compared), expected, "{from}");
        renames.push(renamed(&compared, &links));
    }
    println!("proposed, confirmed, confirmed and missed: {renames:?}");
    let sum = |at: usize| renames.iter().map(|counts| counts[at]).sum::<usize>();
    assert!(sum(1) > 4 * sum(2), "of the links a person confirmed most are proposed");
}

/// Proposed, of them confirmed, confirmed but not proposed.
fn renamed(compared: &Comparison, links: &Links) -> [usize; 3] {
    let diff = &compared.diff;
    let name = |table: &tici_ops::compare_lists::ListTable, row: usize| {
        let at = table.column("name").expect("a column");
        table.cell(row, at).text.clone()
    };
    let same = |a: &str, b: &str| links.follow(a).to_lowercase() == links.follow(b).to_lowercase();
    let mut confirmed = BTreeSet::new();
    for old in &diff.vanished {
        for new in &diff.new {
            if same(&name(&compared.old, *old), &name(&compared.new, *new)) {
                confirmed.insert((*old, *new));
            }
        }
    }
    let proposed: BTreeSet<(usize, usize)> =
        diff.renames.iter().map(|rename| (rename.old, rename.new)).collect();
    for rename in &diff.renames {
        let is_confirmed = confirmed.contains(&(rename.old, rename.new));
        println!(
            "{} {} {} | {} → {} | {:?} | {:?}",
            if is_confirmed { "+" } else { "?" },
            rename.confidence,
            rename.reason.code(),
            rename.old_name,
            rename.new_name,
            rename.agree,
            rename.differ
        );
    }
    for (old, new) in confirmed.difference(&proposed) {
        println!("- {} → {}", name(&compared.old, *old), name(&compared.new, *new));
    }
    let both = proposed.intersection(&confirmed).count();
    [proposed.len(), both, confirmed.len() - both]
}

/// The raw files of 2017 (on its side, headers of a paragraph) and 2018 (a row to a project,
/// short headers), each by its own map: another layout is no obstacle.
#[test]
fn two_layouts_of_the_british_portfolio() {
    let Some(folder) = shared("uk-gmpp/raw") else { return };
    let maps = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/maps");
    let map = |name: &str| {
        let text = std::fs::read_to_string(maps.join(name)).expect("a map");
        Map::parse(name, &text).expect("a sound map")
    };
    let how = |name: &str| ReadAs { map: Some(map(name)), ..ReadAs::default() };
    let file = |name: &str| std::fs::read(folder.join(name)).expect("the list");
    let (a, b) = ("uk_2017.csv.gz", "uk_2018.csv.gz");
    let (before, after) = (file(a), file(b));
    let compared = compare_files(
        (a, &before, &how("uk-gmpp-2014-2017.toml")),
        (b, &after, &how("uk-gmpp-2018.toml")),
        &options(&["name"]),
    );
    let [new, gone, changed, same] = counts(&compared.expect("two lists"));
    assert_eq!([new, gone, changed + same], [44, 54, 89]);
}

/// Columns of the list of New York's schools that tell its rows apart, nearly.
const SCHOOL_KEY: [&str; 5] = [
    "Project Building Identifier",
    "Project Type",
    "Project Description",
    "Project Phase Name",
    "DSF Number(s)",
];

/// 13,153 rows and a second date of them, made by the edits below. Rows that share their key
/// are left alone.
#[test]
fn a_second_date_of_thirteen_thousand_rows() {
    let Some(path) = shared("nyc-school-capital/asof_2025-06-30.csv.gz") else { return };
    let packed = std::fs::read(path).expect("the list");
    let mut before = Vec::new();
    let mut unpack = flate2::read::MultiGzDecoder::new(packed.as_slice());
    std::io::Read::read_to_end(&mut unpack, &mut before).expect("a packed list");
    let (header, rows) = records(&before);
    assert_eq!(rows.len(), 13_153);
    let edited = second_date(&rows);
    let after = to_csv(&header, &edited.rows);
    let settled = vec!["Project Phase Actual Start Date".to_owned()];
    let options = DiffOptions { settled, ..options(&SCHOOL_KEY) };
    let how = ReadAs::default();
    let started = std::time::Instant::now();
    let compared = compare_files(("a.csv", &before, &how), ("b.csv", &after, &how), &options);
    let compared = compared.expect("two lists");
    println!("13,153 rows compared in {:?}", started.elapsed());
    let diff = &compared.diff;
    assert_eq!(diff.shared_key, [24, 24]);
    assert_eq!(diff.new.len(), edited.added + edited.renamed);
    assert_eq!(diff.vanished.len(), edited.removed + edited.renamed);
    assert_eq!(diff.changed.len(), edited.changed);
    assert_eq!(diff.restated(), edited.restated);
    let by_key = diff.renames.iter().filter(|r| r.reason == RenameReason::KeyColumn).count();
    assert_eq!(by_key, edited.renamed);
    // One pair of rows that left and came is alike by chance.
    assert_eq!(diff.renames.len(), edited.renamed + 1);
    let status = diff.vocabularies.iter().find(|v| v.column == "Project Status Name");
    let status = status.expect("a word came and one went");
    assert_eq!(status.recoded[0].0, "PNS");
    assert_eq!(status.recoded[0].1, "Not started");
    let proposed = tici_engine::list_diff::propose_key(
        &read_list("a.csv", &before, &how).expect("a list"),
        &read_list("b.csv", &after, &how).expect("a list"),
    );
    println!("proposed key: {proposed:?}");
    assert!(proposed.contains(&"Project Description".to_owned()), "{proposed:?}");
}

/// A made second date, and what was done to it.
#[derive(Default)]
struct Edited {
    rows: Vec<Record>,
    added: usize,
    removed: usize,
    renamed: usize,
    changed: usize,
    restated: usize,
}

fn second_date(rows: &[Record]) -> Edited {
    const KEY: [usize; 5] = [1, 3, 4, 5, 13];
    const SPARE: [usize; 4] = [1, 3, 5, 13];
    let key = |row: &Record, at: &[usize]| -> Vec<String> {
        at.iter().map(|at| row[*at].trim().to_lowercase()).collect()
    };
    let mut keys: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut spare: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for row in rows {
        *keys.entry(key(row, &KEY)).or_default() += 1;
        *spare.entry(key(row, &SPARE)).or_default() += 1;
    }
    let mut out = Edited::default();
    for (index, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        if keys[&key(&row, &KEY)] > 1 {
            out.rows.push(row);
            continue;
        }
        if index % 1_000 == 7 {
            out.removed += 1;
            continue;
        }
        // Its description is put right; all else tells it apart.
        if index % 900 == 11 && spare[&key(&row, &SPARE)] == 1 {
            row[4] = format!("{} (REVISED)", row[4]);
            out.renamed += 1;
            out.rows.push(row);
            continue;
        }
        let mut differs = false;
        if row[6] == "PNS" {
            row[6] = "Not started".into();
            differs = true;
        }
        if index % 50 == 3 && row[10].parse::<f64>().is_ok() {
            row[10] = format!("{}9", row[10].trim_end_matches(".00"));
            differs = true;
        }
        if index % 200 == 5 && row[7].contains('/') {
            row[7] = "1/2/2003".into();
            (differs, out.restated) = (true, out.restated + 1);
        }
        out.changed += usize::from(differs);
        out.rows.push(row);
    }
    for number in 0..20 {
        let mut row = rows[number * 600].clone();
        row[4] = format!("NEW WORKS {}", ["ALPHA", "BETA"][number % 2]);
        row[13] = format!("DSF777{number:07}");
        out.rows.push(row);
        out.added += 1;
    }
    out
}
