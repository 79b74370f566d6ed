//! How others write a period.

use tici_domain::Period;
use tici_domain::period::Kind;

/// As DHIS2 writes it: `2026`, `2026S1`, `2026Q2`, `202605`. It has no ten days, and no
/// January and February together.
pub fn to_dhis2(period: Period) -> Option<String> {
    let year = period.calendar_year();
    Some(match period.kind() {
        Kind::Year => format!("{year:04}"),
        Kind::Half => format!("{year:04}S{}", period.index()),
        Kind::Quarter => format!("{year:04}Q{}", period.index()),
        Kind::Month => format!("{year:04}{:02}", period.index()),
        Kind::JanFeb | Kind::TenDays => return None,
    })
}

/// Reads what [`to_dhis2`] writes.
pub fn from_dhis2(text: &str) -> Option<Period> {
    let (year, rest) = text.split_at_checked(4)?;
    let year = Some(year).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let year: i16 = year.parse().ok()?;
    let number = |text: &str, digits: usize| -> Option<u8> {
        let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    match rest.as_bytes().first() {
        None => Some(Period::year(year)),
        Some(b'S') => Period::half(year, number(&rest[1..], 1)?),
        Some(b'Q') => Period::quarter(year, number(&rest[1..], 1)?),
        Some(_) => Period::month(year, number(rest, 2)?),
    }
}

/// As SDMX 3.0 writes it, with its frequency: `2026`, `2026-S1`, `2026-Q2`, `2026-05`, and
/// for what it has no name for, the first day and the length.
pub fn to_sdmx(period: Period) -> (&'static str, String) {
    let year = period.calendar_year();
    match period.kind() {
        Kind::Year => ("A", format!("{year:04}")),
        Kind::Half => ("S", format!("{year:04}-S{}", period.index())),
        Kind::Quarter => ("Q", format!("{year:04}-Q{}", period.index())),
        Kind::Month => ("M", format!("{year:04}-{:02}", period.index())),
        Kind::JanFeb => ("_O", format!("{}/P2M", period.first_day())),
        Kind::TenDays => {
            let days = (period.last_day() - period.first_day()).get_days() + 1;
            ("_O", format!("{}/P{days}D", period.first_day()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_as_others_write_them() {
        let cases = [
            ("2026", Some("2026"), ("A", "2026")),
            ("2026-H1", Some("2026S1"), ("S", "2026-S1")),
            ("2026-Q2", Some("2026Q2"), ("Q", "2026-Q2")),
            ("2026-05", Some("202605"), ("M", "2026-05")),
            ("2026-01+02", None, ("_O", "2026-01-01/P2M")),
            ("2026-02-T3", None, ("_O", "2026-02-21/P8D")),
        ];
        for (code, dhis2, sdmx) in cases {
            let period = Period::parse(code).expect("a period");
            assert_eq!(to_dhis2(period).as_deref(), dhis2);
            assert_eq!(to_sdmx(period), (sdmx.0, sdmx.1.to_owned()));
            if let Some(text) = dhis2 {
                assert_eq!(from_dhis2(text), Some(period));
            }
        }
        for text in [
            "",
            "26",
            "202",
            "2026Q5",
            "2026Q",
            "202613",
            "20265",
            "2026W1",
            "２０２６",
            "2026é",
            "2026-05",
            "20260501",
        ] {
            assert_eq!(from_dhis2(text), None, "{text}");
        }
    }
}
