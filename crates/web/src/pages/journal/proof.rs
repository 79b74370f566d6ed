//! A proof of inclusion, step by step (RFC 9162, section 2.1.3.2), worked here again so
//! that the page shows what it checked and not what it was told.

use serde_json::json;
use sha2::{Digest, Sha256};
use tici_ops::view_journal::EntryPage;

use crate::charts::{MerkleStep, Side};

type Hash = [u8; 32];

/// The way from a leaf to the root that it leads to.
pub struct Climb {
    pub steps: Vec<MerkleStep>,
    pub root: Hash,
    /// The path had exactly the length that a tree of this size needs.
    pub is_whole: bool,
}

/// Joins `leaf`, entry `index` of `size`, with each hash of `path` in turn.
pub fn climb(leaf: Hash, index: u64, size: u64, path: &[Hash]) -> Climb {
    let (mut node, mut last) = (index, size.saturating_sub(1));
    let mut root = leaf;
    let mut steps = Vec::with_capacity(path.len());
    let mut is_whole = index < size;
    for sibling in path {
        is_whole &= last > 0;
        let is_left = node & 1 == 1 || node == last;
        if is_left {
            root = join(sibling, &root);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            root = join(&root, sibling);
        }
        node >>= 1;
        last >>= 1;
        steps.push(MerkleStep {
            side: if is_left { Side::Left } else { Side::Right },
            sibling: hex::encode(sibling),
            parent: hex::encode(root),
        });
    }
    Climb { steps, root, is_whole: is_whole && last == 0 }
}

fn join(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// The hashed header of an entry, as canonical JSON: keys in order, no blanks.
pub fn header_text(page: &EntryPage) -> String {
    let meta = &page.record.meta;
    let header = json!({
        "seq": meta.seq,
        "at": meta.at,
        "actor": meta.actor,
        "op": meta.op,
        "source": meta.source,
        "subjects": meta.subjects,
        "payload_sha256": page.record.payload_sha256.to_string(),
    });
    header.to_string()
}

/// Whether a header's text hashes to the leaf.
pub fn is_leaf_of(text: &str, leaf: Hash) -> bool {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(text.as_bytes());
    let hash: Hash = hasher.finalize().into();
    hash == leaf
}

/// Everything needed to check the entry elsewhere.
pub fn file(page: &EntryPage) -> String {
    let proof = &page.proof;
    let path: Vec<String> = proof.path.iter().map(|hash| hash.to_string()).collect();
    let header = header_text(page);
    let value = json!({
        "format": "tici-inclusion-proof/1",
        "hashing": "RFC 9162: leaf = SHA-256(0x00 || header), \
                    node = SHA-256(0x01 || left || right)",
        "header": header,
        "payload_sha256": page.record.payload_sha256.to_string(),
        "payload": page.changes,
        "leaf_index": proof.seq,
        "leaf_hash": proof.leaf.to_string(),
        "tree_size": proof.size,
        "root_hash": proof.root.to_string(),
        "path": path,
        "checkpoint": page.checkpoint,
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(n: u8) -> Hash {
        Sha256::digest([0, n]).into()
    }

    /// The root and the path of one leaf, made the long way round.
    fn tree(leaves: &[Hash], index: usize) -> (Hash, Vec<Hash>) {
        if let [only] = leaves {
            return (*only, Vec::new());
        }
        let split = leaves.len().next_power_of_two() / 2;
        let (left, right) = leaves.split_at(split);
        let (other, (inner, mut path)) = if index < split {
            (tree(right, 0).0, tree(left, index))
        } else {
            (tree(left, 0).0, tree(right, index - split))
        };
        path.push(other);
        let root = if index < split { join(&inner, &other) } else { join(&other, &inner) };
        (root, path)
    }

    #[test]
    fn every_leaf_of_every_small_tree_climbs_to_its_root() {
        for size in 1..=17_u8 {
            let leaves: Vec<Hash> = (0..size).map(leaf).collect();
            for index in 0..size {
                let (root, path) = tree(&leaves, index.into());
                let climb = climb(leaves[usize::from(index)], index.into(), size.into(), &path);
                assert!(climb.is_whole, "{index} of {size}");
                assert_eq!(climb.root, root, "{index} of {size}");
            }
        }
    }

    #[test]
    fn a_path_of_the_wrong_length_is_not_whole() {
        let leaves: Vec<Hash> = (0..6).map(leaf).collect();
        let (_, path) = tree(&leaves, 2);
        assert!(!climb(leaves[2], 2, 6, &path[1..]).is_whole);
        assert!(!climb(leaves[2], 2, 6, &[path.as_slice(), &path[..1]].concat()).is_whole);
        assert!(!climb(leaves[2], 6, 6, &path).is_whole);
    }
}
