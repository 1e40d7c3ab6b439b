// Identifies the caller from a request's headers.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/time.hpp"
#include "http/api/problem.hpp"
#include "http/api/request_context.hpp"
#include "http/auth/principal.hpp"
#include "http/auth/rate_limit.hpp"
#include "http/auth/standings.hpp"
#include "http/auth/tokens.hpp"
#include "http/server/message.hpp"

namespace pulse::http {

/// Tokens that were verified lately, so that a busy client's token costs one comparison instead of a signature and a
/// parse. A table of fixed size: a newer token replaces an older one. Thread-safe.
class verified_tokens {
 public:
  static constexpr std::size_t slots_max = 1024;

  verified_tokens() : slots_(slots_max) {}

  std::optional<access_claims> find(std::string_view token) const;
  void keep(std::string_view token, const access_claims& claims);

 private:
  static constexpr std::size_t locks_max = 16;
  struct slot {
    std::string token;
    access_claims claims;
  };

  std::vector<slot> slots_;
  mutable std::array<std::mutex, locks_max> locks_;
};

/// Reads `Authorization: Bearer` (RFC 6750 §2.1). `X-Tenant-ID` may only confirm what the token says. Thread-safe.
class authenticator {
 public:
  /// How often one network may present an unknown token for scripts.
  static inline const rate_policy unknown_tokens_policy{"unknown_tokens", 60, std::chrono::seconds{60}};

  /// All of them outlive it.
  authenticator(const token_signer& tokens, const base::clock& clock, standings& known)
      : tokens_(tokens), clock_(clock), standings_(known) {}

  /// The caller with the member's present role. A problem when the token is invalid, or the member, the session or the
  /// company is not let in any more. Reads the database unless the answer is cached. A cached answer may be outdated by
  /// another process, so it comes with a guard that confirms it (call::guarded).
  boost::asio::awaitable<result<principal>> identify(request_context& context);
  /// The same, always read from the database.
  boost::asio::awaitable<result<principal>> identify_anew(request_context& context);

  /// The same from the cache alone: nothing when only the database knows.
  result<std::optional<principal>> presume(const server::request& request);

  /// The owner of the token, even if they are no longer let in: for ending a session.
  result<principal> name(const server::request& request);

 private:
  result<access_claims> verify(std::string_view token);
  boost::asio::awaitable<result<principal>> identify_script(request_context& context, std::string_view token);
  boost::asio::awaitable<result<standings::owner>> find_script(request_context& context, std::string_view token);

  const token_signer& tokens_;
  const base::clock& clock_;
  standings& standings_;
  verified_tokens verified_;
  rate_limiter unknown_tokens_{unknown_tokens_policy};  // by network
};

}  // namespace pulse::http
