// Deletes and edits published posts at their platforms, and sends first comments once more, when people have asked for it: intent, call, outcome, as
// domain/publishing/publication_change decides. What is due is taken from the rows of all companies; which process does it the rows
// decide, so any number may run. A pause of a channel, project or company holds none of it: it publishes nothing.
#pragma once

#include <chrono>
#include <memory>

#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class publication_changer {
 public:
  struct parts {
    persistence::database& database;  // as persistence::role::engine
    const persistence::secret_box& secrets;
    const base::clock& clock;
    connectors::egress& client;  // whose timers it uses
    const connectors::connector_registry& platforms;
  };
  struct options {
    std::chrono::milliseconds poll_every{1'000};
    std::chrono::milliseconds again{500};  // after the database did not answer
    int at_once = 64;                      // attempts of one look
  };

  publication_changer(parts with, options how);
  ~publication_changer() { stop(); }
  publication_changer(const publication_changer&) = delete;
  publication_changer& operator=(const publication_changer&) = delete;

  /// Looks now, and from then on after each pause.
  void start();
  /// Nothing begins after it; what is under way is not waited for, for the rows say how to go on: stop the client first.
  void stop();

  struct state;

 private:
  std::shared_ptr<state> state_;
};

}  // namespace pulse::actors
