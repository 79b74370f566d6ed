//! Headers of sums since January that name the months: `1-5月完成`, `一至五月累计完成投资`.

use crate::read::bare_header;

const NUMERALS: [&str; 12] =
    ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

/// Words between the months and the end of such a header; any other makes it something else.
const WORDS: [&str; 26] = [
    "份",
    "累计",
    "累計",
    "实际",
    "實際",
    "已",
    "完成",
    "投资",
    "投資",
    "额",
    "額",
    "数",
    "數",
    "量",
    "情况",
    "情況",
    "固定资产",
    "固定資產",
    "建设",
    "建設",
    "年度",
    "本年",
    "底",
    "末",
    "止",
    " ",
];

/// The last month of a header of money spent since January, folded; `0` where it is 本月.
pub fn last_month(folded: &str) -> Option<u8> {
    const OTHER_MONEY: [&str; 9] =
        ["产值", "產值", "销售", "銷售", "税", "稅", "用电", "开票", "收入"];
    if OTHER_MONEY.iter().any(|word| folded.contains(word)) {
        return None;
    }
    let bare = bare_header(folded);
    let months = bare.match_indices('月').filter(|(at, _)| !bare[..*at].ends_with('本'));
    let this = bare.match_indices("本月").map(|(at, text)| (at + text.len(), 0));
    let named = months.filter_map(|(at, month)| {
        let (before, number) = month_before(&bare[..at])?;
        from_january(before).then_some((at + month.len(), number))
    });
    let this = this.filter(|(end, _)| from_january(&bare[..*end - "本月".len()]));
    let mut found = named.chain(this);
    found.find(|(end, _)| is_spent(&bare[*end..])).map(|(_, month)| month)
}

/// The number in front of 月, and what stands before it.
fn month_before(text: &str) -> Option<(&str, u8)> {
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        let (before, number) = text.split_at(text.len() - digits);
        let number = number.parse().ok().filter(|month| (1..=12).contains(month))?;
        return Some((before, number));
    }
    let numeral = (1..=12).rev().zip(NUMERALS.iter().rev());
    numeral.into_iter().find_map(|(number, word)| Some((text.strip_suffix(word)?, number)))
}

/// Whether a text ends in `1-`, `1月至`, `一—`.
fn from_january(text: &str) -> bool {
    let dashes = ['-', '—', '–', '−', '~', '～', '至', '到', '―'];
    let text = text.trim_end();
    let start = text.trim_end_matches(dashes).trim_end();
    if start.len() == text.len() {
        return false;
    }
    let start = start.strip_suffix('月').unwrap_or(start);
    match start.strip_suffix('1') {
        Some(before) => !before.ends_with(|c: char| c.is_ascii_digit()),
        None => start.strip_suffix('一').is_some_and(|before| !before.ends_with('十')),
    }
}

fn is_spent(tail: &str) -> bool {
    let says = ["完成", "累计", "累計", "投资", "投資"].iter().any(|word| tail.contains(word));
    let mut rest = tail;
    while let Some(after) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    says && rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::last_month;
    use crate::map::fold_header;

    #[test]
    fn months_since_january_are_read() {
        let cases = [
            ("2026年投资/1-5月完成", Some(5)),
            ("2026年投资/1—5月完成", Some(5)),
            ("1至5月累计完成", Some(5)),
            ("1-5月完成投资（万元）", Some(5)),
            ("一至五月完成", Some(5)),
            ("一至十一月份累计完成投资额", Some(11)),
            ("２０２６年１－６月完成投资", Some(6)),
            ("1月至12月累計完成投資", Some(12)),
            ("1-本月累计完成", Some(0)),
            ("11-12月完成", None),
            ("5月完成投资", None),
            ("3-5月完成", None),
            ("1-5月计划完成投资", None),
            ("1-5月完成率", None),
            ("工业产值/1-5月完成", None),
            ("1-15月完成", None),
        ];
        for (header, expected) in cases {
            assert_eq!(last_month(&fold_header(header)), expected, "{header}");
        }
    }
}
