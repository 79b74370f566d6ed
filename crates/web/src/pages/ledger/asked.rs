//! What an address asks of the ledger, and the addresses that ask for a little more or less.

use tici_domain::{Basis, Light, ListTier, Period, SideState, Stage};
use tici_engine::{Filter, rule::Packages};
use tici_ops::{
    lens::LensQuery,
    view_ledger::{LedgerQuery, Sort},
};

use super::columns::Column;
use crate::{Failure, Fields, visit::encode};

/// Rows of a page, as many as a screen shows.
pub const PAGE_ROWS: usize = 19;
/// What the foot of the table offers.
pub const PAGE_ROWS_OFFERED: [usize; 3] = [PAGE_ROWS, 50, 200];

/// Which lists a project must be on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Listed {
    /// Any list of the year, where the ledger has lists at all.
    #[default]
    Default,
    Any,
    All,
    Tiers(Vec<ListTier>),
}

/// A query of the ledger page, all of it in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub listed: Listed,
    pub places: Vec<i64>,
    pub stages: Vec<Stage>,
    pub without_stage: bool,
    pub chains: Vec<String>,
    pub lights: Vec<Light>,
    /// Empty for active and suspended.
    pub states: Vec<SideState>,
    pub text: String,
    pub not_started: bool,
    pub due_this_month: bool,
    pub split: bool,
    pub sort: Option<Sort>,
    pub ascending: bool,
    pub page: usize,
    pub rows: usize,
    pub columns: Vec<Column>,
    pub period: Option<Period>,
    pub basis: Option<Basis>,
    /// Only these projects: a selection to export.
    pub ids: Vec<i64>,
}

impl Asked {
    /// Reads the pairs of an address; an unknown value is refused by name.
    pub fn read(fields: &Fields) -> Result<Asked, Failure> {
        let mut asked = Asked::default();
        for (name, value) in &fields.0 {
            let value = value.trim();
            if !value.is_empty() {
                asked.take(name, value).ok_or_else(|| Failure::bad(format!("{name}={value}")))?;
            }
        }
        Ok(asked)
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "tier" => self.take_tier(value)?,
            "place" => self.places.push(value.parse().ok()?),
            "stage" if value == "none" => self.without_stage = true,
            "stage" => self.stages.push(Stage::parse(value)?),
            "chain" => self.chains.push(value.to_owned()),
            "light" => self.lights.push(Light::parse(value)?),
            "state" if value == "any" => self.states = SideState::ALL.to_vec(),
            "state" => self.states.push(SideState::parse(value)?),
            "text" => self.text = value.to_owned(),
            "start" => self.not_started = value == "none",
            "due" => self.due_this_month = value == "month",
            "packages" => self.split = value == "split",
            "sort" => self.sort = Some(Sort::parse(value)?),
            "dir" => self.ascending = value == "up",
            "page" => self.page = value.parse::<usize>().ok()?.saturating_sub(1),
            "rows" => self.rows = value.parse().ok()?,
            "col" => self.columns.push(Column::parse(value)?),
            "period" => self.period = Some(Period::parse(value)?),
            "basis" => self.basis = Some(Basis::parse(value)?),
            "id" => self.ids.push(value.parse().ok()?),
            // Anything else in an address is somebody else's business.
            _ => {}
        }
        Some(())
    }

    fn take_tier(&mut self, value: &str) -> Option<()> {
        self.listed = match (value, &mut self.listed) {
            ("all", _) => Listed::All,
            ("listed", _) => Listed::Any,
            (code, Listed::Tiers(tiers)) => {
                tiers.push(ListTier::parse(code)?);
                return Some(());
            }
            (code, _) => Listed::Tiers(vec![ListTier::parse(code)?]),
        };
        Some(())
    }

    /// Settles the default list: a ledger without lists shows all projects.
    pub fn settle(&mut self, has_lists: bool) {
        if self.listed == Listed::Default {
            let looks_further = !self.text.is_empty() || !self.ids.is_empty();
            self.listed = if has_lists && !looks_further { Listed::Any } else { Listed::All };
        }
    }

    /// The question as ops takes it.
    pub fn query(&self) -> LedgerQuery {
        let tiers = match &self.listed {
            Listed::Tiers(tiers) => tiers.clone(),
            _ => Vec::new(),
        };
        let filter = Filter {
            places: self.places.clone(),
            stages: self.stages.clone(),
            without_stage: self.without_stage,
            tiers,
            listed: self.listed == Listed::Any,
            chains: self.chains.clone(),
            lights: self.lights.clone(),
            states: self.states.clone(),
            text: self.text.clone(),
            not_started: self.not_started,
            milestone_this_month: self.due_this_month,
            packages: if self.split { Packages::Split } else { Packages::Whole },
            projects: (!self.ids.is_empty()).then(|| self.ids.iter().copied().collect()),
            ..Filter::default()
        };
        LedgerQuery {
            filter,
            lens: LensQuery { period: self.period, basis: self.basis, ..LensQuery::default() },
            sort: self.sort.unwrap_or_default(),
            descending: !self.ascending,
            page: self.page,
            page_rows: if self.rows == 0 { PAGE_ROWS } else { self.rows },
        }
    }

    /// The same question with a change; a change of filter begins at the first page.
    pub fn with(&self, change: impl FnOnce(&mut Asked)) -> Asked {
        let mut asked = Asked { page: 0, ..self.clone() };
        change(&mut asked);
        asked
    }

    /// What narrows, in a fixed order.
    pub fn filter_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        match &self.listed {
            Listed::Default => {}
            Listed::Any => pairs.push(("tier", "listed".into())),
            Listed::All => pairs.push(("tier", "all".into())),
            Listed::Tiers(tiers) => {
                pairs.extend(tiers.iter().map(|tier| ("tier", tier.code().into())));
            }
        }
        pairs.extend(self.places.iter().map(|id| ("place", id.to_string())));
        pairs.extend(self.stages.iter().map(|stage| ("stage", stage.code().into())));
        if self.without_stage {
            pairs.push(("stage", "none".into()));
        }
        pairs.extend(self.chains.iter().map(|chain| ("chain", chain.clone())));
        pairs.extend(self.lights.iter().map(|light| ("light", light.code().into())));
        match self.any_state() {
            true => pairs.push(("state", "any".into())),
            false => {
                pairs.extend(self.states.iter().map(|state| ("state", state.code().into())));
            }
        }
        if self.not_started {
            pairs.push(("start", "none".into()));
        }
        if self.due_this_month {
            pairs.push(("due", "month".into()));
        }
        if !self.text.is_empty() {
            pairs.push(("text", self.text.clone()));
        }
        pairs
    }

    /// Whether every state is asked for.
    pub fn any_state(&self) -> bool {
        SideState::ALL.iter().all(|state| self.states.contains(state))
    }

    /// How it is looked at: order, columns, month, basis, counting, moment.
    pub fn look_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        if self.split {
            pairs.push(("packages", "split".into()));
        }
        pairs.extend(self.sort.map(|sort| ("sort", sort.code().into())));
        if self.ascending {
            pairs.push(("dir", "up".into()));
        }
        pairs.extend(self.period.map(|period| ("period", period.to_string())));
        pairs.extend(self.basis.map(|basis| ("basis", basis.code().into())));
        pairs
    }

    pub fn column_pairs(&self) -> Vec<(&'static str, String)> {
        self.columns.iter().map(|column| ("col", column.code().into())).collect()
    }

    /// The whole question as an address of `path`.
    pub fn address(&self, path: &str) -> String {
        let mut pairs = self.filter_pairs();
        pairs.extend(self.look_pairs());
        pairs.extend(self.column_pairs());
        if self.rows != 0 && self.rows != PAGE_ROWS {
            pairs.push(("rows", self.rows.to_string()));
        }
        if self.page > 0 {
            pairs.push(("page", (self.page + 1).to_string()));
        }
        address(path, &pairs)
    }
}

/// A path with a query.
pub fn address(path: &str, pairs: &[(&str, String)]) -> String {
    let query: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::read_pairs;

    fn read(query: &str) -> Result<Asked, Failure> {
        Asked::read(&Fields(read_pairs(query.as_bytes())))
    }

    #[test]
    fn an_address_reads_back() {
        let queries = [
            "tier=province&tier=city&place=3&stage=signed&light=red&text=%E7%9F%B3",
            "tier=all&start=none&due=month&packages=split&sort=code&dir=up&period=2026-05",
            "tier=listed&col=place&col=total&rows=50&page=3",
            "tier=all&state=terminated&state=withdrawn",
            "tier=all&state=any",
        ];
        for query in queries {
            assert_eq!(read(query).unwrap().address("/projects"), format!("/projects?{query}"));
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for query in
            ["tier=moon", "place=x", "sort=luck", "state=lost", "period=2026-13", "page=-1"]
        {
            let refused = read(query).unwrap_err();
            assert_eq!(refused, Failure::BadRequest(query.into()));
        }
        assert!(read("utm_source=x&place=").is_ok());
    }

    #[test]
    fn another_filter_begins_at_the_first_page() {
        let asked = read("page=4&light=red").unwrap();
        assert_eq!(asked.with(|asked| asked.lights.clear()).page, 0);
    }
}
