//! Projects with their lists, stage claims and milestones, in chunks shared between
//! snapshots.

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use tici_domain::change::{ListMembership, Milestone, Project, StageClaim, StageVerdict, Verdict};
use tici_domain::{ListTier, Stage};

use super::bytes::{In, Out};
use super::project_bytes::{read_entry, write_entry};

/// As many as of any subject, so that a project's figures lie in the chunk of its number.
const PROJECTS_PER_CHUNK: i64 = super::keyed::SUBJECTS_PER_CHUNK;

/// A current claim and what has been said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimState {
    pub claim: StageClaim,
    pub entry: i64,
    /// The last verdict and its entry; `None` is pending.
    pub verdict: Option<(Verdict, i64)>,
}

impl ClaimState {
    pub fn is_verified(&self) -> bool {
        matches!(self.verdict, Some((Verdict::Verified, _)))
    }

    /// Neither rejected nor reversed.
    pub fn stands(&self) -> bool {
        matches!(self.verdict, None | Some((Verdict::Verified, _)))
    }
}

/// One project and the small lists that hang on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectEntry {
    pub project: Project,
    /// Entry that last wrote the project's own row.
    pub entry: i64,
    pub lists: Vec<(ListMembership, i64)>,
    pub claims: Vec<ClaimState>,
    pub milestones: Vec<(Milestone, i64)>,
    /// `project.name` in lower case with its aliases, firm excluded: what search looks in.
    pub search: String,
}

impl ProjectEntry {
    /// The highest tier it is listed in for `year` on the day `on`.
    pub fn tier(&self, year: i64, on: Date) -> Option<ListTier> {
        let listed = self.lists.iter().filter(|(row, _)| {
            row.year == year && row.from <= on && row.until.is_none_or(|until| on < until)
        });
        listed.map(|(row, _)| row.tier).min()
    }

    /// The claim of a stage, whatever was said of it.
    pub fn claim(&self, stage: Stage) -> Option<&ClaimState> {
        self.claims.iter().find(|state| state.claim.stage == stage)
    }

    pub fn milestone(&self, key: &str) -> Option<&Milestone> {
        self.milestones.iter().map(|(row, _)| row).find(|row| row.key == key)
    }
}

/// Projects of neighbouring ids; `None` where there is none of that id.
pub(super) type Chunk = Vec<Option<Arc<ProjectEntry>>>;

/// All projects by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Projects {
    chunks: Vec<Arc<Chunk>>,
    /// The last entry that wrote into each chunk.
    last_entries: Vec<i64>,
    /// Project of each claim, indexed by claim id, so that a verdict finds its project.
    claim_project: Vec<Arc<Vec<i64>>>,
    len: usize,
    /// Chunks written since the last [`Projects::settle`]; empty between.
    dirty: Vec<usize>,
}

impl Projects {
    pub fn get(&self, id: i64) -> Option<&Arc<ProjectEntry>> {
        let chunk = self.chunks.get(usize::try_from(id / PROJECTS_PER_CHUNK).ok()?)?;
        chunk.get((id % PROJECTS_PER_CHUNK) as usize)?.as_ref()
    }

    /// All projects in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<ProjectEntry>> {
        self.chunks.iter().flat_map(|chunk| chunk.iter().flatten())
    }

    /// Chunks of projects, for work in parallel with a fixed order.
    pub fn chunks(&self) -> &[Arc<Vec<Option<Arc<ProjectEntry>>>>] {
        &self.chunks
    }

    /// The last entry that wrote into a chunk: two snapshots of one journal that agree in
    /// it have the same chunk.
    pub fn last_entry(&self, index: usize) -> Option<i64> {
        self.last_entries.get(index).copied()
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn write_chunk(&self, index: usize, out: &mut Out) {
        let Some(chunk) = self.chunks.get(index) else { return };
        out.list(chunk, |out, entry| out.opt(entry.as_ref(), |out, entry| write_entry(out, entry)));
    }

    pub(super) fn read_chunk(read: &mut In<'_>) -> Option<Chunk> {
        read.list(|read| read.opt(|read| read_entry(read).map(Arc::new)))
    }

    pub(super) fn put_chunk(&mut self, index: usize, chunk: Chunk) {
        self.reach(index);
        self.last_entries[index] =
            chunk.iter().flatten().map(|entry| last_entry(entry)).max().unwrap_or(0);
        for entry in chunk.iter().flatten() {
            self.len += 1;
            for state in &entry.claims {
                self.remember_claim(state.claim.id, entry.project.id);
            }
        }
        self.chunks[index] = Arc::new(chunk);
    }

    pub(super) fn put(&mut self, entry: i64, row: &Project) {
        let search = search_text(row);
        if let Some(existing) = self.entry_mut(row.id, entry) {
            existing.project = row.clone();
            existing.entry = entry;
            existing.search = search;
            return;
        }
        let fresh = ProjectEntry {
            project: row.clone(),
            entry,
            lists: Vec::new(),
            claims: Vec::new(),
            milestones: Vec::new(),
            search,
        };
        let index = (row.id / PROJECTS_PER_CHUNK) as usize;
        self.reach(index);
        let chunk = Arc::make_mut(&mut self.chunks[index]);
        let place = (row.id % PROJECTS_PER_CHUNK) as usize;
        if place >= chunk.len() {
            chunk.resize(place + 1, None);
        }
        chunk[place] = Some(Arc::new(fresh));
        self.len += 1;
        self.touch(index, entry);
    }

    fn reach(&mut self, index: usize) {
        if index >= self.chunks.len() {
            self.chunks.resize_with(index + 1, Arc::default);
            self.last_entries.resize(index + 1, 0);
        }
    }

    fn touch(&mut self, chunk: usize, entry: i64) {
        self.last_entries[chunk] = self.last_entries[chunk].max(entry);
        if self.dirty.last() != Some(&chunk) {
            self.dirty.push(chunk);
        }
    }

    pub(super) fn list(&mut self, entry: i64, row: &ListMembership) {
        let Some(project) = self.entry_mut(row.project, entry) else { return };
        let same =
            |(old, _): &&mut (ListMembership, i64)| old.tier == row.tier && old.year == row.year;
        match project.lists.iter_mut().find(same) {
            Some(old) => *old = (row.clone(), entry),
            None => project.lists.push((row.clone(), entry)),
        }
    }

    pub(super) fn claim(&mut self, entry: i64, row: &StageClaim) {
        let Some(project) = self.entry_mut(row.project, entry) else { return };
        let state = ClaimState { claim: row.clone(), entry, verdict: None };
        match project.claims.iter_mut().find(|old| old.claim.stage == row.stage) {
            Some(old) => {
                let replaced = std::mem::replace(old, state).claim.id;
                self.remember_claim(replaced, 0);
            }
            None => project.claims.push(state),
        }
        self.remember_claim(row.id, row.project);
    }

    pub(super) fn verdict(&mut self, entry: i64, row: &StageVerdict) {
        let Some(project) = self.project_of_claim(row.claim) else { return };
        let Some(project) = self.entry_mut(project, entry) else { return };
        // A verdict on a claim that has been replaced since changes nothing current.
        if let Some(state) = project.claims.iter_mut().find(|state| state.claim.id == row.claim) {
            state.verdict = Some((row.verdict, entry));
        }
    }

    pub(super) fn milestone(&mut self, entry: i64, row: &Milestone) {
        let Some(project) = self.entry_mut(row.project, entry) else { return };
        match project.milestones.iter_mut().find(|(old, _)| old.key == row.key) {
            Some(old) => *old = (row.clone(), entry),
            None => project.milestones.push((row.clone(), entry)),
        }
    }

    /// The projects with what entries before `seq` said of them. Rows of their own that were
    /// written since stay, to be put back as they were or taken out; call
    /// [`Projects::tighten`] after that.
    pub(super) fn before(&self, seq: i64) -> Projects {
        let before = |(chunk, last): (&Arc<Chunk>, &i64)| match *last >= seq {
            true => {
                let entry = |entry: &Option<Arc<ProjectEntry>>| {
                    entry.as_ref().map(|entry| match last_entry(entry) >= seq {
                        true => Arc::new(entry_before(entry, seq)),
                        false => entry.clone(),
                    })
                };
                Arc::new(chunk.iter().map(entry).collect())
            }
            false => chunk.clone(),
        };
        let chunks = self.chunks.par_iter().zip(&self.last_entries).map(before).collect();
        let mut projects = Projects { chunks, ..self.clone() };
        for entry in self.chunks.iter().flat_map(|chunk| chunk.iter().flatten()) {
            let since = entry.claims.iter().filter(|state| state.entry >= seq);
            since.for_each(|state| projects.remember_claim(state.claim.id, 0));
        }
        projects
    }

    /// Claims written before `seq` whose last verdict was not.
    pub(super) fn judged_since(&self, seq: i64) -> Vec<i64> {
        let chunks = self.chunks.iter().zip(&self.last_entries);
        let changed = chunks.filter(|(_, last)| **last >= seq);
        let claims = changed.flat_map(|(chunk, _)| chunk.iter().flatten());
        let claims = claims.flat_map(|entry| &entry.claims).filter(|state| {
            state.entry < seq && state.verdict.is_some_and(|(_, entry)| entry >= seq)
        });
        claims.map(|state| state.claim.id).collect()
    }

    pub(super) fn remove(&mut self, id: i64) {
        let index = (id / PROJECTS_PER_CHUNK) as usize;
        let place = (id % PROJECTS_PER_CHUNK) as usize;
        let known = self.chunks.get(index).and_then(|chunk| chunk.get(place)?.as_ref());
        if known.is_some() {
            Arc::make_mut(&mut self.chunks[index])[place] = None;
            self.len -= 1;
        }
    }

    /// Leaves nothing of projects and claims that are no more.
    pub(super) fn tighten(&mut self) {
        for (chunk, last) in self.chunks.iter_mut().zip(&mut self.last_entries) {
            let used = chunk.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
            if used < chunk.len() {
                Arc::make_mut(chunk).truncate(used);
            }
            *last = chunk.iter().flatten().map(|entry| last_entry(entry)).max().unwrap_or(0);
        }
        let used = self.chunks.iter().rposition(|chunk| !chunk.is_empty());
        self.chunks.truncate(used.map_or(0, |last| last + 1));
        self.last_entries.truncate(self.chunks.len());
        let used = self.claim_project.iter().rposition(|chunk| chunk.iter().any(|id| *id != 0));
        self.claim_project.truncate(used.map_or(0, |last| last + 1));
    }

    /// Orders the small lists, so that two snapshots of one ledger are equal however
    /// they were made.
    pub(super) fn settle(&mut self) {
        let mut dirty = std::mem::take(&mut self.dirty);
        dirty.sort_unstable();
        dirty.dedup();
        for index in dirty {
            for entry in Arc::make_mut(&mut self.chunks[index]).iter_mut().flatten() {
                if !is_settled(entry) {
                    settle_entry(Arc::make_mut(entry));
                }
            }
        }
    }

    fn entry_mut(&mut self, id: i64, entry: i64) -> Option<&mut ProjectEntry> {
        let index = usize::try_from(id / PROJECTS_PER_CHUNK).ok()?;
        let place = (id % PROJECTS_PER_CHUNK) as usize;
        self.chunks.get(index)?.get(place)?.as_ref()?;
        self.touch(index, entry);
        Arc::make_mut(&mut self.chunks[index])[place].as_mut().map(Arc::make_mut)
    }

    fn remember_claim(&mut self, claim: i64, project: i64) {
        let index = (claim / PROJECTS_PER_CHUNK) as usize;
        if index >= self.claim_project.len() {
            let empty = || Arc::new(vec![0; PROJECTS_PER_CHUNK as usize]);
            self.claim_project.resize_with(index + 1, empty);
        }
        let place = (claim % PROJECTS_PER_CHUNK) as usize;
        Arc::make_mut(&mut self.claim_project[index])[place] = project;
    }

    /// A number no smaller than that of any current claim.
    pub fn last_claim(&self) -> i64 {
        self.claim_project.len() as i64 * PROJECTS_PER_CHUNK
    }

    /// The project a claim belongs to.
    pub fn project_of_claim(&self, claim: i64) -> Option<i64> {
        let chunk = self.claim_project.get(usize::try_from(claim / PROJECTS_PER_CHUNK).ok()?)?;
        let project = *chunk.get((claim % PROJECTS_PER_CHUNK) as usize)?;
        (project != 0).then_some(project)
    }
}

/// The last entry that wrote anything of a project: whatever replaced a row of it was
/// written later.
fn last_entry(entry: &ProjectEntry) -> i64 {
    let lists = entry.lists.iter().map(|(_, entry)| *entry);
    let milestones = entry.milestones.iter().map(|(_, entry)| *entry);
    let claims = entry.claims.iter().map(|state| state.entry);
    let verdicts = entry.claims.iter().filter_map(|state| state.verdict.map(|(_, entry)| entry));
    let all = lists.chain(milestones).chain(claims).chain(verdicts);
    all.max().map_or(entry.entry, |last| last.max(entry.entry))
}

/// A project without what was written since `seq`, but for its own row.
fn entry_before(of: &ProjectEntry, seq: i64) -> ProjectEntry {
    let claim = |state: &ClaimState| ClaimState {
        verdict: state.verdict.filter(|(_, entry)| *entry < seq),
        ..state.clone()
    };
    let claims = of.claims.iter().filter(|state| state.entry < seq);
    ProjectEntry {
        project: of.project.clone(),
        entry: of.entry,
        lists: of.lists.iter().filter(|(_, entry)| *entry < seq).cloned().collect(),
        claims: claims.map(claim).collect(),
        milestones: of.milestones.iter().filter(|(_, entry)| *entry < seq).cloned().collect(),
        search: of.search.clone(),
    }
}

fn is_settled(entry: &ProjectEntry) -> bool {
    entry.claims.is_sorted_by_key(|state| state.claim.stage)
        && entry.milestones.is_sorted_by(|(a, _), (b, _)| a.key <= b.key)
        && entry.lists.is_sorted_by_key(|(row, _)| (row.year, row.tier))
}

fn settle_entry(entry: &mut ProjectEntry) {
    entry.claims.sort_by_key(|state| state.claim.stage);
    entry.milestones.sort_by(|(a, _), (b, _)| a.key.cmp(&b.key));
    entry.lists.sort_by_key(|(row, _)| (row.year, row.tier));
}

pub(super) fn search_text(row: &Project) -> String {
    let mut parts = vec![row.code.clone(), row.name.text.clone()];
    parts.extend(row.name.hant.clone());
    parts.extend(row.name.en.clone());
    parts.extend(row.national_code.clone());
    parts.extend(row.aliases.iter().cloned());
    parts.join("\n").to_lowercase()
}
