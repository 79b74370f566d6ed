//! 组件: the marks, charts and states of every page side by side, in light and dark, so
//! that a change of the stylesheet is seen where it matters.

use askama::Template;
use axum::{Router, routing::get};
use tici_domain::{Light, ListTier, Stage};

use super::Page;
use crate::{PageResult, Rendered, Shell, T, Visit, charts, ui, ui::Html};

pub const PAGE: Page =
    Page { id: "components", nav: None, routes: || Router::new().route("/components", get(show)) };

/// The sheet, once for each theme.
#[derive(Template)]
#[template(path = "components.html")]
struct ComponentsView {
    shell: Shell,
    t: T,
    halves: [Half; 2],
}

/// One theme's half.
struct Half {
    name: String,
    /// `light` or `dark`; the half is drawn in it whatever the page's own is.
    theme: &'static str,
    swatches: Vec<Swatch>,
    marks: Marks,
    drawings: Vec<(String, Html)>,
    wants_number: Html,
}

/// A token with its value and its contrast on the surface, where it carries text.
struct Swatch {
    token: &'static str,
    value: &'static str,
    contrast: String,
}

/// The small marks.
struct Marks {
    lights: Vec<Html>,
    light_tags: Vec<Html>,
    tiers: Vec<Html>,
    stairs: Vec<Html>,
    bullets: [Html; 4],
}

/// Token, value in light, value in dark, whether its contrast matters.
const TOKENS: [(&str, &str, &str, bool); 18] = [
    ("bg", "#F4F5F2", "#0F171B", false),
    ("surface", "#FFFFFF", "#172126", false),
    ("sunken", "#EBEDE9", "#0B1215", false),
    ("line", "#DADED8", "#2C383E", false),
    ("ctl", "#7F8A85", "#74848C", true),
    ("ink", "#17211D", "#E8EDEE", true),
    ("ink2", "#44504B", "#B9C4C8", true),
    ("ink3", "#5C6863", "#93A1A7", true),
    ("azure", "#1B5A86", "#74B7E0", true),
    ("azure-t", "#E2ECF3", "#1C3848", false),
    ("plan", "#7A857F", "#8C99A0", true),
    ("green", "#23703F", "#6EC794", true),
    ("amber", "#8A5800", "#E8B54C", true),
    ("amber-f", "#D19A12", "#E8B54C", false),
    ("red", "#B02A1C", "#F38B78", true),
    ("grey", "#5C6863", "#93A1A7", true),
    ("strip", "#142B39", "#0A1216", false),
    ("red-t", "#FBE5E0", "#45211C", false),
];

async fn show(visit: Visit) -> PageResult<ComponentsView> {
    let t = visit.t;
    let shell = visit.shell("components", t.t("nav-components"));
    Ok(Rendered(ComponentsView { shell, t, halves: [half(t, "light"), half(t, "dark")] }))
}

fn half(t: T, theme: &'static str) -> Half {
    let is_light = theme == "light";
    let surface = if is_light { TOKENS[1].1 } else { TOKENS[1].2 };
    let swatch = |(token, light, dark, carries_text): &(&'static str, &'static str, _, bool)| {
        let value = if is_light { *light } else { *dark };
        let ratio = contrast(value, surface).filter(|_| *carries_text);
        let contrast = ratio.map_or_else(String::new, |ratio| format!("{ratio:.1}:1"));
        Swatch { token, value, contrast }
    };
    Half {
        name: t.t(if is_light { "components-light" } else { "components-dark" }),
        theme,
        swatches: TOKENS.iter().map(swatch).collect(),
        marks: marks(t),
        drawings: drawings(t),
        wants_number: ui::light_tag(&Light::Red, &t.t("components-wants-number")),
    }
}

fn marks(t: T) -> Marks {
    let lights = [Light::Green, Light::Amber, Light::Red, Light::Unreported, Light::Excused];
    Marks {
        lights: lights.iter().map(|light| ui::light(&t, light)).collect(),
        light_tags: lights.iter().map(|light| ui::light_tag(light, &t.light(*light))).collect(),
        tiers: ListTier::ALL.iter().map(|tier| ui::tier(&t, &Some(*tier))).collect(),
        stairs: Stage::STAIRS.iter().map(|stage| ui::stairs(&t, &Some(*stage))).collect(),
        bullets: [
            bullet(Some(0.45), Some(0.432)),
            bullet(Some(0.334), Some(0.433)),
            bullet(None, Some(0.4)),
            bullet(Some(0.07), Some(0.24)),
        ],
    }
}

fn bullet(done: Option<f64>, due: Option<f64>) -> Html {
    Html(charts::bullet(&charts::Bullet { done, due, label: String::new() }))
}

/// Each chart once, on figures made up for the purpose.
fn drawings(t: T) -> Vec<(String, Html)> {
    let drawing = |key: &str, svg: String| (t.t(key), Html(svg));
    vec![
        drawing("components-curve", charts::s_curve(&sample_curve(t))),
        drawing("components-cells", charts::unit_cells(&sample_cells(t))),
        drawing("components-stepper", charts::stepper(&sample_stepper(t))),
        drawing(
            "components-sparkline",
            charts::sparkline(&charts::Sparkline {
                values: vec![Some(1.2), Some(2.2), Some(6.2), None, Some(9.5), Some(13.2)],
                label: t.t("components-sparkline"),
            }),
        ),
    ]
}

fn sample_curve(t: T) -> charts::Curve {
    let plan = [1.6, 4.1, 10.8, 21.6, 37.0, 46.9];
    let actual = [1.2, 3.4, 9.6, 19.1];
    let point = |(index, plan): (usize, &f64)| charts::CurvePoint {
        label: (index + 1).to_string(),
        plan: Some(*plan),
        actual: actual.get(index).copied(),
        forecast: (index >= actual.len()).then_some(plan * 0.9),
        band: (index >= actual.len()).then_some((plan * 0.84, plan * 0.96)),
    };
    charts::Curve {
        room: charts::Room::Narrow,
        points: plan.iter().enumerate().map(point).collect(),
        today: Some(4.6),
        rows: Vec::new(),
        words: charts::CurveWords {
            plan: t.t("components-plan"),
            forecast: t.t("components-forecast"),
            today: t.t("components-today"),
            callout: [t.t("components-actual"), String::new()],
        },
        label: t.t("components-curve"),
    }
}

fn sample_cells(t: T) -> charts::UnitCells {
    let states = [
        charts::UnitState::Done,
        charts::UnitState::Likely,
        charts::UnitState::Marked(Light::Amber),
        charts::UnitState::Marked(Light::Red),
        charts::UnitState::Marked(Light::Unreported),
    ];
    let unit = |state: &charts::UnitState| charts::Unit { title: String::new(), state: *state };
    let units = states.iter().map(unit).collect();
    let groups = vec![charts::UnitGroup { label: t.tier(ListTier::City), units }];
    charts::UnitCells { width_px: 304, groups, label: t.t("components-cells") }
}

fn sample_stepper(t: T) -> charts::Stepper {
    let step = |(index, stage): (usize, &Stage)| charts::Step {
        name: t.stage(*stage),
        state: match index {
            0..=1 => charts::StepState::Done,
            2 => charts::StepState::Current(Some(0.4)),
            _ => charts::StepState::Ahead,
        },
        note: if index == 2 { "40%".into() } else { String::new() },
        is_late: false,
        lines: [
            (t.t("components-plan"), format!("2026-0{}-01", index + 1)),
            (t.t("components-actual"), "—".into()),
        ],
    };
    let steps = Stage::STAIRS.iter().take(4).enumerate().map(step).collect();
    charts::Stepper { room: charts::Room::Narrow, steps, label: t.t("components-stepper") }
}

/// Contrast of two `#RRGGBB` colours after WCAG 2.2.
fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

fn luminance(colour: &str) -> Option<f64> {
    let part = |from: usize| {
        let byte = u8::from_str_radix(colour.get(from..from + 2)?, 16).ok()?;
        let share = f64::from(byte) / 255.0;
        let linear =
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) };
        Some(linear)
    };
    Some(0.2126 * part(1)? + 0.7152 * part(3)? + 0.0722 * part(5)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_tokens_keep_their_contrast_in_both_themes() {
        for (token, light, dark, carries_text) in TOKENS {
            // Controls and plan lines are graphics, which need 3; text needs 4.5.
            let least = if matches!(token, "ctl" | "plan") { 3.0 } else { 4.5 };
            for (value, surface) in [(light, TOKENS[1].1), (dark, TOKENS[1].2)] {
                let ratio = contrast(value, surface).expect("a colour");
                assert!(!carries_text || ratio >= least, "{token} {value}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn tokens_are_the_stylesheets() {
        let sheet = include_str!("../../static/css/tokens.css");
        for (token, light, dark, _) in TOKENS {
            for value in [light, dark] {
                let rule = format!("--{token}: {value};");
                assert!(sheet.contains(&rule), "{rule} is not in the stylesheet");
            }
        }
    }
}
