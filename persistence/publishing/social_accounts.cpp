#include "persistence/publishing/social_accounts.hpp"

#include "persistence/publishing/accounts.hpp"
#include "persistence/publishing/channels.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::social_accounts {

namespace {

constexpr statement select_of_provider{"list_social_accounts", R"sql(
  SELECT id, platform, external_user_id, name, scope, expires_at, needs_reconnect, problem, created_at, updated_at
  FROM social_accounts WHERE platform = $1 AND purpose = 'publish' ORDER BY created_at DESC, id DESC LIMIT 100)sql"};

constexpr statement select_own{"list_own_social_accounts", R"sql(
  SELECT platform, name, expires_at, needs_reconnect, problem FROM social_accounts
  WHERE tenant_id = pulse_tenant() AND connected_by = $1::uuid AND purpose = 'engage' ORDER BY updated_at DESC LIMIT 50)sql"};

constexpr statement select_accounts{"list_accounts_of_logins", R"sql(
  SELECT a.id, a.social_account_id, a.platform, a.external_user_id, a.handle, a.name
  FROM accounts a JOIN social_accounts s ON s.tenant_id = a.tenant_id AND s.id = a.social_account_id
  WHERE s.platform = $1 AND s.purpose = 'publish' ORDER BY a.platform, a.name, a.id LIMIT 1000)sql"};

constexpr statement select_account{"find_usable_account", R"sql(
  SELECT id, coalesce(social_account_id, id) AS social_account_id, platform, external_user_id, handle, name
  FROM accounts WHERE id = $1)sql"};

constexpr statement upsert_login{"upsert_social_account", R"sql(
  INSERT INTO social_accounts (tenant_id, id, platform, external_user_id, name, scope, access_token, connected_by, created_at, updated_at, purpose)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, ''::bytea, $6, $7, $7, $8)
  ON CONFLICT ON CONSTRAINT social_accounts_once DO UPDATE
    SET name = excluded.name, scope = excluded.scope, connected_by = excluded.connected_by, updated_at = excluded.updated_at
  RETURNING id)sql"};

constexpr statement set_tokens{"set_social_account_tokens", R"sql(
  UPDATE social_accounts SET access_token = $2, refresh_token = $3, expires_at = $4, refresh_expires_at = $5, refresh_at = $6,
    refreshing_until = NULL, refresh_round = refresh_round + 1, refresh_failures = 0, needs_reconnect = false, problem = NULL, updated_at = $7,
    app_client_id = $8
  WHERE id = $1)sql"};

constexpr statement adopt_account{"adopt_account", R"sql(
  UPDATE accounts SET social_account_id = $2, name = $3, shares_token = $4 WHERE id = $1)sql"};

constexpr statement forget_login{"forget_social_account", R"sql(
  UPDATE social_accounts SET access_token = ''::bytea, refresh_token = NULL, refresh_at = NULL, refreshing_until = NULL,
    refresh_round = refresh_round + 1, expires_at = NULL, refresh_expires_at = NULL, needs_reconnect = true,
    problem = 'The account was disconnected.', updated_at = $3
  WHERE id = $1 AND platform = $2 AND purpose = 'publish' RETURNING id)sql"};

constexpr statement forget_of_member{"forget_own_social_account", R"sql(
  DELETE FROM social_accounts
  WHERE tenant_id = pulse_tenant() AND connected_by = $1::uuid AND platform = $2 AND purpose = 'engage')sql"};

constexpr statement forget_tokens{"forget_account_tokens", R"sql(
  UPDATE accounts SET access_token = ''::bytea, updated_at = $2 WHERE social_account_id = $1)sql"};

constexpr statement switch_off{"switch_off_disconnected", R"sql(
  UPDATE channels c SET is_active = false, disabled_reason = 'The account was disconnected. Connect it again.', updated_at = $2
  FROM accounts a WHERE a.tenant_id = c.tenant_id AND a.id = c.account_id AND a.social_account_id = $1
    AND c.is_active AND c.deleted_at IS NULL)sql"};

constexpr statement select_due{"take_due_refreshes", R"sql(
  UPDATE social_accounts s SET refreshing_until = $2, refresh_round = s.refresh_round + 1
  FROM (SELECT tenant_id, id FROM social_accounts
        WHERE refresh_at <= $1 AND NOT needs_reconnect AND (refreshing_until IS NULL OR refreshing_until <= $1)
        ORDER BY refresh_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
  WHERE s.tenant_id = due.tenant_id AND s.id = due.id
  RETURNING s.tenant_id, s.id, s.platform, s.external_user_id, s.access_token, s.refresh_token, s.expires_at, s.refresh_expires_at, s.scope,
            s.refresh_round, s.refresh_failures, s.app_client_id)sql"};

constexpr statement write_refreshed{"write_refreshed_tokens", R"sql(
  UPDATE social_accounts SET access_token = $4, refresh_token = $5, expires_at = $6, refresh_expires_at = $7, refresh_at = $8, scope = $9,
    refreshing_until = NULL, refresh_failures = 0, needs_reconnect = false, problem = NULL, updated_at = $10
  WHERE tenant_id = $1 AND id = $2 AND refresh_round = $3 RETURNING id)sql"};

constexpr statement select_sharing{"accounts_sharing_tokens", R"sql(
  SELECT id FROM accounts WHERE tenant_id = $1 AND social_account_id = $2 AND shares_token)sql"};

constexpr statement write_shared{"write_shared_token", R"sql(
  UPDATE accounts SET access_token = $3, updated_at = $4 WHERE tenant_id = $1 AND id = $2)sql"};

constexpr statement delay_one{"put_off_refresh", R"sql(
  UPDATE social_accounts SET refresh_at = $4, refreshing_until = NULL, refresh_failures = refresh_failures + 1, updated_at = $5
  WHERE tenant_id = $1 AND id = $2 AND refresh_round = $3)sql"};

constexpr statement refuse_one{"refuse_refresh", R"sql(
  UPDATE social_accounts SET refresh_at = NULL, refreshing_until = NULL, needs_reconnect = true, problem = $4, updated_at = $5
  WHERE tenant_id = $1 AND id = $2 AND refresh_round = $3)sql"};

constexpr statement mark_due{"mark_ending_logins", R"sql(
  UPDATE social_accounts SET needs_reconnect = true, updated_at = $2,
    problem = 'The access ends soon and the platform does not renew it. Connect the account again.'
  WHERE refresh_at IS NULL AND expires_at <= $1 AND NOT needs_reconnect RETURNING id)sql"};

std::optional<bytes> seal(const std::optional<base::secret>& token, const secret_place& place, const secret_box& box) {
  if (!token) return std::nullopt;
  return bytes{box.seal(token->reveal(), place)};
}

}  // namespace

bound_query<provider_login> list(const std::string& provider) { return {select_of_provider, provider}; }

bound_query<own_login> list_own(const base::uuid& member_id) { return {select_own, member_id}; }

bound_query<provider_account> list_accounts(const std::string& provider) { return {select_accounts, provider}; }

bound_query<provider_account> find_account(const base::uuid& id) { return {select_account, id}; }

secret_place token_place(const base::uuid& tenant_id, const base::uuid& id, std::string_view column) {
  return {.tenant_id = tenant_id, .table = "social_accounts", .row_id = id, .column = column};
}

std::vector<base::uuid> store(transaction& tx, const connection& made, const secret_box& box, base::timestamp now) {
  const auto tenant_id = tx.tenant_id().value_or(base::uuid{});
  lock_tenant(tx);
  const auto login_id = tx.execute(upsert_login, made.id, made.provider, made.external_user_id, made.name,
                                   made.given.scope, made.member_id, now, made.purpose)
                            .get<base::uuid>(0, 0);
  tx.queue(set_tokens, login_id, seal(made.given.access_token, token_place(tenant_id, login_id, "access_token"), box),
           seal(made.given.refresh_token, token_place(tenant_id, login_id, "refresh_token"), box),
           made.given.expires_at, made.given.refresh_expires_at, made.given.refresh_at, now, made.app_client_id);
  std::vector<base::uuid> ids;
  for (const auto& each : made.accounts) {
    if (ids.size() == most_accounts) break;
    const accounts::connection given{.platform = each.platform,
                                     .external_user_id = each.external_user_id,
                                     .handle = each.handle,
                                     .access_token = each.access_token};
    const auto id = accounts::store(tx, given, box, base::new_uuid(now), now);
    tx.queue(adopt_account, id, login_id, each.name, each.shares_token);
    channels::reactivate(tx, id, made.member_id, now);
    ids.push_back(id);
  }
  return ids;
}

bool disconnect(transaction& tx, const base::uuid& id, const std::string& provider, base::timestamp now) {
  lock_tenant(tx);
  if (tx.execute(forget_login, id, provider, now).empty()) return false;
  tx.queue(forget_tokens, id, now);
  tx.queue(switch_off, id, now);
  return true;
}

bool forget_own(transaction& tx, const base::uuid& member_id, const std::string& provider) {
  return tx.execute(forget_of_member, member_id, provider).affected() > 0;
}

std::vector<due_refresh> take_due(transaction& tx, base::timestamp now, base::timestamp until, int limit) {
  return tx.execute(select_due, now, until, limit).all<due_refresh>();
}

bool store_refreshed(transaction& tx, const due_refresh& of, const tokens& fresh, const secret_box& box,
                     base::timestamp now) {
  const auto written = tx.execute(write_refreshed, of.tenant_id, of.id, of.refresh_round,
                                  seal(fresh.access_token, token_place(of.tenant_id, of.id, "access_token"), box),
                                  seal(fresh.refresh_token, token_place(of.tenant_id, of.id, "refresh_token"), box),
                                  fresh.expires_at, fresh.refresh_expires_at, fresh.refresh_at, fresh.scope, now);
  if (written.empty()) return false;
  const auto sharing = tx.execute(select_sharing, of.tenant_id, of.id);
  for (std::size_t i = 0; i < sharing.size(); ++i) {
    const auto account = sharing.get<base::uuid>(i, 0);
    const bytes sealed{box.seal(fresh.access_token.reveal(), accounts::token_place(of.tenant_id, account))};
    tx.queue(write_shared, of.tenant_id, account, sealed, now);
  }
  return true;
}

void put_off(transaction& tx, const due_refresh& of, base::timestamp again_at, base::timestamp now) {
  tx.queue(delay_one, of.tenant_id, of.id, of.refresh_round, again_at, now);
}

void refuse(transaction& tx, const due_refresh& of, const std::string& problem, base::timestamp now) {
  tx.queue(refuse_one, of.tenant_id, of.id, of.refresh_round, problem, now);
}

std::int64_t mark_ending(transaction& tx, base::timestamp before, base::timestamp now) {
  return static_cast<std::int64_t>(tx.execute(mark_due, before, now).size());
}

}  // namespace pulse::persistence::social_accounts
