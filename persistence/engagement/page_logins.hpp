// The login with which a tracked page's posts are read.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/addresses.hpp"
#include "domain/platforms/channel_type.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::page_logins {

struct login {
  base::uuid id;
  std::string external_user_id;
  std::string handle;  // may be empty
  bytes access_token;  // sealed
  base::uuid budget;   // against which its calls count: the account's that publishes by it, or else its own
};
BOOST_DESCRIBE_STRUCT(login, (), (id, external_user_id, handle, access_token, budget))

/// As the engine: the login of `tenant_id` that may read a page of this kind, called `name` in its address. At LinkedIn
/// a member's that was given r_organization_social; at Facebook the Page itself; at Instagram the account itself, or
/// any of the company's, which may discover others. Nothing: the company has none.
std::optional<login> find(transaction& tx, const base::uuid& tenant_id, domain::page_kind kind,
                          const std::string& name);

/// Nothing when it cannot be opened: another key.
std::optional<base::secret> open(const login& from, const base::uuid& tenant_id, domain::page_kind kind,
                                 const secret_box& box);

/// A look, to be known to a limiter that starts anew.
struct page_read {
  base::uuid tenant_id;
  base::uuid id;
  domain::channel_type platform = domain::channel_type::linkedin;
  base::uuid budget;  // of its login
};

/// It is about to be made: to be committed before the call.
void note_read(transaction& tx, const page_read& made, base::timestamp now);

/// The platform answered that it accepts no call of this account before.
void note_block(transaction& tx, const page_read& made, base::timestamp until);

/// Removes reads that no budget counts any more, at most `limit`; returns how many.
int forget_reads(transaction& tx, base::timestamp before, int limit);

/// LinkedIn's own name of a page was learnt by a look.
void note_organization(transaction& tx, const base::uuid& tenant_id, const base::uuid& page_id, const std::string& urn);

}  // namespace pulse::persistence::page_logins
