-- The sitemap files of a job, each also a unit of its frontier (kind 2). A sitemap is no visit: what came of it stands here.

CREATE TABLE sitemaps (
    job_id INTEGER NOT NULL,
    page_id INTEGER NOT NULL,
    -- Nobody named it; it was tried because it is the usual place.
    guessed INTEGER NOT NULL,
    status INTEGER,
    urls INTEGER NOT NULL DEFAULT 0,
    files INTEGER NOT NULL DEFAULT 0,
    other_sites INTEGER NOT NULL DEFAULT 0,
    problem TEXT,
    PRIMARY KEY (job_id, page_id)
) WITHOUT ROWID;
