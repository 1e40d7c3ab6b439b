// Reads a handler's arguments from the request: path, query and body, each into a described struct. All errors are
// collected, so that a client sees them at once.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "http/api/merge_patch.hpp"
#include "http/api/problem.hpp"
#include "http/api/request_context.hpp"
#include "http/server/query.hpp"

namespace pulse::http {

/// The media type for the body of a PATCH, in addition to application/json.
inline constexpr std::string_view merge_patch = "application/merge-patch+json";

/// The values of the path's `{names}`; `P` has a member for each, in the template's order.
template <class P>
struct in_path {
  P value;
  const P* operator->() const { return &value; }
};

/// The path of one object: `/things/{id}`.
struct by_id {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(by_id, (), (id))

/// The query. Members that are not optional are required, and unknown parameters are refused by name.
template <class Q>
struct in_query {
  Q value;
  const Q* operator->() const { return &value; }
};

/// The JSON body. `std::optional<B>` where it may be absent.
template <class B>
struct in_body {
  B value;
  const B* operator->() const { return &value; }
};

/// The errors found while the arguments are read.
class intake {
 public:
  explicit intake(const request_context& context) : of_(context) {}

  const server::request& request() const { return of_.request; }
  const path_values& path() const { return of_.path; }

  /// Refuses outright (400, 415).
  void refuse(problem why);
  void report_parameter(std::string_view name, std::string_view detail);
  void report_parameter(std::string_view name, base::json::cursor& at);
  void report_body(base::json::cursor& at);

  /// The query's names and values; nothing, and a refusal, if it is malformed.
  std::optional<server::query_parameters> query();
  /// The parsed body; nothing, and a refusal, if it is not JSON or has another media type.
  std::optional<boost::json::value> body(base::json::cursor& at);

  /// The problem to answer instead of calling the handler.
  std::optional<problem> take();

 private:
  const request_context& of_;
  std::optional<problem> refusal_;
  std::vector<field_error> errors_;
};

namespace detail {

template <class T>
void read_number(std::string_view from, T& to, base::json::cursor& at) {
  T value{};
  const auto end = from.data() + from.size();
  const auto read = std::from_chars(from.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end) return at.report("must be a whole number");
  to = value;
}

/// Reads one value of a path or a query.
template <class T>
void read_parameter(std::string_view from, T& to, base::json::cursor& at) {
  if constexpr (base::json::is_optional<T>) {
    read_parameter(from, to.emplace(), at);
  } else if constexpr (std::same_as<T, bool>) {
    if (from != "true" && from != "false") return at.report("must be true or false");
    to = from == "true";
  } else if constexpr (std::integral<T>) {
    read_number(from, to, at);
  } else if constexpr (base::json::is_bounded_int<T>) {
    std::int64_t value = T::min;
    read_number(from, value, at);
    if (value < T::min || value > T::max) return base::json::report_bounds(T::min, T::max, at);
    to.value = value;
  } else if constexpr (base::json::is_vector<T>) {
    read_parameter(from, to.emplace_back(), at);
  } else {
    base::json::read_text(from, to, at);
  }
}

}  // namespace detail

template <class P>
void read_path(in_path<P>& to, intake& from) {
  std::size_t index = 0;
  base::for_each_member<P>([&](std::string_view name, auto pointer) {
    base::json::cursor at;
    detail::read_parameter(from.path()[index++], to.value.*pointer, at);
    if (!at.clean()) from.report_parameter(name, at);
  });
}

/// A query parameter that is given twice is refused, except where the member is a list.
template <class Q>
void read_query(Q& to, intake& from) {
  const auto given = from.query();
  if (!given) return;
  std::vector<bool> used(given->size());
  base::for_each_member<Q>([&](std::string_view name, auto pointer) {
    using member = std::remove_reference_t<decltype(to.*pointer)>;
    bool found = false;
    for (std::size_t i = 0; i < given->size(); ++i) {
      if ((*given)[i].first != name) continue;
      used[i] = true;
      if (found && !base::json::is_vector<member>) return from.report_parameter(name, "is given more than once");
      found = true;
      base::json::cursor at;
      detail::read_parameter((*given)[i].second, to.*pointer, at);
      if (!at.clean()) from.report_parameter(name, at);
    }
    if (!found && !base::json::is_optional<member> && !base::json::is_vector<member>) {
      from.report_parameter(name, "is required");
    }
  });
  for (std::size_t i = 0; i < given->size(); ++i) {
    if (!used[i]) from.report_parameter((*given)[i].first, "is not a parameter of this request");
  }
}

template <class B>
void read_body(B& to, intake& from) {
  if constexpr (base::json::is_optional<B>) {
    if (!from.request().body.empty()) read_body(to.emplace(), from);
  } else {
    base::json::cursor at;
    if (auto parsed = from.body(at)) {
      if (from.request().method == server::verb::patch) settle_nulls<B>(*parsed, at);
      base::json::read_value(*parsed, to, at);
    }
    if (!at.clean()) from.report_body(at);
  }
}

}  // namespace pulse::http
