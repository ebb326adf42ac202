-- How a job asked its domains (SEEDS P-20+): a part of its report, kept by value when the requests that it was computed from have expired.

CREATE TABLE report_politeness (
    job_id INTEGER NOT NULL,
    -- From 0, most asked first.
    rank INTEGER NOT NULL,
    domain TEXT NOT NULL,
    requests INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    first_us INTEGER NOT NULL,
    last_us INTEGER NOT NULL,
    -- Null with fewer than two requests.
    least_gap_us INTEGER,
    most_in_flight INTEGER NOT NULL,
    busiest_minute INTEGER NOT NULL,
    refusals INTEGER NOT NULL,
    is_quiet INTEGER NOT NULL,
    longest_to_quiet_us INTEGER,
    blocks INTEGER NOT NULL,
    blocked_us INTEGER NOT NULL,
    -- Null when there were too few requests to tell.
    settled_requests INTEGER,
    settled_refused INTEGER,
    settled_us INTEGER,
    robots_read_at INTEGER,
    -- What its chart is drawn from; null beyond the first hundred domains.
    picture TEXT,
    PRIMARY KEY (job_id, rank)
) WITHOUT ROWID;
