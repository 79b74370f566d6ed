-- A start is looked at again after 30, 60 and 90 days. What was found is a word of its own,
-- not a remark, and may have photographs of the day with it. The table is made anew, since a
-- row's own columns come before the entry that wrote it.

ALTER TABLE task RENAME TO task_before;

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
    finding TEXT,
    evidence TEXT NOT NULL,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);

INSERT INTO task
    SELECT id, series, kind, project, meeting, commitment, claim, title, title_hant, title_en,
        owner, owner_hant, owner_en, opened, due, due_original, state, closed_on, note,
        NULL, '[]', replaces, entry, superseded_by
    FROM task_before;

DROP TABLE task_before;

CREATE UNIQUE INDEX task_current ON task (series)
    WHERE superseded_by IS NULL;
CREATE INDEX task_project ON task (project);
