-- The registers: who acts, where, for whom and on what. A later row of the same id takes
-- the place of the earlier one; `register_entry` remembers every journal entry that wrote
-- a row, so that the history of a record can be listed without reading the whole journal.
--
-- Only BIGINT, TEXT and BYTEA are used, and only statements that both databases know.
-- A name is three columns: as first given, in traditional script, in English.

CREATE TABLE actor (
    id BIGINT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL,
    title TEXT NOT NULL,
    title_hant TEXT,
    title_en TEXT,
    role TEXT NOT NULL,
    place BIGINT,
    active BIGINT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE UNIQUE INDEX actor_login ON actor (login);

CREATE TABLE place (
    id BIGINT NOT NULL PRIMARY KEY,
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_hant TEXT,
    name_en TEXT,
    short TEXT NOT NULL,
    short_hant TEXT,
    short_en TEXT,
    parent BIGINT,
    rank BIGINT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    boundary TEXT,
    entry BIGINT NOT NULL
);
CREATE INDEX place_code ON place (scheme, code);
CREATE INDEX place_parent ON place (parent);

CREATE TABLE enterprise (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT,
    name TEXT NOT NULL,
    name_hant TEXT,
    name_en TEXT,
    short TEXT NOT NULL,
    short_hant TEXT,
    short_en TEXT,
    place BIGINT,
    chain TEXT,
    industry TEXT,
    is_key BIGINT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX enterprise_code ON enterprise (code);

CREATE TABLE project (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    national_code TEXT,
    name TEXT NOT NULL,
    name_hant TEXT,
    name_en TEXT,
    parent BIGINT,
    parent_share BIGINT,
    enterprise BIGINT,
    place BIGINT,
    currency TEXT NOT NULL,
    chain TEXT,
    industry TEXT,
    sector TEXT,
    nature BIGINT,
    content TEXT,
    content_hant TEXT,
    content_en TEXT,
    build_from TEXT,
    build_to TEXT,
    lead_unit TEXT,
    lead_unit_hant TEXT,
    lead_unit_en TEXT,
    sponsor TEXT,
    sponsor_hant TEXT,
    sponsor_en TEXT,
    state TEXT NOT NULL,
    longitude BIGINT,
    latitude BIGINT,
    aliases TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE UNIQUE INDEX project_code ON project (code);
CREATE INDEX project_parent ON project (parent);
CREATE INDEX project_enterprise ON project (enterprise);

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    entry BIGINT NOT NULL
);

CREATE TABLE register_entry (
    register TEXT NOT NULL,
    id BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (register, id, entry)
);
