// Steps that the publishing routes share: checking fields, and reading lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bounded_int.hpp"
#include "base/text.hpp"
#include "domain/platforms/unicode.hpp"
#include "domain/publishing/delivery.hpp"
#include "http/api/pagination.hpp"
#include "http/api/problem.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

/// An error at a JSON Pointer of the body.
inline field_error at_field(std::string pointer, std::string detail) {
  return {.pointer = std::move(pointer), .parameter = {}, .detail = std::move(detail)};
}

using domain::is_blank;

/// 404 for a project that the body or the query names. The answer is the same for foreign and missing projects.
problem no_such_project(field_error named);

template <std::size_t Min, std::size_t Max>
std::optional<std::string> plain(const std::optional<base::text<Min, Max>>& given) {
  if (!given) return std::nullopt;
  return given->value;
}

template <std::size_t Min, std::size_t Max>
std::string text_or(const std::optional<base::text<Min, Max>>& given, std::string_view otherwise) {
  return given ? given->value : std::string{otherwise};
}

/// The lateness policy of a request: what happens to a post that could not start in time.
struct lateness_request {
  domain::lateness_action policy = domain::lateness_action::send;
  std::optional<base::bounded_int<1, 2'678'400>> after_seconds;  // default: an hour
};
BOOST_DESCRIBE_STRUCT(lateness_request, (), (policy, after_seconds))

inline persistence::projects::lateness to_lateness(const lateness_request& from) {
  persistence::projects::lateness made{.policy = from.policy};
  if (from.after_seconds) made.after_seconds = static_cast<int>(from.after_seconds->value);
  return made;
}

/// The sort key of lists in order of creation.
template <class Row>
page_key key_of_created(const Row& row) {
  return {.at = row.created_at, .id = row.id};
}

}  // namespace pulse::http::routes
