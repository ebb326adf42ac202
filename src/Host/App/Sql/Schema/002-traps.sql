-- Budgets that end endless sites: how many URLs of a job were charged to each. A key is a hash that means the same for good.
CREATE TABLE trap_counts (
    job_id INTEGER NOT NULL,
    key INTEGER NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (job_id, key)
) WITHOUT ROWID;

-- There are more reasons than there were, and may be more again. No row changes, so the table's text is all that is changed, as
-- https://www.sqlite.org/lang_altertable.html#otheralter allows: copying the table would take minutes on a large database.
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, 'exclusion BETWEEN 1 AND 7', 'exclusion BETWEEN 1 AND 63') WHERE type = 'table' AND name = 'frontier';
PRAGMA writable_schema = RESET;
