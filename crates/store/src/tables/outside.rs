//! The journal itself and the tables that no change writes.

use super::{Spec, Style, bytes, int, text};

pub(super) const ALL: [&Spec; 13] = [
    &JOURNAL,
    &CHECKPOINT,
    &CREDENTIAL,
    &SESSION,
    &SAVED_VIEW,
    &PREFERENCE,
    &STAGING,
    &ATTACHMENT_BLOB,
    &META,
    &TOKEN_SECRET,
    &WEBHOOK_STATE,
    &DELIVERY,
    &KEPT_ANSWER,
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

const TOKEN_SECRET: Spec = Spec {
    name: "token_secret",
    data: &[text("token_hash"), int("token"), int("last_used")],
    key: &["token_hash"],
    style: Style::Plain,
};

const WEBHOOK_STATE: Spec = Spec {
    name: "webhook_state",
    data: &[
        int("webhook"),
        text("secret"),
        int("entries"),
        int("light_entries"),
        text("light_day"),
        int("failing_since"),
    ],
    key: &["webhook"],
    style: Style::Plain,
};

const DELIVERY: Spec = Spec {
    name: "delivery",
    data: &[
        text("id"),
        int("webhook"),
        text("kind"),
        int("entry"),
        text("body"),
        int("made"),
        text("state"),
        int("attempts"),
        int("next"),
        int("status"),
        text("error"),
        int("done"),
    ],
    key: &["id"],
    style: Style::Plain,
};

const KEPT_ANSWER: Spec = Spec {
    name: "kept_answer",
    data: &[
        int("actor"),
        text("name"),
        text("request"),
        text("attempt"),
        int("begun"),
        text("entries"),
        int("status"),
        text("content_type"),
        bytes("body"),
    ],
    key: &["actor", "name"],
    style: Style::Plain,
};
