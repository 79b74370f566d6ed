//! A chart outside a page: for print, bulletins and files, with the light palette inside.

/// Tokens of the light theme that charts use; the stylesheet has the same values.
const LIGHT_PALETTE: &[(&str, &str)] = &[
    ("var(--actual)", "#1B5A86"),
    ("var(--azure-t)", "#E2ECF3"),
    ("var(--azure)", "#1B5A86"),
    ("var(--amber-f)", "#D19A12"),
    ("var(--amber)", "#8A5800"),
    ("var(--ctl)", "#7F8A85"),
    ("var(--green)", "#23703F"),
    ("var(--grey-t)", "#E9ECE9"),
    ("var(--grey)", "#5C6863"),
    ("var(--ink2)", "#44504B"),
    ("var(--ink3)", "#5C6863"),
    ("var(--ink)", "#17211D"),
    ("var(--line)", "#DADED8"),
    ("var(--plan)", "#7A857F"),
    ("var(--red)", "#B02A1C"),
    ("var(--s3)", "#8AB1CB"),
    ("var(--surface)", "#FFFFFF"),
];

const STYLE: &str = "<style>text{font:12px sans-serif;fill:#44504B}.t1{fill:#17211D}\
.t3{fill:#5C6863}.late{fill:#B02A1C}.b{font-weight:700}.h{font-size:16px}\
.e{text-anchor:end}.m{text-anchor:middle}.mono{font-family:monospace}</style>";

/// The same picture as a whole SVG file.
///
/// ```
/// use tici_web::charts::{Stairs, stairs, standalone};
/// let file = standalone(&stairs(&Stairs { reached: 7, label: "达效".into() }));
/// assert!(file.contains("xmlns=") && !file.contains("var("));
/// ```
pub fn standalone(svg: &str) -> String {
    let mut out = svg.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
    if let Some(end) = out.find('>') {
        out.insert_str(end + 1, STYLE);
    }
    for (token, colour) in LIGHT_PALETTE {
        out = out.replace(token, colour);
    }
    out
}
