// Carries out members' likes and comments when their time comes: intent, call, outcome, as domain/engagement/engagement
// decides. What is due is taken from the rows of all companies; which process does an act the rows decide, so any
// number may run.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/engage.hpp"
#include "domain/engagement/browser_act.hpp"
#include "domain/engagement/engagement.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class engager {
 public:
  struct parts {
    persistence::database& database;  // as persistence::role::engine
    const persistence::secret_box& secrets;
    const base::clock& clock;
    connectors::egress& client;               // whose timers it uses
    connectors::engages* platform = nullptr;  // null: nothing begins, and what is too old expires
    connectors::engages* browser = nullptr;   // null: the operator has not switched it on
    std::function<double()> random;           // in [0, 1); thread-safe
  };
  struct options {
    std::chrono::milliseconds look_every{1'000};      // polls the rows even without a notice
    std::chrono::milliseconds ahead{5'000};           // acts due this soon get timers of their own
    std::chrono::milliseconds again{500};             // after the database did not answer
    int at_once = 200;                                // acts of one poll
    int browsers = domain::engagement::acts_at_once;  // acts at work at the same time; others wait before their intent
    domain::engagement_rules rules{};
  };

  engager(parts services, options how);
  ~engager() { stop(); }
  engager(const engager&) = delete;
  engager& operator=(const engager&) = delete;

  /// Looks now, and from then on after each pause.
  void start();
  /// Something was confirmed, or planned. Any thread; never blocks.
  void wake();
  /// Nothing begins after it; what is under way is not waited for, for the rows say how to go on: stop the client
  /// first.
  void stop();

  struct state;

 private:
  std::shared_ptr<state> state_;
};

}  // namespace pulse::actors
