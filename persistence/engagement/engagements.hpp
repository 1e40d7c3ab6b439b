// Engagements as people see them, and what their members say about them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/engagement.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::engagements {

/// The constraint that a second member with the same words under one post breaks.
inline constexpr std::string_view text_once = "engagements_text_once";
/// Characters of a comment.
inline constexpr std::size_t most_text = 1'250;

/// One act. The words of another member's act are shown once they are out, and never before.
struct shown_engagement {
  base::uuid id;
  base::uuid page_id;
  std::string page_name;
  base::uuid post_id;
  std::string post_url;
  std::string post_title;
  base::uuid member_id;
  std::string member_name;
  bool is_mine = false;
  domain::engagement_kind kind = domain::engagement_kind::like;
  domain::engagement_state state = domain::engagement_state::waiting_confirmation;
  domain::reaction_kind reaction = domain::reaction_kind::like;
  std::string text;
  bool is_automatic = false;
  base::timestamp planned_at;
  base::timestamp not_before;
  base::timestamp expires_at;
  std::optional<std::string> hold;  // what held it last
  int attempt = 0;
  std::optional<domain::act_way> way;  // of the last attempt of one's own
  bool needs_decision = false;         // unknown, and only its member can tell
  std::optional<std::string> external_id;
  std::optional<std::string> reason;
  std::optional<base::timestamp> confirmed_at;
  std::optional<base::timestamp> finished_at;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(shown_engagement, (),
                      (id, page_id, page_name, post_id, post_url, post_title, member_id, member_name, is_mine, kind,
                       state, reaction, text, is_automatic, planned_at, not_before, expires_at, hold, attempt, way,
                       needs_decision, external_id, reason, confirmed_at, finished_at, created_at))

/// Who asks.
struct viewer {
  base::uuid member_id;
  bool sees_plans = false;  // also what others have not begun yet
};

/// What a list is narrowed by.
struct narrowing {
  bool is_own = false;
  std::vector<domain::engagement_state> states{};  // none: all
  std::optional<base::uuid> page_id{};
  std::optional<base::uuid> post_id{};
};

/// The latest planned time first.
bound_query<shown_engagement> list(const viewer& who, const narrowing& by, const page_bounds& page);

/// One that this viewer may see, or none.
bound_query<shown_engagement> find(const viewer& who, const base::uuid& id);

/// What a command looks at, locked until the transaction ends.
struct locked_engagement {
  base::uuid id;
  base::uuid member_id;
  domain::engagement_kind kind = domain::engagement_kind::like;
  domain::engagement_state state = domain::engagement_state::waiting_confirmation;
  std::string text;
  bool is_asked = false;
  base::timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(locked_engagement, (), (id, member_id, kind, state, text, is_asked, expires_at))

std::optional<locked_engagement> lock(transaction& tx, const base::uuid& id);

/// The member's word: it may go out, no earlier than planned. Also of an unknown one whose member says that it is not
/// there.
void confirm(transaction& tx, const base::uuid& id, const std::string& text, base::timestamp now);
/// Changes the words or the reaction before the act is under way. Omitted fields stay.
void edit(transaction& tx, const base::uuid& id, const std::optional<std::string>& text,
          const std::optional<domain::reaction_kind>& reaction, base::timestamp now);
void skip(transaction& tx, const base::uuid& id, std::string_view reason, base::timestamp now);

/// What an explanation tells besides the row.
struct told {
  base::timestamp published_at;
  base::timestamp found_at;
  std::string source;
  int first_delay_seconds = 0;
  int gap_seconds = 0;
  int spread_seconds = 0;
  std::string time_zone;
  int from_minute = 0;
  int to_minute = 0;
};
BOOST_DESCRIBE_STRUCT(told, (),
                      (published_at, found_at, source, first_delay_seconds, gap_seconds, spread_seconds, time_zone,
                       from_minute, to_minute))

/// The circumstances of its plan.
bound_query<told> find_told(const base::uuid& id);

/// The recorded events of an act.
struct recorded_event {
  std::string type;
  boost::json::object metadata_json;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(recorded_event, (), (type, metadata_json, created_at))

/// In order, at most 200.
bound_query<recorded_event> list_events(const base::uuid& id);

/// $1 the hash of a signature, $2 now, $3 what is older is forgotten. Whether it is seen for the first time.
bool use_signature(transaction& tx, const bytes& hash, base::timestamp now, base::timestamp forget_before);

}  // namespace pulse::persistence::engagements
