// Revokes the tokens of disconnected logins at their platforms; after some failed tries people are told that they were
// not revoked.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

#include "base/time.hpp"
#include "connectors/all.hpp"
#include "domain/platforms/setting.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class token_revoker {
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
    std::chrono::milliseconds pause{3'000};  // between two looks
    int at_once = 16;
  };

  token_revoker(parts services, options how);
  ~token_revoker() { stop(); }
  token_revoker(const token_revoker&) = delete;
  token_revoker& operator=(const token_revoker&) = delete;

  /// Polls now, and again after each pause.
  void start();
  /// Polls once, and calls `done` with the number of tries when all of them are settled.
  void poll(std::function<void(int)> done);
  /// No poll begins afterwards. What is under way is not waited for: stop the client first.
  void stop();

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace pulse::actors
