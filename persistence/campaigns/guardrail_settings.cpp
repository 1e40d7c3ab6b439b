#include "persistence/campaigns/guardrail_settings.hpp"

#include <boost/json.hpp>

#include "base/json.hpp"
#include "persistence/events/events.hpp"

namespace pulse::persistence::guardrail_settings {

namespace {

constexpr statement select_settings{"select_project_guardrails", R"sql(
  SELECT guardrails, approval, version, updated_by, updated_at FROM project_guardrails
  WHERE tenant_id = pulse_tenant() AND project_id = $1)sql"};

constexpr statement lock_settings{"lock_project_guardrails", R"sql(
  SELECT guardrails, approval, version, updated_by, updated_at FROM project_guardrails
  WHERE tenant_id = pulse_tenant() AND project_id = $1 FOR NO KEY UPDATE)sql"};

constexpr statement put_settings{"put_project_guardrails", R"sql(
  INSERT INTO project_guardrails (tenant_id, project_id, guardrails, approval, updated_by, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, project_id) DO UPDATE
    SET guardrails = excluded.guardrails, approval = excluded.approval, version = project_guardrails.version + 1,
        updated_by = excluded.updated_by, updated_at = excluded.updated_at)sql"};

/// As objects, because a row of an older version lacks what came later.
struct row {
  boost::json::object guardrails;
  boost::json::object approval;
  int version = 1;
  std::optional<base::uuid> updated_by;
  std::optional<base::timestamp> updated_at;
};
BOOST_DESCRIBE_STRUCT(row, (), (guardrails, approval, version, updated_by, updated_at))

settings to_settings(const base::uuid& project_id, const std::optional<row>& from) {
  settings made{.project_id = project_id};
  if (!from) return made;
  made.guardrails = base::json::read_known<domain::campaigns::guardrails>(from->guardrails);
  made.approval = base::json::read_known<domain::campaigns::approval_policy>(from->approval);
  made.version = from->version;
  made.updated_by = from->updated_by;
  made.updated_at = from->updated_at;
  return made;
}

}  // namespace

settings get(transaction& tx, const base::uuid& project_id) {
  return to_settings(project_id, tx.execute(select_settings, project_id).first<row>());
}

settings lock(transaction& tx, const base::uuid& project_id) {
  return to_settings(project_id, tx.execute(lock_settings, project_id).first<row>());
}

void put(transaction& tx, const settings& wanted, const base::uuid& member_id, base::timestamp now) {
  tx.queue(put_settings, wanted.project_id, wanted.guardrails, wanted.approval, member_id, now);
  events::append(tx, {.tenant_id = *tx.tenant_id(),
                      .project_id = wanted.project_id,
                      .member_id = member_id,
                      .facts = domain::guardrails_changed{},
                      .at = now});
}

}  // namespace pulse::persistence::guardrail_settings
