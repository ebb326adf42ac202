-- A job's end in short turns, and a report that is kept by value: it outlives the visits that it was made from.

-- How a finishing job will end; 0 (running) while it is being opened again.
ALTER TABLE jobs ADD COLUMN outcome INTEGER;
-- Its report is whole. Jobs that ended before there were such reports have none.
ALTER TABLE jobs ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
-- Its visits are counted in job_sums from the first one on. Those of jobs that were begun before are not.
ALTER TABLE jobs ADD COLUMN summed INTEGER NOT NULL DEFAULT 0;

-- How many visits of a job there are of each kind; kinds and keys are those of SumKind.
CREATE TABLE job_sums (
    job_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    key INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (job_id, kind, key)
) WITHOUT ROWID;

CREATE TABLE report_pages (
    job_id INTEGER NOT NULL,
    -- 0 broken, 1 redirected, 2 slow
    list INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    page_id INTEGER NOT NULL,
    url TEXT NOT NULL,
    class INTEGER NOT NULL,
    status INTEGER,
    error TEXT,
    title TEXT,
    depth INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    source_count INTEGER NOT NULL,
    -- Of a redirect: a JSON array of [url, class, status].
    chain TEXT,
    dns_us INTEGER,
    connect_us INTEGER,
    tls_us INTEGER,
    first_byte_us INTEGER,
    transfer_us INTEGER,
    PRIMARY KEY (job_id, list, rank)
) WITHOUT ROWID;

CREATE TABLE report_sources (
    job_id INTEGER NOT NULL,
    target_page INTEGER NOT NULL,
    number INTEGER NOT NULL,
    url TEXT NOT NULL,
    anchor TEXT NOT NULL,
    PRIMARY KEY (job_id, target_page, number)
) WITHOUT ROWID;
