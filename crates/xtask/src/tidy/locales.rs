//! Every language has every message with the same arguments, each key once, and every
//! problem has its way forward.

use super::{File, Finding, Repository};
use std::collections::{BTreeMap, BTreeSet};

pub const LANGUAGES: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

/// Files in which every message is a problem, with `-fix` behind its key.
const PROBLEM_FILES: &[&str] = &["problems.ftl", "codes.ftl"];

/// One message: where it is, and which arguments it takes.
#[derive(Clone, Debug)]
pub struct Message {
    pub path: String,
    pub line: usize,
    pub arguments: BTreeSet<String>,
}

type Messages = BTreeMap<String, Message>;

pub fn check(repository: &Repository) -> Vec<Finding> {
    let mut findings = Vec::new();
    let languages: Vec<Messages> = LANGUAGES
        .iter()
        .map(|language| {
            let (messages, repeated) = read(repository, language);
            findings.extend(repeated);
            findings.extend(without_fix(&messages));
            messages
        })
        .collect();
    for (language, messages) in LANGUAGES.iter().zip(&languages) {
        for (other, others) in LANGUAGES.iter().zip(&languages) {
            findings.extend(differences((language, messages), (other, others)));
        }
    }
    findings
}

/// The messages of a language by key; a key that comes twice is a finding.
pub fn read(repository: &Repository, language: &str) -> (Messages, Vec<Finding>) {
    let folder = format!("locales/{language}/");
    let (mut messages, mut findings) = (Messages::new(), Vec::new());
    let files = repository.files.iter();
    for file in files.filter(|file| file.path.starts_with(&folder) && file.path.ends_with(".ftl")) {
        for (key, message) in file_messages(file) {
            let line = message.line;
            if let Some(earlier) = messages.insert(key.clone(), message) {
                let text = format!(
                    "`{key}` stands in {}:{} too: keep one, or give this one a name of its own",
                    earlier.path, earlier.line
                );
                findings.push(Finding::new(&file.path, line, text));
            }
        }
    }
    (messages, findings)
}

/// Messages of one file. A message begins at the start of a line and goes on while lines
/// are indented; attributes and variants are part of it. Terms (`-brand`) are no messages.
fn file_messages(file: &File) -> Vec<(String, Message)> {
    let mut messages: Vec<(String, Message)> = Vec::new();
    for (line, text) in file.lines() {
        let is_continued = text.starts_with([' ', '\t', '}', '[', '*']);
        let key = text.split_once('=').map(|(key, _)| key.trim_end());
        match key.filter(|key| !is_continued && is_key(key)) {
            Some(key) => {
                let arguments = arguments(text);
                let message = Message { path: file.path.clone(), line, arguments };
                messages.push((key.to_owned(), message));
            }
            None if is_continued => {
                if let Some((_, message)) = messages.last_mut() {
                    message.arguments.extend(arguments(text));
                }
            }
            None => {}
        }
    }
    messages
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Names behind `$` inside braces.
fn arguments(text: &str) -> BTreeSet<String> {
    let names = text.split('$').skip(1).map(|rest| {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
    });
    names.filter(|name: &String| !name.is_empty()).collect()
}

fn without_fix(messages: &Messages) -> Vec<Finding> {
    let is_problem = |path: &str| PROBLEM_FILES.iter().any(|file| path.ends_with(file));
    messages
        .iter()
        .filter(|(key, message)| is_problem(&message.path) && !key.ends_with("-fix"))
        .filter(|(key, _)| !messages.contains_key(&format!("{key}-fix")))
        .map(|(key, message)| {
            let text = format!("`{key}` has no `{key}-fix`: say what the reader is to do");
            Finding::new(&message.path, message.line, text)
        })
        .collect()
}

/// What `language` has and `other` lacks, and arguments `other` has beyond `language`'s.
fn differences(
    (language, messages): (&str, &Messages),
    (other, others): (&str, &Messages),
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, message) in messages {
        let Some(translation) = others.get(key) else {
            let text = format!("`{key}` is missing in {other}: write it there too");
            findings.push(Finding::new(&message.path, message.line, text));
            continue;
        };
        for argument in translation.arguments.difference(&message.arguments) {
            let text = format!(
                "`{key}` takes `${argument}` in {other} but not in {language}: use it in both"
            );
            findings.push(Finding::new(&message.path, message.line, text));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_all(hans: &str, hant: &str, en: &str) -> Vec<String> {
        let repository = Repository::of(&[
            ("locales/zh-Hans/problems.ftl", hans),
            ("locales/zh-Hant/problems.ftl", hant),
            ("locales/en/problems.ftl", en),
        ]);
        check(&repository).into_iter().map(|f| f.to_string()).collect()
    }

    #[test]
    fn whole_locales_pass() {
        let en = "# words = comment\nlate = { $days ->\n    [one] a day\n\
                  \x20  *[other] { $days } days\n}\nlate-fix = Report\n";
        let zh = "late = 晚 { $days } 天\nlate-fix = 请上报\n";
        assert_eq!(check_all(zh, zh, en), [] as [String; 0]);
    }

    #[test]
    fn missing_keys_arguments_and_fixes_are_found() {
        let whole = "late = { $days }\nlate-fix = x\n";
        let found = check_all(whole, "late = 晚\nlate-fix = x\n", "late = { $days }\n");
        assert!(
            found.iter().any(|f| f.contains("`late` takes `$days` in zh-Hans but not in zh-Hant"))
        );
        assert!(found.iter().any(|f| f.contains("`late-fix` is missing in en")));
        assert!(found.iter().any(|f| f.contains("has no `late-fix`")));
        let twice = format!("{whole}{whole}");
        assert!(check_all(&twice, whole, whole)[0].contains("problems.ftl:1 too"));
    }
}
