// Removes outdated rows of all companies.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/time.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::persistence {

/// Runs its chores at the start and then now and then, on a thread of its own, a batch a transaction.
class housekeeping {
 public:
  static constexpr int batch_rows = 1'000;

  /// Removes at most `limit` rows that are too old at `now`; returns how many. Runs as role::engine, without a tenant.
  struct chore {
    std::string what;  // for the log: "answers kept for Idempotency-Keys"
    std::function<int(transaction&, base::timestamp now, int limit)> forget;
    int batch = batch_rows;  // fewer where each takes its time, which a transaction should not
  };

  /// The most batches of one chore in one go; the rest waits for the next time.
  static constexpr int batches_max = 200;

  /// `engine`, as role::engine, and `clock` outlive it.
  housekeeping(database& engine, const base::clock& clock, std::vector<chore> chores,
               std::chrono::milliseconds pause = std::chrono::minutes{5});
  ~housekeeping();
  housekeeping(const housekeeping&) = delete;
  housekeeping& operator=(const housekeeping&) = delete;

 private:
  void run();
  void carry_out(const chore& one);
  bool is_stopping() const;

  database& engine_;
  const base::clock& clock_;
  const std::vector<chore> chores_;
  const std::chrono::milliseconds pause_;
  mutable std::mutex mutex_;
  std::condition_variable call_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pulse::persistence
