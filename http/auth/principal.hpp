// Who is asking: what a verified token says, and what the database says of that member now.
#pragma once

#include "base/uuid.hpp"
#include "domain/people/permission.hpp"

namespace pulse::http {

/// A member of a tenant. On public routes all is nil, and nobody may read it.
struct principal {
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid session_id;                      // the session that the access token belongs to
  domain::role role = domain::role::analyst;  // with this request, see auth/standings
  bool is_platform_admin = false;             // likewise
};

}  // namespace pulse::http
