//! Which projects of the ledger have names near a given one.

use std::collections::{BTreeSet, HashMap};

use tici_domain::change::Project;
use tici_engine::Snapshot;
pub use tici_engine::pairs::names::similarity;
use tici_engine::pairs::names::{pairs, plain};

/// Finds the few projects whose names can be alike, so that a long list without codes is
/// not compared name by name with a long ledger. Made when it is first asked.
#[derive(Default)]
pub(super) struct NearIndex {
    filled: bool,
    by_firm: HashMap<i64, Vec<i64>>,
    by_pair: HashMap<(char, char), Vec<i64>>,
    /// Names without a pair, as they are compared.
    by_plain: HashMap<Vec<char>, Vec<i64>>,
}

impl NearIndex {
    /// Takes in the ledger's projects, but for those in `others`, and those.
    pub fn fill(&mut self, snapshot: &Snapshot, others: &HashMap<i64, Project>) {
        if std::mem::replace(&mut self.filled, true) {
            return;
        }
        let kept = snapshot.projects.iter().map(|entry| &entry.project);
        kept.filter(|project| !others.contains_key(&project.id)).for_each(|row| self.add(row));
        others.values().for_each(|project| self.add(project));
    }

    /// Takes in one more. What a project was called before may stay: a candidate is
    /// compared by its name of now.
    pub fn add(&mut self, project: &Project) {
        if !self.filled {
            return;
        }
        if let Some(firm) = project.enterprise {
            self.by_firm.entry(firm).or_default().push(project.id);
        }
        let plain = plain(&project.name.text);
        let pairs = pairs(&plain);
        for pair in pairs.keys() {
            self.by_pair.entry(*pair).or_default().push(project.id);
        }
        if pairs.is_empty() {
            self.by_plain.entry(plain).or_default().push(project.id);
        }
    }

    /// Every project of `firm`, and every one whose name can be as alike as `floor`.
    pub fn candidates(&self, name: &str, firm: Option<i64>, floor: f64) -> BTreeSet<i64> {
        let plain = plain(name);
        let pairs = pairs(&plain);
        let own = firm.and_then(|firm| self.by_firm.get(&firm));
        let equal = self.by_plain.get(&plain);
        let mut found: BTreeSet<i64> = own.into_iter().chain(equal).flatten().copied().collect();
        // Of n pairs, shared s, and m of the other name: 2 s / (n + m) >= floor and m >= s
        // give s >= floor n / (2 - floor). Whoever shares so many has one of any n - s + 1.
        let count: usize = pairs.values().sum();
        let least = (floor * count as f64 / (2.0 - floor)).ceil() as usize;
        let mut lists: Vec<(&[i64], usize)> = pairs
            .iter()
            .map(|(pair, n)| (self.by_pair.get(pair).map_or(&[][..], Vec::as_slice), *n))
            .collect();
        lists.sort_by_key(|(projects, _)| projects.len());
        let mut looked_at = 0;
        for (projects, n) in lists {
            if looked_at > count.saturating_sub(least) {
                break;
            }
            looked_at += n;
            found.extend(projects);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{NearIndex, similarity};
    use std::collections::HashMap;
    use tici_domain::Name;
    use tici_engine::Snapshot;

    #[test]
    fn no_near_name_is_missed() {
        let names = [
            "水处理设备",
            "水处理成套装备",
            "水处理设备二期",
            "绿氢制储示范",
            "绿氢制储示范项目",
            "甲",
            "乙",
            "——",
            "Polar Research Vessel",
            "Polar Research Ship",
            "aaaa",
            "aaab",
            "aa",
            "江临县第1号产业项目",
            "江临县第11号产业项目",
            "江临县第21号产业园项目",
        ];
        let project = |(id, name): (usize, &&str)| {
            let row = crate::import::find::blank(id as i64, String::new(), Name::new(*name));
            (id as i64, row)
        };
        let projects: HashMap<i64, _> = names.iter().enumerate().map(project).collect();
        let mut index = NearIndex::default();
        index.fill(&Snapshot::default(), &projects);
        for name in names {
            for floor in [0.3, 0.5, 0.75, 1.0] {
                let found = index.candidates(name, None, floor);
                let alike = |other: &&str| similarity(name, other) >= floor;
                let missed: Vec<&&str> = names
                    .iter()
                    .enumerate()
                    .filter(|(id, other)| alike(other) && !found.contains(&(*id as i64)))
                    .map(|(_, other)| other)
                    .collect();
                assert_eq!(missed, Vec::<&&str>::new(), "{name} at {floor}");
            }
        }
    }

    #[test]
    fn alike_names_score_high_and_others_low() {
        let check = |a, b, low: f64, high: f64| {
            let value = similarity(a, b);
            assert!((low..=high).contains(&value), "{a} / {b}: {value}");
        };
        check("水处理设备", "水处理成套装备", 0.39, 0.41);
        check("水处理设备", "水处理设备", 1.0, 1.0);
        check("Polar Research Vessel", "polar research-vessel", 1.0, 1.0);
        check("绿氢制储示范", "桥梁钢结构基地", 0.0, 0.0);
        check("甲", "乙", 0.0, 0.0);
    }
}
