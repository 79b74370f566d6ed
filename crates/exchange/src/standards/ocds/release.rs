//! One release: what it says of a contracting process on its day.

use jiff::Timestamp;
use jiff::civil::Date;
use tici_domain::intake::{At, DateRole, MilestoneCell, MilestoneWords, ProjectRow};
use tici_domain::money::{Magnitude, Money};
use tici_domain::{Currency, Measure, Name, Period, Problem, SideState, Stage, Value};

use super::Named;
use crate::standards::json_in::Node;
use crate::standards::oc4ids::codes::stage_of_milestone;

/// A payment.
#[derive(Clone, Debug)]
pub(super) struct Paid {
    pub id: String,
    pub on: Date,
    pub amount: At<i64>,
}

pub(super) struct Release {
    pub id: String,
    pub ocid: String,
    /// When it was released, to the second: several may be of one day.
    pub at: Timestamp,
    pub project: Option<Named>,
    pub paid: Vec<Paid>,
    pub row: ProjectRow,
}

impl Release {
    /// Reads a release; `None` after a problem, when it does not say of what or when it is.
    pub fn read(node: &Node<'_, '_>) -> Option<Release> {
        let Some(ocid) = node.text("ocid") else {
            node.say(Problem::warning("ocds-no-ocid"));
            return None;
        };
        let date = node.date("date");
        let at = date.as_ref().and_then(|at| moment(&at.raw, at.value));
        let (Some(date), Some(at)) = (date, at) else {
            node.say(Problem::warning("ocds-no-date"));
            return None;
        };
        let id = node.text("id").map_or_else(|| ocid.value.clone(), |at| at.value);
        let row = ProjectRow {
            sheet: id.clone(),
            cell: node.at.clone(),
            period: Some(Period::month_of(date.value)),
            code: Some(ocid.clone()),
            ..ProjectRow::default()
        };
        let release = Release { id, ocid: ocid.value, at, project: None, paid: Vec::new(), row };
        Some(release.filled(node, &date))
    }

    fn filled(mut self, node: &Node<'_, '_>, date: &At<Date>) -> Release {
        let tags: Vec<At<String>> = node.list("tag").iter().filter_map(Node::as_text).collect();
        for key in ["language", "initiationType"] {
            node.text(key);
        }
        self.names(node);
        self.project(node);
        self.money(node);
        self.parties(node);
        self.days(node, date, &tags);
        self.milestones(node);
        self.state(node);
        self.payments(node);
        self.row.stages.sort_by_key(|at| at.value.0);
        self
    }

    fn names(&mut self, node: &Node<'_, '_>) {
        let tender = node.get("tender");
        let first = |list: &str, key: &str| node.list(list).first().and_then(|n| n.text(key));
        let title = tender.as_ref().and_then(|tender| tender.text("title"));
        let title = title.or_else(|| first("contracts", "title"));
        let title = title.or_else(|| node.find(&["planning", "budget"])?.text("project"));
        self.row.name =
            title.map(|at| At { value: Name::new(at.value), cell: at.cell, raw: at.raw });
        let content = tender.and_then(|tender| tender.text("description"));
        self.row.content = content.or_else(|| first("contracts", "description"));
    }

    fn project(&mut self, node: &Node<'_, '_>) {
        let Some(budget) = node.find(&["planning", "budget"]) else { return };
        let code = budget.text("projectID");
        let name = budget.text("project");
        self.project = code.map(|code| Named { code, name });
    }

    /// The amount of the furthest step that the release has reached: contracts signed,
    /// awards, the tender's estimate, the budget.
    fn money(&mut self, node: &Node<'_, '_>) {
        let values = |list: &str| -> Vec<Node<'_, '_>> {
            let dead = ["cancelled", "unsuccessful", "terminated"];
            let lives = |item: &Node<'_, '_>| {
                let status = item.value.get("status").and_then(|status| status.as_str());
                !status.is_some_and(|status| dead.contains(&status))
            };
            node.list(list)
                .iter()
                .filter(|item| lives(item))
                .filter_map(|n| n.get("value"))
                .collect()
        };
        let steps = [
            values("contracts"),
            values("awards"),
            node.find(&["tender", "value"]).into_iter().collect(),
            node.find(&["planning", "budget", "amount"]).into_iter().collect(),
        ];
        let currency = steps.iter().flatten().find_map(currency_of);
        self.row.currency = currency;
        let currency = currency.unwrap_or(Currency::CNY);
        let mut found: Option<At<Value>> = None;
        for step in steps {
            let amounts: Vec<At<i64>> =
                step.iter().filter_map(|node| amount(node, currency)).collect();
            let Some(first) = amounts.first().filter(|_| found.is_none()) else { continue };
            let sum = amounts.iter().fold(0_i64, |sum, at| sum.saturating_add(at.value));
            let (cell, raw) = (first.cell.clone(), first.raw.clone());
            found = Some(At { value: Value::Int(sum), cell, raw });
        }
        self.row.figures.extend(found.map(|at| (Measure::TOTAL_INVESTMENT, at)));
    }

    /// The buyer owns; the procuring entity is the unit responsible.
    fn parties(&mut self, node: &Node<'_, '_>) {
        let parties = node.list("parties");
        let with = |role: &str| {
            parties.iter().find(|party| {
                let roles = party.value.get("roles").and_then(|roles| roles.as_array());
                roles.into_iter().flatten().any(|known| known.as_str() == Some(role))
            })
        };
        let buyer = node.get("buyer");
        self.row.enterprise = with("buyer").or(buyer.as_ref()).and_then(|node| node.text("name"));
        if let Some(buyer) = buyer {
            buyer.take();
        }
        if let Some(party) = with("buyer") {
            let register = party.find(&["identifier"]).and_then(|node| node.text("scheme"));
            let id = party.find(&["identifier"]).and_then(|node| node.text("id"));
            self.row.enterprise_code = id.map(|at| match register {
                Some(register) => At { value: format!("{}-{}", register.value, at.value), ..at },
                None => at,
            });
        }
        let entity = node.find(&["tender", "procuringEntity"]);
        self.row.lead_unit =
            with("procuringEntity").or(entity.as_ref()).and_then(|node| node.text("name"));
    }

    /// The building period, and the days that make stages and milestones.
    fn days(&mut self, node: &Node<'_, '_>, date: &At<Date>, tags: &[At<String>]) {
        let first = |list: &str, key: &str| node.list(list).first().and_then(|node| node.get(key));
        let period = first("contracts", "period");
        let period = period.or_else(|| first("awards", "contractPeriod"));
        if let Some(period) = period.or_else(|| node.find(&["tender", "contractPeriod"])) {
            self.row.build_from = period.date("startDate");
            self.row.build_to = period.date("endDate");
        }
        if let Some(tag) = tags.iter().find(|tag| tag.value == "planning") {
            let (cell, raw) = (tag.cell.clone(), date.raw.clone());
            self.row.stages.push(At { value: (Stage::Lead, Some(date.value)), cell, raw });
        }
        let contracts = node.list("contracts");
        let signed = contracts.iter().filter_map(|node| node.date("dateSigned"));
        if let Some(at) = signed.min_by_key(|at| at.value) {
            let value = (Stage::Signed, Some(at.value));
            self.row.stages.push(At { value, cell: at.cell, raw: at.raw });
        }
        let closes = node.find(&["tender", "tenderPeriod"]).and_then(|node| node.date("endDate"));
        let awards = node.list("awards");
        let awarded = awards.iter().filter_map(|node| node.date("date")).min_by_key(|at| at.value);
        for (key, role, at) in
            [("tender", DateRole::Planned, closes), ("award", DateRole::Actual, awarded)]
        {
            let Some(At { value: on, cell, raw }) = at else { continue };
            let value = MilestoneCell { key: key.into(), role, on };
            self.row.milestones.push(At { value, cell, raw });
        }
    }

    fn milestones(&mut self, node: &Node<'_, '_>) {
        let mut all = Vec::new();
        for step in ["planning", "tender"] {
            all.extend(node.get(step).into_iter().flat_map(|node| node.list("milestones")));
        }
        for contract in node.list("contracts") {
            all.extend(contract.list("milestones"));
            let done = contract.get("implementation");
            all.extend(done.into_iter().flat_map(|node| node.list("milestones")));
        }
        for node in all {
            self.milestone(&node);
        }
    }

    fn milestone(&mut self, node: &Node<'_, '_>) {
        let Some(id) = node.text("id") else { return };
        let stage = node.text("code").and_then(|at| stage_of_milestone(&at.value));
        let key = stage.map_or(id.value, |stage| stage.code().to_owned());
        let met = node.date("dateMet");
        let is_met = node.text("status").is_some_and(|at| at.value == "met");
        if let (Some(stage), Some(at), true) = (stage, &met, is_met) {
            let value = (stage, Some(at.value));
            self.row.stages.push(At { value, cell: at.cell.clone(), raw: at.raw.clone() });
        }
        for (role, at) in [(DateRole::Planned, node.date("dueDate")), (DateRole::Actual, met)] {
            let Some(At { value: on, cell, raw }) = at else { continue };
            let value = MilestoneCell { key: key.clone(), role, on };
            self.row.milestones.push(At { value, cell, raw });
        }
        let name = node.text("title").map(|at| at.value);
        let reason = node.text("description").map(|at| at.value);
        self.row.milestone_words.push(MilestoneWords { key, name, reason });
    }

    fn state(&mut self, node: &Node<'_, '_>) {
        let Some(status) = node.find(&["tender"]).and_then(|node| node.text("status")) else {
            return;
        };
        if ["cancelled", "unsuccessful", "withdrawn"].contains(&status.value.as_str()) {
            let state = SideState::Terminated;
            self.row.state = Some(At { value: state, cell: status.cell, raw: status.raw });
        }
    }

    fn payments(&mut self, node: &Node<'_, '_>) {
        let currency = self.row.currency.unwrap_or(Currency::CNY);
        for contract in node.list("contracts") {
            let Some(done) = contract.get("implementation") else { continue };
            for node in done.list("transactions") {
                let id = node.text("id").map_or_else(|| node.at.clone(), |at| at.value);
                let on = node.date("date");
                // Editions before 1.1 call the value an amount.
                let value = node.get("value").or_else(|| node.get("amount"));
                let amount = value.and_then(|node| amount(&node, currency));
                if let Some((on, amount)) = on.zip(amount) {
                    self.paid.push(Paid { id, on: on.value, amount });
                }
            }
        }
    }
}

fn currency_of(node: &Node<'_, '_>) -> Option<Currency> {
    Currency::parse(node.value.get("currency")?.as_str()?)
}

fn amount(node: &Node<'_, '_>, currency: Currency) -> Option<At<i64>> {
    node.text("currency");
    if let Some(other) = currency_of(node).filter(|other| *other != currency) {
        let problem = Problem::warning("standard-other-currency");
        node.say(problem.arg("found", other).arg("currency", currency));
        return None;
    }
    let at = node.number("amount")?;
    match Money::parse(&at.value, Magnitude::ONE, currency) {
        Ok(money) => Some(At { value: money.amount, cell: at.cell, raw: at.raw }),
        Err(_) => {
            node.say(Problem::warning("standard-not-number").arg("found", &at.value));
            None
        }
    }
}

/// The moment of a release; one that gives a day only counts from its midnight.
fn moment(text: &str, day: Date) -> Option<Timestamp> {
    text.trim().parse().ok().or_else(|| format!("{day}T00:00:00Z").parse().ok())
}
