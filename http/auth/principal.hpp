// The caller: what a verified token says, and the member's present state in the database.
#pragma once

#include <memory>
#include <vector>

#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "http/auth/api_tokens.hpp"

namespace pulse::http {

/// What a member with limited access may see.
struct access_reach {
  std::vector<base::uuid> projects;         // none: nothing that belongs to a project
  std::vector<base::uuid> hidden_channels;  // of those projects
};

/// A member of a tenant. On public routes all fields are nil, and must not be read.
struct principal {
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid session_id;                      // the session that the access token belongs to
  domain::role role = domain::role::analyst;  // at the time of this request, see auth/standings
  bool is_platform_admin = false;             // likewise
  std::shared_ptr<const token_limits> limits =
      nullptr;  // of a token for scripts; `session_id` is then derived from the token
  std::shared_ptr<const access_reach> reach = nullptr;  // null: everything of the company
};

/// Whether a permission reaches beyond single projects. Members whose access is limited do not have it.
bool reaches_beyond_projects(domain::permission needed);

/// Whether the caller sees some projects, or channels, only.
inline bool is_limited(const principal& who) { return who.reach || (who.limits && !who.limits->projects.empty()); }

/// Whether the caller has the permission: by role and access, and for a script's token by its scopes, too.
inline bool may(const principal& who, domain::permission needed) {
  return domain::allows(who.role, needed) && (!who.limits || who.limits->has(needed)) &&
         (!who.reach || !reaches_beyond_projects(needed));
}

}  // namespace pulse::http
