//! The ledger's signing key.

use super::Hash;
use crate::StoreError;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Signs checkpoints with an Ed25519 key of a name, and knows the keys whose signatures
/// count: its own and earlier ones.
#[derive(Clone)]
pub struct Signer {
    key: Arc<SigningKey>,
    trusted: Vec<PublicKey>,
}

/// A key that checks signatures, with the name it signs under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    pub name: String,
    pub key: [u8; 32],
}

impl PublicKey {
    /// The first four bytes of `SHA-256(name || 0x0A || 0x01 || key)`.
    pub fn id(&self) -> [u8; 4] {
        let mut bytes = self.name.as_bytes().to_vec();
        bytes.extend_from_slice(&[0x0a, 0x01]);
        bytes.extend_from_slice(&self.key);
        let Hash(hash) = Hash::of(&bytes);
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// The key in the verifier form of signed notes: `name+id+base64(0x01 || key)`.
    pub fn verifier(&self) -> String {
        let mut bytes = vec![0x01];
        bytes.extend_from_slice(&self.key);
        format!("{}+{}+{}", self.name, hex::encode(self.id()), super::note::base64(&bytes))
    }

    /// Reads the verifier form; `None` when it is not one, or its id is wrong.
    pub fn parse(verifier: &str) -> Option<PublicKey> {
        let mut parts = verifier.trim().splitn(3, '+');
        let (name, id, key) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = super::note::from_base64(key)?;
        let (0x01, key) = bytes.split_first()? else { return None };
        let key = PublicKey { name: name.into(), key: key.try_into().ok()? };
        (hex::encode(key.id()) == id).then_some(key)
    }

    pub(super) fn verifies(&self, text: &[u8], signature: &[u8; 64]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.key) else { return false };
        key.verify_strict(text, &Signature::from_bytes(signature)).is_ok()
    }
}

impl Signer {
    /// A signer from a 32-byte seed. `name` stands in every checkpoint: no space, no plus
    /// sign, such as `ledger.example.org`.
    pub fn from_seed(name: &str, seed: [u8; 32]) -> Result<Signer, StoreError> {
        if name.is_empty() || name.contains(|c: char| c == '+' || c.is_whitespace()) {
            return Err(StoreError::key(format!("{name:?} cannot be the name of a key")));
        }
        let key = SigningKey::from_bytes(&seed);
        let public = PublicKey { name: name.into(), key: key.verifying_key().to_bytes() };
        Ok(Signer { key: Arc::new(key), trusted: vec![public] })
    }

    /// A signer with a new key.
    pub fn generate(name: &str) -> Result<Signer, StoreError> {
        Signer::from_seed(name, new_seed()?)
    }

    /// Reads the key file, or makes one that only its owner can read. The file is two
    /// words: the key's name and the seed in hex. `name` is used for a new key only.
    pub fn load_or_create(path: &Path, name: &str) -> Result<Signer, StoreError> {
        match std::fs::read_to_string(path) {
            Ok(text) => Signer::parse(&text)
                .ok_or_else(|| StoreError::key(format!("{} is not a key", path.display())))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let seed = new_seed()?;
                let signer = Signer::from_seed(name, seed)?;
                write_private(path, &format!("{name} {}\n", hex::encode(seed)))
                    .map_err(|error| StoreError::io(path, error))?;
                Ok(signer)
            }
            Err(error) => Err(StoreError::io(path, error)),
        }
    }

    /// Also accepts signatures of an earlier key.
    pub fn trusting(mut self, earlier: PublicKey) -> Signer {
        if !self.trusted.contains(&earlier) {
            self.trusted.push(earlier);
        }
        self
    }

    /// The key that checks this signer's signatures.
    pub fn public(&self) -> &PublicKey {
        &self.trusted[0]
    }

    /// Every key whose signatures count.
    pub fn trusted(&self) -> &[PublicKey] {
        &self.trusted
    }

    /// The name in every checkpoint.
    pub fn name(&self) -> &str {
        &self.public().name
    }

    pub(super) fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.key.sign(text).to_bytes()
    }

    fn parse(text: &str) -> Option<Result<Signer, StoreError>> {
        let (name, seed) = text.trim().split_once(' ')?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(seed, &mut bytes).ok()?;
        Some(Signer::from_seed(name, bytes))
    }
}

impl std::fmt::Debug for Signer {
    /// Shows the public half only.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.public().verifier())
    }
}

fn new_seed() -> Result<[u8; 32], StoreError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| StoreError::key(error.to_string()))?;
    Ok(seed)
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
