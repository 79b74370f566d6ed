-- The assessment: versions of schemes, figures that departments deliver, events that count,
-- runs that freeze scheme, inputs and result together, and objections with their answers. A row
-- of a series names the first one by `series`; lists are JSON.

CREATE TABLE scheme (
    id BIGINT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    version TEXT NOT NULL,
    on_from TEXT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT,
    approver TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX scheme_current ON scheme (key, version)
    WHERE superseded_by IS NULL;

CREATE TABLE indicator_figure (
    id BIGINT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    place BIGINT NOT NULL,
    period TEXT NOT NULL,
    value TEXT,
    raw TEXT,
    sheet TEXT,
    cell TEXT,
    reason TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX indicator_figure_current ON indicator_figure (key, place, period)
    WHERE superseded_by IS NULL;

CREATE TABLE assessed_event (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    period TEXT NOT NULL,
    place BIGINT NOT NULL,
    item TEXT NOT NULL,
    matter TEXT NOT NULL,
    points TEXT,
    document TEXT NOT NULL,
    evidence TEXT NOT NULL,
    withdrawn BIGINT NOT NULL,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX assessed_event_current ON assessed_event (series)
    WHERE superseded_by IS NULL;

CREATE TABLE score_run (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    version TEXT NOT NULL,
    period TEXT NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    scheme_file BIGINT NOT NULL,
    inputs_file BIGINT NOT NULL,
    result_file BIGINT NOT NULL,
    drawn_at BIGINT NOT NULL,
    again BIGINT,
    reason TEXT,
    published TEXT,
    objections_until TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX score_run_current ON score_run (series)
    WHERE superseded_by IS NULL;

CREATE TABLE objection (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    run BIGINT NOT NULL,
    place BIGINT NOT NULL,
    about TEXT NOT NULL,
    claim TEXT NOT NULL,
    evidence TEXT NOT NULL,
    filed TEXT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT,
    answered TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX objection_current ON objection (series)
    WHERE superseded_by IS NULL;
