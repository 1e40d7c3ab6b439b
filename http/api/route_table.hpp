// The route table: one line for each route. Validation, permissions, the OpenAPI document and the authorization matrix
// come from it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/people/permission.hpp"
#include "http/api/route.hpp"
#include "http/api/router.hpp"

namespace pulse::http {

/// Filled at start, then read by every thread.
class route_table {
 public:
  route_table() = default;
  route_table(const route_table&) = delete;
  route_table& operator=(const route_table&) = delete;

  /// Adds a route. `path` is "/posts/{id}"; it is also served under "/api". `needs` has no default: a route without a
  /// permission does not compile. `handler` is a function, or owns its captures; see detail::handler_traits.
  template <class Handler>
  void add(server::verb method, std::string_view path, domain::permission needs, Handler handler,
           std::string_view summary, route_options options = {}) {
    using traits = detail::handler_traits<Handler>;
    auto& made = begin(method, path, needs, summary, std::move(options));
    made.path_members = detail::path_members<typename traits::arguments>();
    made.describe_answer = &detail::describe_answer<traits>;
    made.describe_input = &detail::describe_input<traits>;
    made.run = detail::runner<Handler>{std::move(handler), &made.options};
    finish(made);
  }

  /// `path` is decoded, with or without "/api".
  router::match find(server::verb method, std::string_view path) const { return router_.find(method, path); }

  std::deque<route>& routes() { return routes_; }
  const std::deque<route>& routes() const { return routes_; }

  /// Errors of the table itself, in sentences: two routes for one address, parameters that the handler does not have. A
  /// test requires none, and the front door logs them at start.
  const std::vector<std::string>& mistakes() const { return mistakes_; }

 private:
  route& begin(server::verb method, std::string_view path, domain::permission needs, std::string_view summary,
               route_options options);
  void finish(route& made);

  std::deque<route> routes_;  // stable addresses
  router router_;
  std::vector<std::string> mistakes_;
};

}  // namespace pulse::http
