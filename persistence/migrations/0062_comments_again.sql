-- A first comment that its platform refused may be sent once more, as another thing that is asked of a published post. A comment that is
-- made twice would be there twice, so one of which nobody knows is looked for before it is made again.
ALTER TABLE publication_changes DROP CONSTRAINT publication_changes_kind;
ALTER TABLE publication_changes ADD CONSTRAINT publication_changes_kind CHECK (kind IN ('remove', 'edit', 'comment'));
ALTER TABLE publication_changes ADD COLUMN is_in_doubt boolean NOT NULL DEFAULT false;

-- Whose budget is whose is read with each agenda.
CREATE INDEX social_accounts_of_own_apps ON social_accounts (tenant_id) WHERE app_client_id IS NOT NULL;
