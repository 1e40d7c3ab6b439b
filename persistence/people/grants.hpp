// What members with limited access may see: projects, and all or some channels of each.
#pragma once

#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::grants {

/// Of one member.
inline constexpr std::size_t grants_max = 200;
inline constexpr std::size_t channels_max = 100;

struct grant {
  base::uuid project_id;
  std::optional<std::vector<base::uuid>> channel_ids;  // none: all of the project, later ones too
};
BOOST_DESCRIBE_STRUCT(grant, (), (project_id, channel_ids))

struct access {
  bool is_limited = false;
  std::vector<grant> grants;
};
BOOST_DESCRIBE_STRUCT(access, (), (is_limited, grants))

/// Of a member of the transaction's tenant.
access find(transaction& tx, const base::uuid& member_id);

/// Replaces the earlier grants. False if a project, or a channel of one, does not exist: then roll back.
bool set(transaction& tx, const base::uuid& member_id, const access& wanted, base::timestamp now);

}  // namespace pulse::persistence::grants
