// If-Match (RFC 9110 §13.1.1): a change is only made to the version that its author has read.
#pragma once

#include <optional>
#include <string>

#include "base/json.hpp"
#include "http/api/problem.hpp"
#include "http/api/request_context.hpp"
#include "http/server/conditional.hpp"

namespace pulse::http {

/// The entity tag of `value`; it changes with anything in it.
template <class T>
std::string etag_of(const T& value) {
  return server::make_etag(base::json::to_json(value));
}

/// The request's If-Match; nothing where it sent none, and then anything may be changed.
inline std::optional<std::string> wanted_version(const request_context& context) {
  const auto sent = context.request.find("if-match");
  if (!sent) return std::nullopt;
  return std::string{*sent};
}

/// 412 unless `current` is what the author has read. `what` in the words of the API: "post".
template <class T>
std::optional<problem> check_version(const std::optional<std::string>& wanted, const T& current,
                                     std::string_view what) {
  if (!wanted || server::names_etag(*wanted, etag_of(current))) return std::nullopt;
  return problems::changed_meanwhile(what);
}

}  // namespace pulse::http
