//! What the address of the board asks for, and the fields that ask for it.

use tici_domain::{Period, Stage};
use tici_engine::{Snapshot, board::Order};
use tici_ops::{lens::LensQuery, view_board::BoardQuery};

use crate::{
    Failure,
    choice::{self, Choice},
    i18n::T,
    visit::encode,
    visit::read_pairs,
};

/// Choices of one field.
pub struct Select {
    pub name: &'static str,
    pub label: String,
    pub is_set: bool,
    pub choices: Vec<Choice>,
}

/// The address, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    pub place: Option<i64>,
    pub chain: String,
    pub order: Order,
    pub all: Option<Stage>,
    pub period: Option<Period>,
}

impl Ask {
    pub fn read(query: &str) -> Result<Ask, Failure> {
        let mut ask = Ask::default();
        for (name, value) in read_pairs(query.as_bytes()) {
            let bad = || Failure::bad(format!("{name}={value}"));
            match name.as_str() {
                _ if value.is_empty() => {}
                "place" => ask.place = Some(value.parse().map_err(|_| bad())?),
                "chain" => ask.chain = value,
                "sort" => ask.order = Order::parse(&value).ok_or_else(bad)?,
                "all" => ask.all = Some(Stage::parse(&value).ok_or_else(bad)?),
                "period" => ask.period = Some(Period::parse(&value).ok_or_else(bad)?),
                _ => {}
            }
        }
        Ok(ask)
    }

    pub fn query(&self) -> BoardQuery {
        BoardQuery {
            lens: LensQuery { period: self.period, ..LensQuery::default() },
            places: self.place.into_iter().collect(),
            chains: Some(self.chain.clone())
                .filter(|chain| !chain.is_empty())
                .into_iter()
                .collect(),
            order: self.order,
            all_of: self.all,
        }
    }

    /// What the fields do not show but keep.
    pub fn kept(&self) -> Vec<(&'static str, String)> {
        let all = self.all.map(|stage| ("all", stage.code().to_owned()));
        let period = self.period.map(|period| ("period", period.to_string()));
        all.into_iter().chain(period).collect()
    }

    /// The filter as the ledger's address has it, with a leading `&`.
    pub fn ledger_query(&self) -> String {
        let mut out = String::new();
        if let Some(place) = self.place {
            out += &format!("&place={place}");
        }
        if !self.chain.is_empty() {
            out += &format!("&chain={}", encode(&self.chain));
        }
        out
    }

    /// This board with every card of a stage.
    pub fn all_of(&self, stage: Stage) -> String {
        let code = stage.code();
        let order = match self.order {
            Order::Urgent => String::new(),
            order => format!("&sort={}", order.code()),
        };
        format!("/board?all={code}{}{order}#{code}", self.ledger_query())
    }

    pub fn selects(&self, t: T, snapshot: &Snapshot, chains: &[String]) -> Vec<Select> {
        let all = |is_set| Choice { value: String::new(), name: t.t("board-all"), is_set };
        let chain = |code: &String| Choice {
            value: code.clone(),
            name: t.chain(code),
            is_set: self.chain == *code,
        };
        let order = |order: Order| Choice {
            value: order.code().to_owned(),
            name: t.t(&format!("board-sort-{}", order.code())),
            is_set: self.order == order,
        };
        let is_set = |place| self.place == Some(place);
        let towns = choice::places(t, snapshot, |place| place.parent.is_some(), is_set);
        let place_all = std::iter::once(all(self.place.is_none()));
        let chain_all = std::iter::once(all(self.chain.is_empty()));
        vec![
            Select {
                name: "place",
                label: t.t("board-place"),
                is_set: self.place.is_some(),
                choices: place_all.chain(towns).collect(),
            },
            Select {
                name: "chain",
                label: t.t("board-chain"),
                is_set: !self.chain.is_empty(),
                choices: chain_all.chain(chains.iter().map(chain)).collect(),
            },
            Select {
                name: "sort",
                label: t.t("board-sort"),
                is_set: false,
                choices: Order::ALL.into_iter().map(order).collect(),
            },
        ]
    }
}
