#include "persistence/publishing/website_publications.hpp"

namespace pulse::persistence::website_publications {

namespace {

// Any conflict, because the id and the pair (post, channel) say the same.
constexpr statement insert_sending{"insert_publication_of_attempt", R"sql(
  INSERT INTO website_publications (tenant_id, id, project_id, post_id, channel_id, title, text, published_at)
  SELECT p.tenant_id, $2, p.project_id, p.id, $4, p.title, $5, $6
  FROM posts p JOIN deliveries d ON d.tenant_id = p.tenant_id AND d.post_id = p.id
  WHERE p.tenant_id = $1 AND p.id = $3 AND d.id = $7 AND d.state = 'sending' AND d.attempt = $8
  FOR SHARE OF d
  ON CONFLICT DO NOTHING
  RETURNING id, project_id, post_id, channel_id, title, text, published_at)sql"};

constexpr statement find_id{"is_publication_stored",
                            "SELECT 1 FROM website_publications WHERE tenant_id = $1 AND id = $2"};

constexpr statement find_one{"find_publication", R"sql(
  SELECT id, project_id, post_id, channel_id, title, text, published_at FROM website_publications
  WHERE tenant_id = $1 AND post_id = $2 AND channel_id = $3)sql"};

}  // namespace

std::optional<publication> store(transaction& tx, const base::uuid& tenant_id, const publication& wanted,
                                 const sending_attempt& by) {
  const auto made = tx.execute(insert_sending, tenant_id, wanted.id, wanted.post_id, wanted.channel_id, wanted.text,
                               wanted.published_at, by.delivery_id, by.number);
  if (!made.empty()) return made.as<publication>(0);
  // A statement of its own: it sees what another transaction has stored at the same moment.
  return tx.execute(find_one, tenant_id, wanted.post_id, wanted.channel_id).first<publication>();
}

bool is_stored(transaction& tx, const base::uuid& tenant_id, const base::uuid& id) {
  return !tx.execute(find_id, tenant_id, id).empty();
}

}  // namespace pulse::persistence::website_publications
