//! `tici diff`, and `tici import projects --against`.

use std::path::Path;

use crate::run::tici;

const MAY: &str = "编号,项目名称,类别,总投资（万元）\n\
    LD-1,城北水厂扩建,水利,32000\nLD-2,滨江路改造,交通,8000\n\
    LD-3,新材料中试基地,工业,15600\nLD-4,老旧小区改造,民生,900\n";

const JUNE: &str = "编号,项目名称,类别,总投资（万元）\n\
    LD-1,城北水厂扩建,水利,\"33,000\"\nLD-2,滨江路改造,交通,8000.00\n\
    LE-9,新材料中试基地,工业,15600\nLE-10,轨道车辆段,交通,70000\n";

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a folder");
    path.display().to_string()
}

#[test]
fn two_files_without_a_ledger() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let (may, june) = (write(at, "5月.csv", MAY), write(at, "6月.csv", JUNE));
    let out = at.join("out").display().to_string();
    let found = tici(at, &["diff", &may, &june, "--out", &out, "--json"]).ends(0).json();
    assert_eq!(found["key"], serde_json::json!(["编号"]));
    let counts = &found["counts"];
    let numbers = ["new", "changed", "restated", "vanished", "renamed", "unchanged", "rewritten"];
    let numbers = numbers.map(|name| counts[name].as_u64().expect("a count"));
    assert_eq!(numbers, [2, 1, 0, 2, 1, 1, 1]);
    assert_eq!(found["renames"][0]["reason"], "same-name");
    for name in ["diff.csv", "diff.json", "diff.xlsx"] {
        assert!(at.join("out").join(name).exists(), "{name}");
    }
    let text = std::fs::read_to_string(at.join("out/diff.csv")).expect("a file");
    assert!(text.contains("老旧小区改造") && text.contains("33,000"), "{text}");
    let said = tici(at, &["diff", &may, &june, "--key", "编号", "--lang", "zh-Hans"]).ends(0);
    said.says(&["按 编号 区分各行", "新增", "疑似改名", "新材料中试基地 → 新材料中试基地"]);
    let settled = ["diff", &may, &june, "--settled", "总投资（万元）", "--json"];
    assert_eq!(tici(at, &settled).ends(0).json()["counts"]["restated"], 1);
    let wrong = tici(at, &["diff", &may, &june, "--key", "代号", "--lang", "en"]).ends(1);
    wrong.says(&["no column", "代号"]);
    tici(at, &["diff", &may, "absent.csv"]).ends(4);
    let empty = write(at, "empty.csv", "一句话\n");
    tici(at, &["diff", &may, &empty]).ends(1);
}

#[test]
fn a_list_against_the_one_before_it() {
    let folder = crate::commands::fresh();
    let at = folder.path();
    let (may, june) = (write(at, "5月.csv", MAY), write(at, "6月.csv", JUNE));
    let import = |file: &str, more: &[&str]| {
        let period = if file.contains("5月") { "2026-05" } else { "2026-06" };
        let mut args = vec!["import", "projects", file, "--today", "2026-06-18"];
        args.extend(["--period", period]);
        args.extend(more);
        tici(at, &args)
    };
    import(&may, &["--against", "LAST", "--diff"]).ends(1).says(&["tici diff"]);
    import(&may, &[]).ends(0);
    let found = import(&june, &["--against", "last", "--diff", "--json"]).ends(0).json();
    assert_eq!(found["against"]["file"], "5月.csv");
    assert_eq!(found["counts"]["vanished"], 2);
    let proposals = found["proposals"].as_array().expect("a list");
    let gone = proposals.iter().find(|one| one["code"] == "LD-4").expect("it is gone");
    assert_eq!((&gone["proposal"], &gone["perhaps_renamed"]), (&"withdraw".into(), &false.into()));
    import(&june, &["--against", "2020-01-01", "--diff"]).ends(1);
    import(&june, &["--against", "yesterday", "--diff"]).ends(2);
    let created = import(&june, &["--mode", "create", "--dry-run", "--json"]).ends(0).json();
    assert_eq!((&created["new"], &created["changed"]), (&2.into(), &0.into()));
    import(&june, &["--vanished", "withdraw"]).ends(1).says(&["LD-4"]);
    let gone = ["--vanished", "withdraw", "--vanished-reason", "业主放弃", "--lang", "en"];
    import(&june, &gone).ends(0).says(&["withdrawn: 1"]);
    let state = tici(at, &["state", "LD-4", "--json"]);
    assert!(state.text().contains("withdrawn") || state.err.contains("withdrawn"));
    tici(at, &["verify"]).ends(0);
}
