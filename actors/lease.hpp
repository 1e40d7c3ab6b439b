// This node's lease, as the monotonic clock sees it: whether the process may still act for its tenants.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <utility>

namespace pulse::actors {

/// Thread-safe. The lease counts from the moment a renewal was asked for, not from its answer, and ends a margin earlier
/// than in the database: whoever takes over waits longer than this node believes.
class lease {
 public:
  using clock = std::chrono::steady_clock;

  /// What the node's lease in the database lasts, how often it is renewed, and how much earlier it ends here.
  static constexpr std::chrono::seconds length{15};
  static constexpr std::chrono::seconds renewal{5};
  static constexpr std::chrono::seconds margin{1};

  /// `now` is the monotonic clock; tests bring their own.
  explicit lease(std::function<clock::time_point()> now = &clock::now) : now_(std::move(now)) {}

  clock::time_point now() const { return now_(); }

  /// A renewal that was asked for at `asked_at` has been granted.
  void renewed(clock::time_point asked_at) { until_ = (asked_at + length - margin).time_since_epoch().count(); }
  /// The lease is known to be over.
  void end() { until_ = 0; }
  bool is_valid() const { return now_().time_since_epoch().count() < until_.load(); }

 private:
  std::function<clock::time_point()> now_;
  std::atomic<clock::rep> until_{0};
};

}  // namespace pulse::actors
