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

/// Campaigns that have a day from `first_day` to `last_day` (2026-12-24), by their first; those without days are left out.
std::vector<campaigns::campaign> list_campaigns(transaction& tx, const base::uuid& project_id,
                                                const std::string& first_day, const std::string& last_day);

}  // namespace pulse::persistence::calendar
