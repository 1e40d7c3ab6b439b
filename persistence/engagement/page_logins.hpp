// As whom a tracked page's posts are read.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/addresses.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::page_logins {

struct login {
  base::uuid id;
  std::string external_user_id;
  std::string handle;  // may be empty
  bytes access_token;  // sealed
};
BOOST_DESCRIBE_STRUCT(login, (), (id, external_user_id, handle, access_token))

/// As the engine: the login of `tenant_id` that may read a page of this kind, called `name` in its address. At LinkedIn a member's that was
/// given r_organization_social; at Facebook the Page itself; at Instagram the account itself, or any of the company's, which may discover
/// others. Nothing: the company has none.
std::optional<login> find(transaction& tx, const base::uuid& tenant_id, domain::page_kind kind,
                          const std::string& name);

/// Nothing when it cannot be opened: another key.
std::optional<base::secret> open(const login& from, const base::uuid& tenant_id, domain::page_kind kind,
                                 const secret_box& box);

/// LinkedIn's own name of a page was learnt by a look.
void note_organization(transaction& tx, const base::uuid& tenant_id, const base::uuid& page_id, const std::string& urn);

}  // namespace pulse::persistence::page_logins
