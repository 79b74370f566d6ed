-- What is claimed, planned and reported. These tables are append-only: a later row names
-- the one it `replaces`, which then carries the later id in `superseded_by`. A partial
-- unique index on the natural key keeps two rows from being current at the same time:
-- whoever comes second with the same key is refused instead of silently winning.

CREATE TABLE list_membership (
    id BIGINT NOT NULL PRIMARY KEY,
    project BIGINT NOT NULL,
    tier TEXT NOT NULL,
    year BIGINT NOT NULL,
    version BIGINT NOT NULL,
    on_from TEXT NOT NULL,
    on_until TEXT,
    reason TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX list_membership_current ON list_membership (project, tier, year)
    WHERE superseded_by IS NULL;
CREATE INDEX list_membership_project ON list_membership (project);

CREATE TABLE plan (
    id BIGINT NOT NULL PRIMARY KEY,
    project BIGINT NOT NULL,
    period TEXT NOT NULL,
    amount BIGINT NOT NULL,
    version BIGINT NOT NULL,
    reason TEXT,
    approver TEXT,
    sheet TEXT,
    cell TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX plan_current ON plan (project, period) WHERE superseded_by IS NULL;
CREATE INDEX plan_project ON plan (project);

CREATE TABLE attachment (
    id BIGINT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX attachment_sha256 ON attachment (sha256);

CREATE TABLE stage_claim (
    id BIGINT NOT NULL PRIMARY KEY,
    project BIGINT NOT NULL,
    stage TEXT NOT NULL,
    reached_on TEXT NOT NULL,
    evidence TEXT NOT NULL,
    note TEXT,
    sheet TEXT,
    cell TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX stage_claim_current ON stage_claim (project, stage)
    WHERE superseded_by IS NULL;
CREATE INDEX stage_claim_project ON stage_claim (project);

CREATE TABLE stage_verdict (
    id BIGINT NOT NULL PRIMARY KEY,
    claim BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT,
    entry BIGINT NOT NULL
);
CREATE INDEX stage_verdict_claim ON stage_verdict (claim);

CREATE TABLE milestone (
    id BIGINT NOT NULL PRIMARY KEY,
    project BIGINT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_hant TEXT,
    name_en TEXT,
    planned_from TEXT,
    planned TEXT,
    actual_from TEXT,
    actual TEXT,
    expected TEXT,
    reason TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX milestone_current ON milestone (project, key) WHERE superseded_by IS NULL;
CREATE INDEX milestone_project ON milestone (project);

-- A number is in `value_int`, in the unit of the measure; words and dates in `value_text`.
CREATE TABLE figure (
    id BIGINT NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    measure TEXT NOT NULL,
    period TEXT NOT NULL,
    basis TEXT NOT NULL,
    value_int BIGINT,
    value_text TEXT,
    raw TEXT,
    sheet TEXT,
    cell TEXT,
    replaces BIGINT,
    reason TEXT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX figure_current ON figure (subject_id, subject_kind, measure, period, basis)
    WHERE superseded_by IS NULL;
CREATE INDEX figure_past ON figure (subject_id, subject_kind) WHERE superseded_by IS NOT NULL;
