// Who is asking: what a verified token says, and what the database says of that member now.
#pragma once

#include <memory>

#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "http/auth/api_tokens.hpp"

namespace pulse::http {

/// A member of a tenant. On public routes all is nil, and nobody may read it.
struct principal {
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid session_id;                      // the session that the access token belongs to
  domain::role role = domain::role::analyst;  // with this request, see auth/standings
  bool is_platform_admin = false;             // likewise
  std::shared_ptr<const token_limits> limits =
      nullptr;  // of a token for scripts; `session_id` is then made of the token
};

/// Whether they may, all in all: by their role, and by the scopes of the token where it is a script's.
inline bool may(const principal& who, domain::permission needed) {
  return domain::allows(who.role, needed) && (!who.limits || who.limits->has(needed));
}

}  // namespace pulse::http
