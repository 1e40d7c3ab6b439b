// Confirms the standing of a caller whom the cache let in, when the call's own work has not confirmed it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

#include <boost/asio/awaitable.hpp>

#include "http/api/request_context.hpp"
#include "persistence/people/standing_confirmer.hpp"

namespace pulse::http {

/// Each io thread has its own connection for this in its event loop, so asking wakes no other thread. Requests that
/// come during a query join the next one. A call never joins a query that began before it, so it sees all changes
/// committed before it. Without such a connection (it is being made, or the database is away) the pool is asked.
class confirmations {
 public:
  /// Without options the pool is always asked.
  explicit confirmations(std::optional<persistence::standing_confirmer::options> how) : how_(std::move(how)) {}

  /// Afterwards the call's standing is known to be valid or changed; or neither, when the database could not be asked.
  boost::asio::awaitable<void> confirm(request_context& context);

  /// Calls that were confirmed on the loops' own connections, not by the pool.
  std::uint64_t asked_directly() const { return asked_directly_.load(std::memory_order_relaxed); }

 private:
  std::optional<persistence::standing_confirmer::options> how_;
  std::atomic<std::uint64_t> asked_directly_{0};
};

}  // namespace pulse::http
