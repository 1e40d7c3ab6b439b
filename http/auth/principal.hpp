// Who is asking: what a verified token says, and what the database says of that member now.
#pragma once

#include <memory>
#include <vector>

#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "http/auth/api_tokens.hpp"

namespace pulse::http {

/// What a member is let see, whose access is limited.
struct access_reach {
  std::vector<base::uuid> projects;         // none: nothing that belongs to a project
  std::vector<base::uuid> hidden_channels;  // of those projects
};

/// A member of a tenant. On public routes all is nil, and nobody may read it.
struct principal {
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid session_id;                      // the session that the access token belongs to
  domain::role role = domain::role::analyst;  // with this request, see auth/standings
  bool is_platform_admin = false;             // likewise
  std::shared_ptr<const token_limits> limits =
      nullptr;  // of a token for scripts; `session_id` is then made of the token
  std::shared_ptr<const access_reach> reach = nullptr;  // null: everything of the company
};

/// Whether a permission reaches beyond single projects, and so is none of a member whose access is limited to some.
bool reaches_beyond_projects(domain::permission needed);

/// Whether they see some projects, or channels, only.
inline bool is_limited(const principal& who) { return who.reach || (who.limits && !who.limits->projects.empty()); }

/// Whether they may, all in all: by their role and reach, and by the scopes of the token where it is a script's.
inline bool may(const principal& who, domain::permission needed) {
  return domain::allows(who.role, needed) && (!who.limits || who.limits->has(needed)) &&
         (!who.reach || !reaches_beyond_projects(needed));
}

}  // namespace pulse::http
