-- Programs: tokens they sign in with, addresses that are told what happens, and answers kept
-- so that a request sent twice is done once.
--
-- The ledger says that a token or an address is there; secrets, last use, deliveries and
-- kept answers lie beside it. Of a token only the hash is kept. The secret of an address is
-- kept as it is, for every delivery is signed with it.

CREATE TABLE api_token (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    expires BIGINT NOT NULL,
    revoked BIGINT NOT NULL,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX api_token_current ON api_token (series) WHERE superseded_by IS NULL;
CREATE INDEX api_token_past ON api_token (id) WHERE superseded_by IS NOT NULL;

CREATE TABLE webhook (
    id BIGINT NOT NULL PRIMARY KEY,
    series BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    active BIGINT NOT NULL,
    reason TEXT,
    replaces BIGINT,
    entry BIGINT NOT NULL,
    superseded_by BIGINT
);
CREATE UNIQUE INDEX webhook_current ON webhook (series) WHERE superseded_by IS NULL;
CREATE INDEX webhook_past ON webhook (id) WHERE superseded_by IS NOT NULL;

CREATE TABLE token_secret (
    token_hash TEXT NOT NULL PRIMARY KEY,
    token BIGINT NOT NULL,
    last_used BIGINT
);

CREATE TABLE webhook_state (
    webhook BIGINT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL,
    entries BIGINT NOT NULL,
    light_entries BIGINT NOT NULL,
    light_day TEXT NOT NULL,
    failing_since BIGINT
);

CREATE TABLE delivery (
    id TEXT NOT NULL PRIMARY KEY,
    webhook BIGINT NOT NULL,
    kind TEXT NOT NULL,
    entry BIGINT,
    body TEXT NOT NULL,
    made BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next BIGINT,
    status BIGINT,
    error TEXT,
    done BIGINT
);
CREATE INDEX delivery_webhook ON delivery (webhook, made);
CREATE INDEX delivery_next ON delivery (next) WHERE next IS NOT NULL;

CREATE TABLE kept_answer (
    actor BIGINT NOT NULL,
    name TEXT NOT NULL,
    request TEXT NOT NULL,
    attempt TEXT NOT NULL,
    begun BIGINT NOT NULL,
    entries TEXT,
    status BIGINT,
    content_type TEXT,
    body BYTEA,
    PRIMARY KEY (actor, name)
);
CREATE INDEX kept_answer_begun ON kept_answer (begun);
