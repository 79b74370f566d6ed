//! Any text as what a cell may hold: periods, days, amounts, numbers, units, codes, names.
//! What is printed again reads as itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tici_domain::money::Magnitude;
use tici_domain::{Currency, Money, Period, industry, project_code, uscc};
use tici_exchange::map::DateOrder;
use tici_exchange::read::{date, period_in_header};
use tici_exchange::{guess, layout, propose};

fuzz_target!(|text: &str| {
    if let Some(period) = Period::parse(text) {
        assert_eq!(Period::parse(&period.to_string()), Some(period));
        assert!(period.first_day() <= period.last_day());
    }
    for order in [DateOrder::Mdy, DateOrder::Dmy] {
        if let Some(span) = date::parse(text, &[order]) {
            assert!(span.first <= span.last, "{text}");
        }
    }
    for magnitude in [Magnitude::WAN, Magnitude(0), Magnitude(8)] {
        let _ = Money::parse(text, magnitude, Currency::CNY);
    }
    let _ = Money::parse_with_unit(text);
    let _ = layout::parse_number(text);
    let _ = layout::unit_in_header(text);
    let _ = layout::unit_in_line(text);
    let _ = layout::date_in_cell(text);
    let _ = layout::date_in_line(text);
    let _ = layout::strip_marks(text);
    let _ = period_in_header(text, Some(2026));
    let _ = guess::field_of_header(text);
    let _ = industry::Industry::parse(text);
    let _ = uscc::Uscc::parse(text);
    let _ = project_code::ProjectCode::parse(text);
    let known = vec![text.chars().rev().collect::<String>(), format!("{text} (2)")];
    let _ = propose::propose_names([text].into_iter(), &known);
    let cell = tici_engine::list_diff::ListCell::new(text);
    assert_eq!(cell, tici_engine::list_diff::ListCell::new(text));
});
