//! Every shipped wording in every language.

use tici_domain::{Currency, Lang, Name};
use tici_engine::Filter;
use tici_engine::counting::{Ask, By};
use tici_engine::statement::printed::Digits;
use tici_engine::statement::words::Arg;
use tici_engine::statement::{Subject, presets};
use tici_testkit::bulletins::{Cohort, Maker};

use super::{all, counted, month, say, yi};

/// Every shipped wording says something sound of a plain county in every language.
#[test]
fn every_wording_is_whole_in_every_language() {
    let (month, today) = month(2026, 5);
    let mut maker = Maker::new(month, today);
    let cohort = Cohort {
        projects: 12,
        planned: 4,
        started: 4,
        sector: Some("s".into()),
        ..Cohort::default()
    };
    maker.add(&Cohort {
        total: Some(yi("100")),
        plan: Some(yi("30")),
        done: Some(yi("17.7")),
        ..cohort
    });
    let ask = Ask { by: Some(By::Size), ..Ask::default() };
    let count = counted(&maker, month, today, &Filter::default(), &ask);
    let digits = Digits::default();
    let money = Arg::Amount { amount: yi("145"), currency: Currency::CNY, digits };
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
