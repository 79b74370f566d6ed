//! Links: projects that were renamed between two lists, as a person confirmed them.

use crate::map::fold_header;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tici_domain::Problem;

/// One link as it stands in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Name in the file being read.
    pub old: String,
    /// Name the ledger keeps.
    pub new: String,
    /// Why they were proposed: `formerly`, `spelling`, `near`.
    #[serde(default)]
    pub reason: String,
    /// 0 to 100.
    #[serde(default)]
    pub confidence: u8,
    /// Set by a person. A link that nobody confirmed is not used.
    #[serde(default)]
    pub confirmed: bool,
}

/// Confirmed links, looked up by folded name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    by_name: BTreeMap<String, String>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    link: Vec<Link>,
}

impl Links {
    /// Reads a file of links; only confirmed ones are kept.
    pub fn parse(file: &str, text: &str) -> Result<Links, Vec<Problem>> {
        let read: File = super::parse::read_toml(file, text)?;
        Ok(Links::from_confirmed(&read.link))
    }

    pub fn from_confirmed(links: &[Link]) -> Links {
        let confirmed = links.iter().filter(|link| link.confirmed);
        let by_name = confirmed.map(|link| (fold_header(&link.old), link.new.clone())).collect();
        Links { by_name }
    }

    /// The file a person goes through, setting `confirmed` or deleting lines.
    pub fn write(links: &[Link]) -> String {
        let file = File { link: links.to_vec() };
        toml::to_string(&file).expect("links have only strings, numbers and truth values")
    }

    /// The name the ledger keeps for `name`, through at most a few renamings.
    pub fn follow<'a>(&'a self, name: &'a str) -> &'a str {
        let mut current = name;
        for _ in 0..8 {
            match self.by_name.get(&fold_header(current)) {
                Some(next) if next != current => current = next,
                _ => break,
            }
        }
        current
    }

    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    pub fn len(&self) -> usize {
        self.by_name.len()
    }
}
