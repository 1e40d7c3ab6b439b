// Asks members by mail and in their chats to confirm acts, where they want it, on a thread of its own. Messages are
// stored in one transaction with the acts that they are about; the senders send them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/time.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class confirmation_asker {
 public:
  struct options {
    std::string app_url;  // of the dashboard, without a slash at its end
    std::chrono::milliseconds poll_every{5'000};
    std::function<void()> mail_waits = [] {};
  };

  /// Members that are asked in one round.
  static constexpr int batch = 20;

  /// All outlive it; `on` acts as the engine.
  confirmation_asker(persistence::database& on, const persistence::secret_box& box, const base::clock& clock,
                     options how);
  ~confirmation_asker();
  confirmation_asker(const confirmation_asker&) = delete;
  confirmation_asker& operator=(const confirmation_asker&) = delete;

  /// One round: how many members were asked, and companies told. For the thread, and tests.
  std::size_t ask_batch();

 private:
  void run();
  std::size_t tell_companies(base::timestamp now);

  persistence::database& database_;
  const persistence::secret_box& box_;
  const base::clock& clock_;
  const options how_;
  std::mutex mutex_;
  std::condition_variable call_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace pulse::actors
