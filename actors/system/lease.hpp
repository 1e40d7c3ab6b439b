// This node's lease, as the monotonic clock sees it: whether the process may still act for its tenants. And how far the
// calendars of the nodes may be apart for that to hold.
#pragma once

#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>

#include "base/time.hpp"
#include "domain/engine/lease.hpp"

namespace pulse::actors {

/// How far this node's clock is from the database server's, as one question and its answer show it.
struct clock_gap {
  std::chrono::microseconds ahead{0};  // of the server's; negative: behind it
  std::chrono::microseconds error{0};  // by which that may be wrong: half of the round trip

  /// From here on operators are warned: leases and deadlines allow for a second between two nodes.
  static constexpr std::chrono::milliseconds worth_telling{500};
  /// From here on a node does not start: other nodes could not rely on the times that it writes.
  static constexpr std::chrono::seconds unbearable{5};

  /// What the clocks are apart at least.
  std::chrono::microseconds at_least() const { return std::max(std::chrono::abs(ahead) - error, decltype(error){0}); }

  /// The server's clock said `server` between two readings of ours.
  static clock_gap between(base::timestamp before, base::timestamp server, base::timestamp after) {
    const auto half = std::max((after - before) / 2, std::chrono::microseconds{0});
    return {before + half - server, half};
  }
};

/// Thread-safe, but for `renewed` and `end`, which one thread calls.
class lease {
 public:
  using clock = std::chrono::steady_clock;

  static constexpr domain::lease_terms terms{};
  static constexpr std::chrono::seconds length = terms.length;
  /// How often it is renewed.
  static constexpr std::chrono::seconds renewal{5};
  /// How far ahead the ends of other nodes' leases are read: until the next renewal has read them again.
  static constexpr std::chrono::seconds ends_ahead{7};
  static_assert(ends_ahead > renewal && ends_ahead < length - renewal);

  /// `now` is the monotonic clock; tests bring their own.
  explicit lease(std::function<clock::time_point()> now = &since_boot) : now_(std::move(now)) {}

  /// Monotonic, and unlike `clock::now` it goes on while the machine is suspended: the other nodes do not wait for it.
  static clock::time_point since_boot() {
    timespec at{};
    ::clock_gettime(CLOCK_BOOTTIME, &at);
    return clock::time_point{std::chrono::seconds{at.tv_sec} + std::chrono::nanoseconds{at.tv_nsec}};
  }

  clock::time_point now() const { return now_(); }

  /// A renewal that was asked for at `asked_at` has been granted. One that was asked for later may have been answered
  /// before.
  void renewed(clock::time_point asked_at) {
    until_ = std::max(until_.load(), domain::believed_until(asked_at, terms).time_since_epoch().count());
  }
  /// The lease is known to be over. The next one has a new number: what was begun under this one stays under it.
  void end() {
    ++term_;
    until_ = 0;
  }
  bool is_valid() const { return now_().time_since_epoch().count() < until_.load(); }

  /// The number of the current lease; it increases each time a lease has ended.
  std::uint32_t term() const { return term_; }
  /// Whether the lease of that number is still valid.
  bool is_valid_in(std::uint32_t term) const { return term_ == term && is_valid(); }

 private:
  std::function<clock::time_point()> now_;
  std::atomic<clock::rep> until_{0};
  std::atomic<std::uint32_t> term_{0};
};

}  // namespace pulse::actors
