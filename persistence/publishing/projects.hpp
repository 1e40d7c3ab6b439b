// Projects: what a company publishes about. Everything else of the API belongs to one.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/delivery.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::projects {

/// What becomes of a post that could not start within this time after it was due.
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
};
BOOST_DESCRIBE_STRUCT(project, (), (id, name, description, time_zone, created_at, updated_at, lateness, paused_at))

/// The constraint that a second project of one name breaks (failure_kind::conflict).
inline constexpr std::string_view name_once = "projects_name_once";

/// $1 id → one project or none.
inline constexpr statement find{"find_project", R"sql(
  SELECT id, name, description, time_zone, created_at, updated_at,
         jsonb_build_object('policy', lateness_policy, 'after_seconds', lateness_after_seconds) AS lateness, paused_at
  FROM projects WHERE id = $1)sql"};

/// $1, $2 created_at and id that the page comes after, $3 limit → projects, newest first.
inline constexpr statement list{"list_projects", R"sql(
  SELECT id, name, description, time_zone, created_at, updated_at,
         jsonb_build_object('policy', lateness_policy, 'after_seconds', lateness_after_seconds) AS lateness, paused_at
  FROM projects
  WHERE (created_at, id) < ($1::timestamptz, $2::uuid) ORDER BY created_at DESC, id DESC LIMIT $3)sql"};

std::optional<project> get(transaction& tx, const base::uuid& id);

/// Whether the tenant has such a project.
bool exists(transaction& tx, const base::uuid& id);

/// Stores a new project, which is not paused, of the transaction's tenant. A name that is taken is a conflict of `name_once`.
void insert(transaction& tx, const project& made);

/// What a change leaves out stays as it is.
struct changes {
  std::optional<std::string> name = std::nullopt;
  std::optional<std::string> description = std::nullopt;
  std::optional<std::string> time_zone = std::nullopt;
  std::optional<projects::lateness> lateness = std::nullopt;
};

/// The project as it is then; nothing when there is none. A name that is taken is a conflict of `name_once`.
std::optional<project> update(transaction& tx, const base::uuid& id, const changes& wanted, base::timestamp now);

}  // namespace pulse::persistence::projects
