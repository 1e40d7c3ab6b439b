// Teams of a company.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::teams {

struct team {
  base::uuid id;
  std::string name;
  std::int64_t members = 0;  // active ones
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(team, (), (id, name, members, created_at))

/// The constraint that a second team of one name breaks, whatever the case.
inline constexpr std::string_view name_once = "teams_name_once";

/// Teams that a company may have.
inline constexpr std::int64_t teams_max = 500;

/// The teams of the tenant by name; at most `teams_max`.
bound_query<team> list();

/// False when the company has as many as it may.
bool insert(transaction& tx, const team& made);
bool exists(transaction& tx, const base::uuid& id);
std::optional<team> rename(transaction& tx, const base::uuid& id, const std::string& name);
/// False if there is no such team. Its members are in no team then, and invitations to it are void.
bool remove(transaction& tx, const base::uuid& id);

}  // namespace pulse::persistence::teams
