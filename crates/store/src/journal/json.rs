//! Data written straight into one buffer as canonical JSON.
//!
//! An import writes hundreds of thousands of rows; a tree of values in between would cost
//! more than the rest of the entry.

use serde::ser::{self, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// The buffer, and the fields of the objects that are open in it.
pub(super) struct Writer {
    out: Vec<u8>,
    /// Fields of all open objects, the innermost last.
    fields: Vec<FieldSpan>,
    /// Room for putting fields in order.
    scratch: Vec<u8>,
}

/// One field of an open object: `,"key":value` in the buffer, the comma included.
struct FieldSpan {
    key: Cow<'static, str>,
    from: usize,
    to: usize,
}

impl Writer {
    pub fn with_capacity(bytes: usize) -> Writer {
        Writer { out: Vec::with_capacity(bytes), fields: Vec::new(), scratch: Vec::new() }
    }

    pub fn write(&mut self, data: &(impl Serialize + ?Sized)) {
        data.serialize(self).expect("the ledger's types have text keys and whole numbers");
    }

    pub fn finish(self) -> String {
        String::from_utf8(self.out).expect("JSON of text is text")
    }

    /// A text or a number as the JSON library writes it.
    fn plain(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Refused> {
        serde_json::to_writer(&mut self.out, value).map_err(ser::Error::custom)
    }

    fn object(&mut self) -> Object<'_> {
        Object { first: self.fields.len(), from: self.out.len(), close: "}", writer: self }
    }

    /// Opens `{"variant":`; the value and a brace have to follow.
    fn open_variant(&mut self, variant: &'static str) -> Result<(), Refused> {
        self.out.push(b'{');
        self.plain(variant)?;
        self.out.push(b':');
        Ok(())
    }

    fn list(&mut self, close: &'static str) -> List<'_> {
        self.out.push(b'[');
        List { writer: self, is_empty: true, close }
    }
}

/// An object being written. Its fields come in the order of the type and are put into the
/// order of their keys at the end.
pub(super) struct Object<'w> {
    writer: &'w mut Writer,
    /// Where its fields begin among those of all open objects.
    first: usize,
    /// Where it begins in the buffer.
    from: usize,
    close: &'static str,
}

impl Object<'_> {
    fn begin(&mut self, key: Cow<'static, str>) -> Result<(), Refused> {
        let from = self.writer.out.len();
        self.writer.out.push(b',');
        self.writer.plain(key.as_ref())?;
        self.writer.out.push(b':');
        self.writer.fields.push(FieldSpan { key, from, to: from });
        Ok(())
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Refused> {
        value.serialize(&mut *self.writer)?;
        let to = self.writer.out.len();
        let open = self.writer.fields.last_mut().ok_or_else(|| refused("a value has a key"))?;
        open.to = to;
        Ok(())
    }

    fn close(self) {
        let Writer { out, fields, scratch } = self.writer;
        let own = &mut fields[self.first..];
        if own.is_empty() {
            out.push(b'{');
        } else if !own.is_sorted_by(|a, b| a.key <= b.key) {
            own.sort_by(|a, b| a.key.cmp(&b.key));
            scratch.clear();
            own.iter().for_each(|field| scratch.extend_from_slice(&out[field.from..field.to]));
            out.truncate(self.from);
            out.extend_from_slice(scratch);
        }
        fields.truncate(self.first);
        // The comma before the first field, or the brace just written.
        out[self.from] = b'{';
        out.extend_from_slice(self.close.as_bytes());
    }
}

/// A list being written.
pub(super) struct List<'w> {
    writer: &'w mut Writer,
    is_empty: bool,
    close: &'static str,
}

impl List<'_> {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Refused> {
        if !std::mem::replace(&mut self.is_empty, false) {
            self.writer.out.push(b',');
        }
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        self.writer.out.extend_from_slice(self.close.as_bytes());
    }
}

/// What has no canonical form. The ledger's types have none of it.
#[derive(Debug)]
pub(super) struct Refused(String);

fn refused(detail: &str) -> Refused {
    Refused(detail.into())
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(detail: T) -> Refused {
        Refused(detail.to_string())
    }
}

/// Values that the JSON library writes as they are.
macro_rules! plain {
    ($($method:ident: $kind:ty),* $(,)?) => {
        $(fn $method(self, value: $kind) -> Result<(), Refused> {
            self.plain(&value)
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = List<'w>;
    type SerializeTuple = List<'w>;
    type SerializeTupleStruct = List<'w>;
    type SerializeTupleVariant = List<'w>;
    type SerializeMap = Object<'w>;
    type SerializeStruct = Object<'w>;
    type SerializeStructVariant = Object<'w>;

    plain! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_char: char,
        serialize_str: &str,
    }

    fn serialize_f32(self, _: f32) -> Result<(), Refused> {
        Err(refused("numbers are whole"))
    }

    fn serialize_f64(self, _: f64) -> Result<(), Refused> {
        Err(refused("numbers are whole"))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Refused> {
        bytes.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Refused> {
        self.plain(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.open_variant(variant)?;
        value.serialize(&mut *self)?;
        self.out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'w>, Refused> {
        Ok(self.list("]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'w>, Refused> {
        Ok(self.list("]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'w>, Refused> {
        Ok(self.list("]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'w>, Refused> {
        self.open_variant(variant)?;
        Ok(self.list("]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'w>, Refused> {
        Ok(self.object())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'w>, Refused> {
        Ok(self.object())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object<'w>, Refused> {
        self.open_variant(variant)?;
        Ok(Object { close: "}}", ..self.object() })
    }
}

/// The four kinds of list are written alike.
macro_rules! lists {
    ($($kind:ident: $method:ident),* $(,)?) => {
        $(impl ser::$kind for List<'_> {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.item(value)
            }

            fn end(self) -> Result<(), Refused> {
                self.close();
                Ok(())
            }
        })*
    };
}

lists! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

/// The two kinds of object with keys known beforehand are written alike.
macro_rules! objects {
    ($($kind:ident),* $(,)?) => {
        $(impl ser::$kind for Object<'_> {
            type Ok = ();
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Refused> {
                self.begin(Cow::Borrowed(key))?;
                self.value(value)
            }

            fn end(self) -> Result<(), Refused> {
                self.close();
                Ok(())
            }
        })*
    };
}

objects!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        match serde_json::to_value(key) {
            Ok(serde_json::Value::String(key)) => self.begin(Cow::Owned(key)),
            _ => Err(refused("keys are text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.value(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close();
        Ok(())
    }
}
