// The database as a hub needs it. `done` is called once, on any thread; a null pointer or no value: the database did
// not answer.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "persistence/events/readers.hpp"
#include "persistence/events/stream.hpp"
#include "persistence/people/watching.hpp"

namespace pulse::actors {

/// A signed-in member, with what they were let see when they began.
using watching_session = persistence::watching_now;

struct read_answer {
  std::shared_ptr<persistence::events::stretch> read;  // null: the database did not answer
  /// By the actors' clock: what was committed before is in it, as far as it can be read yet.
  std::chrono::steady_clock::time_point begun_at{};
};

class activity_source {
 public:
  virtual ~activity_source() = default;
  /// The end of the stream.
  virtual void find_end(std::function<void(std::optional<persistence::events::cursor>)> done) = 0;
  /// At most `limit` events, and fewer where many companies are read for at once.
  virtual void read_after(const persistence::events::reader& from, int limit,
                          std::function<void(read_answer)> done) = 0;
  /// The sessions that may not watch any longer, or whose access has changed.
  virtual void find_ended(std::vector<watching_session> sessions,
                          std::function<void(std::shared_ptr<std::vector<persistence::watch_over>>)> done) = 0;
};

}  // namespace pulse::actors
