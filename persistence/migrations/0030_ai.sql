-- What companies spend on AI, by month. It is reserved before a request leaves and settled when its answer came, so that no number of
-- requests at a time, and no death of the process, lets a company spend more than it may.

-- What somebody has set. The operator's columns are written by SQL alone (persistence/README.md); a company's own counts where it is stricter.
CREATE TABLE ai_budgets (
  tenant_id           uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  operator_tokens     bigint CONSTRAINT ai_budgets_operator_tokens CHECK (operator_tokens BETWEEN 0 AND 1000000000000),
  operator_micro_usd  bigint CONSTRAINT ai_budgets_operator_micro_usd CHECK (operator_micro_usd BETWEEN 0 AND 1000000000000),
  own_tokens          bigint CONSTRAINT ai_budgets_own_tokens CHECK (own_tokens BETWEEN 0 AND 1000000000000),
  own_micro_usd       bigint CONSTRAINT ai_budgets_own_micro_usd CHECK (own_micro_usd BETWEEN 0 AND 1000000000000),
  updated_at          timestamptz NOT NULL
);
CALL pulse_secure('ai_budgets');
CALL pulse_audit('ai_budgets', 'own_tokens', 'own_micro_usd');
GRANT SELECT, INSERT (tenant_id, own_tokens, own_micro_usd, updated_at), UPDATE (own_tokens, own_micro_usd, updated_at) ON ai_budgets TO pulse_api;
GRANT SELECT ON ai_budgets TO pulse_engine;

-- The month so far: what was used, and what is reserved for requests whose end is not known. One row is what all reservations of a company
-- meet at.
CREATE TABLE ai_months (
  tenant_id  uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  month      timestamptz NOT NULL,  -- when it begins, UTC
  tokens     bigint NOT NULL CONSTRAINT ai_months_tokens CHECK (tokens >= 0),
  micro_usd  bigint NOT NULL CONSTRAINT ai_months_micro_usd CHECK (micro_usd >= 0),
  PRIMARY KEY (tenant_id, month)
) WITH (fillfactor = 50);
CALL pulse_secure('ai_months');
GRANT SELECT ON ai_months TO pulse_api;
GRANT SELECT, INSERT, UPDATE ON ai_months TO pulse_engine;

-- Requests whose end is not known. One that a process left behind stays counted in its month, because it may have been charged.
CREATE TABLE ai_reservations (
  tenant_id   uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id          uuid NOT NULL,
  month       timestamptz NOT NULL,
  tokens      bigint NOT NULL,
  micro_usd   bigint NOT NULL,
  made_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CALL pulse_secure('ai_reservations');
GRANT SELECT ON ai_reservations TO pulse_api;
GRANT SELECT, INSERT, DELETE ON ai_reservations TO pulse_engine;

-- What was used, by what it was for and who answered.
CREATE TABLE ai_usage (
  tenant_id   uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  month       timestamptz NOT NULL,
  purpose     text NOT NULL CONSTRAINT ai_usage_purpose CHECK (purpose ~ '^[a-z_]{1,40}$'),
  provider    text NOT NULL CONSTRAINT ai_usage_provider CHECK (length(provider) <= 40),
  model       text NOT NULL CONSTRAINT ai_usage_model CHECK (length(model) <= 200),
  answered    bigint NOT NULL,
  failed      bigint NOT NULL,
  tokens_in   bigint NOT NULL,
  tokens_out  bigint NOT NULL,
  micro_usd   bigint NOT NULL,
  PRIMARY KEY (tenant_id, month, purpose, provider, model)
) WITH (fillfactor = 80);
CALL pulse_secure('ai_usage');
GRANT SELECT ON ai_usage TO pulse_api;
GRANT SELECT, INSERT, UPDATE ON ai_usage TO pulse_engine;
