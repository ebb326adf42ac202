-- The order of a job's visits as people ask for it, kept by hand: an index on visits would have to be built over all old rows before an
-- older database could be used. Whatever makes or deletes a visit keeps it, so the rule stands here and not at each of those places.

-- sort: 1 slowest, 2 largest, 3 deepest. value: what comes first is smallest, so it is minus the milliseconds, the bytes, the depth.
-- From 17 on: 16 plus a PageIssue, for pages that have it; their value is 0. The writer adds these, as it judges the page.
-- A row of sort 0 says that the job was created since this table is, so that all of its visits are here.
CREATE TABLE visit_order (
    job_id INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    class INTEGER NOT NULL,
    value INTEGER NOT NULL,
    page_id INTEGER NOT NULL,
    PRIMARY KEY (job_id, sort, class, value, page_id)
) WITHOUT ROWID;

CREATE TRIGGER job_is_ordered AFTER INSERT ON jobs
BEGIN
    INSERT INTO visit_order VALUES (new.id, 0, 0, 0, 0);
END;

CREATE TRIGGER visit_is_ordered AFTER INSERT ON visits
BEGIN
    INSERT INTO visit_order VALUES (new.job_id, 1, new.class, -new.milliseconds, new.page_id);
    INSERT INTO visit_order VALUES (new.job_id, 2, new.class, -new.bytes, new.page_id);
    INSERT INTO visit_order
    SELECT new.job_id, 3, new.class, -depth, new.page_id FROM frontier WHERE job_id = new.job_id AND page_id = new.page_id;
END;

CREATE TRIGGER visit_leaves_order AFTER DELETE ON visits
BEGIN
    DELETE FROM visit_order
    WHERE job_id = old.job_id AND sort = 1 AND class = old.class AND value = -old.milliseconds AND page_id = old.page_id;
    DELETE FROM visit_order
    WHERE job_id = old.job_id AND sort = 2 AND class = old.class AND value = -old.bytes AND page_id = old.page_id;
    DELETE FROM visit_order
    WHERE job_id = old.job_id AND sort = 3 AND class = old.class AND page_id = old.page_id
      AND value = (SELECT -depth FROM frontier WHERE job_id = old.job_id AND page_id = old.page_id);
END;

-- How many URLs a job keeps out, by reason. Complete for jobs that have a row of sort 0 above.
CREATE TABLE exclusion_sums (
    job_id INTEGER NOT NULL,
    exclusion INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (job_id, exclusion)
) WITHOUT ROWID;

CREATE TRIGGER kept_out_is_counted AFTER INSERT ON frontier WHEN new.exclusion IS NOT NULL
BEGIN
    INSERT INTO exclusion_sums VALUES (new.job_id, new.exclusion, 1) ON CONFLICT (job_id, exclusion) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER exclusion_is_counted AFTER UPDATE OF exclusion ON frontier WHEN new.exclusion IS NOT old.exclusion
BEGIN
    UPDATE exclusion_sums SET count = count - 1 WHERE job_id = old.job_id AND exclusion = old.exclusion;
    INSERT INTO exclusion_sums SELECT new.job_id, new.exclusion, 1 WHERE new.exclusion IS NOT NULL
    ON CONFLICT (job_id, exclusion) DO UPDATE SET count = count + 1;
END;
