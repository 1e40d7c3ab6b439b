// How much of its account's budget each channel of a project has used, and what is scheduled.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::usage {

/// The window that a platform's budget of an account is counted in.
struct window {
  domain::channel_type platform = domain::channel_type::website;
  std::int64_t seconds = 1;
  bool counts_posts = false;  // else calls: domain::account_limit_unit
};

struct row {
  base::uuid channel_id;
  domain::channel_type platform = domain::channel_type::website;
  /// Attempts of the account that began within the last window and count: those that may have called the platform, or
  /// published.
  std::int64_t used = 0;
  std::int64_t planned = 0;                      // deliveries of the account that may start within the next one
  std::optional<base::timestamp> oldest_at;      // the first of the used; its place is free again a window later
  std::optional<base::timestamp> next_due_at;    // of the channel
  std::optional<base::timestamp> blocked_until;  // the platform's own word (429); none: nothing blocks
};
BOOST_DESCRIBE_STRUCT(row, (), (channel_id, platform, used, planned, oldest_at, next_due_at, blocked_until))

/// The channels of the project, or of all, oldest first. A platform without a window has nothing counted, only its
/// next.
std::vector<row> list(transaction& tx, const std::optional<base::uuid>& project_id, const std::vector<window>& windows,
                      base::timestamp now);

}  // namespace pulse::persistence::usage
