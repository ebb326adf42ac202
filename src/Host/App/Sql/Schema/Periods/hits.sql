-- The access log of a day. The number tells which rows came after the last turn that the main database knows of.
CREATE TABLE hits (
    id INTEGER PRIMARY KEY,
    -- Whose life, by its number in hit_sources, and in which of its batches.
    source INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    -- When the answer ended, in unix microseconds.
    at_us INTEGER NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    kind INTEGER NOT NULL,
    status INTEGER NOT NULL CHECK (status BETWEEN 100 AND 999),
    bytes INTEGER NOT NULL,
    duration_us INTEGER NOT NULL,
    cache_hit INTEGER NOT NULL,
    client TEXT NOT NULL,
    agent INTEGER NOT NULL
);
