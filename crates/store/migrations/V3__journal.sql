-- The journal, of which the tables are only a reading, and one signed checkpoint for each
-- entry. `leaf_hash` is the RFC 9162 hash of the entry's header; `frontier` holds the
-- roots of the complete subtrees, so that an append needs no earlier entry.
-- `payload` stands last: rows are read without it far more often than with it.

CREATE TABLE journal (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    op TEXT NOT NULL,
    source_file TEXT,
    source_sha256 TEXT,
    source_bytes BIGINT,
    subjects TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL,
    leaf_hash TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE INDEX journal_actor ON journal (actor, seq);
CREATE INDEX journal_op ON journal (op, seq);
CREATE INDEX journal_source ON journal (source_sha256) WHERE source_sha256 IS NOT NULL;

CREATE TABLE checkpoint (
    size BIGINT NOT NULL PRIMARY KEY,
    root TEXT NOT NULL,
    frontier TEXT NOT NULL,
    note TEXT NOT NULL
);
