//! Every quotation of `quotes.jsonl`, word for word.

use jiff::civil::date;
use tici_domain::{Change, Currency, Lang, ListTier, Name, Period};
use tici_engine::counting::{Ask, By, SizeBands, count};
use tici_engine::rule::{Reached, Threshold};
use tici_engine::statement::explain::UNIT;
use tici_engine::statement::printed::Digits;
use tici_engine::statement::words::{Arg, Words};
use tici_engine::statement::{Subject, sentence};
use tici_engine::{FactsTable, Filter};
use tici_testkit::builders as b;
use tici_testkit::bulletins::{Bulletins, Cohort, Maker};
use tici_web::i18n::T;

use super::rows::Row;
use super::{all, counted, found, lens, month, preset, say, snapshot, yi};

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

#[test]
fn a_list_with_its_growth_reads_as_its_notice() {
    let Some(found) = found() else { return };
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
    let Some(found) = found() else { return };
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
    let bands = SizeBands::at(Currency::CNY, vec![100_000_000, 500_000_000]);
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
    let Some(found) = found() else { return };
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
    let Some(found) = found() else { return };
    let quote = Quoted::of(&found, "开工率分别为");
    let (month, today) = month(2022, 9);
    let mut maker = Maker::new(month, today);
    for (index, fact) in found.league.iter().enumerate() {
        let id = 1_000_000 + index as i64;
        let county = fact.get("county").expect("a county");
        maker.changes.push(Change::Place(b::place(id, county, None)));
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
    let Some(found) = found() else { return };
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
    let Some(found) = found() else { return };
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
    let Some(found) = found() else { return };
    let quote = Quoted::of(&found, "考核目标");
    let (month, today) = month(2023, 7);
    let mut maker = Maker::new(month, today);
    maker.add(&Cohort { projects: 40, done: Some(yi("99.68")), ..Cohort::default() });
    let count = counted(&maker, month, today, &Filter::default(), &Ask::default());
    let target = Arg::Name(quote.between("完成", "45个"));
    let digits = preset("target-done").style.amounts;
    let money = Arg::Amount { amount: yi("145"), currency: Currency::CNY, digits };
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
