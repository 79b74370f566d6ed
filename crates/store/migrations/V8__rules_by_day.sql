-- A version of the rules goes by from a day on; several versions of a kind stand side by side,
-- one for each day. What was adopted before this goes by from the beginning.

ALTER TABLE rule_set RENAME TO rule_set_before;

DROP INDEX rule_set_current;

CREATE TABLE rule_set (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    on_from TEXT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT,
    approver TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);

INSERT INTO rule_set
    SELECT id, kind, name, version, '0001-01-01', body, reason, approver, replaces, entry,
        superseded_by
    FROM rule_set_before;

DROP TABLE rule_set_before;

CREATE UNIQUE INDEX rule_set_current ON rule_set (kind, on_from)
    WHERE superseded_by IS NULL;
