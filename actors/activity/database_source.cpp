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

void database_source::read_after(const base::uuid& tenant_id, const events::cursor& after, int limit,
                                 std::function<void(std::shared_ptr<events::stretch>)> done) {
  database_.transact(
      std::nullopt,
      [tenant_id, after, limit](persistence::transaction& tx) {
        return events::read_after(tx, tenant_id, after, std::nullopt, limit);
      },
      [done = std::move(done)](persistence::result<events::stretch> read) {
        done(read.has_error() ? nullptr : std::make_shared<events::stretch>(std::move(*read)));
      });
}

void database_source::find_ended(const base::uuid& tenant_id, std::vector<watching_session> sessions,
                                 std::function<void(std::shared_ptr<std::vector<std::size_t>>)> done) {
  std::vector<base::uuid> members;
  std::vector<base::uuid> families;
  for (const auto& each : sessions) {
    members.push_back(each.member_id);
    families.push_back(each.session_id);
  }
  database_.transact(
      std::nullopt,
      [tenant_id, members = std::move(members), families = std::move(families),
       now = clock_.now()](persistence::transaction& tx) {
        return persistence::find_ended_sessions(tx, tenant_id, members, families, now);
      },
      [done = std::move(done)](persistence::result<std::vector<std::size_t>> ended) {
        done(ended.has_error() ? nullptr : std::make_shared<std::vector<std::size_t>>(std::move(*ended)));
      });
}

}  // namespace pulse::actors
