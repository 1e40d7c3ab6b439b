// Projects: what a company publishes about. Everything else of the API belongs to one.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/delivery.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::projects {

/// The policy for a post that could not start within this time after it was due.
struct lateness {
  domain::lateness_action policy = domain::lateness_action::send;
  int after_seconds = 3600;  // 1 to 31 days' worth

  friend bool operator==(const lateness&, const lateness&) = default;
};
BOOST_DESCRIBE_STRUCT(lateness, (), (policy, after_seconds))

struct project {
  base::uuid id;
  std::string name;
  std::string description;
  std::string time_zone;  // an IANA name
  base::timestamp created_at;
  base::timestamp updated_at;
  projects::lateness lateness{};  // of its posts that have none of their own
  std::optional<base::timestamp> paused_at = std::nullopt;
  std::optional<std::string> paused_by = std::nullopt;  // the name of who paused it
};
BOOST_DESCRIBE_STRUCT(project, (),
                      (id, name, description, time_zone, created_at, updated_at, lateness, paused_at, paused_by))

/// The constraint that a second project of one name breaks (failure_kind::conflict).
inline constexpr std::string_view name_once = "projects_name_once";

/// One or none.
bound_query<project> find(const base::uuid& id);

/// Newest first.
bound_query<project> list(const page_bounds& page);

/// Whether the tenant has such a project.
bool exists(transaction& tx, const base::uuid& id);

/// Stores a new project, which is not paused, of the transaction's tenant. A name that is taken is a conflict of
/// `name_once`.
void insert(transaction& tx, const project& made);

/// What a change leaves out stays as it is.
struct changes {
  std::optional<std::string> name = std::nullopt;
  std::optional<std::string> description = std::nullopt;
  std::optional<std::string> time_zone = std::nullopt;
  std::optional<projects::lateness> lateness = std::nullopt;
};

/// The project after the change; nothing if there is none. A name that is taken is a conflict of `name_once`.
std::optional<project> update(transaction& tx, const base::uuid& id, const changes& wanted, base::timestamp now);

}  // namespace pulse::persistence::projects
