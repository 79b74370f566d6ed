//! A row of the ledger as it is read: every value in words, every figure with the way to
//! where it comes from.

use jiff::civil::Date;
use tici_domain::{Currency, Measure, Percent, Period, SideState, change::Enterprise};
use tici_engine::{
    Lens,
    totals::{Sums, Totals},
};
use tici_ops::view_ledger::{LedgerPage, LedgerRow};

use crate::{
    T,
    i18n::days_from,
    ui::{self, Html},
    visit::encode,
};

/// One project.
pub struct Row {
    pub id: i64,
    pub href: String,
    pub name: String,
    pub code: String,
    /// Suspended projects say so beside their code.
    pub state: String,
    pub light: Html,
    pub reason: String,
    pub place: String,
    pub tier: Html,
    pub chain: String,
    pub stage: Html,
    pub total: Figure,
    /// For the sum of a selection: in the column's unit.
    pub total_value: f64,
    pub plan: Figure,
    pub done: Figure,
    pub bullet: Html,
    pub next: String,
    pub next_day: String,
    pub since_start: Figure,
    pub progress: Figure,
    pub lead_unit: String,
    pub sponsor: String,
    pub enterprise: String,
    pub build: String,
    pub last_report: String,
}

/// A number and where it opens; no address when there is nothing to open.
#[derive(Default)]
pub struct Figure {
    pub text: String,
    pub href: String,
}

/// Sums of one currency at the foot of the table.
pub struct Foot {
    pub currency: String,
    pub total: String,
    pub plan: String,
    pub done: String,
    pub since_start: String,
    pub bullet: Html,
}

/// The address where a figure of a project opens.
pub fn figure_href(project: i64, measure: Measure, period: Period, lens: &Lens) -> String {
    let key = format!("{}.{period}.{}", measure.code(), lens.basis.code());
    format!("/projects/{project}?figure={}#figure", encode(&key))
}

/// The project's name after its firm's, as people say it. English names do without: they
/// are long enough to stand alone.
pub fn full_name(t: T, row: &LedgerRow) -> String {
    with_firm(t, row.entry.project.name.get(t.lang), row.enterprise.as_ref())
}

/// A project's name behind its firm's, unless it names the firm itself.
pub fn with_firm(t: T, name: &str, firm: Option<&Enterprise>) -> String {
    match firm
        .map(|firm| firm.short.get(t.lang))
        .filter(|firm| t.lang != tici_domain::Lang::En && !name.contains(firm))
    {
        Some(firm) => format!("{firm} {name}"),
        None => name.to_owned(),
    }
}

/// All rows of a page. With more than one currency each amount names its own.
pub fn rows(t: T, page: &LedgerPage) -> Vec<Row> {
    let is_mixed = page.totals.sums.len() > 1;
    page.rows.iter().map(|row| Maker { t, page, row, is_mixed }.row()).collect()
}

/// The currency of the column heads, when there is one for all.
pub fn common_currency(totals: &Totals) -> Option<Currency> {
    let mut currencies = totals.sums.keys();
    match (currencies.next(), currencies.next()) {
        (None, _) => Some(Currency::CNY),
        (Some(one), None) => Some(*one),
        _ => None,
    }
}

pub fn feet(t: T, totals: &Totals) -> Vec<Foot> {
    let is_mixed = totals.sums.len() > 1;
    totals.sums.iter().map(|(currency, sums)| foot(t, *currency, sums, is_mixed)).collect()
}

fn foot(t: T, currency: Currency, sums: &Sums, is_mixed: bool) -> Foot {
    let scale = t.column(currency);
    let share = |part: i128| Percent::of(part, sums.plan_year).map(Percent::as_f64);
    Foot {
        currency: if is_mixed { t.unit(scale) } else { String::new() },
        total: scale.print(sums.total),
        plan: scale.print(sums.plan_year),
        done: scale.print(sums.done_ytd),
        since_start: scale.print(sums.done_since_start),
        bullet: ui::bullet(
            &t,
            share(sums.done_ytd),
            share(sums.due_ytd),
            &t.percent(sums.done_of_plan()),
        ),
    }
}

struct Maker<'a> {
    t: T,
    page: &'a LedgerPage,
    row: &'a LedgerRow,
    is_mixed: bool,
}

impl Maker<'_> {
    fn row(&self) -> Row {
        let (t, facts, project) = (self.t, &self.row.facts, &self.row.entry.project);
        let scale = t.column(facts.currency);
        let name = |name: &Option<tici_domain::Name>| {
            name.as_ref().map_or_else(String::new, |name| name.get(t.lang).to_owned())
        };
        let (next, next_day) = self.next();
        Row {
            id: project.id,
            href: format!("/projects/{}", project.id),
            name: full_name(t, self.row),
            code: project.code.clone(),
            state: match facts.state {
                SideState::Active => String::new(),
                state => t.state(state),
            },
            light: ui::light(&t, &facts.light),
            reason: t.words(&facts.lit.words()),
            place: self.row.place.as_ref().map_or_else(dash, |p| p.short.get(t.lang).to_owned()),
            tier: ui::tier(&t, &facts.tier),
            chain: project.chain.as_deref().map_or_else(dash, |chain| t.chain(chain)),
            stage: ui::stairs(&t, &facts.stage),
            total: self.latest(Measure::TOTAL_INVESTMENT, facts.total),
            total_value: facts.total.map_or(0.0, |total| scale.value(total.into())),
            plan: self.plan(),
            done: self.done(),
            bullet: self.bullet(),
            next,
            next_day,
            since_start: self.latest(Measure::INVEST_SINCE_START, facts.done_since_start),
            progress: self.progress(),
            lead_unit: name(&project.lead_unit),
            sponsor: name(&project.sponsor),
            enterprise: self
                .row
                .enterprise
                .as_ref()
                .map_or_else(dash, |firm| firm.short.get(t.lang).to_owned()),
            build: build(t, project.build_from, project.build_to),
            last_report: facts.last_report.map_or_else(dash, |period| t.period(period)),
        }
    }

    /// A money figure, in the column's unit.
    fn money(&self, amount: Option<i64>, href: impl FnOnce() -> Option<String>) -> Figure {
        let Some(amount) = amount else { return Figure { text: dash(), href: String::new() } };
        let scale = self.t.column(self.row.facts.currency);
        let number = scale.print(amount.into());
        let text = match self.is_mixed {
            true => format!("{} {number}", self.row.facts.currency),
            false => number,
        };
        Figure { text, href: href().unwrap_or_default() }
    }

    /// The newest figure of a measure up to the lens's month, and its own month's address.
    fn latest(&self, measure: Measure, amount: Option<i64>) -> Figure {
        self.money(amount, || self.latest_href(measure))
    }

    fn latest_href(&self, measure: Measure) -> Option<String> {
        let (lens, id) = (&self.page.lens, self.row.facts.project);
        let figures = &self.page.snapshot.project_figures;
        let cell = figures.latest(id, measure, lens.basis, lens.period)?;
        Some(figure_href(id, measure, cell.period, lens))
    }

    fn plan(&self) -> Figure {
        let id = self.row.facts.project;
        self.money(self.row.facts.plan_year, || Some(format!("/projects/{id}#plans")))
    }

    fn done(&self) -> Figure {
        let (lens, id) = (&self.page.lens, self.row.facts.project);
        let figures = &self.page.snapshot.project_figures;
        // Where only monthly figures are kept, the sum opens at its last month.
        let measure = [Measure::INVEST_YTD, Measure::INVEST_MONTH]
            .into_iter()
            .find(|measure| figures.get(id, *measure, lens.basis, lens.period).is_some());
        let href = || Some(figure_href(id, measure?, lens.period, lens));
        self.money(self.row.facts.done_ytd, href)
    }

    fn progress(&self) -> Figure {
        let Some(hundredths) = self.row.facts.progress else {
            return Figure { text: dash(), href: String::new() };
        };
        let text = Percent::of(hundredths.into(), 10_000).map_or_else(dash, |p| p.to_string());
        let href = self.latest_href(Measure::PROGRESS_PERCENT).unwrap_or_default();
        Figure { text, href }
    }

    fn bullet(&self) -> Html {
        let facts = &self.row.facts;
        let of_plan = |amount: Option<i64>| {
            let plan = i128::from(facts.plan_year?);
            Percent::of(i128::from(amount?), plan)
        };
        let (done, due) = (of_plan(facts.done_ytd), of_plan(facts.due_ytd));
        let text = self.t.percent(done);
        ui::bullet(&self.t, done.map(Percent::as_f64), due.map(Percent::as_f64), &text)
    }

    /// The next milestone and its day; one that has passed says by how much.
    fn next(&self) -> (String, String) {
        let Some((name, day)) = &self.row.next else { return (dash(), String::new()) };
        let (t, today) = (self.t, self.page.lens.today);
        let day = day.map_or_else(String::new, |day| match days_from(day, today) {
            over if over > 0 => t.t1("days-over", &[("n", &over)]),
            _ => t.day(day, today),
        });
        (name.get(t.lang).to_owned(), day)
    }
}

/// `2025年9月—2027年3月`.
pub fn build(t: T, from: Option<Date>, to: Option<Date>) -> String {
    let month = |day: Option<Date>| day.map_or_else(String::new, |day| t.month(day));
    match (from, to) {
        (None, None) => dash(),
        _ => t.t1("build-span", &[("from", &month(from)), ("to", &month(to))]),
    }
}

fn dash() -> String {
    "—".into()
}
