//! Published bulletins made again: projects with their counts and amounts, the counting
//! function over them, and its sentence against the figures and the words of the source.
//! Names and figures come from the source's files at run time; none is kept here.

use jiff::civil::{Date, date};
use tici_domain::{Basis, Lang, ListTier, Name, Period};
use tici_engine::counting::{Ask, By, CohortOn, Count, SizeBands, count};
use tici_engine::lights_old::LightRule;
use tici_engine::rule::{Reached, StageStatus, Threshold};
use tici_engine::statement::explain::{Explained, How, RateStated, UNIT, explain_rate};
use tici_engine::statement::printed::{Digits, Printed, Rounding, Zeros};
use tici_engine::statement::words::{Arg, Words};
use tici_engine::statement::{Style, Subject, Wording, presets, sentence};
use tici_engine::{FactsTable, Filter, Lens, Snapshot};
use tici_testkit::builders as b;
use tici_testkit::bulletins::{Bulletins, Cohort, Fact, Maker, bulletins};
use tici_web::i18n::T;

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
    let Some(found) = bulletins() else { return };
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

fn all() -> Subject {
    Subject::default()
}

fn name(fact: &Fact, column: &str) -> Name {
    Name::new(fact.get(column).expect("a name"))
}

/// A row with the amounts and counts chosen for it.
struct Row<'a> {
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
    fn of(fact: &Fact) -> Row<'_> {
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

    fn count(&self) -> Count {
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
        let mut wording = presets::wording("notice").expect("shipped");
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

/// `2020-08`, `2022-02-08`, a year with a season; where no year is stated, any.
fn period(text: &str) -> (Period, Date) {
    let number = |text: &str| text.parse::<u8>().ok();
    let parts: Vec<&str> = text.split(['-', ' ']).collect();
    let year = parts[0].parse::<i16>().unwrap_or(2023);
    let month = parts.get(1).and_then(|text| number(text)).unwrap_or(6);
    let month = Period::month(year, month).expect("a month");
    match parts.get(2).and_then(|text| number(text)) {
        Some(day) => (month, date(year, month.last_month() as i8, day as i8)),
        None => (month, month.last_day()),
    }
}

fn lens(month: Period, today: Date) -> Lens {
    Lens {
        period: month,
        stock_period: month,
        basis: Basis::Reported,
        today,
        stage_status: StageStatus::Claimed,
        cohort: CohortOn::Today,
        start_deadline: None,
        lights: LightRule::default(),
    }
}

fn counted(maker: &Maker, month: Period, today: Date, filter: &Filter, ask: &Ask) -> Count {
    let snapshot = snapshot(maker);
    let table = FactsTable::new(&snapshot, &lens(month, today));
    count(&snapshot, &table, filter, ask, None)
}

fn snapshot(maker: &Maker) -> Snapshot {
    let changes = maker.changes.iter().enumerate().map(|(seq, change)| (seq as i64, change));
    Snapshot::default().advance(changes, 1)
}

fn say(lang: Lang, wording: &Wording, subject: &Subject, count: &Count) -> String {
    T::new(lang).say(&sentence(wording, subject, count))
}

/// Mirrors print half-width marks, and dashes of several lengths.
fn fold(text: &str) -> String {
    let mark = |c| match c {
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '—' | '–' => '-',
        other => other,
    };
    text.chars().map(mark).collect()
}

/// The text of a quotation of the row's address, and what stands in it between two marks.
struct Quoted<'a> {
    text: &'a str,
}

impl<'a> Quoted<'a> {
    fn of(found: &'a Bulletins, words: &str) -> Quoted<'a> {
        let quote = found.quotes.iter().find(|quote| quote.text.contains(words));
        let quote = quote.unwrap_or_else(|| panic!("no quotation has {words}"));
        Quoted { text: &quote.text }
    }

    fn between(&self, from: &str, to: &str) -> Name {
        let (_, rest) = self.text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
        let (text, _) = rest.split_once(to).unwrap_or_else(|| panic!("no {to} after {from}"));
        Name::new(text)
    }
}

fn yi(text: &str) -> i128 {
    Printed::parse(text).expect("a number").times(UNIT)
}

fn month(year: i16, month: u8) -> (Period, Date) {
    let month = Period::month(year, month).expect("a month");
    (month, month.last_day())
}

fn preset(name: &str) -> Wording {
    presets::wording(name).unwrap_or_else(|| panic!("no wording {name}"))
}

#[test]
fn a_list_with_its_growth_reads_as_its_notice() {
    let Some(found) = bulletins() else { return };
    let quote = Quoted::of(&found, "較上年度增加");
    let (august, today) = month(2020, 8);
    let mut maker = Maker::new(august, today);
    let listed = Cohort { lists: vec![ListTier::City], ..Cohort::default() };
    maker.add(&Cohort {
        projects: 75,
        total: Some(yi("405")),
        plan: Some(yi("65.9")),
        done: Some(yi("46.3")),
        ..listed.clone()
    });
    // The year before, such that 405 is 14% and 65.9 is 5.6% more.
    (maker.month, maker.today) = month(2019, 8);
    let before = (yi("405") * 100 / 114, yi("65.9") * 1000 / 1056);
    maker.add(&Cohort { projects: 70, total: Some(before.0), plan: Some(before.1), ..listed });
    let snapshot = snapshot(&maker);
    let table = |(month, today)| FactsTable::new(&snapshot, &lens(month, today));
    let filter = Filter { tiers: vec![ListTier::City], ..Filter::default() };
    let (now, then) = (table((august, today)), table(month(2019, 8)));
    let count = count(&snapshot, &now, &filter, &Ask::default(), Some(&then));
    let subject = Subject {
        region: quote.between("", "列入"),
        cohort: quote.between("年", "建設項目"),
        ..all()
    };
    let said = say(Lang::ZhHant, &preset("list-plain"), &subject, &count);
    assert_eq!(fold(&said), fold(quote.text));
}

#[test]
fn starts_by_size_read_as_their_notice() {
    let Some(found) = bulletins() else { return };
    let quote = Quoted::of(&found, "截止2月8日");
    let (month, today) = (Period::month(2022, 2).expect("a month"), date(2022, 2, 8));
    let mut maker = Maker::new(month, today);
    let cohort = |projects: usize, total: i128, started: usize| Cohort {
        projects,
        total: Some(total),
        planned: projects,
        started,
        even: true,
        ..Cohort::default()
    };
    maker.add(&Cohort { lists: vec![ListTier::Province], ..cohort(4, yi("32"), 2) });
    maker.add(&cohort(50, yi("400"), 23));
    maker.add(&cohort(84, yi("307.5"), 38));
    let bands = SizeBands::at(tici_domain::Currency::CNY, vec![100_000_000, 500_000_000]);
    let ask = Ask { by: Some(By::Size), bands: bands.expect("rising") };
    let count = counted(&maker, month, today, &Filter::default(), &ask);
    assert_eq!(count.groups.len(), 2);
    assert_eq!(count.all.totals.sums.values().next().map(|sums| sums.total), Some(yi("739.5")));
    let province = Filter {
        tiers: vec![ListTier::Province],
        threshold: Some(Threshold { amount: 500_000_000, inclusive: true }),
        ..Filter::default()
    };
    let inner = counted(&maker, month, today, &province, &Ask::default());
    let inner_subject = Subject { cohort: quote.between("(其中", "项目已有"), ..all() };
    let wording = preset("starts-by-size");
    let mut within = Words::new("say-within");
    within.args.extend(sentence(&wording, &inner_subject, &inner).figures);
    let largest = "500000000..".to_owned();
    let subject = Subject {
        groups: [(largest.clone(), quote.between("其中,", "项目25个"))].into(),
        within: [(largest, within)].into(),
        ..all()
    };
    let said = say(Lang::ZhHans, &wording, &subject, &count);
    assert_eq!(fold(&said), fold(quote.text));
}

#[test]
fn two_lists_read_as_their_report() {
    let Some(found) = bulletins() else { return };
    let quote = Quoted::of(&found, "已全部开工建设");
    let (month, today) = month(2025, 6);
    let mut maker = Maker::new(month, today);
    let (province, city) = (vec![ListTier::Province], vec![ListTier::City]);
    maker.add(&Cohort {
        projects: 5,
        planned: 5,
        started: 5,
        lists: province,
        ..Cohort::default()
    });
    maker.add(&Cohort {
        projects: 80,
        planned: 80,
        started: 76,
        // Not stated but for 近60%: anything from 57 up to 60 is said so.
        plan: Some(yi("100")),
        done: Some(yi("59.4")),
        lists: city,
        ..Cohort::default()
    });
    let of = |tier: ListTier| {
        let filter = Filter { tiers: vec![tier], ..Filter::default() };
        counted(&maker, month, today, &filter, &Ask::default())
    };
    let first = Subject {
        region: quote.between("截至目前,", "5个"),
        cohort: quote.between("5个", "项目"),
        ..all()
    };
    let second = Subject { cohort: quote.between("80个", "项目"), ..all() };
    let province = say(Lang::ZhHans, &preset("all-started"), &first, &of(ListTier::Province));
    let city = say(Lang::ZhHans, &preset("start-rate"), &second, &of(ListTier::City));
    let comma = T::new(Lang::ZhHans).t("say-comma");
    assert_eq!(fold(&format!("{province}{comma}{city}")), fold(quote.text));
}

#[test]
fn start_rates_of_a_league_read_as_published() {
    let Some(found) = bulletins() else { return };
    let quote = Quoted::of(&found, "开工率分别为");
    let (month, today) = month(2022, 9);
    let mut maker = Maker::new(month, today);
    for (index, fact) in found.league.iter().enumerate() {
        let id = 1_000_000 + index as i64;
        let county = fact.get("county").expect("a county");
        maker.changes.push(tici_domain::Change::Place(b::place(id, county, None)));
        maker.add(&Cohort {
            projects: fact.count("signed").expect("signed"),
            started: fact.count("started").expect("started"),
            // Twice the threshold, and some below it that must not be counted.
            total: Some(2 * UNIT * fact.count("signed").unwrap_or(0) as i128),
            signed: true,
            even: true,
            place: Some(id),
            ..Cohort::default()
        });
        let small = Cohort { projects: 3, total: Some(UNIT), even: true, ..Cohort::default() };
        maker.add(&Cohort { place: Some(id), signed: true, started: 3, ..small });
    }
    let filter = Filter {
        threshold: Some(Threshold { amount: 100_000_000, inclusive: true }),
        reached: Reached::parse("signed:2022-01-01..2022-09-30"),
        ..Filter::default()
    };
    let ask = Ask { by: Some(By::Place), ..Ask::default() };
    let count = counted(&maker, month, today, &filter, &ask);
    let subject = Subject {
        region: quote.between("", "亿元以上"),
        cohort: quote.between("县区", "项目开工率"),
        ..all()
    };
    let said = say(Lang::ZhHans, &preset("start-rates"), &subject, &count);
    assert_eq!(fold(&said), fold(quote.text));
    // Counted by itself, and the parts of the published sums besides.
    assert_eq!((count.all.totals.projects, count.all.totals.started), (344, 285));
    for fact in &found.league {
        let group = count
            .groups
            .iter()
            .find(|group| group.name.as_ref().map(|name| name.text.as_str()) == fact.get("county"));
        let totals = &group.expect("a group").tally.totals;
        let digits = Digits { decimals: 1, ..Digits::default() };
        let rate = digits.print(totals.started as i128 * 100, totals.projects as i128);
        assert_eq!(Some(rate.as_str()), fact.get("stated_start_rate_pct"), "{fact:?}");
    }
}

#[test]
fn a_ceremony_reads_as_reported() {
    let Some(found) = bulletins() else { return };
    let quote = Quoted::of(&found, "集中开工");
    let (month, today) = month(2020, 4);
    let mut maker = Maker::new(month, today);
    let signed = Cohort { projects: 42, total: Some(yi("143")), signed: true, ..Cohort::default() };
    maker.add(&signed);
    let sector = |projects, from: &str, to: &str, total: &str| Cohort {
        projects,
        total: Some(yi(total)),
        planned: projects,
        started: projects,
        sector: Some(quote.between(from, to).text),
        ..Cohort::default()
    };
    maker.add(&sector(17, "其中", "项目17个", "60.5"));
    maker.add(&sector(5, "项目17个,", "项目5个", "18.45"));
    let counted = |reached: &str, by| {
        let filter = Filter { reached: Reached::parse(reached), ..Filter::default() };
        counted(&maker, month, today, &filter, &Ask { by, ..Ask::default() })
    };
    let of_signed = counted("signed:2020-01-01..2020-04-30", None);
    let of_started = counted("started:2020-01-01..2020-04-30", Some(By::Sector));
    let region = Subject { region: quote.between("", "签约"), ..all() };
    let cohort = Subject { cohort: quote.between("集中开工", "项目22个"), ..all() };
    let first = say(Lang::ZhHans, &preset("signed"), &region, &of_signed);
    let second = say(Lang::ZhHans, &preset("ceremony"), &cohort, &of_started);
    let said = format!("{first}{}{second}", T::new(Lang::ZhHans).t("say-semicolon"));
    // The rest of the sentence splits by the investor's ownership, which no project states.
    let (own, rest) = quote.text.rsplit_once(";").expect("a second half");
    assert_eq!(fold(&said), fold(own));
    assert!(rest.starts_with("民资"), "{rest}");
}

#[test]
fn a_quarter_reads_as_reported() {
    let Some(found) = bulletins() else { return };
    let quote = Quoted::of(&found, "一季度,全市");
    let fact = found.facts.iter().find(|fact| fact.row == 25).expect("the quarter's row");
    let row = Row::of(fact);
    let mut subject = Subject { region: quote.between("一季度,", "25个"), ..all() };
    subject.cohort = quote.between("25个", "项目完成");
    let said = say(Lang::ZhHans, &preset("quarter"), &subject, &row.count());
    let own = fold(said.trim_end_matches('。'));
    // What follows says in general that the others go well.
    assert!(fold(quote.text).starts_with(&own), "{own}");
    assert!(own.ends_with("50%"));
}

#[test]
fn targets_read_as_reported() {
    let Some(found) = bulletins() else { return };
    let quote = Quoted::of(&found, "考核目标");
    let (month, today) = month(2023, 7);
    let mut maker = Maker::new(month, today);
    maker.add(&Cohort { projects: 40, done: Some(yi("99.68")), ..Cohort::default() });
    let count = counted(&maker, month, today, &Filter::default(), &Ask::default());
    let target = Arg::Name(quote.between("完成", "45个"));
    let digits = preset("target-done").style.amounts;
    let money = Arg::Amount { amount: yi("145"), currency: tici_domain::Currency::CNY, digits };
    let subject = Subject {
        region: quote.between("月份,", "新引进"),
        cohort: quote.between("贵池区", "项目40个"),
        extra: [
            ("target_name".to_owned(), target.clone()),
            ("target_projects".to_owned(), Arg::Count(45)),
        ]
        .into(),
        ..all()
    };
    let first = say(Lang::ZhHans, &preset("target-projects"), &subject, &count);
    let subject = Subject {
        cohort: quote.between("……", "项目到位"),
        extra: [("target_name".to_owned(), target), ("target_done".to_owned(), money)].into(),
        ..all()
    };
    let second = say(Lang::ZhHans, &preset("target-done"), &subject, &count);
    let own = fold(&format!("{first}……{second}"));
    assert!(fold(quote.text).starts_with(&own), "{own}");
}

/// The known traps, with what the program says of each.
#[test]
fn traps_are_explained_in_words() {
    let t = T::new(Lang::ZhHans);
    let explained = |part: &str, base: &str, rate: &str, counts| {
        let printed = |text| Printed::parse(text).expect("a number");
        let stated = RateStated {
            rate: printed(rate),
            part: Some(printed(part)),
            base: Some(printed(base)),
            counts,
            ahead: None,
            others: &[],
        };
        t.words(&explain_rate(&stated).words())
    };
    let cases = [
        (
            explained("11.4", "18.2", "62.4", false),
            "11.4÷18.2＝62.64%，印作 62.4%：率按未取整的金额算，印成这两个数的金额可得 \
             62.19%—63.09%，62.4% 在其内",
        ),
        (
            explained("15.5", "31.4", "49.6", false),
            "15.5÷31.4＝49.36%，印作 49.6%：率按未取整的金额算，印成这两个数的金额可得 \
             49.13%—49.60%，49.6% 在其内",
        ),
        (
            explained("2.53", "3.11", "81", false),
            "2.53÷3.11＝81.35%，只印整数；四舍五入和截去小数都是 81%",
        ),
        (explained("129", "270", "47", true), "129÷270＝47.78%，印作 47%：小数截去，没有四舍五入"),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
    let parts = ["87", "1851", "301", "958", "2212"].map(|n| Printed::parse(n).expect("a number"));
    let total = Printed::parse("5410").expect("a number");
    let sum = tici_engine::statement::explain::explain_sum(total, &parts, false);
    assert_eq!(
        t.words(&sum.words()),
        "5 项之和 5409，合计 5410，相差 1：各项和合计分别取整，最多可差 3.0；两数都照原样保留"
    );
    assert_eq!(packages_in_words(&t), "444 个与 569 个口径不同：分包，多 125 个");
}

/// 444 projects, 25 of which are six packages each.
fn packages_in_words(t: &T) -> String {
    let (month, today) = month(2023, 10);
    let mut maker = Maker::new(month, today);
    let parents = maker.add(&Cohort { projects: 444, ..Cohort::default() });
    let packages = maker.add(&Cohort { projects: 150, ..Cohort::default() });
    for change in &mut maker.changes {
        if let tici_domain::Change::Project(row) = change
            && let Some(index) = packages.iter().position(|id| *id == row.id)
        {
            row.parent = Some(parents[index / 6]);
        }
    }
    let snapshot = snapshot(&maker);
    let table = FactsTable::new(&snapshot, &lens(month, today));
    let (whole, packages) = (Filter::default(), tici_engine::rule::Packages::Split);
    let split = Filter { packages, ..Filter::default() };
    let sides = ((&table, &whole), (&table, &split));
    t.words(&tici_engine::counting::compare::compare(&snapshot, sides.0, sides.1).words())
}

/// Every shipped wording says something sound of a plain county in every language.
#[test]
fn every_wording_is_whole_in_every_language() {
    let (month, today) = month(2026, 5);
    let mut maker = Maker::new(month, today);
    let cohort =
        Cohort { projects: 12, planned: 4, started: 4, sector: Some("s".into()), ..none() };
    maker.add(&Cohort {
        total: Some(yi("100")),
        plan: Some(yi("30")),
        done: Some(yi("17.7")),
        ..cohort
    });
    let ask = Ask { by: Some(By::Size), ..Ask::default() };
    let count = counted(&maker, month, today, &Filter::default(), &ask);
    let digits = Digits::default();
    let money = Arg::Amount { amount: yi("145"), currency: tici_domain::Currency::CNY, digits };
    let subject = Subject {
        region: Name::new("R"),
        cohort: Name::new("C"),
        extra: [
            ("target_name".to_owned(), Arg::Text("T".into())),
            ("target_projects".to_owned(), Arg::Count(45)),
            ("target_done".to_owned(), money),
        ]
        .into(),
        ..all()
    };
    for (name, wording) in presets::shipped() {
        for lang in Lang::ALL {
            let said = say(lang, &wording, &subject, &count);
            let is_whole = !said.contains(['{', '$']) && !said.contains("say-") && said.len() > 8;
            assert!(is_whole, "{name} {lang:?}: {said}");
            // No Chinese mark or unit is left in an English sentence.
            let is_latin = said.chars().all(|c| c.is_ascii() || matches!(c, '–' | '−'));
            assert!(lang != Lang::En || is_latin, "{name}: {said}");
        }
    }
}

fn none() -> Cohort {
    Cohort::default()
}
