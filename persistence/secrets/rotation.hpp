// Seals again, under the newest key, what older keys sealed: what `pulse rotate-keys` does, while Pulse runs or not.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence {

/// What came of it.
struct rotation_report {
  int sealed_again = 0;
  int already = 0;     // the newest key had sealed them
  int unreadable = 0;  // no key of the ring opens them, or they were changed: left as they are
};

/// Rows that are read at a time.
inline constexpr int rotation_batch = 200;

/// The columns that are walked: "accounts.access_token".
std::vector<std::string> sealed_columns();

/// Walks every sealed column, a batch a transaction; `tell` hears of each column when it is done
/// ("accounts.access_token", with its figures). A value that somebody else writes meanwhile is left to them: they seal
/// with the newest key already, once every process has it. `engine` runs as role::engine. May be repeated, and stopped
/// at any time. Blocking.
result<rotation_report> rotate_keys(database& engine, const secret_box& box,
                                    const std::function<void(std::string_view column, const rotation_report&)>& tell);

}  // namespace pulse::persistence
