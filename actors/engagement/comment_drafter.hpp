// Drafts texts for planned comments by an AI provider, on a thread of its own: a slow provider holds nobody up. A draft
// costs money and harms nobody, so it needs no fence: it is stored only where there is no text yet, so the second
// writer changes nothing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "actors/engagement/commenting.hpp"
#include "base/time.hpp"
#include "persistence/engagement/drafts.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

class comment_drafter {
 public:
  struct options {
    /// How often it polls for planned comments without a text.
    std::chrono::milliseconds poll_every{5'000};
  };

  /// Drafts at one time.
  static constexpr int batch = 4;
  /// How long a process has for a claimed draft before another process may claim it.
  static constexpr std::chrono::minutes batch_time{10};
  /// The pause after a failed try when the provider gives no Retry-After.
  static constexpr std::chrono::minutes usual_pause{5};

  /// All outlive it; `on` acts as the engine.
  comment_drafter(persistence::database& on, commenting& writer, const base::clock& clock, options how);
  /// Waits for the drafts that are under way: end the provider's client first.
  ~comment_drafter();
  comment_drafter(const comment_drafter&) = delete;
  comment_drafter& operator=(const comment_drafter&) = delete;

  /// Begins no more drafts. Any thread.
  void stop_taking();

 private:
  void run();
  bool draft_batch();
  void write(const persistence::drafts::wanted_draft& one, std::function<void(comment_answer)> done);
  void keep(const persistence::drafts::wanted_draft& one, const comment_answer& got);
  void put_back(const persistence::drafts::wanted_draft& one, const comment_refused& why);

  persistence::database& database_;
  commenting& writer_;
  const base::clock& clock_;
  const options how_;
  std::mutex mutex_;
  std::condition_variable call_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace pulse::actors
