//! Two dates of a list: each case is two tables in text and what became of the first.

use tici_domain::Period;
use tici_engine::list_diff::{
    ColumnRole, DiffOptions, ListCell, ListColumn, ListRow, ListTable, NameLink, RenameReason,
    diff, propose_key, propose_renames,
};

/// Columns parted by `|`; `*` before a header makes it the name, `#` the code, `@` the place,
/// `$` an amount; `>2025` behind one is its period.
fn table(text: &str) -> ListTable {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let header = lines.next().unwrap_or_default();
    let column = |head: &str| {
        let head = head.trim();
        let role = match head.chars().next() {
            Some('*') => ColumnRole::Name,
            Some('#') => ColumnRole::Code,
            Some('@') => ColumnRole::Place,
            Some('$') => ColumnRole::Amount,
            _ => ColumnRole::Other,
        };
        let bare = head.trim_start_matches(['*', '#', '@', '$']);
        let (name, period) = bare.split_once('>').unwrap_or((bare, ""));
        ListColumn { name: name.into(), role, period: Period::parse(period) }
    };
    let columns: Vec<ListColumn> = header.split('|').map(column).collect();
    let at_period = columns.iter().position(|column| column.name == "period");
    let row = |(index, line): (usize, &str)| {
        let cells: Vec<ListCell> = line.split('|').map(|cell| ListCell::new(cell.trim())).collect();
        let period = at_period.and_then(|at| Period::parse(&cells.get(at)?.text));
        ListRow { at: format!("A{}", index + 2), period, cells }
    };
    ListTable { rows: lines.enumerate().map(row).collect(), columns }
}

fn options(key: &str) -> DiffOptions {
    let key = key.split_whitespace().map(String::from).collect();
    DiffOptions { key, ..DiffOptions::default() }
}

/// New and gone rows by their first cell, changed cells as `row.column old>new kind`.
fn check(old: &str, new: &str, options: &DiffOptions, expected: &str) {
    let (old, new) = (table(old), table(new));
    let found = diff(&old, &new, options);
    let first = |table: &ListTable, rows: &[usize]| {
        let texts = rows.iter().map(|row| table.rows[*row].cells[0].text.clone());
        texts.collect::<Vec<_>>().join(" ")
    };
    let cells = found.changed.iter().flat_map(|row| {
        let name = new.rows[row.new].cells[0].text.clone();
        row.cells.iter().map(move |cell| {
            format!("{name}.{} {}>{} {:?}", cell.name, cell.old, cell.new, cell.kind)
        })
    });
    let shown = format!(
        "new {} / gone {} / same {} / {}",
        first(&new, &found.new),
        first(&old, &found.vanished),
        found.unchanged,
        cells.collect::<Vec<_>>().join("; "),
    );
    assert_eq!(shown, expected);
}

#[test]
fn rows_and_cells() {
    check(
        "#code | *name | $total\nA | 水厂 | 1,000\nB | 泵站 | 5\nC | 道路 | 7",
        "#code | *name | $total\nA | 水厂 | 1000.00\nB | 泵站 | 6\nD | 桥 | 7",
        &options("code"),
        "new D / gone C / same 1 / B.total 5>6 Changed",
    );
    check(
        "k | a | b\n1 | x | \n2 | y | z",
        "k | b | a\n2 |  | y\n1 | w | x",
        &options("k"),
        "new  / gone  / same 0 / 2.b z> Emptied; 1.b >w Filled",
    );
    let ignoring = DiffOptions { ignore: vec!["B".into()], ..options("k") };
    check("k | b\n1 | x", "k | b\n1 | y", &ignoring, "new  / gone  / same 1 / ");
}

#[test]
fn what_was_told_before_is_restated() {
    let settled = DiffOptions { settled: vec!["started".into()], ..options("k") };
    check(
        "k | started | $done\n1 | 2024-05-01 | 5\n2 |  | 5",
        "k | started | $done\n1 | 2024-06-01 | 9\n2 | 2025-01-01 | 5",
        &settled,
        "new  / gone  / same 0 / 1.started 2024-05-01>2024-06-01 Restated; 1.done 5>9 Changed; \
         2.started >2025-01-01 Filled",
    );
    let by_period = DiffOptions { by_period: true, ..options("k") };
    check(
        "k | period | $sum\n1 | 2026-04 | 10\n1 | 2026-05 | 20",
        "k | period | $sum\n1 | 2026-04 | 11\n1 | 2026-05 | 20\n1 | 2026-06 | 30",
        &by_period,
        "new 1 / gone  / same 1 / 1.sum 10>11 Restated",
    );
    check(
        "k | $sum>2025 | $so far>2026\n1 | 10 | 20",
        "k | $sum>2025 | $so far>2026\n1 | 12 | 25",
        &options("k"),
        "new  / gone  / same 0 / 1.sum 10>12 Restated; 1.so far 20>25 Changed",
    );
}

#[test]
fn rows_that_share_a_key_are_paired_by_least_difference() {
    let (old, new) =
        ("k | a | b\n1 | x | p\n1 | y | q", "k | a | b\n1 | y | r\n1 | x | p\n1 | z | z");
    check(old, new, &options("k"), "new 1 / gone  / same 1 / 1.b q>r Changed");
    let found = diff(&table(old), &table(new), &options("k"));
    assert_eq!(found.shared_key, [2, 3]);
}

#[test]
fn columns_and_words_that_came_and_went() {
    let rows = |phase: &str, more: &str| -> String {
        (0..12)
            .map(|n| format!("{n} | {} | {more}\n", if n < 6 { phase } else { "建设" }))
            .collect()
    };
    let old = table(&format!("k | phase | old\n{}", rows("前期", "1")));
    let new = table(&format!("k | phase | extra\n{}", rows("前期工作", "1")));
    let found = diff(&old, &new, &options("k"));
    assert_eq!((found.columns_new, found.columns_gone), (vec!["extra".into()], vec!["old".into()]));
    let [vocabulary] = found.vocabularies.as_slice() else { panic!("{:?}", found.vocabularies) };
    assert_eq!(vocabulary.recoded, [("前期".into(), "前期工作".into(), 6)]);
    assert_eq!((vocabulary.new[0].rows, vocabulary.gone[0].rows), (6, 6));
}

#[test]
fn a_key_is_proposed() {
    let check = |old: &str, new: &str, expected: &[&str]| {
        assert_eq!(propose_key(&table(old), &table(new)), expected, "{old}");
    };
    check("#id | *name\n1 | a\n2 | b", "#id | *name\n1 | a\n3 | c", &["id"]);
    check("#id | *name\n1 | a\n1 | b", "#id | *name\n1 | a\n1 | b", &["name"]);
    let place = "school | works | phase | $cost\n甲 | 屋面 | 设计 | 5\n甲 | 屋面 | 施工 | 7\n\
                 乙 | 屋面 | 设计 | 5\n乙 | 围墙 | 设计 | 6";
    check(place, place, &["school", "works", "phase"]);
    let found = diff(&table("k | a\n1 | 2"), &table("k | b\n1 | 2"), &options("a"));
    assert_eq!(found.key_missing, ["a"]);
}

#[test]
fn renames_are_proposed_with_their_reasons() {
    let check = |old: &str, new: &str, key: &str, links: &[NameLink], expected: &[&str]| {
        let (old, new) = (table(old), table(new));
        let found = diff(&old, &new, &options(key));
        let renames = propose_renames(&old, &new, &found, links);
        let shown: Vec<String> = renames
            .iter()
            .map(|rename| {
                let reason = rename.reason.code();
                format!("{}>{} {reason} {}", rename.old_name, rename.new_name, rename.confidence)
            })
            .collect();
        assert_eq!(shown, expected);
    };
    let link = |old: &str, new: &str, reason, confidence| NameLink {
        old: old.into(),
        new: new.into(),
        reason,
        confidence,
    };
    let near = |confidence| [link("城北水厂", "城北净水厂", RenameReason::Near, confidence)];
    let head = "*name | @place | $total\n";
    let old = format!("{head}城北水厂 | 东镇 | 3200\n城南泵站 | 西镇 | 500");
    let near_by = format!("{head}城北净水厂 | 东镇 | 3300\n城南泵站 | 西镇 | 500");
    check(&old, &near_by, "name", &near(80), &["城北水厂>城北净水厂 near 85"]);
    // Elsewhere and three times as much: names alone are not enough.
    let far = format!("{head}城北净水厂 | 南镇 | 9900\n城南泵站 | 西镇 | 500");
    check(&old, &far, "name", &near(80), &[]);
    check(&old, &far, "name", &near(97), &["城北水厂>城北净水厂 near 82"]);
    // The name is another one; sum and day are the same, which nobody else has.
    let facts = "*name | start | $total\n";
    check(
        &format!("{facts}甲项目 | 2024-03-01 | 12345"),
        &format!("{facts}新材料基地 | 2024-03-01 | 12345"),
        "name",
        &[],
        &["甲项目>新材料基地 same-facts 74"],
    );
    check(
        "#code | *name\nA1 | 城北水厂\nA2 | 道路",
        "#code | *name\nB1 | 城北水厂\nA2 | 道路",
        "code",
        &[],
        &["城北水厂>城北水厂 same-name 82"],
    );
    check(
        "school | works | phase\n甲校 | 屋面防水修缮 | 设计\n乙校 | 围墙 | 设计",
        "school | works | phase\n甲校 | 屋面防水修缮工程 | 设计\n乙校 | 围墙 | 设计",
        "school works phase",
        &[],
        &["甲校 · 屋面防水修缮 · 设计>甲校 · 屋面防水修缮工程 · 设计 key-column 86"],
    );
}
