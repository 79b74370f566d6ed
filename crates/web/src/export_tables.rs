//! The words of the tables that go out: their dictionary in all three languages, whatever
//! the reader's. Pages and the command line write the same files.

use tici_domain::Lang;
use tici_ops::export_tables::files::{FileSink, Opener, Sheet, TableFile, TableFormat};
use tici_ops::export_tables::{Codes, Column, TableSpec, TablesAt, Unit, export_tables, failed};
use tici_ops::files::flat::package::{
    CodeList, ColumnWords, Dictionary, TableWords, Words, code_rows, datapackage, dictionary_rows,
    to_csv,
};
use tici_ops::{Desk, OpsError, Session};

use crate::T;

/// The dictionary's own files, beside the tables.
pub const DATAPACKAGE: &str = "datapackage.json";
pub const DICTIONARY: &str = "dictionary.csv";
pub const CODES: &str = "codes.csv";

/// Writes tables and their dictionary into files that `open` gives by name.
pub fn write_tables(
    desk: &Desk,
    session: &Session,
    (tables, format): (&[&'static TableSpec], TableFormat),
    open: &mut Opener<'_>,
) -> Result<(Vec<TableWords>, TablesAt), OpsError> {
    let mut files = Vec::new();
    let (at, dictionary) = {
        let mut sink = FileSink::new(format, "Tici", &mut *open).map_err(failed)?;
        let at = export_tables(desk, session, tables, &mut sink)?;
        files.append(&mut sink.files);
        let dictionary = dictionary(&files, at, format);
        let sheet = |name: &str, (fields, rows)| -> Sheet { (name.into(), fields, rows) };
        let more = vec![
            sheet("dictionary", dictionary_rows(&dictionary)),
            sheet("codes", code_rows(&dictionary)),
        ];
        sink.finish(more).map_err(failed)?;
        (at, dictionary)
    };
    let mut keep = |name: &str, bytes: &[u8]| open(name).and_then(|mut out| out.write_all(bytes));
    keep(DATAPACKAGE, &datapackage(&dictionary)).map_err(failed)?;
    keep(DICTIONARY, &to_csv(dictionary_rows(&dictionary)).map_err(failed)?).map_err(failed)?;
    keep(CODES, &to_csv(code_rows(&dictionary)).map_err(failed)?).map_err(failed)?;
    Ok((dictionary.tables, at))
}

/// What is said about tables that have been written.
pub fn dictionary(files: &[TableFile], at: TablesAt, format: TableFormat) -> Dictionary {
    let mut lists: Vec<Codes> = files
        .iter()
        .flat_map(|file| file.table.columns.iter().filter_map(|column| column.codes))
        .collect();
    lists.sort();
    lists.dedup();
    Dictionary {
        name: "tici-tables".into(),
        title: words(|t| t.t("data-tables-title")),
        entries: at.entries,
        last_written: at.last_written.map(|at| at.to_string()),
        format: format.code().into(),
        tables: files.iter().map(table_words).collect(),
        codes: lists.into_iter().map(code_list).collect(),
    }
}

/// What a table is, in words.
pub fn table_meaning(t: T, table: &TableSpec) -> String {
    t.t(&format!("export-table-{}", plain(table.name)))
}

fn table_words(file: &TableFile) -> TableWords {
    let table = file.table;
    TableWords {
        name: table.name.into(),
        path: file.path.clone(),
        rows: file.rows,
        bytes: file.bytes,
        sha256: file.sha256.clone(),
        words: words(|t| table_meaning(t, table)),
        columns: table.columns.iter().map(|column| column_words(table, column)).collect(),
    }
}

fn column_words(table: &TableSpec, column: &Column) -> ColumnWords {
    let key = format!("export-field-{}", plain(column.name));
    // A name may mean something of its own in one table.
    let own = format!("{key}-{}", plain(table.name));
    let unit = format!("export-unit-{}", plain(column.unit.code()));
    ColumnWords {
        name: column.name.into(),
        kind: column.kind,
        unit: column.unit.code().into(),
        unit_words: match column.unit {
            Unit::None => Words::default(),
            _ => words(|t| t.t(&unit)),
        },
        words: words(|t| t.try_t(&own, &[]).unwrap_or_else(|| t.t(&key))),
        codes: column.codes.map(|codes| codes.name().into()),
        refers: column.refers.map(|(table, field)| (table.into(), field.into())),
        is_key: column.name == "id",
    }
}

/// The codes of a list with their words, those that pages use.
pub fn code_list(codes: Codes) -> CodeList {
    let group = match codes {
        Codes::Tier => "list-tier".into(),
        Codes::Subject => "subject-kind".into(),
        Codes::PairVerdict => "pair-choice".into(),
        other => plain(other.name()),
    };
    let list =
        codes.all().into_iter().map(|code| (code.to_owned(), words(|t| t.code(&group, code))));
    CodeList { name: codes.name().into(), codes: list.collect() }
}

fn plain(name: &str) -> String {
    name.replace('_', "-")
}

fn words(of: impl Fn(T) -> String) -> Words {
    Lang::ALL.map(|lang| of(T::new(lang)))
}
