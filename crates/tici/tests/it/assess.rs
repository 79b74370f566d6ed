//! Assessment on files: published indices come out of the command as they were published,
//! and everything bad is told by file, line and column with nothing written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::run::{Ran, tici};

/// A table by the code of its rows and the name of its columns.
type Cells = BTreeMap<(String, String), String>;

fn golden(name: &str) -> Option<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/golden/assess");
    let path = Path::new(folder).join(name);
    if !path.exists() {
        assert!(std::env::var_os("TICI_TEST_REQUIRE_ALL").is_none(), "{name} is absent");
        eprintln!("skipped: the golden case {name} is absent");
        return None;
    }
    Some(path)
}

fn cells(path: &Path, keys: &[&str]) -> Cells {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    let head = reader.headers().expect("a head").clone();
    let at = |name: &str| head.iter().position(|known| known == name).expect("a key column");
    let keys: Vec<usize> = keys.iter().map(|key| at(key)).collect();
    let mut cells = Cells::new();
    for record in reader.records() {
        let record = record.expect("a record");
        let code: Vec<&str> = keys.iter().map(|at| &record[*at]).collect();
        for (name, cell) in head.iter().zip(&record) {
            cells.insert((code.join(" "), name.to_owned()), cell.to_owned());
        }
    }
    cells
}

/// Compares every number of `wanted` with `found`, by code and column.
fn agrees(found: &Cells, wanted: &Cells, renamed: &[(&str, &str)], skipped: &[&str]) -> usize {
    let mut compared = 0;
    for ((code, column), cell) in wanted {
        if skipped.contains(&column.as_str()) {
            continue;
        }
        let column =
            renamed.iter().find(|(from, _)| from == column).map_or(column.as_str(), |r| r.1);
        let own = found.get(&(code.clone(), column.to_owned()));
        let own = own.unwrap_or_else(|| panic!("no {column} of {code}"));
        let numbers =
            cell.parse::<f64>().ok().filter(|x| x.is_finite()).zip(own.parse::<f64>().ok());
        match numbers {
            Some((a, b)) => {
                assert!((a - b).abs() <= 1e-12 * a.abs().max(1.0), "{code} {column}: {a} and {b}");
                compared += 1;
            }
            None => assert!(own.is_empty(), "{code} {column}: {cell} and {own}"),
        }
    }
    compared
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a readable path")
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    let args: Vec<&str> = ["assess"].iter().chain(args).copied().collect();
    tici(folder, &args)
}

#[test]
fn the_asem_index_comes_out_stage_by_stage() {
    let Some(units) = golden("input/asem_units.csv") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    run(folder.path(), &["run", "--scheme", "asem", "--units", text(&units), "--out", text(&out)])
        .ends(0);
    let cases = [
        ("denominated.csv", "d01_denominated.csv", 51 * 49 - 200),
        ("imputed.csv", "d02_imputed_group_mean.csv", 51 * 49),
        ("treated.csv", "d04_treated.csv", 51 * 49),
        ("normalised.csv", "d06_minmax.csv", 51 * 49),
        ("scores.csv", "d07_minmax_arith.csv", 51 * 60),
        ("node-ranks.csv", "d07_minmax_arith_ranks.csv", 51 * 60),
    ];
    for (own, wanted, least) in cases {
        let wanted = golden(&format!("out/{wanted}")).expect("beside the input");
        let compared =
            agrees(&cells(&out.join(own), &["code"]), &cells(&wanted, &["uCode"]), &[], &["uCode"]);
        assert!(compared >= least, "{own}: only {compared} numbers");
    }
    // Other weights in the scheme's own file.
    unequal(folder.path(), &units);
}

/// The same index with the weights of another case, written into a scheme of one's own.
fn unequal(folder: &Path, units: &Path) {
    let weights = cells(&golden("input/asem_weights_unequal.csv").expect("weights"), &["iCode"]);
    let preset = run(folder, &["presets", "asem"]).ends(0).text();
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    let blocks: Vec<&str> = preset.split("\n[[").collect();
    let value = |block: &str, key: &str| {
        let line = block.lines().find(|line| line.starts_with(&format!("{key} = ")))?;
        Some(line.split_once(" = ")?.1.trim_matches('"').to_owned())
    };
    for block in &blocks {
        if let (Some(key), Some(parent)) = (value(block, "key"), value(block, "parent")) {
            let weight: f64 = weights[&(key, "Weight".into())].parse().expect("a weight");
            *sums.entry(parent).or_insert(0.0) += weight;
        }
    }
    let block = |block: &&str| {
        let key = value(block, "key").unwrap_or_default();
        let line = |line: &str| match line.split_once(" = ") {
            Some(("weight", _)) => format!("weight = {}", weights[&(key.clone(), "Weight".into())]),
            Some(("weights_sum", _)) => format!("weights_sum = {}", sums[&key]),
            _ => line.to_owned(),
        };
        block.lines().map(line).collect::<Vec<_>>().join("\n")
    };
    let scheme = folder.join("unequal.toml");
    let all = blocks.iter().map(block).collect::<Vec<_>>().join("\n[[");
    std::fs::write(&scheme, all).expect("written");
    let out = folder.join("unequal");
    let args = ["run", "--scheme", text(&scheme), "--units", text(units), "--out", text(&out)];
    run(folder, &args).ends(0);
    for (own, wanted) in [
        ("scores.csv", "out/d08_minmax_arith_unequal.csv"),
        ("node-ranks.csv", "out/d08_minmax_arith_unequal_ranks.csv"),
    ] {
        let wanted = cells(&golden(wanted).expect("beside the input"), &["uCode"]);
        agrees(&cells(&out.join(own), &["code"]), &wanted, &[], &["uCode"]);
    }
}

#[test]
fn the_human_development_index_comes_out_as_published() {
    let Some(units) = golden("input/hdi_2021_inputs.csv") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    run(folder.path(), &["run", "--scheme", "hdi", "--units", text(&units), "--out", text(&out)])
        .ends(0);
    let wanted = cells(&golden("out/d20_hdi_2021.csv").expect("beside the input"), &["iso3"]);
    let names = [("i_le", "health"), ("i_edu", "education"), ("i_inc", "income")];
    let others = ["iso3", "official", "official_rank"];
    let compared = agrees(&cells(&out.join("scores.csv"), &["code"]), &wanted, &names, &others);
    assert_eq!(compared, 191 * 4);
    let names = [("official", "published"), ("official_rank", "rank")];
    let others = ["iso3", "i_le", "i_edu", "i_inc", "hdi"];
    let compared = agrees(&cells(&out.join("ranks.csv"), &["code"]), &wanted, &names, &others);
    assert_eq!(compared, 191 * 2, "official values and ranks");
}

#[test]
fn many_years_are_one_call() {
    let Some(units) = golden("input/hdi_panel_1990_2022_inputs.csv") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let args = ["run", "--scheme", "hdi", "--panel", "--units", text(&units), "--out", text(&out)];
    run(folder.path(), &args).ends(0);
    let ranks = cells(&out.join("ranks.csv"), &["period", "code"]);
    let years: std::collections::BTreeSet<&str> =
        ranks.keys().map(|(code, _)| &code[..4]).collect();
    assert_eq!(years.len(), 33);
    // As published for 2022.
    for (code, value, rank) in
        [("CHE", "0.967", "1"), ("NOR", "0.966", "2"), ("SOM", "0.38", "193")]
    {
        let of = |column: &str| ranks[&(format!("2022 {code}"), column.to_owned())].as_str();
        assert_eq!((of("published"), of("rank")), (value, rank), "{code}");
    }
}

#[test]
fn what_is_bad_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let (units, out) = (folder.path().join("u.csv"), folder.path().join("out"));
    let head = "code,industry,tax,sales,land_mu,energy,pollutants,value_added,staff,research\n";
    let cases = [
        ("A,C36,x,1,1,1,1,1,1,1\n", "u.csv 2:3"),
        ("A,C36,1,1,1,1,1,1,1,inf\n", "u.csv 2:10"),
        ("A,,1,1,1,1,1,1,1,1\n", "u.csv 2:1"),
        ("A,C36,1,1,1,1,1,1,1,1\nA,C36,2,1,1,1,1,1,1,1\n", "u.csv 3:1"),
        ("A,C36,1,1,1,1,1,1,1\n", "u.csv 2:1"),
        ("A,C36,,1,1,1,1,1,1,1\n", "u.csv"),
        ("", "u.csv"),
    ];
    for (rows, place) in cases {
        std::fs::write(&units, format!("{head}{rows}")).expect("written");
        let args =
            ["run", "--scheme", "per-mu-wujin", "--units", text(&units), "--out", text(&out)];
        run(folder.path(), &args).ends(1).says(&[place]);
        assert!(!out.exists(), "{rows}");
    }
    let scheme = folder.path().join("s.toml");
    let preset = run(folder.path(), &["presets", "gaoan"]).ends(0).text();
    std::fs::write(&scheme, preset.replacen("full = 15", "full = 14", 1)).expect("written");
    let told = run(folder.path(), &["check", text(&scheme), "--lang", "zh-Hans"]).ends(1);
    told.says(&["s.toml", "满分合计 29，应为 30"]);
    run(folder.path(), &["check", "chuzhou"]).ends(0);
    run(folder.path(), &["check", text(&folder.path().join("none.toml"))]).ends(4);
}

#[test]
fn grades_awards_and_sensitivity_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut rows = String::from("code,tax,sales,land_mu,energy,tax_base,sales_base,green_base\n");
    for firm in 0..10 {
        let (tax, energy) = (1000 - 100 * firm, 10 + 7 * firm * firm);
        rows += &format!("F{firm},{tax},{},10,{energy},40,400,10\n", 5000 - 300 * firm * firm / 2);
    }
    std::fs::write(at("u.csv"), rows).expect("written");
    let events = "unit,item,matter,points,document\nF9,plus,绿色工厂,50,工信〔2026〕3号\n";
    std::fs::write(at("e.csv"), events).expect("written");
    let (units, events, out) = (at("u.csv"), at("e.csv"), at("out"));
    let args = ["run", "--scheme", "per-mu-huaian", "--units", text(&units)];
    let more = ["--events", text(&events), "--out", text(&out)];
    let args: Vec<&str> = args.iter().chain(&more).copied().collect();
    run(folder.path(), &args).ends(0);
    let grades = cells(&out.join("grades.csv"), &["code"]);
    let count = |key: &str| grades.values().filter(|cell| *cell == key).count();
    assert_eq!(["A", "B", "C", "D"].map(count), [2, 4, 3, 1]);
    let sheet = cells(&out.join("sheet.csv"), &["code", "item"]);
    assert!(sheet[&("F0 tax_per_mu".to_owned(), "how".to_owned())].contains("45 × 100 ÷ 40"));
    let json: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
    let value = run(folder.path(), &json).ends(0).json();
    assert_eq!(value["runs"][0]["units"][0]["items"][0]["points"], 112.5);
    let explain: Vec<&str> =
        args.iter().copied().chain(["--explain", "F0", "--lang", "en"]).collect();
    run(folder.path(), &explain).ends(0).says(&["Tax per mu", "45 × 100 ÷ 40"]);
    let args = ["sensitivity", "--scheme", "per-mu-huaian", "--units", text(&units)];
    let more = ["--replications", "200", "--out", text(&out)];
    let args: Vec<&str> = args.iter().chain(&more).copied().collect();
    run(folder.path(), &args).ends(0);
    let first = std::fs::read(out.join("rank-spreads.csv")).expect("spreads");
    run(folder.path(), &args).ends(0);
    assert_eq!(first, std::fs::read(out.join("rank-spreads.csv")).expect("spreads"), "replayed");
    assert!(out.join("without.csv").exists() && out.join("influences.csv").exists());
}
