//! Checkpoints as signed notes (C2SP `signed-note` and `tlog-checkpoint`): a text of three
//! lines, a blank line, and a line for each signature. It can be printed, sent and compared
//! by anybody who holds the public key.

use super::{Hash, Signer};
use crate::StoreError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// What a checkpoint says: this ledger, at this size, has this root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which ledger: the name of its key.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed, with its last line break.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, base64(&self.root.0))
    }

    /// Signs the checkpoint.
    pub fn sign(self, signer: &Signer) -> SignedNote {
        let mut signature = signer.public().id().to_vec();
        signature.extend_from_slice(&signer.sign(self.body().as_bytes()));
        let signatures = vec![(signer.name().to_string(), signature)];
        SignedNote { checkpoint: self, signatures }
    }

    fn parse(body: &str) -> Option<Checkpoint> {
        let mut lines = body.strip_suffix('\n')?.split('\n');
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let plain = size == "0" || !size.starts_with('0');
        let size = size.bytes().all(|byte| byte.is_ascii_digit()).then(|| size.parse().ok())??;
        let root = Hash(from_base64(root)?.try_into().ok()?);
        let whole = plain && !origin.is_empty() && lines.next().is_none();
        whole.then(|| Checkpoint { origin: origin.into(), size, root })
    }
}

/// A checkpoint with its signatures. Prints as the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    pub checkpoint: Checkpoint,
    /// Name of the key, and its four-byte id followed by the signature.
    signatures: Vec<(String, Vec<u8>)>,
}

impl SignedNote {
    /// Reads a note. Whether it is signed by a known key is asked by [`SignedNote::verify`].
    pub fn parse(text: &str) -> Result<SignedNote, StoreError> {
        parse(text).ok_or_else(|| StoreError::key("this is not a signed checkpoint"))
    }

    /// Whether one of the signer's trusted keys has signed the note.
    pub fn verify(&self, signer: &Signer) -> bool {
        let body = self.checkpoint.body();
        self.signatures.iter().any(|(name, signature)| {
            let Some((id, signature)) = signature.split_first_chunk::<4>() else { return false };
            let Ok(signature) = <&[u8; 64]>::try_from(signature) else { return false };
            signer.trusted().iter().any(|key| {
                key.name == *name && key.id() == *id && key.verifies(body.as_bytes(), signature)
            })
        })
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.checkpoint.body())?;
        for (name, signature) in &self.signatures {
            writeln!(f, "\u{2014} {name} {}", base64(signature))?;
        }
        Ok(())
    }
}

fn parse(text: &str) -> Option<SignedNote> {
    let end = text.rfind("\n\n")?;
    let checkpoint = Checkpoint::parse(&text[..=end])?;
    let mut signatures = Vec::new();
    for line in text[end + 2..].strip_suffix('\n')?.split('\n') {
        let (name, signature) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
        signatures.push((name.to_string(), from_base64(signature)?));
    }
    (!signatures.is_empty()).then_some(SignedNote { checkpoint, signatures })
}

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
