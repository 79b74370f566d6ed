//! What each row of a sheet is: a project, a heading of a group, a sum, a note.

use super::View;
use crate::layout::heading;
use crate::map::{fold_char, fold_header, tidy_header};
use crate::sheet::CellValue;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Blank,
    Title,
    Unit,
    Header,
    /// `一、市本级（48项）`
    Group,
    Data,
    /// 合计, 总计: of the whole table.
    Total,
    /// 小计: of a group.
    Subtotal,
    Note,
}

impl Role {
    /// The name the preview and its style sheet use.
    pub fn code(self) -> &'static str {
        match self {
            Role::Blank => "blank",
            Role::Title => "title",
            Role::Unit => "unit",
            Role::Header => "header",
            Role::Group => "group",
            Role::Data => "data",
            Role::Total => "total",
            Role::Subtotal => "subtotal",
            Role::Note => "note",
        }
    }
}

pub fn roles(view: &View<'_>, header: (usize, usize), key: Option<usize>) -> Vec<Role> {
    let mut roles: Vec<Role> = (0..view.rows()).map(|row| role(view, header, key, row)).collect();
    lay_notes(view, &mut roles);
    // A lone text is the heading of the rows below it; below the last of them it is a note.
    let last_data = roles.iter().rposition(|role| matches!(role, Role::Data)).unwrap_or(header.1);
    for role in &mut roles[last_data + 1..] {
        if *role == Role::Group {
            *role = Role::Note;
        }
    }
    roles
}

/// Lines of words about the form (填表人：… 联系电话：…) are notes: those that begin with such
/// a word anywhere, and all without a number below the sum of the rows above.
fn lay_notes(view: &View<'_>, roles: &mut [Role]) {
    let total = roles.iter().rposition(|role| *role == Role::Total);
    let is_data = |roles: &[Role], row: usize| roles[row] == Role::Data;
    let closing = total.filter(|total| (0..*total).any(|row| is_data(roles, row)));
    let below = closing.map_or(roles.len(), |total| total + 1);
    let solid = (below..roles.len()).any(|row| is_data(roles, row) && has_number(view, row));
    for row in 0..roles.len() {
        if !is_data(roles, row) || has_number(view, row) {
            continue;
        }
        if row >= below && !solid || is_signature(view, row) {
            roles[row] = Role::Note;
        }
    }
}

/// Whether a row has a number that is not the answer to `联系电话：` before it.
fn has_number(view: &View<'_>, row: usize) -> bool {
    let mut asked = false;
    view.filled(row).into_iter().any(|column| {
        let value = &view.cell(row, column).value;
        let CellValue::Text(text) = value else {
            let found = matches!(value, CellValue::Number(_)) && !asked;
            asked = false;
            return found;
        };
        let found = !asked && reads_as_number(text);
        asked = text.trim_end().ends_with([':', '：']);
        found
    })
}

/// Most words are seen to be no number by their first letter, without folding them.
fn reads_as_number(text: &str) -> bool {
    const BESIDE_DIGITS: &str = "+-.,%einfatyEINFATY";
    let may_stand = |c: char| {
        let c = fold_char(c);
        c.is_ascii_digit() || c.is_whitespace() || BESIDE_DIGITS.contains(c)
    };
    text.chars().all(may_stand) && fold_header(text).replace([',', '%'], "").parse::<f64>().is_ok()
}

/// Who filled the form in, or a note: text that asks or explains and is no record.
fn is_signature(view: &View<'_>, row: usize) -> bool {
    let Some(first) = view.filled(row).first().copied() else { return false };
    let text = view.cell(row, first).value.show();
    heading::is_signature(&text) || heading::is_note(&text)
}

fn role(view: &View<'_>, header: (usize, usize), key: Option<usize>, row: usize) -> Role {
    let filled = view.filled(row);
    let Some(&first) = filled.first() else { return Role::Blank };
    let label = view.cell(row, first).value.show();
    if row < header.0 {
        let unit = filled.iter().any(|column| {
            super::header::unit_line(&view.cell(row, *column).value.show()).is_some()
        });
        return if unit { Role::Unit } else { Role::Title };
    }
    if row <= header.1 || row == header.1 + 1 && is_column_numbers(view, row, &filled) {
        return Role::Header;
    }
    let key_text = key.map(|column| view.cell(row, column).value.show()).unwrap_or_default();
    if let Some(role) = total_role(&label, &key_text) {
        return role;
    }
    if let Some(role) = part_role(&label).or_else(|| part_role(&key_text)) {
        return role;
    }
    let narrow = view.columns() <= 2;
    if filled.len() == 1 && !narrow {
        let text = matches!(view.cell(row, first).value, CellValue::Text(_));
        let note = is_note(&label);
        // A number left behind somewhere is neither a project nor a heading.
        return if text && !note { Role::Group } else { Role::Note };
    }
    let heading = if key_text.trim().is_empty() { &label } else { &key_text };
    if is_heading(heading, key_text.trim().is_empty()) { Role::Group } else { Role::Data }
}

fn total_role(label: &str, key_text: &str) -> Option<Role> {
    let key_text = key_text.trim();
    let of = |text: &str| match total_kind(text) {
        Some(true) => Some(Role::Total),
        Some(false) => Some(Role::Subtotal),
        None => None,
    };
    if key_text.is_empty() { of(label) } else { of(key_text) }
}

/// `龙海市合计14个` heads the rows of its place; `其中：在建（90项）` repeats a part of the sum.
fn part_role(label: &str) -> Option<Role> {
    if !label.contains(['合', '其']) {
        return None;
    }
    match heading::read(label)? {
        heading::Label::OfWhich(_) => Some(Role::Note),
        heading::Label::Group(part) if part.style == heading::Style::Sum => {
            part.count.map(|_| Role::Group)
        }
        _ => None,
    }
}

/// 1, 2, 3 … or 甲, 乙, 1, 2 under a header: numbers of the columns.
fn is_column_numbers(view: &View<'_>, row: usize, filled: &[usize]) -> bool {
    let texts: Vec<String> =
        filled.iter().map(|column| view.cell(row, *column).value.show()).collect();
    let numbers: Vec<i64> = texts.iter().filter_map(|text| text.trim().parse().ok()).collect();
    let others = texts.iter().filter(|text| text.trim().parse::<i64>().is_err());
    let steps = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    numbers.len() >= 3
        && steps
        && numbers[0] <= 2
        && others.into_iter().all(|text| matches!(text.trim(), "甲" | "乙" | "丙" | "A" | "B"))
}

const TOTALS: [&str; 9] =
    ["合计", "合計", "总计", "總計", "共计", "共計", "grand total", "total", "totals"];
const SUBTOTALS: [&str; 6] = ["小计", "小計", "分计", "subtotal", "sub-total", "sub total"];

/// Whether a label says "all of it" (`true`) or "all of this group" (`false`).
fn total_kind(label: &str) -> Option<bool> {
    // Every word for a sum has one of these letters, and few names are looked at further.
    if !label.chars().any(|c| matches!(fold_char(c), '计' | '計' | 't' | 'T')) {
        return None;
    }
    let folded = fold_header(label);
    let bare = folded.trim_matches([':', ' ', '-', '*']);
    let is = |words: &[&str]| {
        words.iter().any(|word| match bare.strip_prefix(word) {
            Some("") => true,
            // 合计37个, 合计（82项）; "Total Care Programme" is a project.
            Some(rest) => {
                let rest = rest.trim_start_matches(['(', ':', ' ']);
                rest.starts_with(|c: char| c.is_ascii_digit())
                    && rest.chars().count() <= 12
                    && !rest.contains(|c: char| c.is_ascii_alphabetic())
            }
            None => false,
        })
    };
    if is(&SUBTOTALS) {
        Some(false)
    } else if is(&TOTALS) || bare.ends_with("合计") && bare.chars().count() <= 6 {
        Some(true)
    } else {
        None
    }
}

/// Whether a text is the label of a row of sums.
pub fn is_total_label(label: &str) -> bool {
    total_kind(label).is_some()
}

fn is_note(label: &str) -> bool {
    const STARTS: [&str; 14] = [
        "注", "备注", "備註", "说明", "說明", "填报", "填報", "制表", "審核", "审核", "note",
        "source", "来源", "來源",
    ];
    let folded = fold_header(label);
    STARTS.iter().any(|start| folded.starts_with(start))
}

const NUMERALS: &str = "一二三四五六七八九十";

/// `一、市本级（48项）`, `（二）农业`, `三、`. Without a project's name in the row a numeral
/// is enough; in the column of names the count must be there too.
fn is_heading(text: &str, name_is_empty: bool) -> bool {
    let first = text.chars().map(fold_char).find(|c| !c.is_whitespace());
    if !first.is_some_and(|c| c == '(' || NUMERALS.contains(c)) {
        return false;
    }
    let folded = fold_header(text);
    let inner = folded.trim_start_matches('(');
    let after = inner.trim_start_matches(|c| NUMERALS.contains(c));
    let numbered = after.len() < inner.len() && after.starts_with(['、', ')', '.', ',']);
    numbered && (name_is_empty || counted(&folded).is_some())
}

/// The number in `（48项）`, `82个` at the end of a heading.
fn counted(folded: &str) -> Option<(usize, usize)> {
    let end = folded.trim_end_matches(')');
    let end = end.strip_suffix(['项', '項', '个', '個']).unwrap_or(end);
    let digits = end.len() - end.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let stated = folded.len() > end.len() && digits > 0;
    let count = end[end.len() - digits..].parse().ok()?;
    stated.then_some((count, end.len() - digits))
}

/// The name in a heading, without its numeral and count, and the count.
pub fn group_name(text: &str) -> (String, Option<usize>) {
    // A name is kept as it is written; only what is compared is lowered.
    let folded = tidy_header(text);
    let (body, count) = match counted(&folded) {
        Some((count, at)) => (&folded[..at], Some(count)),
        None => (folded.as_str(), None),
    };
    let body = body.trim_end_matches(['(', ' ', ':', '共']);
    let body = ["合计", "合計"].iter().find_map(|sum| body.strip_suffix(sum)).unwrap_or(body);
    let inner = body.trim_start_matches('(');
    let after = inner.trim_start_matches(|c| NUMERALS.contains(c));
    let numbered = after.len() < inner.len() && after.starts_with(['、', ')', '.', ',']);
    let name = if numbered { after.trim_start_matches(['、', ')', '.', ',', ' ']) } else { body };
    (name.to_string(), count)
}

#[cfg(test)]
mod tests {
    use super::group_name;

    #[test]
    fn a_heading_keeps_its_capitals() {
        let cases = [
            ("一、CBD 片区（12项）", "CBD片区", Some(12)),
            ("（二）ＡＢＣ Park", "ABC Park", None),
            ("三、 Port Industry Park (3项)", "Port Industry Park", Some(3)),
            ("市本级（48项）", "市本级", Some(48)),
        ];
        for (text, name, count) in cases {
            assert_eq!(group_name(text), (name.to_owned(), count), "{text}");
        }
    }
}
