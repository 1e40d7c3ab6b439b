#include "persistence/engagement/page_logins.hpp"

#include "persistence/publishing/accounts.hpp"
#include "persistence/publishing/social_accounts.hpp"

namespace pulse::persistence::page_logins {

namespace {

constexpr statement find_linkedin{"find_linkedin_reader", R"sql(
  SELECT s.id, s.external_user_id, s.name AS handle, s.access_token,
         coalesce((SELECT min(a.id::text)::uuid FROM accounts a WHERE a.tenant_id = s.tenant_id AND a.social_account_id = s.id
                   AND a.external_user_id = s.external_user_id), s.id) AS budget
  FROM social_accounts s
  JOIN members m ON m.tenant_id = s.tenant_id AND m.id = s.connected_by AND m.is_active
  WHERE s.tenant_id = $1::uuid AND s.platform = 'linkedin' AND s.scope LIKE '%r_organization_social%' AND NOT s.needs_reconnect
    AND octet_length(s.access_token) > 0
  ORDER BY s.updated_at DESC, s.id LIMIT 1)sql"};

constexpr statement find_page_account{"find_page_account", R"sql(
  SELECT a.id, a.external_user_id, a.handle, a.access_token, a.id AS budget FROM accounts a
  WHERE a.tenant_id = $1::uuid AND a.platform = $2::text AND octet_length(a.access_token) > 0
    AND ($4::boolean OR a.external_user_id = $3::text OR lower(a.handle) = $3::text)
  ORDER BY lower(a.handle) = $3::text OR a.external_user_id = $3::text DESC, a.id LIMIT 1)sql"};

constexpr statement note_urn{"note_organization_of_page", R"sql(
  UPDATE tracked_pages SET organization = $3::text WHERE tenant_id = $1::uuid AND id = $2::uuid AND organization IS DISTINCT FROM $3::text)sql"};

constexpr statement insert_read{"note_page_read", R"sql(
  INSERT INTO page_reads (tenant_id, id, platform, budget, read_at) VALUES ($1, $2, $3, $4, $5))sql"};

constexpr statement update_block{"note_page_read_block", R"sql(
  UPDATE page_reads SET blocked_until = $3::timestamptz WHERE tenant_id = $1::uuid AND id = $2::uuid)sql"};

constexpr statement delete_reads{"forget_page_reads", R"sql(
  DELETE FROM page_reads WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM page_reads WHERE read_at < $1::timestamptz LIMIT $2))sql"};

}  // namespace

std::optional<login> find(transaction& tx, const base::uuid& tenant_id, domain::page_kind kind,
                          const std::string& name) {
  switch (kind) {
    case domain::page_kind::linkedin: return tx.execute(find_linkedin, tenant_id).first<login>();
    case domain::page_kind::facebook:
    case domain::page_kind::instagram: {
      const bool any_may = kind == domain::page_kind::instagram;
      return tx.execute(find_page_account, tenant_id, std::string{base::to_name(kind)}, name, any_may).first<login>();
    }
    case domain::page_kind::feed: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<base::secret> open(const login& from, const base::uuid& tenant_id, domain::page_kind kind,
                                 const secret_box& box) {
  const auto place = kind == domain::page_kind::linkedin
                         ? social_accounts::token_place(tenant_id, from.id, "access_token")
                         : accounts::token_place(tenant_id, from.id);
  auto opened = box.open(from.access_token.value, place);
  if (opened.has_error()) return std::nullopt;
  return base::secret{std::move(*opened)};
}

void note_read(transaction& tx, const page_read& made, base::timestamp now) {
  tx.queue(insert_read, made.tenant_id, made.id, made.platform, made.budget, now);
}

void note_block(transaction& tx, const page_read& made, base::timestamp until) {
  tx.queue(update_block, made.tenant_id, made.id, until);
}

int forget_reads(transaction& tx, base::timestamp before, int limit) {
  return static_cast<int>(tx.execute(delete_reads, before, limit).affected());
}

void note_organization(transaction& tx, const base::uuid& tenant_id, const base::uuid& page_id,
                       const std::string& urn) {
  tx.queue(note_urn, tenant_id, page_id, urn);
}

}  // namespace pulse::persistence::page_logins
