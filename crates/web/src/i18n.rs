//! Messages in three languages, and everything that is printed differently in each.
//!
//! [`T`] is handed to every page, API answer and terminal table. It knows no clock:
//! days that read differently this year and next take today as an argument.

mod dates;
mod money;
mod returns;
mod rule;
mod scrutiny;
mod statements;
mod words;

pub use dates::{Days, days_from};
pub use money::{Amount, MoneyStyle, Scale};

use fluent_templates::{
    LanguageIdentifier, fluent_bundle::FluentValue, fluent_bundle::types::FluentNumber,
};
use std::{borrow::Cow, collections::HashMap, fmt::Display, sync::LazyLock};
use tici_domain::{Lang, Problem};

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "../../locales",
        fallback_language: "zh-Hans",
        // Bidi isolation marks would end up in cells, file names and search boxes.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static IDS: LazyLock<[LanguageIdentifier; 3]> =
    LazyLock::new(|| Lang::ALL.map(|lang| lang.tag().parse().expect("a BCP 47 tag")));

/// The messages of one language, and how its reader wants amounts written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct T {
    pub lang: Lang,
    pub money: MoneyStyle,
}

impl T {
    pub fn new(lang: Lang) -> T {
        T { lang, money: MoneyStyle::default() }
    }

    pub fn with_money(self, money: MoneyStyle) -> T {
        T { money, ..self }
    }

    /// The BCP 47 tag, for `<html lang>`.
    pub fn tag(&self) -> &'static str {
        self.lang.tag()
    }

    /// The message of `key`. A key no locale has comes back as itself, so that a page
    /// stays usable and the gap is plain to see; a test finds it first.
    pub fn t(&self, key: &str) -> String {
        self.try_t(key, &[]).unwrap_or_else(|| missing(key))
    }

    /// The message of `key` with its arguments filled in. Whole numbers choose plurals.
    pub fn t1(&self, key: &str, args: &[(&str, &dyn Display)]) -> String {
        self.try_t(key, args).unwrap_or_else(|| missing(key))
    }

    /// The message of `key`, or `None` when no locale has it.
    pub fn try_t(&self, key: &str, args: &[(&str, &dyn Display)]) -> Option<String> {
        let values: HashMap<Cow<'static, str>, FluentValue<'static>> = args
            .iter()
            .map(|(name, value)| (Cow::Owned(name.to_string()), fluent_value(value.to_string())))
            .collect();
        let values = (!values.is_empty()).then_some(&values);
        [self.lang, Lang::ZhHans]
            .into_iter()
            .find_map(|lang| LOCALES.lookup_single_language(id(lang), key, values).ok())
    }

    /// What is wrong, in words.
    pub fn problem(&self, problem: &Problem) -> String {
        self.problem_key(problem, &problem.key)
    }

    /// What to do about it, in words; empty when there is nothing more to say.
    pub fn problem_fix(&self, problem: &Problem) -> String {
        let key = format!("{}-fix", problem.key);
        let problem = self.worded(problem);
        let args = problem_args(&problem);
        self.try_t(&key, &args).unwrap_or_default()
    }

    /// Where the problem is: `列省!E9`, `E9`, or the file's name; empty for none.
    pub fn problem_place(&self, problem: &Problem) -> String {
        match (problem.sheet.as_str(), problem.cell.as_str()) {
            ("", "") => problem.file.clone(),
            ("", cell) => cell.into(),
            (sheet, "") => sheet.into(),
            (sheet, cell) => format!("{sheet}!{cell}"),
        }
    }

    fn problem_key(&self, problem: &Problem, key: &str) -> String {
        let problem = self.worded(problem);
        self.try_t(key, &problem_args(&problem)).unwrap_or_else(|| missing(key))
    }
}

fn problem_args(problem: &Problem) -> Vec<(&str, &dyn Display)> {
    let mut args: Vec<(&str, &dyn Display)> = vec![
        ("file", &problem.file as &dyn Display),
        ("sheet", &problem.sheet),
        ("cell", &problem.cell),
    ];
    args.extend(problem.args.iter().map(|(name, value)| (name.as_str(), value as &dyn Display)));
    args
}

fn id(lang: Lang) -> &'static LanguageIdentifier {
    match lang {
        Lang::ZhHans => &IDS[0],
        Lang::ZhHant => &IDS[1],
        Lang::En => &IDS[2],
    }
}

/// Short whole numbers become numbers, so that a message can choose its plural; all
/// else stays the text it is (codes keep their zeros, amounts their separators).
fn fluent_value(text: String) -> FluentValue<'static> {
    let is_number = !text.is_empty()
        && text.len() <= 9
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    match text.parse::<f64>() {
        Ok(value) if is_number => FluentValue::Number(FluentNumber::from(value)),
        _ => FluentValue::String(Cow::Owned(text)),
    }
}

fn missing(key: &str) -> String {
    tracing::warn!(key, "no locale has this message");
    key.into()
}
