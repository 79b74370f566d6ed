//! Comments beside marked cells: the texts in one part, their boxes in another.

use super::archive::Archive;
use super::{Mark, Words, xml};
use std::collections::BTreeMap;
use tici_domain::Problem;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Characters of one comment; the sheet of problems has the whole.
const TEXT_CHARS_MAX: usize = 1_000;

/// Adds comments to the worksheet at `path`; gives its XML. A cell that has a comment of the
/// reporter's own keeps that one.
pub fn add(
    archive: &mut Archive<'_>,
    path: &str,
    sheet: String,
    number: usize,
    marks: &[&Mark],
    words: &Words,
) -> Result<String, Box<Problem>> {
    let related = archive.related(path)?;
    let texts = related.iter().find(|part| part.kind == "comments").map(|part| part.path.clone());
    let boxes = related.iter().find(|part| part.kind == "vmlDrawing");
    let drawn = xml::attributes(&sheet, "legacyDrawing", "id");
    let boxes = boxes.filter(|part| drawn.contains(&part.id)).map(|part| part.path.clone());
    let is_ours = |path: &Option<String>| path.as_deref().is_some_and(|p| p.contains("/tici"));
    let known = match &texts {
        Some(path) if !is_ours(&texts) => archive.text(path)?.unwrap_or_default(),
        _ => String::new(),
    };
    let taken = xml::attributes(&known, "comment", "ref");
    let mut by_cell: BTreeMap<(u32, u32), (&str, Vec<String>)> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| !taken.contains(&mark.cell)) {
        let Some(at) = xml::address(&mark.cell) else { continue };
        let entry = by_cell.entry(at).or_insert((&mark.cell, Vec::new()));
        entry.1.extend([mark.text.clone(), mark.fix.clone()].into_iter().filter(|t| !t.is_empty()));
    }
    if by_cell.is_empty() && !is_ours(&texts) {
        return Ok(sheet);
    }
    let (old_texts, old_boxes) = (is_ours(&texts), is_ours(&boxes));
    match texts {
        Some(path) if old_texts => archive.put(&path, new_texts(&by_cell, words)),
        Some(path) => {
            let with = with_texts(&known, &by_cell, words)?;
            archive.put(&path, with);
        }
        None => {
            let name = format!("ticiComments{number}.xml");
            archive.put(&format!("xl/{name}"), new_texts(&by_cell, words));
            archive.relate(path, "rIdTiciComments", "comments", &format!("/xl/{name}"))?;
            archive.declare(&format!("/xl/{name}"), "spreadsheetml.comments+xml")?;
        }
    }
    let shapes: String = by_cell.keys().enumerate().map(|(n, at)| shape(number, n, *at)).collect();
    match boxes {
        Some(path) if old_boxes => {
            archive.put(&path, new_boxes(number, &shapes));
            Ok(sheet)
        }
        Some(path) => {
            let known = archive.text(&path)?.unwrap_or_default();
            let with = xml::append(&known, &format!("{SHAPE_TYPE}{shapes}"))?;
            archive.put(&path, with);
            Ok(sheet)
        }
        None => {
            let name = format!("drawings/ticiBoxes{number}.vml");
            archive.put(&format!("xl/{name}"), new_boxes(number, &shapes));
            archive.relate(path, "rIdTiciBoxes", "vmlDrawing", &format!("/xl/{name}"))?;
            let kind = "application/vnd.openxmlformats-officedocument.vmlDrawing";
            archive.declare_ending("vml", kind)?;
            let prefix = xml::prefix(&sheet);
            let link =
                format!("<{prefix}legacyDrawing xmlns:r=\"{OFFICE}\" r:id=\"rIdTiciBoxes\"/>");
            xml::insert_child(&sheet, &link, "legacyDrawing")
        }
    }
}

type ByCell<'m> = BTreeMap<(u32, u32), (&'m str, Vec<String>)>;

fn comments(prefix: &str, by_cell: &ByCell<'_>, author: usize) -> String {
    let p = prefix;
    let one = |(cell, texts): &(&str, Vec<String>)| {
        let text: String = texts.join("\n").chars().take(TEXT_CHARS_MAX).collect();
        let text = xml::escape(&text);
        format!(
            "<{p}comment ref=\"{cell}\" authorId=\"{author}\"><{p}text><{p}r>\
             <{p}t xml:space=\"preserve\">{text}</{p}t></{p}r></{p}text></{p}comment>"
        )
    };
    by_cell.values().map(one).collect()
}

fn new_texts(by_cell: &ByCell<'_>, words: &Words) -> String {
    let author = xml::escape(&words.author);
    let list = comments("", by_cell, 0);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{MAIN}\">\
         <authors><author>{author}</author></authors><commentList>{list}</commentList></comments>"
    )
}

fn with_texts(known: &str, by_cell: &ByCell<'_>, words: &Words) -> Result<String, Box<Problem>> {
    let prefix = xml::prefix(known);
    let author = xml::count_in(known, "authors")?;
    let named = format!("<{prefix}author>{}</{prefix}author>", xml::escape(&words.author));
    let with = xml::append_into(known, "authors", &named)?.ok_or_else(super::archive::broken)?;
    let list = comments(&prefix, by_cell, author);
    xml::append_into(&with, "commentList", &list)?.ok_or_else(super::archive::broken)
}

const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_tTici\" coordsize=\"21600,21600\" \
    o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">\
    <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/>\
    </v:shapetype>";

fn new_boxes(number: usize, shapes: &str) -> String {
    format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\">\
         <o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout>{SHAPE_TYPE}{shapes}</xml>",
        900 + number
    )
}

/// The box of one comment, two columns wide, to the right of its cell.
fn shape(number: usize, index: usize, (row, column): (u32, u32)) -> String {
    let id = (900 + number) * 1_024 + index + 1;
    let (left, right) = (column + 1, column + 4);
    let (top, bottom) = (row.saturating_sub(1), row + 4);
    format!(
        "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_tTici\" \
         style=\"position:absolute;visibility:hidden\" fillcolor=\"#fff8e1\" o:insetmode=\"auto\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\
         <v:fill color2=\"#fff8e1\"/><v:path o:connecttype=\"none\"/><v:textbox/>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>\
         </x:ClientData></v:shape>"
    )
}
