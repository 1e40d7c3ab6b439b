-- People sign in by identity providers, too: LinkedIn for everybody, and a company's own, which its owner sets up. Passwords stay.

-- A company's own provider. Whoever signs in by it says the company's name for that first, because nobody has a token yet.
CREATE TABLE identity_providers (
  tenant_id      uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id             uuid NOT NULL,
  sign_in_name   text NOT NULL CONSTRAINT identity_providers_name_form CHECK (sign_in_name ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  issuer         text NOT NULL CONSTRAINT identity_providers_issuer_length CHECK (char_length(issuer) BETWEEN 8 AND 500),
  client_id      text NOT NULL CONSTRAINT identity_providers_client_length CHECK (char_length(client_id) BETWEEN 1 AND 255),
  client_secret  bytea NOT NULL,  -- sealed
  is_enabled     boolean NOT NULL,
  updated_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT identity_providers_one UNIQUE (tenant_id)
);
CREATE UNIQUE INDEX identity_providers_name_once ON identity_providers (sign_in_name);
CALL pulse_secure('identity_providers');
CALL pulse_audit('identity_providers', 'sign_in_name', 'issuer', 'client_id', 'is_enabled', '!client_secret');

-- Who somebody is at a provider: issuer and subject name one person for ever, an address does not.
CREATE TABLE member_identities (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  member_id     uuid NOT NULL,
  provider      text NOT NULL CONSTRAINT member_identities_provider CHECK (provider IN ('linkedin', 'company')),
  issuer        text NOT NULL,
  subject       text NOT NULL CONSTRAINT member_identities_subject_length CHECK (octet_length(subject) BETWEEN 1 AND 255),
  name          text NOT NULL DEFAULT '',  -- as the provider told it, to tell accounts apart
  created_at    timestamptz NOT NULL,
  last_used_at  timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT member_identities_once UNIQUE (tenant_id, issuer, subject),
  CONSTRAINT member_identities_one_of_each UNIQUE (tenant_id, member_id, issuer),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX member_identities_of_subject ON member_identities (issuer, subject);
CALL pulse_secure('member_identities');
CALL pulse_audit('member_identities', 'member_id', 'provider', 'issuer', 'name');

-- Between coming back from a provider and having tokens: good once, for a minute, in the one browser. Both halves as SHA-256.
CREATE TABLE sign_in_codes (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  member_id     uuid NOT NULL,
  code_hash     bytea NOT NULL CONSTRAINT sign_in_codes_once UNIQUE,
  browser_hash  bytea NOT NULL,
  expires_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sign_in_codes_over ON sign_in_codes (tenant_id, expires_at);
CALL pulse_secure('sign_in_codes');

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_providers, member_identities TO pulse_api;
GRANT SELECT, INSERT, DELETE ON sign_in_codes TO pulse_api;
GRANT SELECT, UPDATE ON identity_providers TO pulse_engine;

-- What is found before anybody is signed in, and so before the company is known.
CREATE FUNCTION pulse_find_identity_provider(wanted text) RETURNS TABLE (tenant_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT p.tenant_id FROM public.identity_providers p JOIN public.tenants t ON t.id = p.tenant_id
        WHERE p.sign_in_name = wanted AND p.is_enabled AND t.suspended_at IS NULL $$;

-- A company's provider counts in that company only ($3); LinkedIn everywhere (null).
CREATE FUNCTION pulse_find_identities(of_issuer text, of_subject text, in_tenant uuid)
  RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT i.tenant_id, i.id, i.member_id FROM public.member_identities i
        JOIN public.members m ON m.tenant_id = i.tenant_id AND m.id = i.member_id
        JOIN public.tenants t ON t.id = i.tenant_id
        WHERE i.issuer = of_issuer AND i.subject = of_subject AND m.is_active AND t.suspended_at IS NULL
          AND i.provider = CASE WHEN in_tenant IS NULL THEN 'linkedin' ELSE i.provider END
          AND (in_tenant IS NULL OR i.tenant_id = in_tenant)
        ORDER BY i.last_used_at DESC NULLS LAST, i.id LIMIT 1 $$;

CREATE FUNCTION pulse_find_sign_in_code(wanted bytea, browser bytea, at_time timestamptz)
  RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT c.tenant_id, c.id, c.member_id FROM public.sign_in_codes c
        WHERE c.code_hash = wanted AND c.browser_hash = browser AND c.expires_at > at_time $$;
REVOKE ALL ON FUNCTION pulse_find_identity_provider(text), pulse_find_identities(text, text, uuid),
  pulse_find_sign_in_code(bytea, bytea, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_identity_provider(text), pulse_find_identities(text, text, uuid),
  pulse_find_sign_in_code(bytea, bytea, timestamptz) TO pulse_api;

-- Whoever is erased (migration erasure) is known by no provider any more.
CREATE FUNCTION pulse_forget_identities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM public.member_identities WHERE tenant_id = NEW.tenant_id AND member_id = NEW.id;
  DELETE FROM public.sign_in_codes WHERE tenant_id = NEW.tenant_id AND member_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER forget_identities AFTER UPDATE OF erased_at ON members
  FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL) EXECUTE FUNCTION pulse_forget_identities();
