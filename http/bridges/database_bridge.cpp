#include "http/bridges/database_bridge.hpp"

namespace pulse::http::detail {

std::string projects_of(const principal& who) {
  std::string ids;
  if (!who.limits) return ids;
  for (const auto& id : who.limits->projects) ids += (ids.empty() ? "" : ",") + base::to_string(id);
  return ids;
}

}  // namespace pulse::http::detail
