// Wake-ups between nodes: a node that changed the rows of a tenant which another node runs tells that node, by NOTIFY.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/database.hpp"

namespace pulse::persistence {

/// Tells other nodes. What comes while a NOTIFY is under way goes out together with the next one: never one a row, because a
/// NOTIFY takes a lock that all commits of the server wait for (measured.md §3). Best effort: nobody relies on it, since every
/// node also looks at the rows from time to time. Thread-safe; never blocks.
class wake_up_sender {
 public:
  /// `on` outlives the sender and is stopped before it.
  explicit wake_up_sender(database& on);
  ~wake_up_sender();
  wake_up_sender(const wake_up_sender&) = delete;
  wake_up_sender& operator=(const wake_up_sender&) = delete;

  void tell(const base::uuid& node_id, const base::uuid& tenant_id);

 private:
  class state;
  std::shared_ptr<state> state_;  // shared with the NOTIFY under way
};

/// Hears what others tell this node, on a thread and a connection of its own, which is made again when it broke (after
/// `retry_pause`). Calls `heard` there with every tenant that is named.
class wake_up_listener {
 public:
  static constexpr std::chrono::milliseconds retry_pause{500};

  wake_up_listener(std::string database_url, const base::uuid& node_id, std::function<void(const base::uuid&)> heard);
  /// Stops at once.
  ~wake_up_listener();
  wake_up_listener(const wake_up_listener&) = delete;
  wake_up_listener& operator=(const wake_up_listener&) = delete;

 private:
  class listening;
  std::unique_ptr<listening> listening_;
};

}  // namespace pulse::persistence
