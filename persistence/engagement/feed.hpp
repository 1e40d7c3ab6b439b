// Posts that were found, of all tracked pages together.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "persistence/engagement/found_posts.hpp"

namespace pulse::persistence::tracked_posts {

/// A post with the page that it is of.
struct feed_post : tracked_post {
  std::string page_name;
  std::string page_url;
};
BOOST_DESCRIBE_STRUCT(feed_post, (tracked_post), (page_name, page_url))

/// Posts of one page or of all that are tracked, newest first.
bound_query<feed_post> list_all(const std::optional<base::uuid>& page_id, const page_bounds& page);

/// One or none.
bound_query<feed_post> find_one(const base::uuid& id);

}  // namespace pulse::persistence::tracked_posts
