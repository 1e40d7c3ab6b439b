// A dry run of a rule: all that a run would decide now, by the same code, with nothing stored.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/run.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/runs.hpp"

namespace pulse::actors {

/// What the run would write.
struct rehearsed_content {
  std::string title;
  std::string text;
  std::vector<persistence::posts::variant> variants;
  std::vector<base::uuid> channel_ids;  // none: all active ones of the project
  domain::campaigns::content_state state = domain::campaigns::content_state::draft;
};
BOOST_DESCRIBE_STRUCT(rehearsed_content, (), (title, text, variants, channel_ids, state))

struct rehearsal {
  domain::campaigns::run_state state = domain::campaigns::run_state::queued;  // in which the run would be
  bool asks_ai = false;  // it would ask the AI provider, whose answer decides the rest
  std::string time_zone;
  std::vector<persistence::runs::recorded_step> steps;
  std::optional<rehearsed_content> content;
  std::optional<base::timestamp> scheduled_at;  // when its post would go out
};

/// The request.
struct rehearsal_wish {
  base::uuid tenant_id;
  base::uuid rule_id;
  base::uuid member_id;                       // who asks
  std::map<std::string, std::string> values;  // the event's data: "event.title", "feed.url"
};

/// Thread-safe.
class rehearsing {
 public:
  virtual ~rehearsing() = default;
  /// `done` is called once, on any thread: nothing when there is no such rule; null when the database did not answer.
  virtual void rehearse(rehearsal_wish wish, std::function<void(std::shared_ptr<std::optional<rehearsal>>)> done) = 0;
};

}  // namespace pulse::actors
