// What a member may do now: the rows that every request is judged by.
#pragma once

#include <string_view>

#include <boost/describe.hpp>

#include "domain/people/permission.hpp"
#include "persistence/postgres/statement.hpp"

namespace pulse::persistence {

struct standing {
  domain::role role = domain::role::analyst;
  bool is_active = false;
  bool is_suspended = false;  // the company
  bool is_platform_admin = false;
  bool is_session_live = false;

  friend bool operator==(const standing&, const standing&) = default;
};
BOOST_DESCRIBE_STRUCT(standing, (), (role, is_active, is_suspended, is_platform_admin, is_session_live))

/// $1 member, $2 session → the standing of a member of the transaction's tenant, or none.
inline constexpr statement find_standing{"find_standing", R"sql(
  SELECT m.role, m.is_active, t.suspended_at IS NOT NULL AS is_suspended, m.is_platform_admin,
         EXISTS (SELECT FROM sessions s WHERE s.tenant_id = m.tenant_id AND s.id = $2 AND s.member_id = m.id
                 AND s.ended_at IS NULL) AS is_session_live
  FROM members m JOIN tenants t ON t.id = m.tenant_id
  WHERE m.tenant_id = pulse_tenant() AND m.id = $1)sql"};

/// $1 member, $2 session, $3 role, $4 platform admin: fails as a conflict of `standing_constraint` unless that member of the transaction's
/// tenant is let in, and stands so.
inline constexpr statement confirm_standing{"confirm_standing", R"sql(
  SELECT CASE WHEN EXISTS (
    SELECT FROM members m JOIN tenants t ON t.id = m.tenant_id
    JOIN sessions s ON s.tenant_id = m.tenant_id AND s.id = $2 AND s.member_id = m.id AND s.ended_at IS NULL
    WHERE m.tenant_id = pulse_tenant() AND m.id = $1 AND m.role = $3 AND m.is_platform_admin = $4 AND m.is_active
      AND t.suspended_at IS NULL)
  THEN true ELSE pulse_refuse_standing() END)sql"};

/// The same of a token for scripts, $2.
inline constexpr statement confirm_token_standing{"confirm_token_standing", R"sql(
  SELECT CASE WHEN EXISTS (
    SELECT FROM members m JOIN tenants t ON t.id = m.tenant_id
    JOIN api_tokens a ON a.tenant_id = m.tenant_id AND a.id = $2 AND a.member_id = m.id AND a.revoked_at IS NULL
    WHERE m.tenant_id = pulse_tenant() AND m.id = $1 AND m.role = $3 AND m.is_active AND t.suspended_at IS NULL)
  THEN true ELSE pulse_refuse_standing() END)sql"};

inline constexpr std::string_view standing_constraint = "pulse_standing";

/// Where changes of these rows are told: by NOTIFY, with the id of the member, the session or the tenant.
inline constexpr std::string_view standing_channel = "pulse_standing";

}  // namespace pulse::persistence
