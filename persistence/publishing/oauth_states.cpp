#include "persistence/publishing/oauth_states.hpp"

namespace pulse::persistence::oauth_states {

namespace {

constexpr statement make_room{"forget_oauth_states", R"sql(
  DELETE FROM oauth_states WHERE expires_at <= $1
     OR id IN (SELECT id FROM oauth_states ORDER BY created_at DESC OFFSET $2))sql"};

constexpr statement insert_one{"insert_oauth_state", R"sql(
  INSERT INTO oauth_states (tenant_id, id, state_hash, browser_hash, provider, member_id, project_id, verifier, created_at, expires_at, purpose)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

constexpr statement take_one{"take_oauth_state", R"sql(
  SELECT tenant_id, id, member_id, project_id, verifier, purpose
  FROM pulse_take_oauth_state($1::bytea, $2::bytea, $3, $4::timestamptz))sql"};

bytes hash(std::string_view text) { return {std::string{base::as_text(base::sha256(text))}}; }

}  // namespace

secret_place verifier_place(const base::uuid& tenant_id, const base::uuid& id) {
  return {.tenant_id = tenant_id, .table = "oauth_states", .row_id = id, .column = "verifier"};
}

void store(transaction& tx, const pending& made, const secret_box& box, base::timestamp now) {
  const auto tenant_id = tx.tenant_id().value_or(base::uuid{});
  const bytes sealed{box.seal(made.verifier.reveal(), verifier_place(tenant_id, made.id))};
  tx.queue(make_room, now, most_of_tenant - 1);
  tx.queue(insert_one, made.id, hash(made.state), hash(made.browser), made.provider, made.member_id, made.project_id,
           sealed, now, now + life, made.purpose);
}

std::optional<taken> take(transaction& tx, const std::string& state, const std::string& browser,
                          std::string_view provider, base::timestamp now) {
  return tx.execute(take_one, hash(state), hash(browser), std::string{provider}, now).first<taken>();
}

}  // namespace pulse::persistence::oauth_states
