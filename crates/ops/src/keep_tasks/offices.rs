//! Offices as the ledger calls them already, so that one that is typed does not become a
//! second one by a space or a wide letter.

use tici_domain::Name;
use tici_engine::Snapshot;

use crate::{Action, Desk, OpsError, Session};

/// Of names that are typed, those that no task has had yet, as they would be written.
pub fn new_offices(
    desk: &Desk,
    session: &Session,
    typed: &[String],
) -> Result<Vec<String>, OpsError> {
    session.need(Action::ReadLedger)?;
    let snapshot = desk.snapshot()?;
    let names = typed.iter().map(|text| tidy(text)).filter(|text| !text.is_empty());
    let mut new: Vec<String> = names.filter(|text| known(&snapshot, text).is_none()).collect();
    new.sort();
    new.dedup();
    Ok(new)
}

/// The office of a typed name: as the ledger calls it, with its other languages, else new.
pub(crate) fn office(snapshot: &Snapshot, typed: &str) -> Name {
    known(snapshot, typed).cloned().unwrap_or_else(|| Name::new(tidy(typed)))
}

/// The fullest of the names that are the same but for spaces, width and case.
fn known<'a>(snapshot: &'a Snapshot, typed: &str) -> Option<&'a Name> {
    let wanted = folded(typed);
    let is_it = |name: &&Name| {
        let names = [Some(name.text.as_str()), name.hant.as_deref(), name.en.as_deref()];
        names.into_iter().flatten().any(|name| folded(name) == wanted)
    };
    let tasks = snapshot.records.tasks.values().filter_map(|kept| kept.row.owner.as_ref());
    tasks.filter(is_it).max_by_key(|name| (name.hant.is_some(), name.en.is_some()))
}

/// One space between words, none between Chinese ones, and no wide letters or digits.
/// Brackets stay as they were typed.
fn tidy(text: &str) -> String {
    let plain = |c: char| Some(narrow(c)).filter(char::is_ascii_alphanumeric).unwrap_or(c);
    let narrow: String = text.chars().map(plain).collect();
    let mut out = String::with_capacity(narrow.len());
    for word in narrow.split_whitespace() {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
        if joins(out.chars().last()) && joins(word.chars().next()) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn folded(text: &str) -> String {
    text.chars().map(narrow).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Letters, digits and brackets of full width, and the wide space, as narrow ones.
fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_in_space_and_width_only_is_one() {
        let cases = [
            ("县 自然资源局", "县自然资源局", true),
            ("县发改委　", " 县发改委", true),
            ("县发改委（能评）", "县发改委(能评)", true),
            ("County  Planning", "county planning", true),
            ("ＤＲＣ", "DRC", true),
            ("县发改委", "县发改局", false),
        ];
        for (one, other, same) in cases {
            assert_eq!(folded(one) == folded(other), same, "{one} and {other}");
        }
        assert_eq!(tidy(" 县　自然资源局 "), "县自然资源局");
        assert_eq!(tidy("县发改委（ＤＲＣ）"), "县发改委（DRC）");
        assert_eq!(tidy("County \u{3000} Planning"), "County Planning");
    }
}
