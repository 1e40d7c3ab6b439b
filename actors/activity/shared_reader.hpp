// The one reader of all hubs of this process, as a hub sees it. Started on demand, and again when it has failed.
#pragma once

#include <memory>

#include "actors/activity/rows.hpp"
#include "actors/activity/source.hpp"

namespace caf {
class actor_system;
}  // namespace caf

namespace pulse::actors {

/// Thread-safe; never blocks.
class shared_reader final : public activity_source {
 public:
  /// Both outlive it.
  shared_reader(caf::actor_system& on, activity_rows& from);
  ~shared_reader() override;

  void find_end(std::function<void(std::optional<persistence::events::cursor>)> done) override;
  void read_after(const persistence::events::reader& from, int limit, std::function<void(read_answer)> done) override;
  void find_ended(std::vector<watching_session> sessions,
                  std::function<void(std::shared_ptr<std::vector<persistence::watch_over>>)> done) override;

  /// Ends it. Later requests get the answer of an unavailable database. Idempotent.
  void stop();

 private:
  class state;
  std::shared_ptr<state> state_;  // shared with the reader, which says when it ends
};

}  // namespace pulse::actors
