// Wake-ups between nodes: a node that changed the rows of a tenant which another node runs tells that node, by NOTIFY.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/uuid.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::persistence {

/// Tells other nodes. What comes while a NOTIFY is under way goes out together with the next one: never one a row,
/// because a NOTIFY takes a lock that all commits of the server wait for. What a failed one carried is kept for the
/// next. Best effort: nobody relies on it, since every node also looks at the rows from time to time. Thread-safe;
/// never blocks.
class wake_up_sender {
 public:
  /// Wake-ups that wait at most, while the database is away; further ones are left to the other nodes' own looks.
  static constexpr std::size_t most_waiting = 10'000;

  /// `on` outlives the sender and is stopped before it.
  explicit wake_up_sender(database& on);
  ~wake_up_sender();
  wake_up_sender(const wake_up_sender&) = delete;
  wake_up_sender& operator=(const wake_up_sender&) = delete;

  void notify(const base::uuid& node_id, const base::uuid& tenant_id);
  /// Tells what is left of failed ones, for which there is no timer here: whoever sees that the database answers calls
  /// it.
  void retry();

 private:
  class state;
  std::shared_ptr<state> state_;  // shared with the NOTIFY under way
};

/// Hears what others tell this node, on a thread and a connection of its own. A connection that broke, or on which the
/// server is silent, is given up and made again.
class wake_up_listener {
 public:
  struct options {
    std::chrono::milliseconds connect_timeout{2'000};
    std::chrono::milliseconds answer_timeout{
        3'000};                                   // to LISTEN, and to the question whether the server is still there
    std::chrono::milliseconds ask_every{10'000};  // when nothing is heard
    std::chrono::milliseconds retry_pause{500};   // before a connection is made again
    std::function<void()> deaf{};  // the connection is lost, so notifications may be missed. May be empty
  };

  /// Both are called on the listener's thread: `heard` with every tenant that is named, and `listens` each time that it
  /// has begun to listen: what was told before went by unheard.
  wake_up_listener(std::string database_url, const base::uuid& node_id, std::function<void(const base::uuid&)> heard,
                   std::function<void()> listens, options how);
  /// The same, of any channel whose payloads are ids between commas.
  wake_up_listener(std::string database_url, std::string_view channel, std::function<void(const base::uuid&)> heard,
                   std::function<void()> listens, options how);
  /// Stops at once, whatever the server does; only a host name that is being resolved is waited for.
  ~wake_up_listener();
  wake_up_listener(const wake_up_listener&) = delete;
  wake_up_listener& operator=(const wake_up_listener&) = delete;

 private:
  class listening;
  std::unique_ptr<listening> listening_;
};

}  // namespace pulse::persistence
