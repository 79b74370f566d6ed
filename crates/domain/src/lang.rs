//! The three languages of every page, message and file.

/// Interface language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    ZhHans,
    ZhHant,
    En,
}

impl Lang {
    pub const ALL: [Lang; 3] = [Lang::ZhHans, Lang::ZhHant, Lang::En];

    /// The BCP 47 tag, as in `<html lang>` and the folders of `locales/`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::ZhHans => "zh-Hans",
            Lang::ZhHant => "zh-Hant",
            Lang::En => "en",
        }
    }

    /// Reads a tag; any Chinese tag of Taiwan, Hong Kong or Macao is traditional.
    pub fn parse(tag: &str) -> Option<Lang> {
        let lower = tag.trim().to_ascii_lowercase().replace('_', "-");
        match lower.as_str() {
            "zh-hant" | "zh-tw" | "zh-hk" | "zh-mo" => Some(Lang::ZhHant),
            tag if tag == "zh" || tag.starts_with("zh-") => Some(Lang::ZhHans),
            tag if tag == "en" || tag.starts_with("en-") => Some(Lang::En),
            _ => None,
        }
    }
}
