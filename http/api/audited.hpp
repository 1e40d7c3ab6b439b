// Writes calls to the audit: one place for all routes. Transactions that write are recorded where they run
// (bridges/database_bridge), refusals where they are answered (front_door).
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include <boost/asio/awaitable.hpp>

#include "http/api/request_context.hpp"
#include "http/auth/rate_limit.hpp"
#include "persistence/audit/entries.hpp"

namespace pulse::http {

/// The entry of one transaction, and when it is written.
struct audited {
  persistence::audit::entry entry;
  persistence::audit::when condition = persistence::audit::when::written;
};

/// Nothing where the call is not recorded, or the transaction belongs to no company.
std::optional<audited> audited_of(const request_context& context, const std::optional<base::uuid>& tenant_id);

/// Records refusals. Bounded: each company has a limit a minute, and the rest are only counted. Thread-safe.
class refusal_audit {
 public:
  static inline const rate_policy per_company{"audited_refusals", 120, std::chrono::seconds{60}};

  /// Records the refusal if it belongs in the audit. Returns when it is stored, or storing has failed.
  boost::asio::awaitable<void> record(const request_context& context, int status);
  /// The same without waiting.
  void begin_record(const request_context& context, int status);

  /// How many were not stored, because there were too many or the database failed.
  std::uint64_t left_out() const { return left_out_.load(); }

 private:
  bool take(const base::uuid& tenant_id);

  rate_limiter written_{per_company};
  std::atomic<std::uint64_t> left_out_{0};
};

}  // namespace pulse::http
