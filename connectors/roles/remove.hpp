// What connectors can do beyond publishing: delete a published post.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "connectors/connector.hpp"

namespace pulse::connectors {

/// The post to delete.
struct removal {
  std::string external_id{};
  credentials account{};
  std::chrono::milliseconds timeout{15'000};
};

enum class removal_kind {
  gone,          // removed, or not there any more
  done,          // edited (roles/edit.hpp)
  auth_expired,  // the credentials are refused
  refused,       // the account may not: final
  later,  // not now; `retry_at` where the platform said when. Removing twice is the same as once, so it may be repeated.
};

struct removal_reply {
  removal_kind kind = removal_kind::later;
  std::optional<base::timestamp> retry_at = std::nullopt;
  std::string reason{};  // a sentence for the user; no secrets
};

/// A connector of a platform whose posts can be deleted (`abilities::can_delete`).
class removes {
 public:
  virtual ~removes() = default;

  /// Calls back exactly once, on a thread of the egress client.
  virtual void remove(removal what, std::function<void(removal_reply)> done) = 0;
};

}  // namespace pulse::connectors
