// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): a repeated creating call creates nothing twice.
//
// The answer is stored in the same transaction that creates: after a crash either both exist or neither, so a key is
// never blocked and never wrong. Only successful calls are stored; a refused one changed nothing and is judged again.
// Keys belong to a member and live for 24 hours.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "http/api/reply.hpp"
#include "http/api/request_context.hpp"
#include "http/api/route.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/idempotency_keys.hpp"

namespace pulse::http {

inline constexpr std::size_t idempotency_key_bytes_max = 255;
inline constexpr std::chrono::hours idempotency_key_lifetime{24};

/// Reads the header's value: a structured-field string, `"8e03978e"`, or the bare token that most clients send. Nothing
/// when it is neither, is empty, or is longer than `idempotency_key_bytes_max`.
std::optional<std::string> parse_idempotency_key(std::string_view value);

namespace detail {

/// The first step of a transaction under a key.
struct idempotent_start {
  std::optional<server::response> replay;  // the call was answered before: send this
  std::optional<problem> refusal;          // the key is of another request, or the first call is still running
};

/// The data that `create_once` needs of the call, by value, because it runs on a thread of the pool.
struct idempotent_call {
  std::string key;
  std::string request_hash;
  base::uuid member_id;
  base::timestamp now;

  idempotent_start begin(persistence::transaction& within) const;
  void finish(persistence::transaction& within, const server::response& given) const;
};

std::optional<idempotent_call> to_idempotent(const request_context& context);

}  // namespace detail

namespace detail {

template <class Job>
auto run_once(request_context& context, Job job) -> boost::asio::awaitable<job_value<Job>> {
  using answer = job_value<Job>;
  auto guarded = [job = std::move(job), once = to_idempotent(context), options = &context.route.options](
                     persistence::transaction& within) mutable -> result<server::response> {
    if (once) {
      auto start = once->begin(within);
      if (start.refusal) return std::move(*start.refusal);
      if (start.replay) return std::move(*start.replay);
    }
    answer given = job(within);
    if (const auto* why = given.why()) return *why;
    auto rendered = render_value(*options, given);
    if (once) once->finish(within, rendered);
    return rendered;
  };
  auto done = co_await in_transaction(context, guarded);
  if (!done) co_return answer{done.error()};
  co_return answer{std::move(*done)};
}

}  // namespace detail

/// Runs `job(transaction&) -> reply<T>` like in_transaction, but once for each Idempotency-Key: a second call with the
/// key gets the first response, with `Idempotent-Replayed: true`. Without a key it is a plain transaction. A problem
/// rolls back. Its routes set `.idempotent = true`.
template <class Job>
auto create_once(request_context& context, Job&& job) -> boost::asio::awaitable<job_value<Job>> {
  return detail::run_once(context, std::decay_t<Job>(std::forward<Job>(job)));
}

}  // namespace pulse::http
