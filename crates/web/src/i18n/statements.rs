//! Sentences, notes and explanations of the counting function, put into words; and the
//! parts of a counting rule that say which lists and plans were read.

use super::T;
use tici_domain::money::print_scaled;
use tici_domain::{Currency, Lang, ListTier, Money, Name, Period};
use tici_engine::Rule;
use tici_engine::counting::{CohortOn, ListVersion, Lists};
use tici_engine::statement::figures::print_points;
use tici_engine::statement::printed::{Digits, Zeros};
use tici_engine::statement::words::{Arg, Words};
use tici_engine::statement::{Said, Sentence, Subject};

impl T {
    /// What a sentence calls the cohort of a rule, in this language.
    pub fn subject(&self, region: &Name, rule: &Rule) -> Subject {
        let tiers = rule.cohort.iter().filter(|(field, _)| field == "tier");
        let tiers = tiers.filter_map(|(_, code)| ListTier::parse(code));
        let mut parts: Vec<String> = tiers.map(|tier| self.tier(tier)).collect();
        if parts.is_empty() && rule.cohort.iter().any(|(field, _)| field == "listed") {
            parts.push(self.t("say-listed"));
        }
        if let Some(threshold) = rule.threshold {
            let digits = Digits { decimals: 2, zeros: Zeros::Drop, ..Digits::default() };
            let from = self.printed(threshold.amount.into(), Currency::CNY, digits);
            parts.insert(0, self.t1("say-band-from", &[("from", &from)]));
        }
        let cohort = Name::new(self.list(&parts));
        Subject { region: region.clone(), cohort, ..Subject::default() }
    }

    /// A sentence about a count: `全市62个重点项目完成投资32.29亿元，占年度计划的33.6%…`.
    pub fn say(&self, sentence: &Sentence) -> String {
        let said = sentence.said.iter().map(|said| self.said(sentence, said));
        said.collect::<String>().trim_end().to_owned()
    }

    fn said(&self, sentence: &Sentence, said: &Said) -> String {
        let shared = sentence.figures.iter().filter(|(name, _)| !said.figures.contains_key(*name));
        let all = shared.chain(&said.figures).map(|(name, arg)| (name.as_str(), arg));
        self.message(&said.key, all)
    }

    /// A message with arguments that are still data: a note or an explanation.
    pub fn words(&self, words: &Words) -> String {
        self.message(&words.key, words.args.iter().map(|(name, arg)| (name.as_str(), arg)))
    }

    fn message<'a>(&self, key: &str, args: impl Iterator<Item = (&'a str, &'a Arg)>) -> String {
        // A band of Chinese sizes has its unit once, at its end; an English one twice.
        let is_band = self.lang == Lang::En && key == "say-band-between";
        let said = |arg: &Arg| match arg {
            Arg::Number(yi) if is_band => format!("CNY {}m", in_millions(yi)),
            arg => self.arg(arg),
        };
        let args: Vec<(&str, String)> = args.map(|(name, arg)| (name, said(arg))).collect();
        let args: Vec<(&str, &dyn std::fmt::Display)> =
            args.iter().map(|(name, text)| (*name, text as &dyn std::fmt::Display)).collect();
        self.t1(key, &args)
    }

    fn arg(&self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) | Arg::Number(text) => text.clone(),
            Arg::Name(name) => name.get(self.lang).to_owned(),
            Arg::Count(count) => count.to_string(),
            Arg::Amount { amount, currency, digits } => self.printed(*amount, *currency, *digits),
            Arg::Rate { share, digits } => {
                format!("{}%", digits.print(share.part.saturating_mul(100), share.base))
            }
            Arg::Points { points, digits } => print_points(*points, *digits),
            Arg::Months(period) => self.year_to_short(*period),
            Arg::Period(period) => self.period(*period),
            Arg::Quarter(period) => self.quarter(*period),
            Arg::Day(day) => self.day(*day, *day),
            Arg::Code(group, code) => self.code(group, code),
            Arg::Words(words) => self.words(words),
            Arg::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.arg(item)).collect();
                self.list(&items)
            }
        }
    }

    /// A size band by its code: `1-5亿元`, `50亿元以上`.
    pub fn band(&self, code: &str) -> String {
        let words = tici_engine::statement::figures::band(code, Digits::default());
        words.map_or_else(|| code.to_owned(), |words| self.words(&words))
    }

    /// In 亿 of the currency, as sentences have it; in English in millions, rounded where the
    /// Chinese sentence rounds, so that both say the same number.
    fn printed(&self, amount: i128, currency: Currency, digits: Digits) -> String {
        const YI: i128 = 100_000_000;
        let main = i128::from(currency.stored_per_main());
        if self.lang == Lang::En {
            return format!("{currency} {}m", in_millions(&digits.print(amount, YI * main)));
        }
        let unit = match (currency == Currency::CNY, self.lang) {
            (true, _) => self.t("unit-yi"),
            (false, Lang::ZhHant) => format!("億{currency}"),
            (false, _) => format!("亿{currency}"),
        };
        format!("{}{unit}", digits.print(amount, YI * main))
    }

    /// `一季度`, `Q1`.
    fn quarter(&self, period: Period) -> String {
        let index = usize::from(period.last_month() - 1) / 3;
        match self.lang {
            Lang::En => format!("Q{}", index + 1),
            _ => format!("{}季度", ["一", "二", "三", "四"][index]),
        }
    }

    /// Bounds of size beside the threshold, as parts of the rule.
    pub(super) fn rule_bounds(&self, rule: &Rule) -> Vec<(&'static str, String)> {
        let money = |amount, currency| self.money(Money { amount, currency });
        let mut parts = Vec::new();
        if let Some(threshold) = rule.threshold {
            let mut text = self.threshold(threshold, Currency::CNY);
            if !rule.threshold_in.is_empty() {
                let others = rule.threshold_in.iter();
                let list: Vec<String> = others.map(|(c, amount)| money(*amount, *c)).collect();
                let list = self.list(&list);
                text = self.t1("rule-threshold-in", &[("threshold", &text), ("list", &list)]);
            }
            parts.push(("rule-threshold", text));
        }
        if let Some(ceiling) = rule.ceiling {
            let key = if ceiling.inclusive { "rule-at-most" } else { "rule-less-than" };
            let amount = money(ceiling.amount, Currency::CNY);
            parts.push(("rule-ceiling", self.t1(key, &[("amount", &amount)])));
        }
        parts
    }

    /// Which lists, plans and dated claims a total rests on, as parts of the rule.
    pub(super) fn rule_sources(&self, rule: &Rule) -> Vec<(&'static str, String)> {
        let mut parts = Vec::new();
        if !rule.lists.is_empty() {
            let lists: Vec<String> =
                rule.lists.iter().map(|list| self.list_version(list)).collect();
            parts.push(("rule-lists", self.list(&lists)));
            parts.push(("rule-cohort-on", self.cohort_on(rule.cohort_on)));
            if rule.list_reading == Lists::Each {
                parts.push(("rule-list-reading", self.t("rule-list-reading-each")));
            }
        }
        if let Some(entered) = rule.stat_entered {
            let key = if entered { "rule-stat-entered-yes" } else { "rule-stat-entered-no" };
            parts.push(("rule-stat-entered", self.t(key)));
        }
        if let Some(reached) = rule.reached {
            let stage = self.stage(reached.stage);
            let args: &[(&str, &dyn std::fmt::Display)] =
                &[("stage", &stage), ("from", &reached.from), ("to", &reached.to)];
            parts.push(("rule-reached", self.t1("rule-reached-between", args)));
        }
        parts.push(("rule-plans", self.plan_versions(rule)));
        parts
    }

    fn list_version(&self, list: &ListVersion) -> String {
        let tier = self.tier(list.tier);
        let year = list.year.to_string();
        let is_first = list.version == 1 && list.added == 0 && list.removed == 0;
        let key = if is_first { "rule-list-first" } else { "rule-list" };
        self.t1(
            key,
            &[
                ("tier", &tier),
                ("year", &year),
                ("version", &list.version),
                ("from", &list.from),
                ("added", &list.added),
                ("removed", &list.removed),
            ],
        )
    }

    fn cohort_on(&self, on: CohortOn) -> String {
        match on {
            CohortOn::Today => self.t("rule-cohort-on-today"),
            CohortOn::YearStart => self.t("rule-cohort-on-year-start"),
            CohortOn::Constant => self.t("rule-cohort-on-constant"),
            CohortOn::Day(day) => self.t1("rule-cohort-on-day", &[("day", &day)]),
        }
    }

    fn plan_versions(&self, rule: &Rule) -> String {
        let version = |(version, n): (&i64, &usize)| {
            self.t1("rule-plan-version", &[("version", version), ("n", n)])
        };
        let versions: Vec<String> = rule.plans.of.iter().map(version).collect();
        if versions.is_empty() {
            return self.t("rule-plans-none");
        }
        let year = self.period(Period::year(rule.plans.year));
        format!("{year} {}", self.list(&versions))
    }
}

/// A printed number of 亿 as one of millions: `739.5` is `73,950`, `0.123` is `12.3`.
fn in_millions(yi: &str) -> String {
    let plain: String = yi.chars().filter(|c| *c != ',').collect();
    let (sign, plain) = match plain.strip_prefix(['−', '-']) {
        Some(rest) => ("−", rest),
        None => ("", plain.as_str()),
    };
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let (moved, left) = fraction.split_at(fraction.len().min(2));
    let whole: i128 = format!("{whole}{moved:0<2}").parse().unwrap_or_default();
    let dot = if left.is_empty() { "" } else { "." };
    format!("{sign}{}{dot}{left}", print_scaled(whole, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::in_millions;

    #[test]
    fn hundred_millions_read_in_millions() {
        let cases = [
            ("739.5", "73,950"),
            ("1", "100"),
            ("0.5", "50"),
            ("0.123", "12.3"),
            ("1,234.56", "123,456"),
            ("−2.04", "−204"),
        ];
        for (yi, millions) in cases {
            assert_eq!(in_millions(yi), millions, "{yi}");
        }
    }
}
