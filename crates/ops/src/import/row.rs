//! One row: which project it is, and each value against the ledger's.

use jiff::civil::Date;
use tici_domain::change::{Enterprise, ListMembership, Milestone, Plan, Project, StageClaim};
use tici_domain::intake::{At, DateRole, MilestoneCell, ProjectRow};
use tici_domain::place::PlaceKind;
use tici_domain::{
    Change, Currency, Figure, FigureKey, Measure, Name, Period, Place, PlaceCode, Problem,
    SideState, Stage, Subject, Table, Value,
};

use super::plan::Planner;
use super::{CellChange, RowFate, RowPlan};
use crate::Action;
use crate::uploads::cell_key;

/// A row on its way into the plan.
struct RowWork<'r> {
    row: &'r ProjectRow,
    file: &'r str,
    cells: Vec<CellChange>,
    project: i64,
}

impl Planner<'_> {
    pub(super) fn row(&mut self, row: &ProjectRow, file: &str) {
        let mut planned = RowPlan {
            file: row.file,
            sheet: row.sheet.clone(),
            cell: row.cell.clone(),
            project: None,
            period: row.period.or(self.options.period),
            fate: RowFate::LeftOut,
            cells: Vec::new(),
        };
        let mark = self.plan.changes.len();
        let Some((project, is_new)) = self.project(row, file, &mut planned.cells) else {
            self.plan.rows.push(planned);
            return;
        };
        let mut work = RowWork { row, file, cells: std::mem::take(&mut planned.cells), project };
        let period = planned.period;
        self.figures(&mut work, period);
        self.plans(&mut work);
        self.lists(&mut work);
        self.stages(&mut work, period);
        self.milestones(&mut work);
        planned.project = Some(project);
        planned.cells = work.cells;
        planned.fate = match (is_new, self.plan.changes.len() > mark) {
            (true, _) => RowFate::New,
            (false, true) => RowFate::Changed,
            (false, false) => RowFate::Unchanged,
        };
        self.plan.rows.push(planned);
    }

    fn say(&mut self, problem: Problem, file: &str, sheet: &str, cell: &str) {
        self.plan.problems.push(problem.at(file, sheet, cell));
    }

    fn push(&mut self, row: &ProjectRow, change: Change) {
        self.plan.changes.push((row.file, change));
    }

    /// Finds or makes the project of a row; `None` after a problem.
    fn project(
        &mut self,
        row: &ProjectRow,
        file: &str,
        cells: &mut Vec<CellChange>,
    ) -> Option<(i64, bool)> {
        let place = self.place(row, file)?;
        let firm = self.enterprise(row, place);
        let found = self.find(row, file, firm, place)?;
        let old = found.and_then(|id| self.lookup.projects.get(&id).cloned());
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
                merged(fresh(id, code, name, row), row, place, firm)
            }
        };
        let id = project.id;
        if self.lookup.projects.get(&id) != Some(&project) {
            note_name(self.lookup.projects.get(&id), &project, row, cells);
            self.lookup.add_project(&project);
            self.push(row, Change::Project(project));
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
        let record = firm.and_then(|id| self.lookup.firms.get(&id));
        let mut found = self.lookup.projects_by_name(&name.value.text, record);
        if found.len() > 1 {
            let projects = &self.lookup.projects;
            found.retain(|id| place.is_none() || projects[id].place == place);
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
        let Some(mut project) = known.and_then(|id| self.lookup.projects.get(&id)).cloned() else {
            let problem = Problem::error("import-no-such-project").arg("code", code);
            self.say(problem, file, &row.sheet, &row.cell);
            return None;
        };
        let id = project.id;
        if let Some(name) = &row.name
            && !project.aliases.contains(&name.value.text)
        {
            project.aliases.push(name.value.text.clone());
            self.lookup.add_project(&project);
            self.push(row, Change::Project(project));
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
        self.lookup.add_enterprise(&firm);
        self.push(row, Change::Enterprise(firm));
        Some(id)
    }

    fn figures(&mut self, work: &mut RowWork, period: Option<Period>) {
        let row = work.row;
        if row.figures.is_empty() {
            return;
        }
        let Some(period) = period else {
            let problem = Problem::error("import-needs-period");
            self.say(problem, work.file, &row.sheet, &row.cell);
            return;
        };
        self.check_month(work, period);
        for (measure, at) in &row.figures {
            let key = FigureKey {
                subject: Subject::Project(work.project),
                measure: *measure,
                period,
                basis: self.options.basis,
            };
            self.figure(work, key, at);
        }
    }

    fn figure(&mut self, work: &mut RowWork, key: FigureKey, at: &At<Value>) {
        let before = match self.seen.figures.get(&key) {
            Some(seen) => Some(seen.clone()),
            None => self.snapshot.figure(&key).map(|cell| (cell.value(), cell.id)),
        };
        if before.as_ref().is_some_and(|(value, _)| *value == at.value) {
            return;
        }
        let id = self.ids.next(Table::Figure);
        let replaces = before.as_ref().map(|(_, id)| *id);
        if let Some((old, _)) = &before {
            let currency = self.currency(work.project);
            work.cells.push(CellChange {
                cell: at.cell.clone(),
                field: key.measure.code().into(),
                old: Some(print_value(key.measure, old, currency)),
                new: print_value(key.measure, &at.value, currency),
            });
        }
        let row = work.row;
        let figure = Figure {
            id,
            subject: key.subject,
            measure: key.measure,
            period: key.period,
            basis: key.basis,
            value: at.value.clone(),
            raw: Some(at.raw.clone()),
            sheet: (!row.sheet.is_empty()).then(|| row.sheet.clone()),
            cell: Some(at.cell.clone()),
            replaces,
            reason: self.reason(&row.sheet, &at.cell, replaces.is_some()),
        };
        self.seen.figures.insert(key, (at.value.clone(), id));
        self.push(row, Change::Figure(figure));
    }

    /// A cell put right on the way in says so; else a changed value has the import's reason.
    fn reason(&self, sheet: &str, cell: &str, replaces: bool) -> Option<String> {
        let fixed = self.options.fixed.get(&cell_key(sheet, cell)).cloned();
        fixed.or_else(|| self.options.reason.clone().filter(|_| replaces))
    }

    /// A cumulative figure must not fall within its year, and should be the one before
    /// plus the month's own.
    fn check_month(&mut self, work: &RowWork, period: Period) {
        let number = |measure| {
            let cell = work.row.figures.iter().find(|(m, _)| *m == measure)?;
            Some((cell.1.value.as_int()?, &cell.1))
        };
        let Some((ytd, at)) = number(Measure::INVEST_YTD) else { return };
        let before = self.ytd_before(work.project, period);
        let Some(before) = before else { return };
        let currency = self.currency(work.project);
        let print = |value| print_value(Measure::INVEST_YTD, &Value::Int(value), currency);
        if ytd < before {
            let problem = Problem::error("import-cumulative-falls")
                .arg("found", print(ytd))
                .arg("before", print(before));
            self.say(problem, work.file, &work.row.sheet, &at.cell);
            return;
        }
        if let Some((month, _)) = number(Measure::INVEST_MONTH)
            && before + month != ytd
        {
            let problem = Problem::warning("import-month-does-not-add")
                .arg("found", print(ytd - before))
                .arg("month", print(month));
            self.say(problem, work.file, &work.row.sheet, &at.cell);
        }
    }

    /// The cumulative figure of the latest earlier period of the same year, from this
    /// import or the ledger; nothing before January.
    fn ytd_before(&self, project: i64, period: Period) -> Option<i64> {
        let basis = self.options.basis;
        let measure = Measure::INVEST_YTD;
        let figures = &self.snapshot.project_figures;
        let mut earlier = period.previous();
        for _ in 0..36 {
            if earlier.calendar_year() != period.calendar_year() {
                break;
            }
            let subject = Subject::Project(project);
            let key = FigureKey { subject, measure, period: earlier, basis };
            let seen = self.seen.figures.get(&key).and_then(|(value, _)| value.as_int());
            let kept = || figures.get(project, measure, basis, earlier).map(|c| c.number);
            if let Some(value) = seen.or_else(kept) {
                return Some(value);
            }
            earlier = earlier.previous();
        }
        None
    }

    fn plans(&mut self, work: &mut RowWork) {
        let row = work.row;
        for (period, at) in &row.plans {
            let key = (work.project, *period);
            let before = self.seen.plans.get(&key).copied().or_else(|| {
                let cell = self.snapshot.plan(work.project, *period)?;
                Some((cell.number, cell.id, 1))
            });
            if before.is_some_and(|(amount, _, _)| amount == at.value) {
                continue;
            }
            let id = self.ids.next(Table::Plan);
            let version = before.map_or(1, |(_, _, version)| version + 1);
            if let Some((old, _, _)) = before {
                let currency = self.currency(work.project);
                let print = |v| print_value(Measure::INVEST_YTD, &Value::Int(v), currency);
                work.cells.push(CellChange {
                    cell: at.cell.clone(),
                    field: "plan".into(),
                    old: Some(print(old)),
                    new: print(at.value),
                });
            }
            self.seen.plans.insert(key, (at.value, id, version));
            self.push(
                row,
                Change::Plan(Plan {
                    id,
                    project: work.project,
                    period: *period,
                    amount: at.value,
                    version,
                    reason: self.options.reason.clone(),
                    approver: None,
                    sheet: (!row.sheet.is_empty()).then(|| row.sheet.clone()),
                    cell: Some(at.cell.clone()),
                    replaces: before.map(|(_, id, _)| id),
                }),
            );
        }
    }

    fn lists(&mut self, work: &mut RowWork) {
        let row = work.row;
        let Some(At { value: (tier, year), .. }) = &row.tier else { return };
        let (tier, year) = (*tier, i64::from(*year));
        let kept = self.snapshot.projects.get(work.project).is_some_and(|entry| {
            let same = |list: &ListMembership| list.tier == tier && list.year == year;
            entry.lists.iter().any(|(list, _)| same(list) && list.until.is_none())
        });
        let key = (work.project, tier, year);
        if kept || self.seen.lists.contains_key(&key) {
            return;
        }
        let membership = ListMembership {
            id: self.ids.next(Table::ListMembership),
            project: work.project,
            tier,
            year,
            version: 1,
            from: Period::year(year as i16).first_day(),
            until: None,
            reason: None,
            replaces: None,
        };
        self.seen.lists.insert(key, membership.clone());
        self.push(row, Change::ListMembership(membership));
    }

    fn stages(&mut self, work: &mut RowWork, period: Option<Period>) {
        let row = work.row;
        for At { value: (stage, on), cell, .. } in &row.stages {
            let (stage, stated) = (*stage, *on);
            let Some(on) = stated.or(period.map(Period::last_day)) else { continue };
            let current = self.current_claim(work.project, stage);
            match current {
                // A stage without a day says only that it is reached.
                Some((_, _)) if stated.is_none() => continue,
                Some((_, day)) if day == on => continue,
                _ => {}
            }
            if self.is_behind(work.project, stage) && current.is_none() {
                let problem = Problem::warning("import-stage-goes-back").arg("stage", stage.code());
                self.say(problem, work.file, &row.sheet, cell);
                continue;
            }
            let claim = StageClaim {
                id: self.ids.next(Table::StageClaim),
                project: work.project,
                stage,
                on,
                evidence: Vec::new(),
                note: None,
                sheet: (!row.sheet.is_empty()).then(|| row.sheet.clone()),
                cell: Some(cell.clone()),
                replaces: current.map(|(id, _)| id),
            };
            if let Some((_, day)) = current {
                work.cells.push(CellChange {
                    cell: cell.clone(),
                    field: stage.code().into(),
                    old: Some(day.to_string()),
                    new: on.to_string(),
                });
            }
            self.seen.claims.insert((work.project, stage), claim.clone());
            self.push(row, Change::StageClaim(claim));
        }
    }

    fn current_claim(&self, project: i64, stage: Stage) -> Option<(i64, Date)> {
        if let Some(claim) = self.seen.claims.get(&(project, stage)) {
            return Some((claim.id, claim.on));
        }
        let entry = self.snapshot.projects.get(project)?;
        entry.claim(stage).map(|state| (state.claim.id, state.claim.on))
    }

    /// Whether a later stage than `stage` has been reached already.
    fn is_behind(&self, project: i64, stage: Stage) -> bool {
        let seen = self.seen.claims.range((project, Stage::Lead)..=(project, Stage::AtCapacity));
        let seen = seen.map(|((_, stage), _)| *stage);
        let entry = self.snapshot.projects.get(project);
        let kept = entry.into_iter().flat_map(|entry| &entry.claims);
        let kept = kept.filter(|state| state.stands()).map(|state| state.claim.stage);
        seen.chain(kept).any(|reached| reached > stage && reached != Stage::StatEntered)
    }

    fn milestones(&mut self, work: &mut RowWork) {
        let row = work.row;
        for at in &row.milestones {
            let MilestoneCell { key, role, on } = &at.value;
            let known = (work.project, key.clone());
            let before = self
                .seen
                .milestones
                .get(&known)
                .cloned()
                .or_else(|| self.snapshot.projects.get(work.project)?.milestone(key).cloned());
            let day = before.as_ref().and_then(|row| day_of(row, *role));
            if day == Some(*on) {
                continue;
            }
            if let Some(day) = day {
                work.cells.push(CellChange {
                    cell: at.cell.clone(),
                    field: key.clone(),
                    old: Some(day.to_string()),
                    new: on.to_string(),
                });
            }
            let replaces = before.as_ref().map(|row| row.id);
            let mut milestone = before.unwrap_or_else(|| blank_milestone(work.project, key));
            milestone.id = self.ids.next(Table::Milestone);
            milestone.replaces = replaces;
            milestone.reason = self.options.reason.clone();
            match role {
                DateRole::Planned => milestone.planned = Some(*on),
                DateRole::Actual => milestone.actual = Some(*on),
                DateRole::Expected => milestone.expected = Some(*on),
            }
            self.seen.milestones.insert(known, milestone.clone());
            self.push(row, Change::Milestone(milestone));
        }
    }

    fn currency(&self, project: i64) -> Currency {
        self.lookup.projects.get(&project).map_or(Currency::CNY, |project| project.currency)
    }
}

fn fresh(id: i64, code: String, name: Name, row: &ProjectRow) -> Project {
    Project {
        id,
        code,
        national_code: None,
        name,
        parent: None,
        parent_share: None,
        enterprise: None,
        place: None,
        currency: row.currency.unwrap_or(Currency::CNY),
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

fn note_name(old: Option<&Project>, new: &Project, row: &ProjectRow, cells: &mut Vec<CellChange>) {
    let Some(old) = old.filter(|old| old.name != new.name) else { return };
    let cell = row.name.as_ref().map_or(&row.cell, |at| &at.cell).clone();
    cells.push(CellChange {
        cell,
        field: "name".into(),
        old: Some(old.name.text.clone()),
        new: new.name.text.clone(),
    });
}

fn blank_milestone(project: i64, key: &str) -> Milestone {
    Milestone {
        id: 0,
        project,
        key: key.to_owned(),
        name: Name::new(key),
        planned_from: None,
        planned: None,
        actual_from: None,
        actual: None,
        expected: None,
        reason: None,
        replaces: None,
    }
}

fn day_of(row: &Milestone, role: DateRole) -> Option<Date> {
    match role {
        DateRole::Planned => row.planned,
        DateRole::Actual => row.actual,
        DateRole::Expected => row.expected,
    }
}

/// A value as the import page shows it: money in 万 of the currency's main unit for yuan,
/// in main units for others.
fn print_value(measure: Measure, value: &Value, currency: Currency) -> String {
    use tici_domain::measure::Unit;
    use tici_domain::money::{Magnitude, Money};
    match (value, measure.spec().unit) {
        (Value::Int(amount), Unit::Money) => {
            let money = Money { amount: *amount, currency };
            let magnitude = if currency == Currency::CNY { Magnitude::WAN } else { Magnitude::ONE };
            money.print(magnitude, 0)
        }
        (Value::Int(hundredths), Unit::PercentHundredths) => {
            tici_domain::money::print_scaled(i128::from(*hundredths), 2, 1) + "%"
        }
        (Value::Int(number), _) => number.to_string(),
        (Value::Date(date), _) => date.to_string(),
        (Value::Text(text), _) => text.clone(),
    }
}
