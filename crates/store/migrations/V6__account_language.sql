-- How an account wants to read: its language, and how money is written. It goes with the
-- account to every machine; like saved views it is no part of the ledger.

CREATE TABLE preference (
    actor BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (actor, name)
);
