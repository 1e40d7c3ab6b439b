// What the audit holds of calls: one place for all routes. Transactions of calls that write are told of where they are made
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

/// Nothing where the call is not told of, or the transaction is of no company.
std::optional<audited> audited_of(const request_context& context, const std::optional<base::uuid>& tenant_id);

/// Writes refusals. Bounded: of one company so many a minute are written, and the others counted. Thread-safe.
class refusal_audit {
 public:
  static inline const rate_policy per_company{"audited_refusals", 120, std::chrono::seconds{60}};

  /// Writes it, where it is one that is told of; returns when it is stored, or could not be.
  boost::asio::awaitable<void> record(const request_context& context, int status);
  /// The same without waiting.
  void begin_record(const request_context& context, int status);

  /// How many were not written, because there were too many or the database would not.
  std::uint64_t left_out() const { return left_out_.load(); }

 private:
  bool take(const base::uuid& tenant_id);

  rate_limiter written_{per_company};
  std::atomic<std::uint64_t> left_out_{0};
};

}  // namespace pulse::http
