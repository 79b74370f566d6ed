//! The files that checks look at, read once.

use super::rust::Rust;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

/// Folders that hold nothing of ours.
const SKIPPED: &[&str] = &[".git", "target", "node_modules"];

/// One text file.
#[derive(Debug)]
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
    rust: OnceLock<Rust>,
}

impl File {
    /// Lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The file as Rust, read when first asked for: several checks want it.
    pub fn as_rust(&self) -> &Rust {
        self.rust.get_or_init(|| Rust::read(&self.text))
    }

    /// Whether the file is Rust.
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether the file is test code by where it lies.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.contains("/benches/")
    }
}

/// Every text file of the repository, and the names of all others.
#[derive(Debug, Default)]
pub struct Repository {
    pub files: Vec<File>,
    /// Paths of all files, text or not.
    paths: BTreeMap<String, ()>,
}

impl Repository {
    /// Reads a working tree.
    pub fn read(root: &Path) -> io::Result<Repository> {
        let mut repository = Repository::default();
        repository.read_folder(root, "")?;
        Ok(repository)
    }

    /// A repository in memory, for the checks' own tests.
    pub fn of(files: &[(&str, &str)]) -> Repository {
        let mut repository = Repository::default();
        for (path, text) in files {
            repository.add(path, Some((*text).into()));
        }
        repository
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                let is_local_data = path == "data";
                if !SKIPPED.contains(&name.as_str()) && !is_local_data {
                    self.read_folder(&entry.path(), &format!("{path}/"))?;
                }
            } else {
                // Pictures and workbooks are no text; their names still count as paths.
                self.add(&path, String::from_utf8(fs::read(entry.path())?).ok());
            }
        }
        Ok(())
    }

    fn add(&mut self, path: &str, text: Option<String>) {
        self.paths.insert(path.into(), ());
        if let Some(text) = text {
            self.files.push(File { path: path.into(), text, rust: OnceLock::new() });
        }
    }

    /// One file.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.file(path).map(|file| file.text.as_str())
    }

    /// Files of Rust.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_rust())
    }

    /// Whether a file or folder of this path exists.
    pub fn exists(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        self.paths.contains_key(path)
            || self
                .paths
                .range(folder.clone()..)
                .next()
                .is_some_and(|(p, ())| p.starts_with(&folder))
    }
}
