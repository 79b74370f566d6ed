//! The league in one line, for the first page.

use tici_domain::Percent;
use tici_engine::league::{Quantity, Row};
use tici_ops::view_league::LeaguePage;

use crate::{
    charts::{self, Bar, Tone},
    i18n::T,
    ui::{self, Html},
};

/// Places in the strip; a longer league is read on its own page.
const PLACES_MAX: usize = 16;

/// The strip and its legend.
pub struct LeagueStrip {
    pub sub: String,
    pub legend: Vec<(Html, String)>,
    pub items: Vec<StripItem>,
}

/// One place of the strip.
pub struct StripItem {
    pub href: String,
    pub rank: String,
    pub change: String,
    pub change_words: String,
    pub name: String,
    pub seal: Html,
    pub total: String,
    /// Started of all.
    pub bar: Html,
    /// `开工 10/14`
    pub starts: String,
}

impl LeagueStrip {
    /// The first group's places; `None` where there is nothing to compare.
    pub fn new(t: T, page: &LeaguePage) -> Option<LeagueStrip> {
        let group = page.league.groups.first().filter(|group| group.rows.len() > 1)?;
        let rows = group.rows.iter().filter(|row| row.projects > 0).take(PLACES_MAX);
        let period = t.period(page.league.period);
        let sub = match page.league.before {
            Some(before) => {
                t.t1("league-strip-sub", &[("period", &period), ("before", &t.period(before))])
            }
            None => t.t1("league-strip-sub-first", &[("period", &period)]),
        };
        Some(LeagueStrip {
            sub,
            legend: super::legend(t, page),
            items: rows.map(|row| item(t, page, row)).collect(),
        })
    }
}

fn item(t: T, page: &LeaguePage, row: &Row) -> StripItem {
    let decimals = u32::from(page.rules.rank.decimals);
    let grade = row.grade.map(|index| {
        let name = page.rules.grades[index].name.get(t.lang);
        super::seal(index, page.rules.grades.len(), name)
    });
    // The bar is that of the item which counts starts, where the rules have one.
    let is_starts = |index: &usize| {
        let item = &page.rules.items[*index];
        item.by.is_some() && matches!(item.of, Quantity::Projects(_))
    };
    let starts = (0..page.rules.items.len()).find(is_starts);
    let parts = starts.and_then(|index| row.cells[index].parts);
    let (value, starts) = match parts {
        Some((of, by)) if by.num > 0 => {
            let share = Percent { part: of.num, base: by.num }.as_f64();
            let words = t.t1("league-strip-starts", &[("n", &of.num), ("of", &by.num)]);
            (share, words)
        }
        _ => (0.0, String::new()),
    };
    StripItem {
        href: super::place_href(page, row.place),
        rank: row.rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string()),
        change: super::change(row.change()),
        change_words: super::change_words(t, row.change()),
        name: super::place_name(t, page, row.place),
        seal: grade.unwrap_or_else(|| ui::Html(String::new())),
        total: row.total.map_or_else(|| t.t("league-missing"), |total| total.print(decimals)),
        bar: Html(charts::bar(&Bar { value, max: 1.0, tone: Tone::First })),
        starts,
    }
}
