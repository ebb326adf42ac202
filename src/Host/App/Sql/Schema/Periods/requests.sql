-- Everything sent in this period. The number tells which rows came after the last turn that the main database knows of.
CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    domain_id INTEGER NOT NULL,
    started_us INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    -- 0: for no unit of the job.
    page_id INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5),
    status INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    UNIQUE (domain_id, started_us, job_id, page_id, kind)
);
