-- What a page tells its readers, what caches said of it, and what a later crawl need not ask for again.

ALTER TABLE visits ADD COLUMN description TEXT;
ALTER TABLE visits ADD COLUMN heading TEXT;
ALTER TABLE visits ADD COLUMN headings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visits ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visits ADD COLUMN outlinks INTEGER NOT NULL DEFAULT 0;
-- Pages of the job that link to it; null until the job has ended.
ALTER TABLE visits ADD COLUMN inlinks INTEGER;
ALTER TABLE visits ADD COLUMN cache INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visits ADD COLUMN not_modified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visits ADD COLUMN saved_bytes INTEGER NOT NULL DEFAULT 0;
-- The second visit of a warm job; null where there was none.
ALTER TABLE visits ADD COLUMN warm_cache INTEGER;
ALTER TABLE visits ADD COLUMN warm_status INTEGER;
ALTER TABLE visits ADD COLUMN warm_milliseconds INTEGER;

-- 1: its visit is stored; it is, or was, open for a second one. Tries counts the requests of the first, warm_tries those of the second.
ALTER TABLE frontier ADD COLUMN warm INTEGER NOT NULL DEFAULT 0;
ALTER TABLE frontier ADD COLUMN warm_tries INTEGER NOT NULL DEFAULT 0;

ALTER TABLE jobs ADD COLUMN not_modified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN saved_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN warmed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN warmed_hits INTEGER NOT NULL DEFAULT 0;

-- The visit at which a page was last seen whole, with what the site recognises it by. It stands for the page only while that visit's
-- details are there.
CREATE TABLE copies (
    page_id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT
);
