// What a member may do now: the rows that every request is judged by.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/bound_query.hpp"

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

/// Of a member of the transaction's tenant, with that session, or none.
bound_query<standing> find_standing(const base::uuid& member_id, const base::uuid& session_id);

/// Fails as a conflict of `standing_constraint` unless this member of the transaction's tenant, with their sessions and
/// tokens, stands as in that version, and the company is not suspended.
guard guard_standing(const base::uuid& tenant_id, const base::uuid& member_id, std::int64_t version);

inline constexpr std::string_view standing_constraint = "pulse_standing";

/// The NOTIFY channel of changes of these rows; the payload is the id of the member, the session or the tenant.
inline constexpr std::string_view standing_channel = "pulse_standing";

}  // namespace pulse::persistence
