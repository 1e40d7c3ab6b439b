#include "http/bridges/database_bridge.hpp"

#include <algorithm>

#include "persistence/people/standing.hpp"

namespace pulse::http::detail {

namespace {

constexpr persistence::statement limit_rows{"limit_rows", R"sql(
  SELECT set_config('pulse.projects', $1::text, true), set_config('pulse.hidden_channels', $2::text, true))sql"};

std::string between_commas(const std::vector<base::uuid>& ids) {
  std::string made;
  for (const auto& id : ids) made += (made.empty() ? "" : ",") + base::to_string(id);
  return made;
}

}  // namespace

void row_reach::set(persistence::transaction& within) const {
  if (!is_whole()) within.queue(limit_rows, projects, hidden_channels);
}

row_reach reach_of(const principal& who) {
  if (!is_limited(who)) return {};
  std::vector<base::uuid> projects;
  if (who.limits) projects = who.limits->projects;
  if (who.reach) {
    const auto& granted = who.reach->projects;
    const auto is_granted = [&](const auto& id) {
      return std::find(granted.begin(), granted.end(), id) != granted.end();
    };
    if (projects.empty()) {
      projects = granted;
    } else {
      std::erase_if(projects, [&](const auto& id) { return !is_granted(id); });
    }
  }
  // Without any project a nil id is listed: an empty list would mean all projects.
  if (projects.empty()) projects.emplace_back();
  return {between_commas(projects), who.reach ? between_commas(who.reach->hidden_channels) : std::string{}};
}

persistence::binding bound_to(const request_context& context, const std::optional<base::uuid>& tenant_id) {
  const bool is_guarded = context.guarded && !context.is_standing_sure && tenant_id == context.principal.tenant_id;
  return {tenant_id, is_guarded ? context.guarded : nullptr};
}

void note_failure(request_context& context, const persistence::failure& why) {
  if (why.constraint == persistence::standing_constraint) context.has_standing_changed = true;
}

}  // namespace pulse::http::detail
