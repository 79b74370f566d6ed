//! From one entry's leaf to the signed root: each hash and what it is joined with.

use super::Room;
use super::svg::{Area, Style, Svg};

/// Height of one level, in px.
const LEVEL_PX: f64 = 40.0;
/// Levels drawn at most; a journal of 2^60 entries has 60.
const LEVELS_MAX: usize = 64;

/// Side on which the sibling stands when two hashes are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// One joining.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MerkleStep {
    pub side: Side,
    /// Hash given by the proof, in hex.
    pub sibling: String,
    /// Hash of the two, in hex.
    pub parent: String,
}

/// A proof of inclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MerklePath {
    pub room: Room,
    /// Hash of the entry's leaf, in hex.
    pub leaf: String,
    pub steps: Vec<MerkleStep>,
    /// Words beside the leaf and the root: 记录 20417, 检查点根.
    pub leaf_word: String,
    pub root_word: String,
    /// Finding in words.
    pub label: String,
}

/// The path from the leaf, at the bottom, to the root, at the top.
///
/// ```
/// use tici_web::charts::{MerklePath, MerkleStep, Room, Side, merkle_path};
/// let step = MerkleStep { side: Side::Left, sibling: "51d0".into(), parent: "c27e".into() };
/// let svg = merkle_path(&MerklePath {
///     room: Room::Narrow,
///     leaf: "9f3a".into(),
///     steps: vec![step],
///     leaf_word: "记录 1".into(),
///     root_word: "根".into(),
///     label: "记录 1 在根之下".into(),
/// });
/// assert!(svg.contains("9f3a") && svg.contains("51d0") && svg.contains("c27e"));
/// ```
pub fn merkle_path(of: &MerklePath) -> String {
    let width = of.room.width_px();
    let steps = &of.steps[..of.steps.len().min(LEVELS_MAX)];
    let box_px = if of.room.is_narrow() { 88.0 } else { 132.0 };
    let mut svg = Svg::new(width, 28.0 + LEVEL_PX * steps.len() as f64);
    let centre = width / 2.0;
    let offset = box_px + if of.room.is_narrow() { 14.0 } else { 60.0 };
    let top_of = |level: usize| LEVEL_PX * (steps.len() - level) as f64 + 2.0;
    for (level, step) in steps.iter().enumerate() {
        let (from, to) = (top_of(level), top_of(level + 1));
        let sibling_x = match step.side {
            Side::Left => centre - offset,
            Side::Right => centre + offset,
        };
        let look = "stroke=\"var(--plan)\" fill=\"none\"";
        let bend = to + 32.0;
        svg.polyline(&[(sibling_x, from), (sibling_x, bend), (centre, bend)], look);
        let look = "stroke=\"var(--actual)\" stroke-width=\"2\"";
        svg.line((centre, from), (centre, to + 24.0), look);
        let area = Area::new(sibling_x - box_px / 2.0, from, box_px, 24.0);
        svg.rect(area.inset(0.5), "var(--surface)", "var(--plan)");
        svg.text((sibling_x, from + 16.0), Style::MONO_MIDDLE, &short(&step.sibling));
    }
    let last = steps.len();
    for (level, hash) in
        std::iter::once(&of.leaf).chain(steps.iter().map(|step| &step.parent)).enumerate()
    {
        let area = Area::new(centre - box_px / 2.0, top_of(level), box_px, 24.0);
        let fill = if level == 0 || level == last { "var(--azure-t)" } else { "var(--surface)" };
        svg.rect(area.inset(0.5), fill, "var(--actual)");
        svg.text((centre, area.y + 16.0), Style::MONO_STRONG, &short(hash));
    }
    draw_ends(&mut svg, of, steps, (centre, box_px), top_of(0));
    svg.finish(&of.label)
}

/// Words on the free side of leaf and root.
fn draw_ends(
    svg: &mut Svg,
    of: &MerklePath,
    steps: &[MerkleStep],
    (centre, box_px): (f64, f64),
    leaf_top: f64,
) {
    let room = centre - box_px / 2.0 - 8.0;
    let right = centre + box_px / 2.0 + 8.0;
    if !steps.is_empty() {
        svg.text_in((right, 18.0), room, Style::STRONG, &of.root_word);
    }
    let at_right = steps.first().is_none_or(|step| step.side == Side::Left);
    if at_right {
        svg.text_in((right, leaf_top + 16.0), room, Style::STRONG, &of.leaf_word);
    } else {
        let left = centre - box_px / 2.0 - 8.0;
        svg.text_in((left, leaf_top + 16.0), room, Style::STRONG_END, &of.leaf_word);
    }
}

/// The first eight hex digits in two groups: enough to compare by eye.
fn short(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().take(8).collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    if hash.chars().count() > 8 { format!("{} …", groups.join(" ")) } else { groups.join(" ") }
}
