// The result of a handler: a value with a status and headers, or a problem.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "http/api/problem.hpp"

namespace pulse::http {

/// The answer of a route without a body (204).
struct nothing {};
BOOST_DESCRIBE_STRUCT(nothing, (), ())

/// An answer that is not a described struct: a feed, the metrics, a page.
struct document {
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of `body`
  std::string_view media_type;                     // empty: the route's
  bool compressible = true;
  server::body_parts parts{};                  // instead of both: made while sending, see http/server/message.hpp
  std::optional<std::uint64_t> parts_bytes{};  // the size of the parts, if known
};

/// A `T` or a problem; return either to make one. The status is the route's `success` unless it is set here. A response
/// that is rendered already (http/api/idempotency.hpp) is sent unchanged.
template <class T>
class [[nodiscard]] reply {
 public:
  using value_type = T;

  reply(T value) : content_(std::move(value)) {}
  reply(problem why) : content_(std::move(why)) {}
  reply(server::response rendered) : content_(std::move(rendered)) {}
  /// The result of a transaction.
  reply(result<T> from) : content_(from ? variant{std::move(*from)} : variant{from.error()}) {}

  reply status(int value) && {
    status_ = value;
    return std::move(*this);
  }
  /// `name` in lower case: `location`, `etag`, `last-modified`, `link`, `cache-control`.
  reply with(std::string_view name, std::string value) && {
    headers_.push_back({std::string{name}, std::move(value)});
    return std::move(*this);
  }

  const T* value() const { return std::get_if<T>(&content_); }
  T* value() { return std::get_if<T>(&content_); }
  server::response* rendered() { return std::get_if<server::response>(&content_); }
  const problem* why() const { return std::get_if<problem>(&content_); }
  /// Only for a reply that is a problem.
  std::vector<server::header>& headers_of_problem() { return std::get<problem>(content_).headers; }
  std::optional<int> status() const { return status_; }
  std::vector<server::header>& headers() { return headers_; }

 private:
  using variant = std::variant<T, problem, server::response>;

  variant content_;
  std::optional<int> status_;
  std::vector<server::header> headers_;
};

}  // namespace pulse::http
