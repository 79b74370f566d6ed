//! What a photograph says of itself: when and where it was taken. Shown, never trusted:
//! anybody can set a camera's clock, and a phone can be told where it is.

use std::io::Cursor;

use exif::{DateTime, Exif, Field, In, Reader, Tag, Value};
use jiff::civil;

/// What was read; empty when the file is no photograph or says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhotoFacts {
    /// In the camera's local time, to the second.
    pub taken: Option<civil::DateTime>,
    /// Longitude and latitude in millionths of a degree (WGS 84, within a metre of
    /// CGCS2000).
    pub location: Option<(i64, i64)>,
}

/// Kinds of picture a browser shows, by the first bytes; names and stated types are not
/// believed.
pub fn picture_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        _ => None,
    }
}

/// Reads a photograph's own statements (Exif in JPEG, PNG, WebP, HEIF or TIFF). Anything
/// broken, and anything that is no picture, says nothing.
pub fn read_photo(bytes: &[u8]) -> PhotoFacts {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let read = reader.read_from_container(&mut Cursor::new(bytes));
    let exif = read.or_else(|error| error.distill_partial_result(|_| ()));
    exif.map_or_else(|_| PhotoFacts::default(), |exif| facts(&exif))
}

fn facts(exif: &Exif) -> PhotoFacts {
    let taken = [Tag::DateTimeOriginal, Tag::DateTimeDigitized, Tag::DateTime];
    let taken = taken.into_iter().find_map(|tag| time(field(exif, tag)?));
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, (b'E', b'W'), 180);
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, (b'N', b'S'), 90);
    // Phones without a fix write zeros: nobody builds in the Gulf of Guinea.
    let location = longitude.zip(latitude).filter(|place| *place != (0, 0));
    PhotoFacts { taken, location }
}

fn field(exif: &Exif, tag: Tag) -> Option<&Field> {
    exif.get_field(tag, In::PRIMARY)
}

fn time(field: &Field) -> Option<civil::DateTime> {
    let Value::Ascii(texts) = &field.value else { return None };
    let read = DateTime::from_ascii(texts.first()?).ok()?;
    let small = |number: u8| i8::try_from(number).ok();
    let year = i16::try_from(read.year).ok().filter(|year| *year > 1900)?;
    let (month, day) = (small(read.month)?, small(read.day)?);
    let (hour, minute, second) = (small(read.hour)?, small(read.minute)?, small(read.second)?);
    civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

/// Degrees, minutes and seconds as millionths of a degree; `None` when out of range.
fn degrees(exif: &Exif, tag: Tag, side: Tag, signs: (u8, u8), most: i64) -> Option<i64> {
    let Value::Rational(parts) = &field(exif, tag)?.value else { return None };
    let Value::Ascii(sides) = &field(exif, side)?.value else { return None };
    let sign = match sides.first()?.first()?.to_ascii_uppercase() {
        side if side == signs.0 => 1,
        side if side == signs.1 => -1,
        _ => return None,
    };
    let mut millionths = 0;
    for (part, seconds) in parts.iter().zip([3_600_i64, 60, 1]) {
        if part.denom == 0 {
            return None;
        }
        let scaled = i128::from(part.num) * i128::from(seconds) * 1_000_000;
        millionths += scaled / i128::from(part.denom);
    }
    let millionths = i64::try_from(millionths / 3_600).ok()?;
    (!parts.is_empty() && millionths <= most * 1_000_000).then_some(sign * millionths)
}
