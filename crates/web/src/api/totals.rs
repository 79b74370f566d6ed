//! Sums over whatever a ledger address lets through, each with its counting rule.

use axum::{Json, extract::RawQuery};
use serde::Serialize;
use tici_domain::{Currency, Lang, Money};
use tici_engine::counting::{Ask, CohortOn, Lists, SizeBands};
use tici_engine::rule::{Reached, Threshold};
use tici_engine::statement::{Sentence, Wording, presets, sentence};
use tici_ops::read_totals::{By, TotalsAnswer, TotalsAsk, read_totals};
use tici_ops::view_ledger::LedgerQuery;

use crate::{Failure, Fields, Visit, pages::ledger::Asked, visit::read_pairs};

#[derive(Serialize)]
pub struct Answer {
    #[serde(flatten)]
    totals: TotalsAnswer,
    /// The rule of `all`, in the words of the reader's language.
    rule_in_words: String,
    /// What has to be said beside the figures.
    notes_in_words: Vec<String>,
    /// With `say`: the figures in a sentence, and the sentence as data.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<(String, Sentence)>,
    lang: &'static str,
}

/// The ledger's filters, and besides:
/// `by=place|tier|stage|chain|sector|size|light` splits them; `bands=1亿,5亿` are lower ends
/// of sizes; `threshold=5亿` (again for another currency: `USD:30000000`), `exclusive=1`,
/// `below=10亿`; `packages=whole|split`; `cohort_on=today|year-start|constant|DAY`;
/// `lists=highest|each`; `stat=yes|no`; `reached=STAGE:FROM..TO`; `year_before=1`;
/// `say=WORDING`. Like every address it may look back: `as_of=ENTRIES|TIME`.
pub async fn totals(visit: Visit, RawQuery(query): RawQuery) -> Result<Json<Answer>, Failure> {
    let fields = Fields(read_pairs(query.unwrap_or_default().as_bytes()));
    let ask = ask(&fields)?;
    let wording = wording(&fields)?;
    let mut asked = Asked::read(&fields)?;
    // A program says what it means: without a list it means every project.
    asked.settle(false);
    let mut query = asked.query();
    narrow(&mut query, &fields)?;
    let t = visit.t;
    let today = visit.today;
    let totals =
        visit.run(move |desk, session| read_totals(desk, session, &query, &ask, today)).await?;
    let rule = &totals.count.all.totals.rule;
    let said = wording.map(|wording| {
        let subject = t.subject(&totals.region, rule);
        let said = sentence(&wording, &subject, &totals.count);
        (t.say(&said), said)
    });
    let lang: Lang = t.lang;
    Ok(Json(Answer {
        rule_in_words: t.rule_line(rule),
        notes_in_words: totals.count.notes.iter().map(|note| t.words(note)).collect(),
        sentence: said,
        lang: lang.tag(),
        totals,
    }))
}

/// What `name` says, read by `parse`; a value that cannot be read is refused by name.
fn read<V>(
    fields: &Fields,
    name: &str,
    parse: impl FnOnce(&str) -> Option<V>,
) -> Result<Option<V>, Failure> {
    match fields.get(name) {
        "" => Ok(None),
        text => parse(text).map(Some).ok_or_else(|| Failure::bad(format!("{name}={text}"))),
    }
}

fn ask(fields: &Fields) -> Result<TotalsAsk, Failure> {
    let bands = |text: &str| {
        let amounts: Option<Vec<Money>> = text.split(',').map(Money::parse_with_unit).collect();
        let amounts = amounts?;
        let currency = amounts.first()?.currency;
        SizeBands::at(currency, amounts.iter().map(|money| money.amount).collect())
    };
    let split = Ask {
        by: read(fields, "by", By::parse)?,
        bands: read(fields, "bands", bands)?.unwrap_or_default(),
    };
    Ok(TotalsAsk { split, year_before: fields.get("year_before") == "1" })
}

fn wording(fields: &Fields) -> Result<Option<Wording>, Failure> {
    read(fields, "say", |name| presets::wording(if name == "1" { presets::HOUSE } else { name }))
}

/// What only totals are narrowed by.
fn narrow(query: &mut LedgerQuery, fields: &Fields) -> Result<(), Failure> {
    let filter = &mut query.filter;
    let inclusive = fields.get("exclusive") != "1";
    for text in fields.all("threshold").filter(|text| !text.is_empty()) {
        let money = Money::parse_with_unit(text);
        let money = money.ok_or_else(|| Failure::bad(format!("threshold={text}")))?;
        if money.currency != Currency::CNY {
            filter.threshold_in.insert(money.currency, money.amount);
        }
        if money.currency == Currency::CNY || filter.threshold.is_none() {
            filter.threshold = Some(Threshold { amount: money.amount, inclusive });
        }
    }
    let below = read(fields, "below", Money::parse_with_unit)?;
    filter.ceiling = below.map(|to| Threshold { amount: to.amount, inclusive: false });
    filter.list_reading = read(fields, "lists", Lists::parse)?.unwrap_or_default();
    filter.reached = read(fields, "reached", Reached::parse)?;
    filter.stat_entered = read(fields, "stat", |text| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    })?;
    query.lens.cohort = read(fields, "cohort_on", CohortOn::parse)?.unwrap_or_default();
    Ok(())
}
