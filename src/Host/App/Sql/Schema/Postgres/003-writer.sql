-- Who may write. An epoch is never given twice; every transaction of the writer locks this row at its own epoch first, so that one which
-- has been followed commits nothing more. Process and start of its backend are kept so that the next writer can end it and no other.
CREATE TABLE writer (
    id bigint PRIMARY KEY CHECK (id = 1),
    epoch bigint NOT NULL,
    node text,
    backend_pid bigint,
    backend_start timestamptz
) WITH (fillfactor = 50);

INSERT INTO writer (id, epoch) VALUES (1, 0);
