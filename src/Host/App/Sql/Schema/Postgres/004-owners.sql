-- Who may ask a domain. A lease is one incarnation of a node; it lasts until ends_at by this server's clock, or until it is ended, which
-- no renewal undoes. A domain's row keeps its last owner: a claim that finds that owner's lease ended takes its place. Rows are made once
-- per domain and changed in place.
CREATE TABLE node_leases (
    epoch bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node text NOT NULL,
    ends_at timestamptz NOT NULL,
    ended boolean NOT NULL DEFAULT false
) WITH (fillfactor = 50);

CREATE TABLE owners (
    domain text PRIMARY KEY,
    epoch bigint NOT NULL,
    claim bigint NOT NULL,
    released boolean NOT NULL
) WITH (fillfactor = 80);
