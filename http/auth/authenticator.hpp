// From a request's headers to who is asking.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "http/api/problem.hpp"
#include "http/auth/principal.hpp"
#include "http/auth/tokens.hpp"
#include "http/server/message.hpp"

namespace pulse::http {

/// Tokens that were verified lately, so that a busy client's costs one comparison instead of a signature and a parse. A table
/// of fixed size: a newer token takes the place of an older one. Thread-safe.
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
  /// Both outlive it.
  authenticator(const token_signer& tokens, const base::clock& clock) : tokens_(tokens), clock_(clock) {}

  outcome<principal> identify(const server::request& asked);

 private:
  outcome<access_claims> verify(std::string_view token);

  const token_signer& tokens_;
  const base::clock& clock_;
  verified_tokens verified_;
};

}  // namespace pulse::http
