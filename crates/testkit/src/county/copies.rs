//! More of the same county, for measuring: every copy repeats the 148 projects under codes,
//! names, towns and amounts of its own. Copies have figures but no workbooks, and are made
//! one operation at a time, so that fifty thousand projects need not fit in memory.

use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};
use tici_domain::change::{
    Enterprise, ListMembership, Milestone, Plan, Project, StageClaim, StageVerdict, Verdict,
};
use tici_domain::{Basis, Change, Figure, Measure, Name, Period, Stage, Subject, Value};

use super::journal::{FRESH, Operation, moment};
use super::money::{FIRST_MONTH, Flow};
use super::nodes::START_DEADLINE;
use super::opening;
use super::people::{DISPATCHER, REVIEWER};
use super::places::COUNTY_ID;
use super::plot::Plot;
use super::world::{WAN, World, month};
use crate::uscc;

/// What all copies are made from.
pub(crate) struct Copies {
    plots: Vec<Plot>,
    flows: Vec<Flow>,
    projects: Vec<Project>,
    firms: Vec<Enterprise>,
}

/// First day of the copies: their 36 months of returns end with May 2026.
pub(crate) const OPENED: Date = date(2023, 6, 1);

/// Number of the first copied project: 149 and 150 are the two that stopped.
const FIRST_NUMBER: usize = 151;

/// One thing a copy does.
#[derive(Clone, Copy)]
enum Step {
    Register,
    Plan,
    Return(i16, i8),
    Claim(i16, i8),
    Verify(i16, i8),
}

impl Copies {
    pub(crate) fn new(world: &World) -> Copies {
        let indices = 0..world.plots.len();
        Copies {
            plots: world.plots.clone(),
            flows: world.flows.clone(),
            projects: indices.clone().map(|index| opening::project(world, index)).collect(),
            firms: indices.map(|index| opening::enterprise(1, &world.plots[index])).collect(),
        }
    }

    /// The operations of copies 1 to `scale` − 1, in time order.
    pub(crate) fn operations(self, scale: u32) -> impl Iterator<Item = Operation> {
        let mut schedule = Vec::new();
        for copy in 1..i64::from(scale) {
            schedule.extend(self.schedule(copy));
        }
        schedule.sort_by_key(|(at, copy, _)| (*at, *copy));
        schedule.into_iter().map(move |(at, copy, step)| self.operation(at, copy, step))
    }

    fn schedule(&self, copy: i64) -> Vec<(Timestamp, i64, Step)> {
        let seconds = Span::new().seconds(copy);
        let mut steps = vec![
            (moment(OPENED, 9, 0) + seconds, copy, Step::Register),
            (moment(date(2026, 1, 20), 12, 0) + seconds, copy, Step::Plan),
        ];
        let mut first = OPENED;
        while first < date(2026, 6, 1) {
            let (year, month) = (first.year(), first.month());
            first += Span::new().months(1);
            let times = [(1, 14), (2, 14), (3, 15)]
                .map(|(day, hour)| moment(first + Span::new().days(day), hour, 0) + seconds);
            let [returned, claimed, verified] = times;
            steps.push((returned, copy, Step::Return(year, month)));
            steps.push((claimed, copy, Step::Claim(year, month)));
            steps.push((verified, copy, Step::Verify(year, month)));
        }
        steps
    }

    fn operation(&self, at: Timestamp, copy: i64, step: Step) -> Operation {
        let (actor, op, changes) = match step {
            Step::Register => (DISPATCHER, "import_register", self.register(copy)),
            Step::Plan => (DISPATCHER, "publish_list", self.plan(copy)),
            Step::Return(y, m) => (DISPATCHER, "import_return", self.figures(copy, (y, m))),
            Step::Claim(y, m) => (DISPATCHER, "claim_stage", self.claims(copy, (y, m))),
            Step::Verify(y, m) => (REVIEWER, "verify_stage", self.verdicts(copy, (y, m))),
        };
        Operation { at, actor, op: op.to_owned(), source: None, blobs: Vec::new(), changes }
    }

    fn register(&self, copy: i64) -> Vec<Change> {
        let mut changes = Vec::with_capacity(self.plots.len() * 4);
        for index in 0..self.plots.len() {
            changes.push(Change::Enterprise(self.firm(copy, index)));
            changes.push(Change::Project(self.project(copy, index)));
            let total = self.plots[index].total * self.percent(copy, index) / 100;
            let before = Period::month_of(OPENED).previous();
            changes.push(self.figure(copy, index, Measure::TOTAL_INVESTMENT, before, total * WAN));
            changes.push(Change::Milestone(self.start(copy, index)));
        }
        changes
    }

    fn firm(&self, copy: i64, index: usize) -> Enterprise {
        let like = &self.firms[index];
        let id = key(copy, index);
        Enterprise {
            id,
            code: Some(uscc::fictional(id as u32)),
            name: numbered(&like.name, copy),
            short: numbered(&like.short, copy),
            place: Some(self.place(copy, index)),
            ..like.clone()
        }
    }

    fn project(&self, copy: i64, index: usize) -> Project {
        let like = &self.projects[index];
        let number = FIRST_NUMBER + (copy as usize - 1) * self.plots.len() + index;
        Project {
            id: key(copy, index),
            code: format!("YX26-{number:03}"),
            national_code: None,
            name: numbered(&like.name, copy),
            enterprise: Some(key(copy, index)),
            place: Some(self.place(copy, index)),
            location: like.location.map(|(x, y)| (x + copy % 40 * 300, y - copy % 37 * 300)),
            ..like.clone()
        }
    }

    /// Copies spread over the towns.
    fn place(&self, copy: i64, index: usize) -> i64 {
        COUNTY_ID + 1 + (self.plots[index].town as i64 - 1 + copy) % 13
    }

    /// Size of a copied project, in percent of the one it is made from.
    fn percent(&self, copy: i64, index: usize) -> i64 {
        60 + (copy * 37 + index as i64 * 11) % 81
    }

    fn start(&self, copy: i64, index: usize) -> Milestone {
        let plot = &self.plots[index];
        let planned = plot.on(Stage::Started).unwrap_or(START_DEADLINE);
        Milestone {
            id: FRESH,
            project: key(copy, index),
            key: Stage::Started.code().to_owned(),
            name: Name::of("开工", "開工", "Start"),
            planned_from: None,
            planned: Some(planned),
            actual_from: None,
            actual: None,
            expected: plot.expected,
            reason: None,
            replaces: None,
        }
    }

    fn plan(&self, copy: i64) -> Vec<Change> {
        let mut changes = Vec::with_capacity(self.plots.len() * 14);
        for (index, plot) in self.plots.iter().enumerate() {
            let percent = self.percent(copy, index);
            let year = (Period::year(2026), plot.plan);
            let months = (1..).zip(self.flows[index].plan);
            let months = months.map(|(number, amount)| (month(2026, number), amount));
            for (period, amount) in std::iter::once(year).chain(months) {
                changes.push(Change::Plan(Plan {
                    id: FRESH,
                    project: key(copy, index),
                    period,
                    amount: amount * WAN / 100 * percent,
                    version: 1,
                    reason: None,
                    approver: None,
                    sheet: None,
                    cell: None,
                    replaces: None,
                }));
            }
            changes.extend(plot.tier.map(|tier| {
                Change::ListMembership(ListMembership {
                    id: FRESH,
                    project: key(copy, index),
                    tier,
                    year: 2026,
                    version: 1,
                    from: date(2026, 1, 20),
                    until: None,
                    reason: None,
                    replaces: None,
                })
            }));
        }
        changes
    }

    fn figures(&self, copy: i64, at: (i16, i8)) -> Vec<Change> {
        let mut changes = Vec::with_capacity(self.plots.len() * 3);
        let period = month(at.0, at.1);
        for index in 0..self.plots.len() {
            let (done, year, since) = self.money(index, at);
            let percent = self.percent(copy, index);
            let progress = since * 10_000 / self.plots[index].total.max(1);
            for (measure, value) in [
                (Measure::INVEST_MONTH, done * WAN / 100 * percent),
                (Measure::INVEST_YTD, year * WAN / 100 * percent),
                (Measure::PROGRESS_PERCENT, progress),
            ] {
                changes.push(self.figure(copy, index, measure, period, value));
            }
        }
        changes
    }

    /// Done in a month, in the year to it, and since the start, 万元; months before the base
    /// county's first are quiet ones.
    fn money(&self, index: usize, at: (i16, i8)) -> (i64, i64, i64) {
        let flow = &self.flows[index];
        if at >= FIRST_MONTH {
            let done = flow.month(at.0, at.1);
            (done, flow.year_to_date(at.0, at.1), flow.since_start(at.0, at.1))
        } else {
            (0, 0, 0)
        }
    }

    fn figure(
        &self,
        copy: i64,
        index: usize,
        measure: Measure,
        period: Period,
        value: i64,
    ) -> Change {
        Change::Figure(Figure {
            id: FRESH,
            subject: Subject::Project(key(copy, index)),
            measure,
            period,
            basis: Basis::Reported,
            value: Value::Int(value),
            raw: None,
            sheet: None,
            cell: None,
            replaces: None,
            reason: None,
        })
    }

    /// Stages reached in a month; those of before go with the first.
    fn reached(&self, at: (i16, i8)) -> impl Iterator<Item = (usize, Stage, Date)> {
        let is_first = (OPENED.year(), OPENED.month()) == at;
        let of_month = move |on: Date| {
            let found = (on.year(), on.month());
            found == at || (is_first && found < at)
        };
        let all = self.plots.iter().enumerate();
        all.flat_map(|(index, plot)| plot.reached.iter().map(move |(s, on)| (index, *s, *on)))
            .filter(move |(_, _, on)| of_month(*on))
    }

    fn claims(&self, copy: i64, at: (i16, i8)) -> Vec<Change> {
        let claim = |(index, stage, on): (usize, Stage, Date)| {
            Change::StageClaim(StageClaim {
                id: key(copy, index) * 100 + i64::from(stage.number()),
                project: key(copy, index),
                stage,
                on,
                evidence: Vec::new(),
                note: None,
                sheet: None,
                cell: None,
                replaces: None,
            })
        };
        self.reached(at).map(claim).collect()
    }

    fn verdicts(&self, copy: i64, at: (i16, i8)) -> Vec<Change> {
        let verdict = |(index, stage, _): (usize, Stage, Date)| {
            Change::StageVerdict(StageVerdict {
                id: FRESH,
                claim: key(copy, index) * 100 + i64::from(stage.number()),
                verdict: Verdict::Verified,
                reason: None,
            })
        };
        self.reached(at).map(verdict).collect()
    }
}

/// Provisional id of a copied project and its firm, beyond those of the base county.
fn key(copy: i64, index: usize) -> i64 {
    copy * 1_000 + index as i64
}

/// A name told apart from that of other copies.
fn numbered(name: &Name, copy: i64) -> Name {
    let tail = |text: &String| format!("{text} {}", copy + 1);
    Name {
        text: tail(&name.text),
        hant: name.hant.as_ref().map(tail),
        en: name.en.as_ref().map(tail),
    }
}
