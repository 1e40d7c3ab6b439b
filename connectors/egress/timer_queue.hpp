// The timers of the egress client's thread.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace pulse::connectors {

/// Not thread-safe. Calls with the same time keep their order.
class timer_queue {
 public:
  using time = std::chrono::steady_clock::time_point;
  using call = std::function<void()>;

  void add(time at, call what);
  /// Takes out what is due at `now`, earliest first.
  std::vector<call> take_due(time now);
  /// When the next one is due; nothing when there is none.
  std::optional<time> next() const;

 private:
  std::multimap<time, call> calls_;
};

}  // namespace pulse::connectors
