//! The parts of an uploaded form.

use axum::extract::{Multipart, multipart::Field};
use tici_domain::{Period, Problem};
use tici_ops::uploads::Choices;

use crate::Failure;

/// Characters of a file name that are kept.
const NAME_CHARS_MAX: usize = 200;

/// What came with the form.
#[derive(Debug, Default)]
pub struct Upload {
    pub csrf: String,
    pub file: String,
    pub bytes: Vec<u8>,
    pub period: String,
    pub map: Vec<u8>,
}

impl Upload {
    /// What the form decides already.
    pub fn choices(&self) -> Result<Choices, Failure> {
        let map = String::from_utf8_lossy(&self.map);
        let period = match self.period.as_str() {
            "" => None,
            code => Some(Period::parse(code).ok_or_else(|| Failure::bad(code))?.to_string()),
        };
        Ok(Choices {
            period,
            leave_out_bad_rows: true,
            map: (!map.trim().is_empty()).then(|| map.into_owned()),
            ..Choices::default()
        })
    }
}

/// Reads all parts; an empty or missing file is said as a problem.
pub async fn read(mut parts: Multipart, bytes_max: usize) -> Result<Upload, Failure> {
    let mut upload = Upload::default();
    let too_large = |_| Failure::TooLarge(bytes_max);
    while let Some(part) = parts.next_field().await.map_err(too_large)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            upload.file = file_name(&part);
        }
        let bytes = part.bytes().await.map_err(too_large)?;
        match name.as_str() {
            "csrf" => upload.csrf = text(&bytes),
            "period" => upload.period = text(&bytes),
            "map" => upload.map = bytes.to_vec(),
            "file" => upload.bytes = bytes.to_vec(),
            _ => {}
        }
    }
    if upload.bytes.is_empty() {
        return Err(Failure::Problems(vec![Problem::error("file-empty")]));
    }
    Ok(upload)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// The last part of the path that some browsers send, without control characters.
fn file_name(part: &Field<'_>) -> String {
    base_name(part.file_name().unwrap_or_default())
}

fn base_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX);
    let name: String = plain.collect();
    if name.trim().is_empty() { "upload".into() } else { name.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::base_name;

    #[test]
    fn names_lose_their_path() {
        let cases = [
            ("C:\\表\\6月.xlsx", "6月.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nb.csv", "ab.csv"),
            ("", "upload"),
            ("x/", "upload"),
        ];
        for (path, name) in cases {
            assert_eq!(base_name(path), name, "{path}");
        }
    }
}
