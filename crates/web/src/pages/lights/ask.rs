//! What an address asks of the lights.

use tici_domain::{Light, ListTier, Period};
use tici_engine::Filter;
use tici_ops::{lens::LensQuery, view_ledger::LedgerQuery};

use crate::{
    Failure,
    visit::{encode, read_pairs},
};

/// What the lights of today are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    Yesterday,
    Month,
}

/// All of it in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    pub place: Option<i64>,
    /// `listed`, the code of a tier, or blank for all projects.
    pub tier: String,
    /// Key of a rule: its own light in place of the one that decides.
    pub rule: String,
    pub lights: Vec<Light>,
    pub period: Option<Period>,
    pub since: Option<Since>,
    pub excuses: bool,
    pub page: usize,
}

impl Ask {
    pub fn read(query: &str) -> Result<Ask, Failure> {
        let mut ask = Ask::default();
        for (name, value) in read_pairs(query.as_bytes()) {
            let bad = || Failure::bad(format!("{name}={value}"));
            match name.as_str() {
                _ if value.is_empty() => {}
                "place" => ask.place = Some(value.parse().map_err(|_| bad())?),
                "tier" if value != "listed" && ListTier::parse(&value).is_none() => {
                    return Err(bad());
                }
                "tier" => ask.tier = value,
                "rule" => ask.rule = value,
                "light" => ask.lights.push(Light::parse(&value).ok_or_else(bad)?),
                "period" => ask.period = Some(Period::parse(&value).ok_or_else(bad)?),
                "since" => {
                    ask.since = Some(match value.as_str() {
                        "yesterday" => Since::Yesterday,
                        "month" => Since::Month,
                        _ => return Err(bad()),
                    });
                }
                "excused" => ask.excuses = value == "yes",
                "page" => {
                    let page: usize = value.parse().map_err(|_| bad())?;
                    ask.page = page.saturating_sub(1);
                }
                _ => {}
            }
        }
        Ok(ask)
    }

    pub fn query(&self) -> LedgerQuery {
        let filter = Filter {
            places: self.place.into_iter().collect(),
            listed: self.tier == "listed",
            tiers: ListTier::parse(&self.tier).into_iter().collect(),
            ..Filter::default()
        };
        let lens = LensQuery { period: self.period, ..LensQuery::default() };
        LedgerQuery { filter, lens, ..LedgerQuery::default() }
    }

    /// What the fields do not show but keep.
    pub fn kept(&self) -> Vec<(&'static str, String)> {
        let mut kept: Vec<_> =
            self.lights.iter().map(|light| ("light", light.code().to_owned())).collect();
        kept.extend(self.period.map(|period| ("period", period.to_string())));
        kept.extend(self.since.map(|since| ("since", since.code().to_owned())));
        kept.extend(self.excuses.then(|| ("excused", "yes".to_owned())));
        kept
    }

    pub fn address(&self) -> String {
        let mut pairs = self.kept();
        pairs.extend(self.place.map(|place| ("place", place.to_string())));
        let texts = [("tier", &self.tier), ("rule", &self.rule)];
        let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
        pairs.extend(texts.map(|(name, text)| (name, encode(text))));
        if self.page > 0 {
            pairs.push(("page", (self.page + 1).to_string()));
        }
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let glue = if pairs.is_empty() { "" } else { "?" };
        format!("/lights{glue}{}", pairs.join("&"))
    }

    pub fn to_page(&self, page: usize) -> String {
        Ask { page, ..self.clone() }.address()
    }
}

impl Since {
    fn code(self) -> &'static str {
        match self {
            Since::Yesterday => "yesterday",
            Since::Month => "month",
        }
    }
}
