//! Labels of rows that are no data: `一、市本级（48项）`, `龙海市合计14个`, `其中：在建（90项）`, `合计`.

use crate::map::{fold_char, fold_header};
use serde::Serialize;

/// What the label of a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// The heading of the rows below it.
    Group(Heading),
    /// The sum of everything, with the number of rows where it is stated.
    Total(Option<usize>),
    /// The sum of a part: 小计.
    Subtotal(Option<usize>),
    /// A part of the sum above: 其中.
    OfWhich(Heading),
}

/// A heading taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heading {
    pub name: String,
    /// The number of rows it states.
    pub count: Option<usize>,
    pub style: Style,
}

/// How a heading is numbered: equal styles are of one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// `一、`
    Numeral,
    /// `（一）`
    Bracketed,
    /// `第一部分`
    Part,
    /// `I.`, `II、`
    Roman,
    /// `A.`, `B、`
    Letter,
    /// `龙海市合计14个`
    Sum,
    /// Words alone.
    Plain,
}

const NUMERALS: &str = "一二三四五六七八九十";
const STOPS: [char; 5] = ['、', ')', '.', ',', ' '];

/// Reads a label. `alone` says that the row has no other words of its own.
pub fn read(label: &str) -> Option<Label> {
    let folded = fold_label(label);
    if folded.is_empty() || folded.chars().count() > 60 {
        return None;
    }
    let (body, count) = counted(&folded);
    if let Some(label) = sum(body, count) {
        return Some(label);
    }
    if let Some(rest) = folded.strip_prefix("其中").or_else(|| folded.strip_prefix("of which")) {
        let (name, count) = counted(rest.trim_start_matches([':', ' ', ',']));
        return Some(Label::OfWhich(Heading { name: name.into(), count, style: Style::Plain }));
    }
    let (name, style) = numbered(body)?;
    Some(Label::Group(Heading { name: name.trim().to_string(), count, style }))
}

/// Half-width, without blanks at the edges; capitals stay.
fn fold_label(label: &str) -> String {
    crate::map::tidy_header(label)
}

/// A name that is no heading by its numbering, with the count behind it taken off.
pub fn plain(label: &str) -> Heading {
    let folded = fold_label(label);
    let (name, count) = counted(&folded);
    Heading { name: name.into(), count, style: Style::Plain }
}

/// Takes `（48项）`, `82个`, `(12 projects)` off the end.
pub fn counted(text: &str) -> (&str, Option<usize>) {
    let text = text.trim();
    let end = text.trim_end_matches(')').trim_end();
    let measures = ["项", "項", "个", "個", "宗", "户", "家", " projects", " items"];
    let Some(end) = measures.iter().find_map(|measure| end.strip_suffix(measure)) else {
        return (text, None);
    };
    let digits = end.len() - end.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let Ok(count) = end[end.len() - digits..].parse() else { return (text, None) };
    let body = &end[..end.len() - digits];
    let body = body.trim_end_matches(['(', ' ', ':']);
    // 工业共12项; a lone 共计 is the label itself.
    let named = ["共计", "共"].iter().find_map(|word| body.strip_suffix(word));
    let kept = named.filter(|rest| !rest.is_empty()).unwrap_or(body);
    (kept.trim_end_matches(['(', ' ', ':']), Some(count))
}

const TOTALS: [&str; 12] = [
    "合计",
    "合計",
    "总计",
    "總計",
    "共计",
    "共計",
    "全部合计",
    "累计",
    "grand total",
    "total",
    "totals",
    "all",
];
const SUBTOTALS: [&str; 7] = ["小计", "小計", "分计", "分計", "subtotal", "sub-total", "sub total"];
const SUMS: [&str; 4] = ["合计", "合計", "小计", "小計"];

fn sum(body: &str, count: Option<usize>) -> Option<Label> {
    let lower = body.to_lowercase();
    let bare = lower.trim_matches([':', ' ', '-', '*', '(', ')']);
    if SUBTOTALS.contains(&bare) {
        return Some(Label::Subtotal(count));
    }
    if TOTALS.contains(&bare) || count.is_some() && bare == "共" {
        return Some(Label::Total(count));
    }
    let word = SUMS.iter().find(|word| bare.ends_with(**word))?;
    let name = bare[..bare.len() - word.len()].trim().to_string();
    let short = (1..=12).contains(&name.chars().count());
    match name.as_str() {
        "全县" | "全市" | "全区" | "全省" | "全縣" | "全區" => {
            Some(Label::Total(count))
        }
        _ => short.then_some(Label::Group(Heading { name, count, style: Style::Sum })),
    }
}

/// The numbering in front of a heading.
fn numbered(body: &str) -> Option<(&str, Style)> {
    let first = body.chars().map(fold_char).next()?;
    if let Some(inner) = body.strip_prefix('(') {
        let after = inner.trim_start_matches(|c| NUMERALS.contains(c));
        let rest = after.strip_prefix(')')?;
        return (after.len() < inner.len()).then_some((rest, Style::Bracketed));
    }
    if let Some(inner) = body.strip_prefix('第') {
        let after = inner.trim_start_matches(|c| NUMERALS.contains(c));
        let part = ["部分", "类", "類", "批"].iter().find_map(|part| after.strip_prefix(part))?;
        let name = if part.is_empty() { body } else { part.trim_start_matches(STOPS) };
        return (after.len() < inner.len()).then_some((name, Style::Part));
    }
    if NUMERALS.contains(first) {
        let after = body.trim_start_matches(|c| NUMERALS.contains(c));
        let rest = after.trim_start_matches(STOPS);
        // 一期工程 is a project; 一、 and a lone 一 number a heading.
        return (rest.len() < after.len() || after.is_empty()).then_some((rest, Style::Numeral));
    }
    let end = body.find(['.', '、'])?;
    let (mark, rest) = (&body[..end], body[end..].trim_start_matches(['.', '、', ' ']));
    let roman = !mark.is_empty() && mark.chars().all(|c| "IVX".contains(c));
    let letter = mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_uppercase());
    // A.B. is somebody, I.5 a number.
    let initial = rest.chars().nth(1) == Some('.');
    let alphabetic = rest.chars().next().is_some_and(char::is_alphabetic);
    let words = alphabetic && !initial && rest.chars().count() > 2;
    match (roman, letter) {
        (true, _) if words => Some((rest, Style::Roman)),
        (_, true) if words => Some((rest, Style::Letter)),
        _ => None,
    }
}

/// Whether a text opens a note: 备注, 注, 说明, Source.
pub fn is_note(text: &str) -> bool {
    const STARTS: [&str; 22] = [
        "备注",
        "備註",
        "注:",
        "註:",
        "注释",
        "说明",
        "說明",
        "填表说明",
        "填報說明",
        "填报说明",
        "资料来源",
        "資料來源",
        "数据来源",
        "数据来自",
        "note",
        "source",
        "*",
        "※",
        "remark",
        "footnote",
        "注1",
        "guidance",
    ];
    let folded = fold_header(text);
    STARTS.iter().any(|start| folded.starts_with(start))
}

/// Whether a text asks who filled the form in: 填表人：, 审核人：, Prepared by:.
pub fn is_signature(text: &str) -> bool {
    const WORDS: [&str; 20] = [
        "填表",
        "填報",
        "填报",
        "制表",
        "製表",
        "审核",
        "審核",
        "复核",
        "負責人",
        "负责人",
        "联系",
        "聯絡",
        "签名",
        "簽名",
        "签字",
        "盖章",
        "蓋章",
        "prepared by",
        "approved by",
        "signature",
    ];
    let folded = fold_header(text);
    let asked = folded.split(':').next().unwrap_or("");
    let other = ["单位", "單位", "日期", "时间", "時間"].iter().any(|word| asked.contains(word));
    let signed = asked.contains("签") || asked.contains("簽") || asked.contains("盖章");
    folded.contains(':')
        && asked.chars().count() <= 14
        && (signed || !other)
        && WORDS.iter().any(|word| asked.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read() {
        let group = |name: &str, count, style| {
            Some(Label::Group(Heading { name: name.into(), count, style }))
        };
        let cases = [
            ("一、市本级（48项）", group("市本级", Some(48), Style::Numeral)),
            ("（一）在建（11项）", group("在建", Some(11), Style::Bracketed)),
            ("（一）工业项目82个", group("工业项目", Some(82), Style::Bracketed)),
            ("一", group("", None, Style::Numeral)),
            ("三、", group("", None, Style::Numeral)),
            ("II. Transport (12 projects)", group("Transport", Some(12), Style::Roman)),
            ("B、Energy", group("Energy", None, Style::Letter)),
            ("龙海市合计14个", group("龙海市", Some(14), Style::Sum)),
            ("合计", Some(Label::Total(None))),
            ("合  计", Some(Label::Total(None))),
            ("合计37个", Some(Label::Total(Some(37)))),
            ("合计（100项）", Some(Label::Total(Some(100)))),
            ("總計", Some(Label::Total(None))),
            ("全市合计", Some(Label::Total(None))),
            ("Grand Total", Some(Label::Total(None))),
            ("小计（3项）", Some(Label::Subtotal(Some(3)))),
            ("一期工程", None),
            ("三元", None),
            ("Total Care Programme", None),
            ("A.B. Smith", None),
            ("城北水厂", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
        let part = read("其中：在建重点项目（90项）");
        let Some(Label::OfWhich(part)) = part else { panic!("{part:?}") };
        assert_eq!((part.name.as_str(), part.count), ("在建重点项目", Some(90)));
    }
}
