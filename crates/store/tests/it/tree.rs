//! The tree against published vectors and against the recursive definition.

use proptest::prelude::*;
use tici_store::Hash;
use tici_store::tree::{
    Frontier, consistency_proof, empty_root, inclusion_proof, leaf_hash, node_hash, root,
    verify_consistency, verify_inclusion,
};

/// The eight leaves that implementations of RFC 6962 and RFC 9162 test with.
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];

/// The roots of the first one, two, … eight of them.
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Index, size, path.
const INCLUSION: [(usize, usize, &[&str]); 5] = [
    (0, 1, &[]),
    (
        0,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        &[
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];

/// Old size, new size, proof.
const CONSISTENCY: [(usize, usize, &[&str]); 4] = [
    (1, 1, &[]),
    (
        1,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        &[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];

fn published_leaves() -> Vec<Hash> {
    LEAVES.iter().map(|leaf| leaf_hash(&hex::decode(leaf).unwrap())).collect()
}

fn hashes(texts: &[&str]) -> Vec<Hash> {
    texts.iter().map(|text| Hash::parse(text).unwrap()).collect()
}

#[test]
fn published_roots() {
    assert_eq!(empty_root().to_string(), EMPTY);
    assert_eq!(Frontier::default().root(), empty_root());
    let leaves = published_leaves();
    let mut frontier = Frontier::default();
    for (leaf, expected) in leaves.iter().zip(ROOTS) {
        frontier.push(*leaf);
        assert_eq!(frontier.root().to_string(), expected);
    }
}

#[test]
fn published_inclusion_proofs() {
    let leaves = published_leaves();
    for (index, size, expected) in INCLUSION {
        assert_eq!(inclusion_proof(&leaves[..size], index), hashes(expected), "{index} {size}");
    }
}

#[test]
fn published_consistency_proofs() {
    let leaves = published_leaves();
    for (old, new, expected) in CONSISTENCY {
        assert_eq!(consistency_proof(&leaves[..new], old), hashes(expected), "{old} {new}");
    }
}

/// The recursive definition of RFC 9162, section 2.1.1, word for word.
fn defined_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let mut split = 1;
            while split * 2 < leaves.len() {
                split *= 2;
            }
            node_hash(&defined_root(&leaves[..split]), &defined_root(&leaves[split..]))
        }
    }
}

fn some_leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|index| leaf_hash(&index.to_be_bytes())).collect()
}

#[test]
fn every_proof_of_every_small_tree_verifies() {
    let leaves = some_leaves(40);
    for size in 1..=leaves.len() {
        let whole = root(&leaves[..size]);
        assert_eq!(whole, defined_root(&leaves[..size]));
        for (index, leaf) in leaves[..size].iter().enumerate() {
            let proof = inclusion_proof(&leaves[..size], index);
            assert!(verify_inclusion(*leaf, index as u64, size as u64, &proof, whole));
        }
        for old in 0..=size {
            let proof = consistency_proof(&leaves[..size], old);
            let before = root(&leaves[..old]);
            assert!(verify_consistency(old as u64, size as u64, before, whole, &proof));
        }
    }
}

proptest! {
    #[test]
    fn a_tree_is_what_the_definition_says(count in 0_usize..300) {
        let leaves = some_leaves(count);
        prop_assert_eq!(root(&leaves), defined_root(&leaves));
    }

    #[test]
    fn an_altered_inclusion_proof_fails(
        count in 1_usize..120, at in any::<prop::sample::Index>(), bit in 0_usize..256,
        which in any::<prop::sample::Index>(),
    ) {
        let leaves = some_leaves(count);
        let (index, whole) = (at.index(count), root(&leaves));
        let (size, place) = (count as u64, index as u64);
        let proof = inclusion_proof(&leaves, index);
        let wrong = flip(leaves[index], bit);
        prop_assert!(!verify_inclusion(wrong, place, size, &proof, whole));
        prop_assert!(!verify_inclusion(leaves[index], place, size, &proof, flip(whole, bit)));
        prop_assert!(!verify_inclusion(leaves[index], size, size, &proof, whole));
        let longer = [proof.as_slice(), &[leaves[index]]].concat();
        prop_assert!(!verify_inclusion(leaves[index], place, size, &longer, whole));
        if !proof.is_empty() {
            let mut altered = proof.clone();
            let node = &mut altered[which.index(proof.len())];
            *node = flip(*node, bit);
            prop_assert!(!verify_inclusion(leaves[index], place, size, &altered, whole));
            prop_assert!(!verify_inclusion(leaves[index], place, size, &proof[1..], whole));
        }
    }

    #[test]
    fn an_altered_history_is_not_consistent(
        new in 2_usize..120, old in any::<prop::sample::Index>(), bit in 0_usize..256,
        forged in any::<prop::sample::Index>(),
    ) {
        let leaves = some_leaves(new);
        let old = 1 + old.index(new - 1);
        let (before, whole) = (root(&leaves[..old]), root(&leaves));
        let proof = consistency_proof(&leaves, old);
        let (small, large) = (old as u64, new as u64);
        prop_assert!(!verify_consistency(small, large, flip(before, bit), whole, &proof));
        prop_assert!(!verify_consistency(small, large, before, flip(whole, bit), &proof));
        let mut rewritten = leaves.clone();
        let forged = &mut rewritten[forged.index(old)];
        *forged = flip(*forged, bit);
        let proof = consistency_proof(&rewritten, old);
        prop_assert!(!verify_consistency(small, large, before, root(&rewritten), &proof));
    }
}

fn flip(Hash(mut bytes): Hash, bit: usize) -> Hash {
    bytes[bit / 8] ^= 1 << (bit % 8);
    Hash(bytes)
}
