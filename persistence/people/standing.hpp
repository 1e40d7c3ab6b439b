// What a member may do now: the rows that every request is judged by.
#pragma once

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

  friend bool operator==(const standing&, const standing&) = default;
};
BOOST_DESCRIBE_STRUCT(standing, (),
                      (role, is_active, is_suspended, is_platform_admin, is_session_live, granted_project_ids,
                       hidden_channel_ids))

/// $1 member, $2 session → the standing of a member of the transaction's tenant, or none.
inline constexpr statement find_standing{"find_standing", R"sql(
  SELECT m.role, m.is_active, t.suspended_at IS NOT NULL AS is_suspended, m.is_platform_admin,
         EXISTS (SELECT FROM sessions s WHERE s.tenant_id = m.tenant_id AND s.id = $2 AND s.member_id = m.id
                 AND s.ended_at IS NULL) AS is_session_live,
         CASE WHEN m.is_limited THEN pulse_granted_projects(m.tenant_id, m.id) END AS granted_project_ids,
         CASE WHEN m.is_limited THEN pulse_hidden_channels(m.tenant_id, m.id) END AS hidden_channel_ids
  FROM members m JOIN tenants t ON t.id = m.tenant_id
  WHERE m.tenant_id = pulse_tenant() AND m.id = $1)sql"};

/// Where changes of these rows are told: by NOTIFY, with the id of the member, the session or the tenant.
inline constexpr std::string_view standing_channel = "pulse_standing";

}  // namespace pulse::persistence
