#include "persistence/engagement/feed.hpp"

namespace pulse::persistence::tracked_posts {

namespace {

#define PULSE_FEED_COLUMNS                                                                                            \
  "SELECT o.id, o.page_id, o.external_id, o.urn, o.url, o.title, o.text, o.source, o.published_at, o.found_at, "      \
  "count(e.id) AS planned, count(e.id) FILTER (WHERE e.state = 'completed') AS completed, "                           \
  "count(e.id) FILTER (WHERE e.state = 'waiting_confirmation') AS waiting, o.left_out, o.page_name, o.page_url FROM " \
  "(SELECT f.*, p.name AS page_name, p.url AS page_url FROM tracked_posts f JOIN tracked_pages p "                    \
  "ON p.tenant_id = f.tenant_id AND p.id = f.page_id WHERE f.tenant_id = pulse_tenant() AND p.deleted_at IS NULL "
#define PULSE_FEED_ACTS                                                                                \
  ") o LEFT JOIN engagements e ON e.tenant_id = o.tenant_id AND e.post_id = o.id "                     \
  "GROUP BY o.id, o.page_id, o.external_id, o.urn, o.url, o.title, o.text, o.source, o.published_at, " \
  "o.found_at, o.left_out, o.page_name, o.page_url ORDER BY o.published_at DESC, o.id DESC"

constexpr statement select_page{
    "list_feed_posts", PULSE_FEED_COLUMNS
    "AND ($1::uuid IS NULL OR f.page_id = $1::uuid) AND (f.published_at, f.id) < ($2::timestamptz, $3::uuid) "
    "ORDER BY f.published_at DESC, f.id DESC LIMIT $4" PULSE_FEED_ACTS};

constexpr statement select_one{"find_feed_post", PULSE_FEED_COLUMNS "AND f.id = $1::uuid" PULSE_FEED_ACTS};

}  // namespace

bound_query<feed_post> list_all(const std::optional<base::uuid>& page_id, const page_bounds& page) {
  return {select_page, page_id, page.at, page.id, page.rows};
}

bound_query<feed_post> find_one(const base::uuid& id) { return {select_one, id}; }

}  // namespace pulse::persistence::tracked_posts
