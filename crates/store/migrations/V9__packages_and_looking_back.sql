-- A project becomes a package of another, or ceases to be one, with a reason: the project's
-- own row says how it is, these rows since when and why.
--
-- Looking back asks for the rows that were replaced since a moment, and for what stood in the
-- place of registers written since. Replaced rows are few beside the current ones, so an
-- index of them alone finds them; settings get the list of their entries that other
-- registers have had from the start.

CREATE TABLE package_change (
    id BIGINT NOT NULL PRIMARY KEY,
    project BIGINT NOT NULL,
    parent BIGINT,
    share BIGINT,
    reason TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX package_change_project ON package_change (project);

CREATE INDEX list_membership_past ON list_membership (id) WHERE superseded_by IS NOT NULL;
CREATE INDEX plan_past ON plan (id) WHERE superseded_by IS NOT NULL;
CREATE INDEX stage_claim_past ON stage_claim (id) WHERE superseded_by IS NOT NULL;
CREATE INDEX milestone_past ON milestone (id) WHERE superseded_by IS NOT NULL;

CREATE TABLE setting_entry (
    key TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (key, entry)
);

-- A setting in a payload stands as it is looked for here, and nothing else does: quotes
-- within words have a stroke before them.
CREATE TABLE setting_payload AS
    SELECT seq, payload FROM journal WHERE payload LIKE '%{"setting":{"key":"%';
INSERT INTO setting_entry (key, entry)
    SELECT s.key, p.seq FROM setting s JOIN setting_payload p
        ON replace(p.payload, '{"setting":{"key":"' || s.key || '",', '') <> p.payload;
DROP TABLE setting_payload;
