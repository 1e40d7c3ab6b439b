// Confirming whom a call has let in by what is kept of them, where its work has not.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

#include <boost/asio/awaitable.hpp>

#include "http/api/call.hpp"
#include "persistence/people/standing_confirmer.hpp"

namespace pulse::http {

/// Each io thread has a connection of its own for this, which its event loop watches: asking wakes no other thread, and what comes while a
/// question is under way goes with the next one. A question is asked after the call came, never joined: so a change that was committed
/// before is always seen. Without such a connection (it is being made, or the database is away) the pool is asked.
class confirmations {
 public:
  /// None: the pool is always asked.
  explicit confirmations(std::optional<persistence::standing_confirmer::options> how) : how_(std::move(how)) {}

  /// Then the standing of the call is sure, or has changed; or neither, when the database could not be asked.
  boost::asio::awaitable<void> confirm(call& of);

  /// Calls that were confirmed together with others, or could have been: not by the pool.
  std::uint64_t asked_directly() const { return asked_directly_.load(std::memory_order_relaxed); }

 private:
  std::optional<persistence::standing_confirmer::options> how_;
  std::atomic<std::uint64_t> asked_directly_{0};
};

}  // namespace pulse::http
