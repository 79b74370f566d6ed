//! Finding the record that a cell means: project, firm or place.

use std::collections::HashMap;

use tici_domain::change::{Enterprise, Project};
use tici_domain::{Name, Place};
use tici_engine::Snapshot;

/// Index of the ledger's records by what files call them, with what the import adds.
#[derive(Default)]
pub struct Lookup {
    projects_by_code: HashMap<String, i64>,
    projects_by_name: HashMap<String, Vec<i64>>,
    enterprises: HashMap<String, i64>,
    places: HashMap<String, i64>,
    pub projects: HashMap<i64, Project>,
    pub firms: HashMap<i64, Enterprise>,
}

/// A name as it is compared: no blanks, no case, full-width folded.
pub fn fold(text: &str) -> String {
    let folded = text.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '（' => '(',
        '）' => ')',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    });
    folded.flat_map(char::to_lowercase).collect()
}

impl Lookup {
    pub fn new(snapshot: &Snapshot) -> Lookup {
        let mut lookup = Lookup::default();
        for place in snapshot.places.values() {
            lookup.add_place(place);
        }
        for firm in snapshot.enterprises.values() {
            lookup.add_enterprise(firm);
        }
        for entry in snapshot.projects.iter() {
            lookup.add_project(&entry.project);
        }
        lookup
    }

    pub fn add_place(&mut self, place: &Place) {
        self.places.insert(fold(&place.code.code), place.id);
        for name in names(&place.name).chain(names(&place.short)) {
            self.places.entry(fold(name)).or_insert(place.id);
        }
    }

    pub fn add_enterprise(&mut self, firm: &Enterprise) {
        for name in names(&firm.name).chain(names(&firm.short)).chain(firm.code.as_deref()) {
            self.enterprises.entry(fold(name)).or_insert(firm.id);
        }
        self.firms.insert(firm.id, firm.clone());
    }

    pub fn add_project(&mut self, project: &Project) {
        self.projects_by_code.insert(fold(&project.code), project.id);
        if let Some(code) = &project.national_code {
            self.projects_by_code.insert(fold(code), project.id);
        }
        for name in names(&project.name).chain(project.aliases.iter().map(String::as_str)) {
            let ids = self.projects_by_name.entry(fold(name)).or_default();
            if !ids.contains(&project.id) {
                ids.push(project.id);
            }
        }
        self.projects.insert(project.id, project.clone());
    }

    pub fn place(&self, text: &str) -> Option<i64> {
        self.places.get(&fold(text)).copied()
    }

    pub fn enterprise(&self, text: &str) -> Option<i64> {
        self.enterprises.get(&fold(text)).copied()
    }

    pub fn project_by_code(&self, code: &str) -> Option<i64> {
        self.projects_by_code.get(&fold(code)).copied()
    }

    /// Projects of exactly this name. A list may write the firm before the name, or leave
    /// it out: both are tried.
    pub fn projects_by_name(&self, name: &str, firm: Option<&Enterprise>) -> Vec<i64> {
        let mut found = self.projects_by_name.get(&fold(name)).cloned().unwrap_or_default();
        if let Some(firm) = firm.filter(|_| found.is_empty()) {
            let with_firm = format!("{}{}", firm.short.text, name);
            found = self.projects_by_name.get(&fold(&with_firm)).cloned().unwrap_or_default();
        }
        found
    }

    /// The project most like `name`: one of the same firm from 0.3, any from 0.75.
    pub fn nearest(&self, name: &str, firm: Option<i64>) -> Option<&Project> {
        let scored = self.projects.values().filter_map(|project| {
            let score = super::similarity(name, &project.name.text);
            let same_firm = firm.is_some() && project.enterprise == firm;
            let floor = if same_firm { 0.3 } else { 0.75 };
            (score >= floor).then_some((score, project))
        });
        // The lower id wins a tie, so that the answer does not depend on hashing.
        scored
            .max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.id.cmp(&x.id)))
            .map(|(_, project)| project)
    }
}

fn names(name: &Name) -> impl Iterator<Item = &str> {
    let all = [Some(name.text.as_str()), name.hant.as_deref(), name.en.as_deref()];
    all.into_iter().flatten().filter(|name| !name.is_empty())
}
