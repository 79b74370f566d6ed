//! Small pieces of HTML that every page uses, ready-made, so that a mark looks and reads
//! the same wherever it stands. Anything larger is a template.

use crate::{charts, i18n::T};
use std::fmt;
use tici_domain::{Light, ListTier, Stage};

/// Finished HTML: templates write it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// An icon of the sprite in `base.html`, 16 px, decoration only.
pub fn icon(name: &str) -> Html {
    sized_icon(name, 16)
}

/// The same, `px` wide.
pub fn sized_icon(name: &str, px: u32) -> Html {
    Html(format!(
        "<svg class=\"ic\" width=\"{px}\" height=\"{px}\" aria-hidden=\"true\">\
         <use href=\"#i-{name}\"/></svg>"
    ))
}

/// Shape and word of a light.
pub fn light(t: &T, of: &Light) -> Html {
    light_saying(of, &t.light(*of), "")
}

/// Shape and word on the light's own tint, with `text` in place of its word.
pub fn light_tag(of: &Light, text: &str) -> Html {
    light_saying(of, text, " tag")
}

/// The word on its own ("滞后" beside a count) in the light's colour.
fn light_saying(of: &Light, text: &str, more: &str) -> Html {
    let letter = match of {
        Light::Red => 'r',
        Light::Amber => 'a',
        Light::Green => 'g',
        Light::Unreported | Light::Excused => 'x',
    };
    let mark = charts::light(*of, "");
    Html(format!("<span class=\"light {letter}{more}\">{mark}{}</span>", escape(text)))
}

/// The staircase with the stage's name beside it; a lead stands before the first step.
pub fn stairs(t: &T, stage: &Option<Stage>) -> Html {
    let reached = stage.map_or(0, Stage::steps);
    let name = stage.map_or_else(|| t.t("stage-none"), |stage| t.stage(stage));
    let mark = charts::stairs(&charts::Stairs { reached, label: String::new() });
    Html(format!("<span class=\"stairs\">{mark}<span>{}</span></span>", escape(&name)))
}

/// The mark of the list a project stands on; nothing for one on none.
pub fn tier(t: &T, of: &Option<ListTier>) -> Html {
    Html(of.map_or_else(String::new, |tier| charts::tier(tier, &t.tier(tier))))
}

/// Done against due, as shares of the year's plan, with the share in figures.
pub fn bullet(t: &T, done: Option<f64>, due: Option<f64>, text: &str) -> Html {
    let share = |value: f64| format!("{:.1}%", value * 100.0);
    let dash = || t.t("app-none");
    let label = t.t1(
        "bullet-label",
        &[("done", &done.map_or_else(dash, share)), ("due", &due.map_or_else(dash, share))],
    );
    let mark = charts::bullet(&charts::Bullet { done, due, label });
    Html(format!("<span class=\"pv\">{mark}<span class=\"n\">{}</span></span>", escape(text)))
}

/// `9f3a 51d0 … c27e`: enough of a hash to compare by eye.
pub fn short_hash(hash: &str) -> String {
    match hash.get(..8).zip(hash.get(hash.len().saturating_sub(4)..)) {
        Some((head, tail)) if hash.len() > 16 => {
            format!("{} {} … {tail}", &head[..4], &head[4..])
        }
        _ => hash.to_owned(),
    }
}

/// Text as HTML shows it.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_shortened() {
        assert_eq!(short_hash("9f3a51d0aaaaaaaaaaaac27e"), "9f3a 51d0 … c27e");
        assert_eq!(short_hash("abc"), "abc");
    }

    #[test]
    fn nothing_gets_out_of_its_quotes() {
        assert_eq!(escape("<a href='x\">&"), "&lt;a href=&#39;x&quot;&gt;&amp;");
    }
}
