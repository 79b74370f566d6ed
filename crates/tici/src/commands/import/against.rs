//! `tici import projects FILE --against LAST --diff`: the list beside the one before it.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use tici_domain::Problem;
use tici_domain::intake::Intake;
use tici_exchange::map::Map;
use tici_ops::compare_lists::{
    Against, LedgerComparison, VanishedChoice, VanishedFate, compare_with_earlier,
};
use tici_ops::{Desk, OpsError, Session};
use tici_web::list_diff::to_json;

use super::super::diff;
use crate::{Context, exit_code, say};

/// Which earlier list: `LAST`, or the last one handed in on or before a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    Last,
    On(Date),
}

impl Earlier {
    pub fn parse(text: &str) -> Result<Earlier, String> {
        match text.to_ascii_lowercase().as_str() {
            "last" => Ok(Earlier::Last),
            day => day.parse().map(Earlier::On).map_err(|_| "LAST, or a day as 2026-05-31".into()),
        }
    }

    fn against(self, context: &Context) -> Result<Against, OpsError> {
        let Earlier::On(day) = self else { return Ok(Against::Last) };
        let next = day.tomorrow();
        let next = next.and_then(|day| context.zone().to_timestamp(day.at(0, 0, 0, 0)));
        let next = next.map_err(|error| {
            OpsError::problem(Problem::error("diff-no-earlier").arg("detail", error))
        })?;
        Ok(Against::Before(next))
    }
}

/// Compares; `None` where no earlier list is known.
pub fn find(
    context: &Context,
    (desk, session): (&Desk, &Session),
    (name, bytes): (&str, &[u8]),
    (map, intake): (&Map, &Intake),
    earlier: Earlier,
) -> Result<Option<LedgerComparison>, OpsError> {
    let (workbook, problems) = tici_exchange::sheet::open(name, bytes, Default::default());
    let Some(workbook) = workbook else { return Err(OpsError::Problems(problems)) };
    let against = earlier.against(context)?;
    let new = (name, &workbook, map, intake);
    compare_with_earlier(desk, session, new, against, context.today())
}

/// Prints the comparison and writes its files; nothing is written to the ledger.
pub fn show(
    context: &Context,
    found: Option<&LedgerComparison>,
    out: Option<&Path>,
) -> Result<u8, OpsError> {
    let Some(found) = found else {
        return Err(OpsError::problem(Problem::error("diff-no-earlier").arg("detail", "-")));
    };
    if let Some(folder) = out {
        diff::write(context, folder, &found.compared)?;
    }
    if context.global.json {
        let mut json = to_json(&found.compared);
        json["against"] = serde_json::json!({
            "file": found.earlier.file, "entry": found.earlier.seq, "at": found.earlier.at,
        });
        json["proposals"] = found.vanished.iter().map(proposal).collect();
        say::json(&json);
        return Ok(exit_code::DONE);
    }
    let t = context.t;
    let at = t.moment(found.earlier.at, &context.zone());
    say::line(t.t1("diff-against-sub", &[("file", &found.earlier.file), ("at", &at)]));
    diff::print(&t, &found.compared);
    if !found.vanished.is_empty() {
        say::line(t.t("diff-vanished"));
    }
    for row in &found.vanished {
        let code = row.code.as_deref().unwrap_or("-");
        let fate = t.code("diff-fate", row.proposal.code());
        let why = t.t(if row.perhaps_renamed { "diff-why-renamed" } else { row.why });
        let proposed = t.t1("diff-proposed", &[("what", &fate)]);
        say::line(format!("  {code}  {}  {proposed}  ({why})", row.name));
    }
    Ok(exit_code::DONE)
}

fn proposal(row: &tici_ops::compare_lists::Vanished) -> serde_json::Value {
    serde_json::json!({
        "name": row.name,
        "code": row.code,
        "at": row.at,
        "proposal": row.proposal.code(),
        "why": row.why,
        "perhaps_renamed": row.perhaps_renamed,
    })
}

/// The same for all projects that are gone, but for those that may have been renamed: of them
/// a person must say first what they are.
pub fn choices(
    found: &LedgerComparison,
    fate: VanishedFate,
    reason: &str,
) -> BTreeMap<String, VanishedChoice> {
    let rows = found.vanished.iter().filter(|row| !row.perhaps_renamed);
    let choice = |row: &tici_ops::compare_lists::Vanished| {
        let fate = match fate {
            VanishedFate::LeaveList if row.lists.is_empty() => VanishedFate::Ignore,
            fate => fate,
        };
        let choice = VanishedChoice { fate: fate.code().into(), reason: reason.into() };
        Some((row.code.clone()?, choice))
    };
    rows.filter_map(choice).collect()
}
