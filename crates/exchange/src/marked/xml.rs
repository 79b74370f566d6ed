//! Putting elements into XML parts without touching what is there.

use super::archive::broken;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use tici_domain::Problem;

/// Children of a worksheet in the order the format demands.
const WORKSHEET: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
];

/// Children of a style sheet that stand behind its differential formats.
const BEHIND_FORMATS: [&str; 3] = ["tableStyles", "colors", "extLst"];

/// An element right below the root.
struct Child {
    name: String,
    start: usize,
    /// Behind its end tag.
    end: usize,
    /// Elements right below it.
    children: usize,
}

struct Outline {
    children: Vec<Child>,
    /// Where the root's end tag begins.
    root_end: usize,
    /// Behind the root's start tag.
    root_start: usize,
}

fn local(tag: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(tag.local_name().as_ref().as_bytes()).into_owned()
}

/// Positions of the elements right below the root.
fn outline(xml: &str) -> Result<Outline, Box<Problem>> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    let mut found = Outline { children: Vec::new(), root_end: 0, root_start: 0 };
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|_| broken())?;
        let end = reader.buffer_position() as usize;
        match event {
            Event::Start(tag) => {
                match depth {
                    0 => found.root_start = end,
                    1 => found.children.push(Child { name: local(&tag), start, end, children: 0 }),
                    2 => count(&mut found),
                    _ => {}
                }
                depth += 1;
            }
            Event::Empty(tag) if depth == 1 => {
                found.children.push(Child { name: local(&tag), start, end, children: 0 });
            }
            Event::Empty(_) if depth == 2 => count(&mut found),
            Event::Empty(_) if depth == 0 => return Err(broken()),
            Event::End(_) => {
                depth = depth.checked_sub(1).ok_or_else(broken)?;
                match (depth, found.children.last_mut()) {
                    (1, Some(child)) => child.end = end,
                    (0, _) => {
                        found.root_end = start;
                        return Ok(found);
                    }
                    _ => {}
                }
            }
            Event::Eof => return Err(broken()),
            _ => {}
        }
    }
}

fn count(found: &mut Outline) {
    if let Some(child) = found.children.last_mut() {
        child.children += 1;
    }
}

/// The prefix of the root's name, with its colon: `x:` or nothing.
pub fn prefix(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = String::from_utf8_lossy(tag.name().as_ref().as_bytes()).into_owned();
                return name
                    .split_once(':')
                    .map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
            }
            Ok(Event::Eof) | Err(_) => return String::new(),
            _ => {}
        }
    }
}

fn spliced(xml: &str, at: usize, added: &str) -> String {
    format!("{}{added}{}", &xml[..at], &xml[at..])
}

/// Puts `added` at the end of the root.
pub fn append(xml: &str, added: &str) -> Result<String, Box<Problem>> {
    Ok(spliced(xml, outline(xml)?.root_end, added))
}

/// Puts `added` at the beginning of the root.
pub fn prepend(xml: &str, added: &str) -> Result<String, Box<Problem>> {
    Ok(spliced(xml, outline(xml)?.root_start, added))
}

/// Puts `added`, elements called `name`, into a worksheet where its order wants them.
pub fn insert_child(xml: &str, added: &str, name: &str) -> Result<String, Box<Problem>> {
    let outline = outline(xml)?;
    let rank = |name: &str| WORKSHEET.iter().position(|known| *known == name);
    let own = rank(name).unwrap_or(WORKSHEET.len());
    let behind = |child: &&Child| rank(&child.name).is_none_or(|rank| rank > own);
    // Unknown elements in front of the cells would be another format's; behind, extensions.
    let after = outline.children.iter().position(|child| child.name == "sheetData");
    let rest = &outline.children[after.map_or(0, |at| at + 1)..];
    let at = rest.iter().find(behind).map_or(outline.root_end, |child| child.start);
    Ok(spliced(xml, at, added))
}

/// Puts `added` at the end of the first element called `name` below the root; `None` when
/// there is none.
pub fn append_into(xml: &str, name: &str, added: &str) -> Result<Option<String>, Box<Problem>> {
    let outline = outline(xml)?;
    let Some(child) = outline.children.iter().find(|child| child.name == name) else {
        return Ok(None);
    };
    let own = &xml[child.start..child.end];
    if own.ends_with("/>") {
        let tag = own.trim_end_matches("/>");
        let full = tag[1..].split(|c: char| c.is_whitespace()).next().unwrap_or(name);
        let whole = format!("{tag}>{added}</{full}>");
        return Ok(Some(format!("{}{whole}{}", &xml[..child.start], &xml[child.end..])));
    }
    let close = own.rfind("</").ok_or_else(broken)?;
    Ok(Some(spliced(xml, child.start + close, added)))
}

/// Elements right below the first one called `name`.
pub fn count_in(xml: &str, name: &str) -> Result<usize, Box<Problem>> {
    let outline = outline(xml)?;
    Ok(outline.children.iter().find(|child| child.name == name).map_or(0, |child| child.children))
}

/// Adds `n` differential formats to a style sheet; gives the number of the first.
pub fn add_formats(xml: &str, added: &str, n: usize) -> Result<(String, usize), Box<Problem>> {
    let first = count_in(xml, "dxfs")?;
    if let Some(with) = append_into(xml, "dxfs", added)? {
        return Ok((recounted(&with, first + n)?, first));
    }
    let prefix = prefix(xml);
    let whole = format!("<{prefix}dxfs count=\"{n}\">{added}</{prefix}dxfs>");
    let outline = outline(xml)?;
    let behind =
        outline.children.iter().find(|child| BEHIND_FORMATS.contains(&child.name.as_str()));
    let at = behind.map_or(outline.root_end, |child| child.start);
    Ok((spliced(xml, at, &whole), 0))
}

/// Puts the number of differential formats into their count.
fn recounted(xml: &str, count: usize) -> Result<String, Box<Problem>> {
    let outline = outline(xml)?;
    let child = outline.children.iter().find(|child| child.name == "dxfs").ok_or_else(broken)?;
    let tag_end = child.start + xml[child.start..].find('>').ok_or_else(broken)?;
    let tag = &xml[child.start..tag_end];
    let Some(at) = tag.find("count=").map(|at| at + "count=".len()) else {
        return Ok(xml.to_string());
    };
    let quote = tag[at..].chars().next().ok_or_else(broken)?;
    let close = tag[at + 1..].find(quote).ok_or_else(broken)? + at + 1;
    let (from, to) = (child.start + at + 1, child.start + close);
    Ok(format!("{}{count}{}", &xml[..from], &xml[to..]))
}

/// A condition that holds, and that is known again for ours.
const ALWAYS: &str = "&quot;tici&quot;=&quot;tici&quot;";

/// Takes the marks of an earlier time off a worksheet.
pub fn without_marks(xml: &str) -> Result<String, Box<Problem>> {
    let outline = outline(xml)?;
    let ours = |child: &&Child| {
        let own = &xml[child.start..child.end];
        let told = own.contains(ALWAYS) || own.contains("\"tici\"=\"tici\"");
        child.name == "conditionalFormatting" && told
    };
    let mut rest = xml.to_string();
    for child in outline.children.iter().filter(ours).collect::<Vec<_>>().into_iter().rev() {
        rest.replace_range(child.start..child.end, "");
    }
    Ok(rest)
}

/// A conditional format that always holds.
pub fn always(prefix: &str, cells: &str, format: usize, priority: usize) -> String {
    let p = prefix;
    format!(
        "<{p}conditionalFormatting sqref=\"{cells}\"><{p}cfRule type=\"expression\" \
         dxfId=\"{format}\" priority=\"{priority}\"><{p}formula>{ALWAYS}</{p}formula></{p}cfRule>\
         </{p}conditionalFormatting>"
    )
}

/// Id, last word of the type, and target of each relation.
pub fn relations(xml: &str) -> Vec<(String, String, String)> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        let tag = match event {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => tag,
            _ => continue,
        };
        let text = |name: &str| attribute(&tag, name).unwrap_or_default();
        let kind = text("Type").rsplit('/').next().unwrap_or_default().to_string();
        let external = text("TargetMode") == "External";
        if local(&tag) == "Relationship" && !external {
            found.push((text("Id"), kind, text("Target")));
        }
    }
    found
}

/// An attribute by its local name, unescaped.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let raw = found.value.clone().into_owned();
    Some(quick_xml::escape::unescape(&raw).map(|text| text.into_owned()).unwrap_or(raw))
}

/// All values of an attribute of elements called `name`.
pub fn attributes(xml: &str, name: &str, of: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) if local(&tag) == name => {
                found.extend(attribute(&tag, of));
            }
            _ => {}
        }
    }
    found
}

/// A text as XML may hold it: control characters become blanks.
pub fn escape(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
    let plain: String = plain.filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    quick_xml::escape::escape(plain.as_str()).into_owned()
}

/// Row and column of `E9`, counted from 0; `None` for anything else.
pub fn address(cell: &str) -> Option<(u32, u32)> {
    let well = cell.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let (row, column) = crate::sheet::parse_address(cell).filter(|_| well)?;
    (row < 1_048_576 && column < 16_384).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_go_where_their_order_wants_them() {
        let sheet =
            "<worksheet><sheetData><row/></sheetData><mergeCells/><pageMargins/></worksheet>";
        let with = insert_child(sheet, "<cf/>", "conditionalFormatting").unwrap();
        assert!(with.contains("<mergeCells/><cf/><pageMargins/>"), "{with}");
        let with = insert_child(sheet, "<ld/>", "legacyDrawing").unwrap();
        assert!(with.ends_with("<pageMargins/><ld/></worksheet>"), "{with}");
        let prefixed = "<x:worksheet><x:sheetData/><x:tableParts/></x:worksheet>";
        let with = insert_child(prefixed, "<cf/>", "conditionalFormatting").unwrap();
        assert!(with.contains("<x:sheetData/><cf/><x:tableParts/>"), "{with}");
        assert!(insert_child("<worksheet><sheetData>", "", "drawing").is_err());
    }

    #[test]
    fn formats_are_counted_on() {
        let cases = [
            (
                "<s><dxfs count=\"2\"><dxf/><dxf/></dxfs></s>",
                2,
                "count=\"3\"><dxf/><dxf/><n/></dxfs>",
            ),
            ("<s><dxfs count=\"0\"/></s>", 0, "<dxfs count=\"1\"><n/></dxfs>"),
            ("<s><cellXfs/><tableStyles/></s>", 0, "<cellXfs/><dxfs count=\"1\"><n/></dxfs><tab"),
            ("<x:s><x:cellXfs/></x:s>", 0, "<x:dxfs count=\"1\"><n/></x:dxfs></x:s>"),
        ];
        for (styles, first, expected) in cases {
            let (with, at) = add_formats(styles, "<n/>", 1).unwrap();
            assert_eq!(at, first, "{styles}");
            assert!(with.contains(expected), "{with}");
        }
    }
}
