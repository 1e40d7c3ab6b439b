#include "persistence/publishing/provider_apps.hpp"

#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::provider_apps {

namespace {

constexpr statement select_all{"list_provider_apps", R"sql(
  SELECT provider, client_id, created_at, updated_at FROM provider_apps WHERE tenant_id = pulse_tenant() ORDER BY provider)sql"};

struct row {
  base::uuid id;
  std::string client_id;
  bytes client_secret;
};
BOOST_DESCRIBE_STRUCT(row, (), (id, client_id, client_secret))

constexpr statement find_one{"find_provider_app", R"sql(
  SELECT id, client_id, client_secret FROM provider_apps WHERE tenant_id = pulse_tenant() AND provider = $1)sql"};

constexpr statement insert_one{"insert_provider_app", R"sql(
  INSERT INTO provider_apps (tenant_id, id, provider, client_id, client_secret, created_at, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $5))sql"};

constexpr statement update_one{"update_provider_app", R"sql(
  UPDATE provider_apps SET client_id = $2, client_secret = $3, updated_at = $4 WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement delete_one{"delete_provider_app",
                               "DELETE FROM provider_apps WHERE tenant_id = pulse_tenant() AND provider = $1"};

constexpr statement count_those{"count_logins_of_provider_app", R"sql(
  SELECT count(*) FROM social_accounts s JOIN provider_apps a ON a.tenant_id = s.tenant_id AND a.provider = s.platform
  WHERE s.tenant_id = pulse_tenant() AND s.platform = $1 AND s.app_client_id = a.client_id AND s.access_token <> ''::bytea)sql"};

secret_place place_of(const transaction& tx, const base::uuid& id) {
  return {.tenant_id = tx.tenant_id().value_or(base::uuid{}),
          .table = "provider_apps",
          .row_id = id,
          .column = "client_secret"};
}

}  // namespace

bound_query<own_app> list() { return {select_all}; }

std::optional<app_key> find(transaction& tx, const std::string& provider, const secret_box& box) {
  const auto found = tx.execute(find_one, provider).first<row>();
  if (!found) return std::nullopt;
  auto secret = box.open(found->client_secret.value, place_of(tx, found->id));
  if (secret.has_error()) return std::nullopt;
  return app_key{found->client_id, base::secret{std::move(*secret)}};
}

void store(transaction& tx, const std::string& provider, const app_key& app, const secret_box& box,
           base::timestamp now) {
  lock_tenant(tx);
  const auto found = tx.execute(find_one, provider).first<row>();
  const auto id = found ? found->id : base::new_uuid(now);
  const bytes sealed{box.seal(app.client_secret.reveal(), place_of(tx, id))};
  if (found) {
    tx.queue(update_one, id, app.client_id, sealed, now);
  } else {
    tx.queue(insert_one, id, provider, app.client_id, sealed, now);
  }
}

bool remove(transaction& tx, const std::string& provider) { return tx.execute(delete_one, provider).affected() > 0; }

std::int64_t count_logins(transaction& tx, const std::string& provider) {
  return tx.execute(count_those, provider).get<std::int64_t>(0, 0);
}

}  // namespace pulse::persistence::provider_apps
