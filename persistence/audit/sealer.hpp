// Gives audit entries their position in the chain while the program runs.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/signature.hpp"
#include "base/time.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::persistence::audit {

/// Seals what waits every second, and sweeps up the engine's events now and then, on a thread of its own; at once again
/// while there is more. Any number of processes may do so: one seals a company at a time. A failure is logged once,
/// until it works again; nothing is lost.
class sealer {
 public:
  struct options {
    std::chrono::milliseconds every{1'000};
    int companies_at_once = 200;
    int entries_at_once = 10'000;          // of all of them
    std::chrono::seconds sweep_every{30};  // over the engine's events
    /// Of all companies: half as many after each failure, so that a slow database gets through, and then twice again.
    /// Each time writes and chains an entry for every company that has some of them, which costs more than its events.
    std::int64_t events_at_once = 50'000;
  };

  /// `on` acts as the engine and outlives the sealer; so does `clock`.
  sealer(database& on, const base::clock& clock, base::signing_key key, options how);
  /// Waits for the step under way.
  ~sealer();
  sealer(const sealer&) = delete;
  sealer& operator=(const sealer&) = delete;

 private:
  void run();
  bool step();
  /// Whether there is more to sweep at once.
  bool sweep();

  database& on_;
  const base::clock& clock_;
  const base::signing_key key_;
  const options how_;
  // Its thread's only:
  bool failed_ = false;
  std::int64_t events_at_once_;
  std::chrono::steady_clock::time_point swept_at_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_stopping_ = false;
  std::thread thread_;
};

/// Sweeps up all of the engine's events that may be, without waiting for the time, for tests. Nothing when that fails.
void sweep_all(database& on, const base::clock& clock);

/// Seals everything that waits, for programs that end and for tests.
void seal_all(database& on, const base::clock& clock, const base::signing_key& key);

}  // namespace pulse::persistence::audit
