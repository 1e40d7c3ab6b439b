// Posts of tracked pages: found once, and planned in the same transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::tracked_posts {

/// By which way a post was found.
enum class post_source { feed, linkedin, link, whatsapp, facebook, instagram };
BOOST_DESCRIBE_ENUM(post_source, feed, linkedin, link, whatsapp, facebook, instagram)

/// Characters that are kept of a post.
inline constexpr std::size_t most_title = 300;
inline constexpr std::size_t most_text = 5'000;

/// A post as it was seen.
struct found_post {
  std::string external_id;         // the same for the same post, whichever way it is seen: the URN where there is one
  std::optional<std::string> urn;  // without one nothing can be done under it
  std::string url;
  std::string title;
  std::string text;
  post_source source = post_source::feed;
  std::optional<base::uuid> brought_by;
  base::timestamp published_at;
};

/// What became of posts that were seen.
struct found_outcome {
  int fresh = 0;                       // of them, those that were new
  int planned = 0;                     // acts that were planned under those
  std::optional<base::uuid> first_id;  // of the first new one
};

/// Stores those that are new, makes the plan of each and stores its engagements: all or nothing, so a crash loses and doubles
/// none. In the order given. As either role; `tenant_id` is named because the engine sees all.
found_outcome add(transaction& tx, const base::uuid& tenant_id, const base::uuid& page_id,
                  const std::vector<found_post>& seen, base::timestamp now);

/// A post as people see it, with how far the company is with it.
struct tracked_post {
  base::uuid id;
  base::uuid page_id;
  std::string external_id;
  std::optional<std::string> urn;
  std::string url;
  std::string title;
  std::string text;
  post_source source = post_source::feed;
  base::timestamp published_at;
  base::timestamp found_at;
  std::int64_t planned = 0;    // acts, whatever has become of them
  std::int64_t completed = 0;  // of them
  std::int64_t waiting = 0;    // of them, for their member's word
  int left_out = 0;
};
BOOST_DESCRIBE_STRUCT(tracked_post, (),
                      (id, page_id, external_id, urn, url, title, text, source, published_at, found_at, planned,
                       completed, waiting, left_out))

#define PULSE_POST_COLUMNS                                                                                  \
  "o.id, o.page_id, o.external_id, o.urn, o.url, o.title, o.text, o.source, o.published_at, o.found_at, "   \
  "(SELECT count(*) FROM engagements e WHERE e.tenant_id = o.tenant_id AND e.post_id = o.id) AS planned, "  \
  "(SELECT count(*) FROM engagements e WHERE e.tenant_id = o.tenant_id AND e.post_id = o.id AND e.state = " \
  "'completed') "                                                                                           \
  "AS completed, "                                                                                          \
  "(SELECT count(*) FROM engagements e WHERE e.tenant_id = o.tenant_id AND e.post_id = o.id "               \
  "AND e.state = 'waiting_confirmation') AS waiting, o.left_out"

/// $1 page, $2, $3 published_at and id that the list comes after, $4 limit → its posts, newest first.
inline constexpr statement list{"list_tracked_posts", "SELECT " PULSE_POST_COLUMNS R"sql(
  FROM tracked_posts o
  WHERE o.tenant_id = pulse_tenant() AND o.page_id = $1::uuid AND (o.published_at, o.id) < ($2::timestamptz, $3::uuid)
  ORDER BY o.published_at DESC, o.id DESC LIMIT $4)sql"};

/// $1 page, $2 external id → the post or none.
inline constexpr statement find{"find_tracked_post", "SELECT " PULSE_POST_COLUMNS R"sql(
  FROM tracked_posts o
  WHERE o.tenant_id = pulse_tenant() AND o.page_id = $1::uuid AND o.external_id = $2::text)sql"};

#undef PULSE_POST_COLUMNS

/// A page that a post could belong to.
struct page_of_link {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(page_of_link, (), (id))

/// $1 address of the author's page, "" when the link does not tell; → the page at that address, or where it does not tell the company's only
/// page at LinkedIn; else none.
inline constexpr statement find_page_of_link{"find_page_of_link", R"sql(
  SELECT p.id FROM tracked_pages p JOIN tenants t ON t.id = p.tenant_id
  WHERE p.tenant_id = pulse_tenant() AND p.deleted_at IS NULL AND p.kind = 'linkedin' AND t.suspended_at IS NULL
    AND (p.url = $1::text OR ($1::text = '' AND (SELECT count(*) FROM tracked_pages q
      WHERE q.tenant_id = p.tenant_id AND q.deleted_at IS NULL AND q.kind = 'linkedin') = 1))
  LIMIT 1)sql"};

}  // namespace pulse::persistence::tracked_posts
