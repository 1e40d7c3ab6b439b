// If-Match (RFC 9110 §13.1.1): a change applies only to the version that its author has read.
#pragma once

#include <optional>
#include <string>

#include "base/json.hpp"
#include "http/api/problem.hpp"
#include "http/api/request_context.hpp"
#include "http/server/conditional.hpp"

namespace pulse::http {

/// The entity tag of `value`; any difference in it gives another tag.
template <class T>
std::string etag_of(const T& value) {
  return server::make_etag(base::json::to_json(value));
}

/// The request's If-Match; nothing if it has none, and then any version may be changed.
inline std::optional<std::string> wanted_version(const request_context& context) {
  const auto sent = context.request.find("if-match");
  if (!sent) return std::nullopt;
  return std::string{*sent};
}

/// 412 unless `current` is the version that the author has read. `what` is the API's word for it: "post".
template <class T>
std::optional<problem> check_version(const std::optional<std::string>& wanted, const T& current,
                                     std::string_view what) {
  if (!wanted || server::names_etag(*wanted, etag_of(current))) return std::nullopt;
  return problems::changed_meanwhile(what);
}

}  // namespace pulse::http
