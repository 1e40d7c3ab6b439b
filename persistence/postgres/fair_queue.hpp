// What waits for a database connection, in an order that lets no tenant wait for another's crowd.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>

#include "base/uuid.hpp"
#include "persistence/postgres/work.hpp"

namespace pulse::persistence {

/// A lane a tenant, first in, first out; the lanes take turns. A tenant that holds `at_once` connections already is
/// passed over, so that one is left for whoever comes next. What has no tenant (signing in) has a lane of its own. Used
/// under the pool's mutex.
class fair_queue {
 public:
  using entry = std::unique_ptr<detail::work>;
  using time = std::chrono::steady_clock::time_point;

  /// `at_once`: connections that one tenant may hold; 0: all.
  explicit fair_queue(unsigned at_once) : at_once_(at_once) {}

  /// Whether nothing waits that may be taken now.
  bool empty() const { return turns_.empty(); }
  /// All that waits, also for a tenant that must wait for itself.
  std::size_t size() const { return size_; }

  /// Whether one more of this tenant may wait where `limit` may: with shares, no more than then stays free for the
  /// others.
  bool has_room_for(const std::optional<base::uuid>& tenant_id, std::size_t limit) const;

  void push(entry one);
  /// Back to the head of its lane: it is tried again.
  void push_front(entry one);

  /// The next one; its tenant holds a connection until `done`. Not when `empty`.
  entry take();
  void done(const std::optional<base::uuid>& tenant_id);

  /// When the one was submitted that has waited longest; nothing when none waits. Looks at every lane.
  std::optional<time> oldest() const;
  /// Removes the jobs that have waited since then.
  entry take_oldest();

 private:
  using key = std::optional<base::uuid>;
  struct lane {
    std::deque<entry> waiting;
    unsigned running = 0;
    bool in_turn = false;
  };
  struct hash_of_key {
    std::size_t operator()(const key& of) const { return of ? std::hash<base::uuid>{}(*of) : 0; }
  };
  using lanes = std::unordered_map<key, lane, hash_of_key>;

  void put_in_turn(const key& of, lane& in, bool first);
  void drop_if_unused(lanes::iterator at);
  lanes::const_iterator find_oldest() const;

  const unsigned at_once_;
  lanes lanes_;  // of those with something waiting or running
  std::deque<key> turns_;
  std::size_t size_ = 0;
};

}  // namespace pulse::persistence
