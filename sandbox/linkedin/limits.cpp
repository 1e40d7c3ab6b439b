#include "sandbox/linkedin/limits.hpp"

namespace pulse::sandbox::linkedin {

std::int64_t* daily_limits::find(const std::string& name) {
  const auto found = limits_.find(name);
  return found == limits_.end() ? nullptr : &found->second;
}

bool daily_limits::admit(const std::string& resource, const std::string& account, base::timestamp now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const auto current = [today](auto& counter) -> std::int64_t& {
    if (counter.first != today) counter = {today, 0};
    return counter.second;
  };
  auto& mine = current(used_[{resource, account}]);
  auto& all = current(used_[{"app", ""}]);
  if (mine >= limits_.at(resource) || all >= limits_.at("app")) return false;
  ++mine;
  ++all;
  return true;
}

}  // namespace pulse::sandbox::linkedin
