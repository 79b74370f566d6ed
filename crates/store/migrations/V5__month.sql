-- The month: rule files, rounds of returns, what stops a project, decisions on pairs that look
-- alike, excuses, commitments, ceremonies, meetings and tasks. A row of a series names the
-- first one by `series`; lists and agendas are JSON. Attachments learn when and where a
-- photo says it was taken.

CREATE TABLE rule_set (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT,
    approver TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX rule_set_current ON rule_set (kind)
    WHERE superseded_by IS NULL;

CREATE TABLE return_round (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    opened TEXT NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX return_round_current ON return_round (form, period)
    WHERE superseded_by IS NULL;

CREATE TABLE return_sheet (
    id BIGINT NOT NULL PRIMARY KEY,
    round BIGINT NOT NULL,
    place BIGINT NOT NULL,
    state TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    file_id BIGINT,
    reason TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX return_sheet_current ON return_sheet (round, place)
    WHERE superseded_by IS NULL;

CREATE TABLE side_change (
    id BIGINT NOT NULL PRIMARY KEY,
    project BIGINT NOT NULL,
    state TEXT NOT NULL,
    on_day TEXT NOT NULL,
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX side_change_project ON side_change (project);

CREATE TABLE pair_decision (
    id BIGINT NOT NULL PRIMARY KEY,
    first_id BIGINT NOT NULL,
    second_id BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX pair_decision_current ON pair_decision (first_id, second_id)
    WHERE superseded_by IS NULL;

CREATE TABLE excuse (
    id BIGINT NOT NULL PRIMARY KEY,
    project BIGINT NOT NULL,
    rule TEXT NOT NULL,
    on_from TEXT NOT NULL,
    on_until TEXT NOT NULL,
    reason TEXT NOT NULL,
    approver TEXT NOT NULL,
    evidence TEXT NOT NULL,
    withdrawn BIGINT NOT NULL,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX excuse_current ON excuse (project, rule)
    WHERE superseded_by IS NULL;
CREATE INDEX excuse_project ON excuse (project);

CREATE TABLE commitment (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_hant TEXT,
    name_en TEXT,
    stage TEXT,
    milestone TEXT,
    projects TEXT NOT NULL,
    cohort TEXT NOT NULL,
    frozen TEXT NOT NULL,
    due_original TEXT NOT NULL,
    due TEXT NOT NULL,
    owner TEXT,
    owner_hant TEXT,
    owner_en TEXT,
    place BIGINT,
    withdrawn BIGINT NOT NULL,
    reason TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX commitment_current ON commitment (series)
    WHERE superseded_by IS NULL;

CREATE TABLE event (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_hant TEXT,
    name_en TEXT,
    on_day TEXT NOT NULL,
    site TEXT,
    site_hant TEXT,
    site_en TEXT,
    place BIGINT,
    items TEXT NOT NULL,
    withdrawn BIGINT NOT NULL,
    reason TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX event_current ON event (series)
    WHERE superseded_by IS NULL;

CREATE TABLE meeting (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    title TEXT NOT NULL,
    title_hant TEXT,
    title_en TEXT,
    on_day TEXT NOT NULL,
    chair TEXT,
    chair_hant TEXT,
    chair_en TEXT,
    agenda TEXT NOT NULL,
    closed BIGINT NOT NULL,
    minutes TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX meeting_current ON meeting (series)
    WHERE superseded_by IS NULL;

CREATE TABLE task (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    kind TEXT NOT NULL,
    project BIGINT,
    meeting BIGINT,
    commitment BIGINT,
    claim BIGINT,
    title TEXT NOT NULL,
    title_hant TEXT,
    title_en TEXT,
    owner TEXT,
    owner_hant TEXT,
    owner_en TEXT,
    opened TEXT NOT NULL,
    due TEXT,
    due_original TEXT,
    state TEXT NOT NULL,
    closed_on TEXT,
    note TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX task_current ON task (series)
    WHERE superseded_by IS NULL;
CREATE INDEX task_project ON task (project);

CREATE TABLE attachment_next (
    id BIGINT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    taken TEXT,
    longitude BIGINT,
    latitude BIGINT,
    entry BIGINT NOT NULL
);
INSERT INTO attachment_next (id, sha256, file, bytes, media_type, kind, entry)
    SELECT id, sha256, file, bytes, media_type, kind, entry FROM attachment;
DROP TABLE attachment;
ALTER TABLE attachment_next RENAME TO attachment;
CREATE INDEX attachment_sha256 ON attachment (sha256);
