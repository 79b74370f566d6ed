//! What has to be said beside a count: where groups and whole differ, and why; what is
//! missing; what is kept apart. Said as data, never mended.

use std::collections::BTreeSet;

use tici_domain::Currency;

use super::Count;
use super::groups::Group;
use crate::facts::FactsTable;
use crate::filter::Filter;
use crate::rule::{Packages, StageStatus};
use crate::snapshot::Snapshot;
use crate::statement::printed::Digits;
use crate::statement::words::{Arg, Words};
use crate::totals::{Sums, Totals};

/// A page's amounts: 亿元, or millions of another currency, with two decimals.
const SHOWN_DECIMALS: u32 = 2;

pub(super) fn notes(
    snapshot: &Snapshot,
    table: &FactsTable,
    filter: &Filter,
    rows: &[usize],
    count: &Count,
) -> Vec<Words> {
    let all = &count.all.totals;
    let mut notes = Vec::new();
    let mut say = |key: &str, n: usize| {
        if n > 0 {
            notes.push(Words::new(key).with("n", Arg::Count(n as i128)));
        }
    };
    let in_groups: usize = count.groups.iter().map(|group| group.tally.totals.projects).sum();
    if !count.groups.is_empty() {
        // Groups are parts of the same rows: only a project in two of them can add.
        say("note-in-two-groups", in_groups - all.projects);
        let rest = count.groups.iter().find(|group| group.key.is_empty());
        say("note-no-group", rest.map_or(0, |group| group.tally.totals.projects));
    }
    say("note-unreported", all.unreported.len());
    let pending = match table.lens.stage_status {
        StageStatus::Claimed => "note-pending-counted",
        StageStatus::Verified => "note-pending-left-out",
    };
    say(pending, all.pending_claims);
    say("note-undated-starts", count.all.starts.undated);
    let by_place = count.groups.iter().any(|group| group.name.is_some());
    say("note-packages-elsewhere", if by_place { elsewhere(table, filter, rows) } else { 0 });
    notes.extend(packages(snapshot, table, filter, rows));
    notes.extend(currencies(all));
    notes.extend(rounded(&count.groups, all));
    notes
}

/// Projects counted whole at one place while a package of theirs lies in another.
fn elsewhere(table: &FactsTable, filter: &Filter, rows: &[usize]) -> usize {
    if filter.packages == Packages::Split {
        return 0;
    }
    let counted: BTreeSet<i64> = rows.iter().map(|index| table.rows[*index].project).collect();
    let parts = table.rows.iter().filter(|part| part.is_live());
    let away = parts.filter(|part| {
        let parent = part.parent.filter(|parent| counted.contains(parent));
        parent.is_some_and(|p| table.get(p).is_some_and(|whole| whole.place != part.place))
    });
    away.filter_map(|part| part.parent).collect::<BTreeSet<i64>>().len()
}

/// How many there would be under the other way of counting packages.
fn packages(
    snapshot: &Snapshot,
    table: &FactsTable,
    filter: &Filter,
    rows: &[usize],
) -> Option<Words> {
    if !table.rows.iter().any(|facts| facts.has_packages) {
        return None;
    }
    let (key, packages) = match filter.packages {
        Packages::Whole => ("note-packages-whole", Packages::Split),
        Packages::Split => ("note-packages-split", Packages::Whole),
    };
    let other = Filter { packages, ..filter.clone() }.apply(snapshot, table).len();
    let words = Words::new(key).with("n", Arg::Count(rows.len() as i128));
    (other != rows.len()).then(|| words.with("other", Arg::Count(other as i128)))
}

fn currencies(all: &Totals) -> Option<Words> {
    let list = all.sums.keys().map(|c| Arg::Text(c.to_string())).collect::<Vec<_>>();
    (list.len() > 1).then(|| Words::new("note-currencies").with("list", Arg::List(list)))
}

/// Reads one sum.
type Column = fn(&Sums) -> i128;

/// Columns whose parts, each rounded for print, do not add up to the printed total.
fn rounded(groups: &[Group], all: &Totals) -> Vec<Words> {
    let columns: [(&str, Column); 3] = [
        ("note-rounded-total", |sums| sums.total),
        ("note-rounded-plan", |sums| sums.plan_year),
        ("note-rounded-done", |sums| sums.done_ytd),
    ];
    let mut notes = Vec::new();
    for (currency, whole) in &all.sums {
        let printed = |sums: &Sums, get: Column| {
            tici_domain::money::round_div(get(sums) * 100, steps(*currency))
        };
        for (key, get) in columns {
            let parts = groups.iter().filter_map(|group| group.tally.totals.sums.get(currency));
            let (exact, sum) = parts
                .fold((0, 0), |(exact, sum), part| (exact + get(part), sum + printed(part, get)));
            // Where the exact parts do not add up, another note has said why.
            if exact == get(whole) && sum != printed(whole, get) {
                notes.push(differs(key, sum, printed(whole, get), *currency));
            }
        }
    }
    notes
}

fn differs(key: &str, sum: i128, total: i128, currency: Currency) -> Words {
    let digits = Digits { decimals: SHOWN_DECIMALS, ..Digits::default() };
    Words::new(key)
        .with("sum", Arg::Number(digits.print(sum, 100)))
        .with("total", Arg::Number(digits.print(total, 100)))
        .with("currency", Arg::Text(currency.to_string()))
}

/// Stored units in one shown unit.
fn steps(currency: Currency) -> i128 {
    let main = if currency == Currency::CNY { 100_000_000 } else { 1_000_000 };
    main * i128::from(currency.stored_per_main())
}
