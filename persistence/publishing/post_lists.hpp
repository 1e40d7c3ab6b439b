// Posts by state. A post's state is made of its deliveries', so a list by state begins at what that state leaves in an
// index, and looks at no more posts than it must.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/post.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::persistence::posts {

/// Which posts are wanted, newest first, and from where on.
struct listing {
  std::optional<base::uuid> project_id;
  std::optional<domain::post_state> status;
  base::timestamp before;  // created_at and id of the last one that the reader has
  base::uuid before_id;
  std::int64_t limit = 0;
};

bound_query<post> list_posts(const listing& wanted);

/// What deliveries of a post in this state are set apart for (`deliveries.set_apart`); nothing where the state leaves
/// no such trace.
std::vector<std::string> set_apart_of(domain::post_state state);

}  // namespace pulse::persistence::posts
