// A tenant's agenda: which deliveries start when, and which are in a channel's hands. Plain data; the supervisor drives it.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/delivery.hpp"

namespace pulse::actors {

/// Not thread-safe. Bounded by what is loaded into it.
class agenda {
 public:
  /// Replaces everything that no channel holds by `rows` (each with the time it is to start). An unknown
  /// outcome that a channel has handed back is kept as it was: it knows how often it was looked at, which its row does not.
  void replace(std::vector<std::pair<base::timestamp, domain::delivery>> rows);

  /// A channel hands `what` back until `at`.
  void put_back(domain::delivery what, base::timestamp at);

  /// A channel is done with it.
  void release(const base::uuid& delivery_id) { held_.erase(delivery_id); }

  /// A channel is gone: what it held is nobody's.
  void release_channel(const base::uuid& channel_id);

  /// Takes what is due at `now`, in the order of its time; it is then held by its channel.
  std::vector<domain::delivery> take_due(base::timestamp now);

  /// When the next one is due.
  std::optional<base::timestamp> next() const;

  bool empty() const { return by_time_.empty() && held_.empty(); }
  std::size_t waiting() const { return by_time_.size(); }
  std::size_t held() const { return held_.size(); }

 private:
  std::multimap<base::timestamp, domain::delivery> by_time_;
  std::unordered_map<base::uuid, base::uuid> held_;  // delivery → channel
};

}  // namespace pulse::actors
