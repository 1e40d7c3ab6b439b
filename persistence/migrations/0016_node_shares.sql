-- How many tenants' supervisors ran on a node when it last renewed its lease: a node that runs many more than another hands some over.
ALTER TABLE nodes ADD COLUMN tenants integer NOT NULL DEFAULT 0;
