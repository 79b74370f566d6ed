//! Units of columns, sheets and rows: money with its currency, shares, areas and the rest.

use crate::map::{Unit, fold_header, unit_in_header};
use serde::Serialize;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// Ten to this power, of a currency (its ISO code) where the unit names one.
    Money {
        power: u32,
        currency: Option<&'static str>,
    },
    Percent,
    /// 亩, 公顷, m2.
    Area,
    /// 公里, km.
    Length,
    /// 吨, 吨标准煤.
    Mass,
    /// 千瓦时, kVA.
    Energy,
    /// 立方米.
    Volume,
    /// 个, 项, 人, 户, 門.
    Count,
}

/// A unit as it was stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatedUnit {
    /// As written: `万美元`, `畝`.
    pub text: String,
    pub kind: UnitKind,
}

const AREA: &[&str] = &[
    "亩",
    "畝",
    "万亩",
    "萬畝",
    "公顷",
    "公頃",
    "平方米",
    "平方公尺",
    "平方公里",
    "㎡",
    "m2",
    "m²",
    "sqm",
    "km2",
    "km²",
    "ha",
    "hectares",
    "acres",
    "万平方米",
    "萬平方米",
];
const LENGTH: &[&str] = &["公里", "千米", "米", "km", "心公里", "芯公里", "miles", "公尺"];
const MASS: &[&str] = &[
    "吨",
    "噸",
    "万吨",
    "萬噸",
    "吨标准煤",
    "噸標準煤",
    "万吨标准煤",
    "吨/年",
    "噸/年",
    "t",
    "tonnes",
    "tce",
    "kg",
    "公斤",
];
const ENERGY: &[&str] = &[
    "千瓦",
    "kw",
    "mw",
    "kva",
    "千瓦时",
    "千瓦時",
    "kwh",
    "万千瓦时",
    "萬千瓦時",
    "万千瓦",
    "度",
    "万kwh",
    "mbps",
    "gbps",
];
const VOLUME: &[&str] = &["立方米", "万立方米", "万m³", "m3", "m³", "万吨/日"];
const COUNT: &[&str] = &[
    "个", "個", "项", "項", "人", "户", "戶", "家", "台", "臺", "套", "门", "門", "埠", "路", "座",
    "对", "對", "部", "件", "次", "宗", "条", "條", "批", "名", "所", "床", "张", "張", "辆", "輛",
    "number", "persons", "units", "万人", "萬人", "天",
];

/// What a word means as a unit.
pub fn kind_of(word: &str) -> Option<UnitKind> {
    let folded = fold_header(word);
    let has = |words: &[&str]| words.contains(&folded.as_str());
    match folded.as_str() {
        "" => return None,
        "%" | "％" | "percent" | "百分点" | "百分比" | "‰" => {
            return Some(UnitKind::Percent);
        }
        _ => {}
    }
    let others = [
        (AREA, UnitKind::Area),
        (LENGTH, UnitKind::Length),
        (MASS, UnitKind::Mass),
        (ENERGY, UnitKind::Energy),
        (VOLUME, UnitKind::Volume),
        (COUNT, UnitKind::Count),
    ];
    if let Some((_, kind)) = others.iter().find(|(words, _)| has(words)) {
        return Some(*kind);
    }
    money(&folded)
}

/// Currencies by the words for them, the longer ones first.
const CURRENCIES: [(&str, &str); 15] = [
    ("新臺幣", "TWD"),
    ("新台幣", "TWD"),
    ("新台币", "TWD"),
    ("nt$", "TWD"),
    ("us$", "USD"),
    ("hk$", "HKD"),
    ("人民币", "CNY"),
    ("人民幣", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("欧元", "EUR"),
    ("£", "GBP"),
    ("€", "EUR"),
];

fn money(folded: &str) -> Option<UnitKind> {
    if let Some((power, of)) = folded.split_once(" of ") {
        let coins = [("dollars", "USD"), ("pounds", "GBP"), ("euros", "EUR"), ("yuan", "CNY")];
        let currency = coins.iter().find(|(word, _)| of.trim() == *word)?.1;
        let power = Unit::parse(power)?.magnitude()?.0;
        return Some(UnitKind::Money { power, currency: Some(currency) });
    }
    let named = CURRENCIES.iter().find(|(word, _)| folded.contains(word));
    let dollars = folded.contains('$').then_some("USD");
    let currency = named.map(|(_, currency)| *currency).or(dollars);
    let Some((word, _)) = named else {
        let power = Unit::parse(folded)?.magnitude()?.0;
        return Some(UnitKind::Money { power, currency });
    };
    // 万港元 is 万 of 元 of Hong Kong; 新臺幣千元 names the currency in front.
    let rest = folded.replace(word, if word.ends_with('元') { "元" } else { "" });
    let rest = rest.trim();
    let power = if rest.is_empty() { 0 } else { Unit::parse(rest)?.magnitude()?.0 };
    Some(UnitKind::Money { power, currency })
}

/// The unit a header states: in brackets, behind a slash or a comma, as a sign at its end.
pub fn in_header(header: &str) -> Option<StatedUnit> {
    let folded = fold_header(header);
    let pieces = folded.split(['(', ')', '/', ',', '[', ']', ':', ';', '、']).skip(1);
    let last = pieces.map(str::trim).filter_map(stated).last();
    let percent = || folded.ends_with(['%', '‰']).then(|| stated("%")).flatten();
    let worded = || match unit_in_header(header)? {
        Unit::Money(power) => {
            let text = folded.rsplit(' ').next()?.to_string();
            Some(StatedUnit { text, kind: UnitKind::Money { power: power.0, currency: None } })
        }
        _ => stated("%"),
    };
    last.or_else(percent).or_else(worded)
}

fn stated(word: &str) -> Option<StatedUnit> {
    Some(StatedUnit { text: word.to_string(), kind: kind_of(word)? })
}

/// The unit a line states for a whole table: `计量单位：万元`, `(in thousands of dollars)`,
/// `單位：新臺幣千元`, `Unit: £ million`. The first one of money counts, else the first.
pub fn in_line(text: &str) -> Option<StatedUnit> {
    let folded = fold_header(text);
    if let Some(inside) = folded.split("(in ").nth(1) {
        return stated(inside.split(')').next()?.trim());
    }
    let words = ["单位", "單位", "units", "unit", "amounts in"];
    let at = words.iter().find_map(|word| folded.rfind(word).map(|at| at + word.len()))?;
    let rest = folded[at..].trim_start_matches([':', ' ', '为', '為', '(']);
    // 填报单位：某镇 names an office, 业主单位 a firm.
    let pieces: Vec<StatedUnit> = rest
        .split([',', '、', ';', ')', '/', '，'])
        .filter_map(|piece| stated(piece.trim()))
        .collect();
    let money = pieces.iter().find(|unit| matches!(unit.kind, UnitKind::Money { .. }));
    money.or(pieces.first()).cloned()
}

/// Whether a header says that the column holds the unit of each row.
pub fn heads_units(header: &str) -> bool {
    let folded = fold_header(header);
    let last = folded.rsplit('/').next().unwrap_or(&folded);
    matches!(
        last,
        "单位" | "單位" | "计量单位" | "計量單位" | "unit" | "units" | "unit of measurement"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_headers() {
        let money = |power, currency| UnitKind::Money { power, currency };
        let cases = [
            ("总投资\n（万元）", money(4, None)),
            ("总投资               (万元)", money(4, None)),
            ("项目预估总投资（亿元）", money(8, None)),
            ("總投資（億元）", money(8, None)),
            ("合同外资（万美元）", money(4, Some("USD"))),
            ("投资额（万港元）", money(4, Some("HKD"))),
            ("Budget (£million)", money(6, Some("GBP"))),
            ("占地（亩）", UnitKind::Area),
            ("用地面積（畝）", UnitKind::Area),
            ("完成比例%", UnitKind::Percent),
            ("同比     %", UnitKind::Percent),
            ("能耗（吨标准煤）", UnitKind::Mass),
            ("用电（万千瓦时）", UnitKind::Energy),
            ("项目个数（项）", UnitKind::Count),
        ];
        for (header, kind) in cases {
            assert_eq!(in_header(header).map(|unit| unit.kind), Some(kind), "{header}");
        }
        for header in ["项目名称", "T", "业主单位", "所属区域/镇"] {
            assert_eq!(in_header(header), None, "{header}");
        }
    }

    #[test]
    fn units_of_lines() {
        let money = |power, currency| Some(UnitKind::Money { power, currency });
        let cases = [
            ("计量单位：万元", money(4, None)),
            ("金额单位:万美元                ", money(4, Some("USD"))),
            ("单位：个、亿元", money(8, None)),
            ("單位：新臺幣千元", money(3, Some("TWD"))),
            ("Unit: £ million", money(6, Some("GBP"))),
            ("Table 3 (in thousands of dollars)", money(3, Some("USD"))),
            ("单位：亩", Some(UnitKind::Area)),
            ("填报单位：某镇", None),
            ("某县重点项目表", None),
        ];
        for (line, kind) in cases {
            assert_eq!(in_line(line).map(|unit| unit.kind), kind, "{line}");
        }
    }
}
