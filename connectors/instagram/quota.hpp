// Instagram's quota of posts in 24 hours: read from time to time, so that it is not hit.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "connectors/connector.hpp"

namespace pulse::connectors::instagram {

/// What `content_publishing_limit` says.
struct quota {
  int used = 0;
  int total = 0;
  std::chrono::seconds window{std::chrono::hours{24}};
};

/// Reads it; nothing when the body is not one or makes no sense.
std::optional<quota> read_quota(const std::string& body);

/// What is known of the accounts' quotas. Thread-safe; forgets all when it knows too many accounts, which costs one
/// more read for each.
class quota_book {
 public:
  static constexpr int posts_between_looks = 10;
  static constexpr int look_always_from = 10;  // posts left
  static constexpr std::size_t max_accounts = 10'000;

  /// Whether the quota is read before the next post: at first, after every `posts_between_looks`, and while little is
  /// left.
  bool begin_post(const std::string& account);
  void learn(const std::string& account, const quota& said, base::timestamp now);
  /// A post was published.
  void spend(const std::string& account);

  /// Whether Instagram said within the last minute that nothing is left.
  bool is_used_up(const std::string& account, base::timestamp now) const;
  /// What is left, as the budget "posts", when Instagram said it within the last hour and something is left: when
  /// nothing is, the refusal says when to come back, because a rolling window gives back bit by bit.
  std::optional<budget_report> report(const std::string& account, base::timestamp now) const;

 private:
  struct entry {
    int posts = 0;  // begun since the last look
    std::optional<quota> said{};
    base::timestamp at{};
  };

  mutable std::mutex mutex_;
  std::map<std::string, entry> accounts_;
};

}  // namespace pulse::connectors::instagram
