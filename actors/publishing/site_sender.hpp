// Tells companies' own sites what was published, corrected and withdrawn: sends the messages that wait in the database.
// Thread-safe; every callback comes from the pool or from the egress client.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class site_sender {
 public:
  struct parts {
    persistence::database& database;  // as the engine
    connectors::egress& client;
    const persistence::secret_box& box;
    const base::clock& clock;
    std::string public_url;  // under which the service is reached, without a slash at the end
  };
  struct options {
    std::chrono::milliseconds poll_every{2'000};
    std::chrono::minutes taken_for{2};  // longer than a try may take; afterwards another process may send it again
    int most_at_once = 16;              // one of a channel at most, so that a slow site holds up itself alone
  };

  /// All outlive the client's and the pool's end.
  site_sender(parts services, options how);

  void start();
  /// Something waits. Any thread; never blocks.
  void wake();
  /// Takes nothing new; what is under way ends with the client and the pool.
  void stop();

 private:
  struct state;
  std::shared_ptr<state> state_;
};

/// The pause before the next try after `tries` failed ones, from 1, as Standard Webhooks proposes: 5 s, 5 and 30
/// minutes, 2, 5, 10, 14, 20 and 24 hours; up to a tenth longer, by `seed`, so that not all come at once.
std::chrono::seconds site_pause(int tries, std::uint64_t seed);

}  // namespace pulse::actors
