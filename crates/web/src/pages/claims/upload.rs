//! A form that brings files along: its fields, and each file with what it shows.

use axum::extract::Multipart;
use tici_domain::Problem;
use tici_ops::claim_stage::EvidenceFile;

use crate::{Failure, Fields};

/// A form of claims, re-checks and stops as it was sent.
#[derive(Default)]
pub struct Upload {
    pub fields: Fields,
    /// Ending of the file field's name (`""`, `2`, `3`), file name, media type, bytes.
    files: Vec<(String, String, String, Vec<u8>)>,
}

impl Upload {
    /// Reads the whole form; a field without a chosen file counts as none.
    pub async fn read(mut multipart: Multipart, bytes_max: usize) -> Result<Upload, Failure> {
        let mut form = Upload::default();
        let too_large = |_| Failure::TooLarge(bytes_max);
        while let Some(field) = multipart.next_field().await.map_err(too_large)? {
            let name = field.name().unwrap_or_default().to_owned();
            if let Some(ending) = name.strip_prefix("files") {
                let file = field.file_name().unwrap_or_default().to_owned();
                let media_type = field.content_type().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(too_large)?.to_vec();
                if !file.is_empty() && !bytes.is_empty() {
                    form.files.push((ending.to_owned(), file, media_type, bytes));
                }
                continue;
            }
            let text = field.text().await.map_err(too_large)?;
            form.fields.0.push((name, text));
        }
        Ok(form)
    }

    /// The files, each of the kind chosen beside its field, or of `kind` where the form has
    /// no choice.
    pub fn evidence(&mut self, kind: &str) -> Result<Vec<EvidenceFile>, Box<Problem>> {
        let texts = self.fields.0.iter().map(|(_, text)| text);
        let names = self.files.iter().flat_map(|(_, file, media_type, _)| [file, media_type]);
        if texts.chain(names).any(|text| text.contains('\0')) {
            return Err(Box::new(Problem::error("text-has-nul")));
        }
        let files = std::mem::take(&mut self.files).into_iter();
        let files = files.map(|(ending, file, media_type, bytes)| {
            let chosen = self.fields.get(&format!("kind{ending}"));
            let kind = if chosen.is_empty() { kind } else { chosen };
            EvidenceFile { kind: kind.to_owned(), file, media_type, bytes }
        });
        Ok(files.collect())
    }
}
