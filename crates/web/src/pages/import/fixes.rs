//! What one button puts right.

use tici_domain::Problem;
use tici_ops::uploads::{Choices, cell_key};

use crate::{i18n::T, visit::Fields};

/// A decision that a problem proposes. `cell` is `sheet!cell`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Read `value` in the cell instead of what stands there.
    Value { cell: String, value: String },
    /// The row is the project of this code, under another name.
    Same { cell: String, code: String },
    /// The row is a new project although a known name is near.
    AsNew { cell: String },
}

/// A button: its words and the hidden fields it sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub words: String,
    pub fields: Vec<(&'static str, String)>,
}

impl Fix {
    /// The fixes of one problem.
    pub fn of(problem: &Problem) -> Vec<Fix> {
        let arg = |name: &str| {
            let found = problem.args.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.clone())
        };
        let cell = cell_key(&problem.sheet, &problem.cell);
        match problem.key.as_str() {
            "amount-has-unit" => {
                arg("suggestion").map(|value| Fix::Value { cell, value }).into_iter().collect()
            }
            "import-name-near" => {
                let same = arg("code").map(|code| Fix::Same { cell: cell.clone(), code });
                same.into_iter().chain([Fix::AsNew { cell }]).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Reads a posted button.
    pub fn read(fields: &Fields) -> Option<Fix> {
        let field = |name: &str| fields.get(name).to_owned();
        let cell = field("cell");
        match fields.get("fix") {
            "value" => Some(Fix::Value { cell, value: field("value") }),
            "same" => Some(Fix::Same { cell, code: field("code") }),
            "as-new" => Some(Fix::AsNew { cell }),
            _ => None,
        }
    }

    pub fn apply(self, choices: &mut Choices) {
        match self {
            Fix::Value { cell, value } => {
                choices.fixes.insert(cell, value);
            }
            Fix::Same { cell, code } => {
                choices.as_new.remove(&cell);
                choices.same.insert(cell, code);
            }
            Fix::AsNew { cell } => {
                choices.same.remove(&cell);
                choices.as_new.insert(cell);
            }
        }
    }

    pub fn button(&self, t: T) -> Button {
        match self {
            Fix::Value { cell, value } => Button {
                words: t.t1("import-fix-value", &[("value", &thousands(value))]),
                fields: vec![
                    ("fix", "value".into()),
                    ("cell", cell.clone()),
                    ("value", value.clone()),
                ],
            },
            Fix::Same { cell, code } => Button {
                words: t.t("import-fix-link"),
                fields: vec![
                    ("fix", "same".into()),
                    ("cell", cell.clone()),
                    ("code", code.clone()),
                ],
            },
            Fix::AsNew { cell } => Button {
                words: t.t("import-fix-new"),
                fields: vec![("fix", "as-new".into()), ("cell", cell.clone())],
            },
        }
    }
}

/// `62000` as `62,000`; anything else as it is.
fn thousands(text: &str) -> String {
    let number: Option<i128> = text.parse().ok();
    number.map_or_else(|| text.to_owned(), |n| tici_domain::money::print_scaled(n, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_reads_back_as_its_fix() {
        let fixes = [
            Fix::Value { cell: "列省!E9".into(), value: "62000".into() },
            Fix::Same { cell: "列省!B14".into(), code: "YX26-011".into() },
            Fix::AsNew { cell: "列省!B14".into() },
        ];
        for fix in fixes {
            let button = fix.button(T::new(tici_domain::Lang::ZhHans));
            let pairs = button.fields.iter().map(|(name, value)| ((*name).into(), value.clone()));
            assert_eq!(Fix::read(&Fields(pairs.collect())), Some(fix));
        }
        assert_eq!(Fix::read(&Fields::default()), None);
        assert_eq!(thousands("62000"), "62,000");
    }
}
