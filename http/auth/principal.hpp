// Who is asking: what a verified access token says.
#pragma once

#include "base/uuid.hpp"
#include "domain/people/permission.hpp"

namespace pulse::http {

/// A member of a tenant. On public routes all is nil, and nobody may read it.
struct principal {
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid session_id;  // the family of refresh tokens that the access token came with
  domain::role role = domain::role::analyst;
};

}  // namespace pulse::http
