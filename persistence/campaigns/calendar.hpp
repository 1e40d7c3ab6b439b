// What campaigns add to a project's calendar.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/content.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::calendar {

/// Content that is wanted at a time and of which no post was made yet.
struct planned_content {
  base::uuid id;
  std::string title;  // or how its text begins
  base::timestamp at;
  domain::campaigns::content_state state = domain::campaigns::content_state::draft;
  std::optional<base::uuid> campaign_id;
};
BOOST_DESCRIBE_STRUCT(planned_content, (), (id, title, at, state, campaign_id))

/// That of the project from `from` to before `to`, in order, `limit` at most.
std::vector<planned_content> list_content(transaction& tx, const base::uuid& project_id, base::timestamp from,
                                          base::timestamp to, int limit);

}  // namespace pulse::persistence::calendar
