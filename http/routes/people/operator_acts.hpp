// What whoever operates the installation does to people from the terminal (service/commands). Each act stands in the
// audit of the member's company, in the transaction that does it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "http/routes/people/factor_reset.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::http::routes {

/// What an audit entry with this action says, where the action is one of these acts; else "".
std::string_view sentence_of_act(std::string_view action);

/// Makes the active members with this confirmed address, in all companies, administrators of the installation; how many
/// those are. `login` is the database as the login role.
persistence::result<std::size_t> promote_by_operator(persistence::database& login, const std::string& email,
                                                     base::timestamp now);

/// Takes second factor and passkeys from the active members with this address, in all companies, ends their sessions
/// and mails them; how many had any of them. `login` is the database as the login role.
persistence::result<std::size_t> reset_factors_by_operator(persistence::database& login, const std::string& email,
                                                           const factor_reset_tools& with);

}  // namespace pulse::http::routes
