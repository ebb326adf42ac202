-- What expires by age, as 007-periods says it for SQLite. Details and requests are partitioned by period; the tables of earlier versions are
-- kept under other names, without copying a row, until they are empty.

ALTER TABLE visits ADD COLUMN period bigint;
ALTER TABLE jobs ADD COLUMN purged bigint NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN emptied bigint NOT NULL DEFAULT 0;

ALTER TABLE details RENAME TO details_before;
ALTER INDEX details_pkey RENAME TO details_before_pkey;
ALTER TABLE requests RENAME TO requests_before;
ALTER INDEX requests_pkey RENAME TO requests_before_pkey;

CREATE TABLE details (
    period bigint NOT NULL,
    visit_id bigint NOT NULL,
    dns_us bigint NOT NULL,
    connect_us bigint NOT NULL,
    tls_us bigint NOT NULL,
    first_byte_us bigint NOT NULL,
    transfer_us bigint NOT NULL,
    outlink_count bigint NOT NULL,
    headers text NOT NULL,
    outlinks bytea NOT NULL,
    PRIMARY KEY (period, visit_id)
) PARTITION BY LIST (period);

ALTER TABLE details ALTER COLUMN outlinks SET STORAGE EXTERNAL;

CREATE TABLE requests (
    period bigint NOT NULL,
    domain_id bigint NOT NULL,
    started_us bigint NOT NULL,
    job_id bigint NOT NULL,
    page_id bigint NOT NULL,
    kind bigint NOT NULL CHECK (kind BETWEEN 0 AND 5),
    status bigint NOT NULL,
    milliseconds bigint NOT NULL,
    PRIMARY KEY (period, domain_id, started_us, job_id, page_id, kind)
) PARTITION BY LIST (period);

CREATE TABLE periods (
    family text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    ends_at bigint NOT NULL,
    last_row bigint NOT NULL DEFAULT 0,
    rows bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (family, number)
) WITH (fillfactor = 50);

CREATE TABLE period_jobs (
    family text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    job_id bigint NOT NULL,
    PRIMARY KEY (family, number, job_id)
);

CREATE TABLE stored (
    what text COLLATE "C" PRIMARY KEY,
    value bigint NOT NULL
) WITH (fillfactor = 50);

INSERT INTO stored SELECT 'visits', coalesce(sum(ok + redirected + refused + broken + unknown), 0) FROM jobs;
INSERT INTO stored VALUES ('requestsFrom', 0);
