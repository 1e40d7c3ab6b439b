// What a project's calendar shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/post.hpp"
#include "persistence/postgres/bound_query.hpp"

namespace pulse::persistence::calendar {

/// One channel that a post is planned for.
struct entry_channel {
  base::uuid delivery_id;
  base::uuid channel_id;
  std::string name;
  domain::channel_type platform = domain::channel_type::website;
  domain::delivery_state state = domain::delivery_state::waiting;
  std::optional<base::timestamp> due_at;
  std::optional<base::timestamp> not_before;  // later than due: held until then
  std::optional<base::timestamp> finished_at;
  std::optional<std::string> external_url;
};
BOOST_DESCRIBE_STRUCT(entry_channel, (),
                      (delivery_id, channel_id, name, platform, state, due_at, not_before, finished_at, external_url))

/// A post at its time.
struct post_entry {
  base::uuid id;
  std::string title;  // or how its text begins
  base::timestamp at;
  domain::post_state state = domain::post_state::scheduled;
  bool can_move = false;  // whether another time may be given: some of it waits
  bool has_image = false;
  base::timestamp updated_at;
  std::vector<entry_channel> channels;  // in the order in which they were connected
};
BOOST_DESCRIBE_STRUCT(post_entry, (), (id, title, at, state, can_move, has_image, updated_at, channels))

/// Posts of the project that are planned from `from` to before `to`, in order, `limit` at most.
bound_query<post_entry> list_posts(const base::uuid& project_id, base::timestamp from, base::timestamp to, int limit);

}  // namespace pulse::persistence::calendar
