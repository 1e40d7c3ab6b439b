#include "persistence/engagement/engagements.hpp"

namespace pulse::persistence::engagements {

namespace {

constexpr statement lock_one{"lock_engagement", R"sql(
  SELECT id, member_id, kind, state, text, is_asked, expires_at FROM engagements
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid FOR UPDATE)sql"};

constexpr statement confirm_one{"confirm_engagement", R"sql(
  UPDATE engagements
  SET state = 'queued', text = $2::text, confirmed_at = $3::timestamptz, not_before = greatest(not_before, $3::timestamptz), hold = NULL,
      is_asked = false, reason = NULL, updated_at = $3::timestamptz
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid)sql"};

constexpr statement edit_one{"edit_engagement", R"sql(
  UPDATE engagements SET text = coalesce($2::text, text), reaction = coalesce($3::text, reaction), updated_at = $4::timestamptz
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid)sql"};

constexpr statement skip_one{"skip_engagement", R"sql(
  UPDATE engagements
  SET state = 'skipped', reason = $2::text, is_asked = false, finished_at = $3::timestamptz, updated_at = $3::timestamptz
  WHERE tenant_id = pulse_tenant() AND id = $1::uuid)sql"};

constexpr statement forget_signatures{"forget_used_signatures",
                                      "DELETE FROM used_signatures WHERE used_at < $1::timestamptz"};

constexpr statement insert_signature{"insert_used_signature", R"sql(
  INSERT INTO used_signatures (signature_hash, used_at) VALUES ($1, $2) ON CONFLICT (signature_hash) DO NOTHING)sql"};

}  // namespace

std::optional<locked_engagement> lock(transaction& tx, const base::uuid& id) {
  return tx.execute(lock_one, id).first<locked_engagement>();
}

void confirm(transaction& tx, const base::uuid& id, const std::string& text, base::timestamp now) {
  tx.execute(confirm_one, id, text, now);
}

void edit(transaction& tx, const base::uuid& id, const std::optional<std::string>& text,
          const std::optional<domain::reaction_kind>& reaction, base::timestamp now) {
  tx.execute(edit_one, id, text, reaction, now);
}

void skip(transaction& tx, const base::uuid& id, std::string_view reason, base::timestamp now) {
  tx.execute(skip_one, id, reason, now);
}

bool use_signature(transaction& tx, const bytes& hash, base::timestamp now, base::timestamp forget_before) {
  tx.queue(forget_signatures, forget_before);
  return tx.execute(insert_signature, hash, now).affected() == 1;
}

}  // namespace pulse::persistence::engagements
