// The database as the reader of all hubs needs it. `done` is called once, on any thread; a null pointer or no value:
// the database did not answer.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "actors/activity/source.hpp"
#include "persistence/events/readers.hpp"
#include "persistence/events/stream.hpp"
#include "persistence/people/watching.hpp"

namespace pulse::actors {

/// Of many companies: what each of them went on with, in the order of those who asked.
using read_stretches = std::vector<persistence::events::stretch>;

class activity_rows {
 public:
  virtual ~activity_rows() = default;
  /// The end of all streams.
  virtual void find_end(std::function<void(std::optional<persistence::events::cursor>)> done) = 0;
  /// At most `limit` events for each.
  virtual void read(std::vector<persistence::events::reader> readers, int limit,
                    std::function<void(std::shared_ptr<read_stretches>)> done) = 0;
  /// The sessions that may not watch any longer, or whose access has changed.
  virtual void find_ended(std::vector<watching_session> sessions,
                          std::function<void(std::shared_ptr<std::vector<persistence::watch_over>>)> done) = 0;
};

}  // namespace pulse::actors
