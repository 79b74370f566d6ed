//! A name in the languages it has been given in.

use crate::Lang;
use serde::{Deserialize, Serialize};

/// A display name. `text` is the name as first given, in whatever script;
/// translations are optional and fall back to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Name {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Name {
    /// A name known in one form only.
    pub fn new(text: impl Into<String>) -> Name {
        Name { text: text.into(), hant: None, en: None }
    }

    /// A name known in all three languages.
    pub fn of(text: &str, hant: &str, en: &str) -> Name {
        Name { text: text.into(), hant: Some(hant.into()), en: Some(en.into()) }
    }

    /// The form to show in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        let translated = match lang {
            Lang::ZhHans => None,
            Lang::ZhHant => self.hant.as_deref(),
            Lang::En => self.en.as_deref(),
        };
        translated.unwrap_or(&self.text)
    }
}
