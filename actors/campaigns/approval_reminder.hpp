// Reminds those who are to approve content, and tells others when nobody has, on a thread of its own. After a crash the
// next poll sends what is not recorded as sent.
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

class approval_reminder {
 public:
  struct options {
    /// Policies are in hours: half a minute late is on time.
    std::chrono::milliseconds poll_every{30'000};
    std::string app_url;                 // PUBLIC_APP_URL, without a slash at the end
    std::function<void()> mail_waits{};  // must not block; may be empty
  };

  /// Notices of one poll; the next poll for the rest follows at once.
  static constexpr int batch = 100;

  /// All outlive it; `on` acts as the engine.
  approval_reminder(persistence::database& on, const persistence::secret_box& box, const base::clock& clock,
                    options how);
  /// Waits for the notice that is being written.
  ~approval_reminder();
  approval_reminder(const approval_reminder&) = delete;
  approval_reminder& operator=(const approval_reminder&) = delete;

 private:
  void run();
  bool send_batch();
  bool is_stopping() const;

  persistence::database& database_;
  const persistence::secret_box& box_;
  const base::clock& clock_;
  const options how_;
  mutable std::mutex mutex_;
  std::condition_variable call_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace pulse::actors
