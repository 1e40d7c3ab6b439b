// How the tenants are shared among the nodes: whom a node that runs more than its share hands one to. Pure;
// actors/system/node carries it out, one tenant at a time.
#pragma once

#include <optional>
#include <vector>

#include "base/uuid.hpp"

namespace pulse::domain {

/// Another node that lives, and how many supervisors of tenants ran on it when it last renewed its lease.
struct node_share {
  base::uuid node_id;
  int tenants = 0;
};

/// What one node knows of the others' shares. Handing a tenant over costs it a moment in which nothing of it starts, so
/// that small differences stay: it begins when a node runs two more than another and a quarter more of its own, and
/// goes on until the node has no more than its share. Not thread-safe.
class shares {
 public:
  /// Replaces what was known of the others by what they said at a renewal. A node that was handed tenants lately counts
  /// with at least those: its own figure may be older.
  void hear(std::vector<node_share> others);

  /// The node to hand one of `own` tenants to now; nothing when all is well.
  std::optional<base::uuid> receiver(int own);

  /// A tenant was handed to this node, which has not reported it yet.
  void handed_to(const base::uuid& node_id);

  /// A difference of fewer tenants is left.
  static constexpr int least_difference = 2;
  /// Renewals of this node within which every other has renewed too.
  static constexpr int renewals_heard = 2;

 private:
  /// What a node runs at least, until it must have said so itself.
  struct handed {
    node_share share;
    int renewals_left = renewals_heard;
  };

  std::vector<node_share> others_;
  std::vector<handed> handed_;
  bool is_handing_ = false;
};

}  // namespace pulse::domain
