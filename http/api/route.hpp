// One route: its entry in the table, and how a handler's signature leads to reading, answering and documentation.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "domain/people/permission.hpp"
#include "http/api/parameters.hpp"
#include "http/api/reply.hpp"
#include "http/api/request_context.hpp"
#include "http/api/schema.hpp"
#include "http/server/message.hpp"

namespace pulse::http {

struct route_metrics;

/// What the audit records of a route's calls, in addition to refusals.
enum class audit_rule : std::uint8_t {
  usual,   // each transaction that writes, unless the route only reads
  quiet,   // only recorded changes: not housekeeping, such as renewing a session
  always,  // each transaction, also of routes that only read
};

/// Options of a route in addition to verb, path, permission and handler.
struct route_options {
  int success = 200;                                 // 200, 201, 202 or 204
  int also = 0;                                      // another success, such as 200 beside 201; 0: none
  bool idempotent = false;                           // accepts an Idempotency-Key (http/api/idempotency.hpp)
  bool conditional = false;                          // accepts an If-Match (http/api/precondition.hpp)
  bool any_query = false;                            // ignores unknown query parameters instead of refusing them
  std::string_view media_type = "application/json";  // of a `document`
  std::vector<int> problems = {};                    // statuses of the handler itself, such as 409
  std::string_view description = {};                 // more sentences for the documentation
  bool hidden = false;                               // not in the OpenAPI document
  bool costly = false;             // reads much: has its own share of threads (services::costly, call_limits)
  std::size_t body_bytes_max = 0;  // 0: the default of http/front_door.hpp
  audit_rule audit = audit_rule::usual;
  bool streams = false;   // the handler reads the body by itself, see http/server/body_reader.hpp
  bool no_store = false;  // no cache may store an answer of it: tokens
};

/// A parameter of a path or a query, for the documentation.
struct parameter_description {
  std::string name;
  bool required;
  boost::json::value schema;
};

/// The schemas of one route.
struct route_description {
  std::vector<parameter_description> path;
  std::vector<parameter_description> query;
  bool changes = false;     // a PATCH
  boost::json::value body;  // null: none
  bool body_required = false;
  boost::json::value answer;  // null: none, or a document
};

/// Immutable once the table is complete; lives as long as the table.
struct route {
  server::verb method;
  std::string path;  // "/posts/{id}"
  domain::permission needs;
  std::string summary;
  route_options options;
  std::vector<std::string> path_parameters;  // in the path's names
  std::vector<std::string> path_members;     // in the handler's names; a test of the table compares both
  std::function<boost::asio::awaitable<server::response>(request_context&)> run;
  void (*describe_answer)(schemas&, route_description&);  // call before any describe_input
  void (*describe_input)(schemas&, route_description&);
  route_metrics* metrics = nullptr;
};

namespace detail {

template <class>
inline constexpr bool is_awaitable = false;
template <class T>
inline constexpr bool is_awaitable<boost::asio::awaitable<T>> = true;

template <class T>
struct reply_of;
template <class T>
struct reply_of<reply<T>> {
  using type = T;
};
template <class T>
struct reply_of<boost::asio::awaitable<reply<T>>> {
  using type = T;
};

template <class>
inline constexpr bool is_in_path = false;
template <class T>
inline constexpr bool is_in_path<in_path<T>> = true;
template <class>
inline constexpr bool is_in_query = false;
template <class T>
inline constexpr bool is_in_query<in_query<T>> = true;
template <class>
inline constexpr bool is_in_body = false;
template <class T>
inline constexpr bool is_in_body<in_body<T>> = true;

/// A handler's parts: `R f(call&, in_path<P>, in_query<Q>, in_body<B>)`, where each argument may be missing; R is a
/// reply<T> or an awaitable of one.
template <class Handler>
struct handler_traits : handler_traits<decltype(&Handler::operator())> {};

template <class R, class... A>
struct handler_traits<R (*)(request_context&, A...)> {
  static_assert(((is_in_path<A> || is_in_query<A> || is_in_body<A>)&&...),
                "a handler takes call&, then in_path<>, in_query<>, in_body<> by value");
  using result = R;
  using value = typename reply_of<R>::type;
  using arguments = std::tuple<A...>;
  static constexpr bool has_query = (is_in_query<A> || ...);
  static constexpr bool has_body = (is_in_body<A> || ...);
};

template <class C, class R, class... A>
struct handler_traits<R (C::*)(request_context&, A...) const> : handler_traits<R (*)(request_context&, A...)> {};

template <class A>
void read_argument(A& argument, intake& from) {
  if constexpr (is_in_path<A>) {
    read_path(argument, from);
  } else if constexpr (is_in_query<A>) {
    read_query(argument.value, from);
  } else {
    read_body(argument.value, from);
  }
}

/// Reads all arguments; the problem if one is wrong.
template <class Traits>
std::optional<problem> read_arguments(const request_context& context, bool any_query, typename Traits::arguments& to) {
  intake from{context};
  std::apply([&](auto&... argument) { (read_argument(argument, from), ...); }, to);
  if constexpr (!Traits::has_query) {
    nothing none;
    if (!any_query && !context.request.query.empty()) read_query(none, from);
  }
  if constexpr (!Traits::has_body) {
    nothing none;
    if (!context.request.body.empty()) read_body(none, from);
  }
  return from.take();
}

/// Writes the body and type of a success.
void write_document(document& from, std::string_view media_type, server::response& to);
server::response begin_response(int status, std::vector<server::header>& headers);
server::response render_problem(request_context& context, const problem& what);

/// `from` holds a value, not a problem.
template <class T>
server::response render_value(const route_options& options, reply<T>& from) {
  auto made = begin_response(from.status().value_or(options.success), from.headers());
  if constexpr (std::same_as<T, document>) {
    write_document(*from.value(), options.media_type, made);
  } else if constexpr (!std::same_as<T, nothing>) {
    made.content_type = "application/json";
    made.body.reserve(512);
    base::json::write(made.body, *from.value());
  }
  return made;
}

template <class T>
server::response render_reply(request_context& context, const route_options& options, reply<T> from) {
  if (const auto* why = from.why()) return render_problem(context, *why);
  if (auto* rendered = from.rendered()) return std::move(*rendered);
  return render_value(options, from);
}

template <class Handler, class Arguments>
auto invoke(const Handler& handler, request_context& context, Arguments& arguments) {
  return std::apply([&](auto&... argument) { return handler(context, std::move(argument)...); }, arguments);
}

template <class Handler>
struct runner {
  using traits = handler_traits<Handler>;

  Handler handler;
  const route_options* options;

  // The route owns this object and outlives every call, so the coroutine may use its members.
  boost::asio::awaitable<server::response> operator()(request_context& context) const {
    typename traits::arguments arguments{};
    if (auto refused = read_arguments<traits>(context, options->any_query, arguments))
      co_return render_problem(context, *refused);
    if constexpr (is_awaitable<typename traits::result>) {
      auto answer = co_await invoke(handler, context, arguments);
      co_return render_reply(context, *options, std::move(answer));
    } else {
      co_return render_reply(context, *options, invoke(handler, context, arguments));
    }
  }
};

template <class S>
void describe_members(schemas& all, std::vector<parameter_description>& to) {
  base::for_each_member<S>([&](std::string_view name, auto pointer) {
    using member = std::remove_reference_t<decltype(std::declval<S&>().*pointer)>;
    if constexpr (base::json::is_optional<member>) {
      to.push_back({std::string{name}, false, all.of<typename member::value_type>(direction::reading)});
    } else {
      to.push_back({std::string{name}, !base::json::is_vector<member>, all.of<member>(direction::reading)});
    }
  });
}

template <class A>
struct describe_argument;
template <class P>
struct describe_argument<in_path<P>> {
  static void to(schemas& all, route_description& made) { describe_members<P>(all, made.path); }
};
template <class Q>
struct describe_argument<in_query<Q>> {
  static void to(schemas& all, route_description& made) { describe_members<Q>(all, made.query); }
};
template <class B>
struct describe_argument<in_body<B>> {
  static void to(schemas& all, route_description& made) {
    const auto way = made.changes ? direction::changing : direction::reading;
    if constexpr (base::json::is_optional<B>) {
      made.body = all.of<typename B::value_type>(way);
    } else {
      made.body = all.of<B>(way);
      made.body_required = true;
    }
  }
};

template <class Traits>
void describe_input(schemas& all, route_description& made) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, typename Traits::arguments>>(
      [&](auto argument) { describe_argument<typename decltype(argument)::type>::to(all, made); });
}

template <class Traits>
void describe_answer(schemas& all, route_description& made) {
  using value = typename Traits::value;
  if constexpr (!std::same_as<value, document> && !std::same_as<value, nothing>) {
    made.answer = all.of<value>(direction::writing);
  }
}

template <class Arguments>
std::vector<std::string> path_members() {
  std::vector<std::string> names;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Arguments>>([&](auto argument) {
    using type = typename decltype(argument)::type;
    if constexpr (is_in_path<type>) {
      base::for_each_member<decltype(type::value)>([&](std::string_view name, auto) { names.emplace_back(name); });
    }
  });
  return names;
}

}  // namespace detail

}  // namespace pulse::http
