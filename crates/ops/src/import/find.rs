//! Which project, firm and place a row means; what the ledger does not know is made.

use tici_domain::change::{Enterprise, Project};
use tici_domain::intake::{At, ProjectRow};
use tici_domain::place::PlaceKind;
use tici_domain::{Change, Currency, Name, Place, PlaceCode, Problem, SideState, Table};

use super::plan::Planner;
use crate::Action;
use crate::uploads::cell_key;

impl Planner<'_> {
    /// Finds or makes the project of a row; `None` after a problem.
    pub(super) fn project(&mut self, row: &ProjectRow, file: &str) -> Option<(i64, bool)> {
        let place = self.place(row, file)?;
        let firm = self.enterprise(row, place);
        let found = self.find(row, file, firm, place)?;
        let old = found.and_then(|id| self.lookup.project(id).cloned());
        let place = place.or_else(|| old.as_ref().and_then(|project| project.place));
        if self.session.need_at(Action::ImportProjects, self.snapshot, place).is_err() {
            let cell = row.place.as_ref().map_or(&row.cell, |at| &at.cell).clone();
            let name = row.place.as_ref().map_or("", |at| at.raw.as_str()).to_owned();
            let problem = Problem::error("import-place-not-yours").arg("place", name);
            self.say(problem, file, &row.sheet, &cell);
            return None;
        }
        let is_new = old.is_none();
        let project = match old {
            Some(old) => merged(old, row, place, firm),
            None => {
                let id = self.ids.next(Table::Project);
                let code = row.code.as_ref().map(|at| at.value.clone());
                let code = code.unwrap_or_else(|| format!("P{id:05}"));
                let name = row.name.as_ref().map(|at| at.value.clone());
                let name = name.unwrap_or_else(|| Name::new(&code));
                let currency = row.currency.unwrap_or(Currency::CNY);
                merged(Project { currency, ..blank(id, code, name) }, row, place, firm)
            }
        };
        let id = project.id;
        if is_new {
            self.seen.made.insert(id, self.plan.changes.len());
            self.push(row, Change::Project(project.clone()));
        }
        if self.lookup.project(id) != Some(&project) {
            self.lookup.add_project(project);
        }
        Some((id, is_new))
    }

    /// `Some(None)` is a new project; `None` is a problem that has been said.
    fn find(
        &mut self,
        row: &ProjectRow,
        file: &str,
        firm: Option<i64>,
        place: Option<i64>,
    ) -> Option<Option<i64>> {
        for code in [&row.code, &row.national_code].into_iter().flatten() {
            if let Some(id) = self.lookup.project_by_code(&code.value) {
                return Some(Some(id));
            }
        }
        if row.code.is_some() {
            return Some(None);
        }
        let Some(name) = &row.name else {
            let problem = Problem::error("import-row-without-project");
            self.say(problem, file, &row.sheet, &row.cell);
            return None;
        };
        let record = firm.and_then(|id| self.lookup.firm(id));
        let mut found = self.lookup.projects_by_name(&name.value.text, record);
        if found.len() > 1 && place.is_some() {
            found.retain(|id| self.lookup.project(*id).is_some_and(|known| known.place == place));
        }
        match found[..] {
            [id] => Some(Some(id)),
            [] => self.near(row, file, &name.value.text, firm),
            _ => {
                let problem = Problem::error("import-name-of-several").arg("name", &name.raw);
                self.say(problem, file, &row.sheet, &name.cell);
                None
            }
        }
    }

    fn near(
        &mut self,
        row: &ProjectRow,
        file: &str,
        name: &str,
        firm: Option<i64>,
    ) -> Option<Option<i64>> {
        let key = row.name.as_ref().map(|at| cell_key(&row.sheet, &at.cell)).unwrap_or_default();
        if let Some(code) = self.options.same.get(&key) {
            return self.same(row, file, code);
        }
        if self.options.as_new.contains(&key) {
            return Some(None);
        }
        let Some(near) = self.lookup.nearest(name, firm) else { return Some(None) };
        let stops = self.options.near_stops;
        let key = "import-name-near";
        let problem = if stops { Problem::error(key) } else { Problem::warning(key) };
        let problem =
            problem.arg("name", name).arg("near", &near.name.text).arg("code", &near.code);
        let cell = row.name.as_ref().map_or(&row.cell, |at| &at.cell).clone();
        self.say(problem, file, &row.sheet, &cell);
        if stops { None } else { Some(None) }
    }

    /// The project a person said the row is; the row's name becomes one of its other names.
    fn same(&mut self, row: &ProjectRow, file: &str, code: &str) -> Option<Option<i64>> {
        let known = self.lookup.project_by_code(code);
        let Some(mut project) = known.and_then(|id| self.lookup.project(id)).cloned() else {
            let problem = Problem::error("import-no-such-project").arg("code", code);
            self.say(problem, file, &row.sheet, &row.cell);
            return None;
        };
        let id = project.id;
        if let Some(name) = &row.name
            && !project.aliases.contains(&name.value.text)
        {
            project.aliases.push(name.value.text.clone());
            self.lookup.add_project(project);
        }
        Some(Some(id))
    }

    /// `Some(None)` when the row names no place; `None` after a problem.
    fn place(&mut self, row: &ProjectRow, file: &str) -> Option<Option<i64>> {
        let by_code = row.place_code.as_ref().and_then(|code| self.lookup.place(&code.code));
        let Some(at) = &row.place else {
            // A town's own list need not say which town it is of.
            return Some(by_code.or(self.session.actor.place));
        };
        if let Some(id) = by_code.or_else(|| self.lookup.place(&at.value)) {
            return Some(Some(id));
        }
        if !self.options.create_places {
            let problem = Problem::error("import-unknown-place").arg("place", &at.value);
            self.say(problem, file, &row.sheet, &at.cell);
            return None;
        }
        let id = self.ids.next(Table::Place);
        let code = row.place_code.clone();
        let code = code.or_else(|| PlaceCode::other("name", &at.value))?;
        let place = Place {
            id,
            code,
            kind: PlaceKind::Area,
            name: Name::new(&at.value),
            short: Name::new(&at.value),
            parent: self.session.actor.place,
            rank: id,
            valid_from: None,
            valid_to: None,
            boundary: None,
        };
        self.lookup.add_place(&place);
        self.push(row, Change::Place(place));
        Some(Some(id))
    }

    fn enterprise(&mut self, row: &ProjectRow, place: Option<i64>) -> Option<i64> {
        let code = row.enterprise_code.as_ref();
        let by_code = code.and_then(|at| self.lookup.enterprise(&at.value));
        let name = row.enterprise.as_ref();
        let found = by_code.or_else(|| self.lookup.enterprise(&name?.value));
        if found.is_some() {
            return found;
        }
        let name = name?.value.trim();
        let id = self.ids.next(Table::Enterprise);
        let firm = Enterprise {
            id,
            code: code.map(|at| at.value.clone()),
            name: Name::new(name),
            short: Name::new(name),
            place,
            chain: row.chain.as_ref().map(|at| at.value.clone()),
            industry: None,
            is_key: false,
        };
        self.push(row, Change::Enterprise(firm.clone()));
        self.lookup.add_enterprise(firm);
        Some(id)
    }
}

/// A project of which nothing is known yet but what it is called.
pub(super) fn blank(id: i64, code: String, name: Name) -> Project {
    Project {
        id,
        code,
        national_code: None,
        name,
        parent: None,
        parent_share: None,
        enterprise: None,
        place: None,
        currency: Currency::CNY,
        chain: None,
        industry: None,
        sector: None,
        nature: None,
        content: None,
        build_from: None,
        build_to: None,
        lead_unit: None,
        sponsor: None,
        state: SideState::Active,
        location: None,
        aliases: Vec::new(),
    }
}

/// The project with what the row says of it; what the row does not mention stays.
fn merged(
    mut project: Project,
    row: &ProjectRow,
    place: Option<i64>,
    firm: Option<i64>,
) -> Project {
    let text = |at: &Option<At<String>>| at.as_ref().map(|at| at.value.clone());
    let name = |at: &Option<At<String>>| at.as_ref().map(|at| Name::new(&at.value));
    if let Some(at) = &row.name
        && at.value.text != project.name.text
        && row.code.is_some()
    {
        // A project found by its code under a new name keeps the old one for search.
        project.aliases.retain(|alias| *alias != at.value.text);
        let old = std::mem::replace(&mut project.name, at.value.clone());
        if !project.aliases.contains(&old.text) && old.text != project.code {
            project.aliases.push(old.text);
        }
    }
    project.national_code = text(&row.national_code).or(project.national_code);
    project.place = place.or(project.place);
    project.enterprise = firm.or(project.enterprise);
    project.chain = text(&row.chain).or(project.chain);
    project.industry = text(&row.industry).or(project.industry);
    project.sector = text(&row.sector).or(project.sector);
    project.content = name(&row.content).or(project.content);
    project.lead_unit = name(&row.lead_unit).or(project.lead_unit);
    project.sponsor = name(&row.sponsor).or(project.sponsor);
    project.build_from = row.build_from.as_ref().map(|at| at.value).or(project.build_from);
    project.build_to = row.build_to.as_ref().map(|at| at.value).or(project.build_to);
    project.state = row.state.as_ref().map_or(project.state, |at| at.value);
    project
}
