// X's rate limits: fixed windows, each begun by its first request.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "http/server/message.hpp"

namespace pulse::sandbox::x {

/// The calls that X counts separately.
enum class call { create, read, list, me, remove, upload, metadata, initialize, append, finalize, status };
std::string_view to_string(call which);

struct window_limit {
  std::int64_t limit = 0;
  std::chrono::seconds window{900};
};

/// Counts requests by account and call, and creations of all accounts together.
class rate_limits {
 public:
  rate_limits();

  /// The limit of a call, by its name in the control API ("create", …, or "app_create"); null for any other name.
  window_limit* find(std::string_view name);

  /// Counts one request and says whether it may pass.
  bool admit(const std::string& account, call which, base::timestamp now);

  /// X's headers for this account and call after `admit`.
  std::vector<http::server::header> headers(const std::string& account, call which, base::timestamp now) const;

 private:
  struct counter {
    base::timestamp begins;
    std::int64_t used = 0;
  };
  counter current(const counter& one, const window_limit& limit, base::timestamp now) const;

  std::map<std::string, window_limit, std::less<>> limits_;
  std::map<std::pair<std::string, call>, counter> counters_;
  counter app_;
};

}  // namespace pulse::sandbox::x
