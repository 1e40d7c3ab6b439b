// One call of one route: what a handler may know in addition to its own arguments.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/auth/principal.hpp"
#include "http/server/message.hpp"

namespace pulse::persistence {
struct guard;
}  // namespace pulse::persistence

namespace pulse::http {

struct services;
struct route;

/// The most parameters in one path.
inline constexpr std::size_t path_parameters_max = 4;
/// The values of a path's parameters, in the template's order; views into the request's path.
using path_values = std::array<std::string_view, path_parameters_max>;

/// The member that a call is about, if the call itself says so: on public routes, whose callers have no token.
struct concern {
  base::uuid tenant_id;
  base::uuid member_id = {};   // nil: the session's
  base::uuid session_id = {};  // nil: none is known
};

/// Lives on the front door's coroutine frame until the response is rendered. Handlers keep references to it across
/// suspensions, never beyond.
struct request_context {
  const server::request& request;
  http::services& services;
  const http::route& route;
  path_values path;
  http::principal principal;
  /// The Idempotency-Key, on routes that accept one (http/api/idempotency.hpp).
  std::optional<std::string> idempotency_key;
  /// Set by the framework for the access log: the code and the cause of the answered problem.
  std::string problem_code;
  std::string problem_cause;
  /// Set by handlers of public routes, for the audit, before they write anything.
  std::vector<concern> concerns;
  /// The guard that confirms the standing of `principal` with the first work; null when it was just read.
  std::shared_ptr<const persistence::guard> guarded = nullptr;
  /// Whether the standing was confirmed or read since the call came.
  bool is_standing_sure = false;
  /// Whether the standing has changed: the work was then refused and rolled back.
  bool has_standing_changed = false;
};

}  // namespace pulse::http
