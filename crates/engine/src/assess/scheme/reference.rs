//! The reference of scheme files, made from the lists that the reader itself goes by.

use std::fmt::Write;

use super::branch::{COMBINES, WEIGHS};
use super::edges::SHIPPED;
use super::formula::FUNCTIONS;
use super::presets::PRESETS;
use super::reference_keys::{INDEX_METHODS, Key, METHODS, MethodKeys, SECTIONS};
use super::{Scheme, preset};
use crate::league::Quantity;

/// The whole reference as Markdown: what `docs/scheme.md` must hold.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Scheme files\n\n\
         <!-- Made from the program's own lists; its test says how to make it anew. -->\n\n\
         A scheme is one TOML file: what is assessed, how it becomes points, what is done with \
         them. `tici assess check FILE` tells everything that is wrong with one, by line and \
         column; a key that nobody reads is a mistake. How it is used is in \
         [assess](assess.md).\n\n\
         A *name* is a text, or a table of `text` (简体), `hant` (繁體) and `en`. A *share* is 0 \
         to 1. Numbers are taken exactly as they are written.\n",
    );
    for section in SECTIONS {
        heading(&mut out, section.head, section.says);
        keys(&mut out, section.keys);
    }
    shipped(&mut out);
    methods(&mut out, "Methods of points", METHODS);
    methods(&mut out, "Methods of an index", INDEX_METHODS);
    words(&mut out);
    functions(&mut out);
    presets(&mut out);
    out
}

fn heading(out: &mut String, head: &str, says: &str) {
    let head = if head.starts_with('[') { code_head(head) } else { head.to_owned() };
    let _ = write!(out, "\n## {head}\n\n");
    if !says.is_empty() {
        let _ = write!(out, "{says}\n\n");
    }
}

/// `[edges]` as code, with what stands behind it plain.
fn code_head(head: &str) -> String {
    let end = head.rfind(']').map_or(head.len(), |at| at + 1);
    format!("`{}`{}", &head[..end], &head[end..])
}

fn keys(out: &mut String, keys: &[Key]) {
    out.push_str("| key | holds | |\n|---|---|---|\n");
    for (key, holds, says) in keys {
        let (holds, optional) = match holds.strip_suffix(" ?") {
            Some(holds) => (holds, ", may be left out"),
            None => (*holds, ""),
        };
        let _ = writeln!(out, "| `{key}` | {holds}{optional} | {} |", says.replace('|', "\\|"));
    }
}

fn shipped(out: &mut String) {
    heading(out, "Shipped answers", "For whoever has no answer of their own to what is open:");
    out.push_str("```toml\n");
    let mut section = "";
    for (of, key, answer) in SHIPPED {
        if *of != section {
            let _ = writeln!(out, "{}[{of}]", if section.is_empty() { "" } else { "\n" });
            section = of;
        }
        let _ = writeln!(out, "{key} = {answer}");
    }
    out.push_str("```\n");
}

fn methods(out: &mut String, head: &str, methods: &[MethodKeys]) {
    heading(out, head, "");
    for (word, formula, of) in methods {
        let _ = write!(out, "### `{word}`\n\n{formula}\n\n");
        if !of.is_empty() {
            keys(out, of);
            out.push('\n');
        }
    }
    // One blank line between sections is made by the next heading.
    out.truncate(out.trim_end().len());
    out.push('\n');
}

fn words(out: &mut String) {
    heading(out, "Words of a branch", "");
    let of_points = |is: bool| -> String {
        let of = COMBINES.iter().filter(|(_, combine)| combine.is_of_points() == is);
        of.map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ")
    };
    let _ =
        writeln!(out, "`combine`: {}; of an index also {}.\n", of_points(true), of_points(false));
    let weighs: Vec<String> = WEIGHS.iter().map(|(word, _)| format!("`{word}`")).collect();
    let _ =
        writeln!(out, "`weights`: {}; those behind `equal` only of an index.", weighs.join(", "));
    heading(out, "Quantities of the ledger", "Words of `ledger` in a figure:");
    let known = Quantity::of_ledger().iter().map(|(word, _)| format!("`{word}`"));
    let _ = writeln!(out, "{}.", known.collect::<Vec<_>>().join(", "));
}

fn functions(out: &mut String) {
    heading(
        out,
        "Formulas",
        "Numbers, keys of figures and items, `+ - * /`, brackets, and the functions below. A \
         missing value makes the whole missing; so does a division by zero. A figure goes before \
         an item of the same key.",
    );
    out.push_str("| function | arguments | |\n|---|---|---|\n");
    for (word, least, most, says) in FUNCTIONS {
        let count = if least == most { least.to_string() } else { format!("{least} or more") };
        let _ = writeln!(out, "| `{word}` | {count} | {says} |");
    }
}

fn presets(out: &mut String) {
    heading(out, "Presets", "`tici assess presets NAME` prints one, to begin with.");
    out.push_str("| name | | items | source |\n|---|---|---|---|\n");
    for (name, _) in PRESETS {
        let Some(Scheme { title, items, source, .. }) = preset(name) else { continue };
        let title = title.get(tici_domain::Lang::En).to_owned();
        let _ = writeln!(out, "| `{name}` | {title} | {} | {source} |", items.len());
    }
}
