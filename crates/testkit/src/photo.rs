//! Small JPEG pictures that stand for photographs of a site, with the Exif statements of a
//! phone. Every block of eight by eight pixels has one colour, so that no cosine is needed
//! and the file stays below two kilobytes.

use jiff::civil::DateTime;

/// Blocks across and down; a block is eight pixels wide and high.
const BLOCKS: (usize, usize) = (30, 20);

/// What a picture says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Says {
    /// When it was taken, by its camera's clock.
    pub taken: Option<DateTime>,
    /// Longitude and latitude in millionths of a degree, both positive.
    pub location: Option<(i64, i64)>,
}

/// A picture of a site with `steps` of seven storeys up; `mark` moves the clouds and the
/// crane, so that two pictures of different marks differ.
pub fn jpeg(says: Says, steps: usize, mark: u64) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    if says != Says::default() {
        segment(&mut out, 0xe1, &[b"Exif\0\0".as_slice(), &tiff(says)].concat());
    }
    // One quantisation table of ones times eight: a coefficient is the colour itself.
    segment(&mut out, 0xdb, &[[0].as_slice(), &[8; 64]].concat());
    let (width, height) = ((BLOCKS.0 * 8) as u16, (BLOCKS.1 * 8) as u16);
    let mut frame = vec![8];
    frame.extend(height.to_be_bytes());
    frame.extend(width.to_be_bytes());
    frame.extend([3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
    segment(&mut out, 0xc0, &frame);
    // Differences of colour: twelve sizes in four bits each. All else: "no more", in one bit.
    let mut sizes = vec![0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    sizes.extend(0..12);
    segment(&mut out, 0xc4, &sizes);
    segment(&mut out, 0xc4, &[0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00]);
    segment(&mut out, 0xda, &[3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
    out.extend(scan(steps, mark));
    out.extend([0xff, 0xd9]);
    out
}

fn segment(out: &mut Vec<u8>, marker: u8, bytes: &[u8]) {
    out.extend([0xff, marker]);
    out.extend((bytes.len() as u16 + 2).to_be_bytes());
    out.extend(bytes);
}

/// The blocks row by row, each as three differences.
fn scan(steps: usize, mark: u64) -> Vec<u8> {
    let (mut bits, mut before) = (Bits::default(), [0_i32; 3]);
    for y in 0..BLOCKS.1 {
        for x in 0..BLOCKS.0 {
            let colour = ycc(colour(x, y, steps, mark));
            for (was, now) in before.iter_mut().zip(colour) {
                let difference = now - *was;
                let size = 32 - difference.unsigned_abs().leading_zeros();
                bits.put(size, 4);
                let low = if difference < 0 { difference - 1 } else { difference };
                bits.put(low as u32 & ((1 << size) - 1), size);
                bits.put(0, 1);
                *was = now;
            }
        }
    }
    bits.end()
}

/// Sky, ground, the storeys of a building and a crane beside it.
fn colour(x: usize, y: usize, steps: usize, mark: u64) -> [u8; 3] {
    let building = (8..20).contains(&x) && y < 17 && y + 2 * steps.min(7) >= 17;
    let crane = 22 + (mark % 5) as usize;
    let arm = 2 + (mark / 5 % 3) as usize;
    let cloud = (x + (mark / 15 % 30) as usize) % 30 < 5 && (1..3).contains(&y);
    match (x, y) {
        (_, 17..) => [0x8c, 0x7a, 0x5c],
        _ if building && (x + y).is_multiple_of(3) => [0x4d, 0x5a, 0x66],
        _ if building => [0xb4, 0xba, 0xbd],
        (x, y) if x == crane && y >= arm => [0xd1, 0x9a, 0x1c],
        (x, y) if y == arm && x + 9 > crane && x < crane + 3 => [0xd1, 0x9a, 0x1c],
        _ if cloud => [0xf1, 0xf4, 0xf6],
        _ => [0xb9, 0xd3, 0xe6],
    }
}

/// Brightness and the two colour differences, less 128 where they are centred.
fn ycc([r, g, b]: [u8; 3]) -> [i32; 3] {
    let (r, g, b) = (i32::from(r), i32::from(g), i32::from(b));
    let y = (299 * r + 587 * g + 114 * b) / 1_000;
    [y - 128, (b - y) * 564 / 1_000, (r - y) * 713 / 1_000]
}

/// Bits from the highest; a byte of ones is followed by a zero.
#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, bits: u32) {
        self.held = self.held << bits | u64::from(value);
        self.count += bits;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.held >> self.count) as u8;
            self.out.push(byte);
            if byte == 0xff {
                self.out.push(0);
            }
        }
    }

    fn end(mut self) -> Vec<u8> {
        let left = (8 - self.count % 8) % 8;
        self.put((1 << left) - 1, left);
        self.out
    }
}

/// Directory entries of a TIFF header in little-endian order.
fn tiff(says: Says) -> Vec<u8> {
    let mut first = Vec::new();
    let count = usize::from(says.taken.is_some()) + usize::from(says.location.is_some());
    // The header, then the first directory, then what it points at.
    let mut rest_at = 8 + 2 + 12 * count + 4;
    let mut rest = Vec::new();
    if let Some(taken) = says.taken {
        let text = format!("{}\0", taken.strftime("%Y:%m:%d %H:%M:%S"));
        let directory = directory(&[entry(0x9003, 2, 20, (rest_at + 18) as u32)]);
        first.extend(entry(0x8769, 4, 1, rest_at as u32));
        rest.extend(directory);
        rest.extend(text.as_bytes());
        rest_at += 18 + 20;
    }
    if let Some((longitude, latitude)) = says.location {
        let values_at = rest_at + 2 + 12 * 4 + 4;
        let side = |tag, letter: u8| entry(tag, 2, 2, u32::from(letter));
        let place = |tag, at: usize| entry(tag, 5, 3, at as u32);
        let entries = [side(1, b'N'), place(2, values_at), side(3, b'E'), place(4, values_at + 24)];
        first.extend(entry(0x8825, 4, 1, rest_at as u32));
        rest.extend(directory(&entries));
        rest.extend(degrees(latitude));
        rest.extend(degrees(longitude));
    }
    let mut out = b"II\x2a\0\x08\0\0\0".to_vec();
    out.extend((count as u16).to_le_bytes());
    out.extend(first);
    out.extend([0; 4]);
    out.extend(rest);
    out
}

fn directory(entries: &[[u8; 12]]) -> Vec<u8> {
    let mut out = (entries.len() as u16).to_le_bytes().to_vec();
    out.extend(entries.concat());
    out.extend([0; 4]);
    out
}

fn entry(tag: u16, kind: u16, count: u32, value: u32) -> [u8; 12] {
    let mut out = [0; 12];
    out[..2].copy_from_slice(&tag.to_le_bytes());
    out[2..4].copy_from_slice(&kind.to_le_bytes());
    out[4..8].copy_from_slice(&count.to_le_bytes());
    out[8..].copy_from_slice(&value.to_le_bytes());
    out
}

/// Whole degrees, whole minutes, and seconds in ten-thousandths.
fn degrees(millionths: i64) -> Vec<u8> {
    let seconds = millionths * 3_600 / 100;
    let parts =
        [(seconds / 36_000_000, 1), (seconds / 600_000 % 60, 1), (seconds % 600_000, 10_000_u32)];
    parts
        .iter()
        .flat_map(|(number, of)| [(*number as u32).to_le_bytes(), of.to_le_bytes()].concat())
        .collect()
}
