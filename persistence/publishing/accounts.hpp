// Accounts at platforms, with the tokens that prove them. A token is sealed before it reaches the database and opened
// only by the engine, for one call.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::accounts {

/// An account as a person connects it.
struct connection {
  domain::channel_type platform = domain::channel_type::x;
  std::string external_user_id;       // the account's id at the platform
  std::optional<std::string> handle;  // left out: stays as it is, "" at first
  base::secret access_token;
};

/// The place that an account's sealed token is bound to.
secret_place token_place(const base::uuid& tenant_id, const base::uuid& account_id);

/// Stores the account, or its new token when it is known already, and answers its id. `new_id` is used when it is new.
/// Within a transaction of the tenant.
base::uuid store(transaction& tx, const connection& given, const secret_box& box, const base::uuid& new_id,
                 base::timestamp now);

}  // namespace pulse::persistence::accounts
