// What a parent does about children that crash: one rule for every kind of child (design, "Actors").
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <caf/actor_addr.hpp>

#include "base/time.hpp"

namespace pulse::actors {

/// What follows a crash: the child is started again after `pause`. When it is parked, people are told.
struct crash_ruling {
  std::size_t crashes = 1;  // within the window, this one included
  bool is_parked = false;
  std::chrono::milliseconds pause{0};
};

/// The crashes of one child. Not thread-safe.
class crash_count {
 public:
  /// A child that crashes so often in this window is parked for as long.
  static constexpr std::size_t most_crashes = 3;
  static constexpr std::chrono::seconds window{60};
  /// Before a crashed child is started again; grows with every crash in the window.
  static constexpr std::chrono::milliseconds pause{200};

  crash_ruling add(base::timestamp now);

 private:
  std::deque<base::timestamp> times_;  // at most `most_crashes` and what the window holds
};

/// An actor's children of one kind: which run, which rest after a crash. The parent monitors them, starts them and
/// tells people; this keeps the handles and rules. Not thread-safe: it belongs to the parent.
template <class Key, class Handle>
class supervised_children {
 public:
  /// The child, or a null handle when it does not run.
  Handle find(const Key& key) const {
    const auto found = running_.find(key);
    return found == running_.end() ? Handle{} : found->second;
  }
  bool contains(const Key& key) const { return running_.contains(key); }

  void add(const Key& key, Handle child) {
    key_of_[child.address()] = key;
    running_[key] = std::move(child);
  }

  /// A child is down. Whose it was; nothing when it is not one of these any more.
  std::optional<Key> take(const caf::actor_addr& gone) {
    const auto found = key_of_.find(gone);
    if (found == key_of_.end()) return std::nullopt;
    auto key = found->second;
    key_of_.erase(found);
    running_.erase(key);
    return key;
  }

  /// It was a crash: the child rests until `rested`.
  crash_ruling crashed(const Key& key, base::timestamp now) {
    resting_.insert(key);
    return crashes_[key].add(now);
  }
  bool is_resting(const Key& key) const { return resting_.contains(key); }
  void rested(const Key& key) { resting_.erase(key); }

  /// Those that run.
  const std::unordered_map<Key, Handle>& running() const { return running_; }
  bool empty() const { return running_.empty(); }
  std::size_t size() const { return running_.size(); }

  void clear() {
    running_.clear();
    key_of_.clear();
    resting_.clear();
  }

 private:
  std::unordered_map<Key, Handle> running_;
  std::unordered_map<caf::actor_addr, Key> key_of_;
  std::unordered_map<Key, crash_count> crashes_;  // of those that ever crashed
  std::unordered_set<Key> resting_;
};

}  // namespace pulse::actors
