//! Every row of `progress_facts.csv`.

use jiff::civil::Date;
use tici_domain::{Lang, Name, Period};
use tici_engine::Filter;
use tici_engine::counting::{Ask, Count};
use tici_engine::statement::explain::{Explained, How, RateStated, UNIT, explain_rate};
use tici_engine::statement::printed::{Digits, Printed, Rounding, Zeros};
use tici_engine::statement::{Style, Subject, Wording};
use tici_testkit::bulletins::{Cohort, Fact, Maker};

use super::{all, counted, found, period, preset, say};

/// What explains each row's rate of money, and its rate of starts; `-` is not stated. The
/// order is that of the file.
const ROWS: [(&str, &str); 28] = [
    // 62.4 of 11.4 and 18.2; 60.7 of 79.2 and 130.6.
    ("amounts", "-"),
    ("exact", "-"),
    ("amounts", "-"),
    // 49.6 of 15.5 and 31.4.
    ("amounts", "-"),
    ("exact", "-"),
    ("exact", "-"),
    ("exact", "-"),
    ("exact", "-"),
    // −0.23 points behind.
    ("amounts", "-"),
    // 81.35 printed 81.
    ("whole-either", "-"),
    ("amounts", "-"),
    ("amounts", "-"),
    ("exact", "-"),
    ("exact", "exact"),
    // 129 of 270 printed 47.
    ("exact", "cut"),
    ("exact", "exact"),
    ("not-stated", "exact"),
    ("not-stated", "not-stated"),
    ("-", "exact"),
    ("-", "exact"),
    ("-", "exact"),
    ("-", "exact"),
    ("-", "not-stated"),
    ("-", "exact"),
    ("not-stated", "exact"),
    ("not-stated", "exact"),
    ("not-stated", "-"),
    ("not-stated", "-"),
];

fn code(how: &How) -> &'static str {
    match how {
        How::Exact => "exact",
        How::Whole { cut_is_same: true } => "whole-either",
        How::Whole { .. } => "whole",
        How::Amounts => "amounts",
        How::Cut => "cut",
        How::CutAmounts => "cut-amounts",
        How::OtherBase { .. } => "other-base",
        How::NotStated => "not-stated",
        How::Nothing => "nothing",
    }
}

#[test]
fn every_row_of_the_bulletins_comes_out_of_the_counting_function() {
    let Some(found) = found() else { return };
    assert_eq!(found.facts.len(), ROWS.len());
    for (fact, (money, starts)) in found.facts.iter().zip(ROWS) {
        let row = Row::of(fact);
        let how = |found: &Option<Explained>| found.as_ref().map_or("-", |found| code(&found.how));
        assert_eq!((how(&row.money), how(&row.starts)), (money, starts), "row {}", fact.row);
        let count = row.count();
        let subject = Subject { region: name(fact, "place"), cohort: name(fact, "tier"), ..all() };
        let said = say(Lang::ZhHans, &row.wording(), &subject, &count);
        assert_eq!(said, row.expected(), "row {}", fact.row);
        assert_eq!(Some(count.all.totals.projects), fact.count("n_projects"), "row {}", fact.row);
        let started = fact.count("started").filter(|_| row.planned.is_none());
        assert!(started.is_none_or(|n| n == count.all.totals.started), "row {}", fact.row);
    }
    eprintln!("{} rows of bulletins came out as printed", ROWS.len());
}

fn name(fact: &Fact, column: &str) -> Name {
    Name::new(fact.get(column).expect("a name"))
}

/// A row with the amounts and counts chosen for it.
pub(super) struct Row<'a> {
    fact: &'a Fact,
    month: Period,
    today: Date,
    money: Option<Explained>,
    starts: Option<Explained>,
    /// Yuan. Where a rate needs it, the unrounded amounts of its explanation: those nearest
    /// the middles of what prints as stated. Otherwise the amounts as printed.
    done: Option<i128>,
    plan: Option<i128>,
    planned: Option<usize>,
    started: Option<usize>,
}

impl Row<'_> {
    pub(super) fn of(fact: &Fact) -> Row<'_> {
        let (month, today) = period(fact.get("period_end").expect("a period"));
        let printed = |column: &str| fact.get(column).and_then(Printed::parse);
        let rate = |rate: &str, part, base, counts, ahead| {
            let rate = printed(rate)?;
            Some(explain_rate(&RateStated { rate, part, base, counts, ahead, others: &[] }))
        };
        let time = (i128::from(month.last_month()), 12);
        let ahead = printed("stated_gap_pp").map(|points| (points, time));
        let (done, plan) = (printed("done_ytd_yi"), printed("annual_plan_yi"));
        let money = rate("stated_rate_pct", done, plan, false, ahead);
        let (started, planned) = (printed("started"), printed("planned_starts"));
        let starts = rate("stated_start_rate_pct", started, planned, true, None);
        let yuan = |printed: Option<Printed>| printed.map(|printed| printed.times(UNIT));
        let count = |printed: Option<Printed>| printed.map(|printed| printed.digits as usize);
        let chosen = |found: &Option<Explained>| found.as_ref().and_then(|found| found.witness);
        let of_money = chosen(&money);
        let of_starts = chosen(&starts).map(|(a, b)| ((a / UNIT) as usize, (b / UNIT) as usize));
        Row {
            fact,
            month,
            today,
            done: of_money.map(|(done, _)| done).or(yuan(done)),
            plan: of_money.map(|(_, plan)| plan).or(yuan(plan)),
            planned: of_starts.map(|(_, planned)| planned).or(count(planned)),
            started: of_starts.map(|(started, _)| started).or(count(started)),
            money,
            starts,
        }
    }

    pub(super) fn count(&self) -> Count {
        let mut maker = Maker::new(self.month, self.today);
        maker.add(&Cohort {
            projects: self.fact.count("n_projects").expect("a count"),
            total: self.fact.get("total_yi").map(|t| Printed::parse(t).expect("t").times(UNIT)),
            plan: self.plan,
            done: self.done,
            planned: self.planned.unwrap_or(0),
            // 应开工未开工1项: the others are due later in the year.
            planned_later: self.not_due(),
            started: self.started.unwrap_or(0),
            ..Cohort::default()
        });
        let count = counted(&maker, self.month, self.today, &Filter::default(), &Ask::default());
        let starts = &count.all.starts;
        let due = self.fact.get("note").filter(|note| note.starts_with("应开工未开工"));
        assert!(
            due.is_none_or(|note| note.contains(&(starts.due - starts.due_started).to_string()))
        );
        count
    }

    fn not_due(&self) -> usize {
        let due = self.fact.get("note").and_then(|note| note.strip_prefix("应开工未开工"));
        let late = due.and_then(|rest| rest.trim_end_matches('项').parse::<usize>().ok());
        late.map_or(0, |late| self.planned.unwrap_or(0) - self.started.unwrap_or(0) - late)
    }

    /// The notice with the phrases for what the source states, printed as it prints.
    fn wording(&self) -> Wording {
        let mut wording = preset("notice");
        wording.style = self.style();
        wording.phrases.retain(|phrase| match phrase.say.as_str() {
            "say-notice-plan" => self.fact.get("annual_plan_yi").is_some(),
            "say-ahead" | "say-behind" | "say-level" => self.fact.get("stated_gap_pp").is_some(),
            "say-notice-done" => self.fact.get("done_ytd_yi").is_some(),
            _ => true,
        });
        // Half a sentence about starts, where the source gives no rate.
        if self.starts.is_none() {
            wording.phrases.retain(|phrase| phrase.say != "say-starts-planned");
        }
        wording
    }

    fn style(&self) -> Style {
        let amounts = ["total_yi", "annual_plan_yi", "done_ytd_yi"];
        let amounts = amounts.iter().filter_map(|column| self.fact.get(column));
        let amounts: Vec<Printed> = amounts.filter_map(Printed::parse).collect();
        let keeps = amounts.iter().any(|printed| printed.keeps_zeros());
        let rate = |column, found: &Option<Explained>| {
            let printed = self.fact.get(column).and_then(Printed::parse);
            let is_cut = found.as_ref().is_some_and(|found| found.how == How::Cut);
            let rounding = if is_cut { Rounding::Cut } else { Rounding::Half };
            Digits { decimals: printed.map_or(1, |p| p.decimals), rounding, ..Digits::default() }
        };
        Style {
            amounts: Digits {
                decimals: amounts.iter().map(|printed| printed.decimals).max().unwrap_or(0),
                zeros: if keeps { Zeros::Keep } else { Zeros::Drop },
                ..Digits::default()
            },
            rates: rate("stated_rate_pct", &self.money),
            start_rates: Some(rate("stated_start_rate_pct", &self.starts)),
            points: rate("stated_gap_pp", &None),
        }
    }

    /// The sentence, put together from the cells of the file.
    fn expected(&self) -> String {
        let get = |column| self.fact.get(column);
        let part = |column, before: &str, after: &str| {
            get(column).map(|text| format!("{before}{text}{after}")).unwrap_or_default()
        };
        let pace = get("stated_gap_pp").map(|text| match text.strip_prefix('-') {
            Some(points) => format!("，落后序时进度{points}个百分点"),
            None => format!("，超序时进度{text}个百分点"),
        });
        let starts = get("stated_start_rate_pct").map(|rate| {
            let (planned, started) = (self.planned.unwrap_or(0), self.started.unwrap_or(0));
            format!("计划新开工{planned}个，已开工{started}个，开工率{rate}%。")
        });
        [
            part("place", "", ""),
            part("tier", "", "项目"),
            part("n_projects", "", "个"),
            part("total_yi", "，总投资", "亿元"),
            part("annual_plan_yi", "，年度计划投资", "亿元"),
            part("done_ytd_yi", "，累计完成投资", "亿元"),
            part("stated_rate_pct", "，占年度计划的", "%"),
            pace.unwrap_or_default(),
            "。".to_owned(),
            starts.unwrap_or_default(),
        ]
        .concat()
    }
}
