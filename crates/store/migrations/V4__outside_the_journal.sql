-- What the journal must not hold: secrets (password hashes, sessions), conveniences of one
-- account (saved views), files waiting for a decision (staging), and the bytes of
-- attachments, of which the journal holds the hash. Times are microseconds since 1970, UTC.

CREATE TABLE credential (
    actor BIGINT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    changed BIGINT NOT NULL
);

CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    actor BIGINT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    csrf TEXT NOT NULL
);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE saved_view (
    actor BIGINT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (actor, name)
);

CREATE TABLE staging (
    id TEXT NOT NULL PRIMARY KEY,
    actor BIGINT NOT NULL,
    created BIGINT NOT NULL,
    file TEXT NOT NULL,
    map TEXT NOT NULL,
    bytes BYTEA NOT NULL
);

CREATE TABLE attachment_blob (
    sha256 TEXT NOT NULL PRIMARY KEY,
    bytes BYTEA NOT NULL
);

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
