// LinkedIn's daily quotas: they are renewed at 00:00 UTC, and no header shows them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "base/time.hpp"

namespace pulse::sandbox::linkedin {

/// Counts calls of a member by resource, and of all members together.
class daily_limits {
 public:
  /// The limit by its name in the control API: "posts", "images", "reactions" and "comments" (a member's creating
  /// calls), "app" (all of them); null for any other name.
  std::int64_t* find(const std::string& name);

  /// Counts one call and says whether it may pass.
  bool admit(const std::string& resource, const std::string& account, base::timestamp now);

 private:
  using day = std::chrono::sys_days;
  std::map<std::string, std::int64_t> limits_{
      {"posts", 150}, {"images", 150}, {"app", 100'000}, {"reactions", 1'000}, {"comments", 1'000}};
  std::map<std::pair<std::string, std::string>, std::pair<day, std::int64_t>> used_;  // by resource and account
};

}  // namespace pulse::sandbox::linkedin
