//! 识别表头: which tables the file has, which are read, and how: header rows, the meaning,
//! unit and period of each column, each with its reason. What is said here is kept for the
//! next file of the layout.

use askama::Template;
use axum::extract::Path;
use axum::response::Redirect;
use tici_domain::Period;
use tici_ops::foreign_tables::{Doubt, TableFound, header_base};
use tici_ops::remembered_layouts::Said;
use tici_ops::uploads::{Choices, TablesView, choose, open_tables};

use super::columns::{LayoutView, layouts};
use super::{said_columns, view};
use crate::{Failure, PageResult, Posted, Rendered, Shell, T, Visit, visit::Fields};

/// Tables that are listed at once; those that can be read come first.
const TABLES_SHOWN_MAX: usize = 60;

/// The page.
#[derive(Template)]
#[template(path = "import_tables.html")]
pub struct PageView {
    shell: Shell,
    t: T,
    id: String,
    sub: String,
    doubts: Vec<String>,
    /// Tables that can be read, and those that are.
    found: Vec<FoundView>,
    /// The others.
    others: Vec<FoundView>,
    others_words: String,
    periods: Vec<(String, String, bool)>,
    layouts: Vec<LayoutView>,
}

/// A table in the list of all tables.
pub struct FoundView {
    key: String,
    is_read: bool,
    place: String,
    is_hidden: bool,
    title: String,
    shape: String,
    records: String,
    known: usize,
    reason: String,
    confidence: u8,
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> PageResult<PageView> {
    let today = visit.today;
    let upload = visit.run(move |desk, session| open_tables(desk, session, &id, today)).await?;
    Ok(Rendered(page(&visit, &upload)))
}

fn page(visit: &Visit, upload: &TablesView) -> PageView {
    let t = visit.t;
    let all = &upload.tables.found;
    let is_first =
        |found: &&TableFound| found.is_read || found.table.is_importable() && !found.hidden;
    let (first, others): (Vec<&TableFound>, Vec<&TableFound>) = all.iter().partition(is_first);
    let rows = |tables: Vec<&TableFound>| -> Vec<FoundView> {
        tables.into_iter().take(TABLES_SHOWN_MAX).map(|found| found_view(t, found)).collect()
    };
    let chosen = upload.choices.period.as_deref().and_then(Period::parse);
    PageView {
        shell: visit.shell("import", t.t("nav-import")),
        t,
        id: upload.id.clone(),
        sub: view::sub(
            t,
            &visit.state.config.zone,
            (&upload.file, upload.bytes, upload.uploaded),
            &visit.session.actor.title,
        ),
        doubts: upload.tables.doubts.iter().map(|doubt| doubt_words(t, *doubt)).collect(),
        others_words: t.t1("import-tables-others", &[("n", &others.len())]),
        found: rows(first),
        others: rows(others),
        periods: view::periods(t, visit.today, chosen),
        layouts: layouts(t, &upload.tables),
    }
}

/// What should be looked at, in words.
pub fn doubt_words(t: T, doubt: Doubt) -> String {
    t.t(match doubt {
        Doubt::Several => "import-doubt-several",
        Doubt::NoName => "import-doubt-no-name",
        Doubt::NoUnit => "import-doubt-no-unit",
    })
}

fn found_view(t: T, found: &TableFound) -> FoundView {
    let table = &found.table;
    let reason = match table.shape {
        tici_ops::files::layout::Shape::Card => "labels",
        _ => table.reason.map_or("none", |reason| reason.code()),
    };
    FoundView {
        key: found.key.clone(),
        is_read: found.is_read,
        place: found.key.trim_start_matches('!').to_owned(),
        is_hidden: found.hidden,
        title: table.title.clone().unwrap_or_default(),
        shape: t.t(&format!("layout-shape-{}", table.shape.code())),
        records: t.count(table.records() as i128),
        known: table.known_columns(),
        reason: t.t(&format!("layout-reason-{reason}")),
        confidence: table.confidence,
    }
}

/// What was chosen and corrected.
pub async fn say(
    Path(id): Path<String>,
    Posted { visit, fields }: Posted,
) -> Result<Redirect, Failure> {
    let next = match fields.get("go") {
        "check" => format!("/imports/{id}?asked=1"),
        _ => format!("/imports/{id}/tables"),
    };
    let today = visit.today;
    visit
        .run(move |desk, session| {
            let upload = open_tables(desk, session, &id, today)?;
            choose(desk, session, &id, |choices| apply(&fields, &upload, choices))
        })
        .await?;
    Ok(Redirect::to(&next))
}

fn apply(fields: &Fields, upload: &TablesView, choices: &mut Choices) {
    choices.tables = fields.all("read").map(str::to_owned).collect();
    choices.period = Period::parse(fields.get("period")).map(|period| period.to_string());
    let mut layouts: Vec<&str> = fields.all("layout").collect();
    layouts.dedup();
    for layout in layouts {
        let table = upload.tables.found.iter().find(|found| found.layout() == layout);
        let said = choices.said.entry(layout.to_owned()).or_default();
        let base = table.map_or(1, |found| header_base(&found.table));
        say_of(fields, layout, base, said);
    }
}

/// A header that is moved takes what was said of the old columns with it.
fn say_of(fields: &Fields, layout: &str, base: u32, said: &mut Said) {
    let of = |name: &str| fields.get(&format!("{layout}:{name}"));
    let number = |name: &str| of(name).parse::<u32>().ok().filter(|row| *row > 0);
    let (from, was) = ([number("from"), number("to")], [number("was-from"), number("was-to")]);
    if let ([Some(from), Some(to)], true) = (from, from != was) {
        let offset = |row: u32| i32::try_from(i64::from(row) - i64::from(base)).unwrap_or(0);
        said.header = Some([offset(from.min(to)), offset(from.max(to))]);
        said.columns.clear();
        said.units.clear();
        said.period_column = None;
        return;
    }
    said.columns.extend(said_columns(fields, &format!("{layout}:f-")));
    said.units.extend(said_columns(fields, &format!("{layout}:u-")));
    if fields.0.iter().any(|(name, _)| *name == format!("{layout}:unit")) {
        said.unit = Some(of("unit").to_owned());
        said.period_column = Some(of("period").parse().unwrap_or(-1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(pairs: &[(&str, &str)]) -> Said {
        let pairs = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let mut said = Said { columns: [(0, "name".into())].into(), ..Said::default() };
        say_of(&Fields(pairs.collect()), "ab", 3, &mut said);
        said
    }

    #[test]
    fn a_form_says_what_was_corrected() {
        let same = [("ab:from", "3"), ("ab:was-from", "3"), ("ab:to", "3"), ("ab:was-to", "3")];
        let columns = [("ab:f-4", "plan"), ("ab:u-4", "亿元"), ("ab:unit", ""), ("cd:f-1", "name")];
        let said = say(&[&same[..], &columns[..]].concat());
        assert_eq!(said.columns, [(0, "name".into()), (4, "plan".into())].into());
        assert_eq!(said.units, [(4, "亿元".into())].into());
        assert_eq!((said.header, said.unit.as_deref()), (None, Some("")));
        let moved = [("ab:from", "2"), ("ab:was-from", "3"), ("ab:to", "4"), ("ab:was-to", "3")];
        let said = say(&[&moved[..], &columns[..]].concat());
        assert_eq!((said.header, said.columns.len()), (Some([-1, 1]), 0));
    }
}
