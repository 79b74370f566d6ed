//! Small pictures that stand for photographs of a site: rising steps on a ruled ground,
//! with marks that differ from project to project. Written as PNG without compression.

/// Pixels across and down; the width is a whole number of bytes at two bits a pixel.
const WIDTH: usize = 160;
const HEIGHT: usize = 96;

/// Paper, line, steps, ink: the four colours of the palette.
const PALETTE: [[u8; 3]; 4] =
    [[0xf4, 0xf5, 0xf2], [0xda, 0xde, 0xd8], [0x8a, 0xb1, 0xcb], [0x17, 0x21, 0x1d]];

/// A picture with `steps` of seven steps filled; `mark` sets its marks and `text` is kept
/// in the file.
pub(crate) fn png(steps: usize, mark: u64, text: &str) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend((WIDTH as u32).to_be_bytes());
    header.extend((HEIGHT as u32).to_be_bytes());
    // Two bits a pixel, by palette, deflate, no filter, not interlaced.
    header.extend([2, 3, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &header);
    chunk(&mut out, b"PLTE", &PALETTE.concat());
    let label = format!("Description\0\0\0\0\0{text}");
    chunk(&mut out, b"iTXt", label.as_bytes());
    chunk(&mut out, b"IDAT", &stored(&pixels(steps, mark)));
    chunk(&mut out, b"IEND", &[]);
    out
}

/// Rows of pixels, each behind its filter byte.
fn pixels(steps: usize, mark: u64) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEIGHT * (WIDTH / 4 + 1));
    for y in 0..HEIGHT {
        out.push(0);
        for x in (0..WIDTH).step_by(4) {
            let byte = (0..4).fold(0, |byte, i| byte << 2 | colour(x + i, y, steps, mark));
            out.push(byte);
        }
    }
    out
}

fn colour(x: usize, y: usize, steps: usize, mark: u64) -> u8 {
    let on_border = x < 2 || y < 2 || x >= WIDTH - 2 || y >= HEIGHT - 2;
    if on_border && (x + y) % 8 < 5 {
        return 3;
    }
    // Marks along the foot, one for each bit.
    let bit = x.wrapping_sub(8) / 4;
    if (HEIGHT - 8..HEIGHT - 4).contains(&y) && bit < 36 && mark >> bit & 1 == 1 {
        return 3;
    }
    let step = x.wrapping_sub(16) / 18;
    let top = HEIGHT - 20 - step.min(6) * 9;
    let inside = step < 7 && (x - 16) % 18 < 15 && (top..HEIGHT - 12).contains(&y);
    match (inside, step < steps) {
        (true, true) => 2,
        (true, false) => 1,
        _ => u8::from((x + y).is_multiple_of(16)),
    }
}

/// A zlib stream of one stored block.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len() as u16;
    let mut out = vec![0x78, 0x01, 0x01];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(bytes);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend((b << 16 | a).to_be_bytes());
    out
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], bytes: &[u8]) {
    out.extend((bytes.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend(kind);
    out.extend(bytes);
    let sum = crc(&out[start..]);
    out.extend(sum.to_be_bytes());
}

/// CRC-32 as PNG has it (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { 0xedb8_8320 ^ sum >> 1 } else { sum >> 1 }
        })
    });
    !sum
}
