//! What makes two layouts the same from month to month: their headers, but for the numbers
//! in them.

use crate::map::fold_header;
use sha2::{Digest, Sha256};

/// Sixteen letters and digits that stand for the headers of a table, whatever month or year
/// they name.
pub fn of(shape: &str, headers: &[String]) -> String {
    let mut sum = Sha256::new();
    sum.update(shape);
    for header in headers {
        sum.update([0x1f]);
        sum.update(without_numbers(header));
    }
    hex::encode(&sum.finalize()[..8])
}

/// Every run of digits, and of Chinese numerals before a month, becomes one sign.
fn without_numbers(header: &str) -> String {
    let mut out = String::new();
    for c in fold_header(header).chars().filter(|c| !c.is_whitespace()) {
        let c = match c {
            c if c.is_ascii_digit() => '#',
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => '#',
            '—' | '–' | '-' | '~' | '至' | '到' => '-',
            c => c,
        };
        if c != '#' || !out.ends_with('#') {
            out.push(c);
        }
    }
    out.replace("#-#月", "#月")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn next_month_has_the_same_fingerprint() {
        let headers =
            |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect::<Vec<_>>();
        let may = of("list", &headers(&["项目名称", "2026年1-5月完成投资（万元）", "5月"]));
        let june = of("list", &headers(&["项目名称 ", "2026年1—6月完成投资（万元）", "6月"]));
        let january = of("list", &headers(&["项目名称", "2027年1月完成投资(万元)", "1月"]));
        let other = of("list", &headers(&["项目名称", "2026年1-5月完成投资（亿元）", "5月"]));
        assert_eq!(may, june);
        assert_eq!(may, january);
        assert_ne!(may, other);
    }
}
