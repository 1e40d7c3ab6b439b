// Keeps the figures of published posts up to date while the program runs.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/time.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::persistence::analytics {

/// Asks for a counting step every few seconds, on a thread of its own, and at once again while there is more. Any
/// number of processes may do so: one counts at a time. A failure is logged once, until a step succeeds again; nothing
/// is lost.
class counter {
 public:
  struct options {
    std::chrono::milliseconds every{2'000};
    int most_at_once = 20'000;  // events of one step
  };

  /// `on` acts as the engine and outlives the counter; so does `clock`.
  counter(database& on, const base::clock& clock, options how);
  /// Waits for the step under way.
  ~counter();
  counter(const counter&) = delete;
  counter& operator=(const counter&) = delete;

 private:
  void run();
  bool step();

  database& on_;
  const base::clock& clock_;
  const options how_;
  bool failed_ = false;  // its thread's only
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace pulse::persistence::analytics
