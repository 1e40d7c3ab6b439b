// /org/members/{id}/second-factor: an owner or admin helps a member who has lost their second factor.
#pragma once

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "http/api/addresses.hpp"
#include "http/api/route_table.hpp"
#include "http/routes/people/mails.hpp"
#include "http/routes/people/sign_in.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::http::routes {

/// What the mail about a reset is made of.
struct factor_reset_tools {
  const addresses& pages;
  const persistence::secret_box& secrets;
  base::timestamp now;
};

/// Takes second factor and passkeys from a member of the transaction's company, ends their sessions, and mails them who
/// did it. False, and nothing is done, where they have none of them.
bool reset_factor_of(persistence::transaction& within, const base::uuid& id, const factor_resetter& by,
                     const factor_reset_tools& with);

void add_factor_reset(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
