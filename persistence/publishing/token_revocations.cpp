#include "persistence/publishing/token_revocations.hpp"

#include <utility>

#include "persistence/events/events.hpp"
#include "persistence/publishing/social_accounts.hpp"

namespace pulse::persistence::token_revocations {

namespace {

constexpr statement select_held{"select_tokens_to_revoke", R"sql(
  SELECT id, external_user_id, name, access_token, refresh_token, app_client_id FROM social_accounts
  WHERE tenant_id = pulse_tenant() AND platform = $1 AND access_token <> ''::bytea
    AND (($2::uuid IS NOT NULL AND id = $2::uuid AND purpose = 'publish')
      OR ($3::uuid IS NOT NULL AND connected_by = $3::uuid AND purpose = 'engage'))
  FOR UPDATE)sql"};

struct held_login {
  base::uuid id;
  std::string external_user_id;
  std::string name;
  bytes access_token;
  std::optional<bytes> refresh_token;
  std::optional<std::string> app_client_id;
};
BOOST_DESCRIBE_STRUCT(held_login, (), (id, external_user_id, name, access_token, refresh_token, app_client_id))

constexpr statement insert_one{"insert_token_revocation", R"sql(
  INSERT INTO token_revocations (tenant_id, id, provider, external_user_id, name, access_token, refresh_token, not_before, created_at, app_client_id)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $7, $8))sql"};

constexpr statement take_those{"take_token_revocations", R"sql(
  UPDATE token_revocations r SET attempts = r.attempts + 1,
    not_before = $1::timestamptz + $3::bigint * interval '1 second' * (1 << least(r.attempts, 10))
  FROM (SELECT tenant_id, id FROM token_revocations WHERE not_before <= $1 ORDER BY not_before LIMIT $2 FOR UPDATE SKIP LOCKED) due
  WHERE r.tenant_id = due.tenant_id AND r.id = due.id
  RETURNING r.tenant_id, r.id, r.provider, r.external_user_id, r.name, r.access_token, r.refresh_token, r.attempts,
    EXISTS (SELECT FROM social_accounts s
            WHERE s.platform = r.provider AND s.external_user_id = r.external_user_id AND s.access_token <> ''::bytea
              AND s.app_client_id IS NOT DISTINCT FROM r.app_client_id) AS is_shared, r.app_client_id)sql"};

constexpr statement remove_one{"remove_token_revocation",
                               "DELETE FROM token_revocations WHERE tenant_id = $1 AND id = $2"};

/// The token sealed for its new place; nothing when it cannot be opened.
std::optional<bytes> move_token(const bytes& sealed, const secret_place& from, const secret_place& to,
                                const secret_box& box) {
  const auto opened = box.open(sealed.value, from);
  if (opened.has_error()) return std::nullopt;
  return bytes{box.seal(*opened, to)};
}

void tell(transaction& tx, const base::uuid& tenant_id, std::optional<base::uuid> member_id, domain::event_facts facts,
          base::timestamp at) {
  events::append(tx, {.tenant_id = tenant_id,
                      .about = events::subject{domain::subject_kind::company, tenant_id},
                      .member_id = member_id,
                      .facts = std::move(facts),
                      .at = at});
}

template <class Facts>
Facts facts_of(const std::string& provider_name, const std::string& name) {
  Facts made;
  made.provider = provider_name;
  made.name = name;
  return made;
}

}  // namespace

secret_place token_place(const base::uuid& tenant_id, const base::uuid& id, std::string_view column) {
  return {.tenant_id = tenant_id, .table = "token_revocations", .row_id = id, .column = column};
}

void keep(transaction& tx, const disconnected& what, const secret_box& box) {
  const auto tenant_id = tx.tenant_id().value_or(base::uuid{});
  for (const auto& each : tx.execute(select_held, what.provider, what.login_id, what.own_member).all<held_login>()) {
    tell(tx, tenant_id, what.member_id, facts_of<domain::account_disconnected>(what.provider_name, each.name),
         what.now);
    const auto id = base::new_uuid(what.now);
    const auto place = [&](const base::uuid& row, std::string_view column) {
      return social_accounts::token_place(tenant_id, row, column);
    };
    const auto access =
        move_token(each.access_token, place(each.id, "access_token"), token_place(tenant_id, id, "access_token"), box);
    if (!access) continue;
    std::optional<bytes> refresh;
    if (each.refresh_token)
      refresh = move_token(*each.refresh_token, place(each.id, "refresh_token"),
                           token_place(tenant_id, id, "refresh_token"), box);
    tx.queue(insert_one, id, what.provider, each.external_user_id, each.name, *access, refresh, what.now,
             each.app_client_id);
  }
}

std::vector<due_revocation> take_due(transaction& tx, base::timestamp now, int limit) {
  return tx.execute(take_those, now, limit, static_cast<std::int64_t>(first_pause.count())).all<due_revocation>();
}

void finish(transaction& tx, const due_revocation& of, const std::string& provider_name,
            const std::optional<std::string>& why_not, base::timestamp now) {
  if (tx.execute(remove_one, of.tenant_id, of.id).affected() != 1) return;
  if (!why_not) {
    return tell(tx, of.tenant_id, std::nullopt, facts_of<domain::account_revoked>(provider_name, of.name), now);
  }
  auto facts = facts_of<domain::account_not_revoked>(provider_name, of.name);
  facts.reason = *why_not;
  tell(tx, of.tenant_id, std::nullopt, std::move(facts), now);
}

}  // namespace pulse::persistence::token_revocations
