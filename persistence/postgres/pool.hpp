// The threads behind `database`: a bounded queue, and workers that own one connection each.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "persistence/postgres/database.hpp"
#include "persistence/postgres/fair_queue.hpp"

namespace pulse::persistence {

/// Says who may try to connect while the server is gone, so that one thread tries and the others answer at once.
/// Used under the pool's mutex.
class reconnect_gate {
 public:
  using time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::milliseconds min_pause{20};
  static constexpr std::chrono::milliseconds max_pause{250};

  /// Whether to try now; the caller must then report `succeeded` or `failed`.
  bool admits(time now);
  void succeeded();
  void failed(failure why, time now);
  bool is_down() const { return down_; }
  const failure& last() const { return last_; }
  time next_try() const { return next_try_; }

 private:
  bool down_ = false;
  bool trying_ = false;
  std::chrono::milliseconds pause_{0};
  time next_try_{};
  failure last_;
};

class pool {
 public:
  explicit pool(database::options options);
  ~pool();
  pool(const pool&) = delete;
  pool& operator=(const pool&) = delete;

  void submit(std::unique_ptr<detail::work> work);
  database::counters count() const;
  void stop();

 private:
  using time = std::chrono::steady_clock::time_point;
  using entry = fair_queue::entry;
  struct worker {
    std::unique_ptr<connection> on;
    std::condition_variable call;
    bool called = false;
    std::thread thread;
  };

  enum class attempt_result { done, failed, again };

  void run(worker& me);
  /// The next entry for a worker that has a connection, or that answers for the missing one. Nothing: the pool has
  /// ended.
  entry take(worker& me, std::unique_lock<std::mutex>& lock);
  /// Connects without holding the lock, if the gate admits it; whether there is a connection now.
  bool connect(worker& me, std::unique_lock<std::mutex>& lock);
  void disconnect(worker& me, std::unique_lock<std::mutex>& lock);
  void sleep(worker& me, std::unique_lock<std::mutex>& lock, std::optional<time> until);
  void wake_one();
  /// Fails entries that wait too long while every worker is busy or connecting.
  void watch();
  void start_watching();

  attempt_result perform(worker& me, detail::work& work, const std::optional<failure>& missing);

  const database::options options_;
  mutable std::mutex mutex_;
  fair_queue queue_;
  std::vector<worker*> idle_;  // the last to fall idle is the first to be called: its connection is warm
  reconnect_gate gate_;
  database::counters counters_;
  std::size_t connected_ = 0;
  bool watching_ = false;
  bool stopping_ = false;
  std::condition_variable watch_call_;
  std::vector<std::unique_ptr<worker>> workers_;
  std::thread watcher_;
};

}  // namespace pulse::persistence
