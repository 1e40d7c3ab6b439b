// Cookies that bind what somebody has begun (a sign-in, a passkey's challenge, connecting an account) to their browser.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/api/addresses.hpp"
#include "http/server/message.hpp"

namespace pulse::http {

/// Which requests carry it: `lax` also those of a link on another site's page, by which a browser returns.
enum class same_site : std::uint8_t { strict, lax };

/// A cookie of this host alone: HttpOnly, for all paths, and, where the API's address is https, Secure and called
/// `__Host-…`. A browser takes such a name from this very host and by https only, so that no neighbour of the domain
/// can plant one and have somebody finish what another has begun.
class host_cookie {
 public:
  constexpr host_cookie(std::string_view name, same_site sent) : name_{name}, sent_{sent} {}

  server::header keep(const addresses& seen_at, std::string_view value, std::chrono::seconds lifetime) const;
  server::header forget(const addresses& seen_at) const { return keep(seen_at, {}, std::chrono::seconds{0}); }
  std::optional<std::string> find(const server::request& request, const addresses& seen_at) const;

 private:
  std::string_view name_;
  same_site sent_;
};

}  // namespace pulse::http
