-- Each visit's places in the orders are looked up by their whole key, one after the other. Left free to choose, the planner joins the table of
-- orders by part of its key, and a slice of a purge walks all orders of its job for each of its visits.
CREATE OR REPLACE FUNCTION visit_is_ordered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO visit_order
    SELECT v.job_id, o.sort, v.class, o.value, v.page_id
    FROM came v
    LEFT JOIN LATERAL (SELECT depth FROM frontier WHERE job_id = v.job_id AND page_id = v.page_id OFFSET 0) f ON true
    CROSS JOIN LATERAL (VALUES (1, -v.milliseconds), (2, -v.bytes), (3, -f.depth)) AS o (sort, value)
    WHERE o.value IS NOT NULL;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION visit_leaves_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM visit_order WHERE ctid = ANY (ARRAY(
        SELECT o.place
        FROM gone v
        LEFT JOIN LATERAL (SELECT depth FROM frontier WHERE job_id = v.job_id AND page_id = v.page_id OFFSET 0) f ON true
        CROSS JOIN LATERAL (VALUES (1, -v.milliseconds), (2, -v.bytes), (3, -f.depth)) AS k (sort, value)
        CROSS JOIN LATERAL (
            SELECT ctid AS place FROM visit_order
            WHERE job_id = v.job_id AND sort = k.sort AND class = v.class AND value = k.value AND page_id = v.page_id OFFSET 0) o));
    RETURN NULL;
END $$;
