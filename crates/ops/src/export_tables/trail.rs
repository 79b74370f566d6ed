//! Attachments (what they are, not their bytes), rule files, settings and the journal.

use tici_domain::Table;
use tici_exchange::flat::Datum;

use super::TableSpec;
use super::column::{Column, Unit, day, flag, int, moment, text};
use super::money::{WRITTEN, columns};
use super::source::{About, day as date, int as number, several};

const KEPT: [Column; 9] = [
    int("id"),
    text("sha256"),
    text("file"),
    int("bytes").unit(Unit::Bytes),
    text("media_type"),
    text("kind"),
    text("taken"),
    int("longitude").unit(Unit::Microdegree),
    int("latitude").unit(Unit::Microdegree),
];

pub const ATTACHMENTS: TableSpec = TableSpec {
    name: "attachments",
    of: Some(Table::Attachment),
    columns: &columns::<9, 8, 17>(KEPT, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Attachment,
            rows_of!(Attachment),
            |_| None,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    Datum::from(row.sha256.as_str()),
                    Datum::from(row.file.as_str()),
                    number(row.bytes),
                    Datum::from(row.media_type.as_str()),
                    Datum::from(row.kind.as_str()),
                    Datum::from(row.taken.as_ref()),
                    row.location.map(|at| at.0).into(),
                    row.location.map(|at| at.1).into(),
                ];
                out.extend(source.written(&written, None));
                // A file does not say whose it is; who is bound to a place gets none.
                emit.row(About::Place(None), out);
            },
        )
    },
};

const RULED: [Column; 8] = [
    int("id"),
    text("kind"),
    text("name"),
    int("version"),
    day("from"),
    text("text"),
    text("reason"),
    text("approver"),
];

pub const RULE_SETS: TableSpec = TableSpec {
    name: "rule_sets",
    of: Some(Table::RuleSet),
    columns: &columns::<8, 8, 16>(RULED, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::RuleSet,
            rows_of!(RuleSet),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    Datum::from(row.kind.as_str()),
                    Datum::from(row.name.as_str()),
                    number(row.version),
                    date(row.from),
                    Datum::from(row.text.as_str()),
                    Datum::from(row.reason.as_ref()),
                    Datum::from(row.approver.as_ref()),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::All, out);
            },
        )
    },
};

pub const SETTINGS: TableSpec = TableSpec {
    name: "settings",
    of: Some(Table::Setting),
    columns: &[text("key"), text("value")],
    rows: |source, emit| {
        for (key, value) in source.snapshot.settings.iter() {
            emit.row(About::All, vec![Datum::from(key.as_str()), Datum::from(value.as_str())]);
        }
        Ok(())
    },
};

pub const JOURNAL: TableSpec = TableSpec {
    name: "journal",
    of: None,
    columns: &[
        int("id"),
        moment("written_at"),
        int("account").of("accounts"),
        text("written_by"),
        text("written_by_post"),
        text("op"),
        text("subjects"),
        text("source_file"),
        text("source_sha256"),
        int("source_bytes").unit(Unit::Bytes),
    ],
    rows: |source, emit| {
        for meta in &source.metas {
            let [_, at, by, post, file, sha256] = source.provenance(meta.seq);
            let row = vec![
                number(meta.seq),
                at,
                number(meta.actor),
                by,
                post,
                Datum::from(meta.op.as_str()),
                several(&meta.subjects),
                file,
                sha256,
                meta.source.as_ref().map(|source| source.bytes as i64).into(),
            ];
            emit.row(About::Place(None), row);
        }
        Ok(())
    },
};

const TOKENS: [Column; 7] = [
    int("id"),
    int("series"),
    int("account").of("accounts"),
    text("name"),
    text("scopes"),
    moment("expires"),
    flag("is_revoked"),
];

pub const API_TOKENS: TableSpec = TableSpec {
    name: "api_tokens",
    of: Some(Table::ApiToken),
    columns: &columns::<7, 8, 15>(TOKENS, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::ApiToken,
            rows_of!(ApiToken),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.series),
                    number(row.actor),
                    Datum::from(row.name.as_str()),
                    several(row.scopes.iter().map(|scope| scope.code())),
                    Datum::Moment(row.expires),
                    Datum::Flag(row.revoked),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Place(None), out);
            },
        )
    },
};

const HOOKS: [Column; 8] = [
    int("id"),
    int("series"),
    int("account").of("accounts"),
    text("name"),
    text("url"),
    text("events"),
    flag("is_active"),
    text("reason"),
];

pub const WEBHOOKS: TableSpec = TableSpec {
    name: "webhooks",
    of: Some(Table::Webhook),
    columns: &columns::<8, 8, 16>(HOOKS, WRITTEN),
    rows: |source, emit| {
        source.scan(
            Table::Webhook,
            rows_of!(Webhook),
            |row| row.replaces,
            |written| {
                let row = written.row;
                let mut out = vec![
                    number(row.id),
                    number(row.series),
                    number(row.actor),
                    Datum::from(row.name.as_str()),
                    Datum::from(row.url.as_str()),
                    several(row.events.iter().map(|event| event.code())),
                    Datum::Flag(row.active),
                    Datum::from(row.reason.as_ref()),
                ];
                out.extend(source.written(&written, row.replaces));
                emit.row(About::Place(None), out);
            },
        )
    },
};
