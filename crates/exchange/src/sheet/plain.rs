//! The grid of an XLSX sheet, where it is written as spreadsheet programs write it: one
//! pass over the bytes, no events, no copies.
//!
//! Only what is understood to the last byte is taken here. A cell of another kind (a
//! formula, an error, words with entities) is marked as odd and left to the workbook
//! library, as it stands; a sheet of another build is left to it altogether. So nothing is
//! read differently than the library reads it, only sooner.

use std::ops::Range;

/// The cells of one sheet, in the order of the file.
pub struct Plain {
    pub cells: Vec<PlainCell>,
    /// Attributes and content of each odd cell: ` t="str"><f>A1&amp;B1</f><v>ab</v></c>`.
    pub odd: Vec<Range<usize>>,
}

/// A cell that may hold something; row and column count from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlainCell {
    pub row: u32,
    pub column: u32,
    pub value: PlainValue,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlainValue {
    /// A number, and the style that says whether it is a day.
    Number(f64, u32),
    /// Number of a shared string.
    Shared(u32),
    Bool(bool),
    /// Words in the cell itself, from and to.
    Inline(u32, u32),
    /// The next of [`Plain::odd`].
    Odd,
}

/// Reads the grid; `None` when the sheet is not built plainly or has more than `cells_max`
/// cells.
pub fn scan(xml: &[u8], cells_max: usize) -> Option<Plain> {
    let xml = std::str::from_utf8(xml).ok().filter(|xml| xml.len() < u32::MAX as usize)?;
    let grid = grid_start(xml)?;
    let plain = Plain { cells: Vec::new(), odd: Vec::new() };
    let mut scan = Scan { xml: xml.as_bytes(), at: grid, row: 0, column: 0, cells_max, plain };
    scan.rows()?;
    Some(scan.plain)
}

/// Where the rows begin. What stands before them must be what it seems: an encoding that is
/// not UTF-8, a comment, or dimensions that are none, are for the library.
fn grid_start(xml: &str) -> Option<usize> {
    const GRID: &str = "<sheetData>";
    let at = xml.find(GRID)?;
    let head = &xml[..at];
    let declared = head.find("<?xml").map_or("", |from| &head[from..]);
    let declared = declared.split("?>").next().unwrap_or_default();
    let declared = declared.to_ascii_lowercase();
    let is_utf8 = !declared.contains("encoding") || declared.contains("utf-8");
    let is_plain = is_utf8 && !head.contains("<!") && head.contains("<worksheet");
    let dimension = head.split("<dimension").nth(1).map(|rest| rest.split('>').next());
    let is_sound = dimension.flatten().is_none_or(|tag| {
        let range = tag.trim().trim_end_matches('/').trim().strip_prefix("ref=\"");
        let range = range.and_then(|range| range.strip_suffix('"'));
        range.is_some_and(|range| {
            let ends: Vec<_> = range.split(':').map(super::xlsx::parse_address).collect();
            match ends[..] {
                [Some(_)] => true,
                [Some(from), Some(to)] => from.0 <= to.0 && from.1 <= to.1,
                _ => false,
            }
        })
    });
    (is_plain && is_sound).then_some(at + GRID.len())
}

struct Scan<'x> {
    xml: &'x [u8],
    at: usize,
    /// Where a cell without an address stands.
    row: u32,
    column: u32,
    cells_max: usize,
    plain: Plain,
}

/// Attributes of a cell that matter.
#[derive(Default)]
struct Attributes<'x> {
    address: Option<&'x [u8]>,
    style: Option<&'x [u8]>,
    kind: Option<&'x [u8]>,
    /// `/>` instead of `>`.
    is_empty: bool,
}

impl<'x> Scan<'x> {
    fn rows(&mut self) -> Option<()> {
        loop {
            self.blanks();
            if self.take(b"<row") {
                let row = self.attributes()?;
                if let Some(number) = row.address {
                    self.row = whole(number, 7)?.checked_sub(1)?;
                }
                if !row.is_empty {
                    self.cells()?;
                }
                self.row += 1;
                self.column = 0;
            } else {
                return self.take(b"</sheetData>").then_some(());
            }
        }
    }

    fn cells(&mut self) -> Option<()> {
        loop {
            self.blanks();
            if !self.take(b"<c") {
                return self.take(b"</row>").then_some(());
            }
            let from = self.at;
            let cell = self.attributes()?;
            let mut row = self.row;
            if let Some(address) = cell.address {
                (row, self.column) = place(address)?;
            }
            let column = self.column;
            self.column += 1;
            if cell.is_empty || self.take(b"</c>") {
                continue;
            }
            if self.plain.cells.len() >= self.cells_max {
                return None;
            }
            let content = self.at;
            let value = match self.value(&cell) {
                Some(value) if self.take(b"</c>") => value,
                _ => {
                    self.at = content;
                    self.odd(from)?
                }
            };
            self.plain.cells.push(PlainCell { row, column, value });
        }
    }

    /// The value of a cell of a common kind; `None` for any other.
    fn value(&mut self, cell: &Attributes<'x>) -> Option<PlainValue> {
        if cell.kind == Some(b"inlineStr") {
            return self.inline();
        }
        let opened = self.take(b"<v>");
        let from = self.at;
        let text = self.text();
        if !opened || !self.take(b"</v>") {
            return None;
        }
        match cell.kind {
            None | Some(b"n") => {
                let style = cell.style.map_or(Some(0), |style| whole(style, 6))?;
                number(text).map(|number| PlainValue::Number(number, style))
            }
            Some(b"s") => whole(text, 7).map(PlainValue::Shared),
            Some(b"b") => match text {
                b"0" => Some(PlainValue::Bool(false)),
                b"1" => Some(PlainValue::Bool(true)),
                _ => None,
            },
            Some(b"str") => are_plain_words(text)
                .then_some(PlainValue::Inline(from as u32, (from + text.len()) as u32)),
            _ => None,
        }
    }

    /// `<is><t>words</t></is>`, whose blanks at the ends do not count.
    fn inline(&mut self) -> Option<PlainValue> {
        if !self.take(b"<is><t>") {
            return None;
        }
        let text = self.text();
        let from = self.at - text.trim_ascii_start().len();
        let length = text.trim_ascii().len();
        (are_plain_words(text) && self.take(b"</t></is>"))
            .then_some(PlainValue::Inline(from as u32, (from + length) as u32))
    }

    /// Leaves the cell whose attributes begin at `from` to the library, up to its end.
    fn odd(&mut self, from: usize) -> Option<PlainValue> {
        const END: &[u8] = b"</c>";
        let rest = &self.xml[self.at..];
        let mut end = None;
        for (at, pair) in rest.windows(END.len()).enumerate() {
            if pair == END {
                end = Some(at + END.len());
                break;
            }
            // A comment or a section of raw text may hold anything, ends of cells too; and
            // a row that ends first has a cell that does not.
            if pair.starts_with(b"<!") || pair.starts_with(b"<c") || pair == b"</ro" {
                return None;
            }
        }
        self.at += end?;
        self.plain.odd.push(from..self.at);
        Some(PlainValue::Odd)
    }

    /// Attributes up to the end of the tag. Anything but `name="value"` is not plain.
    fn attributes(&mut self) -> Option<Attributes<'x>> {
        let mut found = Attributes::default();
        loop {
            let blanks = self.blanks();
            match self.xml.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some(found);
                }
                b'/' => {
                    found.is_empty = true;
                    return self.take(b"/>").then_some(found);
                }
                _ if blanks == 0 => return None,
                _ => {}
            }
            let name = self.run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_'));
            if name.is_empty() || !self.take(b"=\"") {
                return None;
            }
            let value = self.run(|byte| !matches!(byte, b'"' | b'<' | b'>' | b'&'));
            if !self.take(b"\"") {
                return None;
            }
            let slot = match name {
                b"r" => &mut found.address,
                b"s" => &mut found.style,
                b"t" => &mut found.kind,
                _ => continue,
            };
            // The library takes the first or the last of two, as it happens.
            if slot.replace(value).is_some() {
                return None;
            }
        }
    }

    fn text(&mut self) -> &'x [u8] {
        self.run(|byte| byte != b'<')
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'x [u8] {
        let rest = &self.xml[self.at..];
        let length = rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn blanks(&mut self) -> usize {
        self.run(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).len()
    }

    fn take(&mut self, word: &[u8]) -> bool {
        let found = self.xml[self.at..].starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }
}

/// Words that mean themselves: no entity, no `_x000D_`, no line break to be mended.
fn are_plain_words(text: &[u8]) -> bool {
    !text.iter().any(|byte| matches!(byte, b'&' | b'\r' | b'\x0c'))
        && !text.windows(2).any(|pair| pair == b"_x")
}

/// A number of at most `digits_max` digits and nothing else.
fn whole(text: &[u8], digits_max: usize) -> Option<u32> {
    if text.is_empty() || text.len() > digits_max {
        return None;
    }
    text.iter().try_fold(0_u32, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
    })
}

/// `B7` as row 6, column 1.
fn place(address: &[u8]) -> Option<(u32, u32)> {
    let letters = address.iter().position(u8::is_ascii_digit)?;
    let (letters, digits) = address.split_at(letters);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.iter().try_fold(0_u32, |column, letter| {
        letter.is_ascii_uppercase().then(|| column * 26 + u32::from(letter - b'A') + 1)
    })?;
    Some((whole(digits, 7)?.checked_sub(1)?, column - 1))
}

/// Digits with a sign, a point and an exponent at most.
fn number(text: &[u8]) -> Option<f64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if digits.len() <= 15
        && let Some(number) = digits.iter().try_fold(0_u64, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0'))
        })
    {
        let is_negative = digits.len() < text.len();
        return (!digits.is_empty()).then_some(match is_negative {
            true => -(number as f64),
            false => number as f64,
        });
    }
    let is_plain = digits.first().is_some_and(u8::is_ascii_digit)
        && digits.last().is_some_and(u8::is_ascii_digit)
        && digits
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    if !is_plain {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"x\">\
             <dimension ref=\"A1:C9\"/><sheetData>{rows}</sheetData><mergeCells/></worksheet>"
        )
    }

    /// Each cell as `row,column value`; `None` when the sheet is left to the library.
    fn check(rows: &str, expected: Option<&str>) {
        let xml = sheet(rows);
        let found = scan(xml.as_bytes(), 100).map(|plain| {
            let mut odd = plain.odd.iter();
            let show = |cell: &PlainCell| {
                let value = match cell.value {
                    PlainValue::Number(number, style) => format!("{number}/{style}"),
                    PlainValue::Shared(index) => format!("#{index}"),
                    PlainValue::Bool(value) => value.to_string(),
                    PlainValue::Inline(from, to) => {
                        format!("'{}'", &xml[from as usize..to as usize])
                    }
                    PlainValue::Odd => xml[odd.next().unwrap().clone()].to_string(),
                };
                format!("{},{} {value}", cell.row, cell.column)
            };
            plain.cells.iter().map(show).collect::<Vec<_>>().join("; ")
        });
        assert_eq!(found.as_deref(), expected, "{rows}");
    }

    #[test]
    fn common_cells_are_read() {
        check(
            "<row r=\"2\" spans=\"1:3\" x14ac:dyDescent=\"0.25\"><c r=\"A2\" t=\"s\"><v>7</v></c>\
             <c r=\"C2\" s=\"3\"><v>-1.5E-3</v></c></row>\n <row><c><v>4</v></c><c s=\"1\"/>\
             <c t=\"b\"><v>1</v></c></row>",
            Some("1,0 #7; 1,2 -0.0015/3; 2,0 4/0; 2,2 true"),
        );
        check(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t> 名称 </t></is></c>\
             <c r=\"B1\" t=\"str\"><v> ab</v></c></row>",
            Some("0,0 '名称'; 0,1 ' ab'"),
        );
        check("", Some(""));
        check("<row r=\"5\"/><row/>", Some(""));
    }

    #[test]
    fn odd_cells_are_left_as_they_stand() {
        let odd = [
            " r=\"A1\"><f>B1*2</f><v>4</v></c>",
            " r=\"A1\" t=\"e\"><v>#REF!</v></c>",
            " r=\"A1\" t=\"str\"><v>a&amp;b</v></c>",
            " r=\"A1\" t=\"str\"><v>a_x000D_b</v></c>",
            " r=\"A1\"><v>1e</v></c>",
            " r=\"A1\"><v></v></c>",
            " r=\"A1\" t=\"inlineStr\"><is><r><t>a</t></r></is></c>",
            " r=\"A1\" t=\"d\"><v>2026-05-01</v></c>",
        ];
        for cell in odd {
            check(&format!("<row><c{cell}</row>"), Some(&format!("0,0 {cell}")));
        }
    }

    #[test]
    fn other_builds_are_left_to_the_library() {
        check("<row r=\"0\"><c><v>1</v></c></row>", None);
        check("<row><c r=\"1\"><v>1</v></c></row>", None);
        check("<row><c r='A1'><v>1</v></c></row>", None);
        check("<row><c r=\"A1\"><v>1</v></row>", None);
        check("<row><!-- --><c><v>1</v></c></row>", None);
        check("<row><c><v><![CDATA[</c>]]></v></c></row>", None);
        check("<row><c r=\"A1\" r=\"B1\"><v>1</v></c></row>", None);
        check("<x:row/>", None);
        let xml = sheet("<row/>");
        let others = [
            xml.replace("UTF-8", "UTF-16"),
            xml.replace("A1:C9", "C9:A1"),
            xml.replace("<dimension", "<!--x--><dimension"),
            xml.replace("sheetData", "x:sheetData"),
        ];
        for other in others {
            assert!(scan(other.as_bytes(), 100).is_none(), "{other}");
        }
        assert!(scan(sheet("<row><c><v>1</v></c></row>").as_bytes(), 0).is_none());
    }
}
