// A tenant's agenda: which deliveries start when, and which are in a channel's hands. Plain data; the supervisor drives
// it.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/delivery.hpp"

namespace pulse::actors {

/// Not thread-safe. Bounded by what is loaded into it.
class agenda {
 public:
  /// Replaces everything that no channel holds by `rows` (each with the time it is to start). A begun delivery that a
  /// channel has handed back is kept: it knows its number of failed reconciliations, which its row does not. Where
  /// `rows` are only what waits (`with_begun` is false), all that was begun is kept.
  void replace(std::vector<std::pair<base::timestamp, domain::delivery>> rows, bool with_begun);

  /// A channel hands `what` back until `at`; or until the time to which it was moved meanwhile, where rows that were
  /// read while the channel had it say so.
  void put_back(domain::delivery what, base::timestamp at);

  /// A channel is done with it. Answers the channel, when it held it.
  std::optional<base::uuid> release(const base::uuid& delivery_id);

  /// A channel is gone: its deliveries belong to nobody.
  void release_channel(const base::uuid& channel_id);

  /// Takes what is due at `now`, in the order of its time; it is then held by its channel.
  std::vector<domain::delivery> take_due(base::timestamp now);

  /// When the next one is due.
  std::optional<base::timestamp> next() const;

  /// How many of a channel there are, in its hands or not.
  std::size_t count(const base::uuid& channel_id) const;

  bool empty() const { return by_time_.empty() && held_.empty(); }
  std::size_t waiting() const { return by_time_.size(); }
  std::size_t held() const { return held_.size(); }

 private:
  using row = std::pair<base::timestamp, domain::delivery>;
  struct holding {
    base::uuid channel_id;
    std::unique_ptr<row> seen = nullptr;  // that it waits, in the rows that were read last
  };

  void add(base::timestamp at, domain::delivery what);
  void forget(const base::uuid& channel_id);

  std::multimap<base::timestamp, domain::delivery> by_time_;
  std::unordered_map<base::uuid, holding> held_;            // by delivery
  std::unordered_map<base::uuid, std::size_t> of_channel_;  // how many of each, in both
};

}  // namespace pulse::actors
