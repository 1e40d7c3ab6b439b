#include "persistence/publishing/website_publications.hpp"

#include <vector>

#include "persistence/events/events.hpp"
#include "persistence/publishing/site_hooks.hpp"

namespace pulse::persistence::website_publications {

namespace {

constexpr statement select_page{"list_publications", R"sql(
  SELECT id, project_id, post_id, channel_id, title, text, published_at, corrected_at AS updated_at, image
  FROM website_publications
  WHERE ($1::uuid IS NULL OR project_id = $1) AND removed_at IS NULL
    AND (published_at, id) < ($2::timestamptz, $3::uuid)
  ORDER BY published_at DESC, id DESC LIMIT $4)sql"};

constexpr statement select_shown{"find_shown_publication", R"sql(
  SELECT id, project_id, post_id, channel_id, title, text, published_at, corrected_at AS updated_at, image
  FROM website_publications WHERE id = $1 AND removed_at IS NULL)sql"};

constexpr statement select_public{"find_public_publication", R"sql(
  SELECT id, project_id, post_id, channel_id, title, text, published_at, corrected_at AS updated_at, image, removed_at
  FROM website_publications
  WHERE project_id = $1 AND (id = $2 OR post_id = $2) ORDER BY removed_at IS NOT NULL, published_at LIMIT 1)sql"};

constexpr statement select_owner{"find_tenant_of_site", "SELECT tenant_id, is_gone FROM pulse_find_site($1)"};

constexpr statement select_site{"find_site", R"sql(
  SELECT p.id AS project_id, p.name AS title, p.description, t.name AS company,
         greatest(p.updated_at, c.created_at) AS named_at, greatest(p.updated_at, c.created_at, r.changed_at) AS changed_at,
         coalesce(r.revision, 0) AS revision
  FROM projects p
  JOIN tenants t ON t.id = p.tenant_id
  JOIN channels c ON c.tenant_id = p.tenant_id AND c.project_id = p.id AND c.type = 'website' AND c.deleted_at IS NULL
  LEFT JOIN website_revisions r ON r.tenant_id = p.tenant_id AND r.project_id = p.id
  WHERE p.id = $1 LIMIT 1)sql"};

// Any conflict, because the id and the pair (post, channel) say the same.
constexpr statement insert_sending{"insert_publication_of_attempt", R"sql(
  INSERT INTO website_publications (tenant_id, id, project_id, post_id, channel_id, title, text, published_at, image)
  SELECT p.tenant_id, $2, p.project_id, p.id, $4, p.title, $5, $6, p.image
  FROM posts p JOIN deliveries d ON d.tenant_id = p.tenant_id AND d.post_id = p.id
  WHERE p.tenant_id = $1 AND p.id = $3 AND d.id = $7 AND d.state = 'sending' AND d.attempt = $8
  FOR SHARE OF d
  ON CONFLICT DO NOTHING
  RETURNING id, project_id, post_id, channel_id, title, text, published_at, corrected_at AS updated_at, image)sql"};

constexpr statement find_id{"is_publication_stored",
                            "SELECT 1 FROM website_publications WHERE tenant_id = $1 AND id = $2"};

constexpr statement find_one{"find_publication", R"sql(
  SELECT id, project_id, post_id, channel_id, title, text, published_at, corrected_at AS updated_at, image
  FROM website_publications
  WHERE tenant_id = $1 AND post_id = $2 AND channel_id = $3)sql"};

constexpr statement lock_shown{"lock_shown_publication", R"sql(
  SELECT id FROM website_publications WHERE id = $1 AND removed_at IS NULL FOR UPDATE)sql"};

/// The changes of the publications, for their event.
struct changed {
  base::uuid project_id;
  base::uuid post_id;
  base::uuid id;
  base::uuid channel_id;
  std::string channel_name;
  std::optional<base::uuid> delivery_id;
};
BOOST_DESCRIBE_STRUCT(changed, (), (project_id, post_id, id, channel_id, channel_name, delivery_id))

constexpr statement correct_one{"correct_publication", R"sql(
  WITH changed AS (
    UPDATE website_publications w SET title = coalesce($2, w.title), text = coalesce($3, w.text), corrected_at = $4
    FROM channels c
    WHERE w.id = $1 AND w.removed_at IS NULL AND c.tenant_id = w.tenant_id AND c.id = w.channel_id
      AND (w.title, w.text) IS DISTINCT FROM (coalesce($2, w.title), coalesce($3, w.text))
    RETURNING w.tenant_id, w.project_id, w.post_id, w.id, w.channel_id, c.name AS channel_name
  )
  SELECT w.project_id, w.post_id, w.id, w.channel_id, w.channel_name, d.id AS delivery_id FROM changed w
  LEFT JOIN deliveries d ON d.tenant_id = w.tenant_id AND d.post_id = w.post_id AND d.channel_id = w.channel_id)sql"};

// $1 one publication, or $2 every one of a post.
constexpr statement withdraw_shown{"withdraw_publications", R"sql(
  WITH changed AS (
    UPDATE website_publications w SET removed_at = $3
    FROM channels c
    WHERE (w.id = $1 OR w.post_id = $2) AND w.removed_at IS NULL AND c.tenant_id = w.tenant_id AND c.id = w.channel_id
    RETURNING w.tenant_id, w.project_id, w.post_id, w.id, w.channel_id, c.name AS channel_name
  )
  SELECT w.project_id, w.post_id, w.id, w.channel_id, w.channel_name, d.id AS delivery_id FROM changed w
  LEFT JOIN deliveries d ON d.tenant_id = w.tenant_id AND d.post_id = w.post_id AND d.channel_id = w.channel_id)sql"};

/// Appends the event of each, and tells the company's own site.
template <class Facts>
void tell(transaction& tx, const std::vector<changed>& all, const by_member& by, std::string_view message,
          Facts facts) {
  std::vector<events::event> told;
  for (const auto& each : all) {
    site_hooks::queue_message(tx, *tx.tenant_id(), each.channel_id, each.id, message, by.now);
    facts.channel_name = each.channel_name;
    facts.publication_id = each.id;
    told.push_back({.tenant_id = *tx.tenant_id(),
                    .project_id = each.project_id,
                    .post_id = each.post_id,
                    .delivery_id = each.delivery_id,
                    .channel_id = each.channel_id,
                    .member_id = by.member_id,
                    .facts = facts,
                    .at = by.now});
  }
  events::append(tx, told);
}

std::size_t withdraw_those(transaction& tx, const std::optional<base::uuid>& id,
                           const std::optional<base::uuid>& post_id, const by_member& by) {
  const auto all = tx.execute(withdraw_shown, id, post_id, by.now).all<changed>();
  tell(tx, all, by, "post.withdrawn", domain::publication_withdrawn{});
  return all.size();
}

}  // namespace

bound_query<publication> list(const std::optional<base::uuid>& project_id, const page_bounds& page) {
  return {select_page, project_id, page.at, page.id, page.rows};
}

bound_query<publication> find(const base::uuid& id) { return {select_shown, id}; }

bound_query<addressed_publication> find_public(const base::uuid& project_id, const base::uuid& id) {
  return {select_public, project_id, id};
}

bound_query<site_owner> find_owner(const base::uuid& project_id) { return {select_owner, project_id}; }

bound_query<site> find_site(const base::uuid& project_id) { return {select_site, project_id}; }

std::optional<publication> store(transaction& tx, const base::uuid& tenant_id, const publication& wanted,
                                 const sending_attempt& by) {
  const auto made = tx.execute(insert_sending, tenant_id, wanted.id, wanted.post_id, wanted.channel_id, wanted.text,
                               wanted.published_at, by.delivery_id, by.number);
  if (!made.empty()) {
    site_hooks::queue_message(tx, tenant_id, wanted.channel_id, wanted.id, "post.published", wanted.published_at);
    return made.as<publication>(0);
  }
  // A statement of its own: it sees what another transaction has stored at the same moment.
  return tx.execute(find_one, tenant_id, wanted.post_id, wanted.channel_id).first<publication>();
}

bool is_stored(transaction& tx, const base::uuid& tenant_id, const base::uuid& id) {
  return !tx.execute(find_id, tenant_id, id).empty();
}

bool correct(transaction& tx, const base::uuid& id, const correction& wanted, const by_member& by) {
  if (tx.execute(lock_shown, id).empty()) return false;
  domain::publication_corrected facts;
  facts.is_title = wanted.title.has_value();
  facts.is_text = wanted.text.has_value();
  tell(tx, tx.execute(correct_one, id, wanted.title, wanted.text, by.now).all<changed>(), by, "post.corrected", facts);
  return true;
}

bool withdraw(transaction& tx, const base::uuid& id, const by_member& by) {
  return withdraw_those(tx, id, std::nullopt, by) > 0;
}

std::size_t withdraw_post(transaction& tx, const base::uuid& post_id, const by_member& by) {
  return withdraw_those(tx, std::nullopt, post_id, by);
}

}  // namespace pulse::persistence::website_publications
