#include "persistence/publishing/accounts.hpp"

namespace pulse::persistence::accounts {

namespace {

constexpr statement insert_new{"insert_account", R"sql(
  INSERT INTO accounts (tenant_id, id, platform, external_user_id, handle, access_token, created_at, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, coalesce($4, ''), $5, $6, $6)
  ON CONFLICT ON CONSTRAINT accounts_once DO NOTHING
  RETURNING id)sql"};

constexpr statement find_known{"find_known_account", R"sql(
  SELECT id FROM accounts WHERE platform = $1 AND external_user_id = $2 FOR UPDATE)sql"};

constexpr statement update_known{"update_account", R"sql(
  UPDATE accounts SET handle = coalesce($2, handle), access_token = $3, updated_at = $4 WHERE id = $1)sql"};

bytes seal(const base::secret& token, const base::uuid& tenant_id, const base::uuid& id, const secret_box& box) {
  return {box.seal(token.reveal(), token_place(tenant_id, id))};
}

}  // namespace

secret_place token_place(const base::uuid& tenant_id, const base::uuid& account_id) {
  return {.tenant_id = tenant_id, .table = "accounts", .row_id = account_id, .column = "access_token"};
}

base::uuid store(transaction& tx, const connection& given, const secret_box& box, const base::uuid& new_id,
                 base::timestamp now) {
  const auto tenant_id = tx.tenant_id().value_or(base::uuid{});
  const auto made = tx.execute(insert_new, new_id, given.platform, given.external_user_id, given.handle,
                               seal(given.access_token, tenant_id, new_id, box), now);
  if (!made.empty()) return new_id;
  // The token is sealed for its row, so a known account's is sealed again, for the row that it has.
  const auto known = tx.execute(find_known, given.platform, given.external_user_id);
  const auto id = known.get<base::uuid>(0, 0);
  tx.queue(update_known, id, given.handle, seal(given.access_token, tenant_id, id, box), now);
  return id;
}

}  // namespace pulse::persistence::accounts
