#include "persistence/people/passkeys.hpp"

#include <utility>

#include "base/secure.hpp"

namespace pulse::persistence::passkeys {

namespace {

constexpr statement select_of_member{"list_passkeys", R"sql(
  SELECT id, name, is_synced, created_at, last_used_at, refused_at FROM passkeys
  WHERE tenant_id = pulse_tenant() AND member_id = $1 ORDER BY created_at, id)sql"};

constexpr statement select_credentials{"list_passkey_credentials", R"sql(
  SELECT credential_id FROM passkeys WHERE tenant_id = pulse_tenant() AND member_id = $1 ORDER BY created_at, id)sql"};

constexpr statement select_owner{"find_passkey_owner",
                                 "SELECT tenant_id, id, member_id FROM pulse_find_passkey($1::bytea)"};

constexpr statement lock_owner{"lock_member_of_passkeys",
                               "SELECT id FROM members WHERE tenant_id = pulse_tenant() AND id = $1 FOR UPDATE"};

constexpr statement count_all{"count_passkeys",
                              "SELECT count(*) FROM passkeys WHERE tenant_id = pulse_tenant() AND member_id = $1"};

constexpr statement insert_one{"insert_passkey", R"sql(
  INSERT INTO passkeys (tenant_id, id, member_id, credential_id, public_key, name, model, uses, is_synced, created_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

constexpr statement rename_one{"rename_passkey", R"sql(
  UPDATE passkeys SET name = $3 WHERE tenant_id = pulse_tenant() AND member_id = $1 AND id = $2)sql"};

constexpr statement remove_one{"remove_passkey",
                               "DELETE FROM passkeys WHERE tenant_id = pulse_tenant() AND member_id = $1 AND id = $2"};

constexpr statement remove_every{"remove_passkeys_of_member",
                                 "DELETE FROM passkeys WHERE tenant_id = pulse_tenant() AND member_id = $1"};

constexpr statement lock_one{"lock_passkey", R"sql(
  SELECT id, public_key, uses FROM passkeys
  WHERE tenant_id = pulse_tenant() AND member_id = $1 AND credential_id = $2 FOR UPDATE)sql"};

constexpr statement use_one{"use_passkey", R"sql(
  UPDATE passkeys SET uses = $2, is_synced = $3, last_used_at = $4 WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement refuse_one{"refuse_passkey",
                               "UPDATE passkeys SET refused_at = $2 WHERE tenant_id = pulse_tenant() AND id = $1"};

constexpr statement forget_challenges{
    "forget_passkey_challenges",
    "DELETE FROM used_passkey_challenges WHERE tenant_id = pulse_tenant() AND expires_at <= $1"};

constexpr statement use_one_challenge{"use_passkey_challenge", R"sql(
  INSERT INTO used_passkey_challenges (tenant_id, challenge_hash, expires_at) VALUES (pulse_tenant(), $1, $2)
  ON CONFLICT DO NOTHING)sql"};

constexpr statement confirm_session{
    "confirm_session", "UPDATE sessions SET confirmed_at = $2 WHERE tenant_id = pulse_tenant() AND id = $1"};

constexpr statement select_confirmation{"find_confirmation", R"sql(
  SELECT coalesce(s.confirmed_at, s.created_at) > $2::timestamptz AS has_signed_in,
         coalesce(s.confirmed_at > $2::timestamptz, false) AS has_confirmed,
         m.email_verified_at IS DISTINCT FROM s.created_at AND pulse_lacks_second_factor(s.tenant_id, s.member_id, s.id) AS has_password_alone
  FROM sessions s JOIN members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
  WHERE s.tenant_id = pulse_tenant() AND s.id = $1)sql"};

}  // namespace

bound_query<passkey> list(const base::uuid& member_id) { return {select_of_member, member_id}; }

bound_query<credential> list_credentials(const base::uuid& member_id) { return {select_credentials, member_id}; }

bound_query<owner> find_owner(const bytes& credential_id) { return {select_owner, credential_id}; }

std::int64_t count(transaction& tx, const base::uuid& member_id) {
  return tx.execute(count_all, member_id).get<std::int64_t>(0, 0);
}

adding add(transaction& tx, const base::uuid& id, const base::uuid& member_id, const domain::made_passkey& made,
           const std::string& name, base::timestamp now) {
  tx.execute(lock_owner, member_id);  // of two at the same moment the second counts the first's
  if (count(tx, member_id) >= of_member_max) return adding::too_many;
  tx.execute(insert_one, id, member_id, bytes{made.credential_id}, bytes{made.public_key}, name, made.model,
             static_cast<std::int64_t>(made.uses), made.is_synced, now);
  return adding::done;
}

bool rename(transaction& tx, const base::uuid& member_id, const base::uuid& id, const std::string& name) {
  return tx.execute(rename_one, member_id, id, name).affected() == 1;
}

bool remove(transaction& tx, const base::uuid& member_id, const base::uuid& id) {
  tx.execute(lock_owner, member_id);
  return tx.execute(remove_one, member_id, id).affected() == 1;
}

std::size_t remove_all(transaction& tx, const base::uuid& member_id) {
  tx.execute(lock_owner, member_id);
  return tx.execute(remove_every, member_id).affected();
}

std::optional<kept> lock(transaction& tx, const base::uuid& member_id, const std::string& credential_id) {
  return tx.execute(lock_one, member_id, bytes{credential_id}).first<kept>();
}

void note_use(transaction& tx, const base::uuid& id, const domain::passkey_use& use, base::timestamp now) {
  tx.queue(use_one, id, static_cast<std::int64_t>(use.uses), use.is_synced, now);
}

void note_refusal(transaction& tx, const base::uuid& id, base::timestamp now) { tx.queue(refuse_one, id, now); }

bool use_challenge(transaction& tx, const std::string& challenge, base::timestamp expires_at, base::timestamp now) {
  tx.queue(forget_challenges, now);
  const bytes hash{std::string{base::as_text(base::sha256(challenge))}};
  return tx.execute(use_one_challenge, hash, expires_at).affected() == 1;
}

void note_confirmation(transaction& tx, const base::uuid& session_id, base::timestamp now) {
  tx.queue(confirm_session, session_id, now);
}

bound_query<confirmation> find_confirmation(const base::uuid& session_id, base::timestamp since) {
  return {select_confirmation, session_id, since};
}

}  // namespace pulse::persistence::passkeys
