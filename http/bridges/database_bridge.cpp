#include "http/bridges/database_bridge.hpp"

#include "persistence/people/standing.hpp"

namespace pulse::http::detail {

std::string projects_of(const principal& who) {
  std::string ids;
  if (!who.limits) return ids;
  for (const auto& id : who.limits->projects) ids += (ids.empty() ? "" : ",") + base::to_string(id);
  return ids;
}

persistence::binding bound_to(const call& of, const std::optional<base::uuid>& tenant_id) {
  const bool is_guarded = of.guarded && !of.is_standing_sure && tenant_id == of.who.tenant_id;
  return {tenant_id, is_guarded ? of.guarded : nullptr};
}

void note_failure(call& of, const persistence::failure& why) {
  if (why.constraint == persistence::standing_constraint) of.has_standing_changed = true;
}

}  // namespace pulse::http::detail
