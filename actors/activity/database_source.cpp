#include "actors/activity/database_source.hpp"

#include <utility>

#include "persistence/people/watching.hpp"

namespace pulse::actors {

namespace events = persistence::events;

void database_source::find_end(std::function<void(std::optional<events::cursor>)> done) {
  database_.transact(
      std::nullopt, [](persistence::transaction& tx) { return events::find_end(tx); },
      [done = std::move(done)](persistence::result<events::cursor> found) {
        done(found.has_error() ? std::nullopt : std::optional{*found});
      });
}

void database_source::read(std::vector<events::reader> readers, int limit,
                           std::function<void(std::shared_ptr<read_stretches>)> done) {
  database_.transact(
      std::nullopt,
      [readers = std::move(readers), limit](persistence::transaction& tx) {
        return events::read_after(tx, readers, limit);
      },
      [done = std::move(done)](persistence::result<read_stretches> read) {
        done(read.has_error() ? nullptr : std::make_shared<read_stretches>(std::move(*read)));
      });
}

void database_source::find_ended(std::vector<watching_session> sessions,
                                 std::function<void(std::shared_ptr<std::vector<persistence::watch_over>>)> done) {
  database_.transact(
      std::nullopt,
      [sessions = std::move(sessions), now = clock_.now()](persistence::transaction& tx) {
        return persistence::find_watches_over(tx, sessions, now);
      },
      [done = std::move(done)](persistence::result<std::vector<persistence::watch_over>> over) {
        done(over.has_error() ? nullptr : std::make_shared<std::vector<persistence::watch_over>>(std::move(*over)));
      });
}

}  // namespace pulse::actors
