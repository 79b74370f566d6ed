//! One new thing, one new file, one line in its folder's list: a file that no `mod` line
//! names is not compiled, and nobody would notice. A crate's tests are one program, whose
//! list is `tests/it/main.rs`: each further one would be linked on its own.

use super::rust::word_positions;
use super::{File, Finding, Repository};

/// Files that are roots of their own and stand on no list.
const ROOTS: &[&str] = &["main", "lib", "mod", "build"];

pub fn check(repository: &Repository) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in repository.rust() {
        if is_test_program(&file.path) {
            let message = "a second test program is linked on its own: move it into tests/it/";
            findings.push(Finding::new(&file.path, 0, message));
        }
        let Some((folder, name)) = listed(&file.path) else { continue };
        let lists = list_files(folder);
        let lists: Vec<&str> =
            lists.iter().map(String::as_str).filter(|path| repository.exists(path)).collect();
        let named =
            lists.iter().any(|list| repository.file(list).is_some_and(|file| declares(file, name)));
        if !named {
            let list = lists.first().map_or_else(|| format!("{folder}/mod.rs"), |&l| l.to_owned());
            let message = format!("not compiled: write `mod {name};` into {list}");
            findings.push(Finding::new(&file.path, 0, message));
        }
    }
    findings
}

/// Whether cargo makes a test program of this file other than `tests/it/main.rs`.
fn is_test_program(path: &str) -> bool {
    let Some((_, inside)) = path.split_once("/tests/") else { return false };
    let is_folder_main = inside.ends_with("/main.rs") && inside.matches('/').count() == 1;
    (!inside.contains('/') || is_folder_main) && inside != "it/main.rs"
}

/// The folder and module name of a file that must stand on a list: all below `src` and
/// `tests/it`, but no roots, binaries, examples or benches.
fn listed(path: &str) -> Option<(&str, &str)> {
    let (folder, file) = path.rsplit_once('/')?;
    let name = file.strip_suffix(".rs")?;
    let inside = path.contains("/src/") || path.contains("/tests/it/");
    let is_root = ROOTS.contains(&name) || folder.ends_with("/src/bin");
    if !inside {
        return None;
    }
    if name == "mod" {
        // A folder's own list stands on the list of the folder above.
        return folder.rsplit_once('/').filter(|(_, name)| *name != "it");
    }
    (!is_root).then_some((folder, name))
}

/// Where the modules of a folder may be declared.
fn list_files(folder: &str) -> Vec<String> {
    ["mod.rs", "lib.rs", "main.rs"]
        .iter()
        .map(|file| format!("{folder}/{file}"))
        .chain([format!("{folder}.rs")])
        .collect()
}

/// Whether code has `mod name;` or `mod name {`, however it is published.
fn declares(list: &File, name: &str) -> bool {
    let code = &list.as_rust().code;
    word_positions(code, "mod").any(|at| {
        let rest = code[at + 3..].trim_start();
        rest.strip_prefix(name).is_some_and(|end| end.trim_start().starts_with([';', '{']))
    }) || list.text.contains(&format!("#[path = \"{name}.rs\"]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_on_no_list_is_found() {
        let repository = Repository::of(&[
            ("crates/ops/src/lib.rs", "pub mod grade;\n// mod lost;\nmod deep;\n"),
            ("crates/ops/src/grade.rs", ""),
            ("crates/ops/src/lost.rs", ""),
            ("crates/ops/src/deep/mod.rs", "mod known;"),
            ("crates/ops/src/deep/known.rs", ""),
            ("crates/ops/src/deep/unknown.rs", ""),
            ("crates/ops/src/shallow/mod.rs", ""),
            ("crates/ops/tests/it/main.rs", "mod story;"),
            ("crates/ops/tests/it/story.rs", ""),
            ("crates/ops/tests/it/untold.rs", ""),
            ("crates/ops/tests/second.rs", ""),
            ("crates/ops/build.rs", ""),
        ]);
        let paths: Vec<String> = check(&repository).into_iter().map(|f| f.path).collect();
        let expected = [
            "crates/ops/src/lost.rs",
            "crates/ops/src/deep/unknown.rs",
            "crates/ops/src/shallow/mod.rs",
            "crates/ops/tests/it/untold.rs",
            "crates/ops/tests/second.rs",
        ];
        assert_eq!(paths, expected);
    }
}
