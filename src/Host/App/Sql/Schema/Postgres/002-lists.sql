-- What SQLite's triggers do (006-lists), once a statement where a statement may touch many rows.

CREATE FUNCTION job_is_ordered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO visit_order VALUES (new.id, 0, 0, 0, 0);
    RETURN NULL;
END $$;

CREATE TRIGGER job_is_ordered AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION job_is_ordered();

CREATE FUNCTION visit_is_ordered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO visit_order
    SELECT v.job_id, 1, v.class, -v.milliseconds, v.page_id FROM came v UNION ALL
    SELECT v.job_id, 2, v.class, -v.bytes, v.page_id FROM came v UNION ALL
    SELECT v.job_id, 3, v.class, -f.depth, v.page_id FROM came v JOIN frontier f ON f.job_id = v.job_id AND f.page_id = v.page_id;
    RETURN NULL;
END $$;

CREATE TRIGGER visit_is_ordered AFTER INSERT ON visits REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION visit_is_ordered();

CREATE FUNCTION visit_leaves_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM visit_order o USING gone v
    WHERE o.job_id = v.job_id AND o.sort = 1 AND o.class = v.class AND o.value = -v.milliseconds AND o.page_id = v.page_id;
    DELETE FROM visit_order o USING gone v
    WHERE o.job_id = v.job_id AND o.sort = 2 AND o.class = v.class AND o.value = -v.bytes AND o.page_id = v.page_id;
    DELETE FROM visit_order o USING gone v, frontier f
    WHERE f.job_id = v.job_id AND f.page_id = v.page_id
      AND o.job_id = v.job_id AND o.sort = 3 AND o.class = v.class AND o.value = -f.depth AND o.page_id = v.page_id;
    RETURN NULL;
END $$;

CREATE TRIGGER visit_leaves_order AFTER DELETE ON visits REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION visit_leaves_order();

CREATE FUNCTION kept_out_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO exclusion_sums SELECT job_id, exclusion, count(*) FROM came WHERE exclusion IS NOT NULL GROUP BY job_id, exclusion
    ON CONFLICT (job_id, exclusion) DO UPDATE SET count = exclusion_sums.count + excluded.count;
    RETURN NULL;
END $$;

CREATE TRIGGER kept_out_is_counted AFTER INSERT ON frontier REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION kept_out_is_counted();

CREATE FUNCTION exclusion_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exclusion_sums SET count = count - 1 WHERE job_id = old.job_id AND exclusion = old.exclusion;
    IF new.exclusion IS NOT NULL THEN
        INSERT INTO exclusion_sums VALUES (new.job_id, new.exclusion, 1)
        ON CONFLICT (job_id, exclusion) DO UPDATE SET count = exclusion_sums.count + 1;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER exclusion_is_counted AFTER UPDATE OF exclusion ON frontier
FOR EACH ROW WHEN (new.exclusion IS DISTINCT FROM old.exclusion) EXECUTE FUNCTION exclusion_is_counted();
