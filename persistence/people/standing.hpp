// What a member may do now: the rows that every request is judged by.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/statement.hpp"

namespace pulse::persistence {

struct standing {
  domain::role role = domain::role::analyst;
  bool is_active = false;
  bool is_suspended = false;  // the company
  bool is_platform_admin = false;
  bool is_session_live = false;
  std::optional<std::vector<base::uuid>> granted_project_ids{};  // none: not limited to projects
  std::optional<std::vector<base::uuid>> hidden_channel_ids{};   // of those projects
  std::int64_t version = 0;          // another with every change of all this, but of the company
  bool lacks_second_factor = false;  // that the company asks of everybody

  friend bool operator==(const standing&, const standing&) = default;
};
BOOST_DESCRIBE_STRUCT(standing, (),
                      (role, is_active, is_suspended, is_platform_admin, is_session_live, granted_project_ids,
                       hidden_channel_ids, version, lacks_second_factor))

/// $1 member, $2 session → the standing of a member of the transaction's tenant, or none.
inline constexpr statement find_standing{"find_standing", R"sql(
  SELECT m.role, m.is_active, t.suspended_at IS NOT NULL AS is_suspended, m.is_platform_admin,
         EXISTS (SELECT FROM sessions s WHERE s.tenant_id = m.tenant_id AND s.id = $2 AND s.member_id = m.id
                 AND s.ended_at IS NULL) AS is_session_live,
         CASE WHEN m.is_limited THEN pulse_granted_projects(m.tenant_id, m.id) END AS granted_project_ids,
         CASE WHEN m.is_limited THEN pulse_hidden_channels(m.tenant_id, m.id) END AS hidden_channel_ids,
         coalesce(v.version, 0) AS version, pulse_lacks_second_factor(m.tenant_id, m.id, $2) AS lacks_second_factor
  FROM members m JOIN tenants t ON t.id = m.tenant_id
  LEFT JOIN standing_versions v ON v.tenant_id = m.tenant_id AND v.member_id = m.id
  WHERE m.tenant_id = pulse_tenant() AND m.id = $1)sql"};

/// $1 the transaction's tenant, $2 member, $3 version: fails as a conflict of `standing_constraint` unless that member, with their sessions
/// and tokens, stands as in that version, and the company is not suspended. (pulse_tenant() in its place costs a fifth more.)
inline constexpr statement confirm_standing{"confirm_standing", R"sql(
  SELECT CASE WHEN EXISTS (
    SELECT FROM standing_versions v JOIN tenants t ON t.id = v.tenant_id
    WHERE v.tenant_id = $1 AND v.member_id = $2 AND v.version = $3 AND t.suspended_at IS NULL)
  THEN true ELSE pulse_refuse_standing() END)sql"};

inline constexpr std::string_view standing_constraint = "pulse_standing";

/// The NOTIFY channel of changes of these rows; the payload is the id of the member, the session or the tenant.
inline constexpr std::string_view standing_channel = "pulse_standing";

}  // namespace pulse::persistence
