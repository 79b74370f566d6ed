//! The zip around a workbook: unpacked once, within bounds, before any workbook reader
//! sees it. What a zip says about its own sizes is believed for refusing early and for
//! nothing else.

use super::over;
use crate::limits::{
    FILE_BYTES_MAX, RATIO_FREE_BYTES, UNPACKED_BYTES_MAX, UNPACKED_RATIO_MAX, ZIP_PARTS_MAX,
};
use std::io::{Cursor, Read, Write};
use tici_domain::Problem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What the parts add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Xlsx,
    Xlsb,
    Ods,
    Other,
}

/// The XML parts of a zipped workbook; pictures, charts and macros are left behind.
pub struct Parts {
    pub kind: Kind,
    parts: Vec<(String, Vec<u8>)>,
}

pub fn unpack(bytes: &[u8]) -> Result<Parts, Box<Problem>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > ZIP_PARTS_MAX {
        return over("file-too-many-parts", "parts", archive.len(), ZIP_PARTS_MAX);
    }
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let kind = kind_of(&names);
    if matches!(kind, Kind::Xlsb | Kind::Other) {
        return Ok(Parts { kind, parts: Vec::new() });
    }
    let limit = UNPACKED_BYTES_MAX.min(RATIO_FREE_BYTES.max(bytes.len() * UNPACKED_RATIO_MAX));
    let mut left = limit;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = match archive.by_index(index) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(_)) => {
                return Err(Box::new(Problem::error("file-password")));
            }
            Err(_) => return Err(broken()),
        };
        let name = part.name().map_err(|_| broken())?.replace('\\', "/");
        if !is_wanted(&name) {
            continue;
        }
        if part.size() > left as u64 {
            return over("file-unpacks-too-large", "bytes", part.size() as usize, limit);
        }
        let content = read_part(&mut part, left, limit)?;
        left -= content.len();
        parts.push((name, content));
    }
    Ok(Parts { kind, parts })
}

fn read_part(part: &mut impl Read, left: usize, limit: usize) -> Result<Vec<u8>, Box<Problem>> {
    let mut content = Vec::new();
    part.take(left as u64 + 1).read_to_end(&mut content).map_err(|_| broken())?;
    if content.len() > left {
        return over("file-unpacks-too-large", "bytes", content.len(), limit);
    }
    Ok(content)
}

fn kind_of(names: &[String]) -> Kind {
    let has = |end: &str| names.iter().any(|name| name.to_ascii_lowercase().ends_with(end));
    if has("workbook.xml") || has("[content_types].xml") && has("sheet1.xml") {
        Kind::Xlsx
    } else if has("workbook.bin") {
        Kind::Xlsb
    } else if names.iter().any(|name| name == "content.xml") {
        Kind::Ods
    } else {
        Kind::Other
    }
}

fn is_wanted(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_xml = lower.ends_with(".xml") || lower.ends_with(".rels");
    let is_decoration = ["/drawings/", "/charts/", "/externallinks/", "/comments", "/pivot"]
        .iter()
        .any(|part| lower.contains(part));
    is_xml && !is_decoration
}

fn broken() -> Box<Problem> {
    Box::new(Problem::error("file-broken").arg("detail", "zip"))
}

impl Parts {
    /// A part by name, however its letters are cased.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        let wanted = name.trim_start_matches('/');
        let mut parts = self.parts.iter();
        let found =
            parts.find(|(part, _)| part.trim_start_matches('/').eq_ignore_ascii_case(wanted));
        found.map(|(_, content)| content.as_slice())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.parts.iter().map(|(name, content)| (name.as_str(), content.as_slice()))
    }

    /// The same parts as a zip without compression, which a workbook reader reads at the
    /// speed of memory and which cannot grow.
    pub fn into_stored_zip(self) -> Result<Vec<u8>, Box<Problem>> {
        let size = self.parts.iter().map(|(name, part)| name.len() * 2 + part.len() + 200).sum();
        debug_assert!(size <= UNPACKED_BYTES_MAX + FILE_BYTES_MAX);
        let mut zip = StoredZip::new(size);
        self.parts.into_iter().try_for_each(|(name, part)| zip.add(&name, &part))?;
        zip.finish()
    }

    /// As [`Parts::into_stored_zip`], with other content in some parts.
    pub fn stored_zip_with<'a>(
        &'a self,
        other: impl Fn(&[u8]) -> Option<&'a [u8]>,
    ) -> Result<Vec<u8>, Box<Problem>> {
        let mut zip = StoredZip::new(0);
        for (name, part) in &self.parts {
            zip.add(name, other(part).unwrap_or(part))?;
        }
        zip.finish()
    }
}

/// A zip without compression being written.
struct StoredZip(ZipWriter<Cursor<Vec<u8>>>);

impl StoredZip {
    fn new(size: usize) -> StoredZip {
        StoredZip(ZipWriter::new(Cursor::new(Vec::with_capacity(size))))
    }

    fn add(&mut self, name: &str, part: &[u8]) -> Result<(), Box<Problem>> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.0.start_file(name, options).map_err(|_| broken())?;
        self.0.write_all(part).map_err(|_| broken())
    }

    fn finish(self) -> Result<Vec<u8>, Box<Problem>> {
        Ok(self.0.finish().map_err(|_| broken())?.into_inner())
    }
}
