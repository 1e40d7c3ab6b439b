// Posts of tracked pages: found once, and planned in the same transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"
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

/// Stores those that are new, makes the plan of each and stores its engagements: all or nothing, so a crash loses and
/// doubles none. In the order given. As either role; `tenant_id` is named because the engine sees all.
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

/// Posts of a page, newest first.
bound_query<tracked_post> list(const base::uuid& page_id, const page_bounds& page);

/// One or none.
bound_query<tracked_post> find(const base::uuid& page_id, const std::string& external_id);

/// A page that a post could belong to.
struct page_of_link {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(page_of_link, (), (id))

/// The page at the address of its author's page. Where a link does not tell that ("") the company's only page at
/// LinkedIn; else none.
bound_query<page_of_link> find_page_of_link(const std::string& author_url);

}  // namespace pulse::persistence::tracked_posts
