-- What expires by age. Details and requests are kept in periods, each a database of its own beside this one, which go as a whole; visits go
-- from here, in slices. Nothing here reads an old row: a large database is ready at once.

-- The period that has the visit's details. Null: it has none, or they are in the table details of an earlier version.
ALTER TABLE visits ADD COLUMN period INTEGER;

-- Visits of the job that have expired and gone. Its other sums stay: they are part of its report.
ALTER TABLE jobs ADD COLUMN purged INTEGER NOT NULL DEFAULT 0;
-- 1: all its visits have gone, and its frontier, orders, budgets and sitemaps are going. 2: they are gone.
ALTER TABLE jobs ADD COLUMN emptied INTEGER NOT NULL DEFAULT 0;

CREATE TABLE periods (
    -- details, requests or hits
    family TEXT NOT NULL,
    -- Its first instant, in hours since 1970.
    number INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    -- Of requests: the last row that is stored for good.
    last_row INTEGER NOT NULL DEFAULT 0,
    rows INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (family, number)
) WITHOUT ROWID;

-- Whose rows a period has: one that has not ended keeps it.
CREATE TABLE period_jobs (
    family TEXT NOT NULL,
    number INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    PRIMARY KEY (family, number, job_id)
) WITHOUT ROWID;

-- Counts of what is stored, right in every committed state: nothing is ever counted to show them.
CREATE TABLE stored (
    -- visits: rows there are. requestsFrom: the instant up to which requests may have gone.
    what TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO stored SELECT 'visits', coalesce(sum(ok + redirected + refused + broken + unknown), 0) FROM jobs;
INSERT INTO stored VALUES ('requestsFrom', 0);
