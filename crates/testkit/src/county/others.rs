//! The 86 projects outside the lists: eight the office knows by name, and 78 made up so
//! that the totals of every stage come out as the stage board has them.

use tici_domain::Stage;

use super::dice::Dice;
use super::plot::{Plot, given, number, rows};
use super::words::name3;

/// Of projects without a name of their own: how many stand at a stage, and their total
/// investment together in 万元, taken from the stage board less the projects known by name.
const MADE_UP: [(Stage, usize, i64); 6] = [
    (Stage::Signed, 31, 563_000),
    (Stage::Landed, 15, 322_000),
    (Stage::Started, 10, 213_000),
    (Stage::InProgress, 13, 340_000),
    (Stage::Completed, 5, 107_000),
    (Stage::InProduction, 4, 74_000),
];

/// Members of the spring's collective start among them: stage, chain, total and plan of
/// the year in 万元.
const SPRING: [(Stage, &str, i64, i64); 8] = [
    (Stage::Landed, "new_materials", 62_800, 2_000),
    (Stage::Landed, "equipment", 51_000, 1_800),
    (Stage::Landed, "electronics", 42_000, 1_600),
    (Stage::Landed, "biopharma", 36_000, 1_400),
    (Stage::Landed, "logistics", 29_000, 1_200),
    (Stage::Started, "new_materials", 68_000, 3_600),
    (Stage::Started, "equipment", 54_000, 3_100),
    (Stage::Started, "electronics", 43_000, 2_500),
];

/// Codes of the made-up members of the spring's collective start.
pub(crate) fn spring_codes(plots: &[Plot]) -> Vec<String> {
    let member = |plot: &&Plot| {
        plot.tier.is_none()
            && SPRING.iter().any(|(stage, chain, total, plan)| {
                (*stage, *total, *plan) == (plot.stage, plot.total, plot.plan)
                    && plot.chain == Some(*chain)
            })
    };
    plots.iter().filter(member).map(|plot| plot.code.clone()).collect()
}

/// Projects YX26-063 to YX26-148.
pub(crate) fn others(seed: u64, listed: &[Plot]) -> Vec<Plot> {
    let mut dice = Dice::new(seed, "others");
    let mut plots: Vec<Plot> = known();
    let products: Vec<_> = rows(include_str!("../../data/products.tsv")).collect();
    for (stage, count, sum) in MADE_UP {
        let spring: Vec<_> = SPRING.iter().filter(|member| member.0 == stage).collect();
        let taken: i64 = spring.iter().map(|member| member.2).sum();
        let totals = split(&mut dice, sum - taken, count - spring.len());
        for (_, chain, total, plan) in spring {
            let mut plot = made_up(&mut dice, stage, Some(chain), *total, listed, &products);
            plot.plan = *plan;
            plot.days = (stage == Stage::Started).then_some(61);
            plots.push(plot);
        }
        for total in totals {
            plots.push(made_up(&mut dice, stage, None, total, listed, &products));
        }
    }
    finish(&mut dice, &mut plots, listed.len());
    plots
}

/// Those of `others.tsv`.
fn known() -> Vec<Plot> {
    rows(include_str!("../../data/others.tsv")).map(|cells| known_row(&cells)).collect()
}

fn known_row(cells: &[&'static str]) -> Plot {
    let [town, stage, days, total, chain, firm, firm_en, name, name_en] = cells else {
        panic!("others.tsv: nine columns");
    };
    Plot {
        town: number(town) as usize,
        chain: given(chain),
        days: given(days).map(number),
        firm: name3(firm, firm_en),
        name: name3(name, name_en),
        ..blank(Stage::parse(stage).expect("others.tsv names stages by code"), number(total))
    }
}

fn blank(stage: Stage, total: i64) -> Plot {
    Plot {
        code: String::new(),
        town: 1,
        tier: None,
        chain: None,
        stage,
        days: None,
        total,
        plan: 0,
        due: 0,
        done: 0,
        at: (0, 0),
        firm: name3("", ""),
        name: name3("", ""),
        next: None,
        expected: None,
        blocker: None,
        reached: Vec::new(),
    }
}

/// What is added to a product's name, and to that of something that is no product.
const MADE: [(&str, &str); 4] =
    [("产线", " line"), ("扩能", " expansion"), ("技改", " upgrade"), ("", "")];
const BUILT: [(&str, &str); 3] = [("扩建", " extension"), ("改造", " upgrade"), ("", "")];

/// A second line of a firm that has a listed project already.
fn made_up(
    dice: &mut Dice,
    stage: Stage,
    chain: Option<&'static str>,
    total: i64,
    listed: &[Plot],
    products: &[Vec<&'static str>],
) -> Plot {
    let of_chain = |plot: &&Plot| match chain {
        Some(chain) => plot.chain == Some(chain),
        None => plot.chain.is_some(),
    };
    let firms: Vec<&Plot> = listed.iter().filter(of_chain).collect();
    let owner = *dice.pick(&firms);
    let lines: Vec<_> = products.iter().filter(|cells| Some(cells[0]) == owner.chain).collect();
    let line = *dice.pick(&lines);
    let tails = match owner.chain {
        Some("logistics" | "park_utilities") => &BUILT[..],
        _ => &MADE[..],
    };
    let (tail, tail_en) = *dice.pick(tails);
    Plot {
        town: owner.town,
        chain: owner.chain,
        firm: owner.firm.clone(),
        name: name3(&format!("{}{tail}", line[1]), &format!("{}{tail_en}", line[2])),
        ..blank(stage, total)
    }
}

/// Numbers the plots, tells apart those of one name, and plans their year.
fn finish(dice: &mut Dice, plots: &mut [Plot], before: usize) {
    for index in 0..plots.len() {
        let plot = &plots[index];
        let same = plots[..index]
            .iter()
            .filter(|other| other.firm == plot.firm && other.name.text.starts_with(&plot.name.text))
            .count();
        let plot = &mut plots[index];
        plot.code = format!("YX26-{:03}", before + index + 1);
        if same > 0 {
            let text = format!("{}{}期", plot.name.text, ["二", "三", "四", "五"][same.min(4) - 1]);
            let en = format!("{}, phase {}", plot.name.en.as_deref().unwrap_or(""), same + 1);
            plot.name = name3(&text, &en);
        }
        let (share, due) = match plot.stage {
            Stage::Signed => (dice.between(6, 14), 20),
            Stage::Landed => (dice.between(10, 20), 24),
            Stage::Started => (dice.between(28, 38), 34),
            Stage::InProgress => (dice.between(36, 46), 43),
            Stage::Completed => (dice.between(12, 20), 62),
            _ => (dice.between(4, 8), 84),
        };
        if plot.plan == 0 {
            plot.plan = (plot.total * share / 100 / 100).max(1) * 100;
        }
        plot.due = plot.plan * due / 100;
        plot.done = plot.due * dice.between(72, 108) / 100;
        if plot.days.is_some_and(|days| days < 18) && !plot.has_started() {
            (plot.due, plot.done) = (0, 0);
        }
    }
}

/// `count` amounts of whole 100 万元 that add up to `sum`, none tiny.
fn split(dice: &mut Dice, sum: i64, count: usize) -> Vec<i64> {
    let weights: Vec<i64> = (0..count).map(|_| dice.between(40, 160)).collect();
    let all: i64 = weights.iter().sum();
    let mut parts: Vec<i64> = weights.iter().map(|weight| sum * weight / all / 100 * 100).collect();
    let rest = sum - parts.iter().sum::<i64>();
    parts[0] += rest;
    parts
}
