// A post's publications, and further actions there: deleting, editing, sending a missing first comment again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "http/api/problem.hpp"
#include "http/api/request_context.hpp"
#include "http/api/route_table.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/publication_changes.hpp"

namespace pulse::http::routes {

/// One delivery of a post, with the actions that its platform allows programs.
struct published_item : persistence::publication_changes::publication {
  bool can_delete = false;
  bool can_edit = false;
  bool can_comment = false;  // its first comment was refused or withdrawn: POST /deliveries/{id}/retry sends just that
  std::string cannot_delete_because;  // a sentence, if it is published and cannot be deleted
};
BOOST_DESCRIBE_STRUCT(published_item, (persistence::publication_changes::publication),
                      (can_delete, can_edit, can_comment, cannot_delete_because))

struct post_publications {
  bool is_deleted = false;  // the post itself, in Pulse
  std::vector<published_item> items;
};
BOOST_DESCRIBE_STRUCT(post_publications, (), (is_deleted, items))

/// Deletes a post at every platform that supports deletion, then in Pulse. The answer lists the requests under way.
boost::asio::awaitable<reply<post_publications>> delete_everywhere(request_context& context, base::uuid post_id);

/// 409: why a post with these unresolved deliveries cannot be deleted, and how to resolve them.
problem cannot_delete(const std::vector<persistence::posts::unresolved_delivery>& open);

/// Within a transaction, with the post locked: requests the missing first comments of the post's deliveries, or of
/// `only` this one. Returns how many.
int ask_for_comments(persistence::transaction& tx, const base::uuid& post_id, const std::optional<base::uuid>& only,
                     const base::uuid& member_id, base::timestamp now);

void add_published(route_table& table);

}  // namespace pulse::http::routes
