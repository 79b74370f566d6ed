use crate::shared;
use tici_domain::industry::{Industry, IndustryError, Level, all};

fn find(code: &str) -> Industry {
    Industry::parse(code).unwrap_or_else(|error| panic!("{code}: {error:?}"))
}

#[test]
fn the_table_is_whole() {
    let count = |level| all().iter().filter(|line| line.level() == level).count();
    assert_eq!(count(Level::Section), 20);
    assert_eq!(count(Level::Division), 97);
    assert_eq!(count(Level::Group), 473);
    assert_eq!(count(Level::Class), 1381);
    assert!(all().is_sorted_by(|a, b| a.code < b.code), "looked up by halving");
    for line in all() {
        assert!(line.level() == Level::Section || line.parent().is_some(), "{}", line.code);
        assert!(line.code.starts_with(line.section().code));
        assert!(!line.name.is_empty() && line.name.trim() == line.name);
    }
}

/// A division has one letter, so digits alone are enough.
#[test]
fn digits_alone_name_every_line_below_a_section() {
    for line in all().iter().filter(|line| line.level() != Level::Section) {
        assert_eq!(Industry::parse(&line.code[1..]), Ok(*line));
        assert_eq!(Industry::parse(&line.code.to_lowercase()), Ok(*line));
    }
}

#[test]
fn lines_know_their_family() {
    let line = find("C3611");
    assert_eq!((line.name, line.level()), ("汽柴油车整车制造", Level::Class));
    let line = line.parent().unwrap();
    assert_eq!((line.code, line.name), ("C361", "汽车整车制造"));
    assert_eq!(line.parent().unwrap(), find("36"));
    assert_eq!(find("36").parent().unwrap(), find("C"));
    assert_eq!(find("C").name, "制造业");
    assert_eq!(find("C").parent(), None);
    let codes: Vec<&str> = find("361").children().map(|line| line.code).collect();
    assert_eq!(codes, ["C3611", "C3612"]);
}

#[test]
fn what_is_wrong_is_said() {
    assert_eq!(Industry::parse("D3611"), Err(IndustryError::Letter(find("C3611"))));
    for text in ["C3999", "99", "Z", "C00", "3619"] {
        assert_eq!(Industry::parse(text), Err(IndustryError::Unknown), "{text}");
    }
    for text in ["", "C3", "3", "C36111", "CC36", "汽车", "36C", "C-36"] {
        assert_eq!(Industry::parse(text), Err(IndustryError::Shape), "{text}");
    }
    let problem = IndustryError::Letter(find("C3611")).problem("D3611");
    assert_eq!(problem.key, "industry-letter");
    assert!(problem.args.contains(&("meant".into(), "C3611".into())));
}

#[test]
fn the_table_agrees_with_the_copies_at_hand() {
    let Some(text) = shared::read("cn-gbt4754/gbt4754_2017.csv") else { return };
    let codes: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(codes.len(), all().len());
    for code in codes {
        assert_eq!(find(code).code, code);
    }
}
