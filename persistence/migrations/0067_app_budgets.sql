-- What all nodes together may still publish through one app: one row a budget, counted under its lock by the database's clock
-- (domain/budgets/app_budget). The installation's, so it has no tenant, and only the engine sees it. A row that is not there is a budget of
-- which nothing was used. Each question updates the row, so pages keep room for that.
CREATE TABLE app_budgets (
  key             text PRIMARY KEY CONSTRAINT app_budgets_key_length CHECK (char_length(key) BETWEEN 1 AND 200),
  posts           integer NOT NULL,
  window_ms       bigint NOT NULL,
  burst           integer NOT NULL,
  asked_at        timestamptz NOT NULL,
  base_at         timestamptz NOT NULL,  -- theoretical arrival time before the first of the slots
  slots           timestamptz[] NOT NULL,
  last_at         timestamptz NOT NULL,
  blocked_until   timestamptz NOT NULL,  -- the platform's word
  spread_us       bigint NOT NULL,       -- until spread_until one slot each so many microseconds; 0: as the budget allows
  spread_until    timestamptz NOT NULL
) WITH (fillfactor = 20);
GRANT SELECT, INSERT, UPDATE ON app_budgets TO pulse_engine;
