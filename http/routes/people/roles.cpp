#include "http/routes/people/roles.hpp"

#include <boost/mp11.hpp>

#include "http/auth/api_tokens.hpp"

namespace pulse::http::routes {

namespace {

using domain::permission;
using domain::role;

struct permitted_call {
  std::string method;
  std::string path;
  std::string summary;
};
BOOST_DESCRIBE_STRUCT(permitted_call, (), (method, path, summary))

struct described_permission {
  permission name = permission::read_account;
  std::vector<role> roles;      // roles that include it
  bool is_scope = false;        // tokens for scripts may have it
  bool is_of_projects = false;  // also for tokens that are limited to projects
  std::vector<permitted_call> calls;
};
BOOST_DESCRIBE_STRUCT(described_permission, (), (name, roles, is_scope, is_of_projects, calls))

struct described_roles {
  std::vector<role> roles;  // most powerful first
  std::vector<described_permission> permissions;
};
BOOST_DESCRIBE_STRUCT(described_roles, (), (roles, permissions))

described_permission describe(const route_table& table, const std::vector<role>& roles, permission what) {
  described_permission made{what, {}, is_scope(what), is_scope_of_projects(what), {}};
  for (const auto each : roles) {
    if (domain::allows(each, what)) made.roles.push_back(each);
  }
  for (const auto& each : table.routes()) {
    if (each.needs != what || each.options.hidden) continue;
    made.calls.push_back({std::string{server::to_string(each.method)}, each.path, each.summary});
  }
  return made;
}

described_roles describe_all(const route_table& table) {
  described_roles made;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<role>>(
      [&](auto entry) { made.roles.push_back(entry.value); });
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<permission>>([&](auto entry) {
    if (entry.value == permission::public_ || entry.value == permission::administer_platform) return;
    made.permissions.push_back(describe(table, made.roles, entry.value));
  });
  return made;
}

}  // namespace

void add_roles(route_table& table) {
  table.add(server::verb::get, "/roles", permission::read_account,
            [&table](request_context&) { return reply<described_roles>{describe_all(table)}; },
            "The permissions of each role, with their calls",
            {.description = "Derived from the routes themselves, so it is what Pulse enforces."});
}

}  // namespace pulse::http::routes
