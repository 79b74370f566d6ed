//! The zip of the workbook: parts as they were, but for those replaced or added.

use super::xml;
use crate::limits::{UNPACKED_BYTES_MAX, ZIP_PARTS_MAX};
use crate::sheet::workbook_parts;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use tici_domain::Problem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    bytes: &'b [u8],
    /// Parts with new content, by name; those not in the file are added at its end.
    changed: BTreeMap<String, Vec<u8>>,
}

/// Where the parts of a workbook are.
pub struct Book {
    pub path: String,
    /// Names of sheets and the parts they are in.
    pub sheets: Vec<(String, String)>,
    pub styles: Option<String>,
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

impl<'b> Archive<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Archive<'b>, Box<Problem>> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        if zip.len() > ZIP_PARTS_MAX {
            return Err(broken());
        }
        let mut names = Vec::new();
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(|_| broken())?;
            names.push(part.name().map_err(|_| broken())?.into_owned());
        }
        Ok(Archive { zip, names, bytes, changed: BTreeMap::new() })
    }

    /// The workbook and its sheets. The limits on what a file unpacks to are tested here.
    pub fn book(&mut self) -> Result<Book, Box<Problem>> {
        let (path, sheets) = workbook_parts(self.bytes)?;
        let related = self.related(&path)?;
        let styles = related.into_iter().find(|part| part.kind == "styles").map(|part| part.path);
        Ok(Book { path, sheets, styles })
    }

    /// A part as text; `None` when there is none.
    pub fn text(&mut self, path: &str) -> Result<Option<String>, Box<Problem>> {
        if let Some(content) = self.changed.get(path) {
            return Ok(String::from_utf8(content.clone()).ok());
        }
        let Some(index) = self.index(path) else { return Ok(None) };
        let mut content = Vec::new();
        let part = self.zip.by_index(index).map_err(|_| broken())?;
        part.take(UNPACKED_BYTES_MAX as u64).read_to_end(&mut content).map_err(|_| broken())?;
        String::from_utf8(content).map(Some).map_err(|_| broken())
    }

    fn index(&self, path: &str) -> Option<usize> {
        self.names.iter().position(|name| name.eq_ignore_ascii_case(path))
    }

    pub fn has(&self, path: &str) -> bool {
        self.index(path).is_some() || self.changed.contains_key(path)
    }

    pub fn put(&mut self, path: &str, content: String) {
        let known = self.index(path).map(|index| self.names[index].clone());
        self.changed.insert(known.unwrap_or_else(|| path.into()), content.into_bytes());
    }

    /// The parts a part refers to.
    pub fn related(&mut self, path: &str) -> Result<Vec<Related>, Box<Problem>> {
        let text = self.text(&rels_of(path))?.unwrap_or_default();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Ok(xml::relations(&text)
            .into_iter()
            .map(|(id, kind, target)| Related { id, kind, path: resolve(folder, &target) })
            .collect())
    }

    /// Lets a part refer to another; `target` is relative to it.
    pub fn relate(
        &mut self,
        path: &str,
        id: &str,
        kind: &str,
        target: &str,
    ) -> Result<(), Box<Problem>> {
        const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
            <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
            </Relationships>";
        let rels = rels_of(path);
        let text = self.text(&rels)?.unwrap_or_else(|| EMPTY.into());
        let prefix = xml::prefix(&text);
        let added = format!(
            "<{prefix}Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>"
        );
        let text = xml::append(&text, &added)?;
        self.put(&rels, text);
        Ok(())
    }

    /// Says what kind of part a new one is.
    pub fn declare(&mut self, part: &str, kind: &str) -> Result<(), Box<Problem>> {
        let text = self.text("[Content_Types].xml")?.ok_or_else(broken)?;
        let prefix = xml::prefix(&text);
        let added = format!(
            "<{prefix}Override PartName=\"{part}\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.{kind}\"/>"
        );
        let text = xml::append(&text, &added)?;
        self.put("[Content_Types].xml", text);
        Ok(())
    }

    /// Says what files with an ending are, unless it is said already.
    pub fn declare_ending(&mut self, ending: &str, kind: &str) -> Result<(), Box<Problem>> {
        let text = self.text("[Content_Types].xml")?.ok_or_else(broken)?;
        if text.to_ascii_lowercase().contains(&format!("extension=\"{ending}\"")) {
            return Ok(());
        }
        let prefix = xml::prefix(&text);
        let added = format!("<{prefix}Default Extension=\"{ending}\" ContentType=\"{kind}\"/>");
        let text = xml::prepend(&text, &added)?;
        self.put("[Content_Types].xml", text);
        Ok(())
    }

    /// The zip with its changes; what did not change is copied packed as it is.
    pub fn finish(mut self) -> Result<Vec<u8>, Box<Problem>> {
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len() + 65_536)));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for index in 0..self.zip.len() {
            match self.changed.remove(&self.names[index]) {
                Some(content) => {
                    out.start_file(self.names[index].as_str(), options).map_err(|_| broken())?;
                    out.write_all(&content).map_err(|_| broken())?;
                }
                None => {
                    let part = self.zip.by_index_raw(index).map_err(|_| broken())?;
                    out.raw_copy_file(part).map_err(|_| broken())?;
                }
            }
        }
        for (name, content) in self.changed {
            out.start_file(name.as_str(), options).map_err(|_| broken())?;
            out.write_all(&content).map_err(|_| broken())?;
        }
        Ok(out.finish().map_err(|_| broken())?.into_inner())
    }
}

/// A part another one refers to.
pub struct Related {
    pub id: String,
    /// The last word of its type: `styles`, `comments`.
    pub kind: String,
    pub path: String,
}

fn rels_of(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{path}.rels"),
    }
}

/// `../comments1.xml` as seen from `xl/worksheets`.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_string();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

pub fn broken() -> Box<Problem> {
    Box::new(Problem::error("file-broken").arg("detail", "zip"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_resolved() {
        let cases = [
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("", "../../a.xml", "a.xml"),
        ];
        for (folder, target, path) in cases {
            assert_eq!(resolve(folder, target), path);
        }
    }
}
