// Sends the messages to chats that wait in the database. Thread-safe; every callback comes from the pool or from the
// egress client.
#pragma once

#include <chrono>
#include <memory>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class chat_sender {
 public:
  struct parts {
    persistence::database& database;  // as the engine
    connectors::egress& client;
    const persistence::secret_box& box;
    const base::clock& clock;
  };
  struct options {
    std::chrono::milliseconds poll_every{5'000};
    std::chrono::minutes taken_for{2};  // longer than a batch may take; afterwards another process may send it again
  };

  /// All outlive the client's and the pool's end.
  chat_sender(parts services, options how);

  void start();
  /// Something waits. Any thread; never blocks.
  void wake();
  /// Takes nothing new; what is under way ends with the client and the pool.
  void stop();

 private:
  struct state;
  std::shared_ptr<state> state_;
};

/// The pause before the next try after `tries` failed ones, from 1: 10 s, then four times as long each time, up to 10
/// minutes.
std::chrono::seconds chat_pause(int tries);

}  // namespace pulse::actors
