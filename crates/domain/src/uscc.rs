//! The unified social credit code of a firm or other body (统一社会信用代码).
//!
//! 18 characters: registering department, category, region of six digits, organisation
//! code of nine, check. Two checks are computed: over the whole code, whose failure makes
//! the code wrong, and inside the organisation code, which some valid old codes fail, so
//! that it is only worth a look.

use crate::Problem;
use std::fmt;

/// Characters of a code; a character's value is its index. I, O, S, V and Z are left out.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH: usize = 18;
/// Weights of the organisation code's first eight characters.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A code whose check over the whole is right.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uscc([u8; LENGTH]);

/// Why a text is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsccError {
    /// Not 18 characters, but so many.
    Length(usize),
    /// The character at this position, counted from 1, is none a code may have.
    Character { position: usize, found: char },
    /// The last character is wrong; with these 17 before it, it would be this one.
    Check { expected: char },
}

impl Uscc {
    /// Reads a code as people type it: small letters, full-width characters, blanks and
    /// hyphens between groups are accepted.
    ///
    /// ```
    /// use tici_domain::uscc::{Uscc, UsccError};
    /// assert!(Uscc::parse("91350100m000100y43").is_ok());
    /// assert_eq!(
    ///     Uscc::parse("91350100M000100Y4Z"),
    ///     Err(UsccError::Character { position: 18, found: 'Z' })
    /// );
    /// ```
    pub fn parse(text: &str) -> Result<Uscc, UsccError> {
        let plain: Vec<char> = text.chars().filter_map(plain_char).collect();
        if plain.len() != LENGTH {
            return Err(UsccError::Length(plain.len()));
        }
        let mut bytes = [0; LENGTH];
        for (index, (&found, byte)) in plain.iter().zip(&mut bytes).enumerate() {
            let digits_only = (2..8).contains(&index);
            let allowed = found.is_ascii_digit() || (!digits_only && value(found).is_some());
            if !allowed {
                return Err(UsccError::Character { position: index + 1, found });
            }
            *byte = found as u8;
        }
        let expected = check_character(&bytes);
        if bytes[LENGTH - 1] != expected as u8 {
            return Err(UsccError::Check { expected });
        }
        Ok(Uscc(bytes))
    }

    /// Reads a code and says all that is to be said of it: one error, or a code with at
    /// most a warning.
    pub fn check(text: &str) -> (Option<Uscc>, Vec<Problem>) {
        match Uscc::parse(text) {
            Err(error) => (None, vec![error.problem(text)]),
            Ok(code) if code.organisation_is_sound() => (Some(code), Vec::new()),
            Ok(code) => {
                let problem = Problem::warning("uscc-organisation")
                    .arg("code", code)
                    .arg("part", code.organisation());
                (Some(code), vec![problem])
            }
        }
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("ASCII by construction")
    }

    /// Registering department: 1 establishment office, 5 civil affairs, 9 market
    /// supervision, Y other, and so on.
    pub fn department(&self) -> char {
        self.0[0] as char
    }

    /// Category within the department: 91 is an enterprise, 92 a sole trader.
    pub fn category(&self) -> char {
        self.0[1] as char
    }

    /// GB/T 2260 code of the registering authority's division.
    pub fn region(&self) -> &str {
        &self.as_str()[2..8]
    }

    /// Organisation code with its own check character (GB 11714).
    pub fn organisation(&self) -> &str {
        &self.as_str()[8..17]
    }

    /// Whether the organisation code's own check is right.
    pub fn organisation_is_sound(&self) -> bool {
        self.0[16] as char == organisation_check(&self.0[8..16])
    }
}

impl UsccError {
    /// The problem to show for `text`, an error.
    pub fn problem(self, text: &str) -> Problem {
        match self {
            UsccError::Length(length) => {
                Problem::error("uscc-length").arg("code", text).arg("length", length)
            }
            UsccError::Character { position, found } => Problem::error("uscc-character")
                .arg("code", text)
                .arg("position", position)
                .arg("found", found),
            UsccError::Check { expected } => {
                Problem::error("uscc-check").arg("code", text).arg("expected", expected)
            }
        }
    }
}

/// The 18th character that belongs behind the first 17: weights are powers of 3 modulo 31,
/// and the weighted sum with the check is a multiple of 31.
fn check_character(code: &[u8; LENGTH]) -> char {
    let mut weight = 1;
    let mut sum = 0;
    for &byte in &code[..LENGTH - 1] {
        sum += value(byte as char).unwrap_or(0) * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET[((31 - sum % 31) % 31) as usize] as char
}

/// The organisation code's check: here letters count as in base 36, modulo 11, 10 is X.
fn organisation_check(first_eight: &[u8]) -> char {
    let value = |byte: u8| (byte as char).to_digit(36).unwrap_or(0);
    let sum: u32 =
        first_eight.iter().zip(ORGANISATION_WEIGHTS).map(|(&byte, w)| value(byte) * w).sum();
    match 11 - sum % 11 {
        11 => '0',
        10 => 'X',
        check => char::from(b'0' + check as u8),
    }
}

fn value(c: char) -> Option<u32> {
    ALPHABET.iter().position(|&byte| byte as char == c).map(|index| index as u32)
}

/// Capital ASCII for what was typed; blanks and hyphens vanish.
fn plain_char(c: char) -> Option<char> {
    match c {
        '-' | '－' | '–' => None,
        _ if c.is_whitespace() => None,
        '！'..='～' => char::from_u32(c as u32 - '！' as u32 + '!' as u32),
        _ => Some(c),
    }
    .map(|c| c.to_ascii_uppercase())
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
