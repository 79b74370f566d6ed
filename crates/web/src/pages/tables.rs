//! 数据表: every table of the ledger as a file, with what each is, and the dictionary. Files go
//! out as they are written, so that a table of millions of rows needs no more memory than one
//! of ten.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use askama::Template;
use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use http_body::Frame;
use tici_ops::export_tables::files::{FileSink, TableFile, TableFormat};
use tici_ops::export_tables::{
    TableSpec, TablesAt, export_tables, failed, table_named, tables_for,
};
use tici_ops::files::flat::package::{code_rows, dictionary_rows, to_csv};
use tici_ops::{Desk, OpsError, Session};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::{Nav, Page};
use crate::{
    Failure, PageResult, Rendered, Shell, T, Visit,
    export_tables::{CODES, DICTIONARY, dictionary, table_meaning},
};

pub const PAGE: Page = Page {
    id: "tables",
    nav: Some(Nav { group: "nav-data", href: "/tables", icon: "table" }),
    routes: || Router::new().route("/tables", get(show)).route("/tables/{file}", get(file)),
};

#[derive(Template)]
#[template(path = "tables.html")]
struct TablesPage {
    shell: Shell,
    t: T,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    meaning: String,
    columns: usize,
}

async fn show(visit: Visit) -> PageResult<TablesPage> {
    let tables = visit.run(|_, session| tables_for(session)).await?;
    let t = visit.t;
    let row = |table: &&'static TableSpec| Row {
        name: table.name,
        meaning: table_meaning(t, table),
        columns: table.columns.len(),
    };
    let rows = tables.iter().map(row).collect();
    Ok(Rendered(TablesPage { shell: visit.shell("tables", t.t("nav-tables")), t, rows }))
}

/// `/tables/figures.parquet`, `/tables/dictionary.csv`.
async fn file(visit: Visit, Path(file): Path<String>) -> Result<Response, Failure> {
    let unknown = || Failure::from(OpsError::not_found("table", &file));
    let (name, ending) = file.split_once('.').ok_or_else(unknown)?;
    let format = TableFormat::parse(ending)
        .filter(|format| *format != TableFormat::Xlsx)
        .ok_or_else(unknown)?;
    if file == DICTIONARY || file == CODES {
        let is_codes = file == CODES;
        let bytes = visit.run(move |_, session| words_file(session, is_codes)).await?;
        return Ok(answer(&file, format, Body::from(bytes)));
    }
    let asked = name.to_owned();
    // Refused before anything is sent.
    let table = visit.run(move |_, session| table_named(session, &asked)).await?;
    let (to, from) = channel(8);
    let (desk, session) = (visit.state.desk.clone(), visit.session.clone());
    tokio::task::spawn_blocking(move || {
        if let Err(error) = send(&desk, &session, table, format, &to) {
            // The connection breaks off, so that half a table is not taken for a whole one.
            tracing::warn!(table = table.name, %error, "a table was not sent whole");
            let _ = to.blocking_send(Err(io::Error::other("broken off")));
        }
    });
    Ok(answer(&file, format, Body::new(Piped { from })))
}

fn words_file(session: &Session, is_codes: bool) -> Result<Vec<u8>, OpsError> {
    let file = |table: &&'static TableSpec| TableFile {
        table,
        path: table.name.to_owned(),
        rows: 0,
        bytes: 0,
        sha256: String::new(),
    };
    let files: Vec<TableFile> = tables_for(session)?.iter().map(file).collect();
    let at = TablesAt { entries: 0, last_written: None };
    let words = dictionary(&files, at, TableFormat::Csv);
    let rows = if is_codes { code_rows(&words) } else { dictionary_rows(&words) };
    to_csv(rows).map_err(failed)
}

fn send(
    desk: &Desk,
    session: &Session,
    table: &'static TableSpec,
    format: TableFormat,
    to: &Sender<io::Result<Bytes>>,
) -> Result<(), OpsError> {
    let mut open =
        |_: &str| -> io::Result<Box<dyn Write>> { Ok(Box::new(Pipe { to: to.clone() })) };
    let mut sink = FileSink::new(format, table.name, &mut open).map_err(failed)?;
    export_tables(desk, session, &[table], &mut sink)?;
    sink.finish(Vec::new()).map_err(failed)
}

fn answer(name: &str, format: TableFormat, body: Body) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).expect("plain letters")),
    ];
    (headers, body).into_response()
}

/// The end that is written to, on a blocking thread; it waits for a slow reader.
struct Pipe {
    to: Sender<io::Result<Bytes>>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.to.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The end that is read from.
struct Piped {
    from: Receiver<io::Result<Bytes>>,
}

impl HttpBody for Piped {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.get_mut().from.poll_recv(context).map(|part| part.map(|part| part.map(Frame::data)))
    }
}
