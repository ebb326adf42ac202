-- What a crawl keeps. Instants are unix milliseconds, rounded up, so that nothing is ever due earlier than it was promised; spans that
-- pace a site are microseconds. Numbers for classes, kinds, states and reasons are those of the enums in Messages.

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    start_url TEXT NOT NULL,
    start_host TEXT NOT NULL,
    max_pages INTEGER,
    max_depth INTEGER,
    include TEXT NOT NULL,
    exclude TEXT NOT NULL,
    concurrency INTEGER NOT NULL,
    unpaced INTEGER NOT NULL,
    warm INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 6),
    reason TEXT,
    created_at INTEGER NOT NULL,
    first_request_at INTEGER,
    last_request_end_at INTEGER,
    ended_at INTEGER,
    resume_at INTEGER,
    -- Pages accepted: open or ended, of kind page.
    pages INTEGER NOT NULL DEFAULT 0,
    -- Units that are open, of every kind.
    pending INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0),
    ok INTEGER NOT NULL DEFAULT 0,
    redirected INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    broken INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0,
    excluded INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0,
    retries INTEGER NOT NULL DEFAULT 0,
    throttled INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX jobs_by_start ON jobs (start_url, created_at);
CREATE INDEX jobs_by_host ON jobs (start_host);
CREATE INDEX jobs_unfinished ON jobs (id) WHERE state < 3;

CREATE TABLE domains (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    delay_us INTEGER,
    held_us INTEGER,
    refused_us INTEGER,
    probe_wait_us INTEGER NOT NULL DEFAULT 60000000,
    blocked_until INTEGER,
    block_reason TEXT,
    block_step_us INTEGER,
    last_start_at INTEGER,
    last_good_at INTEGER,
    barren_since INTEGER,
    awake INTEGER NOT NULL DEFAULT 0,
    -- When to look at this domain next; null when it has no work.
    wake_at INTEGER
);

-- Sleeping domains first: those that are awake look after themselves, unless their process died.
CREATE INDEX domains_to_wake ON domains (awake, wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE robots (
    domain_id INTEGER NOT NULL,
    origin TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT,
    reachable INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (domain_id, origin)
) WITHOUT ROWID;

CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    domain_id INTEGER NOT NULL,
    title TEXT
);

-- One row per unit of a job, and per URL that the job keeps out.
CREATE TABLE frontier (
    job_id INTEGER NOT NULL,
    page_id INTEGER NOT NULL,
    domain_id INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    -- 0 open, 1 ended, 2 excluded
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
    class INTEGER CHECK (class BETWEEN 0 AND 4),
    exclusion INTEGER CHECK (exclusion BETWEEN 1 AND 7),
    depth INTEGER NOT NULL,
    hops INTEGER NOT NULL DEFAULT 0,
    -- Requests sent for it so far.
    tries INTEGER NOT NULL DEFAULT 0,
    throttles INTEGER NOT NULL DEFAULT 0,
    errors INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    last_refused_at INTEGER,
    -- The page on which it was found first.
    source_page INTEGER,
    anchor TEXT,
    PRIMARY KEY (job_id, page_id)
) WITHOUT ROWID;

CREATE INDEX frontier_open ON frontier (domain_id, due_at) WHERE state = 0;
CREATE INDEX frontier_excluded ON frontier (job_id, exclusion) WHERE state = 2;

CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    job_id INTEGER NOT NULL,
    page_id INTEGER NOT NULL,
    class INTEGER NOT NULL CHECK (class BETWEEN 0 AND 4),
    status INTEGER,
    started_at INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    noindex INTEGER NOT NULL DEFAULT 0,
    nofollow INTEGER NOT NULL DEFAULT 0,
    content_type TEXT,
    redirect_to TEXT,
    title TEXT,
    canonical TEXT,
    error TEXT,
    UNIQUE (job_id, page_id)
);

-- All but ok, which is most of them and is found without an index.
CREATE INDEX visits_by_class ON visits (job_id, class, page_id) WHERE class <> 0;

-- The heavy columns of a visit; they expire first.
CREATE TABLE details (
    visit_id INTEGER PRIMARY KEY,
    dns_us INTEGER NOT NULL,
    connect_us INTEGER NOT NULL,
    tls_us INTEGER NOT NULL,
    first_byte_us INTEGER NOT NULL,
    transfer_us INTEGER NOT NULL,
    outlink_count INTEGER NOT NULL,
    headers TEXT NOT NULL,
    outlinks BLOB NOT NULL
);

-- Everything sent, in the order in which a domain received it. A request is known by where and when it was sent and for what, so that
-- a repeated command adds none; the instant is in microseconds for that.
CREATE TABLE requests (
    domain_id INTEGER NOT NULL,
    started_us INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    -- 0: for no unit of the job.
    page_id INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5),
    status INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    PRIMARY KEY (domain_id, started_us, job_id, page_id, kind)
) WITHOUT ROWID;

-- The report of an ended job: who links to what is broken.
CREATE TABLE broken_sources (
    job_id INTEGER NOT NULL,
    target_page INTEGER NOT NULL,
    source_page INTEGER NOT NULL,
    anchor TEXT NOT NULL,
    PRIMARY KEY (job_id, target_page, source_page)
) WITHOUT ROWID;

-- Commands that alone could not be stored.
CREATE TABLE rejected (
    command TEXT NOT NULL,
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (command, reason)
) WITHOUT ROWID;
