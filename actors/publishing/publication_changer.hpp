// Deletes and edits published posts at their platforms, and sends first comments once more, when people have asked for
// it: intent, call, outcome, as domain/publishing/publication_change decides. Takes what is due from the rows of all
// companies. The rows decide which process does it, so any number may run. Pauses of a channel, project or company do
// not apply, because nothing is published.
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
    int at_once = 64;                      // attempts of one poll
  };

  publication_changer(parts services, options how);
  ~publication_changer() { stop(); }
  publication_changer(const publication_changer&) = delete;
  publication_changer& operator=(const publication_changer&) = delete;

  /// Polls now, and again after each pause.
  void start();
  /// Nothing begins afterwards. What is under way is not waited for, because the rows say how to continue: stop the
  /// client first.
  void stop();

  struct state;

 private:
  std::shared_ptr<state> state_;
};

}  // namespace pulse::actors
