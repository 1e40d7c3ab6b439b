// Keeps the tokens of connected accounts alive: one refresh a login, however many channels and nodes want it.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>

#include "base/time.hpp"
#include "connectors/all.hpp"
#include "domain/platforms/setting.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

/// Polls for logins whose tokens are due, claims each in one statement, refreshes it and stores the new pair in one
/// transaction. A refresh that fails for a temporary reason is retried with growing pauses; one that is refused is
/// shown to people.
class token_refresher {
 public:
  struct parts {
    persistence::database& database;  // as persistence::role::engine
    const persistence::secret_box& secrets;
    const base::clock& clock;
    connectors::egress& client;  // whose timers it uses
    const connectors::authorizer_registry& providers;
    const domain::setting_values& settings;
  };
  struct options {
    std::chrono::milliseconds pause{15'000};    // between two looks
    std::chrono::seconds taken_for{60};         // longer than any call for tokens takes
    int at_once = 16;                           // logins of one look
    std::chrono::seconds first_again{30};       // after a passing failure; doubled each time
    std::chrono::seconds longest_again{3'600};  // of them
    std::chrono::hours warn_before{24 * 7};     // how long before its end a token that cannot be refreshed is shown
  };

  token_refresher(parts services, options how);
  ~token_refresher() { stop(); }
  token_refresher(const token_refresher&) = delete;
  token_refresher& operator=(const token_refresher&) = delete;

  /// Polls now, and again after each pause.
  void start();
  /// Polls once, and calls `done` with the number of logins that were taken when all of them are settled.
  void poll(std::function<void(int)> done);
  /// No poll begins afterwards. What is under way is not waited for: stop the client first.
  void stop();

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace pulse::actors
