#include "persistence/explaining/timeline.hpp"

#include <utility>

#include "domain/events/sentences.hpp"

namespace pulse::persistence::timeline {

timeline_entry tell(placed_entry from) {
  from.message =
      domain::sentence_of(from.type, from.message, from.metadata_json, domain::time_formatter{from.time_zone});
  if (from.member_id) from.metadata_json["member_id"] = base::to_string(*from.member_id);
  return from;
}

}  // namespace pulse::persistence::timeline
