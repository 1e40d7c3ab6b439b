// What connectors can do beyond publishing: read back what an account has published.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "connectors/connector.hpp"

namespace pulse::connectors {

/// One post that the platform lists.
struct recent_post {
  std::string external_id;
  std::string external_url;  // may be empty
  std::string text;          // as the platform gives it back
  base::timestamp published_at;
};

struct listing {
  std::vector<recent_post> posts{};                   // newest first
  bool is_unauthorized = false;                       // the credentials are refused
  std::optional<std::string> problem = std::nullopt;  // why nothing could be read: a sentence without secrets
};

/// Posts that one call answers at most.
inline constexpr int most_listed = 100;

/// A connector of a platform that lists an account's posts (`abilities::can_list`).
class lists {
 public:
  virtual ~lists() = default;

  /// The newest posts of the account, at most `count` (1 to `most_listed`). Read-only. Calls back exactly once, on a
  /// thread of the egress client.
  virtual void list_recent(credentials account, int count, std::function<void(listing)> done) = 0;
};

}  // namespace pulse::connectors
