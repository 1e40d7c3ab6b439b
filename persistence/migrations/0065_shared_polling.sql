-- A feed that is public is fetched once for all companies that track it. These two tables are no company's: only the engine sees them, they name no
-- company, and a feed goes by the digest of its address. What a login reads at a platform is never here.
CREATE TABLE shared_feeds (
  key             text PRIMARY KEY CONSTRAINT shared_feeds_key CHECK (key ~ '^[0-9a-f]{64}$'),  -- SHA-256 of the address
  generation      bigint NOT NULL,     -- grows with every claim: who fetches writes under theirs alone
  fetching_until  timestamptz,         -- nobody else fetches it before
  fetched_at      timestamptz,
  next_fetch_at   timestamptz NOT NULL,
  changed_at      timestamptz,         -- since when the entries are these
  retry_at        timestamptz,         -- the server's word: no earlier
  failures        integer NOT NULL DEFAULT 0,  -- in a row
  problem         text,                -- a sentence: why the last fetch came to nothing
  etag            text NOT NULL DEFAULT '',
  last_modified   text NOT NULL DEFAULT '',
  entries         jsonb NOT NULL DEFAULT '[]'  -- the latest, oldest first (domain/engagement/shared_feeds)
                    CONSTRAINT shared_feeds_size CHECK (octet_length(entries::text) <= 1000000)
);
CREATE INDEX shared_feeds_by_age ON shared_feeds (next_fetch_at);
-- One fetch of a host at a time, whichever process makes it, and a pause behind it.
CREATE TABLE feed_hosts (
  host        text PRIMARY KEY,
  busy_until  timestamptz NOT NULL
);
CREATE INDEX feed_hosts_by_age ON feed_hosts (busy_until);
GRANT SELECT, INSERT, UPDATE, DELETE ON shared_feeds, feed_hosts TO pulse_engine;

ALTER TABLE tracked_pages
  ADD COLUMN is_shared boolean NOT NULL DEFAULT false,  -- its feed may be fetched for all: public, as far as its address tells
  ADD COLUMN asked_at  timestamptz,                     -- somebody wants it looked at now
  ADD COLUMN poll_hold text,                            -- a sentence: what the next look waits for, besides its time
  ADD COLUMN feed_seen timestamptz;                     -- the shared feed's changed_at of which the page has all posts
CREATE INDEX tracked_pages_by_feed ON tracked_pages USING hash (feed_url) WHERE is_shared AND deleted_at IS NULL;
