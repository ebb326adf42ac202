-- Cards: pictures by the hash of all that is drawn on them, and which thing has which.

CREATE TABLE cards (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    -- Since when nothing names it; null while something does.
    unnamed_at INTEGER,
    png BLOB NOT NULL
);

CREATE INDEX cards_unnamed ON cards (unnamed_at) WHERE unnamed_at IS NOT NULL;

CREATE TABLE card_of (
    -- 0 page, 1 site (its domain's id), 2 job
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    id INTEGER NOT NULL,
    -- Null when it never had one: its drawing failed.
    hash TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER,
    error TEXT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE INDEX card_of_by_hash ON card_of (hash) WHERE hash IS NOT NULL;

-- Ended jobs that have pages without a card, and how many when last looked.
CREATE TABLE cards_left (
    job_id INTEGER PRIMARY KEY,
    pages INTEGER NOT NULL CHECK (pages > 0)
);
