//! The data dictionary of a set of flat tables: a Data Package with a Table Schema for each
//! table (Frictionless, specs.frictionlessdata.io), and the same as two plain tables.

use serde_json::{Map, Value, json};

use super::csv::CsvWriter;
use super::{Datum, Field, Kind, RowSink};

/// Words in the three languages, in the order of `Lang::ALL`: zh-Hans, zh-Hant, en.
pub type Words = [String; 3];

const TAGS: [&str; 3] = ["zh-Hans", "zh-Hant", "en"];

/// Everything that is said about the tables.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    /// Short name in plain letters.
    pub name: String,
    pub title: Words,
    /// What the tables are of: entries of the journal, and when the last was written.
    pub entries: i64,
    pub last_written: Option<String>,
    /// Format of the tables: `csv`, `parquet`, `xlsx`.
    pub format: String,
    pub tables: Vec<TableWords>,
    pub codes: Vec<CodeList>,
}

/// One table.
#[derive(Clone, Debug)]
pub struct TableWords {
    pub name: String,
    /// File beside the dictionary.
    pub path: String,
    pub rows: u64,
    pub bytes: u64,
    pub sha256: String,
    pub words: Words,
    pub columns: Vec<ColumnWords>,
}

/// One column.
#[derive(Clone, Debug)]
pub struct ColumnWords {
    pub name: String,
    pub kind: Kind,
    /// Code of its unit; blank where it has none.
    pub unit: String,
    pub unit_words: Words,
    pub words: Words,
    /// Name of the list of codes it takes.
    pub codes: Option<String>,
    /// Table and column that its values are found in.
    pub refers: Option<(String, String)>,
    pub is_key: bool,
}

/// Codes and what they mean.
#[derive(Clone, Debug)]
pub struct CodeList {
    pub name: String,
    pub codes: Vec<(String, Words)>,
}

/// `datapackage.json`.
pub fn datapackage(of: &Dictionary) -> Vec<u8> {
    let media = match of.format.as_str() {
        "csv" => "text/csv",
        "parquet" => "application/vnd.apache.parquet",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let resource = |table: &TableWords| {
        let mut resource = json!({
            "name": table.name.replace('_', "-"),
            "path": table.path,
            "format": of.format,
            "mediatype": media,
            "rows": table.rows,
            "description": table.words[2],
            "descriptions": by_tag(&table.words),
            "schema": schema(of, table),
        });
        if of.format == "csv" {
            resource["profile"] = json!("tabular-data-resource");
            resource["encoding"] = json!("utf-8");
            resource["dialect"] = json!({ "lineTerminator": "\r\n" });
        }
        if table.bytes > 0 {
            resource["bytes"] = json!(table.bytes);
            resource["hash"] = json!(format!("sha256:{}", table.sha256));
        }
        resource
    };
    let package = json!({
        "profile": "data-package",
        "name": of.name,
        "title": of.title[2],
        "titles": by_tag(&of.title),
        "created": of.last_written,
        "version": of.entries.to_string(),
        "entries": of.entries,
        "resources": of.tables.iter().map(resource).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&package).expect("words and numbers");
    bytes.push(b'\n');
    bytes
}

fn schema(of: &Dictionary, table: &TableWords) -> Value {
    let fields: Vec<Value> = table.columns.iter().map(|column| field(of, column)).collect();
    let keys: Vec<&str> =
        table.columns.iter().filter(|c| c.is_key).map(|c| c.name.as_str()).collect();
    let refers = table.columns.iter().filter_map(|column| {
        let (resource, field) = column.refers.as_ref()?;
        // A table that is not among them cannot be looked up in.
        of.tables.iter().find(|table| table.name == *resource)?;
        let resource = resource.replace('_', "-");
        let reference = json!({ "resource": resource, "fields": field });
        Some(json!({ "fields": column.name, "reference": reference }))
    });
    let refers: Vec<Value> = refers.collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    if !keys.is_empty() {
        schema["primaryKey"] = json!(keys);
    }
    if !refers.is_empty() {
        schema["foreignKeys"] = json!(refers);
    }
    schema
}

fn field(of: &Dictionary, column: &ColumnWords) -> Value {
    let mut field = json!({
        "name": column.name,
        "type": column.kind.schema_type(),
        "description": column.words[2],
        "descriptions": by_tag(&column.words),
    });
    if !column.unit.is_empty() {
        field["unit"] = json!(column.unit);
        field["unitDescriptions"] = by_tag(&column.unit_words);
    }
    if column.is_key {
        field["constraints"] = json!({ "required": true });
    }
    let codes = column.codes.as_ref();
    if let Some(list) = codes.and_then(|name| of.codes.iter().find(|list| list.name == *name)) {
        let codes: Vec<&str> = list.codes.iter().map(|(code, _)| code.as_str()).collect();
        field["constraints"] = json!({ "enum": codes });
        let words = list.codes.iter().map(|(code, words)| (code.clone(), by_tag(words)));
        field["codes"] = Value::Object(words.collect());
    }
    field
}

fn by_tag(words: &Words) -> Value {
    let pairs = TAGS.iter().zip(words).map(|(tag, text)| (tag.to_string(), json!(text)));
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// Rows of `dictionary.csv`: one for each column of each table.
pub fn dictionary_rows(of: &Dictionary) -> (Vec<Field>, Vec<Vec<Datum>>) {
    let names = ["table", "column", "type", "unit", "codes", "refers_to"];
    let fields = fields(&names, &["meaning_zh_hans", "meaning_zh_hant", "meaning_en"]);
    let rows = of.tables.iter().flat_map(|table| {
        table.columns.iter().map(move |column| {
            let refers = column.refers.as_ref().map(|(table, field)| format!("{table}.{field}"));
            let mut row = vec![
                Datum::from(table.name.as_str()),
                Datum::from(column.name.as_str()),
                Datum::from(column.kind.schema_type()),
                if column.unit.is_empty() { Datum::Missing } else { column.unit.as_str().into() },
                Datum::from(column.codes.as_ref()),
                Datum::from(refers.as_ref()),
            ];
            row.extend(column.words.iter().map(|text| Datum::from(text.as_str())));
            row
        })
    });
    (fields, rows.collect())
}

/// Rows of `codes.csv`: one for each code of each list.
pub fn code_rows(of: &Dictionary) -> (Vec<Field>, Vec<Vec<Datum>>) {
    let fields = fields(&["list", "code"], &["zh_hans", "zh_hant", "en"]);
    let rows = of.codes.iter().flat_map(|list| {
        list.codes.iter().map(move |(code, words)| {
            let mut row = vec![Datum::from(list.name.as_str()), Datum::from(code.as_str())];
            row.extend(words.iter().map(|text| Datum::from(text.as_str())));
            row
        })
    });
    (fields, rows.collect())
}

fn fields(names: &[&str], more: &[&str]) -> Vec<Field> {
    names.iter().chain(more).map(|name| Field::new(name, Kind::Text)).collect()
}

/// A table of texts as CSV.
pub fn to_csv((fields, rows): (Vec<Field>, Vec<Vec<Datum>>)) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = Box::new(CsvWriter::new(&mut out, fields)?);
    rows.iter().try_for_each(|row| writer.row(row))?;
    writer.finish()?;
    Ok(out)
}
