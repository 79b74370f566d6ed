//! Which encoding a text file is in: decided by its bytes alone, always the same way.

use serde::{Deserialize, Serialize};

/// The encodings text files of project offices come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    Gb18030,
    Big5,
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Encoding {
    pub const ALL: [Encoding; 6] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Gb18030,
        Encoding::Big5,
        Encoding::Windows1252,
    ];

    /// The name as maps and messages state it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Gb18030 => "GB18030",
            Encoding::Big5 => "Big5",
            Encoding::Windows1252 => "windows-1252",
        }
    }

    fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Big5 => encoding_rs::BIG5,
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
        }
    }

    /// The text, without a byte order mark; `Err` holds the offset in characters of the
    /// first place that is not in this encoding.
    pub fn decode(self, bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, usize> {
        let codec = self.codec();
        let (text, had_errors) = codec.decode_with_bom_removal(bytes);
        if !had_errors {
            return Ok(text);
        }
        Err(text.chars().position(|c| c == '\u{fffd}').unwrap_or(0))
    }
}

/// Bytes looked at; enough to tell, and quick on a large file.
const SAMPLE_BYTES: usize = 256 << 10;

/// Share of double-byte characters that must be everyday ones before bytes count as Chinese.
const COMMON_SHARE_MIN: f64 = 0.6;

/// Decides in this order: byte order mark; zero bytes on one side of each pair (UTF-16);
/// valid UTF-8; everyday characters of GB18030 or Big5, whichever has more of them;
/// windows-1252, which any bytes are.
pub fn sniff(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return Encoding::Utf8,
        [0xff, 0xfe, ..] => return Encoding::Utf16Le,
        [0xfe, 0xff, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if let Some(encoding) = sniff_utf16(sample) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Encoding::Utf8;
    }
    let gb = common_share(sample, is_gb_pair, is_gb_common);
    let big5 = common_share(sample, is_big5_pair, is_big5_common);
    match (gb, big5) {
        (Some(gb), Some(big5)) if big5 > gb && big5 >= COMMON_SHARE_MIN => Encoding::Big5,
        (Some(gb), _) if gb >= COMMON_SHARE_MIN => Encoding::Gb18030,
        (None, Some(big5)) if big5 >= COMMON_SHARE_MIN => Encoding::Big5,
        _ => Encoding::Windows1252,
    }
}

/// Latin digits and separators leave a zero in every pair; Chinese text has enough of them.
fn sniff_utf16(sample: &[u8]) -> Option<Encoding> {
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = sample.len() / 20;
    if odd > enough && odd > even * 8 {
        return Some(Encoding::Utf16Le);
    }
    (even > enough && even > odd * 8).then_some(Encoding::Utf16Be)
}

/// Share of pairs that are everyday characters; `None` when the bytes are not in pairs.
fn common_share(
    sample: &[u8],
    is_pair: fn(u8, u8) -> bool,
    is_common: fn(u8, u8) -> bool,
) -> Option<f64> {
    let (mut at, mut pairs, mut common) = (0, 0_usize, 0_usize);
    while at < sample.len() {
        let first = sample[at];
        if first < 0x80 {
            at += 1;
            continue;
        }
        // A pair cut by the end of the sample says nothing.
        let Some(&second) = sample.get(at + 1) else { break };
        let four_bytes = is_pair(0x81, 0x30) && second.is_ascii_digit();
        if four_bytes {
            at += 4;
            pairs += 1;
            continue;
        }
        if !is_pair(first, second) {
            return None;
        }
        pairs += 1;
        common += usize::from(is_common(first, second));
        at += 2;
    }
    (pairs > 0).then(|| common as f64 / pairs as f64)
}

fn is_gb_pair(first: u8, second: u8) -> bool {
    let pair = (0x40..=0x7e).contains(&second) || (0x80..=0xfe).contains(&second);
    (0x81..=0xfe).contains(&first) && (pair || second.is_ascii_digit())
}

/// GB 2312 punctuation and level 1, the 3,755 characters of everyday use.
fn is_gb_common(first: u8, second: u8) -> bool {
    second >= 0xa1 && matches!(first, 0xa1..=0xa3 | 0xb0..=0xd7)
}

fn is_big5_pair(first: u8, second: u8) -> bool {
    let pair = (0x40..=0x7e).contains(&second) || (0xa1..=0xfe).contains(&second);
    (0x81..=0xfe).contains(&first) && pair
}

/// Big5 punctuation and level 1, the 5,401 characters of everyday use.
fn is_big5_common(first: u8, _second: u8) -> bool {
    matches!(first, 0xa1..=0xc6)
}
