//! Numbers and words of a snapshot's image, one behind the other. Integers are written in
//! seven bits a byte, small ones short; columns as they lie in memory, little end first.

use jiff::civil::Date;
use tici_domain::Name;

/// Bytes being written.
#[derive(Debug, Default)]
pub(super) struct Out(pub Vec<u8>);

impl Out {
    pub fn count(&mut self, value: usize) {
        self.wide(value as u64);
    }

    /// Negative numbers are folded between the positive ones.
    pub fn int(&mut self, value: i64) {
        self.wide((value << 1 ^ value >> 63) as u64);
    }

    fn wide(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    pub fn opt<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Out, T)) {
        self.0.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    pub fn opt_int(&mut self, value: Option<i64>) {
        self.opt(value, Out::int);
    }

    pub fn opt_text(&mut self, text: Option<&String>) {
        self.opt(text, |out, text| out.text(text));
    }

    pub fn date(&mut self, date: Date) {
        self.int(super::keyed::date_to_number(date));
    }

    pub fn opt_date(&mut self, date: Option<Date>) {
        self.opt(date, Out::date);
    }

    pub fn name(&mut self, name: &Name) {
        let Name { text, hant, en } = name;
        self.text(text);
        self.opt_text(hant.as_ref());
        self.opt_text(en.as_ref());
    }

    pub fn opt_name(&mut self, name: Option<&Name>) {
        self.opt(name, Out::name);
    }

    pub fn list<T>(&mut self, list: &[T], mut write: impl FnMut(&mut Out, &T)) {
        self.count(list.len());
        list.iter().for_each(|item| write(self, item));
    }

    pub fn column<const N: usize>(&mut self, bytes: impl Iterator<Item = [u8; N]>) {
        bytes.for_each(|bytes| self.0.extend_from_slice(&bytes));
    }
}

/// Bytes being read; `None` from any of these means that they are not what was written.
#[derive(Debug)]
pub(super) struct In<'a>(pub &'a [u8]);

impl<'a> In<'a> {
    pub fn count(&mut self) -> Option<usize> {
        usize::try_from(self.wide()?).ok()
    }

    pub fn int(&mut self) -> Option<i64> {
        let folded = self.wide()?;
        Some((folded >> 1) as i64 ^ -((folded & 1) as i64))
    }

    fn wide(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub fn str(&mut self) -> Option<&'a str> {
        let count = self.count()?;
        std::str::from_utf8(self.bytes(count)?).ok()
    }

    pub fn text(&mut self) -> Option<String> {
        self.str().map(str::to_owned)
    }

    pub fn opt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            1 => Some(Some(read(self)?)),
            _ => None,
        }
    }

    pub fn opt_int(&mut self) -> Option<Option<i64>> {
        self.opt(In::int)
    }

    pub fn opt_text(&mut self) -> Option<Option<String>> {
        self.opt(In::text)
    }

    /// A code, read by its own parser.
    pub fn code<T>(&mut self, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        parse(self.str()?)
    }

    pub fn date(&mut self) -> Option<Date> {
        super::keyed::number_to_date(self.int()?)
    }

    pub fn opt_date(&mut self) -> Option<Option<Date>> {
        self.opt(In::date)
    }

    pub fn name(&mut self) -> Option<Name> {
        Some(Name { text: self.text()?, hant: self.opt_text()?, en: self.opt_text()? })
    }

    pub fn opt_name(&mut self) -> Option<Option<Name>> {
        self.opt(In::name)
    }

    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        // Every item takes a byte at least: a wrong count must not ask for all memory.
        let mut list = Vec::with_capacity(count.min(self.0.len()));
        for _ in 0..count {
            list.push(read(self)?);
        }
        Some(list)
    }

    pub fn column<const N: usize, T>(
        &mut self,
        count: usize,
        of: impl Fn([u8; N]) -> T,
    ) -> Option<Vec<T>> {
        let (items, rest) = self.bytes(count.checked_mul(N)?)?.as_chunks::<N>();
        rest.is_empty().then(|| items.iter().map(|bytes| of(*bytes)).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let ints = [0, 1, -1, 63, -64, 64, 300, i64::MAX, i64::MIN];
        let mut out = Out::default();
        ints.iter().for_each(|value| out.int(*value));
        out.text("梯次");
        out.opt_date("2026-06-18".parse().ok());
        out.opt_name(None);
        out.list(&["a", "b"], |out, text| out.text(text));
        out.column([1_u32, 2].into_iter().map(u32::to_le_bytes));
        let mut read = In(&out.0);
        assert_eq!(ints.map(|_| read.int()), ints.map(Some));
        assert_eq!(read.text().as_deref(), Some("梯次"));
        assert_eq!(read.opt_date(), Some("2026-06-18".parse().ok()));
        assert_eq!(read.opt_name(), Some(None));
        assert_eq!(read.list(In::text), Some(vec!["a".into(), "b".into()]));
        assert_eq!(read.column(2, u32::from_le_bytes), Some(vec![1, 2]));
        assert!(read.is_empty());
    }

    #[test]
    fn what_is_cut_off_is_not_read() {
        let mut out = Out::default();
        out.text("ninety");
        for end in 0..out.0.len() {
            assert_eq!(In(&out.0[..end]).text(), None);
        }
        assert_eq!(In(&[0xff; 12]).int(), None);
        assert_eq!(In(&[0xff, 0xff, 0xff, 0x7f, 0]).list(In::int), None);
    }
}
