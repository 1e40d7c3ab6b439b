// One call of one route: everything a handler may know beside its own arguments.
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

/// Parameters that one path may have.
inline constexpr std::size_t path_parameters_max = 4;
/// Values of a path's parameters, in the order of the template; views into the request's path.
using path_values = std::array<std::string_view, path_parameters_max>;

/// Whom a call is about, where it says so itself: on public routes, whose callers have no token.
struct concern {
  base::uuid tenant_id;
  base::uuid member_id = {};   // nil: the session's
  base::uuid session_id = {};  // nil: none is known
};

/// Lives on the front door's coroutine frame until the response is rendered; handlers keep references to it across
/// suspensions, never beyond.
struct request_context {
  const server::request& request;
  http::services& services;
  const http::route& route;
  path_values path;
  http::principal principal;
  /// From Idempotency-Key, on routes that take one (http/api/idempotency.hpp).
  std::optional<std::string> idempotency_key;
  /// Set by the framework for the access log: the code and the cause of the problem that was answered.
  std::string problem_code;
  std::string problem_cause;
  /// Set by handlers of public routes, for the audit, before they write anything.
  std::vector<concern> concerns;
  /// The guard that confirms the standing of `principal`, with the first work for their tenant; null when it was read for this very call.
  std::shared_ptr<const persistence::guard> guarded = nullptr;
  /// The standing was confirmed or read since the call came.
  bool is_standing_sure = false;
  /// The standing has changed: the work was refused, and nothing of it has happened.
  bool has_standing_changed = false;
};

}  // namespace pulse::http
