//! Finding the record that a cell means: project, firm or place.

use std::collections::HashMap;

use tici_domain::change::{Enterprise, Project};
use tici_domain::{Name, Place};
use tici_engine::Snapshot;

use super::near::NearIndex;

/// From how alike two names are pointed out, of one firm and of any.
const SAME_FIRM_FLOOR: f64 = 0.3;
const FLOOR: f64 = 0.75;

/// Index of the ledger's records by what files call them, with what the import adds.
pub struct Lookup<'a> {
    snapshot: &'a Snapshot,
    projects_by_code: HashMap<String, i64>,
    projects_by_name: HashMap<String, Vec<i64>>,
    enterprises: HashMap<String, i64>,
    places: HashMap<String, i64>,
    /// Projects and firms that the ledger has not, or not like this.
    projects: HashMap<i64, Project>,
    firms: HashMap<i64, Enterprise>,
    near: NearIndex,
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

impl<'a> Lookup<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Lookup<'a> {
        let mut lookup = Lookup {
            snapshot,
            projects_by_code: HashMap::new(),
            projects_by_name: HashMap::new(),
            enterprises: HashMap::new(),
            places: HashMap::new(),
            projects: HashMap::new(),
            firms: HashMap::new(),
            near: NearIndex::default(),
        };
        for place in snapshot.places.values() {
            lookup.add_place(place);
        }
        for firm in snapshot.enterprises.values() {
            lookup.index_firm(firm);
        }
        for entry in snapshot.projects.iter() {
            lookup.index_project(&entry.project);
        }
        lookup
    }

    /// A project as the ledger has it, or as this import has left it.
    pub fn project(&self, id: i64) -> Option<&Project> {
        let kept = || self.snapshot.projects.get(id).map(|entry| &entry.project);
        self.projects.get(&id).or_else(kept)
    }

    pub fn firm(&self, id: i64) -> Option<&Enterprise> {
        self.firms.get(&id).or_else(|| self.snapshot.enterprises.get(&id))
    }

    pub fn add_place(&mut self, place: &Place) {
        self.places.insert(fold(&place.code.code), place.id);
        for name in names(&place.name).chain(names(&place.short)) {
            self.places.entry(fold(name)).or_insert(place.id);
        }
    }

    pub fn add_enterprise(&mut self, firm: Enterprise) {
        self.index_firm(&firm);
        self.firms.insert(firm.id, firm);
    }

    fn index_firm(&mut self, firm: &Enterprise) {
        for name in names(&firm.name).chain(names(&firm.short)).chain(firm.code.as_deref()) {
            self.enterprises.entry(fold(name)).or_insert(firm.id);
        }
    }

    pub fn add_project(&mut self, project: Project) {
        self.index_project(&project);
        self.near.add(&project);
        self.projects.insert(project.id, project);
    }

    fn index_project(&mut self, project: &Project) {
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
    pub fn nearest(&mut self, name: &str, firm: Option<i64>) -> Option<&Project> {
        self.near.fill(self.snapshot, &self.projects);
        let candidates = self.near.candidates(name, firm, FLOOR);
        let scored = candidates.into_iter().filter_map(|id| {
            let project = self.project(id)?;
            let score = super::similarity(name, &project.name.text);
            let same_firm = firm.is_some() && project.enterprise == firm;
            let floor = if same_firm { SAME_FIRM_FLOOR } else { FLOOR };
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
