#include "persistence/people/second_factors.hpp"

#include <utility>

namespace pulse::persistence::second_factors {

namespace {

constexpr statement select_state{"find_second_factor_state", R"sql(
  SELECT confirmed_at, cardinality(recovery_hashes)::bigint AS recovery_codes, has_app FROM second_factors
  WHERE tenant_id = pulse_tenant() AND member_id = $1)sql"};

constexpr statement lock_one{"lock_second_factor", R"sql(
  SELECT secret, confirmed_at, last_step, ARRAY(SELECT encode(h, 'hex') FROM unnest(recovery_hashes) h) AS recovery_hashes
  FROM second_factors WHERE tenant_id = pulse_tenant() AND member_id = $1 FOR UPDATE)sql"};

constexpr statement begin_one{"begin_second_factor", R"sql(
  INSERT INTO second_factors (tenant_id, member_id, secret, created_at) VALUES (pulse_tenant(), $1, $2, $3)
  ON CONFLICT (tenant_id, member_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at, has_app = true
  WHERE second_factors.confirmed_at IS NULL)sql"};

constexpr statement confirm_one{"confirm_second_factor", R"sql(
  UPDATE second_factors SET confirmed_at = $3, last_step = $2,
         recovery_hashes = ARRAY(SELECT decode(h, 'hex') FROM unnest($4::text[]) h)
  WHERE tenant_id = pulse_tenant() AND member_id = $1)sql"};

constexpr statement leave_one_app{"leave_out_app", R"sql(
  UPDATE second_factors SET has_app = false WHERE tenant_id = pulse_tenant() AND member_id = $1)sql"};

constexpr statement use_one_step{"use_second_factor", R"sql(
  UPDATE second_factors SET last_step = $2 WHERE tenant_id = pulse_tenant() AND member_id = $1)sql"};

constexpr statement use_one_recovery{"use_recovery_code", R"sql(
  UPDATE second_factors SET recovery_hashes = array_remove(recovery_hashes, decode($2::text, 'hex'))
  WHERE tenant_id = pulse_tenant() AND member_id = $1)sql"};

constexpr statement replace_all_recovery{"replace_recovery_codes", R"sql(
  UPDATE second_factors SET recovery_hashes = ARRAY(SELECT decode(h, 'hex') FROM unnest($2::text[]) h)
  WHERE tenant_id = pulse_tenant() AND member_id = $1)sql"};

constexpr statement remove_one{"remove_second_factor",
                               "DELETE FROM second_factors WHERE tenant_id = pulse_tenant() AND member_id = $1"};

constexpr statement select_requirement{"find_second_factor_requirement", R"sql(
  SELECT t.requires_second_factor AS is_required,
         (SELECT count(*) FROM members m WHERE m.tenant_id = t.id AND m.is_active AND NOT EXISTS (
            SELECT FROM second_factors f WHERE f.tenant_id = m.tenant_id AND f.member_id = m.id AND f.confirmed_at IS NOT NULL)) AS members_without
  FROM tenants t WHERE t.id = pulse_tenant())sql"};

constexpr statement store_requirement{"store_second_factor_requirement", R"sql(
  UPDATE tenants SET requires_second_factor = $1::boolean WHERE id = pulse_tenant() AND (NOT $1::boolean
    OR EXISTS (SELECT FROM second_factors WHERE tenant_id = pulse_tenant() AND member_id = $2 AND confirmed_at IS NOT NULL)
    OR EXISTS (SELECT FROM sessions WHERE tenant_id = pulse_tenant() AND id = $3 AND is_strong)))sql"};

secret_place place_of(const transaction& tx, const base::uuid& member_id) {
  return {.tenant_id = tx.tenant_id().value_or(base::uuid{}),
          .table = "second_factors",
          .row_id = member_id,
          .column = "secret"};
}

}  // namespace

bound_query<state> find_state(const base::uuid& member_id) { return {select_state, member_id}; }

std::optional<second_factor> lock(transaction& tx, const base::uuid& member_id) {
  return tx.execute(lock_one, member_id).first<second_factor>();
}

std::optional<std::string> open_secret(const transaction& tx, const second_factor& from, const base::uuid& member_id,
                                       const secret_box& box) {
  auto opened = box.open(from.secret.value, place_of(tx, member_id));
  if (opened.has_error()) return std::nullopt;
  return std::move(*opened);
}

bool begin(transaction& tx, const base::uuid& member_id, std::string_view secret, const secret_box& box,
           base::timestamp now) {
  const bytes sealed{box.seal(secret, place_of(tx, member_id))};
  return tx.execute(begin_one, member_id, sealed, now).affected() == 1;
}

void confirm(transaction& tx, const base::uuid& member_id, std::int64_t step,
             const std::vector<std::string>& recovery_hashes, base::timestamp now) {
  tx.queue(confirm_one, member_id, step, now, recovery_hashes);
}

void leave_out_app(transaction& tx, const base::uuid& member_id) { tx.queue(leave_one_app, member_id); }

void use_step(transaction& tx, const base::uuid& member_id, std::int64_t step) {
  tx.queue(use_one_step, member_id, step);
}

void use_recovery(transaction& tx, const base::uuid& member_id, const std::string& hash) {
  tx.queue(use_one_recovery, member_id, hash);
}

void replace_recovery(transaction& tx, const base::uuid& member_id, const std::vector<std::string>& recovery_hashes) {
  tx.queue(replace_all_recovery, member_id, recovery_hashes);
}

void remove(transaction& tx, const base::uuid& member_id) { tx.queue(remove_one, member_id); }

bound_query<requirement> find_requirement() { return {select_requirement}; }

bool set_requirement(transaction& tx, bool is_required, const base::uuid& member_id, const base::uuid& session_id) {
  return tx.execute(store_requirement, is_required, member_id, session_id).affected() == 1;
}

}  // namespace pulse::persistence::second_factors
