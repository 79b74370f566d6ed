//! The list of what was over a limit when the limit came. It only ever shrinks.

use super::limits::{self, Over};
use super::repository::Repository;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

pub const PATH: &str = "crates/xtask/ratchet.toml";

const HEADING: &str = "\
# What was over a limit already; see crates/xtask/src/tidy/limits.rs. Entries are lowered or
# dropped by `cargo xtask tidy --lower`, never raised and never added.
";

/// Known lengths: functions by `path::name`, long lines by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ratchet {
    pub functions: BTreeMap<String, usize>,
    pub columns: BTreeMap<String, usize>,
}

impl Ratchet {
    /// Reads the file; none is an empty one.
    pub fn read(repository: &Repository) -> Result<Ratchet, String> {
        let text = repository.text(PATH).unwrap_or("");
        let table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        Ok(Ratchet { functions: lengths(&table, "functions"), columns: lengths(&table, "columns") })
    }

    /// The same entries where still needed, at most as long as before.
    fn lowered(&self, functions: &[Over], columns: &[Over]) -> Ratchet {
        let lower = |known: &BTreeMap<String, usize>, found: &[Over]| {
            let kept = found.iter().filter_map(|over| {
                known.get(&over.key).map(|&length| (over.key.clone(), over.length.min(length)))
            });
            kept.collect()
        };
        Ratchet {
            functions: lower(&self.functions, functions),
            columns: lower(&self.columns, columns),
        }
    }

    fn print(&self) -> String {
        let mut text = HEADING.to_owned();
        for (name, entries) in [("functions", &self.functions), ("columns", &self.columns)] {
            text.push_str(&format!("\n[{name}]\n"));
            for (key, length) in entries {
                text.push_str(&format!("\"{key}\" = {length}\n"));
            }
        }
        text
    }
}

/// Writes shorter lengths into the file; gives how many entries changed.
pub fn lower(root: &Path) -> io::Result<usize> {
    let repository = Repository::read(root)?;
    let known = Ratchet::read(&repository).map_err(io::Error::other)?;
    let lowered = known.lowered(&limits::functions(&repository), &limits::columns(&repository));
    fs::write(root.join(PATH), lowered.print())?;
    let changed = |before: &BTreeMap<String, usize>, after: &BTreeMap<String, usize>| {
        before.iter().filter(|(key, length)| after.get(*key) != Some(length)).count()
    };
    Ok(changed(&known.functions, &lowered.functions) + changed(&known.columns, &lowered.columns))
}

fn lengths(table: &toml::Table, name: &str) -> BTreeMap<String, usize> {
    let entries = table.get(name).and_then(toml::Value::as_table).into_iter().flatten();
    entries
        .filter_map(|(key, length)| {
            Some((key.clone(), usize::try_from(length.as_integer()?).ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(key: &str, length: usize) -> Over {
        Over { key: key.into(), path: String::new(), line: 1, length }
    }

    #[test]
    fn lowering_drops_and_lowers_but_never_raises_or_adds() {
        let known = "[functions]\nshrunk = 90\ngrown = 80\ngone = 75\n";
        let known = Ratchet::read(&Repository::of(&[(PATH, known)])).unwrap();
        let found = [over("shrunk", 72), over("grown", 99), over("new", 71)];
        let lowered = known.lowered(&found, &[]);
        let expected = [("grown".to_owned(), 80), ("shrunk".to_owned(), 72)];
        assert_eq!(lowered.functions, BTreeMap::from(expected));
        let printed = lowered.print();
        assert_eq!(Ratchet::read(&Repository::of(&[(PATH, &printed)])), Ok(lowered));
    }
}
