//! The formula of a score with its numbers in it.

use crate::assess::score::Number;
use crate::statement::words::{Arg, Words};

/// Decimals of a number inside a formula; the points themselves are beside it in full.
const DECIMALS: u32 = 4;

/// A message with numbers as its arguments.
pub(super) fn how(key: &str, numbers: &[(&str, &Number)]) -> Words {
    let words = Words::new(key);
    numbers.iter().fold(words, |words, (name, number)| words.with(name, arg(number)))
}

pub(super) fn arg(number: &Number) -> Arg {
    Arg::Number(number.brief(DECIMALS))
}

/// The same, brought to other full points: `(60 + 40 × …) × 15 ÷ 100`.
pub(super) fn scaled(inner: Words, full: &Number, top: &Number) -> Words {
    let words = Words::new("assess-how-scaled").with("of", Arg::Words(Box::new(inner)));
    words.with("full", arg(full)).with("top", arg(top))
}
