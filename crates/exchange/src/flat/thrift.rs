//! The compact protocol of Apache Thrift, as far as the footer of a Parquet file needs it.

/// Types of elements of a list.
pub const I32: u8 = 5;
pub const BINARY: u8 = 8;
pub const STRUCT: u8 = 12;

const I64: u8 = 6;
const LIST: u8 = 9;

/// A structure being written: bytes, and the last field of each structure that is open.
pub struct Thrift {
    pub out: Vec<u8>,
    last: Vec<i16>,
}

impl Thrift {
    /// Opens the outermost structure.
    pub fn new() -> Thrift {
        Thrift { out: Vec::new(), last: vec![0] }
    }

    pub fn i32(&mut self, id: i16, value: i32) {
        self.field(id, I32);
        self.zigzag(i64::from(value));
    }

    pub fn i64(&mut self, id: i16, value: i64) {
        self.field(id, I64);
        self.zigzag(value);
    }

    pub fn flag(&mut self, id: i16, value: bool) {
        // The value is in the type.
        self.field(id, if value { 1 } else { 2 });
    }

    pub fn binary(&mut self, id: i16, bytes: &[u8]) {
        self.field(id, BINARY);
        self.bytes(bytes);
    }

    /// A structure in a field; ended by [`Thrift::end`].
    pub fn begin(&mut self, id: i16) {
        self.field(id, STRUCT);
        self.open();
    }

    /// A structure with nothing in it.
    pub fn empty(&mut self, id: i16) {
        self.begin(id);
        self.end();
    }

    /// The head of a list; its elements follow.
    pub fn list(&mut self, id: i16, of: u8, len: usize) {
        self.field(id, LIST);
        match u8::try_from(len) {
            Ok(len) if len < 15 => self.out.push(len << 4 | of),
            _ => {
                self.out.push(0xf0 | of);
                self.varint(len as u64);
            }
        }
    }

    /// A structure as an element of a list; ended by [`Thrift::end`].
    pub fn open(&mut self) {
        self.last.push(0);
    }

    pub fn end(&mut self) {
        self.out.push(0);
        self.last.pop();
    }

    /// An integer as an element of a list.
    pub fn element_i32(&mut self, value: i32) {
        self.zigzag(i64::from(value));
    }

    /// Bytes as an element of a list.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.varint(bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }

    fn field(&mut self, id: i16, kind: u8) {
        let last = self.last.last_mut().expect("a structure is open");
        let step = id - *last;
        *last = id;
        if (1..=15).contains(&step) {
            self.out.push((step as u8) << 4 | kind);
        } else {
            self.out.push(kind);
            self.zigzag(i64::from(id));
        }
    }

    fn zigzag(&mut self, value: i64) {
        self.varint((value << 1 ^ value >> 63) as u64);
    }

    fn varint(&mut self, value: u64) {
        varint(&mut self.out, value);
    }
}

/// Seven bits a byte, the lowest first.
pub fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
