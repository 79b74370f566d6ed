//! What photographs say of themselves, and files that say nothing.

use proptest::prelude::*;
use tici_exchange::photo::{PhotoFacts, picture_type, read_photo};
use tici_testkit::photo::{Says, jpeg};

fn says() -> Says {
    let taken = "2026-06-12T09:30:15".parse().expect("a time");
    Says { taken: Some(taken), location: Some((119_123_456, 32_654_321)) }
}

#[test]
fn time_and_place_come_back_to_the_second_and_the_millionth() {
    let whole = says();
    for says in
        [whole, Says { location: None, ..whole }, Says { taken: None, ..whole }, Says::default()]
    {
        let bytes = jpeg(says, 3, 12_345);
        let facts = PhotoFacts { taken: says.taken, location: says.location };
        assert_eq!(read_photo(&bytes), facts, "{says:?}");
        assert_eq!(picture_type(&bytes), Some("image/jpeg"));
    }
}

/// Bytes of a photograph changed at a place: what is still believed.
#[test]
fn statements_out_of_range_are_not_believed() {
    let bytes = jpeg(says(), 3, 1);
    let put = |from: &[u8], to: &[u8]| {
        let at = bytes.windows(from.len()).position(|part| part == from).expect("there");
        let mut changed = bytes.clone();
        changed[at..at + to.len()].copy_from_slice(to);
        read_photo(&changed)
    };
    assert_eq!(put(b"2026:06:12", b"2026:13:12").taken, None, "a thirteenth month");
    assert_eq!(put(b"2026:06:12", b"0000:00:00").taken, None, "a camera without a clock");
    assert_eq!(put(b"2026:06:12", b"          ").taken, None, "blank");
    assert_eq!(put(&119_u32.to_le_bytes(), &190_u32.to_le_bytes()).location, None, "east of all");
    let south = put(b"\x02\0\x02\0\0\0N", b"\x02\0\x02\0\0\0S");
    assert_eq!(south.location.map(|at| at.1), Some(-32_654_321));
    assert_eq!(put(b"\x02\0\x02\0\0\0N", b"\x02\0\x02\0\0\0?").location, None, "no side");
}

#[test]
fn what_is_no_photograph_says_nothing() {
    let none = PhotoFacts::default();
    let texts: [&[u8]; 5] =
        [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"%PDF-1.7", b"MM\0\x2a"];
    for bytes in texts {
        assert_eq!(read_photo(bytes), none, "{bytes:?}");
    }
    assert_eq!(picture_type(b"<svg onload=alert(1)>"), None, "a drawing that runs is none");
    assert_eq!(picture_type(b"\xff\xd8"), None);
    let large = vec![0xff; 8 << 20];
    assert_eq!(read_photo(&large), none);
}

proptest! {
    /// Whatever is cut or changed, nothing breaks.
    #[test]
    fn a_broken_photograph_breaks_nothing(
        cut in 0_usize..900,
        changes in prop::collection::vec((0_usize..400, any::<u8>()), 0..12),
    ) {
        let mut bytes = jpeg(says(), 4, 77);
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        bytes.truncate(bytes.len().saturating_sub(cut));
        let facts = read_photo(&bytes);
        let (lon, lat) = facts.location.unwrap_or_default();
        prop_assert!(lon.abs() <= 180_000_000 && lat.abs() <= 90_000_000);
    }

    #[test]
    fn any_bytes_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let heads: [&[u8]; 4] = [b"\xff\xd8\xff\xe1", b"II\x2a\0\x08\0\0\0", b"RIFF\0\0\0\0WEBP",
            b"\0\0\0\x18ftypheic"];
        for head in heads {
            read_photo(&[head, &bytes].concat());
        }
    }
}
