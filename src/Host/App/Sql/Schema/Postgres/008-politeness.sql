-- How a job asked its domains (SEEDS P-20+): a part of its report, kept by value when the requests that it was computed from have expired.

CREATE TABLE report_politeness (
    job_id bigint NOT NULL,
    -- From 0, most asked first.
    rank bigint NOT NULL,
    domain text NOT NULL,
    requests bigint NOT NULL,
    refused bigint NOT NULL,
    failed bigint NOT NULL,
    first_us bigint NOT NULL,
    last_us bigint NOT NULL,
    -- Null with fewer than two requests.
    least_gap_us bigint,
    most_in_flight bigint NOT NULL,
    busiest_minute bigint NOT NULL,
    refusals bigint NOT NULL,
    is_quiet bigint NOT NULL,
    longest_to_quiet_us bigint,
    blocks bigint NOT NULL,
    blocked_us bigint NOT NULL,
    -- Null when there were too few requests to tell.
    settled_requests bigint,
    settled_refused bigint,
    settled_us bigint,
    robots_read_at bigint,
    -- What its chart is drawn from; null beyond the first hundred domains.
    picture text,
    PRIMARY KEY (job_id, rank)
);
