//! Every template is a page's, or another template's.

use super::{Finding, Repository};

const FOLDER: &str = "crates/web/templates/";

pub fn check(repository: &Repository) -> Vec<Finding> {
    let texts: Vec<(&str, &str)> = repository
        .files
        .iter()
        .filter(|file| file.path.starts_with("crates/web/"))
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect();
    let templates = texts.iter().filter_map(|(path, _)| path.strip_prefix(FOLDER));
    templates
        .filter(|name| {
            let quoted = format!("\"{name}\"");
            !texts.iter().any(|(_, text)| text.contains(&quoted))
        })
        .map(|name| {
            let path = format!("{FOLDER}{name}");
            Finding::new(&path, 0, "no page and no template names this one: use it or remove it")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_nobody_uses_is_found() {
        let repository = Repository::of(&[
            ("crates/web/src/pages/ledger.rs", "#[template(path = \"ledger.html\")]"),
            ("crates/web/templates/ledger.html", "{% extends \"base.html\" %}"),
            ("crates/web/templates/base.html", ""),
            ("crates/web/templates/old.html", ""),
        ]);
        let paths: Vec<String> = check(&repository).into_iter().map(|f| f.path).collect();
        assert_eq!(paths, ["crates/web/templates/old.html"]);
    }
}
