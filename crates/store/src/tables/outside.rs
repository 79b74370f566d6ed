//! The journal itself and the tables that no change writes.

use super::{Spec, Style, bytes, int, text};

pub(super) const ALL: [&Spec; 9] = [
    &JOURNAL,
    &CHECKPOINT,
    &CREDENTIAL,
    &SESSION,
    &SAVED_VIEW,
    &PREFERENCE,
    &STAGING,
    &ATTACHMENT_BLOB,
    &META,
];

const JOURNAL: Spec = Spec {
    name: "journal",
    data: &[
        int("seq"),
        int("at"),
        int("actor"),
        text("op"),
        text("source_file"),
        text("source_sha256"),
        int("source_bytes"),
        text("subjects"),
        text("payload_sha256"),
        text("leaf_hash"),
        text("payload"),
    ],
    key: &["seq"],
    style: Style::Plain,
};

const CHECKPOINT: Spec = Spec {
    name: "checkpoint",
    data: &[int("size"), text("root"), text("frontier"), text("note")],
    key: &["size"],
    style: Style::Plain,
};

const CREDENTIAL: Spec = Spec {
    name: "credential",
    data: &[int("actor"), text("hash"), int("changed")],
    key: &["actor"],
    style: Style::Plain,
};

const SESSION: Spec = Spec {
    name: "session",
    data: &[text("token_hash"), int("actor"), int("created"), int("expires"), text("csrf")],
    key: &["token_hash"],
    style: Style::Plain,
};

const SAVED_VIEW: Spec = Spec {
    name: "saved_view",
    data: &[int("actor"), text("name"), text("query")],
    key: &["actor", "name"],
    style: Style::Plain,
};

const PREFERENCE: Spec = Spec {
    name: "preference",
    data: &[int("actor"), text("name"), text("value")],
    key: &["actor", "name"],
    style: Style::Plain,
};

const STAGING: Spec = Spec {
    name: "staging",
    data: &[text("id"), int("actor"), int("created"), text("file"), text("map"), bytes("bytes")],
    key: &["id"],
    style: Style::Plain,
};

const ATTACHMENT_BLOB: Spec = Spec {
    name: "attachment_blob",
    data: &[text("sha256"), bytes("bytes")],
    key: &["sha256"],
    style: Style::Plain,
};

const META: Spec =
    Spec { name: "meta", data: &[text("key"), text("value")], key: &["key"], style: Style::Plain };
