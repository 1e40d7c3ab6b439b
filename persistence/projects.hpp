// Projects: what a company publishes about. Everything else of the API belongs to one.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/statement.hpp"
#include "persistence/transaction.hpp"

namespace pulse::persistence::projects {

struct project {
  base::uuid id;
  std::string name;
  std::string description;
  std::string time_zone;  // an IANA name
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(project, (), (id, name, description, time_zone, created_at, updated_at))

/// The constraint that a second project of one name breaks (failure_kind::conflict).
inline constexpr std::string_view name_once = "projects_name_once";

/// $1 id → one project or none.
inline constexpr statement find{"find_project", R"sql(
  SELECT id, name, description, time_zone, created_at, updated_at FROM projects WHERE id = $1)sql"};

/// $1, $2 created_at and id that the page comes after, $3 limit → projects, newest first.
inline constexpr statement list{"list_projects", R"sql(
  SELECT id, name, description, time_zone, created_at, updated_at FROM projects
  WHERE (created_at, id) < ($1::timestamptz, $2::uuid) ORDER BY created_at DESC, id DESC LIMIT $3)sql"};

/// Whether the tenant has such a project.
bool exists(transaction& tx, const base::uuid& id);

/// Stores a new project of the transaction's tenant. A name that is taken is a conflict of `name_once`.
void insert(transaction& tx, const project& made);

/// What a change leaves out stays as it is.
struct changes {
  std::optional<std::string> name = std::nullopt;
  std::optional<std::string> description = std::nullopt;
  std::optional<std::string> time_zone = std::nullopt;
};

/// The project as it is then; nothing when there is none. A name that is taken is a conflict of `name_once`.
std::optional<project> update(transaction& tx, const base::uuid& id, const changes& wanted, base::timestamp now);

}  // namespace pulse::persistence::projects
