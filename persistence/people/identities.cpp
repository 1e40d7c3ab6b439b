#include "persistence/people/identities.hpp"

#include <utility>

namespace pulse::persistence::identities {

namespace {

constexpr statement select_of_member{"list_identities", R"sql(
  SELECT id, provider, issuer, name, created_at, last_used_at FROM member_identities
  WHERE tenant_id = pulse_tenant() AND member_id = $1 ORDER BY created_at, id)sql"};

constexpr statement select_owner{"find_identity_owner", R"sql(
  SELECT tenant_id, id, member_id FROM pulse_find_identities($1::text, $2::text, $3::uuid))sql"};

constexpr statement select_provider{"find_identity_provider", R"sql(
  SELECT id, sign_in_name, issuer, client_id, client_secret, is_enabled, updated_at
  FROM identity_providers WHERE tenant_id = pulse_tenant())sql"};

constexpr statement select_company{"find_company_of_sign_in_name", R"sql(
  SELECT tenant_id FROM pulse_find_identity_provider($1::text))sql"};

constexpr statement select_code{"find_sign_in_code", R"sql(
  SELECT tenant_id, id, member_id FROM pulse_find_sign_in_code($1::bytea, $2::bytea, $3::timestamptz))sql"};

constexpr statement link_one{"link_identity", R"sql(
  INSERT INTO member_identities (tenant_id, id, member_id, provider, issuer, subject, name, created_at)
  SELECT pulse_tenant(), $1::uuid, m.id, $3::text, $4::text, $5::text, $6::text, $7::timestamptz
  FROM members m WHERE m.tenant_id = pulse_tenant() AND m.id = $2::uuid AND m.is_active
  ON CONFLICT DO NOTHING)sql"};

constexpr statement find_one{"find_identity", R"sql(
  SELECT member_id FROM member_identities WHERE tenant_id = pulse_tenant() AND issuer = $1 AND subject = $2)sql"};

constexpr statement note_one_use{"use_identity", R"sql(
  UPDATE member_identities SET last_used_at = $2 WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement unlink_one{"unlink_identity", R"sql(
  DELETE FROM member_identities WHERE tenant_id = pulse_tenant() AND member_id = $1 AND id = $2 RETURNING id)sql"};

constexpr statement find_addressee{"find_member_by_email", R"sql(
  SELECT id, is_active, email_verified_at IS NOT NULL AS is_verified, is_platform_admin
  FROM members WHERE tenant_id = pulse_tenant() AND email = $1)sql"};

constexpr statement find_password{"has_password", R"sql(
  SELECT password_hash <> '' FROM members WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement put_one{"put_identity_provider", R"sql(
  INSERT INTO identity_providers (tenant_id, id, sign_in_name, issuer, client_id, client_secret, is_enabled, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (tenant_id) DO UPDATE
    SET sign_in_name = excluded.sign_in_name, issuer = excluded.issuer, client_id = excluded.client_id,
        client_secret = excluded.client_secret, is_enabled = excluded.is_enabled, updated_at = excluded.updated_at)sql"};

constexpr statement remove_one{"remove_identity_provider",
                               "DELETE FROM identity_providers WHERE tenant_id = pulse_tenant() RETURNING id"};

constexpr statement forget_codes{"forget_sign_in_codes",
                                 "DELETE FROM sign_in_codes WHERE tenant_id = pulse_tenant() AND expires_at <= $1"};

constexpr statement keep_one_code{"keep_sign_in_code", R"sql(
  INSERT INTO sign_in_codes (tenant_id, id, member_id, code_hash, browser_hash, expires_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5))sql"};

constexpr statement take_one_code{
    "take_sign_in_code", "DELETE FROM sign_in_codes WHERE tenant_id = pulse_tenant() AND id = $1 RETURNING id"};

}  // namespace

bound_query<identity> list(const base::uuid& member_id) { return {select_of_member, member_id}; }

bound_query<owner> find_owner(const std::string& issuer, const std::string& subject,
                              std::optional<base::uuid> company) {
  return {select_owner, issuer, subject, company};
}

bound_query<provider> find_provider() { return {select_provider}; }

bound_query<company_of_name> find_company(const std::string& sign_in_name) { return {select_company, sign_in_name}; }

bound_query<owner> find_code(const std::string& code, const std::string& browser, base::timestamp now) {
  return {select_code, hash_of(code), hash_of(browser), now};
}

linking link(transaction& tx, const base::uuid& member_id, const person& who, base::timestamp now) {
  tx.execute(link_one, base::new_uuid(now), member_id, who.provider, who.issuer, who.subject, who.name, now);
  const auto found = tx.execute(find_one, who.issuer, who.subject);
  if (found.empty()) return linking::has_other;
  return found.get<base::uuid>(0, 0) == member_id ? linking::done : linking::taken;
}

void note_use(transaction& tx, const base::uuid& id, base::timestamp now) { tx.queue(note_one_use, id, now); }

bool unlink(transaction& tx, const base::uuid& member_id, const base::uuid& id) {
  return !tx.execute(unlink_one, member_id, id).empty();
}

std::optional<addressee> find_by_email(transaction& tx, const std::string& email) {
  return tx.execute(find_addressee, email).first<addressee>();
}

bool has_password(transaction& tx, const base::uuid& member_id) {
  const auto found = tx.execute(find_password, member_id);
  return !found.empty() && found.get<bool>(0, 0);
}

secret_place place_of_secret(const base::uuid& tenant_id, const base::uuid& id) {
  return {.tenant_id = tenant_id, .table = "identity_providers", .row_id = id, .column = "client_secret"};
}

void put_provider(transaction& tx, const provider& made) {
  tx.execute(put_one, made.id, made.sign_in_name, made.issuer, made.client_id, made.client_secret, made.is_enabled,
             made.updated_at);
}

bool remove_provider(transaction& tx) { return !tx.execute(remove_one).empty(); }

bytes hash_of(const std::string& text) { return {std::string{base::as_text(base::sha256(text))}}; }

void keep_code(transaction& tx, const base::uuid& id, const base::uuid& member_id, const std::string& code,
               const std::string& browser, base::timestamp expires_at, base::timestamp now) {
  tx.queue(forget_codes, now);
  tx.queue(keep_one_code, id, member_id, hash_of(code), hash_of(browser), expires_at);
}

bool use_code(transaction& tx, const base::uuid& id) { return !tx.execute(take_one_code, id).empty(); }

}  // namespace pulse::persistence::identities
