//! Who did what with a return, and the three series it writes one of.

use tici_engine::checks::wan;
use tici_ops::returns::form::RowOut;
use tici_ops::returns::{BasisLine, Hands, PlacePage, SheetMeta};

use super::who;
use crate::Visit;

pub struct SeriesView {
    pub code: String,
    pub name: String,
    pub values: Vec<String>,
}

/// The three series of each project.
pub fn series(page: &PlacePage) -> Vec<SeriesView> {
    let row = |(row, lines): (&RowOut, &[BasisLine; 3])| {
        let value = |line: &BasisLine| {
            line.ytd.map_or_else(|| "—".to_owned(), |amount| wan(amount, row.currency))
        };
        SeriesView {
            code: row.code.clone(),
            name: row.name.clone(),
            values: lines.iter().map(value).collect(),
        }
    };
    page.form.rows.iter().zip(&page.series).map(row).collect()
}

/// What was done, by whom and when, and what was said with it.
pub fn version(visit: &Visit, meta: &SheetMeta) -> (String, String, String) {
    let what = visit.t.code("return-op", meta.sheet.state.code());
    (what, who(visit, &meta.by), meta.sheet.reason.clone().unwrap_or_default())
}

/// Who handed it in, accepted it and locked it, each apart.
pub fn hands(visit: &Visit, hands: &Hands) -> Vec<(String, String)> {
    let steps = [
        ("returns-handed-in", &hands.submitted),
        ("returns-accepted-by", &hands.accepted),
        ("returns-locked-by", &hands.locked),
    ];
    let done = steps.into_iter().filter_map(|(key, meta)| Some((key, meta.as_ref()?)));
    done.map(|(key, meta)| (visit.t.t(key), who(visit, &meta.by))).collect()
}

/// That it was sent back: by whom and when, and why.
pub fn sent_back(visit: &Visit, hands: &Hands) -> Option<(String, String)> {
    let meta = hands.returned.as_ref()?;
    let by = visit.t.t1("return-back", &[("by", &who(visit, &meta.by))]);
    Some((by, meta.sheet.reason.clone().unwrap_or_default()))
}
