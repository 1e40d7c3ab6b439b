#include "persistence/publishing/instance_apps.hpp"

#include <boost/describe.hpp>

#include "persistence/postgres/statement.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::instance_apps {

namespace {

struct row {
  base::uuid id;
  std::string client_id;
  bytes client_secret;
};
BOOST_DESCRIBE_STRUCT(row, (), (id, client_id, client_secret))

constexpr statement find_one{"find_instance_app", R"sql(
  SELECT id, client_id, client_secret FROM instance_apps
  WHERE tenant_id = pulse_tenant() AND provider = $1 AND instance = $2 AND redirect_uri = $3 AND scope = $4)sql"};

constexpr statement make_room{"make_room_for_instance_app", R"sql(
  DELETE FROM instance_apps WHERE tenant_id = pulse_tenant()
    AND id IN (SELECT id FROM instance_apps WHERE tenant_id = pulse_tenant() ORDER BY created_at DESC, id DESC OFFSET $1))sql"};

constexpr statement insert_one{"insert_instance_app", R"sql(
  INSERT INTO instance_apps (tenant_id, id, provider, instance, redirect_uri, scope, client_id, client_secret, created_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr statement delete_one{"forget_instance_app", R"sql(
  DELETE FROM instance_apps
  WHERE tenant_id = pulse_tenant() AND provider = $1 AND instance = $2 AND redirect_uri = $3 AND scope = $4)sql"};

secret_place place_of(const base::uuid& tenant_id, const base::uuid& id) {
  return {.tenant_id = tenant_id, .table = "instance_apps", .row_id = id, .column = "client_secret"};
}

}  // namespace

std::optional<registered_app> find(transaction& tx, const app_key& key, const secret_box& box) {
  const auto found = tx.execute(find_one, key.provider, key.instance, key.redirect_uri, key.scope).first<row>();
  if (!found) return std::nullopt;
  auto secret = box.open(found->client_secret.value, place_of(tx.tenant_id().value_or(base::uuid{}), found->id));
  if (secret.has_error()) return std::nullopt;
  return registered_app{found->client_id, base::secret{std::move(*secret)}};
}

void store(transaction& tx, const app_key& key, const registered_app& app, const secret_box& box, base::timestamp now) {
  lock_tenant(tx);  // two people may connect at one new instance at once
  const auto id = base::new_uuid(now);
  const bytes sealed{box.seal(app.client_secret.reveal(), place_of(tx.tenant_id().value_or(base::uuid{}), id))};
  forget(tx, key);
  tx.queue(make_room, most_of_tenant - 1);
  tx.queue(insert_one, id, key.provider, key.instance, key.redirect_uri, key.scope, app.client_id, sealed, now);
}

void forget(transaction& tx, const app_key& key) {
  tx.queue(delete_one, key.provider, key.instance, key.redirect_uri, key.scope);
}

}  // namespace pulse::persistence::instance_apps
