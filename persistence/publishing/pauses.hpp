// Pausing and resuming: of a channel, of a project, of the whole tenant. Each locks the tenant first (tenant_lock), and
// so does the engine's claim before it looks at `paused_at`: a pause that has committed is obeyed by every claim that
// comes after it, and a claim that was before it is in the list of what is under way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/delivery.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/publishing/by_member.hpp"

// Of a row of `projects`, or of `tenants` as t: the name of who paused it. Null where it is not paused, and where a
// suspension did it. The event of the pause has its very moment, so the index of what holds posts finds it.
#define PULSE_PROJECT_PAUSED_BY                                                                                      \
  "(SELECT m.display_name FROM publish_events e JOIN members m ON m.tenant_id = e.tenant_id AND m.id = e.member_id " \
  "WHERE e.tenant_id = projects.tenant_id AND e.project_id = projects.id AND e.created_at = projects.paused_at "     \
  "AND e.post_id IS NULL AND e.type = 'ProjectPaused' ORDER BY e.id DESC LIMIT 1)"
#define PULSE_COMPANY_PAUSED_BY                                                                                      \
  "(SELECT m.display_name FROM publish_events e JOIN members m ON m.tenant_id = e.tenant_id AND m.id = e.member_id " \
  "WHERE e.tenant_id = t.id AND e.project_id IS NULL AND e.created_at = t.paused_at AND e.post_id IS NULL "          \
  "AND e.type = 'CompanyPaused' ORDER BY e.id DESC LIMIT 1)"

namespace pulse::persistence::pauses {

/// Deliveries under way that an answer lists; `total` says how many there are.
inline constexpr int most_listed = 100;

// Each of these is one guarded step with its event, and says whether it changed anything. What is already paused stays
// paused since then; what does not exist stays as it is.

bool pause_channel(transaction& tx, const base::uuid& id, const by_member& by);
bool resume_channel(transaction& tx, const base::uuid& id, const by_member& by);
bool pause_project(transaction& tx, const base::uuid& id, const by_member& by);
bool resume_project(transaction& tx, const base::uuid& id, const by_member& by);
/// The transaction's tenant; with an event in each of its projects.
bool pause_company(transaction& tx, const by_member& by);
bool resume_company(transaction& tx, const by_member& by);

/// A delivery that has begun and whose end is not known yet.
struct delivery_under_way {
  base::uuid id;
  base::uuid post_id;
  base::uuid channel_id;
  std::string channel_name;
  domain::delivery_state state =
      domain::delivery_state::sending;  // or `unknown`: it is being looked up at the platform
};
BOOST_DESCRIBE_STRUCT(delivery_under_way, (), (id, post_id, channel_id, channel_name, state))

struct under_way {
  std::int64_t total = 0;
  std::vector<delivery_under_way> listed;  // the first `most_listed`
};

/// What is under way on a channel, or in a project, or, with neither, of the tenant. After a pause in the same
/// transaction: everything that began before it.
under_way find_under_way(transaction& tx, std::optional<base::uuid> channel_id, std::optional<base::uuid> project_id);

}  // namespace pulse::persistence::pauses
