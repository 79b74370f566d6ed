//! Values keyed by subject, measure, basis and period, in sorted columns cut into chunks
//! of subjects. A new value copies one chunk, never the whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use tici_domain::{Basis, FigureKey, Measure, Period, figure::Value};

use super::bytes::{In, Out};

/// Subjects in one chunk. Small enough to copy on every write, large enough that the
/// outer list stays short at 50,000 projects.
pub(super) const SUBJECTS_PER_CHUNK: i64 = 256;

/// One stored value with where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    pub measure: Measure,
    pub basis: Basis,
    pub period: Period,
    /// The number, or the date as `yyyymmdd`; 0 for text.
    pub number: i64,
    pub text: Option<&'a str>,
    /// Row id in its table.
    pub id: i64,
    /// Journal entry that wrote it.
    pub entry: i64,
}

impl Cell<'_> {
    /// The value as the domain has it.
    pub fn value(&self) -> Value {
        match (self.text, self.measure.spec().unit) {
            (Some(text), _) => Value::Text(text.to_owned()),
            (None, tici_domain::measure::Unit::Date) => match number_to_date(self.number) {
                Some(date) => Value::Date(date),
                None => Value::Int(self.number),
            },
            (None, _) => Value::Int(self.number),
        }
    }
}

/// A set of current values of one kind of subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyedSet {
    chunks: Vec<Arc<Chunk>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chunk {
    keys: Vec<u64>,
    numbers: Vec<i64>,
    /// Text of a value; most chunks have few. Index 0 means none.
    text_index: Vec<u32>,
    texts: Vec<Arc<str>>,
    ids: Vec<u32>,
    entries: Vec<u32>,
    /// The highest of `entries`, which is the last that wrote here: whatever replaced a
    /// value was written later.
    last_entry: Option<u32>,
    /// Length of the sorted prefix; pushes go behind it until [`KeyedSet::settle`].
    sorted: usize,
}

impl KeyedSet {
    /// Puts a value behind the others; [`KeyedSet::settle`] makes it visible.
    pub fn push(&mut self, key: FigureKey, value: &Value, id: i64, entry: i64) {
        let subject = key.subject.id();
        let index = (subject / SUBJECTS_PER_CHUNK) as usize;
        if index >= self.chunks.len() {
            self.chunks.resize_with(index + 1, Arc::default);
        }
        Arc::make_mut(&mut self.chunks[index]).push(pack(&key), value, id, entry);
    }

    /// Sorts what was pushed; the last value of a key wins.
    pub fn settle(&mut self) {
        let unsettled = |chunk: &&mut Arc<Chunk>| chunk.sorted < chunk.keys.len();
        let mut unsettled: Vec<_> = self.chunks.iter_mut().filter(unsettled).collect();
        unsettled.par_iter_mut().for_each(|chunk| Arc::make_mut(chunk).settle());
    }

    /// Takes all that was pushed to another set behind what was pushed to this one.
    pub(super) fn absorb(&mut self, other: KeyedSet) {
        if other.chunks.len() > self.chunks.len() {
            self.chunks.resize_with(other.chunks.len(), Arc::default);
        }
        for (chunk, from) in self.chunks.iter_mut().zip(other.chunks) {
            if chunk.keys.is_empty() {
                *chunk = from;
            } else if !from.keys.is_empty() {
                let chunk = Arc::make_mut(chunk);
                (0..from.keys.len()).for_each(|index| chunk.take(&from, index));
            }
        }
    }

    /// The values that entries before `seq` wrote.
    pub(super) fn before(&self, seq: i64) -> KeyedSet {
        let before = |chunk: &Arc<Chunk>| match chunk.last_entry {
            Some(last) if i64::from(last) >= seq => Arc::new(chunk.before(seq)),
            _ => chunk.clone(),
        };
        let mut chunks: Vec<Arc<Chunk>> = self.chunks.par_iter().map(before).collect();
        let used = chunks.iter().rposition(|chunk| !chunk.keys.is_empty());
        chunks.truncate(used.map_or(0, |last| last + 1));
        KeyedSet { chunks }
    }

    /// Ordinals of the periods for which there is any value of these measures.
    pub(super) fn periods_of(&self, measures: [Measure; 2]) -> BTreeSet<i32> {
        let of_chunk = |chunk: &Arc<Chunk>| {
            let measure = |key: &&u64| measures.contains(&Measure((**key >> 40) as u8));
            let periods = chunk.keys.iter().filter(measure).map(|key| ordinal_of(*key));
            periods.collect::<BTreeSet<i32>>()
        };
        let all = self.chunks.par_iter().map(of_chunk);
        all.reduce(BTreeSet::new, |mut all, some| {
            all.extend(some);
            all
        })
    }

    pub(super) fn chunk_count(&self) -> usize {
        self.chunks.len()
    }

    /// The last entry that wrote into a chunk of subjects: two snapshots of one journal
    /// that agree in it have the same chunk. `None` for one without values.
    pub fn last_entry(&self, index: usize) -> Option<u32> {
        self.chunks.get(index)?.last_entry
    }

    pub(super) fn write_chunk(&self, index: usize, out: &mut Out) {
        let Some(chunk) = self.chunks.get(index) else { return };
        let Chunk { keys, numbers, text_index, texts, ids, entries, .. } = &**chunk;
        // A settled chunk has its texts in the order of its keys: it is enough to say which
        // values have one.
        let with_text: Vec<u32> =
            (0..).zip(text_index).filter(|(_, text)| **text > 0).map(|(index, _)| index).collect();
        out.0.reserve(keys.len() * 24 + 1024);
        out.count(keys.len());
        out.count(with_text.len());
        out.column(keys.iter().map(|value| value.to_le_bytes()));
        out.column(numbers.iter().map(|value| value.to_le_bytes()));
        out.column(ids.iter().map(|value| value.to_le_bytes()));
        out.column(entries.iter().map(|value| value.to_le_bytes()));
        out.column(with_text.iter().map(|value| value.to_le_bytes()));
        texts.iter().for_each(|text| out.text(text));
    }

    pub(super) fn read_chunk(read: &mut In<'_>) -> Option<Chunk> {
        let (count, with_text) = (read.count()?, read.count()?);
        let mut chunk = Chunk {
            keys: read.column(count, u64::from_le_bytes)?,
            numbers: read.column(count, i64::from_le_bytes)?,
            text_index: vec![0; count],
            texts: Vec::new(),
            ids: read.column(count, u32::from_le_bytes)?,
            entries: read.column(count, u32::from_le_bytes)?,
            last_entry: None,
            sorted: count,
        };
        chunk.last_entry = chunk.entries.iter().copied().max();
        for at in read.column(with_text, u32::from_le_bytes)? {
            chunk.texts.push(Arc::from(read.str()?));
            *chunk.text_index.get_mut(at as usize)? = chunk.texts.len() as u32;
        }
        chunk.keys.is_sorted().then_some(chunk)
    }

    pub(super) fn put_chunk(&mut self, index: usize, chunk: Chunk) {
        if index >= self.chunks.len() {
            self.chunks.resize_with(index + 1, Arc::default);
        }
        self.chunks[index] = Arc::new(chunk);
    }

    /// The value of exactly this period.
    pub fn get(
        &self,
        subject: i64,
        measure: Measure,
        basis: Basis,
        period: Period,
    ) -> Option<Cell<'_>> {
        let chunk = self.chunk(subject)?;
        let key = pack_parts(subject, measure, basis, period.ordinal());
        let index = chunk.keys.binary_search(&key).ok()?;
        Some(chunk.cell(index))
    }

    /// The latest value whose period ends no later than that of `period`.
    pub fn latest(
        &self,
        subject: i64,
        measure: Measure,
        basis: Basis,
        period: Period,
    ) -> Option<Cell<'_>> {
        let chunk = self.chunk(subject)?;
        let low = pack_parts(subject, measure, basis, 0);
        let high = pack_parts(subject, measure, basis, period.ordinal());
        let after = chunk.keys.partition_point(|key| *key <= high);
        let index = after.checked_sub(1)?;
        (chunk.keys[index] >= low).then(|| chunk.cell(index))
    }

    /// All values of one measure and basis, by period.
    pub fn series(
        &self,
        subject: i64,
        measure: Measure,
        basis: Basis,
    ) -> impl Iterator<Item = Cell<'_>> {
        let low = pack_parts(subject, measure, basis, 0);
        let high = pack_parts(subject, measure, basis, i32::MAX);
        self.range(subject, low, high)
    }

    /// The values of one measure and basis for periods of a calendar year, by period.
    pub fn of_year(
        &self,
        subject: i64,
        measure: Measure,
        basis: Basis,
        year: i16,
    ) -> impl Iterator<Item = Cell<'_>> {
        // As `Period::ordinal` counts: the period's last day, then its kind.
        let day = i32::from(year) * 10_000;
        let low = pack_parts(subject, measure, basis, day * 8);
        let high = pack_parts(subject, measure, basis, (day + 1_231) * 8 + 7);
        self.range(subject, low, high)
    }

    /// Every value of one subject.
    pub fn of_subject(&self, subject: i64) -> impl Iterator<Item = Cell<'_>> {
        let low = (subject % SUBJECTS_PER_CHUNK) as u64;
        self.range(subject, low << 48, ((low + 1) << 48) - 1)
    }

    fn range(&self, subject: i64, low: u64, high: u64) -> impl Iterator<Item = Cell<'_>> {
        self.chunk(subject).into_iter().flat_map(move |chunk| {
            let from = chunk.keys.partition_point(|key| *key < low);
            let to = chunk.keys.partition_point(|key| *key <= high);
            (from..to).map(move |index| chunk.cell(index))
        })
    }

    fn chunk(&self, subject: i64) -> Option<&Chunk> {
        let index = usize::try_from(subject / SUBJECTS_PER_CHUNK).ok()?;
        self.chunks.get(index).map(Arc::as_ref)
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.keys.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Chunk {
    fn push(&mut self, key: u64, value: &Value, id: i64, entry: i64) {
        let (number, text) = match value {
            Value::Int(number) => (*number, 0),
            Value::Date(date) => (date_to_number(*date), 0),
            Value::Text(text) => {
                self.texts.push(Arc::from(text.as_str()));
                (0, self.texts.len() as u32)
            }
        };
        self.keys.push(key);
        self.numbers.push(number);
        self.text_index.push(text);
        self.ids.push(id as u32);
        self.entries.push(entry as u32);
    }

    fn settle(&mut self) {
        if self.keys.is_sorted_by(|a, b| a < b) {
            self.sorted = self.keys.len();
            self.last_entry = self.entries.iter().copied().max();
            return;
        }
        // By place among equal keys: the one pushed last stays last.
        let mut order: Vec<(u64, u32)> = self.keys.iter().copied().zip(0..).collect();
        order.sort();
        let mut settled = Chunk::with_capacity(order.len());
        for (place, (key, index)) in order.iter().enumerate() {
            if order.get(place + 1).is_none_or(|(next, _)| next != key) {
                settled.take(self, *index as usize);
            }
        }
        settled.sorted = settled.keys.len();
        settled.last_entry = settled.entries.iter().copied().max();
        *self = settled;
    }

    fn before(&self, seq: i64) -> Chunk {
        let is_before = |index: &usize| i64::from(self.entries[*index]) < seq;
        let mut before = Chunk::with_capacity((0..self.keys.len()).filter(is_before).count());
        (0..self.keys.len()).filter(is_before).for_each(|index| before.take(self, index));
        before.sorted = before.keys.len();
        before.last_entry = before.entries.iter().copied().max();
        before
    }

    fn with_capacity(values: usize) -> Chunk {
        Chunk {
            keys: Vec::with_capacity(values),
            numbers: Vec::with_capacity(values),
            text_index: Vec::with_capacity(values),
            texts: Vec::new(),
            ids: Vec::with_capacity(values),
            entries: Vec::with_capacity(values),
            last_entry: None,
            sorted: 0,
        }
    }

    /// Copies one value of `from`, with its text, behind the values here.
    fn take(&mut self, from: &Chunk, index: usize) {
        let text = match from.text_index[index] {
            0 => 0,
            text => {
                self.texts.push(from.texts[text as usize - 1].clone());
                self.texts.len() as u32
            }
        };
        self.keys.push(from.keys[index]);
        self.numbers.push(from.numbers[index]);
        self.text_index.push(text);
        self.ids.push(from.ids[index]);
        self.entries.push(from.entries[index]);
    }

    fn cell(&self, index: usize) -> Cell<'_> {
        let key = self.keys[index];
        let text = match self.text_index[index] {
            0 => None,
            text => Some(self.texts[text as usize - 1].as_ref()),
        };
        Cell {
            measure: Measure((key >> 40) as u8),
            basis: Basis::ALL[(key >> 36) as usize & 0xf],
            period: Period::from_ordinal(ordinal_of(key))
                .expect("the key was packed from a period"),
            number: self.numbers[index],
            text,
            id: i64::from(self.ids[index]),
            entry: i64::from(self.entries[index]),
        }
    }
}

fn pack(key: &FigureKey) -> u64 {
    pack_parts(key.subject.id(), key.measure, key.basis, key.period.ordinal())
}

/// Subject within its chunk, measure, basis, then period, so that one series lies together
/// in the order of time.
fn pack_parts(subject: i64, measure: Measure, basis: Basis, ordinal: i32) -> u64 {
    let subject = (subject % SUBJECTS_PER_CHUNK) as u64;
    let basis = Basis::ALL.iter().position(|b| *b == basis).unwrap_or(0) as u64;
    subject << 48 | u64::from(measure.0) << 40 | basis << 36 | ordinal as u64
}

/// The period's ordinal in a key.
fn ordinal_of(key: u64) -> i32 {
    (key & 0xf_ffff_ffff) as i32
}

pub(super) fn date_to_number(date: jiff::civil::Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

pub(super) fn number_to_date(number: i64) -> Option<jiff::civil::Date> {
    let year = i16::try_from(number / 10_000).ok()?;
    jiff::civil::Date::new(year, (number / 100 % 100) as i8, (number % 100) as i8).ok()
}
