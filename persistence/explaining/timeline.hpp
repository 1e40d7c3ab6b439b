// What happened to a post, in order, for people to read: the events that were recorded, and the attempts as they began.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"

namespace pulse::persistence::timeline {

struct timeline_entry {
  std::optional<std::int64_t> id;  // of the event; the beginning of an attempt has none
  base::timestamp at;
  std::string type;     // "PublishSucceeded"
  std::string message;  // a sentence
  std::optional<base::uuid> delivery_id;
  std::optional<base::uuid> channel_id;
  boost::json::object metadata_json;
};
BOOST_DESCRIBE_STRUCT(timeline_entry, (), (id, at, type, message, delivery_id, channel_id, metadata_json))

/// An entry as its row is, with its place: entries are in the order of (at, place).
struct placed_entry : timeline_entry {
  std::optional<base::uuid> member_id;
  base::uuid place;
  std::string time_zone;  // of the post's project
};
BOOST_DESCRIBE_STRUCT(placed_entry, (timeline_entry), (member_id, place, time_zone))

/// The entry with its sentence, and with who did it among its facts.
timeline_entry tell(placed_entry from);

/// Entries of a post in the order in which they happened, the bounds' id being a place; none when there is no such
/// post.
bound_query<placed_entry> list(const base::uuid& post_id, const page_bounds& page);

}  // namespace pulse::persistence::timeline
