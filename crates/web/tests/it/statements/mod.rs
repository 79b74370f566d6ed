//! Published bulletins made again: projects with their counts and amounts, the counting
//! function over them, and its sentence against the figures and the words of the source.
//! Names and figures come from the source's files at run time; none is kept here.

mod quotes;
mod rows;
mod traps;
mod wordings;

use jiff::civil::{Date, date};
use tici_domain::{Basis, Lang, Period};
use tici_engine::counting::{Ask, CohortOn, Count, count};
use tici_engine::rule::StageStatus;
use tici_engine::statement::explain::UNIT;
use tici_engine::statement::printed::Printed;
use tici_engine::statement::{Subject, Wording, presets, sentence};
use tici_engine::{FactsTable, Filter, Lens, Snapshot};
use tici_testkit::bulletins::{ABSENT, Bulletins, Maker, bulletins};
use tici_web::i18n::T;

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

/// The bulletins, or a word that they are not there.
fn found() -> Option<Bulletins> {
    let found = bulletins();
    if found.is_none() {
        eprintln!("{ABSENT}");
    }
    found
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
        lights: Default::default(),
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

fn all() -> Subject {
    Subject::default()
}
