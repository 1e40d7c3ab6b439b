// Sends the mails that wait in the database, on a thread of its own: a slow mail server holds nobody up.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/time.hpp"
#include "connectors/mail/mail.hpp"
#include "persistence/people/mail_outbox.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class mail_sender {
 public:
  struct options {
    connectors::mail_options how;
    /// Whether the text of a mail goes to the log: in development, where nothing is sent.
    bool is_logged = false;
    /// How often it polls: for mails of processes that died, and for those whose next try is due.
    std::chrono::milliseconds poll_every{5'000};
    /// The transport; tests replace it.
    std::function<std::string(const connectors::mail_options&, const connectors::mail&)> send = &connectors::send_mail;
  };

  /// Tries before a mail is given up: about a day's worth.
  static constexpr int tries_max = 12;

  /// All outlive it; `on` acts as the engine.
  mail_sender(persistence::database& on, const persistence::secret_box& box, const base::clock& clock, options how);
  /// Waits for the mail that is being sent.
  ~mail_sender();
  mail_sender(const mail_sender&) = delete;
  mail_sender& operator=(const mail_sender&) = delete;

  /// Something waits. Any thread; never blocks.
  void wake();

 private:
  void run();
  /// False when there was nothing, or the database did not answer.
  bool send_batch();
  void send_one(const persistence::mail_outbox::taken& one);
  void tidy();

  persistence::database& database_;
  const persistence::secret_box& box_;
  const base::clock& clock_;
  const options how_;
  base::timestamp tidied_at_{};
  std::mutex mutex_;
  std::condition_variable call_;
  bool is_woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

/// The pause before the next try after `tries` failed ones, from 1: a minute, then twice as long each time, up to four
/// hours.
std::chrono::minutes mail_pause(int tries);

}  // namespace pulse::actors
