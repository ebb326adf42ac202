-- The access log. Its lines are in periods of a day; here is what outlives them, and what tells of those that are missing.

-- Lives of processes that serve pages: a batch is known by its life and its number in it.
CREATE TABLE hit_sources (
    id INTEGER PRIMARY KEY,
    life TEXT NOT NULL UNIQUE,
    node TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    -- The last batch that is stored, and how many of its hits were set aside: it may come again, and is answered the same.
    sequence INTEGER NOT NULL DEFAULT 0,
    aside INTEGER NOT NULL DEFAULT 0,
    -- Since when something may be missing if the life never ends in order: its newest hit, or its start.
    newest_at INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0
);

-- Few: the lives that have not ended, one for each process that serves now.
CREATE INDEX hit_sources_open ON hit_sources (node) WHERE ended = 0;

-- What is missing in the log: a row for every loss.
CREATE TABLE hit_gaps (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    -- 0 unknown, 1 full, 2 poison, 3 deadline
    reason INTEGER NOT NULL CHECK (reason BETWEEN 0 AND 3),
    -- Null: nobody knows.
    count INTEGER
);

-- Views of a page on a day (days since 1970, UTC): by browsers, and apart from them by bots. They stay when the hits have gone.
CREATE TABLE views (
    path TEXT NOT NULL,
    day INTEGER NOT NULL,
    people INTEGER NOT NULL,
    bots INTEGER NOT NULL,
    PRIMARY KEY (path, day)
) WITHOUT ROWID;
