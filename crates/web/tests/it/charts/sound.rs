//! What every chart must be, whatever went in.

/// Checks one SVG: finite, inside its view box, closed, labelled, its text escaped.
pub fn assert_sound(svg: &str) {
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "not finite: {svg}");
    let size = attribute(svg, "viewBox").expect("a view box");
    let size: Vec<f64> = size.split(' ').map(|part| part.parse().expect("a number")).collect();
    let (width, height) = (size[2], size[3]);
    assert!(width > 0.0 && height > 0.0, "empty view box: {svg}");
    let is_mark = svg.contains("aria-hidden=\"true\"");
    let is_named = attribute(svg, "role") == Some("img") && attribute(svg, "aria-label").is_some();
    assert!(is_mark || is_named, "neither named nor hidden: {svg}");
    assert_closed(svg);
    for element in svg.split('<').skip(2).filter(|element| !element.starts_with('/')) {
        let tag = element.split('>').next().unwrap_or_default();
        for (x, y) in places(tag) {
            let inside =
                (-0.06..=width + 0.06).contains(&x) && (-0.06..=height + 0.06).contains(&y);
            assert!(inside, "{x},{y} of <{tag}> is outside {width}×{height}");
        }
    }
}

/// Every point an element names.
fn places(tag: &str) -> Vec<(f64, f64)> {
    let number = |name: &str| attribute(tag, name).and_then(|text| text.parse::<f64>().ok());
    let mut out = Vec::new();
    if let (Some(x), Some(y)) = (number("x"), number("y")) {
        out.push((x, y));
        if let (Some(width), Some(height)) = (number("width"), number("height")) {
            assert!(width >= 0.0 && height >= 0.0, "negative size: <{tag}>");
            out.push((x + width, y + height));
        }
    }
    if let (Some(x), Some(y), Some(r)) = (number("cx"), number("cy"), number("r")) {
        out.extend([(x - r, y - r), (x + r, y + r)]);
    }
    if let Some(points) = attribute(tag, "points") {
        out.extend(points.split(' ').map(|pair| {
            let (x, y) = pair.split_once(',').expect("a pair");
            (x.parse().expect("x"), y.parse().expect("y"))
        }));
    }
    out.extend(attribute(tag, "d").map(path_places).unwrap_or_default());
    out
}

/// Points of a path of absolute M, L, H, V and z.
fn path_places(d: &str) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::new();
    let mut rest = d;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(|c: char| c.is_ascii_alphabetic()).map_or(rest.len(), |i| i + 1);
        let numbers: Vec<f64> = rest[1..end]
            .split(' ')
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().expect("a number"))
            .collect();
        let last = out.last().copied().unwrap_or_default();
        match command {
            'H' => out.push((numbers[0], last.1)),
            'V' => out.push((last.0, numbers[0])),
            _ => out.extend(numbers.chunks(2).map(|pair| (pair[0], pair[1]))),
        }
        rest = &rest[end..];
    }
    out
}

fn assert_closed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    for element in svg.split('<').skip(1) {
        let (tag, _) = element.split_once('>').unwrap_or_else(|| panic!("no end: <{element}"));
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "in {svg}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = tag[start..].find('"')?;
    Some(&tag[start..start + end])
}
