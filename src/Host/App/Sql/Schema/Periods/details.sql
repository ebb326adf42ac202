-- The heavy columns of the visits that were stored in this period; which those are, the main database says.
CREATE TABLE details (
    visit_id INTEGER PRIMARY KEY,
    dns_us INTEGER NOT NULL,
    connect_us INTEGER NOT NULL,
    tls_us INTEGER NOT NULL,
    first_byte_us INTEGER NOT NULL,
    transfer_us INTEGER NOT NULL,
    outlink_count INTEGER NOT NULL,
    headers TEXT NOT NULL,
    outlinks BLOB NOT NULL
);
