#include "persistence/handover.hpp"

#include <algorithm>
#include <vector>

#include "persistence/campaigns/guardrail_settings.hpp"

namespace pulse::persistence::handover {

namespace {

constexpr statement hand_content{"hand_over_content", R"sql(
  UPDATE content_items SET author_id = $2, updated_at = $3
  WHERE tenant_id = pulse_tenant() AND author_id = $1 AND deleted_at IS NULL AND state IN ('draft', 'pending_approval', 'approved', 'rejected')
    AND post_id IS NULL)sql"};

constexpr statement skip_acts{"skip_acts_of_member", R"sql(
  UPDATE engagements SET state = 'skipped', finished_at = $2, updated_at = $2
  WHERE tenant_id = pulse_tenant() AND member_id = $1 AND state IN ('queued', 'waiting_confirmation'))sql"};

constexpr statement find_policies{"find_policies_naming", R"sql(
  SELECT project_id FROM project_guardrails
  WHERE tenant_id = pulse_tenant() AND position($1::uuid::text IN approval::text) > 0 ORDER BY project_id)sql"};

/// True where `from` stood there.
bool replace(std::vector<base::uuid>& ids, const base::uuid& from, const base::uuid& to) {
  const auto found = std::find(ids.begin(), ids.end(), from);
  if (found == ids.end()) return false;
  if (std::find(ids.begin(), ids.end(), to) != ids.end()) {
    ids.erase(found);  // is asked already
  } else {
    *found = to;
  }
  return true;
}

}  // namespace

handed_over hand_over(transaction& tx, const base::uuid& from, const base::uuid& to, const base::uuid& actor_id,
                      base::timestamp now) {
  handed_over made;
  made.content_items = static_cast<int>(tx.execute(hand_content, from, to, now).affected());
  tx.execute(skip_acts, from, now);
  const auto found = tx.execute(find_policies, from);
  for (std::size_t i = 0; i < found.size(); ++i) {
    auto settings = guardrail_settings::lock(tx, found.get<base::uuid>(i, 0));
    bool has_changed = replace(settings.approval.escalate_to.member_ids, from, to);
    for (auto& step : settings.approval.steps)
      has_changed = replace(step.approvers.member_ids, from, to) || has_changed;
    if (!has_changed) continue;
    guardrail_settings::put(tx, settings, actor_id, now);
    ++made.policies;
  }
  return made;
}

}  // namespace pulse::persistence::handover
