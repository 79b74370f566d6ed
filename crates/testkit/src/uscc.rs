//! Unified social credit codes that pass both checks and belong to nobody: their region is
//! 999999, which no division has.

/// Characters of a code; a character's value is its index (GB 32100-2015).
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Weights of the organisation code (GB 11714).
const ORGANISATION: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// The code of invented firm `number`, different for every number below a million.
///
/// ```
/// let code = tici_testkit::uscc::fictional(7);
/// assert!(code.starts_with("91999999MA000007"));
/// assert_eq!(code.len(), 18);
/// ```
pub fn fictional(number: u32) -> String {
    let body = format!("MA{:06}", number % 1_000_000);
    let code = format!("91999999{body}{}", organisation_check(&body));
    let check = whole_check(&code);
    format!("{code}{check}")
}

fn organisation_check(body: &str) -> char {
    let sum: u32 = body
        .chars()
        .zip(ORGANISATION)
        .map(|(char, weight)| char.to_digit(36).unwrap_or(0) * weight)
        .sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        check => char::from_digit(check, 10).unwrap_or('0'),
    }
}

fn whole_check(code: &str) -> char {
    let mut weight = 1;
    let mut sum = 0;
    for byte in code.bytes() {
        let value = ALPHABET.iter().position(|known| *known == byte).unwrap_or(0);
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    char::from(ALPHABET[(31 - sum % 31) % 31])
}
