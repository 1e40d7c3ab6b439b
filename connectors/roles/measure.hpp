// What connectors can do beyond publishing: read the reactions to a published post.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "connectors/connector.hpp"

namespace pulse::connectors {

/// The post.
struct measured_post {
  std::string external_id{};
  credentials account{};
  std::chrono::milliseconds timeout{10'000};
};

/// The figures of a post; nothing where the platform reports none.
struct post_figures {
  std::optional<std::int64_t> likes = std::nullopt;  // reactions of any kind
  std::optional<std::int64_t> comments = std::nullopt;
  std::optional<std::int64_t> shares = std::nullopt;  // reposts and quotes
  std::optional<std::int64_t> views = std::nullopt;
};

enum class measure_kind {
  counted,
  gone,          // there is no such post any more
  auth_expired,  // the credentials are refused
  refused,       // the account may not read them, or the platform has none of this post: final
  later,         // not now; `retry_at` where the platform said when
};

struct measure_reply {
  measure_kind kind = measure_kind::later;
  post_figures figures{};
  std::optional<base::timestamp> retry_at = std::nullopt;
  std::string reason{};  // a sentence for people; no secrets
};

/// A connector of a platform that reports such figures.
class measures {
 public:
  virtual ~measures() = default;

  /// Read-only. Calls back exactly once, on a thread of the egress client.
  virtual void measure(measured_post what, std::function<void(measure_reply)> done) = 0;
};

}  // namespace pulse::connectors
