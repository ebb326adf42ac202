-- A vacuum that follows a purge dirties tens of megabytes a second and leaves them to the system. The next checkpoint then has the disk write
-- all of that at once, and every commit waits behind it. So a vacuum of our tables pauses ten times as long, as it did by default until
-- version 12; partitions have the same from their making on.
DO $$ DECLARE name regclass; BEGIN
    FOR name IN
        SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'schema_files'::regclass)
    LOOP EXECUTE format('ALTER TABLE %s SET (autovacuum_vacuum_cost_delay = 20)', name); END LOOP;
END $$;
