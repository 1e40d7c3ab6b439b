#include "persistence/campaigns/review_links.hpp"

#include "base/secure.hpp"

namespace pulse::persistence::review_links {

namespace {

constexpr statement select_of_item{"list_review_links", R"sql(
  SELECT id, content_id, name, may_decide, created_by, created_at, expires_at, revoked_at, last_read_at FROM review_links
  WHERE tenant_id = pulse_tenant() AND content_id = $1 ORDER BY created_at DESC, id DESC LIMIT 100)sql"};

constexpr statement select_owner{"find_review_link_owner", "SELECT tenant_id, link_id FROM pulse_find_review_link($1)"};

constexpr statement insert_link{"insert_review_link", R"sql(
  INSERT INTO review_links (tenant_id, id, content_id, name, secret_hash, may_decide, created_by, created_at, expires_at)
  SELECT pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8
  WHERE (SELECT count(*) FROM review_links
         WHERE tenant_id = pulse_tenant() AND content_id = $2 AND revoked_at IS NULL AND expires_at > $7) < $9)sql"};

constexpr statement revoke_link{"revoke_review_link", R"sql(
  UPDATE review_links SET revoked_at = $3
  WHERE tenant_id = pulse_tenant() AND content_id = $1 AND id = $2 AND revoked_at IS NULL)sql"};

constexpr statement note_reading{"note_review_link_reading", R"sql(
  UPDATE review_links SET last_read_at = date_trunc('minute', $2::timestamptz)
  WHERE tenant_id = pulse_tenant() AND id = $1 AND revoked_at IS NULL
    AND (last_read_at IS NULL OR last_read_at < date_trunc('minute', $2::timestamptz)))sql"};

constexpr statement select_open{"select_open_review_link", R"sql(
  SELECT l.id, l.content_id, l.name, l.may_decide, l.created_by, l.created_at, l.expires_at, l.revoked_at, l.last_read_at
  FROM review_links l
  JOIN members m ON m.tenant_id = l.tenant_id AND m.id = l.created_by
  JOIN content_items i ON i.tenant_id = l.tenant_id AND i.id = l.content_id
  JOIN tenants t ON t.id = l.tenant_id
  WHERE l.tenant_id = pulse_tenant() AND l.id = $1 AND l.revoked_at IS NULL AND l.expires_at > $2 AND m.is_active
    AND i.deleted_at IS NULL AND t.suspended_at IS NULL)sql"};

}  // namespace

bound_query<review_link> list(const base::uuid& content_id) { return {select_of_item, content_id}; }

bound_query<link_owner> find_owner(const bytes& secret_hash) { return {select_owner, secret_hash}; }

bytes hash_secret(std::string_view secret) { return {std::string{base::as_text(base::sha256(secret))}}; }

bool insert(transaction& tx, const review_link& made, const bytes& secret_hash) {
  return tx.execute(insert_link, made.id, made.content_id, made.name, secret_hash, made.may_decide, made.created_by,
                    made.created_at, made.expires_at, most_links_of_item)
             .affected() == 1;
}

bool revoke(transaction& tx, const base::uuid& content_id, const base::uuid& id, base::timestamp now) {
  return tx.execute(revoke_link, content_id, id, now).affected() == 1;
}

std::optional<review_link> open(transaction& tx, const base::uuid& id, base::timestamp now) {
  tx.queue(note_reading, id, now);
  return tx.execute(select_open, id, now).first<review_link>();
}

}  // namespace pulse::persistence::review_links
