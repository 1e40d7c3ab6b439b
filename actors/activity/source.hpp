// What the hubs need of the database. `done` is called once, on any thread; a null pointer or no value: the database did not answer.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/events/stream.hpp"

namespace pulse::actors {

/// A signed-in member.
struct watching_session {
  base::uuid member_id;
  base::uuid session_id;
};

class activity_source {
 public:
  virtual ~activity_source() = default;
  /// The end of the stream.
  virtual void find_end(std::function<void(std::optional<persistence::events::cursor>)> done) = 0;
  virtual void read_after(const base::uuid& tenant_id, const persistence::events::cursor& after, int limit,
                          std::function<void(std::shared_ptr<persistence::events::stretch>)> done) = 0;
  /// Which of these may watch no longer: their places in `sessions`.
  virtual void find_ended(const base::uuid& tenant_id, std::vector<watching_session> sessions,
                          std::function<void(std::shared_ptr<std::vector<std::size_t>>)> done) = 0;
};

}  // namespace pulse::actors
