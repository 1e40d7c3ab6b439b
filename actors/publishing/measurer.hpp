// Reads the reactions to published posts, where the platform reports them, at the times of domain/publishing/measuring.
// Takes what is due from the rows of all companies, one read a channel at a time. The rows decide which process reads,
// so any number may run.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class measurer {
 public:
  struct parts {
    persistence::database& database;  // as persistence::role::engine
    const persistence::secret_box& secrets;
    const base::clock& clock;
    connectors::egress& client;  // whose timers it uses
    const connectors::connector_registry& platforms;
  };
  struct options {
    std::chrono::milliseconds pause{5'000};  // between two polls of the rows
    std::chrono::seconds taken_for{60};      // longer than any call takes
    int at_once = 32;
  };

  measurer(parts services, options how);
  ~measurer() { stop(); }
  measurer(const measurer&) = delete;
  measurer& operator=(const measurer&) = delete;

  /// Polls now, and again after each pause.
  void start();
  /// Polls once, and calls `done` with the number of posts when all of them are settled.
  void poll(std::function<void(int)> done);
  /// No poll begins afterwards. What is under way is not waited for: stop the client first.
  void stop();

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace pulse::actors
