//! One project of a package: names, codes, days and the steps of its life.

use jiff::civil::Date;
use tici_domain::intake::{At, DateRole, MilestoneCell, MilestoneWords, ProjectRow};
use tici_domain::{Currency, ListTier, Name, PlaceCode, Problem, SideState, Stage};

use super::codes::{self, scheme};
use super::read_figures::FigureRows;
use crate::standards::crs::{Crs, to_ledger};
use crate::standards::json_in::Node;

pub(super) struct ProjectReader<'n, 'v, 'r> {
    pub node: &'n Node<'v, 'r>,
    pub row: ProjectRow,
    /// Written by this ledger or another of its kind: what classifications, metrics and
    /// milestones of our own say goes before what the standard's members say less exactly.
    pub is_ours: bool,
}

impl<'n, 'v, 'r> ProjectReader<'n, 'v, 'r> {
    /// The office's code of the project, and its rows.
    pub fn read(node: &'n Node<'v, 'r>, id: &At<String>) -> (String, Vec<ProjectRow>) {
        let row = ProjectRow { cell: node.at.clone(), ..ProjectRow::default() };
        let mut reader = ProjectReader { node, row, is_ours: false };
        reader.identifiers(id);
        reader.names();
        reader.classifications();
        reader.kind();
        reader.place();
        reader.parties();
        reader.related();
        reader.milestones();
        reader.status();
        reader.row.currency = reader.currency();
        let code = reader.row.code.as_ref().map(|at| at.value.clone()).unwrap_or_default();
        let currency = reader.row.currency.unwrap_or(Currency::CNY);
        let figures = FigureRows::read(&mut reader, currency);
        let figures: Vec<ProjectRow> = figures.rows(&reader.row).collect();
        let rows = std::iter::once(reader.row).chain(figures).collect();
        (code, rows)
    }

    fn identifiers(&mut self, id: &At<String>) {
        for node in self.node.list("identifiers") {
            let Some(scheme) = node.text("scheme") else { continue };
            let known = [scheme::CODE, scheme::NATIONAL, scheme::ALIAS];
            if !known.contains(&scheme.value.as_str()) {
                // Other numbers stay findable among the project's other names.
                self.row.aliases.extend(node.text("id"));
                continue;
            }
            let Some(value) = node.text("id") else { continue };
            match scheme.value.as_str() {
                scheme::CODE => {
                    self.is_ours = true;
                    self.row.code = Some(value);
                }
                scheme::NATIONAL => self.row.national_code = Some(value),
                _ => self.row.aliases.push(value),
            }
        }
        if self.row.code.is_none() {
            self.row.code = Some(id.clone());
        }
    }

    fn names(&mut self) {
        let node = self.node;
        let title = node.text("title");
        if title.is_none() {
            node.say(Problem::warning("standard-no-title"));
        }
        self.row.name =
            title.map(|at| At { value: Name::new(at.value), cell: at.cell, raw: at.raw });
        self.row.content = node.text("description");
        // One language for a whole project: names stand as given.
        node.text("language");
        node.date("updated");
        if let Some(period) = node.get("period") {
            let (from, to) = self.period(&period);
            (self.row.build_from, self.row.build_to) = (from, to);
        }
    }

    /// Both days of a period, with a word where it ends before it begins.
    pub fn period(&self, node: &Node<'_, '_>) -> (Option<At<Date>>, Option<At<Date>>) {
        let (from, to) = (node.date("startDate"), node.date("endDate"));
        if let (Some(from), Some(to)) = (&from, &to)
            && from.value > to.value
        {
            node.say(Problem::warning("standard-period-backwards"));
        }
        (from, to)
    }

    fn classifications(&mut self) {
        for node in self.node.list("additionalClassifications") {
            let Some(scheme) = node.get("scheme").and_then(|node| node.value.as_str()) else {
                continue;
            };
            let mine = [
                scheme::INDUSTRY,
                scheme::NATURE,
                scheme::CHAIN,
                scheme::SECTOR,
                scheme::STATE,
                scheme::LIST,
            ];
            if !mine.contains(&scheme) {
                continue;
            }
            node.text("scheme");
            let Some(id) = node.text("id") else { continue };
            let unknown = Problem::warning("standard-unknown-code").arg("found", &id.value);
            match scheme {
                scheme::INDUSTRY => self.row.industry = Some(id),
                scheme::CHAIN => self.row.chain = Some(id),
                scheme::SECTOR => self.row.sector = Some(id),
                scheme::NATURE => match id.value.parse().ok().filter(|n| (1..=7).contains(n)) {
                    Some(nature) => self.row.nature = Some(node.cell(nature)),
                    None => node.say(unknown),
                },
                scheme::STATE => match SideState::parse(&id.value) {
                    Some(state) => self.row.state = Some(node.cell(state)),
                    None => node.say(unknown),
                },
                _ => match list_of(&id.value) {
                    Some(list) => self.row.lists.push(node.cell(list)),
                    None => node.say(unknown),
                },
            }
        }
    }

    /// Type and sectors.
    fn kind(&mut self) {
        if let Some(kind) = self.node.text("type") {
            match codes::nature_of_type(&kind.value) {
                Some(nature) if self.row.nature.is_none() => {
                    self.row.nature = Some(At { value: nature, cell: kind.cell, raw: kind.raw });
                }
                None if !codes::TYPES.contains(&kind.value.as_str()) => self.unknown(&kind),
                _ => {}
            }
        }
        let sectors: Vec<At<String>> =
            self.node.list("sector").iter().filter_map(Node::as_text).collect();
        let special = sectors.iter().max_by_key(|at| at.value.matches('.').count());
        if self.row.sector.is_none() && !self.is_ours {
            self.row.sector = special.cloned();
        }
        for sector in sectors.iter().filter(|at| !codes::SECTORS.contains(&at.value.as_str())) {
            self.unknown(sector);
        }
    }

    pub fn unknown(&self, at: &At<String>) {
        let problem = Problem::warning("standard-unknown-code").arg("found", &at.value);
        self.node.reading.say(problem, &at.cell);
    }

    /// The first location that has a point is the site; the first of a gazetteer the place.
    fn place(&mut self) {
        for node in self.node.list("locations") {
            let point = node.get("geometry").filter(|_| self.row.location.is_none());
            if let Some(geometry) = point {
                self.row.location = site(&geometry);
            }
            if self.row.place.is_some() {
                continue;
            }
            let gazetteer = node.find(&["gazetteer"]);
            let scheme = gazetteer.as_ref().and_then(|node| node.text("scheme"));
            let code =
                gazetteer.as_ref().and_then(|node| node.list("identifiers").first().cloned());
            let code = code.and_then(|node| node.as_text());
            let name = node.find(&["address"]).and_then(|node| node.text("locality"));
            let described = node.text("description");
            self.row.place = name.or(described).or_else(|| code.clone());
            let code = scheme.zip(code);
            self.row.place_code =
                code.and_then(|(scheme, code)| PlaceCode::other(&scheme.value, &code.value));
            node.text("id");
            if let Some(region) = node.find(&["address", "region"]).filter(|_| self.is_ours) {
                region.take();
            }
        }
    }

    fn related(&mut self) {
        for node in self.node.list("relatedProjects") {
            let relation = node.get("relationship").and_then(|node| node.value.as_str());
            match relation {
                Some("parent") if self.row.parent.is_none() => {
                    self.row.parent = node.text("identifier");
                    node.take();
                }
                // The other side of a relation that each package tells of itself.
                Some("package") if self.is_ours => node.take(),
                _ => {}
            }
        }
    }

    fn milestones(&mut self) {
        let mut keys = std::collections::BTreeSet::new();
        for node in self.node.list("milestones") {
            let Some(id) = node.text("id") else {
                node.say(Problem::warning("standard-no-id"));
                continue;
            };
            let met = node.date("dateMet");
            if let Some(stage) = id.value.strip_prefix(codes::CLAIM).and_then(Stage::parse) {
                node.take();
                self.row.stages.extend(met.map(|at| node.cell((stage, Some(at.value)))));
                continue;
            }
            let code = node.text("code");
            let stage = code.as_ref().and_then(|at| codes::stage_of_milestone(&at.value));
            let key = match stage.filter(|stage| !self.is_ours && !keys.contains(stage.code())) {
                Some(stage) => stage.code().to_owned(),
                None => id.value.clone(),
            };
            if !keys.insert(key.clone()) {
                node.say(Problem::warning("standard-id-twice").arg("id", &id.value));
            }
            self.milestone(&node, &key, met, stage);
        }
        self.milestone_days();
    }

    fn milestone(
        &mut self,
        node: &Node<'_, '_>,
        key: &str,
        met: Option<At<Date>>,
        stage: Option<Stage>,
    ) {
        let status = node.text("status").map(|at| at.value);
        if let Some(status) = &status
            && !["scheduled", "met", "notMet", "partiallyMet"].contains(&status.as_str())
        {
            node.say(Problem::warning("standard-unknown-code").arg("found", status));
        }
        let is_met = status.as_deref() == Some("met");
        if is_met && met.is_none() {
            node.say(Problem::warning("standard-met-without-day"));
        }
        if let (Some(stage), Some(on), true) = (stage, &met, is_met && !self.is_ours) {
            let on =
                At { value: (stage, Some(on.value)), cell: on.cell.clone(), raw: on.raw.clone() };
            self.row.stages.push(on);
        }
        let days = [(DateRole::Planned, node.date("dueDate")), (DateRole::Actual, met)];
        for (role, at) in days {
            let Some(At { value: on, cell, raw }) = at else { continue };
            let value = MilestoneCell { key: key.to_owned(), role, on };
            self.row.milestones.push(At { value, cell, raw });
        }
        let words = MilestoneWords {
            key: key.to_owned(),
            name: node.text("title").map(|at| at.value),
            reason: node.text("description").map(|at| at.value),
        };
        if self.is_ours {
            node.take();
        }
        self.row.milestone_words.push(words);
    }

    /// Days that a milestone of the standard has no member for.
    fn milestone_days(&mut self) {
        let forecasts = self.node.list("forecasts");
        let mine = forecasts.iter().find(|node| {
            node.get("id").is_some_and(|id| id.value.as_str() == Some(codes::MILESTONE_DAYS))
        });
        let Some(mine) = mine.filter(|_| self.is_ours) else { return };
        for node in mine.list("observations") {
            let word = |key| node.find(&["dimensions", key]).and_then(|node| node.as_text());
            let (Some(key), Some(role)) = (word("milestone"), word("day")) else { continue };
            let role = match role.value.as_str() {
                "planned_from" => DateRole::PlannedFrom,
                "actual_from" => DateRole::ActualFrom,
                "expected" => DateRole::Expected,
                _ => {
                    self.unknown(&role);
                    continue;
                }
            };
            let Some(at) = node.text("measure") else { continue };
            match at.value.parse() {
                Ok(on) => {
                    let value = MilestoneCell { key: key.value, role, on };
                    self.row.milestones.push(At { value, cell: at.cell, raw: at.raw });
                }
                Err(_) => {
                    node.say(Problem::warning("standard-not-date").arg("found", &at.value));
                }
            }
        }
        mine.take();
    }

    /// What the status says of stages, where the milestones of our own do not.
    fn status(&mut self) {
        let status = self.node.text("status");
        let phase = |key: &str, day: &str| {
            let node = self.node.get(key)?;
            let (from, to) = self.period(&node);
            if day == "endDate" { to } else { from }
        };
        let started = phase("implementationPeriod", "startDate");
        let completed = phase("completionPeriod", "startDate");
        let completion = self.node.find(&["completion"]).and_then(|node| node.date("endDate"));
        let maintained = phase("maintenancePeriod", "startDate");
        let thought_of = phase("identificationPeriod", "startDate");
        if self.is_ours {
            phase("preparationPeriod", "startDate");
            return;
        }
        let Some(status) = status else {
            self.node.say(Problem::warning("standard-no-status"));
            return;
        };
        if !codes::STATUSES.contains(&status.value.as_str()) {
            self.unknown(&status);
            return;
        }
        if status.value == "cancelled" {
            let state = SideState::Terminated;
            self.row.state = Some(At { value: state, cell: status.cell, raw: status.raw });
            return;
        }
        let reached = codes::stage_of_status(&status.value);
        let Some(reached) = reached else { return };
        let days = [
            (Stage::Lead, thought_of),
            (Stage::Started, started),
            (Stage::Completed, completion.or(completed)),
            (Stage::InProduction, maintained),
        ];
        let mut said: Vec<At<(Stage, Option<Date>)>> = days
            .into_iter()
            .filter(|(stage, _)| *stage <= reached)
            .filter_map(|(stage, at)| {
                let at = at?;
                Some(At { value: (stage, Some(at.value)), cell: at.cell, raw: at.raw })
            })
            .collect();
        if !said.iter().any(|at| at.value.0 == reached) {
            // Reached, and no day says when.
            said.push(At { value: (reached, None), cell: status.cell, raw: status.raw });
        }
        said.retain(|at| !self.row.stages.iter().any(|known| known.value.0 == at.value.0));
        self.row.stages.extend(said);
        self.row.stages.sort_by_key(|at| at.value.0);
    }
}

fn list_of(id: &str) -> Option<(ListTier, i16)> {
    let (tier, year) = id.split_once('/')?;
    Some((ListTier::parse(tier)?, year.parse().ok().filter(|year| (1900..=2200).contains(year))?))
}

/// A point in WGS-84; of any other geometry a word, and nothing.
fn site(node: &Node<'_, '_>) -> Option<At<(i64, i64)>> {
    let kind = node.text("type")?;
    if kind.value != "Point" {
        let problem = Problem::warning("standard-not-point").arg("found", &kind.value);
        node.reading.say(problem, &kind.cell);
        return None;
    }
    let coordinates = node.list("coordinates");
    node.get("coordinates")?.take();
    let number = |index: usize| coordinates.get(index).and_then(|node| node.value.as_f64());
    let point = number(0).zip(number(1)).and_then(|point| to_ledger(point, Crs::Wgs84));
    if point.is_none() {
        node.say(Problem::warning("standard-not-coordinates"));
    }
    point.map(|point| node.cell(point))
}
