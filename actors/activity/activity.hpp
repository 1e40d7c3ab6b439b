// The live stream of a company's events, as the front door sees it: who watches, and what a watcher gets.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/events/stream.hpp"

namespace pulse::actors {

/// One event, serialised once for all watchers of its company.
struct activity_frame {
  persistence::events::cursor at;
  std::string cursor;                    // the same, as clients keep it
  std::optional<base::uuid> project_id;  // none: of the whole company
  std::optional<base::uuid> channel_id;  // none: of no single one
  std::string json;                      // {"cursor":…,"event":…}
};

/// The frame of an event.
std::shared_ptr<const activity_frame> to_frame(const persistence::events::placed_event& from);

/// Events in order; shared by all watchers.
using activity_batch = std::shared_ptr<const std::vector<std::shared_ptr<const activity_frame>>>;

/// Why somebody may not watch any longer.
enum class watch_end {
  access_lost,    // signed out, revoked, deactivated
  reach_changed,  // their access has changed: connect again
  overloaded,     // too many watch this company from this process
  restored,       // another database has replaced this one: reload everything
  stopping,       // the process stops, or the hub has failed: connect again
};

/// A connection. Its calls come on a hub's thread, one after the other: they neither block nor wait.
class activity_watcher {
 public:
  virtual ~activity_watcher() = default;
  /// Events after all those that it was given before.
  virtual void take(const activity_batch& events) = 0;
  virtual void end(watch_end why) = 0;
};

struct watch_request {
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid session_id;
  /// What they are let see (persistence/people/watching): the watcher leaves the rest out; when it changes, it is let
  /// go.
  std::string reach;
  /// The position up to which the watcher knows all events; none: the end of the stream.
  std::optional<persistence::events::cursor> after;
  std::shared_ptr<activity_watcher> watcher;
};

/// The result of a request to watch.
struct watch_answer {
  /// Watching: `take` follows with everything after `after`. Otherwise the hub does not hold events that old, or did
  /// not answer.
  bool is_watching = false;
  /// The first position that the hub holds: read what is before it from the database, and ask again. None: there is no
  /// hub.
  std::optional<persistence::events::cursor> begins_at;
  persistence::events::cursor head;  // the latest that the hub knows
};

class activity {
 public:
  virtual ~activity() = default;

  /// `done` is called once, on any thread, before the first `take`. Thread-safe; never blocks.
  virtual void watch(watch_request wanted, std::function<void(const watch_answer&)> done) = 0;
  /// Nothing more is given to it, except what is under way. Thread-safe.
  virtual void unwatch(const base::uuid& tenant_id, const std::shared_ptr<activity_watcher>& watcher) = 0;
  /// Events of the tenant were committed. Thread-safe, cheap when nobody watches.
  virtual void wake(const base::uuid& tenant_id) = 0;
};

}  // namespace pulse::actors
