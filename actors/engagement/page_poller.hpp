// Polls tracked pages at the times of domain/engagement/polling, through the sources that it is given. The rows decide
// which process polls a page, so any number may run. A crash during a poll loses nothing, because the page stays due.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "persistence/engagement/polls.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

/// Reads what a page has now. Calls back exactly once, on any thread, where nothing may block.
using page_source = std::function<void(const persistence::polls::due_page& page,
                                       std::function<void(persistence::polls::page_answer)> done)>;

class page_poller {
 public:
  struct parts {
    persistence::database& database;  // as persistence::role::engine
    const base::clock& clock;
    connectors::egress& client;  // whose timers it uses
    page_source source;
    std::function<double()> random;     // in [0, 1); thread-safe
    std::function<void()> found_posts;  // something was planned. Must not block; may be empty
  };
  struct options {
    std::chrono::milliseconds poll_every{5'000};
    std::chrono::seconds taken_for{120};  // longer than any poll takes
    int at_once = 32;                     // pages that are polled together
    base::uuid node{};  // of this process: pages that are read with a login are polled where their company runs
  };

  page_poller(parts services, options how);
  ~page_poller() { stop(); }
  page_poller(const page_poller&) = delete;
  page_poller& operator=(const page_poller&) = delete;

  /// Polls now, and from then on every `poll_every`.
  void start();
  /// A page is due. Any thread; never blocks.
  void wake();
  /// No poll begins afterwards. Stop the client after it.
  void stop();

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace pulse::actors
